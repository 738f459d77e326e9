"""What the README shows runs."""

from __future__ import annotations

import re
from pathlib import Path

from planner import levers, read_actuals, starter

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


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


def test_the_tour_visits_every_page_by_its_title() -> None:
    titles = re.findall(r'title="(.+?)"', (ROOT / "pages" / "frame.py").read_text("utf-8"))
    tour = README.partition("## A tour of ten minutes")[2].partition("\n## ")[0]
    bold = " ".join(re.findall(r"\*\*(.+?)\*\*", tour))
    assert len(titles) > 10
    assert [title for title in titles if title not in bold] == []


def test_what_the_readme_calls_by_its_label_has_that_label_on_the_screen() -> None:
    code = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "pages").rglob("*.py")))
    names = {lever.title for lever in levers(starter())}
    labels = {" ".join(label.split()) for label in re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", README)}
    assert len(labels) > 5
    assert sorted(label for label in labels - names if f'"{label}"' not in code) == []
