"""What the README shows runs."""

from __future__ import annotations

import re
from pathlib import Path

from planner import read_actuals, starter

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def _block(language: str) -> str:
    return re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)[1]  # type: ignore[index]


def test_the_python_example_runs_and_finds_what_it_seeks() -> None:
    names: dict[str, object] = {}
    exec(_block("python"), names)
    enough = names["enough"]
    assert abs(float(names["measure"](enough, "won")) - 5.0) < 1e-6  # type: ignore[operator]


def test_both_shapes_of_csv_are_read_alike() -> None:
    rows = [re.split(r"\s{2,}", line) for line in _block("csv").splitlines()]
    plan = starter(start="2027-01")
    long, wide = ("\n".join(row[i] for row in rows).encode() for i in (0, 1))
    for data in (long, wide):
        actuals = read_actuals(data, plan)
        assert actuals.count("email.sent", plan)[0] == 7800
        assert actuals.count("email.replied", plan)[0] == 41
    assert read_actuals(wide, plan).money("cost", plan, "email")[1] == 540.0
