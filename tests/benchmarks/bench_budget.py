"""The best mix against scipy's SLSQP from four starts on random plans, and how many forecasts a goal seek takes.

    OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.bench_budget

Both solvers run on the same plan in turn; slopes come to SLSQP in one batched forecast too. A shortfall is how far the
optimiser stays below the best that SLSQP finds, as a share of the result.
"""

from __future__ import annotations

from statistics import median
from time import perf_counter
from unittest.mock import patch

import numpy as np

from planner.ask.budget.mix import best_mix
from planner.ask.budget.room import Room
from planner.ask.goal import seeking
from planner.errors import OutOfReach
from planner.plan.starter import starter
from tests.ask.mixes import affordable, bounds, question, slsqp

PLANS = 20


def against_slsqp(**ties: bool) -> None:
    """Print the ratio of times and the worst shortfall over random plans."""
    ratios, times, short = [], [], []
    for seed in range(500, 500 + PLANS):
        plan, metric, budget, tail = question(seed, **ties)
        rng, (low, _) = np.random.default_rng(seed), bounds(plan)
        top = affordable(plan, metric, budget, rng, 200, tail).max(axis=0)
        starts = np.vstack([np.zeros(len(low)), np.full(len(low), 0.02), rng.random((2, len(low)))])
        marks = [perf_counter()]
        best = best_mix(Room.of(plan, budget, metric, tail=tail))
        marks.append(perf_counter())
        other = slsqp(plan, metric, budget, top, starts, tail)
        marks.append(perf_counter())
        ours, theirs = np.diff(marks)
        ratios.append(ours / theirs)
        times.append((ours, theirs))
        short.append((other - best.value) / max(abs(best.value), 1e-12))
    ours, theirs = (median(column) * 1e3 for column in zip(*times, strict=True))
    kind = ", ".join(ties) or "plain"
    print(f"{kind}: {ours:.0f} ms ÷ {theirs:.0f} ms = {median(ratios):.2f} (at most 1); shortfall {max(short):.1e}")


def forecasts_of_a_seek() -> None:
    """Print how many forecasts each question of a starter plan takes."""
    plan = starter()
    for path, metric, target in (
        ("email.volume", "won", 19.0), ("email.replied.rate", "cac", 12000.0), ("volumes", "appointments", 330.0),
        ("deal.value", "profit", 0.0), ("sales.won.delay.median_days", "won", 15.0), ("email.volume", "won", 1e6),
    ):  # fmt: skip
        with patch.object(seeking, "forecast", wraps=seeking.forecast) as counted:
            start = perf_counter()
            try:
                answer = f"{len(seeking.seek(plan, path, metric, target))} answers"
            except OutOfReach as refused:
                answer = f"held by {refused.binding}"
            spent = (perf_counter() - start) * 1e3
        print(f"{path} for {metric} {target:g}: {counted.call_count} forecasts, {spent:.0f} ms, {answer}")


if __name__ == "__main__":
    against_slsqp()
    against_slsqp(fed=True)
    against_slsqp(helped=True)
    forecasts_of_a_seek()
