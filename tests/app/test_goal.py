"""What would it take? The page gives the engine's own answer, and applies it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner import words
from planner.ask.goal.reach import VOLUMES
from planner.ask.goal.seeking import seek
from planner.engine import forecast
from planner.keep.codec import to_token
from planner.measure.metrics import measure, read
from planner.plan import Plan
from planner.plan.levers import lever, pull
from planner.plan.starter import starter
from planner.show.goal.questions import Question, answered, offered, ready_made, stands
from tests.app.conftest import Opener, bodies

PAGE = "explore/goal.py"


def on_desk(at: AppTest) -> Plan:
    plan: Plan = at.session_state["workspace"].plan
    return plan


def ask(at: AppTest, path: str, metric: str, target: float) -> AppTest:
    """The page with this question put to it."""
    at.selectbox(key="takes_lever").set_value(path)
    at.selectbox(key="takes_metric").set_value(metric).run()
    at.number_input(key=f"takes_value:{metric}").set_value(target).run()
    assert not at.exception
    return at


def two_sided() -> Plan:
    """One channel with an audience and ample hours: CAC falls with volume, then rises."""
    return pull(pull(starter("email", start="2027-01"), "team.reps", 40.0), "team.cost_per_month", 100.0)


def test_it_opens_with_the_volumes_for_the_plans_own_target(opened: Opener) -> None:
    at = opened(PAGE)
    plan = on_desk(at)
    then = seek(plan, VOLUMES, "won", next(t.value for t in plan.targets if t.metric == "won"))[0]
    for channel in then.channels:
        assert words.write(plan, channel.volume) in bodies(at)


def test_what_is_applied_meets_the_target(opened: Opener) -> None:
    at = ask(opened(PAGE), "email.replied.rate", "won", 18.0)
    at.button(key="apply:0").click().run()
    assert measure(on_desk(at), "won") == pytest.approx(18.0, rel=1e-9)
    assert "Nothing has to change" in bodies(at)


def test_both_places_are_offered_where_there_are_two(opened: Opener) -> None:
    plan = two_sided()
    at = ask(opened(PAGE, p=to_token(plan)), "email.volume", "cac", 7000.0)
    low, high = (lever(one, "email.volume").value for one in seek(plan, "email.volume", "cac", 7000.0))
    for i, volume in enumerate((low, high)):
        assert at.button(key=f"apply:{i}").label == f"Apply {stands(plan, 'email.volume', volume)}"
    at.button(key="apply:1").click().run()
    assert lever(on_desk(at), "email.volume").value == pytest.approx(high)
    assert measure(on_desk(at), "cac") == pytest.approx(7000.0, rel=1e-9)


def test_the_turning_point_lies_between_the_two_places_and_is_the_least() -> None:
    plan = two_sided()
    found = answered(plan, Question("email.volume", "cac", 7000.0))
    low, high = (place.at for place in found.places)
    many = [low + (high - low) * i / 2000 for i in range(2001)]
    assert (measure(plan, "cac", {"email.volume": many}) <= 7000.0 * (1 + 1e-9)).all()


def test_out_of_reach_gives_the_nearest_with_all_hours_used(opened: Opener) -> None:
    at = ask(opened(PAGE), VOLUMES, "won", 60.0)
    assert "the team’s hours" in bodies(at)
    at.button(key="apply:0").click().run()
    assert read(forecast(on_desk(at)), "utilisation") == pytest.approx(1.0, abs=1e-6)


def test_a_question_of_the_shelf_fills_in_the_sentence(opened: Opener) -> None:
    at = opened(PAGE)
    labels = [label for label, _ in ready_made(on_desk(at))]
    at.button(key=f"ready:{labels.index('Deal value to break even')}").click().run()
    at.button(key="apply:0").click().run()
    assert abs(measure(on_desk(at), "profit")) < 1e-4


def test_a_kept_answer_is_a_scenario_that_meets_the_target(opened: Opener) -> None:
    at = opened(PAGE)
    at.button(key="keep:0").click().run()
    (kept,) = at.session_state["workspace"].scenarios
    assert measure(kept.plan, "won") == pytest.approx(20.0, rel=1e-9)
    assert at.button(key="keep:0").disabled


def test_a_shared_plan_is_answered_and_left_alone(opened: Opener) -> None:
    at = opened(PAGE, s=to_token(starter(start="2027-01")))
    assert at.button(key="apply:0").disabled
    assert at.button(key="keep:0").disabled


def test_without_a_channel_there_is_still_an_answer(opened: Opener) -> None:
    from planner.plan.edit import switch

    plan = starter("email", start="2027-01")
    at = opened(PAGE, p=to_token(switch(plan, "email", False)))
    assert VOLUMES not in offered(on_desk(at))
    assert 'class="answer"' in bodies(at)


def test_the_question_is_still_there_after_a_look_elsewhere(opened: Opener) -> None:
    at = ask(opened(PAGE), "email.volume", "appointments", 340.0)
    at.switch_page("plan/forecast.py").run()
    at.switch_page(PAGE).run()
    assert at.selectbox(key="takes_lever").value == "email.volume"
    assert at.number_input(key="takes_value:appointments").value == 340.0
