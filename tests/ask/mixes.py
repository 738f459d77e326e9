"""Plans to spend a budget on: the worked saturating curves, and random ones with everything a budget has to mind."""

from __future__ import annotations

import warnings

import numpy as np
from scipy.optimize import minimize

from planner.ask.limits import Limits
from planner.engine import forecast
from planner.engine.batch import Array
from planner.measure.metrics import read
from planner.plan import Assist, Channel, Cost, Deal, Delay, Effort, Feed, Limit, Plan, Stage, Team, replace

SALES = (
    Stage("unique", "Unique", "appointment", 0.9, None, True),
    Stage("held", "Held", "unique", 0.7, Delay(8.0, 2.0), True),
    Stage("opportunity", "Opportunity", "held", 0.5, None, True),
    Stage("won", "Won", "opportunity", 0.25, Delay(60.0, 2.2), True),
)


def curves(*limits: Limit) -> Plan:
    """One month in which a touch costs 1 and x touches bring a (1 − exp(−x / c)) appointments, for three pairs a, c."""
    channels, costs = [], []
    for key, a, c in (("email", 60, 10000.0), ("phone", 80, 30000.0), ("linkedin", 30, 8000.0)):
        booked = Stage("appointment", "Booked", "sent", a / c, None, main=True, tires=True)
        stages = (Stage("sent", "Sent", None, 1.0), booked)
        channels.append(Channel(key, "custom", key.title(), 40000 / 3, stages, audience=c))
        costs.append(Cost(f"{key}_fee", key, 1.0, f"{key}.sent"))
    sales = (Stage("unique", "Unique", "appointment", 1.0, None, True), Stage("won", "Won", "unique", 0.1, None, True))
    return Plan(
        "Curves", "EUR", "2027-01", 1, "NO", "en", tuple(channels), sales, Deal(1000.0, 0.7),
        costs=tuple(costs), limits=limits,
    )  # fmt: skip


def _channel(rng: np.random.Generator, key: str, months: int) -> Channel:
    drawn = [(rng.random(), float(rng.uniform(1, 60)), float(rng.uniform(1.5, 4))) for _ in range(2)]
    delays = [Delay(days, ratio) if odds < 0.5 else None for odds, days, ratio in drawn]
    stages = (
        Stage("sent", "Sent", None, 1.0),
        Stage("replied", "Replied", "sent", float(rng.uniform(0.005, 0.1)), delays[0], True, False, True),
        Stage("appointment", "Booked", "replied", float(rng.uniform(0.1, 0.9)), delays[1], True),
        Stage("clicked", "Clicked", "sent", float(rng.uniform(0, 0.2))),
    )
    return Channel(
        key, "custom", key, float(rng.uniform(10, 3000)), stages,
        audience=float(rng.uniform(300, 30000)) if rng.random() < 0.85 else None,
        touches_per_contact=float(rng.choice([1.0, 3.0])),
        profile=tuple(rng.uniform(0.2, 2, months).tolist()) if rng.random() < 0.3 else (),
    )  # fmt: skip


def _limited(rng: np.random.Generator, channel: Channel) -> Channel:
    """The channel with a pace, for each rep or sender, or a list that is worked in order; or neither."""
    kind = rng.integers(0, 4)
    if kind == 0:
        return replace(channel, pace=float(rng.uniform(20, 400)))
    if kind == 1:
        return replace(channel, pace=float(rng.uniform(20, 400)), pace_per="sender", senders=float(rng.integers(1, 6)))
    if kind == 2:
        contacts, fresh = float(rng.uniform(300, 10000)), float(rng.choice([0.0, 40.0]))
        return replace(channel, audience=contacts, coverage="in_order", fresh=fresh)
    return channel


