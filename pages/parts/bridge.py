"""A difference on a page: the figure and the view to choose, the bars as a chart, the table that adds up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from pages.shell import present
from planner.actuals.actuals import Actuals
from planner.ask.compare.bridge import Ends, bridge, ends, grouped
from planner.engine import Forecast
from planner.errors import PlanError
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.show import bridge as shown
from planner.show.bridge import Effect

CAUSES = {"channel": "By channel", "factor": "By kind of cause", "each": "Each cause"}
ADDED_UP: dict[str, Literal["channel", "factor"]] = {"channel": "channel", "factor": "factor"}
HEADS = {"channel": "Channel", "factor": "Kind of cause", "each": "What moved"}


def figure(key: str, metrics: Sequence[str]) -> str:
    """Returns the metric whose difference is to be shown."""
    return choice(f"{key}_metric", metrics, {name: METRICS[name].label for name in metrics})


def draw(
    before: Forecast | Actuals, after: Forecast | Actuals, plan: Plan, names: tuple[str, str], key: str,
    metrics: Sequence[str],
) -> None:  # fmt: skip
    """Shows the fields for the figure and the view, and below them what caused the difference."""
    with st.container(horizontal=True, vertical_alignment="center"):
        metric = figure(key, metrics)
        way = choice(f"{key}_way", list(CAUSES), CAUSES)
    by_cause(before, after, plan, names, key, metric, way)


def by_cause(
    before: Forecast | Actuals, after: Forecast | Actuals, plan: Plan, names: tuple[str, str], key: str,
    metric: str, way: str,
) -> None:  # fmt: skip
    """What caused the difference of a metric, added up in one of the ways of `CAUSES`."""
    try:
        bars, both = bridge(before, after, metric), ends(before, after, metric)
    except PlanError as error:
        present.quiet(f"{METRICS[metric].label} {error.what}.")
        return
    if way in ADDED_UP:
        bars = grouped(bars, ADDED_UP[way], plan)
    planned = isinstance(before, Forecast) and isinstance(after, Forecast)
    period, effects = "in the plan" if planned else "to date", shown.of_causes(bars, plan)
    bars_and_table(plan, effects, both, metric, names, period, HEADS[way], key, folded=not planned)


def bars_and_table(
    plan: Plan, effects: Sequence[Effect], both: Ends, metric: str, names: tuple[str, str], period: str, head: str,
    key: str, *, folded: bool = False,
) -> None:  # fmt: skip
    """The effects as a waterfall from one figure to the other, and as a table, `folded` away or in full."""
    present.chart(shown.waterfall(plan, effects, both, metric, names, period), f"{key}_bridge")
    if any(effect.amount for effect in effects):
        with st.expander("The figures behind the bars") if folded else st.container():
            present.table(shown.proof(plan, effects, metric, head), f"{key}-{metric}")


def choice(key: str, options: Sequence[str], labels: dict[str, str]) -> str:
    """A field for one of a few options, of which one is always chosen."""
    chosen = st.segmented_control(
        key, options, format_func=labels.__getitem__, key=key, required=True, default=options[0],
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return str(chosen or options[0])
