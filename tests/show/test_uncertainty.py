"""What the page keeps of a simulation is what the simulation says."""

from __future__ import annotations

import numpy as np
import pytest

from planner.ask.sensitivity import tornado
from planner.ask.uncertainty.simulation import Series, simulate
from planner.engine import forecast
from planner.plan import Range, Target, replace
from planner.plan.edit import with_target, without_target
from planner.plan.metrics import keys_for
from planner.plan.starter import starter
from planner.show.uncertainty.charts import distribution, fan
from planner.show.uncertainty.outlook import Band, detail, histogram, outlook
from planner.show.uncertainty.sentences import answer, chance_share, median_gap
from planner.show.uncertainty.targets import (
    free_metrics,
    targets_frame,
    with_target_at_plan,
    with_typed_targets,
)
from tests.ask.chain import chain

PLAN = replace(starter("email", "phone", start="2027-01"), targets=(Target("won", 8.0), Target("cost", 150_000.0)))


def test_an_outlook_is_the_simulation_read_once() -> None:
    drawn, simulation = outlook(PLAN, 2000), simulate(PLAN)
    for metric in keys_for("outlook"):
        for tail in (False, True):
            band, quantiles = drawn.bands[Series(metric, tail=tail)], simulation.quantiles(metric, tail=tail)
            assert (band.low, band.median, band.high) == pytest.approx(tuple(quantiles), nan_ok=True)
    deals, cost = simulation.values("won"), simulation.values("cost", tail=True)
    assert drawn.chances[0].in_plan == np.mean(deals >= 8.0)
    assert drawn.chances[1].with_tail == np.mean(cost <= 150_000.0)
    assert drawn.break_even.in_plan == np.mean(simulation.values("profit") >= 0.0)


def test_progress_reaches_the_end_of_a_single_run() -> None:
    shares: list[float] = []
    outlook(PLAN, 40_000, shares.append)
    assert shares == sorted(set(shares))
    assert shares[-1] == 1.0
    assert len(shares) > 1


def test_the_sentence_speaks_of_the_target_of_its_own_metric() -> None:
    drawn, planned = outlook(PLAN, 2000), forecast(PLAN)
    assert "Chance of cost of at most €150,000: " in answer(drawn, planned, "cost")
    assert "Chance of at least 8 deals: " in answer(drawn, planned, "revenue")
    assert "Chance of breaking even: " in answer(drawn, planned, "profit")


def test_chance_alone_of_seven_deals_is_four_to_ten() -> None:
    plan = chain()
    text = chance_share(detail(plan, 2000, "won"), forecast(plan))
    assert "chance alone would give 4 to 10 deals (80% range)" in text


def test_months_far_off_the_rest_are_cut_and_said() -> None:
    planned, drawn = forecast(PLAN), detail(PLAN, 2000, "cac")
    high = np.array([90.0, 40.0, *[10.0] * 10])
    chart = fan(replace(drawn, so_far=np.stack([high / 10, high / 2, high])), planned, None)
    assert list(chart.frame["high"][:3]) == [30.0, 30.0, 10.0]
    assert "2 months cut off" in chart.title


def test_the_fan_builds_up_to_the_range_of_the_plan_and_holds_the_target() -> None:
    planned, drawn, simulation = forecast(PLAN), detail(PLAN, 2000, "won"), simulate(PLAN)
    chart = fan(drawn, planned, 8.0)
    assert list(chart.frame.loc[11, ["low", "middle", "high"]]) == pytest.approx(list(simulation.quantiles("won")))
    assert (np.diff(chart.frame["high"]) >= 0).all()
    assert set(chart.frame["target"]) == {8.0}
    assert chart.frame.loc[0, "aim"] == "target 8"
    assert fan(drawn, planned, None).frame["target"].isna().all()
    cash = simulation.values("cash", by_month=True)
    middle = fan(detail(PLAN, 2000, "cash"), planned, None).frame["middle"]
    assert list(middle) == pytest.approx(list(np.median(cash, axis=0)))


def test_a_histogram_has_a_bar_for_each_whole_number_and_holds_every_draw() -> None:
    bars = histogram(np.array([3.0, 3.0, 4.0, 6.0]))
    assert bars.edges == (2.5, 3.5, 4.5, 5.5, 6.5)
    assert bars.shares == (0.5, 0.25, 0.0, 0.25)
    money = histogram(np.linspace(0.0, 1000.0, 10_001))
    assert sum(money.shares) == pytest.approx(1.0)
    assert np.diff(money.edges) == pytest.approx(50.0)
    assert histogram(np.array([np.nan])).shares == ()


def test_outcomes_that_miss_the_target_are_pale() -> None:
    chart = distribution(detail(PLAN, 2000, "won"), PLAN, 8.0)
    missing = chart.frame[chart.frame["stop"] <= 8.0]["hue"]
    assert len(set(missing)) == 1
    assert set(missing).isdisjoint(chart.frame[chart.frame["start"] >= 7.5]["hue"])


def test_a_median_off_the_plan_is_laid_to_the_most_lopsided_range() -> None:
    """Replies of 3 % between 2 and 9 %, deals 20 % between 19 and 21 %: only replies can pull the median up."""
    plan = chain(ranges=(Range("email.replied.rate", 0.02, 0.09), Range("sales.won.rate", 0.19, 0.21)))
    text = median_gap(plan, "won", Band(4.0, 7.5, 20.0), tornado(plan, "won"), 6.86)
    assert "is 9% above the plan (6.9)" in text
    assert "because the range of the e-mail reply rate is uneven" in text
    assert "up to 20.6 but only down to 4.6" in text
    assert median_gap(plan, "won", Band(4.0, 7.0, 20.0), tornado(plan, "won"), 6.86) == ""


def test_a_target_is_set_changed_and_removed() -> None:
    bare = replace(PLAN, targets=())
    targeted = with_target(bare, "won", 20.0)
    two = with_target(with_target(targeted, "cac", 4000.0), "won", 25.0)
    assert two.targets == (Target("won", 25.0), Target("cac", 4000.0))
    assert without_target(without_target(two, "cac"), "won") == bare


def test_targets_are_typed_in_the_unit_of_the_screen_and_cleared_away() -> None:
    plan = replace(PLAN, targets=(Target("won", 8.0), Target("roi", 0.5)))
    frame = targets_frame(outlook(plan, 256))
    assert list(frame["Value"]) == ["8", "50"]
    assert list(frame["Target"]) == ["Deals, at least", "ROI, at least"]
    assert with_typed_targets(plan, {1: {"Value": 75.0}}).targets[1] == Target("roi", 0.75)
    assert with_typed_targets(plan, {0: {"Value": None}, 1: {"Value": 30.0}}).targets == (Target("roi", 0.3),)
    assert "won" not in free_metrics(plan)
    assert with_target_at_plan(replace(plan, targets=()), "cost", forecast(plan)).targets[0].value > 0
