"""How fast draws and swings are, as ratios measured side by side.

    OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.bench_simulation

Candidates run in turn, in processor time, so that other work on the machine changes little; a ratio is the median over
the rounds. Random numbers are what scipy takes to make them, every round anew. A question asked again of a changed plan
(a slider moves) has its normals at hand; one with a new seed has not: both are printed.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Callable, Sequence
from itertools import count
from statistics import median
from time import perf_counter, process_time

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from planner.ask.sensitivity import tornado
from planner.ask.uncertainty.inputs import uncertain_inputs
from planner.ask.uncertainty.simulation import Series, simulate
from planner.measure.metrics import measure
from planner.plan import Plan, Range, replace
from planner.plan.levers import levers
from planner.plan.metrics import keys_for
from planner.plan.starter import starter
from tests.benchmarks.bench_engine import using_all

DRAWS = 10_000
ENDS = (0.1, 0.9)

Run = Callable[[], object]


def compare(what: str, run: Run, basis: Run, *, goal: str = "", rounds: int = 15) -> None:
    """Print the median times, the median of their ratios and, for a busy machine, the ratio of the best times."""
    times: dict[Run, list[float]] = {run: [], basis: []}
    for _ in range(rounds + 1):
        for candidate, seconds in times.items():
            start = process_time()
            candidate()
            seconds.append(process_time() - start)
    left, right = (seconds[1:] for seconds in times.values())  # the first round only warms up
    ratio = median(a / b for a, b in zip(left, right, strict=True))
    both = f"{median(left) * 1e3:.1f} ms ÷ {median(right) * 1e3:.1f} ms"
    print(f"{what}: {both} = {ratio:.2f}, at best {min(left) / min(right):.2f} {goal}")


def with_counts(plan: Plan, draws: int, figures: Sequence[str], goal: float) -> None:
    """Everything, against the same random numbers alone: normals, then appointments and deals by channel."""
    dimensions = 1 + len(uncertain_inputs(plan))
    expected = simulate(plan, draws=draws, counts=False)
    keys = [c.key for c in plan.channels if measure(plan, "appointments", channel=c.key) > 0]
    counts = [[expected.values(m, channel=key) for m in ("touches", "appointments", "won")] for key in keys]
    rng = np.random.Generator(np.random.SFC64(0))
    series, seeds = tuple(map(Series, figures)), count(1)

    def numbers() -> None:
        points = qmc.Sobol(dimensions, scramble=True, seed=np.random.default_rng(0)).random(power_of_two(draws))
        ndtri(np.ascontiguousarray(points[:draws].T))
        for touches, appointments, won in counts:
            booked = rng.binomial(np.rint(touches).astype(np.int64), np.minimum(appointments / touches, 1.0))
            rng.binomial(booked, won / appointments)

    def asked_again() -> None:
        simulate(plan, draws=draws).keep(*series)

    def asked_first() -> None:
        simulate(plan, draws=draws, seed=next(seeds)).keep(*series)

    what = f"{draws} draws with counts, {len(series)} key figures ÷ their random numbers"
    compare(what, asked_again, numbers, goal=f"(goal ≤ {goal})", rounds=40)
    compare("  with a new seed each time", asked_first, numbers, rounds=40)


def power_of_two(draws: int) -> int:
    return 1 << (draws - 1).bit_length()


def against_squigglepy(plan: Plan) -> None:
    """Deals of all channels, rates only; there the levers are log-normal, without delays and worn audiences."""
    try:
        import squigglepy as sq
    except ImportError:
        print("squigglepy is not installed: left out")
        return
    of_sales = [f"sales.{s.key}.rate" for s in plan.sales if s.main]
    chains = [(c.volume, [*(f"{c.key}.{s.key}.rate" for s in c.stages if s.main), *of_sales]) for c in plan.channels]
    seeds = count(1)

    def theirs() -> None:
        drawn = {r.path: sq.lognorm(r.low, r.high, credibility=80) @ DRAWS for r in plan.ranges}
        deals = sum(volume * np.prod([drawn[p] for p in path if p in drawn], axis=0) for volume, path in chains)
        np.quantile(deals, ENDS)

    def asked_again() -> None:
        simulate(plan, draws=DRAWS, counts=False).quantiles("won", ENDS)

    def asked_first() -> None:
        simulate(plan, draws=DRAWS, counts=False, seed=next(seeds)).quantiles("won", ENDS)

    compare(f"{DRAWS} draws of rates only, deals ÷ squigglepy", asked_again, theirs, goal="(goal < 1)")
    compare("  with a new seed each time", asked_first, theirs)


def sobol_against_plain(plan: Plan) -> None:
    """Draws and time to bring the 10th and 90th percentile of deals within 1 % in 95 of 100 runs."""
    plan = replace(plan, correlation=0.0)
    uncertain = uncertain_inputs(plan)
    truth = simulate(plan, draws=2**18, counts=False).quantiles("won", ENDS)

    def sobol(draws: int, seed: int) -> np.ndarray:
        return simulate(plan, draws=draws, seed=seed, counts=False).quantiles("won", ENDS)

    def plain(draws: int, seed: int) -> np.ndarray:
        z = np.random.default_rng(seed).standard_normal((len(uncertain), draws))
        moves = {b.path: b.at(row) for b, row in zip(uncertain, z, strict=True)}
        return np.quantile(measure(plan, "won", moves), ENDS)

    def needed(run: Callable[[int, int], np.ndarray]) -> int:
        sizes = 2 ** np.arange(9, 15)
        misses = [[np.abs(run(int(n), seed) / truth - 1).max() for seed in range(1, 25)] for n in sizes]
        slope, start = np.polyfit(np.log(sizes), np.log(np.quantile(misses, 0.95, axis=1)), 1)
        return int(np.exp((np.log(0.01) - start) / slope))

    few, many = needed(sobol), needed(plain)
    print(f"draws to 1 % of P10 and P90 of deals: Sobol {few} ÷ plain {many} = {few / many:.2f} (goal ≤ 0.5)")
    compare("time to the same", lambda: sobol(few, 0), lambda: plain(many, 0), rounds=5)


def sixty_inputs(plan: Plan) -> None:
    kinds = ("rate", "sum of money", "volume")
    inputs = [x for x in levers(plan) if x.kind.key in kinds and x.value > 0 and 1.2 * x.value < x.kind.high]
    wide = replace(plan, ranges=tuple(Range(x.path, x.value / 1.1, x.value * 1.1) for x in inputs[:60]))
    what = f"tornado of {len(wide.ranges)} inputs ÷ one forecast"
    compare(what, lambda: tornado(wide, "won"), lambda: measure(wide, "won"), goal="(goal ≤ 15)", rounds=60)


def a_million(plan: Plan) -> None:
    start, before = perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    low, middle, high = simulate(plan, draws=1_000_000).quantiles("won")
    seconds, grown = perf_counter() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"a million draws: {seconds:.1f} s, {grown:.0f} MB more; deals {low:.0f} – {middle:.0f} – {high:.0f}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--million", action="store_true", help="a million draws as well, first")
    full = starter()
    if arguments.parse_args().million:
        a_million(full)
    with_counts(full, 2_000, keys_for("strip"), 2.5)
    with_counts(full, DRAWS, keys_for("simulated"), 1.3)
    against_squigglepy(full)
    using_everything = using_all(full)
    print("\nThe starter with all that a plan can hold")
    with_counts(using_everything, 2_000, keys_for("strip"), 2.5)
    with_counts(using_everything, DRAWS, keys_for("simulated"), 1.3)
    print()
    sixty_inputs(full)
    sobol_against_plain(full)
