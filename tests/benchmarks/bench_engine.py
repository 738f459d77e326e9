"""How fast the engine is, as ratios to what the same numbers cost by hand: `python -m tests.benchmarks.bench_engine`.

Candidates run in turn; a ratio is the median over the rounds of what a candidate took in a round to what the basis took
in it, in processor time, so that other work on the machine changes little. Goals, for a plan that uses no rates by
month, lists in order, paces, steps or deals of single channels: a forecast at most 1.05 times a hand-written numpy
calculation of the same arrivals (`by_hand`, its arrays laid out beforehand), 1.7 times with money; 10 000 moves over
every rate at most 5 times multiplying them for deals, 8 times with hours and cost, 1.4 times multiplying the arrival
arrays for months. A plan that uses all of it is printed beside, against the same basis where it can be.
"""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle

import numpy as np
import pandas as pd

from planner.engine import Forecast, forecast
from planner.engine.batch import Array
from planner.engine.delay import kernel
from planner.plan import Channel, Plan, merged, replace
from planner.plan.edit import seasonal
from planner.plan.levers import levers, pull
from planner.plan.starter import starter
from tests.oracle import oracle
from tests.strategies import plain

MOVES = 10_000


@dataclass(frozen=True)
class Step:
    """One stage by hand: where its parent stands, its rate, its Toeplitz matrix, and what changes the rate."""

    parent: int
    rate: float
    delay: Array | None
    rival: int
    capacity: float
    lift: tuple[float, float] | None


@dataclass(frozen=True)
class Chain:
    """A channel by hand: its stages in order, and by stage the row where its arrivals stand (touches in row 0)."""

    key: str
    volume: float
    feeds: tuple[tuple[str, float], ...]
    row_of: dict[str, int]
    steps: tuple[Step, ...]


def chain(plan: Plan, channel: Channel) -> Chain:
    """What `by_hand` lays out of a channel beforehand."""
    tree = merged(channel.stages, plan.sales)
    mains = {stage.of: stage.key for stage in tree if stage.main}
    waiting, row_of, steps = sorted(tree, key=lambda stage: stage.exclusive), {"": 0}, []
    while waiting:
        stage = next(stage for stage in waiting if (stage.of or "") in row_of)
        waiting.remove(stage)
        row_of[stage.key] = len(row_of)
        lifts = [(a.lift, a.scale) for a in plan.assists if a.stage == f"{channel.key}.{stage.key}"]
        steps.append(Step(
            row_of[stage.of or ""], stage.rate,
            kernel(stage.delay.median_days, stage.delay.p90_ratio, plan.months) if stage.delay else None,
            row_of[mains.get(stage.of, "")] if stage.exclusive else 0,
            (channel.audience or 0.0) * channel.touches_per_contact if stage.tires else 0.0,
            next(iter(lifts), None),
        ))  # fmt: skip
    feeds = tuple((feed.source, feed.share) for feed in plan.feeds if feed.channel == channel.key)
    return Chain(channel.key, channel.volume, feeds, row_of, tuple(steps))


def by_hand(plan: Plan) -> Callable[[], Array]:
    """The arrivals of a plan stage by stage in numpy, its arrays laid out beforehand. Shape (stages, months + 1)."""
    chains = [chain(plan, channel) for channel in plan.channels]

    def run() -> Array:
        arrivals: dict[str, Array] = {}
        channels = []
        for work in chains:
            rows = np.zeros((len(work.steps) + 1, plan.months + 1))
            rates = np.ones_like(rows)
            rows[0, :-1] = work.volume
            for source, share in work.feeds:
                rows[0] += share * arrivals[source]
            if work.key == "ads":
                ads = rows[0]
            for i, step in enumerate(work.steps, 1):
                rate = np.full(plan.months + 1, step.rate)
                if step.capacity:
                    x = rows[0, :-1] / step.capacity
                    rate[:-1] *= np.exp(x - np.cumsum(x)) * -np.expm1(-x) / x
                    rate[-1] = rate[-2]
                if step.lift:
                    rate[:-1] = np.minimum(1.0, rate[:-1] * (1 - step.lift[0] * np.expm1(-ads[:-1] / step.lift[1])))
                    rate[-1] = rate[-2]
                if step.rival:
                    rate *= 1 - rates[step.rival]
                rates[i] = rate
                arrived = rows[step.parent] * rate
                rows[i] = arrived if step.delay is None else arrived @ step.delay
            arrivals.update({f"{work.key}.{stage}": rows[row] for stage, row in work.row_of.items()})
            channels.append(rows)
        return np.concatenate(channels)

    return run


