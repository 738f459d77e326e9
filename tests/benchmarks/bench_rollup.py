"""How long event rows take to become actuals, against DuckDB's own typed count of the same file, and the memory taken.

Run: python -m tests.benchmarks.bench_rollup [rows]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import ibis.backends.duckdb  # noqa: F401  what is imported is no part of the memory
import numpy as np

from planner.actuals.big_files import MEMORY, roll_up_file
from planner.actuals.questions import Answers
from planner.plan import merged
from planner.plan.starter import starter

__all__ = ["main"]

PLAN = starter()
CHUNK = 250_000


def write(path: Path, rows: int, messy: bool) -> None:
    """Rows of messages of one channel, a day and a status each; where messy half of the days as people write them."""
    rng = np.random.default_rng(1)
    days = np.datetime_as_string(np.arange("2027-01-01", "2028-01-01", dtype="datetime64[D]")).tolist()
    written = [f"{day[8:]}.{day[5:7]}.{day[:4]}" for day in days] if messy else days
    stages = [stage.key for stage in merged(PLAN.channels[0].stages, PLAN.sales)]
    sign = ";" if messy else ","
    with path.open("w") as file:
        file.write(sign.join(("date", "channel", "status")) + "\n")
        for _ in range(0, rows, CHUNK):
            when, what = rng.integers(len(days), size=CHUNK).tolist(), rng.integers(len(stages), size=CHUNK).tolist()
            pairs = zip(when, what, strict=True)
            file.write("".join(f"{(days, written)[s % 2][d]}{sign}email{sign}{stages[s]}\n" for d, s in pairs))


def typed(path: Path) -> None:
    """The count that DuckDB makes of the clean file when it is told the types."""
    columns = "{'date': 'DATE', 'channel': 'VARCHAR', 'status': 'VARCHAR'}"
    with duckdb.connect(config={"memory_limit": MEMORY, "preserve_insertion_order": False}) as connection:
        source = f"read_csv(?, header = true, delim = ',', auto_detect = false, columns = {columns})"
        connection.execute(f"SELECT date, channel, status, count(*) FROM {source} GROUP BY ALL", [str(path)]).fetchall()


def spent(run: Callable[[], object]) -> float:
    """Seconds of the shorter of two runs."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Prints the ratios and the memory taken."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    answers = Answers(source="Tool", rows="events")
    with tempfile.TemporaryDirectory() as folder:
        clean, messy = Path(folder, "clean.csv"), Path(folder, "messy.csv")
        write(clean, rows, False)
        write(messy, rows, True)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ours = spent(lambda: roll_up_file(clean, PLAN, answers=answers))
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        theirs, tangled = spent(lambda: typed(clean)), spent(lambda: roll_up_file(messy, PLAN, answers=answers))
    print(f"{rows:,} rows: DuckDB's typed count {theirs:.2f} s, {memory:.0f} MB more for ours")
    print(f"counted as actuals     {ours / theirs:.2f} x that")
    print(f"messy against clean    {tangled / ours:.2f} x")


if __name__ == "__main__":
    main()