def random_plan(rng: np.random.Generator, *, fed: bool = False, helped: bool = False, limited: bool = False) -> Plan:
    """Two to seven channels that tire, with fees, commission, pay by the hour, a team or none, and limits on some."""
    months, n = int(rng.integers(1, 13)), int(rng.integers(2, 8))
    keys, last = [f"c{i}" for i in range(n)], f"c{n - 1}"
    costs = [Cost(f"{key}_fee", key, float(rng.uniform(0.01, 2)), f"{key}.sent") for key in keys]
    costs += [Cost(f"{key}_reply", key, float(rng.uniform(1, 20)), f"{key}.replied") for key in keys[::2]]
    costs += [Cost("commission", "Commission", 0.05, "revenue"), Cost("hourly", "Hourly", 5.0, "hour")]
    costs += [Cost("rent", "Rent", 900.0, "month")]
    efforts = [Effort(f"{key}.sent", float(rng.uniform(0.1, 5))) for key in keys if rng.random() < 0.6]
    limits = [Limit(key, float(rng.uniform(0, 50)), float(rng.uniform(60, 3000))) for key in keys if rng.random() < 0.3]
    clicks = Feed("clicks", "c0.clicked", last, float(rng.uniform(0.1, 1)))
    feeds = (clicks, Feed("replies", f"c{n - 2}.replied", last, 0.5))
    lift, scale = rng.uniform(0.1, 1.5), rng.uniform(200, 5000)
    channels = tuple(_channel(rng, key, months) for key in keys)
    if limited:
        channels = tuple(_limited(rng, channel) for channel in channels)
    return Plan(
        "Random", "EUR", "2027-01", months, "NO", "en", channels, SALES,
        Deal(8000.0, 0.7), Team(float(rng.choice([0.0, 1.0, 3.0])), 5000.0, 6.0), tuple(costs),
        (*efforts, Effort("sales.held", 60.0)), feeds if fed else (),
        (Assist("lift", "c0", f"{last}.replied", float(lift), float(scale)),) if helped else (), limits=tuple(limits),
    )  # fmt: skip


def bounds(plan: Plan) -> tuple[Array, Array]:
    """Least and most volume of each channel, where nothing is said 0 and infinity."""
    limits = {limit.channel: limit for limit in plan.limits}
    low = [limits[c.key].least if c.key in limits else 0.0 for c in plan.channels]
    high = [limits[c.key].most if c.key in limits else None for c in plan.channels]
    return np.array(low), np.array([np.inf if top is None else top for top in high])


def counted(plan: Plan) -> list[Cost]:
    """The costs that a budget is for: per stage of a channel, on the way to an appointment."""
    channels, sales = {c.key for c in plan.channels}, {s.key for s in plan.sales}
    return [c for c in plan.costs if c.per.split(".")[0] in channels and c.per.split(".")[1] not in sales]


def moves_to(plan: Plan, volumes: Array) -> dict[str, Array]:
    """Moves to volumes (n, channels)."""
    return {f"{c.key}.volume": volumes[:, i] for i, c in enumerate(plan.channels)}


def outcomes(plan: Plan, metric: str, volumes: Array, tail: bool = False) -> Array:
    """Value, cost of volumes on top of resting channels and hours of each month: (2 + months, n), by `measure`."""
    batch = forecast(plan, moves_to(plan, np.vstack([0.0 * volumes[:1], volumes])))
    spend = np.zeros(len(volumes) + 1)
    for cost in counted(plan):
        later = batch.tail[cost.per] if tail else 0.0
        spend = spend + cost.amount * (batch.arrivals[cost.per].sum(axis=-1) + later)
    value, hours = read(batch, metric, tail=tail), read(batch, "hours", by_month=True)
    return np.stack([value[1:], spend[1:] - spend[0], *hours[1:].T])


def hours_caps(plan: Plan) -> Array:
    """Hours that may be needed in each month: what the team has, or what the plan needs already; no reps: no end."""
    today = forecast(plan)
    if not today.payroll().any():
        return np.full(plan.months, np.inf)
    return np.asarray(np.maximum(today.hours_available, today.hours("months")))


