"""Behind, or too early to say: what chance does to a whole family of stages, and histories that follow the plan."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from planner.actuals.actuals import Actuals
from planner.ask.variance.chance import BAND, Trial, band, family_level
from planner.ask.variance.to_date import to_date
from planner.engine import forecast
from planner.engine.known import Known
from planner.plan import Cost, Delay, Feed, Plan, replace, the
from planner.plan.levers import levers, pull
from planner.plan.starter import starter
from planner.show.tables import Cell
from planner.show.variance import sentence
from planner.show.verdicts import difference, off_plan, stages, word
from tests.ask.happening import as_planned, chain, paper, told
from tests.ask.plan_histories import history
from tests.strategies import examples, plans

STARTER = starter(start="2027-01")
NUMBERS = {lever.path: lever.value for lever in levers(STARTER)}


# -- bands ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [0.8, 0.99])
def test_a_band_is_the_middle_of_the_binomial(part: float) -> None:
    low, high = band(Trial(400.0, 40.0), part)
    assert (low, high) == (binom.ppf((1 - part) / 2, 400, 0.1), binom.ppf((1 + part) / 2, 400, 0.1))


def test_what_leaves_nothing_to_chance_has_no_band() -> None:
    assert band(Trial(40.0, 40.0), 0.8) == (40.0, 40.0)
    assert band(Trial(40.0, 0.0), 0.99) == (0.0, 0.0)


@given(st.lists(st.tuples(st.floats(1.0, 5000.0), st.floats(0.001, 0.999)), min_size=2, max_size=40))
def test_the_family_stays_inside_four_times_in_five_and_no_band_is_wider_than_sidak(
    counts: list[tuple[float, float]],
) -> None:
    trials = [Trial(float(round(n)), round(n) * p) for n, p in counts]
    by_chance = [trial for trial in trials if trial.by_chance]
    level = family_level(trials)
    assert BAND <= level <= max(BAND, BAND ** (1 / max(len(by_chance), 1))) + 1e-9
    inside = 1.0
    for trial in by_chance:
        low, high = band(trial, level)
        share = trial.expected / trial.parents
        inside *= binom.cdf(high, trial.parents, share) - binom.cdf(low - 1, trial.parents, share)
    assert inside >= BAND - 1e-7


def test_one_count_alone_has_its_own_band() -> None:
    assert family_level([Trial(100.0, 10.0), Trial(50.0, 50.0)]) == BAND


# -- histories --------------------------------------------------------------------------------------------------------


def on_plan(count: int, months: int, seed: int = 7) -> float:
    """The share of histories of the starter that are called on plan."""
    rng = np.random.default_rng(seed)
    calls = [not any(row.off for row in to_date(STARTER, history(STARTER, months, rng)).stages) for _ in range(count)]
    return sum(calls) / count


def named(count: int, place: str, months: int = 5, seed: int = 8) -> float:
    """How often a rate that is truly 30 % lower is named as furthest behind."""
    worse, rng = pull(STARTER, f"{place}.rate", NUMBERS[f"{place}.rate"] * 0.7), np.random.default_rng(seed)
    rows = [to_date(STARTER, history(worse, months, rng)).furthest("behind") for _ in range(count)]
    return sum(row is not None and f"{row.channel}.{row.stage}" == place for row in rows) / count


def test_a_history_that_follows_the_plan_is_mostly_called_on_plan() -> None:
    assert 0.6 <= on_plan(40, 6) < 1.0  # 0.78 to 0.9 in the end; 40 histories tell no closer


def test_a_rate_that_is_truly_lower_is_named() -> None:
    assert named(12, "email.replied") > 0.5


@pytest.mark.long
@pytest.mark.parametrize("months", [3, 6, 9, 12])
def test_of_500_histories_that_follow_the_plan_four_in_five_are_called_on_plan(months: int) -> None:
    share = on_plan(500, months)
    print(f"{months} months: {share:.1%} of 500 called on plan")
    assert 0.78 <= share <= 0.90


@pytest.mark.long
@pytest.mark.parametrize("place", ["email.replied", "linkedin.replied", "phone.connected", "sms.replied"])
def test_a_rate_30_percent_lower_is_named_in_more_than_half(place: str) -> None:
    """At least 100 arrivals were expected by the fifth month."""
    assert float(forecast(STARTER).arrivals[place][:5].sum()) > 100.0
    share = named(100, place)
    print(f"{place}: named in {share:.0%} of 100")
    assert share > 0.5


# -- what was sent, and what is under way -----------------------------------------------------------------------------


def test_outcomes_are_held_against_what_was_really_sent() -> None:
    """2 000 sent where 1 000 were planned: a tenth reply, half of them meet, half of those buy: 50, not 25."""
    plan = paper(chain("email", 1000.0, (0.1, 0.5)), won=0.5)
    rows = {row.stage: row for row in to_date(plan, told(plan, email_sent=2000, sales_won=48)).outcomes}
    deals = rows["won"]
    assert (deals.planned, deals.from_sent, deals.actual) == pytest.approx((25.0, 50.0, 48.0))
    assert (deals.sent_low, deals.sent_high) == (binom.ppf(0.1, 2000, 0.025), binom.ppf(0.9, 2000, 0.025))
    assert difference(plan, deals) == "2 fewer than expected, within chance"
    assert rows["held"].verdict == "not_reported"
    fewer = the(to_date(plan, told(plan, email_sent=2000, sales_won=30)).outcomes, stage="won")
    assert (fewer.verdict, fewer.off, difference(plan, fewer)) == (
        "behind",
        True,
        "20 fewer than expected, beyond chance",
    )


def test_totals_compare_the_channels_that_report() -> None:
    """Email reports its 60 appointments of 50 expected; letters report none, and their 100 do not count as missing."""
    plan = paper(chain("email", 1000.0, (0.05,)), chain("letters", 1000.0, (0.1,)))
    row = the(to_date(plan, told(plan, email_sent=1000, email_appointment=60)).outcomes, stage="appointment")
    assert (row.planned, row.from_sent, row.actual) == pytest.approx((50.0, 50.0, 60.0))


@examples(30)
@given(plans(opening=False), st.integers(1, 14))
def test_what_is_under_way_after_all_went_as_planned_is_the_tail_of_the_engine(plan: Plan, months: int) -> None:
    months = min(months, plan.months)
    under_way = forecast(plan, known=Known(float(months)))
    for row in to_date(plan, as_planned(plan, months)).stages:
        tail = float(under_way.count(f"{row.channel}.{row.stage}", "tail"))
        assert row.to_come == pytest.approx(tail, rel=1e-6, abs=1e-6)


def test_more_arrivals_than_expected_leave_fewer_to_come() -> None:
    plan = paper(chain("email", 100.0, (0.5,), Delay(30.0, 3.0)))
    few, many = (
        the(to_date(plan, told(plan, email_sent=100, email_appointment=came)).stages, stage="appointment").to_come
        for came in (10.0, 90.0)
    )
    assert 0.0 < many < few
    late = 100.0 * 0.5 * (1 - the(to_date(plan, told(plan, email_sent=100)).stages, stage="appointment").expected / 50)
    due = 50.0 - late
    assert few == pytest.approx(late * 90.0 / (100.0 - due))
    assert many == pytest.approx(late * 10.0 / (100.0 - due))


def test_touches_that_others_send_on_are_held_against_what_was_sent_on() -> None:
    """1 500 ads, not the planned 1 000, send on 150 visitors in place of 100: 250 with one's own are what was due."""
    plan = paper(chain("ads", 1000.0, (0.0,)), chain("landing", 100.0, (0.1,)))
    plan = replace(plan, feeds=(Feed("clicks", "ads.sent", "landing", 0.1),))
    row = the(to_date(plan, told(plan, ads_sent=1500, landing_sent=250)).stages, channel="landing", stage="sent")
    assert (row.planned, row.expected, row.verdict, row.off) == (200.0, 250.0, "on_plan", False)


