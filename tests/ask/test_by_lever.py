"""Which of the moves made the difference: a bar a lever, exact in sum."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from planner.ask.compare.alone import alone
from planner.ask.compare.by_lever import LeverBridge, bridge_by_lever
from planner.engine import forecast
from planner.measure.metrics import measure
from planner.plan import Plan, Target, replace
from planner.plan.edit import remove_channel, with_months
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.strategies import examples, plans

SEVEN_MOVES = {
    "email.replied.rate": 0.008,
    "sales.won.rate": 0.25,
    "linkedin.volume": 1400.0,
    "phone.connected.rate": 0.07,
    "deal.value": 21_000.0,
    "email.volume": 11_000.0,
    "sales.won.delay.median_days": 70.0,
}


def moved(plan: Plan, moves: dict[str, float]) -> Plan:
    for path, to in moves.items():
        plan = pull(plan, path, to)
    return plan


def total(bridge: LeverBridge) -> float:
    return sum(bar.amount for bar in bridge.bars) + bridge.structure


def test_one_lever_takes_the_whole_difference() -> None:
    plan = starter("email", "phone")
    better = pull(plan, "sales.won.rate", 0.3)
    bridge = bridge_by_lever(plan, better, "cac")
    (bar,) = bridge.bars
    assert (bar.path, bar.before, bar.after) == ("sales.won.rate", 0.2, 0.3)
    assert bar.amount == pytest.approx(float(measure(better, "cac") - measure(plan, "cac")), rel=1e-9)
    assert bridge.structure == 0.0


def test_a_product_is_split_by_logarithms() -> None:
    """Deals go with win rate × show rate: the bars are the difference times ln of each factor ÷ ln of both."""
    plan = starter("phone")
    better = moved(plan, {"sales.won.rate": 0.3, "sales.held.rate": 0.77})
    bars = {bar.path: bar.amount for bar in bridge_by_lever(plan, better).bars}
    assert bars["sales.held.rate"] / bars["sales.won.rate"] == pytest.approx(0.0953101798 / 0.4054651081, rel=1e-7)


@pytest.mark.parametrize("metric", ["won", "revenue", "cost", "profit", "cac", "roi", "lowest_cash", "utilisation"])
def test_the_bars_sum_to_the_difference_and_swap_their_signs(metric: str) -> None:
    plan = starter()
    better = moved(plan, SEVEN_MOVES)
    there, back = bridge_by_lever(plan, better, metric), bridge_by_lever(better, plan, metric)
    assert total(there) == pytest.approx(there.after - there.before, rel=1e-9)
    amounts = {bar.path: bar.amount for bar in back.bars}
    size = sum(abs(bar.amount) for bar in there.bars)
    for bar in there.bars:
        assert bar.amount == pytest.approx(-amounts[bar.path], abs=2e-6 * size)


def test_a_channel_that_goes_is_structure() -> None:
    plan = starter("email", "phone")
    other = pull(remove_channel(plan, "phone"), "email.replied.rate", 0.008)
    there, back = bridge_by_lever(plan, other), bridge_by_lever(other, plan)
    assert [bar.path for bar in there.bars] == ["email.replied.rate"]
    assert there.structure < 0 < there.bars[0].amount
    assert total(there) == pytest.approx(there.after - there.before, rel=1e-9)
    assert there.structure == pytest.approx(-back.structure, rel=1e-9)


def test_a_longer_plan_is_structure_and_months_that_both_have_are_levers() -> None:
    plan = starter("email")
    bridge = bridge_by_lever(plan, with_months(plan, 18))
    assert bridge.bars == ()
    assert bridge.structure == pytest.approx(bridge.after - bridge.before)


def test_a_volume_from_nothing_goes_by_equal_steps() -> None:
    plan = pull(starter("email"), "email.volume", 0.0)
    bridge = bridge_by_lever(plan, pull(plan, "email.volume", 8000.0))
    assert bridge.bars[0].amount == pytest.approx(bridge.after - bridge.before, rel=1e-9)


def test_an_undefined_figure_has_ends_and_no_bars() -> None:
    plan = starter("email")
    bridge = bridge_by_lever(plan, pull(plan, "email.volume", 0.0), "cac")
    assert not bridge.split
    assert bridge.bars == ()
    assert bridge.before == pytest.approx(float(measure(plan, "cac")))


def test_plans_that_differ_in_name_and_target_alone_have_no_bars() -> None:
    plan = starter("email")
    other = replace(plan, name="Another", targets=(Target("won", 3.0),), correlation=0.4)
    bridge = bridge_by_lever(plan, other)
    assert (bridge.bars, bridge.structure, bridge.before) == ((), 0.0, bridge.after)


@settings(examples(25), phases=[Phase.explicit, Phase.generate])
@given(plans(), st.data())
def test_any_two_plans_are_bridged_exactly(plan: Plan, data: st.DataObject) -> None:
    rates = [f"{c.key}.{s.key}.rate" for c in plan.channels for s in c.stages if s.main and 0 < s.rate < 1]
    other = plan
    for path in data.draw(st.lists(st.sampled_from(rates), unique=True, max_size=2)) if rates else []:
        other = pull(other, path, data.draw(st.sampled_from([0.01, 0.2, 0.6])))
    other = pull(other, "deal.value", data.draw(st.sampled_from([100.0, 5000.0])))
    for metric in ("won", "profit"):
        bridge = bridge_by_lever(plan, other, metric)
        size = max(1.0, abs(bridge.before), abs(bridge.after))
        ends = [float(forecast(p).count("won", "plan")) for p in (plan, other)]
        assert total(bridge) == pytest.approx(bridge.after - bridge.before, rel=1e-9, abs=1e-9 * size)
        assert metric != "won" or (bridge.before, bridge.after) == pytest.approx(tuple(ends))


def test_what_a_lever_does_alone_is_the_plan_less_the_plan_with_that_lever_put_back() -> None:
    base = starter("email", "phone", "linkedin")
    plan = moved(base, SEVEN_MOVES)
    effects = alone(plan, base, [*SEVEN_MOVES, "email.appointment.rate"])
    assert set(effects) == set(SEVEN_MOVES)
    for path, effect in effects.items():
        put_back = pull(plan, path, effect.before)
        assert effect.metric == ("revenue" if path == "deal.value" else "won")
        ends = [float(measure(ended, effect.metric)) for ended in (put_back, plan)]
        assert [effect.then, effect.now] == pytest.approx(ends)


def test_a_lever_that_only_the_plan_has_has_no_effect_of_its_own() -> None:
    base = remove_channel(starter("email", "phone"), "phone")
    assert alone(starter("email", "phone"), base, ["phone.volume"]) == {}
