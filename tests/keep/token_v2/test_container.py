"""A link of a plan, its baseline and named scenarios gives all of them back, and is short."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import BadLink, PlanError
from planner.keep.codec import from_token, to_token
from planner.keep.steps import Scenario
from planner.plan import Plan, replace
from planner.plan.levers import levers, pull
from planner.plan.starter import starter
from tests.keep.wholes import edited, fifty_channels, texts, whole_plans
from tests.strategies import examples

NAMES = ("Two more reps", "Cautious", "No phone until June", "Larger list")


def nudged(plan: Plan, seed: int, many: int = 10) -> Plan:
    """The plan with this many levers moved to three digits near by."""
    rng = random.Random(seed)
    moved: set[str] = set()
    while len(moved) < many:
        lever = rng.choice([lever for lever in levers(plan) if lever.value])
        try:
            plan = pull(plan, lever.path, float(f"{lever.value * rng.uniform(0.7, 1.3):.3g}"))
        except PlanError:
            continue
        moved.add(lever.path)
    return plan


def moved(plan: Plan, share: float, seed: int = 1) -> Plan:
    """The plan with this share of its levers set to three digits near by, as on the screen: ranges follow."""
    rng = random.Random(seed)
    for lever in levers(plan):
        for _ in range(50 if rng.random() < share else 0):
            try:
                plan = pull(plan, lever.path, float(f"{(lever.value or 1) * rng.uniform(0.5, 1.5):.3g}"))
                break
            except PlanError:
                continue
    return plan


@examples(20)
@given(whole_plans(), st.none() | whole_plans(), st.lists(whole_plans(), max_size=4), st.data())
def test_a_link_gives_plan_baseline_and_scenarios_back(
    plan: Plan, baseline: Plan | None, plans: list[Plan], data: st.DataObject
) -> None:
    many = {"min_size": len(plans), "max_size": len(plans)}
    names = data.draw(st.lists(texts.filter(str.strip), unique=True, **many))
    scenarios = tuple(map(Scenario, names, plans))
    shared = from_token(to_token(plan, baseline=baseline, scenarios=scenarios))
    assert repr((shared.plan, shared.baseline, shared.scenarios)) == repr((plan, baseline, scenarios))


def test_a_plan_and_four_named_scenarios_of_ten_levers_each_are_a_short_link() -> None:
    for seed in range(5):
        baseline = edited(starter(), 0.2, seed)
        scenarios = [Scenario(name, nudged(baseline, 10 * seed + i)) for i, name in enumerate(NAMES)]
        token = to_token(nudged(baseline, 99 + seed), baseline=baseline, scenarios=scenarios)
        assert len(token) <= 600
        assert from_token(token).scenarios == tuple(scenarios)


def test_a_plan_of_fifty_channels_with_ranges_is_a_short_link() -> None:
    plan = fifty_channels(ranges=True)
    assert len(plan.ranges) > 140
    assert len(to_token(plan)) < 400
    assert len(to_token(edited(plan, 0.2))) < 1100
    assert len(to_token(moved(plan, 0.2))) < 850
    assert len(to_token(moved(plan, 0.9))) < 2000


def test_a_scenario_like_the_plan_costs_little_more_than_its_name() -> None:
    plan = starter()
    assert len(to_token(plan, scenarios=[Scenario("Cautious", plan)])) <= len(to_token(plan)) + 30


def test_more_scenarios_or_longer_names_than_a_link_holds_are_refused() -> None:
    plan = starter("email")
    with pytest.raises(PlanError, match="at most 4"):
        to_token(plan, scenarios=[Scenario(str(i), plan) for i in range(5)])
    with pytest.raises(PlanError, match="80 characters"):
        to_token(plan, scenarios=[Scenario("x" * 81, plan)])


def test_a_damaged_comparison_is_refused() -> None:
    plan, rng = starter("email"), random.Random(4)
    token = to_token(plan, baseline=nudged(plan, 1), scenarios=[Scenario("Low", replace(plan, note="Low"))])
    for _ in range(1500):
        place, sign = rng.randrange(len(token)), chr(rng.randrange(33, 127))
        if sign != token[place]:
            with pytest.raises(BadLink):
                from_token(token[:place] + sign + token[place + 1 :])
