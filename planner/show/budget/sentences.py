"""Where should the money go: the best mix in words."""

from __future__ import annotations

from collections.abc import Sequence

from planner import words
from planner.ask.budget.allocation import NEXT, Allocation, Staffing
from planner.errors import Binding, OutOfReach, PlanError
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.naming import channel_title
from planner.show.errors import said
from planner.show.limiting import ROOM, limit_in_text

__all__ = [
    "answer", "coverage", "least", "nothing_to_gain", "refusal", "rep_cost", "result", "scenario_name",
    "staffed",
]  # fmt: skip

FEW = 2  # channels named in a sentence
SMALL = 0.01  # of the budget: less is no move worth a word


def answer(plan: Plan, allocation: Allocation) -> str:
    """What the budget would bring, by which moves, and what the next 1 000 and more hours are worth."""
    if nothing := _nothing_to_choose(plan, allocation):
        return nothing
    before = words.short(plan, allocation.before.value, METRICS[allocation.metric].unit)
    after = result(plan, allocation.metric, allocation.after.value)
    money = words.short(plan, allocation.budget, "money")
    if nothing_to_gain(allocation):
        already = f"The mix is already the best: no other split of {money} brings more than {after}."
        return f"{already} {_next(plan, allocation)}"
    unspent = allocation.budget - allocation.after.cost
    if unspent > SMALL * allocation.budget:
        after += f" and leave {words.short(plan, unspent, 'money')} unspent"
    moves = _moves(plan, allocation)
    if _same_cost(allocation):
        by = f", by {moves}" if moves else ""
        return f"The same {money} would bring {after} instead of {before}{by}. {_next(plan, allocation)}"
    spent = words.short(plan, allocation.before.cost, "money")
    means = f" That means {moves}." if moves else ""
    return f"{money} would bring {after}; today’s mix brings {before} for {spent}.{means} {_next(plan, allocation)}"


def _same_cost(allocation: Allocation) -> bool:
    return abs(allocation.budget - allocation.before.cost) <= 1e-6 * max(allocation.budget, 1.0)


def nothing_to_gain(allocation: Allocation) -> bool:
    """Whether the mix is as good as the best one for what it costs."""
    gain = allocation.after.value - allocation.before.value
    return _same_cost(allocation) and gain <= 1e-3 * abs(allocation.before.value)


def _nothing_to_choose(plan: Plan, allocation: Allocation) -> str:
    """Why there is nothing to choose; "" where there is."""
    names = [channel.label for channel in plan.channels if channel.key in allocation.spend]
    locked = {limit.channel for limit in plan.limits if limit.least == limit.most}
    money, brings = words.short(plan, allocation.budget, "money"), result(plan, allocation.metric, allocation.value)
    if not names:
        return "There is no channel to spend on. Switch on one that costs money or rep time, or set a maximum."
    if locked >= allocation.spend.keys():
        return f"Every channel is locked, so the mix stays as it is: it brings {brings}."
    if not allocation.value > 0 and allocation.budget > 0:
        return f"Nothing that {money} can buy leads to {words.in_text(METRICS[allocation.metric].label)}."
    if not allocation.budget:
        return f"Nothing is spent, which brings {brings}. Enter a budget. {_next(plan, allocation)}"
    if len(names) == 1:
        return f"{names[0]} is the only channel to spend on: {money} would bring {brings}. {_next(plan, allocation)}"
    return ""


def result(plan: Plan, metric: str, value: float) -> str:
    """A result with its name: "27.1 deals", "gross profit of €310,000"."""
    of = METRICS[metric]
    written, label = words.short(plan, value, of.unit), words.in_text(of.label)
    return f"{written} {label}" if of.unit == "count" else f"{label} of {written}"


def _moves(plan: Plan, allocation: Allocation) -> str:
    """The largest shifts of money, in words."""
    threshold = SMALL * max(allocation.budget, allocation.before.cost)
    shifts = {key: allocation.after.spend[key] - allocation.before.spend[key] for key in allocation.spend}
    large = {key: by for key, by in shifts.items() if abs(by) > threshold}
    down = sorted((key for key in large if large[key] < 0), key=large.__getitem__)[:FEW]
    up = sorted((key for key in large if large[key] > 0), key=lambda key: -large[key])[:FEW]
    names = {channel.key: channel_title(channel) for channel in plan.channels}

    def shares(way: str, keys: Sequence[str]) -> str:
        return " and ".join(f"{words.short(plan, abs(large[key]), 'money')} {way} {names[key]}" for key in keys)

    taken = f"taking {shares('from', down)}" if down else ""
    put = f"putting {shares('more into', up)}" if up else ""
    return " and ".join(filter(None, (taken, put)))


