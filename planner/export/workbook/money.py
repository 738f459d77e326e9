"""Team, deals and costs: hours needed and there, what deals are worth, every cost and each channel's part of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np

from planner.export.workbook.funnel import Counted, Funnel
from planner.export.workbook.inputs import Inputs
from planner.export.workbook.sheet import Line, Sheet
from planner.export.workbook.terms import UNDEFINED, Number, Term, both, call, least, most, number, summed, when
from planner.plan import Cost, Plan

__all__ = ["Costs", "Deals", "Span", "Team", "Total", "customer"]

_LEAST, _FEWEST = 1e-9, 1e-9  # as planner.engine.counts and planner.engine.costs
Total = Callable[[str], Counted]  # arrivals at a stage over all channels
Span = Literal["yearly", "lifetime"]


class Team:
    """The team's sheet: heads on the payroll, how far hires are ramped, hours there, what the team costs."""

    def __init__(self, plan: Plan, sheet: Sheet, inputs: Inputs) -> None:
        self.sheet, self._inputs = sheet, inputs
        hires = range(max(len(side.team.hires) for side in inputs.plans))
        heads, able = [inputs["team.reps"]], [inputs["team.reps"]]
        for hire in hires:
            on, ramped = self._hire(hire)
            heads.append(on.month)
            able.append(ramped.month)
        sheet.heading("Team")
        self.payroll = sheet.line(
            "team.payroll", "Reps on the payroll", "reps", "count", most(0.0, summed(heads)), later=None
        )
        days = sheet.line("team.days", "Working days", "days", "whole", inputs.by_month("days"), later=None, sums=True)
        there = most(0.0, summed(able)) * inputs["team.hours_per_day"] * days.month
        self.available = sheet.line(
            "team.hours_available", "Hours available", "hours", "count", there, later=None, sums=True, main=True
        )
        pay = self.payroll.month * inputs["team.cost_per_month"]
        self.cost = sheet.line(
            "team.cost", "Cost of the team", plan.currency, "money", pay, later=None, sums=True, main=True
        )

    def _hire(self, place: int) -> tuple[Line, Line]:
        """Reps of a hire on the payroll, and as far as they are ramped: productivity rises evenly over the ramp."""
        sheet, path = self.sheet, f"team.hires.{place}"
        sheet.heading(f"Hire {place + 1}")
        reps, ramp = self._inputs[f"{path}.reps"], self._inputs["team.ramp_months"]
        since = sheet.month_number - self._inputs[f"{path}.month"]
        row = sheet.line(f"{path}.since", "Months since the hire", "months", "whole", since, later=None)
        on = when(row.month >= 0, reps, 0.0)
        heads = sheet.line(f"{path}.heads", "On the payroll", "reps", "count", on, later=None)
        grown = [
            sheet.line(f"{path}.{key}", text, "months", "factor", _grown(months, ramp), later=None)
            for key, text, months in (
                ("ramped_before", "Ramped by the start of the month", row.month),
                ("ramped_after", "Ramped by its end", row.month + 1.0),
            )
        ]
        part = when(reps < 0, heads.month, reps * (grown[1].month - grown[0].month))
        return heads, sheet.line(f"{path}.able", "As far as ramped", "reps", "count", part, later=None)


def _distance(figure: Term, other: Term) -> Term:
    difference = figure - other
    return Term(f"ABS({difference.text})", np.abs(difference.value))


def _grown(months: Term, ramp: Term) -> Term:
    """Productive months of one rep by a time since the hire."""
    there = most(0.0, months)
    rising = least(there, ramp)
    return when(ramp > 0, rising * rising / (2.0 * ramp) + there - rising, there)


def customer(inputs: Inputs, deal: str, span: Span) -> Term:
    """What a customer brings by a deal's numbers: gross profit a year, or over its lifetime."""
    fields = ("value", "purchases_per_year", "gross_margin")
    value, purchases, margin = (inputs[f"{deal}.{field}"] for field in fields)
    yearly = value * purchases * margin
    return yearly if span == "yearly" else yearly * inputs[f"{deal}.lifetime_years"]


