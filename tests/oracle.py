"""The forecast again, in plain loops and floats: slow, obvious, and written from the model's page, not from the engine.

Lists run over the months, one element more for what arrives after the plan's end (the tail, always last).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from planner.calendar import working_days
from planner.plan import Channel, Cost, Plan, Stage, merged

DAYS_A_MONTH = 30.4375
Z90 = 1.2815515655446004

Series = list[float]


def normal_cdf(x: float) -> float:
    """Φ(x), accurate in both tails."""
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def integral(x: float, median_days: float, p90_ratio: float) -> float:
    """G(x) = ∫₀ˣ F of the lognormal, x in months."""
    if x <= 0:
        return 0.0
    sigma = math.log(p90_ratio) / Z90
    mu = math.log(median_days / DAYS_A_MONTH)
    near, far = (math.log(x) - mu) / sigma, (math.log(x) - mu - sigma**2) / sigma
    return x * normal_cdf(near) - math.exp(mu + sigma**2 / 2) * normal_cdf(far)


def shares(median_days: float, p90_ratio: float, months: int) -> Series:
    """p[d] for d = 0 … months − 1."""
    g = [integral(float(d), median_days, p90_ratio) for d in range(-1, months + 1)]
    return [max(0.0, (g[d + 2] - g[d + 1]) - (g[d + 1] - g[d])) for d in range(months)]


@dataclass
class Counted:
    """What the plan brings. `own` and `born` (of openings) are arrivals by (channel, stage); stage "" is touches."""

    own: dict[tuple[str, str], Series] = field(default_factory=dict)
    born: dict[tuple[str, str], Series] = field(default_factory=dict)
    rate: dict[tuple[str, str], Series] = field(default_factory=dict)
    revenue: dict[str, Series] = field(default_factory=dict)
    gross_profit: dict[str, Series] = field(default_factory=dict)
    hours: dict[str, Series] = field(default_factory=dict)
    hours_available: Series = field(default_factory=list)
    payroll: Series = field(default_factory=list)
    cost_rows: dict[str, Series] = field(default_factory=dict)
    cost_of: dict[str, Series] = field(default_factory=dict)
    cost: Series = field(default_factory=list)

    def arrivals(self, channel: str, stage: str) -> Series:
        """Own touches' and openings' together."""
        return added(self.own[channel, stage], self.born[channel, stage])

    def at(self, path: str) -> Series:
        """Arrivals at a stage path; "sales.won" is the sum over channels."""
        head, _, stage = path.partition(".")
        rows = [key for key in self.own if key[1] == stage and head in (key[0], "sales")]
        months = len(self.cost)
        return added([0.0] * months, *(self.arrivals(*key) for key in rows))


def added(*series: Series) -> Series:
    """The sum, element by element."""
    return [sum(parts) for parts in zip(*series, strict=True)]


def scaled(series: Series, by: float) -> Series:
    """Each element times `by`."""
    return [value * by for value in series]


def oracle(plan: Plan) -> Counted:
    """Everything of section 2 of the model, for one plan."""
    counted = Counted(cost=[0.0] * (plan.months + 1))
    active = [channel for channel in plan.channels if channel.active]
    for channel in active:
        _touches(plan, channel, counted)
        _arrivals(plan, channel, counted)
        _deals(plan, channel, counted)
    _hours(plan, active, counted)
    _costs(plan, active, counted)
    return counted


def _touches(plan: Plan, channel: Channel, counted: Counted) -> None:
    profile = channel.profile or (1.0,) * plan.months
    own = [channel.volume * factor for factor in profile] + [0.0]
    born = [0.0] * (plan.months + 1)
    for feed in plan.feeds:
        source = tuple(feed.source.split("."))
        if feed.channel == channel.key and source in counted.own:
            own = added(own, scaled(counted.own[source], feed.share))
            born = added(born, scaled(counted.born[source], feed.share))
    counted.own[channel.key, ""], counted.born[channel.key, ""] = own, born


def _wear(plan: Plan, channel: Channel, counted: Counted) -> Series:
    """What the audience leaves of the rate in each month."""
    if channel.audience is None:
        return [1.0] * plan.months
    touches = counted.arrivals(channel.key, "")[:-1]
    capacity = [(channel.audience + channel.fresh * t) * channel.touches_per_contact for t in range(plan.months)]
    if channel.coverage == "in_order":
        return _worked_in_order(touches, capacity)
    untouched, wear = capacity[0], []
    for t, sent in enumerate(touches):
        if t:
            untouched *= math.exp(-touches[t - 1] / capacity[t - 1])
            untouched += capacity[t] - capacity[t - 1]
        x = sent / capacity[t]
        wear.append(untouched / capacity[t] * (-math.expm1(-x) / x if x > 0 else 1.0))
    return wear


def _worked_in_order(touches: Series, capacity: Series) -> Series:
    used, wear = 0.0, []
    for sent, room in zip(touches, capacity, strict=True):
        if sent == 0:
            wear.append(1.0 if used < room else 0.0)
        else:
            wear.append(min(sent, room - used) / sent)
        used = min(room, used + sent)
    return wear


def _season(stage: Stage, months: int) -> Series:
    """The multiplier of each month, and of the tail: the mean of the last twelve."""
    factors = list(stage.by_month) or [1.0] * months
    last = factors[-12:]
    return [*factors, sum(last) / len(last)]


def _share(stage: Stage, stages: tuple[Stage, ...], months: int) -> Series:
    """The share of an exclusive stage: by month at most 1, and divided where they all add to more than 1."""
    siblings = [s for s in stages if s.exclusive and s.of == stage.of]
    shares = {s.key: [min(1.0, s.rate * f) for f in _season(s, months)] for s in siblings}
    return [shares[stage.key][t] / max(1.0, sum(shares[s.key][t] for s in siblings)) for t in range(months + 1)]


def _rate(plan: Plan, channel: Channel, stage: Stage, stages: tuple[Stage, ...], counted: Counted) -> Series:
    """The rate by month, after season, wear, assists and the main sibling; wear and assists stand still in the tail."""
    rate = [stage.rate * f for f in _season(stage, plan.months)]
    if stage.exclusive:
        rate = _share(stage, stages, plan.months)
    if stage.tires:
        wear = _wear(plan, channel, counted)
        rate = [r * w for r, w in zip(rate, [*wear, wear[-1]], strict=True)]
    for assist in plan.assists:
        if assist.stage == f"{channel.key}.{stage.key}" and (assist.source, "") in counted.own:
            touches = counted.arrivals(assist.source, "")
            lift = [1 + assist.lift * (1 - math.exp(-touches[t] / assist.scale)) for t in range(plan.months)]
            rate = [r * up for r, up in zip(rate, [*lift, lift[-1]], strict=True)]
    rate = [min(1.0, r) for r in rate]
    if stage.exclusive:
        for sibling in stages:
            if sibling.main and sibling.of == stage.of:
                main = _rate(plan, channel, sibling, stages, counted)
                rate = [r * (1 - m) for r, m in zip(rate, main, strict=True)]
    return rate


def _arrivals(plan: Plan, channel: Channel, counted: Counted) -> None:
    stages = merged(channel.stages, plan.sales)
    done = {None: ""}
    while len(done) <= len(stages):
        for stage in stages:
            if stage.of in done and stage.key not in done:
                done[stage.key] = stage.key
                rate = _rate(plan, channel, stage, stages, counted)
                counted.rate[channel.key, stage.key] = rate
                for counts in (counted.own, counted.born):
                    parents = counts[channel.key, done[stage.of]]
                    counts[channel.key, stage.key] = _delayed(parents, rate, stage, plan.months)
                for opening in plan.opening:
                    if opening.stage == f"{channel.key}.{stage.key}":
                        counted.born[channel.key, stage.key][0] += opening.count


def _deals(plan: Plan, channel: Channel, counted: Counted) -> None:
    deal = channel.deal or plan.deal
    won = [0.0] * (plan.months + 1)
    if (channel.key, "won") in counted.own:
        won = counted.arrivals(channel.key, "won")
    counted.revenue[channel.key] = scaled(won, deal.value)
    counted.gross_profit[channel.key] = scaled(won, deal.value * deal.gross_margin)


def _delayed(parents: Series, rate: Series, stage: Stage, months: int) -> Series:
    accepted = [n * r for n, r in zip(parents, rate, strict=True)]
    if stage.delay is None:
        return accepted
    p = shares(stage.delay.median_days, stage.delay.p90_ratio, months)
    arrived = [sum(accepted[t - d] * p[d] for d in range(t + 1)) for t in range(months)]
    later = sum(accepted[t] * (1 - sum(p[: months - t])) for t in range(months))
    return [*arrived, later + accepted[-1]]


def _hours(plan: Plan, active: list[Channel], counted: Counted) -> None:
    none = [0.0] * (plan.months + 1)
    for channel in active:
        parts = [none]
        for effort in plan.efforts:
            head, _, stage = effort.stage.partition(".")
            if head in (channel.key, "sales") and (channel.key, stage) in counted.own:
                parts.append(scaled(counted.arrivals(channel.key, stage), effort.minutes / 60))
        counted.hours[channel.key] = added(*parts)
    days = working_days(plan.country, plan.start, plan.months)
    for t in range(plan.months):
        reps = able = plan.team.reps
        for hire in plan.team.hires:
            since = t - hire.month
            if since >= 0:
                reps += hire.reps
                able += hire.reps * (1.0 if hire.reps < 0 else _ramped(since, plan.team.ramp_months))
        counted.payroll.append(max(0.0, reps))
        counted.hours_available.append(max(0.0, able) * plan.team.hours_per_day * days[t])


def _ramped(since: int, ramp: float) -> float:
    """∫ min(1, x / ramp) dx over the month: the rising part, then the flat part."""
    if since >= ramp:
        return 1.0
    end = min(since + 1.0, ramp)
    return (end**2 - since**2) / (2 * ramp) + (since + 1 - end)


def _costs(plan: Plan, active: list[Channel], counted: Counted) -> None:
    keys = [channel.key for channel in active]
    none = [0.0] * (plan.months + 1)
    direct = dict.fromkeys(keys, none)
    shared = none
    for cost in plan.costs:
        head = cost.per.partition(".")[0] if "." in cost.per else "sales"
        owner = cost.channel or (None if head == "sales" else head)
        if owner is not None and owner not in keys:
            continue
        basis = _per(plan, cost, keys if cost.channel is None else [cost.channel], counted)
        row = _charged(plan, cost, basis)
        counted.cost_rows[cost.key] = row
        if owner is None:
            shared = added(shared, row)
        else:
            direct[owner] = added(direct[owner], row)
    team = [reps * plan.team.cost_per_month for reps in counted.payroll] + [0.0]
    shared = added(shared, team)
    counted.cost = added(shared, *direct.values())
    weights, later = _weights(keys, counted, slice(0, plan.months)), _weights(keys, counted, slice(plan.months, None))
    for key in keys:
        part = [amount * weights[key] for amount in shared[:-1]] + [shared[-1] * later[key]]
        counted.cost_of[key] = added(direct[key], part)


def _charged(plan: Plan, cost: Cost, basis: Series) -> Series:
    """The amount in the months in which it is charged, a whole step at a time where it has steps."""
    last = plan.months if cost.last is None else cost.last
    out = [0.0] * (plan.months + 1)
    for t in range(plan.months):
        if cost.first <= t <= last:
            steps = basis[t]
            if cost.step is not None:
                steps = max(1, math.ceil(basis[t] / cost.step - 1e-9)) if basis[t] > 1e-9 else 0
            out[t] = cost.amount * steps
    if cost.first < plan.months <= last:
        out[-1] = cost.amount * basis[-1] / (cost.step or 1.0)
    return out


def _per(plan: Plan, cost: Cost, keys: list[str], counted: Counted) -> Series:
    """What the amount is multiplied by. `keys`: whose revenue, hours and sales count."""
    none = [0.0] * (plan.months + 1)
    if cost.per == "month":
        return [1.0] * plan.months + [0.0]
    if cost.per == "once":
        return [float(t == cost.first) for t in range(plan.months)] + [0.0]
    if cost.per == "hour":
        return added(none, *(counted.hours[key] for key in keys))
    if cost.per == "revenue":
        return added(none, *(counted.revenue[key] for key in keys))
    head, _, stage = cost.per.partition(".")
    if head != "sales":
        return counted.at(cost.per)
    return added(none, *(counted.arrivals(key, stage) for key in keys if (key, stage) in counted.own))


def _weights(keys: list[str], counted: Counted, part: slice) -> dict[str, float]:
    """Each channel's part of what is shared: by hours, else appointments, touches, evenly."""
    nothing: Series = [0.0] * len(counted.cost)
    for basis in (
        counted.hours,
        {key: counted.arrivals(key, "appointment") if (key, "appointment") in counted.own else nothing for key in keys},
        {key: counted.arrivals(key, "") for key in keys},
    ):
        sums = {key: sum(basis[key][part]) for key in keys}
        sums = {key: value if value >= 1e-9 * sum(basis[key]) else 0.0 for key, value in sums.items()}
        if sum(sums.values()) > 0:
            return {key: value / sum(sums.values()) for key, value in sums.items()}
    return {key: 1.0 / len(keys) for key in keys}
