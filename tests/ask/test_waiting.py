"""Delays from dated events: worked out on paper, found again in simulated ones, and carried from the upload."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from planner.actuals.actuals import Actuals, Fact
from planner.actuals.facts import Timing
from planner.actuals.questions import Answers
from planner.actuals.reading import read_actuals
from planner.actuals.sample import sample_actuals
from planner.ask.evidence.calibrate import calibrate
from planner.ask.evidence.land import land
from planner.ask.evidence.posterior import Events
from planner.ask.evidence.waiting import arrived, events_of
from planner.errors import BadActuals
from planner.keep.codec import from_json, to_json
from planner.keep.draft import from_draft, to_draft
from planner.keep.workspace import Workspace
from planner.plan.starter import starter
from planner.show.evidence import delays

PLAN = starter("email", "phone", start="2027-01")


def simulated(seed: int, units: int = 600, rate: float = 0.3, median: float = 40.0, ratio: float = 2.5) -> Events:
    """Units that began over two years, of which a share arrives after a lognormal time, seen at the end."""
    random = np.random.default_rng(seed)
    ages = random.integers(0, 730, units).astype(float)
    lags = np.floor(median * ratio ** (random.standard_normal(units) / 1.2815515655446004))
    arrived = (random.random(units) < rate) & (lags <= ages)
    return Events(ages, np.where(arrived, lags, np.nan))


def test_the_share_arrived_is_that_of_kaplan_and_meier() -> None:
    shares = arrived(Events(np.array([9.0, 9.0, 3.0, 10.0, 10.0]), np.array([2.0, 5.0, np.nan, np.nan, np.nan])))
    assert shares.days.tolist() == [2, 5]
    assert shares.shares.tolist() == pytest.approx([1 / 5, 1 - 4 / 5 * 2 / 3])  # at 5 days three are left to watch
    assert (shares.until(0.2), shares.until(0.4), shares.until(0.5)) == (2, 5, float("inf"))
    assert arrived(Events(np.array([4.0]), np.array([np.nan]))).until(0.1) == float("inf")


def test_leaving_open_units_out_would_be_too_quick_and_both_estimates_are_not() -> None:
    naive, without_shape = [], []
    for seed in range(20):
        events = simulated(seed)
        naive.append(np.nanmedian(events.lags))
        without_shape.append(arrived(events).until(0.5 * 0.3))
    assert np.mean(without_shape) == pytest.approx(40.0, rel=0.08)
    assert np.mean(naive) < np.mean(without_shape)


def dated(path: str, events: Events, source: str = "CRM") -> Timing:
    day = dt.date(2027, 6, 30)
    lags = tuple(int(lag) if lag == lag else -1 for lag in events.lags)
    return Timing(source, path, day, tuple(int(day.toordinal() - age) for age in events.ages), lags)


def test_dates_of_the_actuals_tell_the_delay_and_few_do_not() -> None:
    actuals = sample_actuals(PLAN, months=6)
    events = simulated(3)
    whole = replace(actuals, timings=(dated("sales.won", events),))
    row = next(row for row in calibrate(PLAN, whole).rates if row.path == "sales.won.rate")
    assert row.dated
    assert row.found is not None
    assert row.found.delay is not None
    assert row.found.delay.median_days == pytest.approx(40.0, rel=0.15)
    assert row.mean == pytest.approx(0.3, abs=0.06)
    assert row == next(r for r in calibrate(PLAN, actuals, events={"sales.won": events}).rates if r.path == row.path)
    few = Events(events.ages[:20], events.lags[:20])
    assert "sales.won" not in events_of(replace(actuals, timings=(dated("sales.won", few),)))
    assert land(PLAN, whole).calibration.rates == calibrate(PLAN, whole).rates


def test_delays_are_shown_as_planned_fitted_and_observed() -> None:
    actuals = sample_actuals(PLAN, months=6)
    assert delays(calibrate(PLAN, actuals)) is None
    table = delays(calibrate(PLAN, replace(actuals, timings=(dated("sales.won", simulated(3)),))))
    assert table is not None
    [row] = table.rows
    assert len(row) == len(table.heads)
    assert 30 < float(row[3]) < 50
    assert 30 < float(row[5]) < 50


DEALS = (
    b"Record ID,Deal Name,Deal Stage,Pipeline,Amount,Create Date,Close Date\n"
    b"1,A,Closed Won,x,100,2027-01-05,2027-01-15\n2,B,Closed Lost,x,100,2027-01-05,2027-02-01\n"
    b"3,C,Proposal,x,100,2027-01-20,2027-06-01\n4,D,Closed Won,x,100,2027-01-07,2027-02-10\n"
    b"1,A,Closed Won,x,100,2027-01-05,2027-01-25\n"
)


def test_event_rows_carry_their_dates_with_open_and_lost_ones_still_out() -> None:
    actuals = read_actuals(DEALS, PLAN, answers=Answers(source="HubSpot"))
    [timing] = [timing for timing in actuals.timings if timing.path == "sales.won"]
    assert (timing.source, timing.as_of) == ("HubSpot", dt.date(2027, 2, 10))
    begun = [dt.date.fromordinal(day).isoformat() for day in timing.began]
    assert sorted(zip(begun, timing.lags, strict=True)) == [
        ("2027-01-05", -1), ("2027-01-05", 20), ("2027-01-07", 34), ("2027-01-20", -1),
    ]  # fmt: skip


def test_dates_go_with_their_source_and_are_kept() -> None:
    crm, other = dated("sales.won", simulated(1)), dated("sales.won", simulated(2, 50), "Other")
    facts = (Fact("CRM", "2027-01", "sales", "won", 3.0), Fact("Other", "2027-01", "sales", "lost", 3.0))
    actuals = Actuals(dt.date(2027, 6, 30), facts, timings=(other, crm))
    assert actuals.timings == (crm, other)
    assert actuals.without("CRM").timings == (other,)
    newer = dated("sales.won", simulated(4), "CRM")
    assert set(actuals.joined(Actuals(actuals.as_of, (), timings=(newer,))).timings) == {newer, other}
    work = Workspace(PLAN).with_actuals(actuals)
    assert from_draft(to_draft(work)) == work
    assert from_json(to_json(work)) == work


def test_dates_that_cannot_be_are_refused() -> None:
    day = dt.date(2027, 1, 31)
    for began, lags in (((day.toordinal(),), ()), ((day.toordinal() + 1,), (-1,)), ((day.toordinal(),), (-2,))):
        with pytest.raises(BadActuals):
            Timing("CRM", "sales.won", day, began, lags)
