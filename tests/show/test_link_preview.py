"""Whoever sends a link sees before what its reader will see."""

from __future__ import annotations

from planner.keep.codec import SharedPlan
from planner.keep.steps import Scenario
from planner.plan import Target, replace
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.brief.preview import carried, first_seen
from planner.show.brief.whole import brief

PLAN = replace(starter("email", "phone", start="2027-01"), targets=(Target("won", 1.0),))


def test_the_key_figures_stand_with_what_changed_and_whether_the_target_is_met() -> None:
    table = first_seen(brief(pull(PLAN, "email.volume", 9_000.0), baseline=PLAN, draws=0))
    rows = {row[0]: row for row in table.rows}
    assert rows["Deals"][1].note.endswith(" vs baseline")
    assert rows["Deals"][1].note_tone == "good"
    assert rows["Deals"][2].tone == "good"
    assert rows["Cost"][2].text == ""


def test_it_says_what_comes_along() -> None:
    scenarios = (Scenario("Low", PLAN), Scenario("High", PLAN))
    text = carried(SharedPlan(PLAN, "", (), PLAN, scenarios))
    assert "the plan with every number in it, its baseline and the scenarios “Low”, “High”;" in text
    assert "It carries the plan with every number in it; no actuals" in carried(SharedPlan(PLAN, "", ()))