# -- words ------------------------------------------------------------------------------------------------------------


def test_a_stage_outside_its_own_band_alone_is_worth_watching_and_not_called_behind() -> None:
    """Of two stages one lies just below its 80 % band, which one of two does by chance two times in five."""
    plan = paper(chain("email", 1000.0, (0.1, 0.5)), won=0.5)
    low = binom.ppf(0.1, 1000, 0.1)
    result = to_date(plan, told(plan, email_sent=1000, email_replied=low - 1, email_appointment=round((low - 1) / 2)))
    row = the(result.stages, stage="replied")
    assert (row.verdict, row.off, word(row).text) == ("behind", False, "watch")
    assert off_plan(result.stages)[0].stage == "replied"
    assert "Furthest" not in sentence(plan, result)


def test_a_volume_is_said_to_be_more_or_fewer_than_planned() -> None:
    plan = paper(chain("email", 1000.0, (0.1, 0.5)))
    row = the(to_date(plan, told(plan, email_sent=850)).stages, stage="sent")
    assert difference(plan, row) == "15% fewer than planned"
    assert word(row).text == "behind"


def test_a_plan_without_active_channels_has_nothing_to_judge() -> None:
    plan = paper(
        replace(chain("email", 1000.0, (0.1, 0.5)), active=False), costs=(Cost("office", "Office", 600.0, "month"),)
    )
    result = to_date(plan, Actuals(dt.date(2027, 1, 31), ()))
    assert (result.stages, result.outcomes, result.total.cost.plan) == ((), (), 600.0)
    assert sentence(plan, result).startswith("Deals are not reported")


def test_the_table_holds_touches_against_the_plan_and_stages_against_what_was_sent() -> None:
    plan = paper(chain("email", 1000.0, (0.1, 0.5)))
    rows = to_date(plan, told(plan, email_sent=850, email_replied=80)).stages
    table = stages(plan, rows, dt.date(2027, 1, 31))
    expected = [row[3].text if isinstance(row[3], Cell) else row[3] for row in table.rows[:2]]
    assert expected == ["1,000", "85"]
    assert [row[1].icon for row in table.rows[:3] if isinstance(row[1], Cell)] == ["down", "check", "none"]
