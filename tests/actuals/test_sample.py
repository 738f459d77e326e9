"""Sample actuals: whole, coherent, and in the mean what the deviated plan's forecast says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actuals.actuals import NAMED_SUMS
from planner.actuals.sample import deviated, sample_actuals
from planner.engine import forecast
from planner.plan import Plan, merged
from planner.plan.starter import TEMPLATES, starter
from tests.strategies import examples, plans

PLAN = starter()
MONTHS = 5


def test_the_same_seed_gives_the_same_sample() -> None:
    assert sample_actuals(PLAN, seed=3) == sample_actuals(PLAN, seed=3)
    assert sample_actuals(PLAN, seed=3) != sample_actuals(PLAN, seed=4)


def test_every_deviation_of_the_table_is_in_the_starter_plan() -> None:
    moves, email = deviated(PLAN), next(c for c in PLAN.channels if c.key == "email")
    replied = next(s for s in email.stages if s.key == "replied")
    assert moves["email.replied.rate"] == pytest.approx(0.6 * replied.rate)
    deviating = {template.kind for template in TEMPLATES if template.deviation}
    assert {path.split(".")[0].removeprefix("costs.") for path in moves} >= deviating - {"ads"}
    assert any(path.startswith("costs.ads") for path in moves)


def test_in_the_mean_the_sample_is_the_deviated_forecast() -> None:
    """Means of 150 seeds against the forecast, each within five standard errors (and a little for tiny counts)."""
    planned, draws = forecast(PLAN, deviated(PLAN)), 150
    samples = [sample_actuals(PLAN, seed=seed, months=MONTHS) for seed in range(draws)]
    for path in (f"{c.key}.{s.key}" for c in PLAN.channels for s in merged(c.stages, PLAN.sales)):
        drawn = np.array([sample.count(path, PLAN)[:MONTHS] for sample in samples])
        expected = planned.count(path, "months")[:MONTHS]
        error = np.sqrt(np.maximum(drawn.var(axis=0), expected) / draws)
        assert (np.abs(drawn.mean(axis=0) - expected) <= 5 * error + 0.02).all(), path


def test_costs_and_revenue_are_those_of_the_forecast_and_the_deals() -> None:
    sample, expected = sample_actuals(PLAN, months=MONTHS), forecast(PLAN, deviated(PLAN))
    assert sample.money("cost", PLAN)[:MONTHS] == pytest.approx(expected.cost[:MONTHS], abs=0.05)
    assert sample.money("revenue", PLAN)[:MONTHS] == pytest.approx(
        PLAN.deal.value * sample.count("sales.won", PLAN)[:MONTHS]
    )
    assert sample.named("planned", PLAN, "phone")[:MONTHS] == pytest.approx(
        forecast(PLAN).count("phone.", "months")[:MONTHS], abs=1
    )


def test_every_named_sum_is_reported() -> None:
    sample = sample_actuals(PLAN, months=MONTHS)
    rare = {"bounces", "chat_appointments", "days_in_opportunity"}  # sums that few tools give
    for item in (item for item in NAMED_SUMS if item.key not in rare):
        assert not np.isnan(sample.named(item.key, PLAN)[:MONTHS]).any(), item.key
    assert (sample.named("promoters", PLAN) + sample.named("detractors", PLAN) <= sample.named("surveys", PLAN))[
        :MONTHS
    ].all()


def test_the_last_month_is_young() -> None:
    """Of the e-mails replied to in the end, those of the last month that have replied so far are few."""
    planned = forecast(PLAN, deviated(PLAN))
    mature = planned.count("email.won", "all") / planned.count("email.opportunity", "all")
    won, worked = (planned.count(f"email.{key}", "months")[:MONTHS].sum() for key in ("won", "opportunity"))
    so_far = won / worked
    assert so_far < 0.5 * mature
    assert sample_actuals(PLAN, months=MONTHS).months(PLAN) == MONTHS


def coherent(plan: Plan, seed: int) -> None:
    sample = sample_actuals(plan, seed=seed)
    assert all(float(f.value).is_integer() for f in sample.facts if f.name not in ("cost", "revenue"))
    for channel in (c for c in plan.channels if c.active):
        stages = merged(channel.stages, plan.sales)
        counts = {s.key: np.nan_to_num(sample.count(f"{channel.key}.{s.key}", plan)) for s in stages}
        for parent in stages:
            family = [s for s in stages if s.of == parent.key]
            for group in ([s for s in family if s.main or s.exclusive], *([s] for s in family)):
                taken = sum((np.cumsum(counts[s.key]) for s in group), np.zeros(plan.months))
                assert (taken <= np.cumsum(counts[parent.key])).all(), parent.key
                if not any(s.delay for s in group):
                    assert (sum((counts[s.key] for s in group), np.zeros(plan.months)) <= counts[parent.key]).all()


@examples(25)
@given(plans(opening=False), st.integers(0, 9))
def test_nobody_arrives_who_was_not_there_before(plan: Plan, seed: int) -> None:
    coherent(plan, seed)


@examples(15)
@given(plans(), st.integers(0, 5))
def test_a_sample_of_any_plan_keeps_to_its_forecast(plan: Plan, seed: int) -> None:
    """Deals over all months, openings included, within six standard deviations of a Poisson count, and two more."""
    sample, deviating = sample_actuals(plan, seed=seed, months=plan.months), forecast(plan, deviated(plan))
    expected = float(deviating.count("sales.won", "plan"))
    deals = sum(fact.value for fact in sample.facts if fact.name == "won")  # a plan may have no such stage
    assert abs(deals - expected) <= 6 * math.sqrt(expected) + 2 * len(plan.opening) + 2
