"""The landing in words and pictures: figures of the landing itself, said as people say them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from planner.actuals.actuals import Actuals
from planner.actuals.sample import sample_actuals
from planner.ask.evidence.land import land
from planner.ask.evidence.rest import rest_of
from planner.ask.variance.to_date import to_date
from planner.engine import forecast
from planner.engine.known import Known
from planner.errors import PlanError
from planner.measure.metrics import read
from planner.plan import Limit, Opening, Plan, Target, Team, replace, the
from planner.plan.starter import starter
from planner.show import landing as shown
from planner.show import verdicts
from planner.show.openings import openings_frame, with_typed_openings
from tests.ask.happening import as_planned


def aiming(deals: float, plan: Plan | None = None) -> Plan:
    return replace(plan or starter(), targets=(Target("won", deals),))


def test_the_sentence_says_where_it_lands_against_plan_and_target() -> None:
    plan = aiming(20.0)
    landing = land(plan, as_planned(plan, 5), draws=400)
    won = landing.figure("won")
    chance = f"{won.chance(20.0):.0%}"
    assert shown.sentence(landing) == (
        f"At this rate the plan lands at 19.2 deals (80% range {won.low:.0f}–{won.high:.0f}), against 19.2 planned and "
        f"a target of 20; chance of the target {chance}."
    )
    bare = replace(plan, targets=())
    assert shown.sentence(land(bare, as_planned(bare, 5), draws=50)).endswith("against 19.2 planned.")


def test_before_and_after_the_plan_it_is_said_so() -> None:
    plan = aiming(20.0)
    before = shown.sentence(land(plan, Actuals(dt.date(2026, 12, 1), ()), draws=50))
    assert before.startswith("The plan has not begun by 1 Dec 2026; it is expected to land at 19.2 deals")
    after = shown.sentence(land(plan, as_planned(plan, 12), draws=50))
    assert after == "The plan ended with 19.2 deals, against 19.2 planned and a target of 20."


def test_what_is_under_way_is_counted_at_planned_and_at_measured_rates_and_each_says_which() -> None:
    """After a history as planned the two differ only by what closes after the plan's end."""
    plan = aiming(20.0)
    sample = sample_actuals(plan)
    result, landing = to_date(plan, sample), land(plan, sample, draws=50)
    planned, measured = the(result.outcomes, stage="won").to_come, landing.figure("won").under_way
    assert planned != pytest.approx(measured, rel=0.02)
    heads = verdicts.outcomes(plan, result).heads, shown.table(landing).heads
    assert [head for row in heads for head in row if head.startswith("Under way")] == [
        "Under way at planned rates",
        "Under way at measured rates",
    ]
    even = as_planned(plan, 5)
    later = forecast(plan, known=Known(5.0, {}, "under_way"))
    both = float(
        later.count("won", "plan") + later.count("won", "tail") - forecast(plan, known=Known(5.0)).count("won", "plan")
    )
    assert the(to_date(plan, even).outcomes, stage="won").to_come == pytest.approx(both, rel=1e-6)


def test_the_fan_opens_where_the_actuals_end() -> None:
    plan = aiming(20.0)
    landing = land(plan, sample_actuals(plan), draws=200)
    frame = shown.fan(landing, forecast(plan), "won").frame
    won = landing.figure("won")
    assert frame["actual"].notna().tolist() == [True] * 5 + [False] * 7
    assert frame["middle"].notna().tolist() == [False] * 4 + [True] * 8
    assert frame["low"][4] == frame["high"][4] == frame["actual"][4] == won.happened
    assert (frame["low"].iloc[-1], frame["high"].iloc[-1]) == (won.low, won.high)
    assert frame["planned"].iloc[-1] == pytest.approx(won.plan)


def test_a_month_under_way_is_part_of_the_fan() -> None:
    plan = starter()
    landing = land(plan, Actuals(dt.date(2027, 4, 15), as_planned(plan, 3).facts), draws=100)
    frame = shown.fan(landing, forecast(plan), "won").frame
    assert frame["actual"].notna().sum() == 3


