"""One switch for what figures count: every page follows it, a link shows what its maker saw."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from planner import words
from planner.ask.budget.allocation import allocate, spent_now
from planner.ask.uncertainty.simulation import simulate
from planner.engine import forecast
from planner.keep.codec import from_token, to_token
from planner.keep.workspace import Workspace
from planner.measure.metrics import read
from planner.plan import Plan
from planner.plan.starter import starter
from planner.plan.types import Target
from planner.show.uncertainty.sentences import percent
from tests.app.conftest import Opener, bodies, strip

PLAN = replace(starter(start="2027-01"), targets=(Target("won", 24.0),))  # 19.2 in the plan, 27.8 in the end
FEW = starter("email", "phone", start="2027-01")  # for what costs more with every channel
IN_PLAN, LATER = "figures in the plan", "figures with what closes later"
PAGES = (
    "plan/channels.py", "plan/money.py", "plan/forecast.py", "explore/uncertainty.py", "explore/sensitivity.py",
    "explore/goal.py", "explore/budget.py", "explore/compare.py", "explore/scenarios.py", "reality/actuals.py",
    "reality/variance.py", "reality/kpis.py", "share/brief.py", "share/library.py", "share/files.py",
)  # fmt: skip


def counting(app: AppTest, tail: bool) -> AppTest:
    """The page with the switch turned."""
    app.segmented_control(key="counting").set_value(tail)
    return app.run()


def deals(plan: Plan, *, tail: bool) -> str:
    return words.short(plan, read(forecast(plan), "won", tail=tail))


def on_desk(opened: Opener, path: str = "", plan: Plan = PLAN) -> AppTest:
    app = opened(path)
    app.session_state["desk"].workspace = Workspace(plan)
    return app.run()


def test_the_strip_and_its_target_follow_the_switch(opened: Opener) -> None:
    app = on_desk(opened)
    within, whole = (deals(PLAN, tail=tail) for tail in (False, True))
    assert f'data-text="{within}"' in strip(app)
    assert 'class="bar"' in strip(app)
    counting(app, True)
    assert f'data-text="{whole}"' in strip(app)
    assert f"{within} in the plan" in strip(app)
    assert 'class="bar met"' in strip(app)


def test_the_switch_is_a_step_that_undo_takes_back(opened: Opener) -> None:
    app = counting(on_desk(opened), True)
    assert app.toast[0].value == "Figures with what closes later. Ctrl+Z takes it back."
    app.button(key="undo").click().run()
    assert app.segmented_control(key="counting").value is False
    assert f'data-text="{deals(PLAN, tail=False)}"' in strip(app)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_its_figures_count(opened: Opener, path: str) -> None:
    app = on_desk(opened, path, FEW)
    assert IN_PLAN in bodies(app)
    assert LATER in bodies(counting(app, True))
    assert not app.exception


def test_a_link_shows_what_its_maker_saw_and_its_reader_may_look_otherwise(opened: Opener) -> None:
    reader = opened(s=to_token(PLAN, tail=True))
    assert f'data-text="{deals(PLAN, tail=True)}"' in strip(reader)
    counting(reader, False)
    assert f'data-text="{deals(PLAN, tail=False)}"' in strip(reader)
    assert reader.session_state["desk"].workspace.tail is False
    counting(reader, True)
    reader.button(key="save_copy").click().run()
    assert reader.session_state["desk"].workspace.tail is True


def test_the_address_of_a_desk_holds_what_is_counted(opened: Opener) -> None:
    app = counting(on_desk(opened), True).run()
    code = app.session_state["desk"].address.partition(".")[0]
    assert from_token(code).tail is True
    assert f'data-text="{deals(PLAN, tail=True)}"' in strip(opened(p=code))


def test_targets_are_missed_as_they_are_counted(opened: Opener) -> None:
    app = on_desk(opened, "plan/forecast.py")
    assert "against a target of 24 (" in bodies(app)
    assert "against a target of" not in bodies(counting(app, True))
    far = replace(PLAN, targets=(Target("won", 40.0),))
    app.session_state["desk"].workspace = replace(Workspace(far), tail=True)
    app.run()
    assert f"Deals: {words.write(far, read(forecast(far), 'won', tail=True))} against a target of 40" in bodies(app)


def test_goal_seek_and_budget_follow(opened: Opener) -> None:
    app = counting(on_desk(opened, "explore/goal.py"), True)
    assert "including what closes later" in bodies(app)
    app.session_state["desk"].workspace = replace(Workspace(FEW), tail=True)
    app.switch_page("explore/budget.py").run()
    best = allocate(FEW, spent_now(FEW, tail=True), tail=True)
    assert f"would bring {words.counted(FEW, best.value, 'deal')}" in bodies(app)


def test_the_chance_in_large_is_the_one_that_is_counted(opened: Opener) -> None:
    app = counting(on_desk(opened, "explore/uncertainty.py"), True)
    drawn = simulate(PLAN)
    assert app.metric[0].value == percent(PLAN, drawn.chance("won", 24.0, tail=True))
    assert app.metric[0].delta.startswith(percent(PLAN, drawn.chance("won", 24.0)))


def test_the_brief_counts_as_its_link_does(opened: Opener) -> None:
    text = bodies(opened("share/brief.py", s=to_token(PLAN, tail=True)))
    assert f"to win {words.counted(PLAN, read(forecast(PLAN), 'won', tail=True), 'customer')}" in text
    assert "in revenue with what closes later" in text
    assert "target at least 24: met" in text
