"""What to measure first: what there is to decide between, and what measuring an input is worth before deciding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner import words
from planner.ask.goal.reach import scale_volumes
from planner.ask.information import InformationValue
from planner.ask.sensitivity import Swing
from planner.engine import forecast
from planner.keep.steps import Scenario
from planner.keep.workspace import COUNTED
from planner.measure.metrics import read
from planner.plan import Plan, Range, replace
from planner.plan.edit import switch
from planner.plan.levers import Lever, levers, range_around, ranges_in_force
from planner.show.tables import Cell, Table

__all__ = ["alternatives", "answer", "choice", "inputs_table", "options_table", "ready_made"]

MOST = 7  # inputs that are listed
SCALED = {"all volumes 20% higher": 1.2, "all volumes 20% lower": 0.8}


def alternatives(plan: Plan, named: Mapping[str, Plan]) -> tuple[Scenario, ...]:
    """The named plans that decide something else than the plan, all with the plan's uncertainty.

    What is uncertain must not differ with the choice: a lever that stands alike in both has the plan's range in both.
    """
    names: dict[Plan, str] = {}
    for name, other in named.items():
        if other.currency == plan.currency and _decisions(other) != _decisions(plan):
            names.setdefault(_as_uncertain(plan, other), name)
    return tuple(Scenario(name, other) for other, name in names.items())


def _decisions(plan: Plan) -> Plan:
    """The plan without what decides nothing: its names and notes, ranges, targets, limits and evidence."""
    bare = replace(plan, name="plan", note="", ask="", author="", locale="en", ranges=(), correlation=0.0)
    return replace(bare, targets=(), limits=(), evidence=())


def _as_uncertain(plan: Plan, other: Plan) -> Plan:
    return replace(other, ranges=tuple(_shared_ranges(plan, other)), correlation=plan.correlation)


def _shared_ranges(plan: Plan, other: Plan) -> Iterator[Range]:
    """The plan's ranges in the other plan; a moved lever has the other's range, or the plan's moved along."""
    of_plan, of_other = ({band.path: band for band in ranges_in_force(each)} for each in (plan, other))
    before = {lever.path: lever.value for lever in levers(plan)}
    for lever in levers(other):
        band = of_plan.get(lever.path)
        if lever.path not in before or lever.value != before[lever.path]:  # moved, or not in the plan at all
            carried = range_around(lever.kind, lever.value, band, before[lever.path]) if band else None
            band = of_other.get(lever.path) or carried
        if band:
            yield band


def ready_made(plan: Plan, *, tail: bool = True) -> tuple[Scenario, ...]:
    """Alternatives to compare a plan with where there are none yet, the closest call in profit first.

    Every volume a fifth more or less, and the plan without each of its channels.
    """
    options = [Scenario(name, scale_volumes(plan, factor)) for name, factor in SCALED.items()]
    options += [
        Scenario(f"the plan without {channel.label}", switch(plan, channel.key, False))
        for channel in plan.channels
        if channel.active
    ]
    own = read(forecast(plan), "profit", tail=tail)

    def gap(option: Scenario) -> float:
        return abs(float(read(forecast(option.plan), "profit", tail=tail) - own))

    return tuple(sorted(options, key=gap))


def choice(options: Sequence[Scenario]) -> str:
    """What there is to decide, in a sentence; the plan is the first option."""
    return f"The decision: {words.listed([option.name for option in options], 'or')}."


def answer(options: Sequence[Scenario], value: InformationValue, swings: Sequence[Swing]) -> str:
    """Which input to measure before choosing, what that is worth, and where the tornado ranks it."""
    plan = options[0].plan
    paying = [each for each in value.inputs if each.pays]
    if not paying:
        return _nothing_pays(options, value)
    first = paying[0]
    worth, perfect = (words.short(plan, x, "money") for x in (first.value, value.perfect))
    return (
        f"Measure the {_levers(options)[first.path].name} first: knowing it before you decide is worth about {worth} "
        f"(knowing everything: {perfect}). {_rank(first.path, swings)}"
    )


def _nothing_pays(options: Sequence[Scenario], value: InformationValue) -> str:
    best, mean = options[value.best].name, value.means[value.best]
    rivals = [option.name for i, option in enumerate(options) if i != value.best]
    gap = min(abs(mean - other) for i, other in enumerate(value.means) if i != value.best)
    beats = f"{best} beats {words.listed(rivals, 'or')} by {words.short(options[0].plan, gap, 'money')} on average"
    result = beats if gap else f"{words.listed([best, *rivals])} bring the same"
    if not value.inputs:
        return f"No input has a range yet, so there is nothing to measure: {result}."
    return f"Nothing is worth measuring first: {result}, and no input would change that choice often enough."


def _rank(path: str, swings: Sequence[Swing]) -> str:
    """Where the tornado ranks an input, and why that differs."""
    why = "because that ranks effect on the result, not on the decision"
    ranked = [swing.path for swing in swings if swing.width > 0]
    if path not in ranked:
        return f"It has no bar in the tornado {why}."
    if ranked[0] == path:
        return "It leads the tornado too."
    return f"It ranks {_ordinal(ranked.index(path) + 1)} in the tornado {why}."


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _levers(options: Sequence[Scenario]) -> dict[str, Lever]:
    """Every lever of the options, as the first of them has it."""
    return {lever.path: lever for option in reversed(options) for lever in levers(option.plan)}


def inputs_table(options: Sequence[Scenario], value: InformationValue, *, tail: bool = True) -> Table:
    """What knowing each input is worth, beside the noise floor; those that pay, or the first three."""
    plan, lever_at = options[0].plan, _levers(options)
    paying = [each for each in value.inputs if each.pays]
    listed = paying[:MOST] or list(value.inputs[:3])
    rows = tuple(
        (
            lever_at[each.path].title,
            words.short(plan, each.value, "money"),
            Cell(words.short(plan, each.noise_floor, "money"), "quiet"),
        )
        for each in listed
    )
    less = len(paying) - len(paying[:MOST])
    more = len(value.inputs) - len(rows) - less
    rest = f" {words.counted(plan, less, 'more input')} pay less." if less else ""
    rest += f" {words.counted(plan, more, 'other input')} would not change the choice." if more else ""
    note = f"In profit {COUNTED[tail]}. A value up to its noise floor may be chance.{rest}"
    return Table(("Input to measure", "Worth", "Noise floor"), rows, note)


def options_table(options: Sequence[Scenario], value: InformationValue) -> Table:
    """What each option brings on average; the one to choose today set apart."""
    rows = []
    for i, (option, mean) in enumerate(zip(options, value.means, strict=True)):
        tone = "strong" if i == value.best else ""
        name = option.name[:1].upper() + option.name[1:]
        rows.append((Cell(name, tone), Cell(words.short(options[0].plan, mean, "money"), tone)))
    return Table(("Option", "Average profit"), tuple(rows), "The best on average is in bold.")
