"""A solver that gives up: another algorithm is tried, and where none gets there every answer still is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.optimize
from scipy.optimize import OptimizeResult, linprog

from planner.ask.budget.allocation import allocate, frontier
from planner.ask.catching_up import additions
from planner.ask.limits import Limits
from planner.ask.linear import minimum
from planner.engine import forecast
from planner.plan import replace
from planner.plan.starter import starter
from tests.ask.mixes import curves

DAY = dt.date(2027, 5, 1)
GAVE_UP = 4  # "numerical difficulties encountered"; 1 is an iteration limit
Solver = Callable[..., Any]


def failing(status: int, *, methods: tuple[str, ...] = ("highs", "highs-ds", "highs-ipm")) -> Solver:
    """A linprog that ends with `status` and no answer under these methods."""

    def solver(cost: Any, *, method: str, **rest: Any) -> Any:
        if method in methods:
            return OptimizeResult(x=None, status=status, message="gave up", ineqlin=OptimizeResult(marginals=None))
        return linprog(cost, method=method, **rest)

    return solver


def test_the_least_of_a_programme_and_what_one_more_of_a_bound_brings() -> None:
    """Two goods worth 3 and 2 share 10 hours, the first at most 4: 12 + 12, an hour is worth 2."""
    optimum = minimum(np.array([-3.0, -2.0]), A_ub=np.array([[1.0, 1.0], [1.0, 0.0]]), b_ub=np.array([10.0, 4.0]))
    assert optimum.x == pytest.approx([4.0, 6.0])
    assert optimum.prices == pytest.approx([2.0, 1.0])


def test_no_end_and_no_mix_are_told_apart() -> None:
    endless = minimum(np.array([-1.0]))
    none = minimum(np.array([-1.0]), A_ub=np.array([[1.0]]), b_ub=np.array([-1.0]))
    assert (endless.x, endless.unbounded) == (None, True)
    assert (none.x, none.unbounded) == (None, False)


@pytest.mark.parametrize("status", [1, GAVE_UP])
def test_where_one_algorithm_gives_up_the_next_finds_the_same(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, own = starter("email", "phone", "linkedin"), {}
    for _ in range(2):
        mix = allocate(plan, 20_000.0)
        result = (mix.value, *(row.deals for row in additions(plan, DAY)))
        own[len(own)] = result
        monkeypatch.setattr(scipy.optimize, "linprog", failing(status, methods=("highs", "highs-ds")))
    assert own[1] == pytest.approx(own[0], rel=1e-3)


@pytest.mark.parametrize("status", [1, GAVE_UP])
def test_where_no_algorithm_gets_there_additions_still_keep_every_limit(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = starter("email", "phone", "linkedin", "post")
    most = {row.channel: row.deals for row in additions(plan, DAY)}
    monkeypatch.setattr(scipy.optimize, "linprog", failing(status))
    rows = additions(plan, DAY)
    assert all(0.0 < row.deals <= most[row.channel] * (1 + 1e-6) for row in rows)
    assert all(row.binding is not None for row in rows)
    endless = replace(starter("ads", "landing"), limits=(), efforts=())
    assert all(np.isinf(row.deals) or row.deals >= 0.0 for row in additions(endless, DAY))


@pytest.mark.parametrize("status", [1, GAVE_UP])
def test_where_no_algorithm_gets_there_a_budget_is_still_spent_within_the_limits(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, best = curves(), allocate(curves(), 40_000.0, metric="appointments")
    monkeypatch.setattr(scipy.optimize, "linprog", failing(status))
    mix = allocate(plan, 40_000.0, metric="appointments")
    assert mix.after.cost <= 40_000.0 * (1 + 1e-9)
    assert mix.value == pytest.approx(best.value, rel=0.01)
    assert Limits.of(plan).keeps(forecast(mix.plan))
    assert all(limit.price >= 0 for limit in mix.binding)
    assert [point.budget for point in frontier(plan, [10_000.0, 20_000.0], metric="appointments")] == [10_000, 20_000]
