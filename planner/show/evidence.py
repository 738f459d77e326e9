"""What the rates of a plan rest on: a table of planned and measured rates, and what adopting them changes."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

from planner import words
from planner.ask.evidence.calibrate import Calibration, Kept, RateEvidence
from planner.engine import Forecast
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.levers import lever
from planner.plan.typical import typical_of
from planner.show.design import SHARED_HUE, hues
from planner.show.tables import Cell, Table

__all__ = ["basis", "delays", "effect", "labels", "note", "sentence", "table"]

KEPT: dict[Kept, str] = {
    "nothing_due": "nothing could have arrived yet",
    "none_or_all": "a rate of 0 or 100% is left as it is",
}
SAME = 0.005  # of a rate: nearer than that is no difference to see


def basis(plan: Plan, path: str) -> str:
    """What a lever's value rests on: own data, a typical value with its source, or "typed"."""
    row = next((evidence for evidence in plan.evidence if evidence.path == path), None)
    if row is not None:
        parts = [row.source]
        if row.n is not None:
            parts.append(f"{words.short(plan, row.n)} observed")
        if row.as_of:
            parts.append(_day(row.as_of))
        return ", ".join(parts)
    typical = typical_of(plan, path)
    if typical is not None and abs(lever(plan, path).value - typical.value) <= 1e-9 * abs(typical.value):
        return "typical value"
    return "typed"


def _day(as_of: str) -> str:
    try:
        return words.day(dt.date.fromisoformat(as_of))
    except ValueError:
        return as_of


def labels(calibration: Calibration, rows: Iterable[RateEvidence]) -> dict[str, str]:
    """The name of each rate by its path."""
    return {row.path: lever(calibration.before, row.path).label for row in rows}


def sentence(calibration: Calibration) -> str:
    """How many rates are measured, and which moved most from the plan."""
    plan = calibration.before
    rows = [row for row in calibration.rates if row.main and row.kept is None]
    if not rows:
        return "No rate on the way to a deal can be measured yet."
    off = [row for row in rows if not row.low <= row.planned <= row.high]
    measured = (
        f"{words.counted(plan, len(rows), 'rate')} on the way to a deal {'is' if len(rows) == 1 else 'are'} measured"
    )
    if not off:
        return f"{measured}; each plan value lies within its measured 80% range."
    worst = max(off, key=lambda row: abs(row.mean / row.planned - 1.0))
    name = lever(plan, worst.path).name
    planned, mean, low, high = (
        words.short(plan, x, "percent") for x in (worst.planned, worst.mean, worst.low, worst.high)
    )
    which = "1 lies" if len(off) == 1 else f"{len(off)} lie"
    return (
        f"{measured}; {which} outside the measured 80% range. Furthest: your plan says "
        f"{planned} for the {name}, your data say {mean} ({low}–{high})."
    )


def table(calibration: Calibration, rows: Sequence[RateEvidence]) -> Table:
    """For every rate: planned and on what, as a simple ratio, given its time, and what it comes to with its range."""
    plan, colours, cells = calibration.before, hues(calibration.before), []
    for row in rows:

        def share(value: float) -> str:
            return words.write(plan, value, "percent")

        def written(value: float) -> str:
            return words.write(plan, value)

        head = row.path.partition(".")[0]
        changed = row.kept is None and abs(row.mean - row.planned) > SAME * row.planned
        ends = "" if row.kept else f"{share(row.low)} to {share(row.high)}"
        off = changed and not row.low <= row.planned <= row.high
        cells.append(
            (
                Cell(lever(plan, row.path).label, swatch=colours.get(head, SHARED_HUE)),
                Cell(share(row.planned), note=basis(plan, row.path)),
                Cell(share(row.naive), "quiet", note=f"{written(row.arrivals)} of {written(row.parents)}"),
                Cell(share(row.matured), note=f"n = {written(round(row.exposed))}"),
                Cell(share(row.mean) if row.kept is None else words.DASH, "strong" if off else "", note=ends),
                Cell(_weight(plan, row), "quiet"),
            )
        )
    heads = ("Rate", "Planned", "Simple ratio", "With time to arrive", "Measured", "What decides")
    return Table(heads, tuple(cells), note())


def delays(calibration: Calibration) -> Table | None:
    """How long things took by their dates: planned, as fitted, and without any shape; None where nothing is dated."""
    plan, rows = calibration.before, []
    for row in calibration.rates:
        if row.arrived is None or row.found is None or row.found.delay is None or row.kept is not None:
            continue
        planned = lever(plan, f"{row.stage}.delay.median_days").value
        ratio = lever(plan, f"{row.stage}.delay.p90_ratio").value
        fitted = row.found.delay
        quantiles = [row.arrived.until(share * row.mean) for share in (0.5, 0.9)]
        rows.append(
            (
                lever(plan, row.path).label,
                *_days(plan, planned, planned * ratio),
                *_days(plan, fitted.median_days, fitted.median_days * fitted.p90_ratio),
                *_days(plan, *quantiles),
            )
        )
    sides = ("Planned", "Fitted", "Observed")
    heads = ("Days until", *(f"{side}: {share}" for side in sides for share in ("half", "nine in ten")))
    note = (
        "By the dates of single events. Fitted: a lognormal, which the landing uses. Observed: the Kaplan–Meier "
        "estimate, which assumes no shape. Both count events that are still open as open; a dash: not seen yet."
    )
    return Table(heads, tuple(rows), note) if rows else None


def _days(plan: Plan, half: float, most: float) -> tuple[str, str]:
    """Two numbers of days; a dash for what was not seen."""
    first, second = (words.write(plan, days) if math.isfinite(days) else words.DASH for days in (half, most))
    return first, second


def _weight(plan: Plan, row: RateEvidence) -> str:
    """How much the data decide, and why little where it is little."""
    if row.kept is not None:
        return KEPT[row.kept]
    text = f"data {words.short(plan, round(row.data, 2), 'percent')}"
    if row.faster:
        return f"{text}; more arrived than the planned delay or list allows"
    if row.data < 0.5:
        return f"{text}: too few to move the plan much"
    return text


def note() -> str:
    """How the columns are to be read."""
    return (
        "Simple ratio: arrivals by those who could arrive. With time to arrive: only the part whose delay has passed. "
        "Measured: both weighed against what firms typically see, with the 80% range; few data move a rate little. "
        "Delays cannot be told well from counts by month: dates of the later stage would tell them."
    )


def effect(before: Forecast, after: Forecast) -> str:
    """What adopting changes: deals and CAC, from what to what."""
    plan, parts = after.plan, []
    for metric in ("won", "cac"):
        row = METRICS[metric]
        pair = [words.short(plan, float(read(f, metric)), row.unit) for f in (before, after)]
        name = words.in_text(row.label) if row.unit == "count" else row.label
        parts.append(f"{name} {pair[0]} (unchanged)" if pair[0] == pair[1] else f"{name} {pair[0]} → {pair[1]}")
    return f"Effect on the plan: {', '.join(parts)}."
