"""What to measure first: what there is to decide between, and what learning a lever is worth before deciding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner import words
from planner.ask.information import Learning
from planner.ask.sensitivity import Swing
from planner.engine import forecast
from planner.keep.workspace import Scenario
from planner.measure.metrics import read
from planner.plan import Plan, Range, replace
from planner.plan.edit import switch
from planner.plan.levers import kind_of_lever, levers, pull, range_around
from planner.show.tables import Cell, Table

__all__ = ["alternatives", "answer", "lessons", "means", "ready_made"]


def alternatives(plan: Plan, known: Mapping[str, Plan]) -> tuple[Scenario, ...]:
    """Those of the named plans that decide otherwise than the plan, all believing what it believes.

    What is not known must not differ with the choice: a lever that stands alike in both has the plan's range in both.
    """
    found: dict[Plan, str] = {}
    for name, other in known.items():
        if other.currency == plan.currency and _decided(other) != _decided(plan):
            found.setdefault(_believing(plan, other), name)
    return tuple(Scenario(name, other) for other, name in found.items())


def _decided(plan: Plan) -> Plan:
    """The plan without what is only believed, wished or noted."""
    bare = replace(plan, name="plan", note="", locale="en", ranges=(), correlation=0.0)
    return replace(bare, targets=(), limits=(), evidence=())


def _believing(plan: Plan, other: Plan) -> Plan:
    return replace(other, ranges=tuple(_ranges(plan, other)), correlation=plan.correlation)


def _ranges(plan: Plan, other: Plan) -> Iterator[Range]:
    mine, own = ({held.path: held for held in each.ranges} for each in (plan, other))
    before = {item.path: item.value for item in levers(plan)}
    for item in levers(other):
        held = mine.get(item.path)
        if item.path not in before or item.value != before[item.path]:  # moved, or not in the plan at all
            carried = range_around(item.kind, item.value, held, before[item.path]) if held else None
            held = own.get(item.path) or carried
        if held:
            yield held


def ready_made(plan: Plan) -> tuple[Scenario, ...]:
    """Alternatives to hold a plan against where there are none yet, the closest call in profit first.

    Every volume a fifth more or less, and the plan without each of its channels.
    """
    on = [channel for channel in plan.channels if channel.active]
    scaled = {"every volume a fifth higher": 1.2, "every volume a fifth lower": 0.8}
    made = [Scenario(name, _scaled(plan, factor)) for name, factor in scaled.items()]
    made += [Scenario(f"the plan without {channel.label}", switch(plan, channel.key, False)) for channel in on]

    def gap(one: Scenario) -> float:
        own, other = (read(forecast(each), "profit", tail=True) for each in (plan, one.plan))
        return abs(float(other - own))

    return tuple(sorted(made, key=gap))


def _scaled(plan: Plan, factor: float) -> Plan:
    for channel in plan.channels:
        path = f"{channel.key}.volume"
        plan = pull(plan, path, min(channel.volume * factor, kind_of_lever(plan, path).high))
    return plan


def answer(plan: Plan, names: Sequence[str], found: Learning, swings: Sequence[Swing]) -> str:
    """Which lever to measure before choosing, what that is worth, and that a tornado ranks otherwise."""
    best, brings = names[found.best], found.means
    rivals = " or ".join(name for i, name in enumerate(names) if i != found.best)
    paying = [lesson for lesson in found.lessons if lesson.pays]
    if not paying:
        gap = min(abs(brings[found.best] - mean) for i, mean in enumerate(brings) if i != found.best)
        lead = f"{best} beats {rivals} by {words.short(plan, gap, 'money')} on average"
        than = lead if gap else f"{best} and {rivals} bring the same"
        if not found.lessons:
            return f"No number carries a low and a high yet, so there is nothing to learn: {than}."
        return f"Nothing is worth measuring first: {than}, and no lever would change that choice often enough to tell."
    first = paying[0]
    worth, whole = (words.short(plan, x, "money") for x in (first.worth, found.everything))
    of = "as much as knowing everything" if worth == whole else f"of {whole} for knowing everything"
    place = next((i for i, swing in enumerate(swings, 1) if swing.path == first.path and swing.width > 0), 0)
    ranks = {0: "In the tornado it has no bar", 1: "It leads the tornado too"}
    rank = ranks.get(place, f"In the tornado it is number {place}")
    return (
        f"Measure “{first.label}” first: knowing it before choosing between {best} and {rivals} is worth {worth} on "
        f"average, {of}. {rank}: there counts what moves the figure, here what changes the choice."
    )


def lessons(plan: Plan, found: Learning) -> Table:
    """What knowing each lever is worth, beside the floor of noise; those that pay, or the first three."""
    shown = [lesson for lesson in found.lessons if lesson.pays] or list(found.lessons[:3])
    rows = tuple(
        (
            lesson.label[:1].upper() + lesson.label[1:],
            words.short(plan, lesson.worth, "money"),
            Cell(words.short(plan, lesson.floor, "money"), "quiet"),
        )
        for lesson in shown
    )
    more = len(found.lessons) - len(rows)
    rest = f" {words.counted(plan, more, 'other number')} with a range would not change the choice." if more else ""
    note = "Profit, with what lands later. Up to the noise floor a worth could be chance." + rest
    return Table(("Knowing …", "Is worth", "Noise floor"), rows, note)


def means(plan: Plan, names: Sequence[str], found: Learning) -> Table:
    """What each alternative brings on average; the one to choose today set apart."""
    tones = ["strong" if i == found.best else "" for i in range(len(names))]
    rows = tuple(
        (Cell(name[:1].upper() + name[1:], tone), Cell(words.short(plan, mean, "money"), tone))
        for name, mean, tone in zip(names, found.means, tones, strict=True)
    )
    return Table(("To choose from", "Profit on average"), rows, "The best on average is set in bold.")
