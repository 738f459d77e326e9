"""Sample actuals: what a plan might have brought, drawn by seed, with deviations that are known beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.actuals.actuals import UNATTRIBUTED, Actuals, Fact, last_day, stage_keys
from planner.calendar import month_keys
from planner.engine import Forecast, forecast
from planner.plan import Channel, Plan, Stage, deal_of, main_path, merged
from planner.plan.levers import levers
from planner.plan.template_types import Deviation
from planner.plan.templates import OWN_DEVIATION, template

__all__ = ["SOURCE", "SUMS", "NamedDraw", "deviated", "sample_actuals"]

SOURCE = "sample data"
Counts = NDArray[np.int64]
Expected = NDArray[np.float64]


@dataclass(frozen=True)
class NamedDraw:
    """How a named sum is drawn: `each` of the first of `of` that the channel has, less those of the sum `less`.

    `of` names stages and sums; "lead" is the stage before the appointment. `shared`: drawn once, of all channels.
    """

    name: str
    of: tuple[str, ...]
    each: float
    less: str = ""
    shared: bool = False


SUMS: tuple[NamedDraw, ...] = (
    NamedDraw("talk_seconds", ("connected",), 95.0),
    NamedDraw("key_answers", ("connected",), 1.6),
    NamedDraw("accounts_reached", ("impressions",), 0.001),
    NamedDraw("visits", ("visitors",), 1.25),
    NamedDraw("responders", ("replied", "connected", "leads"), 0.95),
    NamedDraw("first_response_days", ("responders",), 3.2),
    NamedDraw("follow_ups", ("replied", "connected", "leads"), 0.7),
    NamedDraw("leads", ("lead",), 1.0),
    NamedDraw("leads_responded", ("lead",), 0.9),
    NamedDraw("days_to_close", ("won",), 70.0),
    NamedDraw("presentations", ("held",), 0.6, shared=True),
    NamedDraw("surveys", ("held",), 0.5, shared=True),
    NamedDraw("satisfied", ("surveys",), 0.8, shared=True),
    NamedDraw("promoters", ("surveys",), 0.5, shared=True),
    NamedDraw("detractors", ("surveys",), 0.3, "promoters", shared=True),
)


def deviated(plan: Plan) -> dict[str, float]:
    """The plan's deviations as moves: `forecast(plan, deviated(plan))` is what the sample follows."""
    deviations = {channel.key: _deviation(channel) for channel in plan.channels}
    owners = {f"costs.{cost.key}.amount": cost.channel or cost.per.split(".")[0] for cost in plan.costs}
    moves = {}
    for lever in levers(plan):
        head, _, rest = lever.path.partition(".")
        owner, field = (owners[lever.path], "costs") if lever.path in owners else (head, rest)
        deviation = deviations.get(owner)
        if deviation and field == deviation.lever:
            moves[lever.path] = min(lever.value * deviation.factor, lever.kind.high)
    return moves


def _deviation(channel: Channel) -> Deviation | None:
    kind = template(channel.kind)
    return kind.deviation if kind else OWN_DEVIATION


def sample_actuals(plan: Plan, *, seed: int = 0, months: int = 5) -> Actuals:
    """What the first `months` of the plan might have brought, known on the last day of the last of them.

    Whole counts whose expected values are the arrivals of the deviated plan's forecast; those who arrive at a stage
    are some of those who arrived at the stage before and have not gone elsewhere. Costs are the forecast's to the cent,
    revenue is that of the deals drawn. Late stages look low: their delays have not passed.

    >>> from planner import starter
    >>> plan = starter("email", start="2027-01")
    >>> actuals = sample_actuals(plan)
    >>> actuals.as_of, actuals.count("email.sent", plan)[:2]
    (datetime.date(2027, 5, 31), array([8000., 8000.]))
    """
    months = min(max(months, 1), plan.months)
    rng = np.random.default_rng(seed)
    actual, planned = forecast(plan, deviated(plan)), forecast(plan)
    drawn: dict[str, dict[str, NDArray[Any]]] = {}
    totals: dict[str, Counts] = {}
    for channel in (channel for channel in plan.channels if channel.active):
        counts = _counts(actual, channel, months, rng)
        sums = _sums(actual, planned, channel, counts, rng)
        drawn[channel.key] = {name: n for name, n in counts.items() if name} | sums
        if "won" in counts:
            drawn[channel.key]["revenue"] = counts["won"] * deal_of(plan, channel.key).value
        for name, n in counts.items():
            totals[name] = totals.get(name, 0) + n
    drawn[UNATTRIBUTED] = dict(_named(totals, rng, shared=True))
    for owner, cost in _costs(actual, months).items():
        drawn[owner]["cost"] = np.round(cost, 2)
    keys = month_keys(plan.start, months)
    facts = (
        Fact(SOURCE, key, channel, name, float(n))
        for channel, series in drawn.items()
        for name, values in series.items()
        for key, n in zip(keys, values, strict=True)
    )
    return Actuals(last_day(keys[-1]), tuple(facts))


