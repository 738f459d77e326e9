"""The bridge between two sides on a page: why a figure moved, cause by cause, by channel or by kind of cause."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shell import present
from planner.actuals.actuals import Actuals
from planner.ask.compare.bridge import bridge, ends, grouped
from planner.engine import Forecast
from planner.errors import PlanError
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.show import compare

WAYS = {"each": "Each cause", "channel": "By channel", "factor": "By kind of cause"}


def draw(
    before: Forecast | Actuals, after: Forecast | Actuals, plan: Plan, names: tuple[str, str], key: str,
    metrics: Sequence[str],
) -> None:  # fmt: skip
    """Figure and way of adding up to choose, the bars as a chart, and the table that proves they sum exactly."""
    with st.container(horizontal=True, vertical_alignment="center"):
        metric = str(_choice(f"{key}_metric", metrics, {name: METRICS[name].label for name in metrics}))
        way = _choice(f"{key}_way", list(WAYS), WAYS)
    try:
        bars, figure = bridge(before, after, metric), ends(before, after, metric)
    except PlanError as error:
        present.quiet(f"{METRICS[metric].label}: this figure {error.what}")
        return
    if way in ("channel", "factor"):
        bars = grouped(bars, "channel" if way == "channel" else "factor", plan)
    unit, title = METRICS[metric].unit, compare.leading(plan, bars, metric)
    present.chart(compare.waterfall(plan, bars, figure.before, figure.after, unit, title, names), f"{key}_bridge")
    if any(bar.amount for bar in bars):
        present.table(compare.proof(plan, bars, unit))


def _choice(key: str, options: Sequence[str], labels: dict[str, str]) -> str:
    chosen = st.segmented_control(
        key, options, format_func=labels.__getitem__, key=key, required=True, default=options[0],
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return str(chosen or options[0])
