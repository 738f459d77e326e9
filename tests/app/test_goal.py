"""What would it take? The page gives the engine's own answer, and applies it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.widgets.fields import Field, typed
from pages.widgets.sliders import Refusal
from planner import words
from planner.ask.goal.answer import Question, answered
from planner.ask.goal.reach import VOLUMES
from planner.engine import forecast
from planner.keep.codec import to_token
from planner.measure.metrics import measure
from planner.plan import Plan, replace
from planner.plan.levers import lever, pull
from planner.plan.starter import starter
from planner.show.goal.phrases import stands
from planner.show.goal.questions import offered, ready_made
from tests.app.conftest import Opener, bodies

PAGE = "explore/goal.py"


def on_desk(app: AppTest) -> Plan:
    plan: Plan = app.session_state["desk"].workspace.plan
    return plan


def ask(app: AppTest, path: str, metric: str, target: float) -> AppTest:
    """The page with this question put to it."""
    app.selectbox(key="takes_lever").set_value(path)
    app.selectbox(key="takes_metric").set_value(metric).run()
    app.session_state[f"takes_value:{metric}"] = target
    app.run()
    assert not app.exception
    return app


def two_sided() -> Plan:
    """One channel with an audience and ample hours: CAC falls with volume, then rises."""
    plan = starter("email", start="2027-01")
    plan = replace(plan, channels=tuple(replace(c, pace=None, coverage="random") for c in plan.channels))
    return pull(pull(plan, "team.reps", 40.0), "team.cost_per_month", 100.0)


def with_reps(reps: float) -> str:
    """A link to the starter plan with so many reps."""
    return to_token(pull(starter(start="2027-01"), "team.reps", reps))


def test_it_opens_with_the_volumes_for_the_plans_own_target(opened: Opener) -> None:
    app = opened(PAGE, p=with_reps(4.0))
    (place,) = answered(on_desk(app), Question(VOLUMES, "won", 20.0)).places
    for channel in place.plan.channels:
        assert words.write(place.plan, channel.volume) in bodies(app)
    assert "To reach 20 deals (now " in bodies(app)


def test_what_is_applied_meets_the_target_at_a_number_people_type(opened: Opener) -> None:
    app = ask(opened(PAGE), "email.replied.rate", "won", 18.0)
    app.button(key="apply:0").click().run()
    rate = lever(on_desk(app), "email.replied.rate").value
    assert rate == float(f"{rate:.3g}")
    assert 18.0 <= measure(on_desk(app), "won") <= 18.1


def test_both_places_are_offered_where_there_are_two(opened: Opener) -> None:
    plan = two_sided()
    app = ask(opened(PAGE, p=to_token(plan)), "email.volume", "cac", 7000.0)
    low, high = (place.at for place in answered(plan, Question("email.volume", "cac", 7000.0)).places)
    for i, volume in enumerate((low, high)):
        assert app.button(key=f"apply:{i}").label == f"Apply {stands(plan, 'email.volume', volume)}"
    app.button(key="apply:1").click().run()
    assert lever(on_desk(app), "email.volume").value == high
    assert 6990.0 <= measure(on_desk(app), "cac") <= 7000.0


def test_the_turning_point_lies_between_the_two_places_and_is_the_least() -> None:
    plan = two_sided()
    answer = answered(plan, Question("email.volume", "cac", 7000.0))
    low, high = (place.at for place in answer.places)
    many = [low + (high - low) * i / 2000 for i in range(2001)]
    assert (measure(plan, "cac", {"email.volume": many}) <= 7000.0 * (1 + 1e-9)).all()


def test_out_of_reach_gives_the_nearest_within_the_hours_of_every_month(opened: Opener) -> None:
    app = ask(opened(PAGE), VOLUMES, "won", 60.0)
    assert "team hours are the limit" in bodies(app)
    assert "With one more rep the most is" in bodies(app)
    app.button(key="apply:0").click().run()
    applied = forecast(on_desk(app))
    used = applied.hours("months") / applied.hours_available
    assert 0.99 <= used.max() <= 1.0 + 1e-9


def test_a_question_of_the_shelf_fills_in_the_sentence(opened: Opener) -> None:
    app = opened(PAGE)
    texts = [ready.text for ready in ready_made(on_desk(app))]
    assert [text for text in texts if text.startswith("Which e-mail reply rate gives a CAC of €")]
    app.button(key=f"ready:{texts.index('Which deal value breaks even?')}").click().run()
    app.button(key="apply:0").click().run()
    assert 0.0 <= measure(on_desk(app), "profit") < 2000.0


def test_a_kept_answer_is_a_scenario_that_meets_the_target(opened: Opener) -> None:
    app = opened(PAGE, p=with_reps(4.0))
    app.button(key="keep:0").click().run()
    (kept,) = app.session_state["desk"].workspace.scenarios
    assert 20.0 - 1e-9 <= measure(kept.plan, "won") <= 20.1
    assert app.button(key="keep:0").disabled


def test_a_shared_plan_is_answered_and_left_alone(opened: Opener) -> None:
    app = opened(PAGE, s=to_token(starter(start="2027-01")))
    assert app.button(key="apply:0").disabled
    assert app.button(key="keep:0").disabled


def test_without_a_channel_there_is_still_an_answer(opened: Opener) -> None:
    from planner.plan.edit import switch

    plan = starter("email", start="2027-01")
    app = opened(PAGE, p=to_token(switch(plan, "email", False)))
    assert VOLUMES not in offered(on_desk(app))
    assert 'class="answer"' in bodies(app)


def test_the_question_is_still_there_after_a_look_elsewhere(opened: Opener) -> None:
    app = ask(opened(PAGE), "email.volume", "appointments", 340.0)
    app.switch_page("plan/forecast.py").run()
    app.switch_page(PAGE).run()
    assert app.selectbox(key="takes_lever").value == "email.volume"
    assert app.session_state["takes_value:appointments"] == 340.0


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [("", "en", None), ("1,500", "en", 1500.0), ("1.234,5", "de", 1234.5), ("€ 2 000", "nb", 2000.0)],
)
def test_a_number_that_is_asked_for_is_read_as_the_plan_writes_numbers(
    text: str, locale: str, value: float | None
) -> None:
    assert typed(replace(starter("email"), locale=locale), Field("Budget", "EUR"), text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [("many", "not a number"), ("−5", "Type 0 or more"), ("5 %", "is no share"), ("1.234", "read in two ways")],
)
def test_a_number_that_cannot_be_is_refused_with_the_reason(text: str, reason: str) -> None:
    answer = typed(starter("email"), Field("Budget", "EUR"), text)
    assert isinstance(answer, Refusal)
    assert reason in answer.reason
    assert bool(answer.readings) == (reason == "read in two ways")
