"""A plan that is as large as a plan may be costs no page more than people wait for."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.waiting import few_draws
from planner import words
from planner.errors import PlanError, TooLarge
from planner.keep.codec import from_token, to_json, to_token
from planner.keep.contents import HEADLINES
from planner.keep.workspace import Workspace
from planner.plan import Channel, Cost, Delay, Feed, Plan, Stage, checks, replace
from planner.plan.edit import with_months
from planner.plan.starter import starter
from tests.app.conftest import Opener, bodies


def chained(channels: int, months: int) -> Plan:
    """Channels of six stages, each feeding the next."""
    funnel = [Stage("sent", "Sent", None, 1.0), Stage("s0", "Stage 0", "sent", 0.9, main=True)]
    funnel += [Stage(f"s{i}", f"Stage {i}", f"s{i - 1}", 0.9, delay=Delay(9.0, 3.0), main=True) for i in range(1, 4)]
    funnel += [Stage("appointment", "Appointments", "s3", 0.5, main=True)]
    rows = tuple(
        Channel(f"c{i}", "custom", f"Channel {i}", 1_000.0, tuple(funnel), audience=50_000.0) for i in range(channels)
    )
    feeds = tuple(Feed(f"f{i}", f"c{i}.sent", f"c{i + 1}", 0.05) for i in range(channels - 1))
    costs = tuple(Cost(f"k{i}", f"Touches {i}", 1.0, f"c{i}.sent", channel=f"c{i}") for i in range(channels))
    plain = replace(starter("email"), channels=(), efforts=(), costs=(), feeds=(), ranges=(), evidence=(), assists=())
    return with_months(replace(plain, channels=rows, feeds=feeds, costs=costs), months)


def test_a_plan_has_a_most_of_figures() -> None:
    assert chained(50, 40).months == 40
    with pytest.raises(PlanError, match="stages × months over all channels; at most 24,000"):
        chained(60, 60)


@pytest.mark.parametrize("address", ["s", "p"])
def test_a_link_of_an_earlier_version_past_the_bounds_shows_its_figures(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(checks, "MOST_FIGURES", 10**6)
        token = to_token(replace(chained(60, 60), name="Budget <b>2026</b>"))
    with pytest.raises(TooLarge) as refusal:
        from_token(token)
    shared = refusal.value.outgrown
    assert shared.plan.name == "Budget <b>2026</b>"
    assert [figure.metric for figure in shared.figures] == list(HEADLINES)
    app = opened(**{address: token})
    page = bodies(app)
    assert '<h1 class="page">Budget &lt;b&gt;2026&lt;/b&gt;</h1>' in page
    assert "holds more than a plan can today. Channels have 39,600 stages" in app.markdown[0].value
    assert words.short(shared.plan, shared.figures[1].in_plan, "count") in page
    app.button(key="leave_link").click().run()
    assert "Budget" not in bodies(app)


@pytest.mark.parametrize("kind", [Plan, Workspace])
def test_a_file_of_an_earlier_version_past_the_bounds_shows_its_name_and_why(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, kind: Callable[[Plan], Plan | Workspace]
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(checks, "MOST_FIGURES", 10**6)
        plan = replace(chained(60, 60), name="Budget <b>2026</b>")
        text = to_json(plan if kind is Plan else kind(plan))
    app = opened("share/files.py")
    before = app.session_state["desk"].workspace
    app.file_uploader(key="open_file").upload("old.json", text.encode(), "application/json").run()
    assert not app.exception
    assert "Budget &lt;b&gt;2026&lt;/b&gt;" in bodies(app)
    assert "holds more than a plan can today. Channels have 39,600 stages" in app.markdown[0].value
    assert app.session_state["desk"].workspace == before
    app.file_uploader(key="open_file").upload("new.json", to_json(starter("email")).encode(), "application/json").run()
    assert "2026</b>" not in bodies(app)
    assert app.session_state["desk"].workspace.plan == starter("email")


def test_the_figures_of_every_page_have_fewer_draws_the_larger_the_plan() -> None:
    draws = [few_draws(plan) for plan in (starter(), chained(20, 24), chained(20, 36), chained(50, 40))]
    assert draws[0] == 2_000
    assert draws == sorted(draws, reverse=True)
    assert draws[-1] == 128


@pytest.mark.minute
def test_the_budget_of_a_large_plan_is_worked_out_while_the_page_stands(opened: Opener) -> None:
    app = opened()
    app.session_state["desk"].workspace = app.session_state["desk"].workspace.committed(chained(12, 48))
    page = app.switch_page("explore/budget.py").run()
    assert not page.exception
    assert "This is a large plan" in bodies(page)
    page.button(key="stop:Comparing mixes").click().run()
    assert "The calculation was stopped." in bodies(page)
    page.button(key="again:Comparing mixes").click().run()
    assert "This is a large plan" in bodies(page)
    awaited(page)
    assert "This is a large plan" not in bodies(page)
    assert len(page.get("vega_lite_chart")) == 2  # the mix and the curve


def awaited(page: AppTest) -> AppTest:
    """The page once no answer of it is under way."""
    for _ in range(6):
        for waiting in page.session_state["desk"].waiting.values():
            assert waiting.work.wait(300)
        page.run()
        assert not page.exception
        if not any(not waiting.work.done for waiting in page.session_state["desk"].waiting.values()):
            return page
        time.sleep(0.1)
    raise AssertionError("an answer never came")