def by_pandas(plan: Plan) -> Callable[[], float]:
    """The main path in pandas: a frame of channels by months, merged with its rates; delays shift within a channel."""
    months = pd.DataFrame({"month": range(plan.months)})
    table = pd.DataFrame({"channel": c.key, "volume": c.volume} for c in plan.channels)
    rates = pd.DataFrame(
        {"channel": c.key, "stage": s.key, "rate": s.rate}
        for c in plan.channels for s in merged(c.stages, plan.sales) if s.main
    )  # fmt: skip
    order = list(dict.fromkeys(rates["stage"]))
    delays = {s.key: s.delay for c in plan.channels for s in merged(c.stages, plan.sales) if s.delay}
    shares = {k: kernel(d.median_days, d.p90_ratio, plan.months)[0, :-1] for k, d in delays.items()}

    def run() -> float:
        frame = table.merge(months, how="cross")
        frame["n"] = frame["volume"]
        for stage in order:
            frame = frame.merge(rates[rates["stage"] == stage][["channel", "rate"]], on="channel", how="left")
            frame["n"] = frame["n"] * frame.pop("rate").fillna(1.0)
            if stage in shares:
                by = frame.groupby("channel")["n"]
                frame["n"] = sum(by.shift(d, fill_value=0.0) * share for d, share in enumerate(shares[stage]))
        return float(frame["n"].sum())

    return run


def everything(plan: Plan) -> Forecast:
    """What a screen asks of a forecast: arrivals, hours, cost."""
    whole = forecast(plan)
    whole.count("won", "months")
    whole.costs("months")
    whole.hours("months")
    return whole


@dataclass(frozen=True)
class Times:
    """Seconds of processor time of each candidate, by round."""

    rounds: dict[str, list[float]]

    def seconds(self, name: str) -> float:
        """The median of a candidate."""
        return statistics.median(self.rounds[name])

    def ratio(self, name: str, basis: str) -> float:
        """The median of what a candidate took of the basis in the same round."""
        return statistics.median(a / b for a, b in zip(self.rounds[name], self.rounds[basis], strict=True))


def time_all(candidates: Mapping[str, tuple[Callable[[], object], int]], rounds: int = 9) -> Times:
    """Each candidate run in turn, in rounds of so many runs each; a first round only warms up."""
    times: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds + 1):
        for name, (run, runs) in candidates.items():
            gc.collect()
            start = time.process_time()
            for _ in range(runs):
                run()
            times[name].append((time.process_time() - start) / runs)
    return Times({name: seconds[1:] for name, seconds in times.items()})


def show(title: str, times: Times, basis: str, goals: Mapping[str, float]) -> None:
    print(f"\n{title}")
    for name in times.rounds:
        goal = f"   goal ≤ {goals[name]:g}" if name in goals else ""
        print(f"  {name:<58}{times.seconds(name) * 1e3:10.3f} ms {times.ratio(name, basis):9.2f} ×{goal}")


def single() -> None:
    plan = plain(replace(starter(), ranges=()))
    hand, pandas = by_hand(plan), by_pandas(plan)
    assert np.isclose(hand().sum(), all_arrivals(plan), rtol=1e-12)
    pulled, whole = slider(plan), slider(using_all(replace(starter(), ranges=())))
    names = ("forecast(plan): every arrival", "forecast(plan), with deals, hours and cost by month")
    times = time_all({
        "arrivals by hand in numpy": (hand, 50),
        names[0]: (lambda: forecast(next(pulled)), 50),
        names[1]: (lambda: everything(next(pulled)), 50),
        "every arrival of a plan that uses all": (lambda: forecast(next(whole)), 50),
        "the same with deals, hours and cost by month": (lambda: everything(next(whole)), 50),
        "pandas, main path only": (pandas, 2),
        "plain loops": (lambda: oracle(plan), 3),
    })  # fmt: skip
    show("One forecast of the starter plan, a slider moved each time", times, "arrivals by hand in numpy",
         dict(zip(names, (1.05, 1.7), strict=True)))  # fmt: skip


