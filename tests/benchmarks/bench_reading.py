"""How long a long file of a million rows takes to become actuals, against pandas.read_csv of the same file.

Run: python tests/benchmarks/bench_reading.py [rows]
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from planner.actuals.reading import understand
from planner.plan import merged
from planner.plan.starter import starter


def rows_of(rows: int, decimal: str, separator: str) -> bytes:
    """Daily rows of every stage of the starter plan, a count and a cost each."""
    rng, plan = np.random.default_rng(1), starter()
    paths = [(c.key, s.key) for c in plan.channels for s in merged(c.stages, plan.sales)]
    days = np.datetime_as_string(np.arange("2027-01-01", "2028-01-01", dtype="datetime64[D]"))
    places, when = rng.integers(len(paths), size=rows), rng.integers(len(days), size=rows)
    counts, cents = rng.integers(500, size=rows), rng.integers(100_000, size=rows)
    head = separator.join(("period", "channel", "stage", "count", "cost"))
    body = (
        separator.join((days[d], *paths[p], str(n), f"{c // 100}{decimal}{c % 100:02d}"))
        for d, p, n, c in zip(when.tolist(), places.tolist(), counts.tolist(), cents.tolist(), strict=True)
    )
    return "\n".join((head, *body)).encode()


def best(run: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs, in seconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        spent.append(time.perf_counter() - start)
    return min(spent)


def text_of(data: bytes) -> pd.DataFrame:
    """The file as text, nothing taken for a number or for missing."""
    return pd.read_csv(io.BytesIO(data), dtype=str, na_filter=False)


def main() -> None:
    """Prints the ratios."""
    rows, plan = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, starter()
    clean, local = rows_of(rows, ".", ","), rows_of(rows, ",", ";")
    pandas = best(lambda: pd.read_csv(io.BytesIO(clean)))
    typed = best(lambda: text_of(clean).groupby(["period", "channel", "stage"]).size())
    ours = best(lambda: understand(clean, plan))
    theirs = best(lambda: understand(local, plan))
    print(f"{rows:,} rows, {len(clean) / 1e6:.0f} MB: pandas.read_csv {pandas:.2f} s")
    print(f"read as text and grouped by pandas  {typed / pandas:.1f} x")
    print(f"read, checked and summed up         {ours / pandas:.1f} x")
    print(f"the same with decimal commas        {theirs / pandas:.1f} x")


if __name__ == "__main__":
    main()
