"""Plan against actuals to date, as tables and a chart."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner import words
from planner.actuals.actuals import Actuals
from planner.ask.variance.to_date import Pair, StageToDate, ToDate
from planner.engine import Forecast
from planner.engine.batch import Array
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.show import design
from planner.show.design import INK, Chart, hues
from planner.show.tables import Cell, Table

__all__ = ["TONES", "by_month", "channels", "off_plan", "stages"]

TONES = {"on plan": "", "ahead": "good", "behind": "bad", "too early to tell": "quiet", "not reported": "quiet"}


def off_plan(found: Iterable[StageToDate]) -> tuple[StageToDate, ...]:
    """Touches and main stages that are ahead or behind."""
    return tuple(row for row in found if row.main and row.verdict in ("ahead", "behind"))


def stages(plan: Plan, found: Iterable[StageToDate]) -> Table:
    """Volume and effective rate by stage: planned to date, what so many parents should bring, actual, verdict."""
    colours, rows = hues(plan), []
    for row in found:
        rows.append(
            (
                Cell(row.label, swatch=colours.get(row.channel, "")),
                words.write(plan, row.planned),
                Cell(words.write(plan, row.actual), "strong"),
                Cell(words.write(plan, row.expected), note=_band(plan, row)),
                Cell(words.write(plan, row.assumed, "percent"), "quiet"),
                Cell(words.write(plan, row.effective, "percent"), note=_naive(plan, row)),
                Cell(row.verdict, TONES[row.verdict] if row.main else "quiet"),
            )
        )
    heads = ("Stage", "Planned to date", "Actual", "Expected of what came", "Rate assumed", "Rate so far", "Verdict")
    note = (
        "Expected: what the plan’s rates and delays make of the stage before as it really came, with its 80 % band. "
        "Rate so far counts only what has had time; naive division stands below where it differs."
    )
    return Table(heads, tuple(rows), note)


def _band(plan: Plan, row: StageToDate) -> str:
    return f"{words.write(plan, row.low)} to {words.write(plan, row.high)}" if np.isfinite(row.low + row.high) else ""


def _naive(plan: Plan, row: StageToDate) -> str:
    if not np.isfinite(row.naive + row.effective) or abs(row.naive - row.effective) <= 0.02 * row.effective:
        return ""
    return f"{words.write(plan, row.naive, 'percent')} if divided naively"


def channels(found: ToDate, plan: Plan) -> Table:
    """Deals, cost, CAC and ROI of each channel to date, planned and actual."""
    colours, rows = hues(plan), []
    for row in (*found.channels, found.total):
        cells: list[Cell | str] = [Cell(row.label, swatch=colours.get(row.channel or "", ""))]
        pairs = (
            (row.deals, "count"),
            (row.revenue, "money"),
            (row.cost, "money"),
            (row.cac, "money"),
            (row.roi, "percent"),
        )
        cells += [_pair(plan, pair, unit) for pair, unit in pairs]
        rows.append(tuple(cells))
    note = "Actual, and below it the plan to the same day. Cost that nobody reported stands at the plan’s prices."
    return Table(("Channel", "Deals", "Revenue", "Cost", "CAC", "ROI"), tuple(rows), note, total=True)


def _pair(plan: Plan, pair: Pair, unit: str) -> Cell:
    return Cell(words.write(plan, pair.actual, unit), note=f"plan {words.write(plan, pair.plan, unit)}")


def by_month(made: Forecast, actuals: Actuals, metric: str, stage: str) -> Chart:
    """A stage by month: actual bars, in grey what the plan has for the channels that report it; missing is not 0."""
    plan, young = made.plan, actuals.ages(made.plan)
    told = actuals.count(f"sales.{stage}", plan)
    planned, due = _same(made, actuals, stage, np.isfinite(told))
    says = [words.write(plan, v) + (" so far" if 0 < young[t] < 1 else "") for t, v in enumerate(told)]
    frame = pd.DataFrame(
        {"month": words.month_names(plan), "value": told, "baseline": planned, "hue": [INK] * plan.months, "says": says,
         "before": [words.write(plan, v) for v in planned]}
    )  # fmt: skip
    what = METRICS[metric].label
    title = f"{what} are not reported"
    if np.isfinite(told).any():
        total = words.short(plan, float(np.nansum(told)))
        title = f"{total} {words.in_text(what)} so far; the plan has {words.short(plan, due)} where they are reported"
    return Chart(frame, design.baseline_spec(), title, f"Bars by month, the plan in grey. {title}.")


def _same(made: Forecast, actuals: Actuals, stage: str, heard: NDArray[np.bool_]) -> tuple[Array, float]:
    """The plan by month of the channels that report a stage, and its sum over what they report, channel by channel.

    What is reported without a channel is held against all channels.
    """
    keys = [key for key in made.channels if f"{key}.{stage}" in made.arrivals]
    plans = np.array([made.arrivals[f"{key}.{stage}"] for key in keys]).reshape(-1, made.plan.months)
    told = np.array([np.isfinite(actuals.count(f"{key}.{stage}", made.plan)) for key in keys]).reshape(plans.shape)
    if (heard & ~told.any(axis=0)).any():
        whole = plans.sum(axis=0)
        return whole, float(whole[heard].sum())
    return plans[told.any(axis=1)].sum(axis=0), float(plans[told].sum())
