"""Where the money goes: each channel's cost, what it brings, and what one more customer would cost there."""

from __future__ import annotations

import math
from collections.abc import Mapping

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


def money(forecast: Forecast) -> Section:
    """Cost by channel, in a sentence, a chart and a table."""
    marginal, losses = marginal_costs(forecast.plan, tail=True), each_without(forecast)
    sentences = tuple(filter(None, (_largest(forecast), _cheapest(forecast.plan, marginal), sentence(forecast))))
    rows = [_row(forecast, loss, marginal.get(loss.channel, math.nan)) for loss in losses]
    heads = ("Channel", *(METRICS[key].label for key in COLUMNS), "One more deal", COLUMN)
    table = Table(heads, (*rows, _total(forecast)), NOTE, total=True)
    return Section("money", "Where the money goes", sentences, chart=_chart(forecast), table=table)


def _row(forecast: Forecast, loss: WithoutChannel, marginal: float) -> tuple[Cell | str, ...]:
    plan, channel = forecast.plan, the(forecast.plan.channels, key=loss.channel)
    cells = [_figure(forecast, key, channel.key) for key in COLUMNS]
    name = Cell(channel.label, swatch=hues(plan)[channel.key])
    return (name, *cells, _one_more(plan, channel, marginal), _missed(plan, loss))


def _missed(plan: Plan, loss: WithoutChannel) -> Cell:
    """How many deals would be lost without a channel, and what its cost would be spared."""
    now, rest = (words.write(plan, value) for value in (read(loss.plan, LEAD), loss.remaining(LEAD)))
    saved = words.short(plan, loss.lost("cost"), "money")
    why = f"{now} deals as planned − {rest} with the channel switched off. Cost would fall by {saved}."
    return Cell(words.short(plan, loss.lost(LEAD)), why=why)


def _total(forecast: Forecast) -> tuple[Cell | str, ...]:
    return ("All channels", *(_figure(forecast, key, None) for key in COLUMNS), "", "")


def _figure(forecast: Forecast, key: str, channel: str | None) -> Cell:
    explained = explain(forecast, key, channel=channel)
    value = read(forecast, key, channel=channel)
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


def _largest(forecast: Forecast) -> str:
    """The largest parts of all cost."""
    plan, total = forecast.plan, float(read(forecast, "cost"))
    if not total > 0:
        return "Nothing in this plan costs money."
    rows = sorted(((float(row.amount), words.in_text(row.label)) for row in forecast.cost_rows("plan")), reverse=True)
    shares = [(words.short(plan, round(cost / total, 2), "percent"), label) for cost, label in rows[:2] if cost > 0]
    parts = [f"{share} is {label}" for share, label in shares]
    return f"Of {words.short(plan, total, 'money')}, {' and '.join(parts)}."


def _cheapest(plan: Plan, marginal: Mapping[str, float]) -> str:
    """Where one more customer costs least and most; "" where money moves no two channels."""
    names = {channel.key: channel_title(channel) for channel in plan.channels}
    priced = sorted((cost, names[key]) for key, cost in marginal.items() if 0 < cost < math.inf)
    if len(priced) < 2:
        return ""
    (least, cheap), (most, dear) = priced[0], priced[-1]
    low, high = (words.short(plan, cost, "money") for cost in (least, most))
    return f"One more customer costs least in {cheap} ({low}) and most in {dear} ({high})."


def _chart(forecast: Forecast) -> Chart | None:
    """Cost by what it is for: the team and what is shared, and each channel's own; None where nothing costs money."""
    plan, colours = forecast.plan, hues(forecast.plan)
    labels = {channel.key: channel.label for channel in plan.channels}
    amounts: dict[str, float] = {}
    for row in forecast.cost_rows("plan"):
        owner = row.channel or row.key
        amounts[owner] = amounts.get(owner, 0.0) + float(row.amount)
        labels.setdefault(owner, row.label)
    total = sum(amounts.values())
    if not total > 0:
        return None
    large = {key: amount for key, amount in amounts.items() if amount > FEW * total}
    rows = [(labels[key], amount, colours.get(key, SHARED_HUE)) for key, amount in large.items()]
    rows.sort(key=lambda row: -row[1])
    rest = total - sum(large.values())
    if rest > 0:
        rows.append(("Other costs", rest, SHARED_HUE))
    share = words.short(plan, round(rows[0][1] / total, 2), "percent")
    return levels(plan, rows, "money", f"{rows[0][0]}: {share} of all cost")