def test_the_table_adds_up() -> None:
    plan = starter()
    landing = land(plan, sample_actuals(plan), draws=100)
    for row, figure in zip(shown.table(landing).rows, landing.figures, strict=True):
        assert len(row) == 7
        assert shown.table(landing).heads[:3] == ("Figure", "Lands at", "Plan")  # what a phone shows first
        assert figure.happened + figure.under_way + figure.planned == pytest.approx(figure.total)


# -- the rest ---------------------------------------------------------------------------------------------------------


def test_the_rest_lands_on_the_target_when_raised_as_said() -> None:
    plan = replace(starter(), team=Team())
    landing = land(plan, as_planned(plan, 2), draws=50)
    rest = rest_of(landing, 21.0)
    assert rest is not None
    assert rest.factor is not None
    assert 1.0 < rest.factor <= rest.most
    raised = rest.applied(plan)
    assert [channel.profile[:2] for channel in raised.channels] == [(1.0, 1.0)] * len(plan.channels)
    again = land(raised, as_planned(plan, 2), draws=50)
    assert again.figure("won").total == pytest.approx(rest.landing, rel=1e-3)
    assert 21.0 <= rest.landing < 21.3
    assert rest.cost == pytest.approx(again.figure("cost").total - landing.figure("cost").total, rel=1e-3)
    assert "would have to rise by" in shown.rest_sentence(landing, rest)


def test_a_target_that_is_met_needs_nothing() -> None:
    plan = starter()
    landing = land(plan, as_planned(plan, 3), draws=50)
    rest = rest_of(landing, 19.0)
    assert rest is not None
    assert rest.met
    assert shown.rest_sentence(landing, rest).startswith("No change is needed for 19 deals")


def test_out_of_reach_says_what_limits() -> None:
    plan = starter()
    landing = land(plan, as_planned(plan, 8), draws=50)
    rest = rest_of(landing, 60.0)
    assert rest is not None
    assert rest.factor is None
    assert rest.binding is not None
    assert rest.landing < 60.0
    assert "out of reach" in shown.rest_sentence(landing, rest)


def test_no_limit_but_time_is_said_too() -> None:
    plan = replace(starter("email"), team=Team(), limits=())
    plan = replace(plan, channels=tuple(replace(c, audience=None, pace=None) for c in plan.channels))
    landing = land(plan, as_planned(plan, 11), draws=50)
    rest = rest_of(landing, 200.0)
    assert rest is not None
    assert rest.binding is None
    assert "closes after the plan’s end" in shown.rest_sentence(landing, rest)
    assert rest_of(land(plan, as_planned(plan, 12), draws=50), 200.0) is None


def test_a_maximum_is_a_limit_of_the_rest() -> None:
    plan = starter("email")
    email = replace(plan.channels[0], pace=None, audience=None)
    plan, volume = replace(plan, channels=(email,)), email.volume
    capped = replace(plan, limits=(Limit("email", 0.0, volume * 1.2),), team=Team())
    landing = land(capped, as_planned(capped, 2), draws=50)
    rest = rest_of(landing, 50.0)
    assert rest is not None
    assert rest.binding is not None
    assert rest.binding.what == "most"
    mean = float(read(forecast(rest.applied(capped)), "touches")) / 12
    assert mean == pytest.approx(volume * (2 + 10 * 1.2) / 12, rel=1e-5)


# -- under way before the plan ----------------------------------------------------------------------------------------


def test_openings_are_typed_by_channel_and_stage() -> None:
    plan = replace(starter("email", "ads"), opening=(Opening("email.replied", 3.0),))
    frame = openings_frame(plan)
    assert list(frame["Channel"]) == ["E-mail"]
    typed = with_typed_openings(plan, {0: {"Opportunity": 7}})
    assert typed.opening == (Opening("email.replied", 3.0), Opening("email.opportunity", 7.0))
    assert openings_frame(typed)["Opportunity"].tolist() == [7.0]
    assert with_typed_openings(typed, {0: {"Opportunity": None}}) == plan
    with pytest.raises(PlanError, match="0 or more"):
        with_typed_openings(plan, {0: {"Opportunity": -1}})
    assert np.isfinite(land(typed, as_planned(typed, 2), draws=50).figure("won").total)