def _counts(actual: Forecast, channel: Channel, months: int, rng: np.random.Generator) -> dict[str, Counts]:
    """Whole counts of a channel's stages by month, those born of openings drawn apart and added."""
    stages = merged(channel.stages, actual.plan.sales)
    drawn: dict[str, Counts] = {}
    for opening in (False, True):
        for name, n in _strand(actual, channel.key, stages, months, opening, rng).items():
            drawn[name] = drawn.get(name, 0) + n
    return drawn


def _strand(
    actual: Forecast, key: str, stages: tuple[Stage, ...], months: int, opening: bool, rng: np.random.Generator
) -> dict[str, Counts]:
    """One strand, stage by stage below the touches (key "")."""

    def expected(name: str) -> Expected:
        return np.array(actual.count(f"{key}.{name}", "months", opening=opening)[:months], dtype=float)

    given = {o.stage: o.count for o in actual.plan.opening if opening}
    means = {"": expected("")}
    drawn = {"": _whole(means[""], rng)}
    queue = [""]
    while queue:
        parent = queue.pop()
        family = [stage for stage in stages if (stage.of or "") == parent]
        rivals = [stage for stage in family if stage.main or stage.exclusive]
        for group in (rivals, *([stage] for stage in family if stage not in rivals)):
            born = {stage.key: np.zeros(months) for stage in group}
            for stage in group:
                means[stage.key] = expected(stage.key)
                born[stage.key][0] = given.get(f"{key}.{stage.key}", 0.0)
            flows = [(means[stage.key] - born[stage.key], stage.delay is not None) for stage in group]
            for stage, n in zip(group, _thinned(drawn[parent], means[parent], flows, rng), strict=True):
                drawn[stage.key] = n + _whole(born[stage.key], rng)
        queue += [stage.key for stage in family]
    return drawn


def _thinned(
    parents: Counts, mean: Expected, flows: list[tuple[Expected, bool]], rng: np.random.Generator
) -> list[Counts]:
    """Counts that are some of `parents`, none counted twice: without a delay of that month's, else of all so far.

    Each is binomial with its expected arrivals over the expected number of those left, so that its own expected value
    is its arrivals exactly.
    """
    out = [np.zeros(len(parents), dtype=np.int64) for _ in flows]
    pool, waiting = 0, 0.0
    for t in range(len(parents)):
        for late in (False, True):
            fresh, there = (pool, waiting) if late else (int(parents[t]), float(mean[t]))
            for n, (arrivals, delayed) in zip(out, flows, strict=True):
                if delayed == late:
                    share = min(max(arrivals[t] / there, 0.0), 1.0) if there > 0 else 0.0
                    n[t] = rng.binomial(fresh, share)
                    fresh, there = fresh - int(n[t]), there - arrivals[t]
            pool, waiting = (fresh, there) if late else (pool + fresh, waiting + there)
    return out


def _whole(means: Expected, rng: np.random.Generator) -> Counts:
    """Whole numbers next to the means, whose expected values they are."""
    return np.floor(np.maximum(means, 0.0) + rng.random(len(means))).astype(np.int64)


def _sums(
    actual: Forecast, planned: Forecast, channel: Channel, counts: dict[str, Counts], rng: np.random.Generator
) -> dict[str, Counts]:
    """The named sums of a channel."""
    months, plan = len(counts[""]), actual.plan
    path = [stage.key for stage in main_path(merged(channel.stages, plan.sales))]
    with_lead = dict(counts)
    if "appointment" in path:
        with_lead["lead"] = counts[path[path.index("appointment") - 1]]
    sums = {
        "planned": _whole(np.asarray(planned.count(f"{channel.key}.", "months")[:months]), rng),
        "contacts_touched": _whole(counts[""] / channel.touches_per_contact, rng),
    }
    stages = stage_keys(plan, channel.key)
    return {name: n for name, n in (sums | _named(with_lead, rng, shared=False)).items() if name not in stages}


def _named(counts: Mapping[str, Counts], rng: np.random.Generator, *, shared: bool) -> dict[str, Counts]:
    """Named sums drawn of counts: some of them where each is at most 1, else a sum over them."""
    figures, drawn = dict(counts), {}
    for draw in SUMS:
        of = next((name for name in draw.of if name in figures), None)
        if draw.shared == shared and of is not None:
            base = figures[of] - (figures[draw.less] if draw.less else 0)
            n = rng.binomial(base, draw.each) if draw.each <= 1 else rng.poisson(base * draw.each)
            figures[draw.name] = drawn[draw.name] = n
    return drawn


def _costs(actual: Forecast, months: int) -> dict[str, Expected]:
    """Costs by the channel they belong to, those of none under "sales"."""
    owned: dict[str, Expected] = {}
    for row in actual.cost_rows("months"):
        key = row.channel or UNATTRIBUTED
        owned[key] = owned.get(key, np.zeros(months)) + np.broadcast_to(row.amount, actual.plan.months)[:months]
    return owned
