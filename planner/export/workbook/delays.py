"""Delays: how the arrivals of a month's parents spread over the months to the end of the plan, and beyond it.

A column is the month of the parents. Its weight is the share of them that arrives in the plan's last month, so the last
t columns, in their order, are what the last t months' parents bring to the last of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from planner.engine.delay import shares
from planner.export.workbook.inputs import DAYS_PATH, Z90_PATH, Inputs
from planner.export.workbook.sheet import FIRST, Line, Sheet, column
from planner.export.workbook.terms import HERE, Array, Term, exp, ln, most, when
from planner.plan.stages import Delay

__all__ = ["Delays", "Spread"]

_ROUNDING = 1e-13  # as planner.engine.delay: less of a month's parents is nothing


@dataclass(frozen=True)
class Spread:
    """The share of each month's parents that arrives in the last month, and after it."""

    label: str
    weight: Line
    left: Line

    def arrived(self, accepted: Line) -> Term:
        """What arrives in a month of all that was accepted up to it."""
        months = len(accepted.value) - 1
        end = column(FIRST + months - 1)
        name, row = self.weight.sheet, self.weight.row + 1
        last = f"INDEX({self.weight.range()},{months + 1}-{HERE}$5):'{name}'!${end}${row}"
        text = f"SUMPRODUCT({accepted.range(last=HERE)},{last})"
        p = self.weight.value[-2::-1]
        spread = [accepted.value[: month + 1] @ p[month::-1] for month in range(months)]
        return Term(text, np.array([*spread, np.nan]))

    def later(self, accepted: Line) -> Term:
        """What arrives after the plan's end."""
        value = accepted.value[:-1] @ self.left.value[:-1] + accepted.value[-1]
        text = f"SUMPRODUCT({accepted.range()},{self.left.range()})+{accepted.later.text}"
        return Term(text, np.asarray(value))


class Delays:
    """The sheet of all delays; each is added when a stage first asks for it."""

    def __init__(self, inputs: Inputs, months: tuple[str, ...]) -> None:
        about = "How what a month brings on the way arrives: in the last month of the plan, and later."
        self.sheet, self._inputs = Sheet("Delays", months, "Delays", about), inputs
        self.spreads: dict[str, Spread] = {}
        to_end = len(months) + 1.0 - self.sheet.month_number
        self._to_end = self.sheet.line("delays.to_end", "Months to the end", "months", "whole", to_end, later=None)

    def spread(self, path: str, label: str, delay: Delay) -> Spread:
        """The spread of the delay at a stage path."""
        if path not in self.spreads:
            self.spreads[path] = self._added(f"{path}.delay", label, delay)
        return self.spreads[path]

    def _added(self, path: str, label: str, delay: Delay) -> Spread:
        """Lognormal, parents spread evenly over their month: second differences of the integral of its distribution."""
        sheet, inputs = self.sheet, self._inputs
        sheet.heading(label)
        sigma = ln(inputs[f"{path}.p90_ratio"]) / inputs[Z90_PATH]
        sigma = sheet.constant(f"{path}.sigma", "Spread of its logarithm", "", "factor", sigma)
        mu = ln(inputs[f"{path}.median_days"] / inputs[DAYS_PATH])
        mu = sheet.constant(f"{path}.mu", "Logarithm of the median in months", "", "factor", mu)
        mean = sheet.constant(f"{path}.mean", "Mean", "months", "factor", exp(mu + sigma * sigma / 2))
        z = sheet.line(f"{path}.z", "Standard score", "", "factor", (ln(self._to_end.month) - mu) / sigma, later=None)
        through = self._to_end.month * _normal(z.month) - mean * _normal(z.month - sigma)
        text = "Months since arrival, summed over a month’s parents"
        grown = sheet.line(f"{path}.grown", text, "months", "factor", through, later=None)
        change = grown.month - grown.ahead(1) - (grown.ahead(1) - grown.ahead(2))
        p: Array = shares(delay.median_days, delay.p90_ratio, sheet.months)
        share = when(change > _ROUNDING, change, 0.0).valued(np.array([*p[::-1], 0.0]))
        weight = sheet.line(f"{path}.weight", "Arrives in the last month", "share", "percent", share, later=None)
        rest = Term(f"SUM({weight.range(first=HERE)})", np.array([*np.cumsum(p)[::-1], 0.0]))
        left = sheet.line(f"{path}.left", "Arrives later", "share", "percent", most(0.0, 1.0 - rest), later=None)
        return Spread(label, weight, left)


def _normal(term: Term) -> Term:
    return Term(f"_xlfn.NORM.S.DIST({term.text},TRUE)", np.asarray(ndtr(term.value)))
