"""Plan against actuals to date, as tables and a chart."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner import words
from planner.actuals.actuals import Actuals
from planner.ask.variance.since import Since
from planner.ask.variance.to_date import Pair, StageToDate, ToDate, Verdict
from planner.engine import Forecast
from planner.engine.batch import Array
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.naming import arrivals_name
from planner.show import design
from planner.show.design import INK, Chart, hues
from planner.show.tables import Cell, Table

__all__ = ["VERDICTS", "by_month", "channels", "note", "off_plan", "sentence", "stages"]

VERDICTS: dict[Verdict, tuple[str, str]] = {  # how each is said, and its tone
    "on_plan": ("on plan", ""),
    "ahead": ("ahead", "good"),
    "behind": ("behind", "bad"),
    "too_recent": ("too recent to judge", "quiet"),
    "not_reported": ("not reported", "quiet"),
}


def sentence(plan: Plan, found: ToDate) -> str:
    """Deals against what was planned by the day, and the main stages furthest off, beyond chance."""
    deals, day = found.total.deals, words.day(found.as_of)
    planned = words.short(plan, deals.plan)
    text = f"{words.counted(plan, deals.actual, 'deal')} by {day}; {planned} were planned by then."
    if np.isnan(deals.actual):
        text = f"Deals are not reported by {day}; {planned} were planned by then."
    off = [(word, row) for word in ("behind", "ahead") if (row := found.furthest(word))]
    if off:
        return " ".join([text, *(f"Furthest {word}: {_off(plan, row)}." for word, row in off)])
    verdicts = {row.verdict for row in found.stages if row.main}
    if verdicts <= {"not_reported"}:
        return f"{text} No stage is reported."
    if verdicts <= {"not_reported", "too_recent"}:
        return f"{text} It is too recent to judge."
    if "too_recent" in verdicts:
        return f"{text} Everything that can be judged so far is on plan; the rest is too recent."
    return f"{text} Everything is on plan."


def note(plan: Plan, changes: Since) -> str:
    """What left its chance range, in a sentence; "" where nothing did."""
    below, above = ([row for row in changes.left if (row.actual > row.expected) == up] for up in (False, True))
    parts = [
        f"{', '.join(_off(plan, row) for row in rows)} {'fell behind' if rows is below else 'ran ahead of'} plan"
        for rows in (below, above) if rows
    ]  # fmt: skip
    if not parts:
        return ""
    return f"Beyond chance, and not yet so on {words.day(changes.since)}: {'; '.join(parts)}."


def _off(plan: Plan, row: StageToDate) -> str:
    came, expected = words.short(plan, row.actual), words.short(plan, row.expected)
    return f"{arrivals_name(plan, f'{row.channel}.{row.stage}')} ({came} against {expected} expected)"


def off_plan(found: Iterable[StageToDate]) -> tuple[StageToDate, ...]:
    """Touches and main stages that are ahead or behind, each by its own band."""
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
                Cell(VERDICTS[row.verdict][0], VERDICTS[row.verdict][1] if row.main else "quiet"),
            )
        )
    heads = (
        "Stage",
        "Planned to date",
        "Actual",
        "Expected from actual inflow",
        "Planned rate",
        "Rate so far",
        "Verdict",
    )
    note = (
        "Expected: what the plan’s rates and delays make of the stage before as it really came, with its 80% range. "
        "The rate so far counts only what has had time; the simple ratio is shown below where it differs."
    )
    return Table(heads, tuple(rows), note)


def _band(plan: Plan, row: StageToDate) -> str:
    return f"{words.write(plan, row.low)} to {words.write(plan, row.high)}" if np.isfinite(row.low + row.high) else ""


def _naive(plan: Plan, row: StageToDate) -> str:
    if not np.isfinite(row.naive + row.effective) or abs(row.naive - row.effective) <= 0.02 * row.effective:
        return ""
    return f"{words.write(plan, row.naive, 'percent')} simple ratio"


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
    note = "Actual, and below it the plan to the same day. Costs that are not reported stand at the plan’s prices."
    return Table(("Channel", "Deals", "Revenue", "Cost", "CAC", "ROI"), tuple(rows), note, total=True)


def _pair(plan: Plan, pair: Pair, unit: str) -> Cell:
    return Cell(words.write(plan, pair.actual, unit), note=f"plan {words.write(plan, pair.plan, unit)}")


def by_month(forecast: Forecast, actuals: Actuals, metric: str, stage: str) -> Chart:
    """A stage by month: actual bars, in grey what the plan has for the channels that report it; missing is not 0."""
    plan, young = forecast.plan, actuals.ages(forecast.plan)
    told = actuals.count(f"sales.{stage}", plan)
    planned, due = _same(forecast, actuals, stage, np.isfinite(told))
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


def _same(forecast: Forecast, actuals: Actuals, stage: str, heard: NDArray[np.bool_]) -> tuple[Array, float]:
    """The plan by month of the channels that report a stage, and its sum over what they report, channel by channel.

    What is reported without a channel is held against all channels.
    """
    keys = [key for key in forecast.channels if f"{key}.{stage}" in forecast.arrivals]
    plans = np.array([forecast.arrivals[f"{key}.{stage}"] for key in keys]).reshape(-1, forecast.plan.months)
    told = np.array([np.isfinite(actuals.count(f"{key}.{stage}", forecast.plan)) for key in keys]).reshape(plans.shape)
    if (heard & ~told.any(axis=0)).any():
        whole = plans.sum(axis=0)
        return whole, float(whole[heard].sum())
    return plans[told.any(axis=1)].sum(axis=0), float(plans[told].sum())
