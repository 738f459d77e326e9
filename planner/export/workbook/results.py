"""Results: sums over the channels by month, key figures in the plan and with what comes later, figures by channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from planner.export.workbook.funnel import Counted, Funnel
from planner.export.workbook.inputs import Inputs
from planner.export.workbook.money import Costs, Deals, Span, Team, customer
from planner.export.workbook.sheet import Line, Sheet, Style
from planner.export.workbook.terms import HERE, Term, number, quotient, summed, when
from planner.plan import Plan
from planner.plan.metrics import METRICS, Metric

__all__ = ["LOOKS", "Figures", "Months", "View"]

View = Literal["plan", "all", "months"]
_LEAST = 1e-9  # as planner.measure.metrics
LOOKS: Mapping[str, tuple[str, Style]] = {  # by a metric's unit: what stands in the column of units, and its format
    "count": ("", "count"), "money": ("", "money"), "percent": ("share", "percent"), "ratio": ("ratio", "factor"),
    "months": ("months", "factor"), "hours": ("hours", "count"), "month": ("month of the plan", "whole"),
}  # fmt: skip


class Months:
    """The sheet of all channels together by month; a total is added when it is first asked for."""

    def __init__(
        self, plan: Plan, sheet: Sheet, funnels: Mapping[str, Funnel], deals: Mapping[str, Deals]
    ) -> None:  # fmt: skip
        self._plan, self.sheet, self._funnels, self._deals = plan, sheet, funnels, deals
        self._counted: dict[str, Counted] = {}
        sheet.heading("Arrivals, all channels")
        for stage in ("", "appointment", *(stage.key for stage in plan.sales)):
            self.total(stage)

    def total(self, stage: str) -> Counted:
        """Arrivals at a stage ("" for touches) over all channels."""
        if stage not in self._counted:
            parts = [count for funnel in self._funnels.values() if (count := funnel.count(stage))]
            total = self._sum(f"sales.{stage}", self._label(stage), "", [row.total for row in parts])
            own = total
            if any(row.born for row in parts):
                text = f"{self._label(stage)}: own touches"
                own = self._sum(f"sales.{stage}.own", text, "", [row.own for row in parts])
            self._counted[stage] = Counted(own, None, total)
        return self._counted[stage]

    def _label(self, stage: str) -> str:
        rows = [row for funnel in self._funnels.values() for row in funnel.stages] + list(self._plan.sales)
        return next((row.label for row in rows if row.key == stage), stage or "Touches")

    def _sum(self, path: str, label: str, unit: str, rows: list[Line]) -> Line:
        style: Style = "money" if unit else "count"
        main = not path.endswith(".own")
        return self.sheet.line(path, label, unit, style, summed(row.month for row in rows), sums=True, main=main)

    def money(self, costs: Costs, team: Team) -> None:
        """Deals in money, cost, cash and hours, once costs are there."""
        sheet, money = self.sheet, self._plan.currency
        rows = list(self._deals.values())
        sheet.heading("Money")
        self.revenue = self._sum("revenue", "Revenue", money, [row.revenue for row in rows])
        self.revenue_own = self._sum("revenue.own", "Revenue: own touches", money, [row.revenue_own for row in rows])
        self.gross_profit = self._sum("gross_profit", "Gross profit", money, [row.gross_profit for row in rows])
        own = [row.gross_profit_own for row in rows]
        self.gross_profit_own = self._sum("gross_profit.own", "Gross profit: own touches", money, own)
        text = "Gross profit a year of customers won by own touches"
        self.yearly_own = self._sum("yearly.own", text, money, [row.yearly_own for row in rows])
        text = "Gross profit in all of customers won by own touches"
        self.lifetime_own = self._sum("lifetime.own", text, money, [row.lifetime_own for row in rows])
        self.cost = self._sum("cost", METRICS["cost"].label, money, [costs.total])
        profit = self.gross_profit.month - self.cost.month
        self.profit = sheet.line("profit", "Profit", money, "money", profit, sums=True, main=True)
        self._running()
        sheet.heading("Contacts and hours")
        self.contacts = self._sum("contacts", "Contacts reached", "", [row.contacts for row in rows])
        self.hours = self._sum("hours", "Hours needed", "", [row.hours for row in rows])
        there = team.available.month
        self.available = sheet.line("hours_available", "Hours available", "", "count", there, later=None, sums=True)
        share = quotient(self.hours.month, self.available.month)
        in_plan = quotient(self.hours.plan, self.available.plan)
        self.utilisation = sheet.line(
            "utilisation", METRICS["utilisation"].label, "share", "percent", share, later=None, plan=in_plan
        )

    def _running(self) -> None:
        """Cash month by month, its lowest so far, and the months in which it stands below 0."""
        sheet, money = self.sheet, self._plan.currency
        cash = np.append(np.cumsum(self.profit.value[:-1]), 0.0)
        row = sheet.coming(cash)
        term = (row.before + self.profit.month).valued(cash)
        whole = row.last + self.profit.later
        label = "Cash: gross profit less cost, added up"
        self.cash = sheet.line("cash", label, money, "money", term, later=None, plan=row.last, whole=whole, main=True)
        lowest = np.append(np.minimum.accumulate(cash[:-1]), 0.0)
        text = f"MIN({self.cash.range(last=HERE)})"
        row = sheet.coming(lowest)
        self.lowest = sheet.line(
            "lowest_cash", "Lowest cash so far", money, "money", Term(text, lowest), later=None, plan=row.last
        )
        below = when(self.cash.month < 0, sheet.month_number, 0.0)
        self.below = sheet.line("below_zero", "Month with cash below 0", "month", "whole", below, later=None)

    @property
    def break_even(self) -> Term:
        """The first month from whose end on cash stays at 0 or above; undefined where it does not in the plan."""
        last = self.below.value[:-1].max()
        months, text = self.sheet.months, f"MAX({self.below.range()})"
        return Term(f'IF({text}={months},"–",{text}+1)', np.asarray(np.nan if last == months else last + 1.0))


@dataclass(frozen=True)
class Figures:
    """Every metric as a formula, for the whole plan or one channel, read off the rows of the other sheets."""

    plan: Plan
    inputs: Inputs
    funnels: Mapping[str, Funnel]
    deals: Mapping[str, Deals]
    months: Months
    costs: Costs
    cells: Mapping[tuple[str, View], Term] = field(default_factory=dict)  # where key figures stand already

    def figure(self, key: str, view: View, channel: str | None = None, own: bool = False) -> Term:
        """A metric in a view; `own`: of the plan's own touches. A key figure that has its cell is read off there."""
        if METRICS[key].counts is None and channel is None and (key, view) in self.cells:
            return self.cells[key, view]
        return self.formula(key, view, channel, own)

    def formula(self, key: str, view: View, channel: str | None = None, own: bool = False) -> Term:
        """How a metric is worked out of its parts."""
        metric = METRICS[key]
        if metric.numerator is not None and metric.denominator is not None:
            top, bottom = (self.figure(part, view, channel, not metric.counts_openings) for part in metric.parts)
            return quotient(top, bottom, metric.less)
        if metric.minuend is not None and metric.subtrahend is not None:
            whole, part = (self.figure(part, view, channel, own) for part in metric.parts)
            return whole - part
        if metric.counts is None:
            return self._read(key, view, channel)
        line = self._line(metric, channel, own)
        return line.view(view) if line else number(0.0)

    def _line(self, metric: Metric, channel: str | None, own: bool) -> Line | None:
        """The row of what a metric counts; None where the channel has no such stage."""
        if metric.counts == "arrivals":
            stage = metric.stage or ""
            counted = self.funnels[channel].count(stage) if channel else self.months.total(stage)
            return None if counted is None else counted.own if own else counted.total
        if metric.counts == "cost":
            return self.costs.of[channel] if channel else self.costs.total
        rows = self.deals[channel] if channel else self.months
        if metric.counts == "revenue":
            return rows.revenue_own if own else rows.revenue
        return rows.gross_profit_own if own else rows.gross_profit

    def _read(self, key: str, view: View, channel: str | None) -> Term:
        """A metric that is no count, ratio or difference."""
        readers: Mapping[str, Callable[[View, str | None], Term]] = {
            "contacts": self._contacts, "clv": self._clv, "payback_months": self._payback, "hours": self._hours,
            "utilisation": self._utilisation, "cash": self._cash, "lowest_cash": self._lowest,
            "break_even_month": self._break_even,
        }  # fmt: skip
        return readers[key](view, channel)

    def _contacts(self, view: View, channel: str | None) -> Term:
        return (self.deals[channel] if channel else self.months).contacts.view(view)

    def _hours(self, view: View, channel: str | None) -> Term:
        return (self.deals[channel] if channel else self.months).hours.view(view)

    def _utilisation(self, view: View, channel: str | None) -> Term:
        part: View = "months" if view == "months" else "plan"
        return quotient(self._hours(part, channel), self.months.available.view(part))

    def _cash(self, view: View, _: str | None) -> Term:
        return self.months.cash.view(view) if view != "all" else self.months.cash.plan + self.months.profit.later

    def _lowest(self, view: View, _: str | None) -> Term:
        return self.months.lowest.view("months" if view == "months" else "plan")

    def _break_even(self, _: View, __: str | None) -> Term:
        return self.months.break_even

    def _clv(self, view: View, channel: str | None) -> Term:
        return self._per_customer("lifetime", view, channel)

    def _payback(self, view: View, channel: str | None) -> Term:
        return quotient(self.figure("cac", view, channel), self._per_customer("yearly", view, channel), times=12.0)

    def _per_customer(self, span: Span, view: View, channel: str | None) -> Term:
        """A mean over the deals that own touches win; where none is won, the value that all channels share."""
        if channel is not None:
            return self.deals[channel].customer(span)
        if span not in self.costs.common:  # all channels have the plan's deal
            return customer(self.inputs, "deal", span)
        won = self.months.total("won").own.view(view)
        worth = self.months.yearly_own if span == "yearly" else self.months.lifetime_own
        return when(won >= _LEAST, worth.view(view) / won, self.costs.common[span])
