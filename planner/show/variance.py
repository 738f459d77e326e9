"""Plan against actuals to date, as tables and a chart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner import words
from planner.actuals.actuals import Actuals
from planner.ask.variance.course import course
from planner.ask.variance.since import Since
from planner.ask.variance.to_date import Pair, StageToDate, ToDate
from planner.engine import Forecast
from planner.engine.batch import Array
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.naming import arrivals_name
from planner.show import design, verdicts
from planner.show.design import GREY, INK, SHARED_HUE, Chart, hues
from planner.show.tables import Cell, Table

__all__ = ["by_month", "channels", "note", "run_up", "sentence"]


def sentence(plan: Plan, comparison: ToDate) -> str:
    """Deals against what was planned and expected, the steps furthest off, and volumes not sent as planned."""
    deals, day = comparison.total.deals, words.day(comparison.as_of)
    planned = words.short(plan, deals.plan)
    text = f"{words.counted(plan, deals.actual, 'deal')} by {day}; {planned} were planned by then."
    if np.isnan(deals.actual):
        text = f"Deals are not reported by {day}; {planned} were planned by then."
    parts = [text, _against_expected(plan, comparison), _steps(plan, comparison), _volumes(plan, comparison)]
    return " ".join(filter(None, parts))


def _against_expected(plan: Plan, comparison: ToDate) -> str:
    """Deals against what was sent, and how many more are under way."""
    row = next((row for row in comparison.outcomes if row.stage == "won" and np.isfinite(row.actual)), None)
    if row is None:
        return ""
    gap = verdicts.difference(plan, row, than="what was sent should have brought")
    text = "That is as expected from what was sent" if verdicts.is_as_expected(plan, row) else f"That is {gap}"
    under_way = f"; {words.short(plan, row.to_come)} more are under way" if row.to_come >= 0.05 else ""
    return f"{text}{under_way}."


def _steps(plan: Plan, comparison: ToDate) -> str:
    """The steps furthest behind and ahead beyond chance, or that there are none."""
    off = [(word, row) for word in ("behind", "ahead") if (row := comparison.furthest(word))]
    if off:
        return " ".join(f"Furthest {word}: {_off(plan, row)}." for word, row in off)
    states = {row.verdict for row in comparison.stages if row.main}
    if states <= {"not_reported"}:
        return "No stage is reported."
    if states <= {"not_reported", "too_recent"}:
        return "It is too early to say."
    if comparison.sent_off():
        return "Every step that can be judged so far is on plan."
    if "too_recent" in states:
        return "Everything that can be judged so far is on plan; the rest is too recent."
    return "Everything is on plan."


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


def _volumes(plan: Plan, comparison: ToDate) -> str:
    """Which touches were not sent as planned."""
    texts = [
        f"{arrivals_name(plan, f'{row.channel}.{row.stage}')} ({words.short(plan, row.actual)} against "
        f"{words.short(plan, row.expected)} planned)"
        for row in comparison.sent_off()
    ]
    return f"Not sent as planned: {', '.join(texts)}." if texts else ""


def channels(comparison: ToDate, plan: Plan) -> Table:
    """Deals, cost, CAC and ROI of each channel to date, planned and actual."""
    colours, rows = hues(plan), []
    for row in (*comparison.channels, comparison.total):
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


def run_up(plan: Plan, actuals: Actuals, metric: str, stage: str) -> Chart:
    """A stage run up month by month: the plan to its end, and to date what came and what was to be expected of it."""
    what, names = words.in_text(METRICS[metric].label), words.month_names(plan)
    counted = course(plan, actuals, stage)
    if counted is None:
        title = f"{METRICS[metric].label} are not reported"
        return Chart(_lines(plan, names, ()), design.course_spec(f"{METRICS[metric].label} so far"), title, f"{title}.")
    lines = (
        ("Plan", counted.planned, GREY, False),
        ("Expected", counted.expected, SHARED_HUE, True),
        ("Actual", counted.actual, INK, False),
    )
    came, expected = (words.short(plan, values[-1]) for values in (counted.actual, counted.expected))
    title = f"{came} {what} so far, {expected} expected from what was sent"
    alt = f"Lines of {what} added up by month: the plan to its end, expected and actual to date. {title}."
    return Chart(_lines(plan, names, lines), design.course_spec(f"{METRICS[metric].label} so far"), title, alt)


def _lines(plan: Plan, names: Sequence[str], lines: Sequence[tuple[str, Array, str, bool]]) -> pd.DataFrame:
    """A row a line and month; the last month of a line holds its name."""
    columns = ("month", "value", "hue", "label", "says", "dashed", "end")
    rows = [
        (month, float(value), hue, label, words.write(plan, value), dashed, label if t == len(values) - 1 else "")
        for label, values, hue, dashed in lines
        for t, (month, value) in enumerate(zip(names, values, strict=False))
    ]
    return pd.DataFrame(rows, columns=columns)


def by_month(forecast: Forecast, actuals: Actuals, metric: str, stage: str) -> Chart:
    """A stage by month: actual bars, in grey what the plan has for the channels that report it; missing is not 0."""
    plan, young = forecast.plan, actuals.ages(forecast.plan)
    actual = actuals.count(f"sales.{stage}", plan)
    planned, due = _same(forecast, actuals, stage, np.isfinite(actual))
    says = [words.write(plan, v) + (" so far" if 0 < young[t] < 1 else "") for t, v in enumerate(actual)]
    frame = pd.DataFrame(
        {"month": words.month_names(plan), "value": actual, "baseline": planned, "hue": [INK] * plan.months,
         "says": says, "before": [words.write(plan, v) for v in planned]}
    )  # fmt: skip
    what = METRICS[metric].label
    title = f"{what} are not reported"
    if np.isfinite(actual).any():
        total = words.short(plan, float(np.nansum(actual)))
        title = f"{total} {words.in_text(what)} so far; the plan has {words.short(plan, due)} where they are reported"
    return Chart(frame, design.baseline_spec(f"{what} a month"), title, f"Bars by month, the plan in grey. {title}.")


def _same(forecast: Forecast, actuals: Actuals, stage: str, heard: NDArray[np.bool_]) -> tuple[Array, float]:
    """The plan by month of the channels that report a stage, and its sum over what they report, channel by channel.

    What is reported without a channel is held against all channels.
    """
    keys = [key for key in forecast.channels if f"{key}.{stage}" in forecast.arrivals]
    plans = np.array([forecast.arrivals[f"{key}.{stage}"] for key in keys]).reshape(-1, forecast.plan.months)
    reported = np.array([np.isfinite(actuals.count(f"{key}.{stage}", forecast.plan)) for key in keys]).reshape(
        plans.shape
    )
    if (heard & ~reported.any(axis=0)).any():
        whole = plans.sum(axis=0)
        return whole, float(whole[heard].sum())
    return plans[reported.any(axis=1)].sum(axis=0), float(plans[reported].sum())