class Deals:
    """What the deals of one channel are worth, the hours it needs and the people it reaches, on the channel's sheet."""

    def __init__(self, plan: Plan, funnel: Funnel, inputs: Inputs) -> None:
        self.sheet, self.key, money = funnel.sheet, funnel.key, plan.currency
        deal, won = funnel.deal, funnel.count("won")
        sheet, key = funnel.sheet, funnel.key
        sheet.heading("Contacts and hours")
        each = inputs[f"{key}.touches_per_contact"]
        people = funnel.counted[""].total.month / each
        self.contacts = sheet.line(f"{key}.contacts", "Contacts reached", "contacts", "count", people, sums=True)
        self.hours = self._hours(plan, funnel, inputs)
        sheet.heading("Deals")
        value, margin = inputs[f"{deal}.value"], inputs[f"{deal}.gross_margin"]
        self._customer: dict[Span, Term] = {}
        labels: dict[Span, str] = {"yearly": "Gross profit of a customer a year", "lifetime": "Customer lifetime value"}
        for span, label in labels.items():
            term = customer(inputs, deal, span)
            self._customer[span] = sheet.constant(f"{key}.customer.{span}", label, money, "money", term)
        nothing = number(0.0)
        deals, own = (won.total.month, won.own.month) if won else (nothing, nothing)
        self.revenue = self._row("revenue", "Revenue", money, deals * value)
        self.revenue_own = self._row("revenue.own", "Revenue: own touches", money, own * value)
        self.gross_profit = self._row("gross_profit", "Gross profit", money, self.revenue.month * margin)
        self.gross_profit_own = self._row(
            "gross_profit.own", "Gross profit: own touches", money, self.revenue_own.month * margin
        )
        text = "Gross profit a year of customers won by own touches"
        self.yearly_own = self._row("yearly.own", text, money, own * self.customer("yearly"))
        text = "Gross profit in all of customers won by own touches"
        self.lifetime_own = self._row("lifetime.own", text, money, own * self.customer("lifetime"))

    def customer(self, span: Span) -> Term:
        """What a customer won here brings."""
        return self._customer[span]

    def _row(self, path: str, label: str, unit: str, term: Term) -> Line:
        return self.sheet.line(f"{self.key}.{path}", label, unit, "money", term, sums=True)

    def _hours(self, plan: Plan, funnel: Funnel, inputs: Inputs) -> Line:
        parts = []
        for effort in plan.efforts:
            head, _, stage = effort.stage.partition(".")
            counted = funnel.count(stage) if head in ("sales", self.key) else None
            if counted:
                term = counted.total.month * inputs[f"efforts.{effort.stage}.minutes"] / 60
                label = next(row.label for row in funnel.stages if row.key == stage)
                path = f"{self.key}.hours.{head}.{stage}"
                parts.append(self.sheet.line(path, f"Hours: {label}", "hours", "count", term, sums=True).month)
        path = f"{self.key}.hours"
        return self.sheet.line(path, "Hours needed", "hours", "count", summed(parts), sums=True, main=True)


