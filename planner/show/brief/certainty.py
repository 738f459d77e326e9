"""How sure the plan is, and which assumptions carry its result."""

from __future__ import annotations

from planner import words
from planner.ask.sensitivity import Swing, tornado
from planner.ask.uncertainty.ranges import with_typical_ranges
from planner.engine import Forecast
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.levers import lever
from planner.plan.typical import typical_of
from planner.show import sensitivity
from planner.show.bridge import in_unit
from planner.show.brief.ask import headline_metric
from planner.show.brief.value import Section
from planner.show.sources import Source, source
from planner.show.tables import Cell, Table
from planner.show.uncertainty.charts import fan
from planner.show.uncertainty.outlook import Detail, Outlook
from planner.show.uncertainty.sentences import answer, chance_share

__all__ = ["assumptions", "certainty", "evidence"]

MOST = 5  # assumptions
_JUDGEMENT = "judgement"


def certainty(forecast: Forecast, outlook: Outlook, detail: Detail) -> Section:
    """The range of the headline figure in words, and the figure as it builds up over the months."""
    target = next((target.value for target in forecast.plan.targets if target.metric == detail.metric), None)
    sentences = (answer(outlook, forecast, detail.metric, tail=detail.tail), chance_share(detail, forecast))
    return Section("certainty", "How sure are we?", sentences, chart=fan(detail, forecast, target))


def assumptions(plan: Plan, *, tail: bool = False) -> Section | None:
    """The five inputs that move the headline figure most, each with its range and what its value rests on.

    A plan without ranges is read with typical ones; None where no input has any.
    """
    metric, ranged = headline_metric(plan), plan if plan.ranges else with_typical_ranges(plan)
    swings = [swing for swing in tornado(ranged, metric, tail=tail) if swing.width > 0]
    if not swings:
        return None
    label = METRICS[metric].label
    rows = tuple(_row(ranged, swing, metric) for swing in swings[:MOST])
    table = Table(("Assumption", "Rests on", "Value and range", label), rows, _note(plan), numbers=2)
    chart = sensitivity.tornado(ranged, metric, swings, MOST)
    sentence = sensitivity.answer(ranged, metric, swings)
    return Section("assumptions", "What the result rests on", (sentence,), chart=chart, table=table)


def _note(plan: Plan) -> str:
    whose = "the plan’s own" if plan.ranges else "typical, as the plan has none"
    return f"Ranges are {whose}: one outcome in ten lies below, one in ten above. Each input is moved alone."


def _row(plan: Plan, swing: Swing, metric: str) -> tuple[Cell | str, ...]:
    moved, unit = lever(plan, swing.path), METRICS[metric].unit
    low, high = (in_unit(plan, value, moved.kind) for value in (swing.low, swing.high))
    results = [words.short(plan, value, unit) for value in (swing.at_low, swing.at_high)]
    rests_on = evidence(plan, swing.path)
    why = f"{METRICS[metric].label}: {results[0]} at {low}, {results[1]} at {high}, all else as planned."
    value = Cell(in_unit(plan, moved.value, moved.kind), note=f"{low} to {high}")
    return (
        Cell(moved.title, note=f"of {moved.of}" if moved.of else ""), Cell(rests_on.says, address=rests_on.address),
        value, Cell(f"{results[0]} to {results[1]}", why=why),
    )  # fmt: skip


def evidence(plan: Plan, path: str) -> Source:
    """What the value of a lever rests on: its evidence, what is typical, or that somebody typed it."""
    row = next((row for row in plan.evidence if row.path == path), None)
    if row is not None:
        named = source(row.source)
        many = f", {words.write(plan, row.n)} counted" if row.n is not None else ""
        return Source(f"{named.says}{many}{f', as of {row.as_of}' if row.as_of else ''}", named.address)
    usual, moved = typical_of(plan, path), lever(plan, path)
    if usual is None:
        return Source("Typed; no usual value is known")
    if moved.value != usual.value:
        ends = [in_unit(plan, float(end), moved.kind) for end in (usual.low, usual.high)]
        return Source(f"Typed; usual is {ends[0]} to {ends[1]}")
    if usual.source == _JUDGEMENT:
        return Source("Typical value, an estimate without a public source")
    named = source(usual.source)
    says = f"Typical value per {named.says}" if named.address else f"Typical value: {named.says}"
    return Source(says, named.address)
