"""Between its nodes a response curve says what the engine says, to the digits shown, at every place of a slider."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from planner.ask.response import parts_of, response
from planner.measure.metrics import measure
from planner.plan import Plan, edit
from planner.plan.levers import lever
from planner.plan.metrics import keys_for
from planner.plan.starter import starter

WHOLE = starter()
LISTED = edit.with_audience(starter("email", "phone"), "email", 3_000.0)  # a kink: the list is used up


@pytest.mark.parametrize(
    ("plan", "path", "high"),
    [(WHOLE, "email.volume", 30_000.0), (LISTED, "email.volume", 30_000.0), (WHOLE, "ads.volume", 500_000.0),
     (WHOLE, "sales.won.rate", 1.0), (WHOLE, "deal.value", 60_000.0), (WHOLE, "team.reps", 9.0)],
)  # fmt: skip
@pytest.mark.parametrize("tail", [False, True])
def test_a_curve_meets_the_engine_at_every_place(plan: Plan, path: str, high: float, tail: bool) -> None:
    places = np.linspace(lever(plan, path).kind.low, high, 251)
    answer = response(plan, path, places, keys_for("strip"), tail=tail)
    assert len(answer.places) < len(places)
    for metric in keys_for("strip"):
        parts = [PchipInterpolator(answer.places, answer.figures[part])(places) for part in parts_of(metric)]
        exact = measure(plan, metric, {path: places}, tail=tail)
        with np.errstate(divide="ignore", invalid="ignore"):
            curve = parts[0] if len(parts) == 1 else parts[0] / parts[1] - (metric == "roi")
        defined = np.isfinite(exact) & (np.abs(exact) > 1e-6)
        np.testing.assert_allclose(curve[defined], exact[defined], rtol=2e-4)


def test_a_ratio_is_read_off_what_the_plans_own_touches_bring() -> None:
    assert parts_of("cac") == ("cost!", "won!")
    assert parts_of("cost") == ("cost",)
