"""Where the money goes: each channel's cost, what it brings, and what one more customer would cost there."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner import words
from planner.ask.budget.marginal import marginal_costs
from planner.ask.without import WithoutChannel, each_without
from planner.engine import Forecast
from planner.measure.explain import explain
from planner.measure.metrics import METRICS, read
from planner.plan import Channel, Plan, the
from planner.plan.naming import channel_title, unit_of
from planner.show.brief.value import Section
from planner.show.design import SHARED_HUE, Chart, hues
from planner.show.forecast.charts import levels
from planner.show.tables import Cell, Table
from planner.show.without import COLUMN, sentence

__all__ = ["money"]

COLUMNS = ("cost", "won", "cac")
LEAD = "won"  # what would be lost without a channel
NOTE = (
    "Cost includes each channel’s part of team, tools and overheads. One more deal: the variable cost of winning one "
    "more customer there, those that close later included; tools, team and commission come on top."
)
FEW = 0.01  # of all cost: smaller parts stand together in the chart


def money(forecast: Forecast, *, tail: bool = False) -> Section:
    """Cost by channel, in a sentence, a chart and a table."""
    marginal, losses = marginal_costs(forecast.plan, tail=True), each_without(forecast)
    plan, parts = forecast.plan, _parts(forecast, tail)
    sentences = tuple(filter(None, (_largest(plan, parts), _cheapest(plan, marginal), sentence(forecast, tail=tail))))
    rows = [_row(forecast, loss, marginal.get(loss.channel, math.nan), tail) for loss in losses]
    heads = ("Channel", *(METRICS[key].label for key in COLUMNS), "One more deal", COLUMN)
    table = Table(heads, (*rows, _total(forecast, tail)), NOTE, total=True)
    return Section("money", "Where the money goes", sentences, chart=_chart(plan, parts), table=table)


def _row(forecast: Forecast, loss: WithoutChannel, marginal: float, tail: bool) -> tuple[Cell | str, ...]:
    plan, channel = forecast.plan, the(forecast.plan.channels, key=loss.channel)
    cells = [_figure(forecast, key, channel.key, tail) for key in COLUMNS]
    name = Cell(channel.label, swatch=hues(plan)[channel.key])
    return (name, *cells, _one_more(plan, channel, marginal), _missed(plan, loss, tail))


def _missed(plan: Plan, loss: WithoutChannel, tail: bool) -> Cell:
    """How many deals would be lost without a channel, and what its cost would be spared."""
    now, rest = (
        words.write(plan, value) for value in (read(loss.plan, LEAD, tail=tail), loss.remaining(LEAD, tail=tail))
    )
    saved = words.short(plan, loss.lost("cost", tail=tail), "money")
    why = f"{now} deals as planned − {rest} with the channel switched off. Cost would fall by {saved}."
    return Cell(words.short(plan, loss.lost(LEAD, tail=tail)), why=why)


def _total(forecast: Forecast, tail: bool) -> tuple[Cell | str, ...]:
    return ("All channels", *(_figure(forecast, key, None, tail) for key in COLUMNS), "", "")


def _figure(forecast: Forecast, key: str, channel: str | None, tail: bool) -> Cell:
    explained = explain(forecast, key, tail=tail, channel=channel)
    value = read(forecast, key, channel=channel, tail=tail)
    return Cell(
        words.short(forecast.plan, value, METRICS[key].unit), why=f"{explained.formula} = {explained.filled}"
    )  # fmt: skip


def _one_more(plan: Plan, channel: Channel, cost: float) -> Cell:
    """What one more deal costs in a channel, and why."""
    units = unit_of(channel)
    if math.isnan(cost):
        return Cell(words.DASH, "quiet", why=f"No budget moves this channel: its {units} cost no money and no time.")
    if math.isinf(cost):
        return Cell(words.DASH, "quiet", why=f"More {units} would bring nothing more: the list or the team is used up.")
    text = words.short(plan, cost, "money")
    if not cost > 0:
        return Cell(text, why=f"More {units} cost no money here, only the team’s time.")
    return Cell(text, why=f"Cost of 1% more {units} ÷ the deals that they bring, later ones included.")


@dataclass(frozen=True)
class _Part:
    """A part of all cost: the team, something shared, or all that one channel costs itself."""

    label: str
    name: str
    amount: float
    hue: str


def _parts(forecast: Forecast, tail: bool) -> tuple[_Part, ...]:
    """All cost by what it is for, the largest first; small ones together as the last."""
    plan, colours = forecast.plan, hues(forecast.plan)
    labels = {channel.key: (channel.label, channel_title(channel)) for channel in plan.channels}
    amounts: dict[str, float] = {}
    for row in forecast.cost_rows("all" if tail else "plan"):
        owner = row.channel or row.key
        amounts[owner] = amounts.get(owner, 0.0) + float(row.amount)
        labels.setdefault(owner, (row.label, words.in_text(row.label)))
    total = sum(amounts.values())
    large = [key for key in sorted(amounts, key=lambda key: -amounts[key]) if amounts[key] > FEW * total]
    parts = [_Part(*labels[key], amounts[key], colours.get(key, SHARED_HUE)) for key in large]
    rest = total - sum(part.amount for part in parts)
    if rest > 0:
        parts.append(_Part("Other costs", "other costs", rest, SHARED_HUE))
    return tuple(parts)


def _largest(plan: Plan, parts: Sequence[_Part]) -> str:
    """The two largest parts of all cost."""
    total = sum(part.amount for part in parts)
    if not total > 0:
        return "Nothing in this plan costs money."
    shares = [f"{_share(plan, part.amount / total)} goes to {part.name}" for part in parts[:2]]
    return f"Of {words.short(plan, total, 'money')}, {' and '.join(shares)}."


def _share(plan: Plan, share: float) -> str:
    return words.short(plan, round(share, 2), "percent")


def _cheapest(plan: Plan, marginal: Mapping[str, float]) -> str:
    """Where one more customer costs least and most; "" where money moves no two channels."""
    names = {channel.key: channel_title(channel) for channel in plan.channels}
    priced = sorted((cost, names[key]) for key, cost in marginal.items() if 0 < cost < math.inf)
    if len(priced) < 2:
        return ""
    (least, cheap), (most, dear) = priced[0], priced[-1]
    low, high = (words.short(plan, cost, "money") for cost in (least, most))
    return f"One more customer costs least in {cheap} ({low}) and most in {dear} ({high})."


def _chart(plan: Plan, parts: Sequence[_Part]) -> Chart | None:
    """All cost by what it is for; None where nothing costs money."""
    if not parts:
        return None
    share = _share(plan, parts[0].amount / sum(part.amount for part in parts))
    rows = [(part.label, part.amount, part.hue) for part in parts]
    return levels(plan, rows, "money", f"{parts[0].label}: {share} of all cost")
