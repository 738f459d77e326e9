"""What a browser needs to follow a drag by itself: response curves, and how the plan's locale writes a key figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from planner import words
from planner.ask.response import parts_of, response
from planner.engine.batch import Array
from planner.plan import Plan
from planner.plan.metrics import METRICS, keys_for

__all__ = ["curve", "figures", "writer"]

COMPACT = range(6, 22)  # powers of ten from which figures are written compactly
_DIGITS = re.compile(r"\d+")


def curve(
    plan: Plan, path: str, places: Array, factor: float, stages: Sequence[str], *, tail: bool = False
) -> dict[str, Any]:
    """The response curve of one lever: `at` in the numbers of the screen (stored ones times `factor`), and by figure.

    `places` are the stored values that the slider can take, rising. Arrivals at `stages` are those of a month; with
    `tail` all count what closes after the plan's end.
    """
    answer = response(plan, path, places, keys_for("strip"), stages, tail=tail)
    monthly = {name: 1.0 / plan.months if name in stages else 1.0 for name in answer.figures}
    return {
        "at": _written(answer.places * factor),
        "figures": {name: _written(values * monthly[name]) for name, values in answer.figures.items()},
    }


def _written(values: Array) -> list[float]:
    return [float(f"{value:.9g}") for value in values]


def figures(plan: Plan) -> dict[str, dict[str, Any]]:
    """By key figure of the strip how it is read off a curve and written: its parts, unit and target."""
    targets = {target.metric: target.value for target in plan.targets}
    return {
        key: {
            "parts": parts_of(key), "less": METRICS[key].less, "unit": METRICS[key].unit,
            "target": targets.get(key), "better": METRICS[key].better,
        }
        for key in keys_for("strip")
    }  # fmt: skip


def writer(plan: Plan) -> dict[str, Any]:
    """How `words.short` writes counts, money and shares in the plan's locale, read off what it writes."""
    grouped = words.write(plan, 1234567890.0)
    group = re.sub(r"\d", "", grouped)[-1:]
    lengths = [len(digits) for digits in grouped.split(group)] if group else [0, 0]
    return {
        "decimal": words.decimal_sign(plan.locale), "group": group, "first": lengths[-1], "next": lengths[-2],
        "around": {unit: _around(words.short(plan, 1.11 if unit == "percent" else 111.0, unit)) for unit in
                   ("count", "money", "percent")},
        "cents": len(re.findall(r"\d", words.short(plan, 1.25, "money"))) - 1,
        "compact": {power: _compact(plan, power) for power in COMPACT},
    }  # fmt: skip


def _around(text: str) -> tuple[str, str]:
    """What stands before and after the digits."""
    digits = _DIGITS.search(text)
    return (text[: digits.start()], text[digits.end() :]) if digits else ("", "")


def _compact(plan: Plan, power: int) -> tuple[int, str, str]:
    """How a figure of this power of ten is written: by which power it is divided, and what stands around it."""
    text = words.short(plan, 10.0**power)
    before, after = _around(text)
    whole = text.removeprefix(before).removesuffix(after)
    return power - len(whole) + 1, before, after