def slider(plan: Plan) -> Iterator[Plan]:
    """The plan with a rate pulled to and fro: no forecast of it is at hand from before."""
    rates = np.linspace(0.5, 1.5, 50) * plan.channels[1].stages[1].rate
    path = f"{plan.channels[1].key}.{plan.channels[1].stages[1].key}.rate"
    return cycle([pull(plan, path, float(min(rate, 1.0))) for rate in rates])


def all_arrivals(plan: Plan) -> float:
    """Touches and arrivals at every stage, plan and tail together."""
    whole = forecast(plan)
    places = [(channel.key, stage.key) for channel in plan.channels for stage in merged(channel.stages, plan.sales)]
    places += [(channel.key, "") for channel in plan.channels]
    return sum(float(whole.count(stage, "all", channel)) for channel, stage in places)


def using_all(plan: Plan) -> Plan:
    """The plan with rates by month, profiles, a step in a cost and a deal of a channel; its lists are in order."""
    channels = tuple(replace(c, deal=plan.deal) if c.key == "linkedin" else c for c in plan.channels)
    costs = tuple(replace(c, step=1000.0) if c.per == "email.sent" else c for c in plan.costs)
    return seasonal(replace(plan, channels=channels, costs=costs))


def batch(plan: Plan, title: str) -> None:
    print(f"\n-- {title}")
    rng = np.random.default_rng(7)
    rates = [item for item in levers(plan) if item.path.endswith(".rate")]
    moves = {item.path: item.value * rng.uniform(0.8, 1.0, MOVES) for item in rates}
    paths = list(forecast(plan).arrivals)
    shapes = [forecast(plan).arrivals[path][:, None] for path in paths]
    scale = rng.uniform(0.8, 1.0, MOVES)

    def multiply() -> Array:
        product = np.ones(MOVES)
        for values in moves.values():
            product = product * values
        return product

    def hours_and_cost() -> None:
        batch = forecast(plan, moves)
        batch.costs("plan")
        batch.hours("plan")

    names = ("multiplying the moves", "forecast(plan, moves): deals", "the same with hours and cost")
    times = time_all({
        names[0]: (multiply, 20),
        names[1]: (lambda: forecast(plan, moves).count("won", "plan"), 10),
        names[2]: (hours_and_cost, 10),
    })  # fmt: skip
    show(f"{MOVES:,} moves over {len(moves)} rates, totals", times, names[0], {names[1]: 5.0, names[2]: 8.0})
    months = ("multiplying every arrival array", "forecast(plan, moves): every arrival by month")
    times = time_all({
        months[0]: (lambda: [shape * scale for shape in shapes], 1),
        months[1]: (lambda: [*forecast(plan, moves).arrivals.values()], 1),
    }, rounds=9)  # fmt: skip
    show(f"{MOVES:,} moves over {len(moves)} rates, {len(paths)} arrivals by month", times, months[0], {months[1]: 1.4})
    tracemalloc.start()
    forecast(plan, moves).costs("plan")
    totals = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.reset_peak()
    forecast(plan, moves).costs("months")
    by_month, of_moves = tracemalloc.get_traced_memory()[1] / 1e6, sum(to.nbytes for to in moves.values()) / 1e6
    tracemalloc.stop()
    print(f"\n  peak memory beside {of_moves:.1f} MB of moves: cost {totals:.1f} MB, cost by month {by_month:.1f} MB")


if __name__ == "__main__":
    single()
    bare = replace(starter(), ranges=())
    batch(plain(bare), "the starter without what later plans can hold")
    batch(using_all(bare), "the starter with all of it")