class Costs:
    """The costs' sheet: each row, what is shared, and how it is allotted to channels."""

    def __init__(
        self, plan: Plan, sheet: Sheet, inputs: Inputs, funnels: Mapping[str, Funnel], deals: Mapping[str, Deals],
        team: Team, total: Total,
    ) -> None:  # fmt: skip
        self._plan, self.sheet, self._inputs, self._total = plan, sheet, inputs, total
        self._funnels, self._deals = funnels, deals
        owned: dict[str | None, list[Line]] = {None: [team.cost], **{key: [] for key in funnels}}
        self.rows: dict[str, Line] = {}
        for cost in plan.costs:
            head = cost.per.partition(".")[0]
            owner = cost.channel or (head if head in funnels else None)
            self.rows[cost.key] = self._row(cost, owner)
            owned[owner].append(self.rows[cost.key])
        sheet.heading("Shared and of one channel")
        sums = {owner: self._sum(owner, rows) for owner, rows in owned.items()}
        parts = self._allotment()
        sheet.heading("Cost by channel, with its part of what is shared")
        self.of = {
            key: self._of(key, sums[key], sums[None], *parts[key]) for key in funnels
        }  # fmt: skip
        self.common = self._common() if any(channel.deal for channel in plan.channels) else {}
        everything = summed([team.cost.month, *(row.month for row in self.rows.values())])
        self.total = sheet.line("cost", "All costs", plan.currency, "money", everything, sums=True, main=True)

    def _row(self, cost: Cost, owner: str | None) -> Line:
        sheet, inputs, path, money = self.sheet, self._inputs, f"costs.{cost.key}", self._plan.currency
        sheet.heading(cost.label)
        month, months = sheet.month_number, sheet.months
        amount, first, last = (inputs[f"{path}.{field}"] for field in ("amount", "first", "last"))
        if cost.per in ("month", "once"):
            due = month.equals(first) if cost.per == "once" else both(month >= first, month <= last)
            paid: Term = amount if owner is None else amount * self._funnels[owner].active
            return sheet.line(path, cost.label, money, "money", when(due, paid, 0.0), later=None, sums=True, main=True)
        basis = self._basis(cost)
        charged, after = (basis.month, basis.later) if basis else (number(0.0), number(0.0))
        if cost.step is not None and basis:
            step = inputs[f"{path}.step"]
            whole = most(1.0, call("ROUNDUP", lambda x, _: np.ceil(x), charged / step - _LEAST, 0.0))
            begun = when(charged > _LEAST, whole, 0.0)
            text = f"{cost.label}: steps started"
            row = sheet.line(f"{path}.steps", text, "steps", "count", begun, later=after / step)
            charged, after = row.month, row.later
        due = both(month >= first, month <= last)
        tail = both(first <= float(months), last >= months + 1.0)
        later = when(tail, amount * after, 0.0)
        term = when(due, amount * charged, 0.0)
        return sheet.line(path, cost.label, money, "money", term, later=later, sums=True, main=True)

    def _basis(self, cost: Cost) -> Line | None:
        """What an amount is charged on; None where the plan has no such stage."""
        keys = [cost.channel] if cost.channel else list(self._deals)
        if cost.per in ("revenue", "hour"):
            rows = [self._deals[key].revenue if cost.per == "revenue" else self._deals[key].hours for key in keys]
            return rows[0] if len(rows) == 1 else self._summed(cost, rows)
        head, _, stage = cost.per.partition(".")
        if head == "sales" and cost.channel is None:
            return self._total(stage).total
        counted = self._funnels[cost.channel if head == "sales" and cost.channel else head].count(stage)
        return counted.total if counted else None

    def _summed(self, cost: Cost, rows: list[Line]) -> Line:
        unit = self._plan.currency if cost.per == "revenue" else "hours"
        term = summed(row.month for row in rows)
        return self.sheet.line(f"costs.{cost.key}.basis", f"{cost.label}: charged on", unit, "count", term, sums=True)

    def _sum(self, owner: str | None, rows: list[Line]) -> Line:
        label = self._funnels[owner].channel.label if owner else "Shared by all channels"
        term = summed(row.month for row in rows)
        return self.sheet.line(f"cost.owned.{owner or 'shared'}", label, self._plan.currency, "money", term, sums=True)

    def _of(self, key: str, own: Line, shared: Line, in_plan: Term, afterwards: Term) -> Line:
        term, later = own.month + shared.month * in_plan, own.later + shared.later * afterwards
        label, money = self._funnels[key].channel.label, self._plan.currency
        return self.sheet.line(f"cost.{key}", label, money, "money", term, later=later, sums=True, main=True)

    def _allotment(self) -> dict[str, tuple[Term, Term]]:
        """Each channel's part of what is shared: by hours, else appointments, else touches, else evenly."""
        sheet, funnels = self.sheet, self._funnels
        sheet.heading("How shared cost is allotted: by hours, else appointments, else touches")
        weights = [
            (self._weights("hours", "Hours", {key: deals.hours for key, deals in self._deals.items()})),
            self._weights("appointment", "Appointments", self._counted("appointment")),
            self._weights("touches", "Touches", self._counted("")),
        ]
        in_use = summed(funnel.active for funnel in funnels.values())
        self.in_use = sheet.constant("cost.in_use", "Channels in use", "channels", "whole", in_use)
        parts = {}
        for key, funnel in funnels.items():
            even = when(self.in_use > 0, funnel.active / self.in_use, 0.0)
            ends: list[Term] = []
            for view in (0, 1):
                part: Number = even
                for rows, total in reversed(weights):
                    share = (rows[key].plan, total.plan) if view == 0 else (rows[key].later, total.later)
                    part = when(share[1] > 0, share[0] / share[1], part)
                ends.append(number(part))
            label, path = f"Part of {funnel.channel.label}", f"cost.part.{key}"
            row = sheet.line(path, label, "share", "percent", plan=ends[0], later=ends[1])
            parts[key] = (row.plan, row.later)
        return parts

    def _common(self) -> dict[Span, Term]:
        """What a customer brings where that is the same in all channels in use; with none in use, the plan's."""
        sheet, money, common = self.sheet, self._plan.currency, dict[Span, Term]()
        sheet.heading("What a customer brings, where all channels in use agree")
        labels: dict[Span, str] = {"yearly": "gross profit a year", "lifetime": "gross profit in all"}
        for span, label in labels.items():
            rows = [(funnel.active, self._deals[key].customer(span)) for key, funnel in self._funnels.items()]
            path = f"cost.customer.{span}"
            mean = summed(active * worth for active, worth in rows) / most(1.0, self.in_use)
            mean = sheet.constant(f"{path}.mean", f"Mean: {label}", money, "money", mean)
            apart = summed(active * _distance(worth, mean) for active, worth in rows)
            apart = sheet.constant(f"{path}.apart", f"Apart from it: {label}", money, "money", apart)
            agreed = when(apart <= 1e-12 * mean, mean, UNDEFINED)
            alone = customer(self._inputs, "deal", span)
            term = when(self.in_use > 0, agreed, alone)
            common[span] = sheet.constant(path, f"In common: {label}", money, "money", term)
        return common

    def _counted(self, stage: str) -> dict[str, Line | None]:
        counted = {key: funnel.count(stage) for key, funnel in self._funnels.items()}
        return {key: count.total if count else None for key, count in counted.items()}

    def _weights(self, path: str, label: str, lines: Mapping[str, Line | None]) -> tuple[dict[str, Line], Line]:
        """What each channel has of a basis, nothing where that is next to nothing of plan and tail together."""
        rows, sheet = {}, self.sheet
        for key, line in lines.items():
            plan, later = number(0.0), number(0.0)
            if line is not None:
                fewest = _FEWEST * line.whole
                plan, later = (when(part >= fewest, part, 0.0) for part in (line.plan, line.later))
            text = f"{label}: {self._funnels[key].channel.label}"
            rows[key] = sheet.line(f"cost.weight.{path}.{key}", text, "", "count", plan=plan, later=later)
        plan, later = summed(row.plan for row in rows.values()), summed(row.later for row in rows.values())
        return rows, sheet.line(f"cost.weight.{path}", f"{label}: all", "", "count", plan=plan, later=later)
