"""Where should the money go: the best mix in words, and the limits it respects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from planner import words
from planner.ask.budget.allocation import NEXT, Allocation, Binding, Staffing
from planner.engine import Forecast
from planner.errors import PlanError
from planner.measure.metrics import METRICS, read
from planner.plan import Channel, Limit, Plan, replace

__all__ = [
    "UNITS", "answer", "called", "cheapest", "limits", "named", "pay", "refusal", "settled", "spent",
    "staffed", "underway", "with_limits",
]  # fmt: skip

_FEW = 2  # channels named in a sentence
_SMALL = 0.01  # of the budget: less is no move worth a word
UNITS: Mapping[str, tuple[float, str]] = {  # how much room is spoken of, and in what, by what binds
    "budget": (NEXT, "money"), "hours": (100.0, "hours"), "least": (100.0, "touches a month"),
    "most": (100.0, "touches a month"), "audience": (1000.0, "contacts"),
}  # fmt: skip
Rows = Mapping[int, Mapping[str, Any]]


# -- in words ---------------------------------------------------------------------------------------------------------


def answer(plan: Plan, made: Allocation) -> str:
    """What the budget would bring, by which moves, and what the next 1 000 and an hour are worth."""
    if still := _still(plan, made):
        return still
    before = words.short(plan, made.before.value, METRICS[made.metric].unit)
    after = _result(plan, made.metric, made.after.value)
    money = words.short(plan, made.budget, "money")
    same, left = _same(made), made.budget - made.after.cost
    if settled(made):
        return f"The mix is as good as it gets: no other split of {money} brings more than {after}. {_next(plan, made)}"
    if left > _SMALL * made.budget:
        after += f" and leave {words.short(plan, left, 'money')} unspent"
    if same:
        text = f"The same {money} would bring {after} instead of {before}"
    else:
        spent = words.short(plan, made.before.cost, "money")
        text = f"{money} would bring {after}; today’s mix brings {before} for {spent}"
    moves = _moves(plan, made)
    by = f"{', by ' if same else '. That means '}{moves}" if moves else ""
    return f"{text}{by}. {_next(plan, made)}"


def _same(made: Allocation) -> bool:
    return abs(made.budget - made.before.cost) <= 1e-6 * max(made.budget, 1.0)


def settled(made: Allocation) -> bool:
    """Whether the mix is as good as the best one for what it costs."""
    gain = made.after.value - made.before.value
    return _same(made) and gain <= 1e-3 * abs(made.before.value)


def _still(plan: Plan, made: Allocation) -> str:
    """Why there is nothing to choose; "" where there is."""
    names = [channel.label for channel in plan.channels if channel.key in made.spend]
    locked = {limit.channel for limit in plan.limits if limit.least == limit.most}
    money, result = words.short(plan, made.budget, "money"), _result(plan, made.metric, made.value)
    if not names:
        return "No channel is open to a budget: switch one on that costs money or a rep’s time, or give one a most."
    if locked >= made.spend.keys():
        return f"Every channel is locked, so the mix stays as it is: it brings {result}."
    if not made.value > 0 and made.budget > 0:
        return f"Nothing that {money} can buy leads to {words.in_text(METRICS[made.metric].label)}."
    if not made.budget:
        return f"Nothing is spent, which brings {result}: type a budget. {_next(plan, made)}"
    if len(names) == 1:
        return f"{names[0]} is the only channel to spend on: {money} bring {result}. {_next(plan, made)}"
    return ""


def _result(plan: Plan, metric: str, value: float) -> str:
    known = METRICS[metric]
    written, label = words.short(plan, value, known.unit), words.in_text(known.label)
    return f"{written} {label}" if known.unit == "count" else f"{label} of {written}"


def _moves(plan: Plan, made: Allocation) -> str:
    """The largest shifts of money, in words."""
    names = {channel.key: channel.label for channel in plan.channels}
    shifts = {key: made.after.spend[key] - made.before.spend[key] for key in made.spend}
    large = {key: by for key, by in shifts.items() if abs(by) > _SMALL * max(made.budget, made.before.cost)}
    down = sorted((key for key in large if large[key] < 0), key=large.__getitem__)[:_FEW]
    up = sorted((key for key in large if large[key] > 0), key=lambda key: -large[key])[:_FEW]

    def said(verb: str, way: str, keys: Sequence[str]) -> str:
        shares = (f"{words.short(plan, abs(large[key]), 'money')} {way} {names[key]}" for key in keys)
        return f"{verb} {' and '.join(shares)}" if keys else ""

    return " and ".join(filter(None, (said("taking", "from", down), said("putting", "more into", up))))


def _next(plan: Plan, made: Allocation) -> str:
    """What one step more of each thing that holds the result down would bring."""
    found = {limit.what: limit for limit in made.binding}
    if "budget" not in found:
        return f"More money would bring nothing more: {_listed(plan, made.binding) or 'the audiences are used up'}."
    text = f"The next {words.write(plan, NEXT, 'money')} bring {_worth(plan, made.metric, found['budget'])}"
    if "hours" in found:
        text += f"; the team’s hours bind too: 100 more hours bring {_worth(plan, made.metric, found['hours'])}"
    return f"{text}."


def _worth(plan: Plan, metric: str, limit: Binding) -> str:
    return _result(plan, metric, limit.price * UNITS[limit.what][0])


def _listed(plan: Plan, binding: Sequence[Binding]) -> str:
    names = [words.in_text(named(plan, limit)) for limit in binding[:_FEW]]
    return f"{' and '.join(names)} {'binds' if len(names) == 1 else 'bind'}" if names else ""


def named(plan: Plan, limit: Binding) -> str:
    """What binds, in words: "The audience of E-mail"."""
    label = next((channel.label for channel in plan.channels if channel.key == limit.channel), "")
    return {
        "budget": "The budget", "hours": "The team’s hours", "least": f"The least of {label}",
        "most": f"The most of {label}", "audience": f"The audience of {label}",
    }[limit.what]  # fmt: skip


def refusal(plan: Plan, error: PlanError) -> str:
    """Why there is no answer, in words."""
    head = error.path.partition(".")[0]
    names = {channel.key: channel.label for channel in plan.channels}
    names |= {"budget": "The budget", "hours": "The team’s time"}
    text = f"{names[head]} {error.what}." if head in names else f"{error}."
    said, by, limits = text.replace("team's", "team’s").partition("held by ")
    some = limits.rstrip(".").split(" and ")
    return said + by + " and ".join([*some[:_FEW], "other limits"] if len(some) > _FEW + 1 else some) + "." * bool(by)


def underway(plan: Plan, fixed: float, tail: bool) -> str:
    """What is not part of the budget."""
    later = ", what it costs later included" if tail else ""
    return (
        f"The budget is for what volumes cost over the plan{later}: touches, and what their replies, appointments and "
        f"deals cost in turn. Tools, set-up and the team, {words.short(plan, fixed, 'money')}, are paid besides."
    )


def spent(made: Forecast, fixed: float, tail: bool) -> float:
    """What the volumes of a plan cost, given what it costs without them."""
    return max(0.0, float(read(made, "cost", tail=tail)) - fixed)


def pay(plan: Plan, month: int) -> float:
    """What one more rep costs over the plan from a month on."""
    return plan.team.cost_per_month * (plan.months - month)


def called(plan: Plan, made: Allocation) -> str:
    """A name for a scenario that holds the best mix."""
    return f"Best mix of {words.short(plan, made.budget, 'money')}: {_result(plan, made.metric, made.value)}"


def cheapest(plan: Plan, made: Allocation) -> str:
    """The least budget, in words."""
    before = words.short(plan, made.before.cost, "money"), _result(plan, made.metric, made.before.value)
    reached = _result(plan, made.metric, made.value)
    least = words.short(plan, made.budget, "money")
    return f"At least {least} for {reached}; today’s mix spends {before[0]} for {before[1]}."


def staffed(plan: Plan, found: Sequence[Staffing], budget: float) -> str:
    """How many people to hire, in words."""
    none = next((one.allocation for one in found if not one.reps), None)
    if none is None:
        return "Neither the budget nor a few more people carry the least volumes."
    best, metric, money = found[0], none.metric, words.short(plan, budget, "money")
    if best.reps:
        left = words.short(plan, best.allocation.budget, "money")
        gain, bare = (_result(plan, metric, one.value) for one in (best.allocation, none))
        more = words.counted(plan, best.reps, "more rep")
        return f"With {money}, pay included: {more} and {left} for volumes bring {gain}, against {bare} without."
    hours = any(limit.what == "hours" for limit in none.binding)
    why = "more people would bring less, their pay taken off" if hours else "the hours there are do not bind"
    if hours and len(found) == 1:
        why = "one more rep costs more than that leaves"
    return f"With {money}, pay included: hire nobody, {why}."


# -- limits -----------------------------------------------------------------------------------------------------------


def _on(plan: Plan) -> list[Channel]:
    return [channel for channel in plan.channels if channel.active]


def limits(plan: Plan) -> pd.DataFrame:
    """Touches a month of each active channel: now, the least and the most it may get, and whether it is locked."""
    known = {limit.channel: limit for limit in plan.limits}
    rows = []
    for channel in _on(plan):
        limit = known.get(channel.key, Limit(channel.key))
        rows.append((channel.label, round(channel.volume), limit.least or None, limit.most, limit.least == limit.most))
    frame = pd.DataFrame(rows, columns=["Channel", "Now", "Least", "Most", "Locked"])
    return frame.astype({"Now": float, "Least": float, "Most": float, "Locked": bool})


def with_limits(plan: Plan, rows: Rows) -> Plan:
    """The plan with these cells of its limits: a lock holds a channel where it stands, an empty cell is no limit."""
    known = {limit.channel: limit for limit in plan.limits}
    for row, cells in rows.items():
        channel = _on(plan)[row]
        old = known.get(channel.key, Limit(channel.key))
        known[channel.key] = _limit(channel, old, cells)
    return replace(plan, limits=tuple(one for one in known.values() if one.least or one.most is not None))


def _limit(channel: Channel, old: Limit, cells: Mapping[str, Any]) -> Limit:
    if "Locked" in cells:
        return Limit(channel.key, channel.volume, channel.volume) if cells["Locked"] else Limit(channel.key)
    most = cells.get("Most", old.most)
    return Limit(channel.key, float(cells.get("Least", old.least) or 0.0), None if most is None else float(most))