def feasible(plan: Plan, budget: float, volumes: Array, tail: bool) -> Array:
    """Whether volumes (n, channels) fit the budget and keep every limit, (n,)."""
    spend = outcomes(plan, "won", volumes, tail)[1]
    return np.asarray((spend <= budget) & Limits.of(plan).keeps(forecast(plan, moves_to(plan, volumes))))


def affordable(plan: Plan, metric: str, budget: float, rng: np.random.Generator, count: int, tail: bool) -> Array:
    """`count` random splits that fit the budget and every limit: shape (n, channels).

    Random directions, each followed from the minimum volumes as far as the caps let it (by bisection), some less far.
    """
    low, high = bounds(plan)
    way = rng.dirichlet(np.full(len(low), 0.5), count) * rng.lognormal(0, 1.5, (1, len(low)))
    short, far = np.zeros(count), np.full(count, 1e7)

    def at(reach: Array) -> Array:
        return np.minimum(low + way * reach[:, None], np.minimum(high, 1e8))

    for _ in range(30):
        half = (short + far) / 2
        fits = feasible(plan, budget, at(half), tail)
        short, far = np.where(fits, half, short), np.where(fits, far, half)
    return at(short * np.where(rng.random(count) < 0.8, 1.0, rng.random(count)))


def slsqp(plan: Plan, metric: str, budget: float, top: Array, starts: Array, tail: bool) -> float:
    """The best that scipy's SLSQP reaches from several starts, with slopes by differences, in units of `top`."""
    low, high = bounds(plan)
    high = np.minimum(high, top)
    size, caps = np.maximum(high - low, 1e-9), np.array([budget, *hours_caps(plan)])
    whole = max(abs(outcomes(plan, metric, high[None], tail)[0, 0]), 1e-9)
    norm = np.array([whole, *np.where(np.isfinite(caps) & (caps > 0), caps, 1.0)])
    kept: dict[bytes, tuple[Array, Array]] = {}

    def seen(x: Array) -> tuple[Array, Array]:
        if x.tobytes() not in kept:
            kept.clear()
            step = np.where(x < 0.5, 1e-6, -1e-6)
            around = outcomes(plan, metric, np.maximum(low + np.vstack([x, x + np.diag(step)]) * size, 0.0), tail)
            kept[x.tobytes()] = around[:, 0], (around[:, 1:] - around[:, :1]) / step
        return kept[x.tobytes()]

    rows = np.flatnonzero(np.isfinite(caps))
    best = -np.inf
    for start in starts:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            solved = minimize(
                lambda x: -seen(x)[0][0] / norm[0], start, jac=lambda x: -seen(x)[1][0] / norm[0], method="SLSQP",
                bounds=[(0, 1)] * len(low), options={"maxiter": 200, "ftol": 1e-12},
                constraints={
                    "type": "ineq", "fun": lambda x: ((caps - seen(x)[0][1:]) / norm[1:])[rows],
                    "jac": lambda x: (-seen(x)[1][1:] / norm[1:, None])[rows],
                },
            )  # fmt: skip
        volumes = low + np.clip(solved.x, 0, 1)[None] * size
        within = bool(feasible(plan, budget * (1 + 1e-9), volumes, tail)[0])
        best = max(best, float(outcomes(plan, metric, volumes, tail)[0, 0])) if within else best
    return best


def question(seed: int, **ties: bool) -> tuple[Plan, str, float, bool]:
    """A random plan, metric, budget and basis that its least volumes fit."""
    rng = np.random.default_rng(seed)
    while True:
        plan = random_plan(rng, **ties)
        metric, tail = str(rng.choice(["won", "appointments", "gross_profit", "profit"])), bool(rng.random() < 0.4)
        low, _ = bounds(plan)
        now = np.array([c.volume for c in plan.channels])
        (_, spend, *_), (_, usual, *_) = outcomes(plan, metric, np.stack([low, now]), tail).T
        if feasible(plan, np.inf, low[None], tail)[0]:
            return plan, metric, float(spend + (abs(usual - spend) + 10) * rng.uniform(0.2, 3)), tail
