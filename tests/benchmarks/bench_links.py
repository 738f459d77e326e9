"""Whether the time of an answer tells a revoked, an expired and a never-made link apart.

    .venv/bin/python -m tests.benchmarks.bench_links [tries]

Asks a store on SQLite, in a random order, for one link of each kind a thousand times. For each pair of kinds it prints
the difference of the medians as a share of the quartile range, and how often a guess by the best threshold would be
right: 0.50 is a coin. Ends with 1 where a guess does better than chance allows (a rank test, 1 in 1,000).
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import secrets
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from scipy.stats import mannwhitneyu

from planner.errors import BadLink
from planner.keep.codec import to_token
from planner.keep.library import Library
from planner.keep.short_links import Links
from planner.keep.store import Store
from planner.plan.starter import starter

TRIES = 1000
DAY, NOON = dt.date(2027, 3, 15), dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)
RARE = 0.001


def dead(store: Store) -> dict[str, str]:
    """Ids that open nothing, by what became of them, among others that do."""
    links, token, early = Links(store), to_token(starter("email")), DAY - dt.timedelta(40)
    plan = Library(store).save("me", "Budget", token, "Finance", NOON).plan
    for _ in range(50):
        links.keep_link(token, DAY, "me")
    ids = {
        "expired": links.keep_link(token, early, "me", days=30),
        "expired, live": links.keep_version("me", plan, early, author="A", days=30),
        "revoked": links.keep_link(token, DAY, "me"),
        "revoked, live": links.keep_version("me", plan, DAY, author="A"),
        "never made": secrets.token_urlsafe(16),
    }
    for kind in ("revoked", "revoked, live"):
        links.revoke(ids[kind], "me")
    return ids


def times(store: Store, tries: int) -> dict[str, list[float]]:
    """Microseconds of every answer, by kind; the kinds take turns in a random order."""
    links, ids, rng = Links(store), dead(store), random.Random(1)
    taken: dict[str, list[float]] = {kind: [] for kind in ids}
    for number in range(tries + 20):
        for kind in rng.sample(sorted(ids), len(ids)):
            start = time.perf_counter()
            try:
                links.link(ids[kind], DAY)
            except BadLink:
                pass
            else:
                raise AssertionError(f"a link that is {kind} opened")
            if number >= 20:  # the first ones warm up
                taken[kind].append(1e6 * (time.perf_counter() - start))
    return taken


def main() -> int:
    """Prints the comparison; 1 where two kinds can be told apart."""
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else TRIES
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'links.sqlite'}")
        taken = times(store, tries)
        store.close()
    for kind, values in taken.items():
        low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
        print(f"{kind:14} median {middle:7.1f} µs, 10% to 90% {low:.1f} to {high:.1f}")
    pairs = list(itertools.combinations(taken, 2))
    told_apart = False
    for first, second in pairs:
        a, b = np.array(taken[first]), np.array(taken[second])
        test = mannwhitneyu(a, b)
        right = max(test.statistic, a.size * b.size - test.statistic) / (a.size * b.size)
        apart = test.pvalue < RARE / len(pairs)
        told_apart |= bool(apart)
        print(
            f"{first} or {second}: a guess is right {right:.3f} of times{', more than chance allows' if apart else ''}"
        )
    return int(told_apart)


if __name__ == "__main__":
    sys.exit(main())
