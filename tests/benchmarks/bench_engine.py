"""How fast the engine is, as ratios to what the same numbers cost by hand: `python -m tests.benchmarks.bench_engine`.

Candidates run in turn, ratios are medians of the rounds. Goals, for a plan that uses no rates by month, lists in order,
paces, steps or deals of single channels: a forecast at most 1.05 times a hand-written numpy calculation of the same
arrivals, 1.7 times with money; 10 000 moves over every rate at most 5 times multiplying them for deals, 8 times with
hours and cost, 1.4 times multiplying the arrival arrays for months. A plan that uses all of it is printed beside.
"""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.engine import Forecast, forecast
from planner.engine.batch import Array
from planner.engine.delay import kernel
from planner.plan import Plan, merged, replace
from planner.plan.edit import seasonal
from planner.plan.levers import levers
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


def by_hand(plan: Plan) -> Callable[[], Array]:
    """The arrivals of a plan stage by stage in numpy, its arrays laid out beforehand. Shape (stages, months + 1)."""
    work = []
    for channel in plan.channels:
        stages, at = list(merged(channel.stages, plan.sales)), {"": 0}
        stages.sort(key=lambda stage: stage.exclusive)
        steps: list[Step] = []
        while stages:
            stage = next(s for s in stages if (s.of or "") in at)
            stages.remove(stage)
            at[stage.key] = len(at)
            main = next((s.key for s in merged(channel.stages, plan.sales) if s.main and s.of == stage.of), "")
            lift = next(((a.lift, a.scale) for a in plan.assists if a.stage == f"{channel.key}.{stage.key}"), None)
            steps.append(Step(
                at[stage.of or ""], stage.rate,
                kernel(stage.delay.median_days, stage.delay.p90_ratio, plan.months) if stage.delay else None,
                at[main] if stage.exclusive else 0,
                (channel.audience or 0.0) * channel.touches_per_contact if stage.tires else 0.0, lift,
            ))  # fmt: skip
        feeds = [(f.source, f.share) for f in plan.feeds if f.channel == channel.key]
        work.append((channel.key, channel.volume, [s.key for s in channel.stages], feeds, at, steps))

    def run() -> Array:
        out, found = [], {}
        for key, volume, keys, feeds, at, steps in work:
            rows = np.zeros((len(steps) + 1, plan.months + 1))
            rates = np.ones_like(rows)
            rows[0, :-1] = volume
            for source, share in feeds:
                rows[0] += share * found[source]
            if key == "ads":
                ads = rows[0]
            for i, step in enumerate(steps, 1):
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
            found.update({f"{key}.{name}": rows[at[name]] for name in keys})
            out.append(rows)
        return np.concatenate(out)

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


def everything(made: Forecast) -> Forecast:
    """What a screen asks of a forecast: arrivals, hours, cost."""
    made.count("won", "months")
    made.costs("months")
    made.hours("months")
    return made


def time_all(candidates: Mapping[str, tuple[Callable[[], object], int]], rounds: int = 9) -> dict[str, float]:
    """Seconds of each candidate, run in turn; medians of rounds of so many runs each."""
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, (run, times) in candidates.items():
            gc.collect()
            start = time.perf_counter()
            for _ in range(times):
                run()
            taken[name].append((time.perf_counter() - start) / times)
    return {name: statistics.median(times) for name, times in taken.items()}


def show(title: str, taken: Mapping[str, float], basis: str, goals: Mapping[str, float]) -> None:
    print(f"\n{title}")
    for name, seconds in taken.items():
        goal = f"   goal ≤ {goals[name]:g}" if name in goals else ""
        print(f"  {name:<58}{seconds * 1e3:10.3f} ms {seconds / taken[basis]:9.2f} ×{goal}")


def single() -> None:
    plan = plain(replace(starter(), ranges=()))
    hand, pandas = by_hand(plan), by_pandas(plan)
    made = forecast(plan)
    stages = [made.count(s.key, "all", c.key).sum() for c in plan.channels for s in merged(c.stages, plan.sales)]
    touches = [made.count("", "all", c.key) for c in plan.channels]
    assert np.isclose(hand().sum(), sum(stages) + sum(touches), rtol=1e-12)
    taken = time_all({
        "arrivals by hand in numpy": (hand, 50),
        "forecast(plan): every arrival": (lambda: forecast(plan), 50),
        "forecast(plan), with deals, hours and cost by month": (lambda: everything(forecast(plan)), 50),
        "pandas, main path only": (pandas, 2),
        "plain loops": (lambda: oracle(plan), 3),
    })  # fmt: skip
    goals = dict(zip((name for name in taken if name.startswith("forecast")), (1.05, 1.7), strict=True))
    show("One forecast of the starter plan", taken, "arrivals by hand in numpy", goals)


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
        out = np.ones(MOVES)
        for values in moves.values():
            out = out * values
        return out

    def one_by_one() -> None:
        for path in paths:
            forecast(plan, moves).arrivals[path]

    names = ("multiplying the moves", "forecast(plan, moves): deals", "the same with hours and cost")
    taken = time_all({
        names[0]: (multiply, 20),
        names[1]: (lambda: forecast(plan, moves).count("won", "plan"), 10),
        names[2]: (lambda: [(made := forecast(plan, moves)).costs("plan"), made.hours("plan")], 5),
    })  # fmt: skip
    show(f"{MOVES:,} moves over {len(moves)} rates, totals", taken, names[0], {names[1]: 5.0, names[2]: 8.0})
    months = ("multiplying every arrival array", "forecast(plan, moves): every arrival by month")
    taken = time_all({
        months[0]: (lambda: [shape * scale for shape in shapes], 1),
        months[1]: (lambda: [*forecast(plan, moves).arrivals.values()], 1),
    }, rounds=5)  # fmt: skip
    show(f"{MOVES:,} moves over {len(moves)} rates, {len(paths)} arrivals by month", taken, months[0], {months[1]: 1.4})
    tracemalloc.start()
    forecast(plan, moves).costs("plan")
    totals = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.reset_peak()
    forecast(plan, moves).costs("months")
    by_month, held = tracemalloc.get_traced_memory()[1] / 1e6, sum(to.nbytes for to in moves.values()) / 1e6
    tracemalloc.stop()
    print(f"\n  peak memory beside {held:.1f} MB of moves: cost {totals:.1f} MB, cost by month {by_month:.1f} MB")


if __name__ == "__main__":
    single()
    bare = replace(starter(), ranges=())
    batch(plain(bare), "the starter without what later plans can hold")
    batch(using_all(bare), "the starter with all of it")