def _next(plan: Plan, allocation: Allocation) -> str:
    """What a little more of each limit that binds would bring."""
    binding = {limit.what: limit for limit in allocation.binding}
    if "budget" not in binding:
        return f"More money would bring nothing more: {_named(plan, allocation.binding)}."
    text = f"The next {words.write(plan, NEXT, 'money')} would add {_worth(plan, allocation.metric, binding['budget'])}"
    if "hours" in binding:
        more = words.write(plan, ROOM["hours"].units)
        text += f"; {more} more team hours would add {_worth(plan, allocation.metric, binding['hours'], bare=True)}"
    return f"{text}."


def _worth(plan: Plan, metric: str, limit: Binding, *, bare: bool = False) -> str:
    effect = limit.price * ROOM[limit.what].units
    return words.short(plan, effect, METRICS[metric].unit) if bare else _gain(plan, metric, effect)


def _gain(plan: Plan, metric: str, effect: float) -> str:
    """A rise with its name: "0.06 deals", "€300 of gross profit"."""
    of = METRICS[metric]
    joint = " " if of.unit == "count" else " of "
    return f"{words.short(plan, effect, of.unit)}{joint}{words.in_text(of.label)}"


def _named(plan: Plan, binding: Sequence[Binding]) -> str:
    """What limits, as half a sentence: "team hours and the LinkedIn maximum are the limits"."""
    names = [limit_in_text(plan, limit) for limit in binding[:FEW]]
    if not names:
        return "the audiences are used up"
    if len(names) > 1:
        return f"{' and '.join(names)} are the limits"
    return f"{names[0]} {'are' if names[0].endswith('s') else 'is'} the limit"


def refusal(plan: Plan, error: PlanError, metric: str = "won") -> str:
    """Why there is no answer, in words, and what to change."""
    binding = error.binding if isinstance(error, OutOfReach) and isinstance(error.binding, Binding) else None
    if binding is None or not isinstance(error, OutOfReach):
        return f"{said(error, plan)}."
    if not error.path:
        most = result(plan, metric, error.value)
        return f"That cannot be reached. The most is {most}: {_named(plan, (binding,))}."
    unit = "money" if binding.what == "budget" else "hours" if binding.what == "hours" else "count"
    takes, there = words.write(plan, error.value, unit), words.write(plan, binding.level, unit)
    if binding.what == "budget":
        return (
            f"The minimum volumes cost {takes}, more than the budget of {there}. Raise the budget or lower a minimum."
        )
    month = "" if binding.month is None else f" in {words.month_name(plan, binding.month)}"
    limit = limit_in_text(plan, binding)
    return f"The minimum volumes need {takes}{month}; {limit} allow {there}. Lower a minimum or raise that limit."


def coverage(plan: Plan, allocation: Allocation | None, fixed: float, *, tail: bool, downstream: bool) -> str:
    """What the budget is for, and what comes on top of it."""
    later = ", including those that arise later" if tail else ""
    text = (
        f"The budget covers variable costs only{later}. Tools, set-up and the team "
        f"({words.short(plan, fixed, 'money')}) come on top."
    )
    if downstream:
        return f"{text} It includes commission and other costs of deals, revenue and hours."
    if allocation and allocation.after.downstream:
        extra = words.short(plan, allocation.after.downstream, "money")
        text += f" So do commission and other costs of deals, revenue and hours: {extra} in the best mix."
    return text


def rep_cost(plan: Plan, month: int) -> float:
    """What one more rep costs over the plan from a month on."""
    return plan.team.cost_per_month * (plan.months - month)


def scenario_name(plan: Plan, allocation: Allocation) -> str:
    """A name for a scenario that holds the best mix."""
    money = words.short(plan, allocation.budget, "money")
    return f"Best mix of {money}: {result(plan, allocation.metric, allocation.value)}"


def least(plan: Plan, allocation: Allocation) -> str:
    """The least budget, in words."""
    money, reached = words.short(plan, allocation.budget, "money"), result(plan, allocation.metric, allocation.value)
    spent = words.short(plan, allocation.before.cost, "money")
    today = result(plan, allocation.metric, allocation.before.value)
    return f"{reached} need a budget of at least {money}; today’s mix spends {spent} and brings {today}."


def staffed(plan: Plan, options: Sequence[Staffing], budget: float) -> str:
    """How many people to hire, in words."""
    without = next((option.allocation for option in options if not option.reps), None)
    if without is None:
        return "The minimum volumes are not affordable, even with extra hires."
    best, metric, money = options[0], without.metric, words.short(plan, budget, "money")
    if best.reps:
        left = words.short(plan, best.allocation.budget, "money")
        gain, bare = (result(plan, metric, option.value) for option in (best.allocation, without))
        more = words.counted(plan, best.reps, "more rep")
        return f"With {money}, pay included, {more} and {left} for volumes bring {gain}, against {bare} without."
    limited = any(limit.what in ("hours", "pace") for limit in without.binding)
    if not limited:
        return f"With {money}, pay included, no hires needed: the team has enough hours."
    if len(options) == 1:
        return f"With {money}, pay included, no hires: one more rep costs more than that leaves."
    return f"With {money}, pay included, no hires: their pay would bring more as volumes."
