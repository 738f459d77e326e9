"""What the page keeps of a simulation is what the simulation says."""

from __future__ import annotations

import numpy as np
import pytest

from planner.ask.uncertainty.simulation import Series, simulate
from planner.engine import forecast
from planner.plan import Target, replace
from planner.plan.metrics import keys_for
from planner.plan.starter import starter
from planner.show.uncertainty.outlook import answer, closer, fan, outlook

PLAN = replace(starter("email", "phone", start="2027-01"), targets=(Target("won", 8.0), Target("cost", 150_000.0)))


def test_an_outlook_is_the_simulation_read_once() -> None:
    seen, made = outlook(PLAN, 2000), simulate(PLAN)
    for metric in keys_for("outlook"):
        for tail in (False, True):
            expected = made.quantiles(metric, tail=tail)
            assert seen.ranges[Series(metric, tail=tail)] == pytest.approx(expected, nan_ok=True)
    deals, cost = made.values("won"), made.values("cost", tail=True)
    assert seen.chances[0].in_plan == np.mean(deals >= 8.0)
    assert seen.chances[1].in_the_end == np.mean(cost <= 150_000.0)
    assert seen.even.in_plan == np.mean(made.values("profit") >= 0.0)


def test_progress_reaches_the_end_of_a_single_run() -> None:
    told: list[tuple[int, int]] = []
    outlook(PLAN, 20_000, lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1] == (20_000, 20_000)


def test_the_sentence_speaks_of_the_target_of_its_own_metric() -> None:
    seen, made = outlook(PLAN, 2000), forecast(PLAN)
    assert "cost of at most €150,000" in answer(seen, made, "cost")
    assert "at least 8 deals" in answer(seen, made, "revenue")
    assert "breaking even" in answer(seen, made, "profit")


def test_months_far_off_the_rest_are_cut_and_said() -> None:
    made, near = forecast(PLAN), closer(PLAN, 2000, "cac")
    drawn = fan(near, made)
    top = 3.0 * np.nanmax(near.by_month[2, 6:])
    off = int(np.sum(near.by_month[2] > top))
    assert off > 0
    assert drawn.frame["high"].max() == pytest.approx(top)
    assert f"{off} month" in drawn.title
    deals = closer(PLAN, 2000, "won")
    assert np.array_equal(fan(deals, made).frame["high"], deals.by_month[2])
