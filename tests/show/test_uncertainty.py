"""What the page keeps of a simulation is what the simulation says."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest

from planner.ask.sensitivity import tornado
from planner.ask.uncertainty.simulation import Series, simulate
from planner.engine import forecast
from planner.measure.metrics import measure
from planner.plan import Plan, Range, Target, replace
from planner.plan.edit import with_target, without_target
from planner.plan.experience import month_of_experience, no_experience
from planner.plan.levers import lever
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


@pytest.mark.parametrize("metric", ["won", "revenue"])
def test_a_bar_at_an_end_says_that_it_holds_all_beyond_and_is_never_the_likeliest_outcome(metric: str) -> None:
    """It holds a twentieth of the draws at least, which in the starter is more than most bars between them hold."""
    plan = starter()
    chart = distribution(detail(plan, 2000, metric), plan, None)
    says, shares = list(chart.frame["says"]), chart.frame["share"]
    assert shares.idxmax() == 0
    assert says[0].startswith("up to ")
    assert says[-1].endswith(" or more")
    assert f"the likeliest outcome is {says[shares[1:-1].idxmax()]} " in chart.title


def test_where_nothing_lies_beyond_the_bars_each_is_named_by_what_it_holds() -> None:
    bars = histogram(np.array([3.0, 3.0, 4.0]))
    assert (bars.below, bars.above) == (False, False)


def test_outcomes_that_miss_the_target_are_pale() -> None:
    chart = distribution(detail(PLAN, 2000, "won"), PLAN, 8.0)
    missing = chart.frame[chart.frame["stop"] <= 8.0]["hue"]
    assert len(set(missing)) == 1
    assert set(missing).isdisjoint(chart.frame[chart.frame["start"] >= 7.5]["hue"])


def test_a_median_off_the_plan_is_laid_to_the_most_lopsided_range() -> None:
    """Replies of 3 % between 2 and 9 %, deals 20 % between 19 and 21 %: only replies can pull the median up."""
    plan = chain(ranges=(Range("email.replied.rate", 0.02, 0.09), Range("sales.won.rate", 0.19, 0.21)))
    text = median_gap(plan, "won", Band(4.0, 7.5, 20.0), tornado(plan, "won"), 6.86, 7.4)
    assert "is 9% above the plan (6.9)" in text
    assert "mostly because the range of the e-mail reply rate reaches further up than down in proportion" in text
    assert "up to 20.6 (× 3.00) or down to 4.6 (÷ 1.50)" in text
    assert median_gap(plan, "won", Band(4.0, 7.0, 20.0), tornado(plan, "won"), 6.86, 6.9) == ""


def test_a_range_that_reaches_as_far_down_as_up_pulls_the_median_down_in_proportion() -> None:
    """Deals 20 % between 10 and 30 %: half as many, or half as many again. Replies of 3 % reach evenly by factors."""
    plan = chain(ranges=(Range("email.replied.rate", 0.025, 0.036), Range("sales.won.rate", 0.1, 0.3)))
    text = median_gap(plan, "won", Band(3.0, 6.0, 10.0), tornado(plan, "won"), 6.86, 6.0)
    assert "mostly because the range of the win rate reaches further down than up in proportion" in text
    assert "down to 3.4 (÷ 2.00) or up to 10.3 (× 1.50)" in text


def test_a_median_that_whole_deals_put_off_the_plan_is_laid_to_them() -> None:
    plan = chain(ranges=(Range("email.replied.rate", 0.02, 0.09),))
    text = median_gap(plan, "won", Band(0.0, 1.0, 2.0), tornado(plan, "won"), 0.8, 0.82)
    assert "is 25% above the plan (0.8)" in text
    assert "because appointments and deals come in whole numbers: by the rates alone it would be 0.82." in text


@pytest.mark.parametrize("experience", [no_experience, month_of_experience])
def test_the_range_that_is_named_really_pulls_the_median_there(experience: Callable[[Plan], Plan]) -> None:
    """Without it the median comes nearer to the plan; a third of the way at least where it is named for most of it."""
    for kind in ("email", "phone", "linkedin", "post"):
        plan = experience(starter(kind))
        own = float(measure(plan, "won"))
        (by_rates,) = simulate(plan, draws=1024, counts=False).quantiles("won", (0.5,))
        text = median_gap(plan, "won", Band(0.0, by_rates, 1.0), tornado(plan, "won"), own, by_rates)
        (named,) = re.findall(r"(?:range|that) of the (.*?)(?: reaches|:)", text)
        others = [band.path for band in plan.ranges if lever(plan, band.path).name != named]
        assert len(others) == len(plan.ranges) - 1
        (without,) = simulate(plan, draws=1024, counts=False, levers=others).quantiles("won", (0.5,))
        assert abs(without - own) < abs(by_rates - own) * (2 / 3 if "mostly" in text else 1.0)


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
