"""The workbook is the plan: LibreOffice works out every figure as the engine does, for any input and any scenario."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from planner.engine import forecast
from planner.errors import PlanError
from planner.export.workbook import book, to_xlsx
from planner.export.workbook.book import tabs
from planner.export.workbook.inputs import CHOICE, SHEET, USED, sides
from planner.export.workbook.sheet import FIRST, Sheet, column
from planner.keep.workspace import Workspace
from planner.measure.metrics import METRICS, Metric, read
from planner.plan import Hire, Plan, replace
from planner.plan.levers import levers, pull
from planner.plan.starter import starter
from tests import strategies
from tests.export.workbook.engine import close, differences
from tests.export.workbook.office import Book, recalculated, with_cells
from tests.export.workbook.office import read as values_of

KNOWN = {
    "ABS", "AND", "AVERAGE", "COUNT", "COUNTIF", "EXP", "FIND", "IF", "INDEX", "ISNUMBER", "LEFT", "LN", "MAX", "MIN",
    "NORM.S.DIST", "ROUNDUP", "SUM", "SUMPRODUCT", "VALUE",
}  # fmt: skip


def some_plans(number: int, start: int) -> list[Plan]:
    """Plans of every structure, always the same for a start."""
    drawn: list[Plan] = []

    @seed(start)
    @settings(max_examples=number, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(strategies.plans())
    def draw(plan: Plan) -> None:
        drawn.append(plan)

    draw()
    return drawn[:number]


def shown_wrong(recalculation: Book, work: Workspace) -> list[str]:
    """Cells whose formula LibreOffice works out to another value than the file shows, and checks that do not hold."""
    wrong = []
    for tab in tabs(*sides(work)):
        for cell in tab.page.cells:
            if not cell.formula:
                continue
            value = recalculation[tab.page.name][cell.row][cell.column]
            if isinstance(cell.content, (bool, np.bool_)):
                right = value is True and bool(cell.content)
            else:
                right = value == cell.content if isinstance(cell.content, str) else close(value, float(cell.content))
            if not right:
                wrong.append(f"{tab.page.name}!{column(cell.column)}{cell.row + 1}: {value} is not {cell.content}")
    return wrong


def checked(plans: list[Plan], folder: Path) -> None:
    books = recalculated({f"plan{i}": to_xlsx(Workspace(plan)) for i, plan in enumerate(plans)}, folder)
    for plan, values in zip(plans, books.values(), strict=True):
        assert differences(values, plan) == []
        assert shown_wrong(values, Workspace(plan)) == []


def test_a_spreadsheet_works_out_what_the_engine_does(tmp_path: Path) -> None:
    checked([starter(), *some_plans(3, 2)], tmp_path)


@pytest.mark.long
def test_a_spreadsheet_works_out_what_the_engine_does_for_every_structure(tmp_path: Path) -> None:
    checked(some_plans(50, 7), tmp_path)


def test_inputs_and_scenarios_move_every_figure(tmp_path: Path) -> None:
    plan = starter("ads", "email", "landing")
    plan = replace(plan, team=replace(plan.team, hires=(Hire(3, 1.0),)))
    baseline = pull(plan, "email.replied.rate", 0.003)
    push = replace(pull(plan, "email.volume", 15000.0), country="DE", team=replace(plan.team, hires=()))
    off = replace(plan, channels=tuple(replace(c, active=c.kind != "email") for c in plan.channels))
    work = Workspace(plan, baseline=baseline).with_scenario("Push", push).with_scenario("No e-mail", off)
    data, chosen = to_xlsx(work), f"{column(USED)}{CHOICE + 1}"
    sheet = values_of(data)[SHEET]
    row = {str(cells[1]): number for number, cells in enumerate(sheet, 1)}
    moves = {"sales.won.delay.median_days": 20.0, "email.replied.rate": 0.011, "deal.value": 5000.5, "team.reps": 3.0}
    typed = {f"F{row[path]}": value for path, value in moves.items()}
    moved = plan
    for path, value in moves.items():
        moved = pull(moved, path, value)
    books = recalculated(
        {
            "moved": with_cells(data, SHEET, typed),
            "baseline": with_cells(data, SHEET, {chosen: "2 Baseline"}),
            "push": with_cells(data, SHEET, {chosen: "3 Push"}),
            "off": with_cells(data, SHEET, {chosen: "4 No e-mail"}),
        },
        tmp_path,
    )
    for name, expected in {"moved": moved, "baseline": baseline, "push": push, "off": off}.items():
        assert differences(books[name], expected) == []
        assert books[name]["Key figures"][3][3] is True
    assert books["push"]["Key figures"][2][3] == "3 Push"


def test_a_file_that_shows_other_figures_is_seen() -> None:
    data = to_xlsx(Workspace(starter("email")))
    assert differences(values_of(data), starter("email")) == []
    assert differences(values_of(data), pull(starter("email"), "email.replied.rate", 0.0051)) != []


@pytest.mark.parametrize("plan", some_plans(20, 3))
def test_the_file_shows_the_figures_of_the_engine_before_anything_is_worked_out(plan: Plan) -> None:
    assert differences(values_of(to_xlsx(Workspace(plan))), plan) == []


def test_every_number_of_the_plan_is_an_input_with_its_label() -> None:
    plan = starter()
    rows = {str(row[1]): row for row in values_of(to_xlsx(Workspace(plan)))[SHEET]}
    for lever in levers(plan):
        assert (rows[lever.path][0], rows[lever.path][5]) == (lever.label, lever.value)


def normal(formula: str, place: int) -> str:
    """A formula with its columns told from where it stands, as R1C1 has them."""

    def told(match: re.Match[str]) -> str:
        letters = match[1]
        number = sum(26**power * (ord(letter) - 64) for power, letter in enumerate(reversed(letters))) - 1
        return f"[{number - place}]{match[2]}"

    return re.sub(r"(?<![$A-Za-z'])([A-Z]{1,2})(\$?\d+)", told, formula)


def formulas(check: Callable[[Sheet, int, dict[int, str]], None], plan: Plan) -> None:
    for tab in tabs(*sides(Workspace(plan))):
        if isinstance(tab.page, Sheet):
            rows: dict[int, dict[int, str]] = {}
            for cell in tab.page.cells:
                if cell.formula and FIRST <= cell.column < FIRST + tab.page.months:
                    rows.setdefault(cell.row, {})[cell.column] = cell.formula
            for number, row in rows.items():
                check(tab.page, number, row)


def test_a_row_has_one_formula_across_all_months() -> None:
    def check(page: Sheet, number: int, row: dict[int, str]) -> None:
        assert len(row) == page.months
        assert len({normal(formula, place) for place, formula in row.items()}) == 1, (page.name, number, row)

    for plan in (starter(), *some_plans(5, 4)):
        formulas(check, plan)


def test_formulas_use_only_functions_that_excel_and_libreoffice_know() -> None:
    used = set()
    for plan in (starter(), *some_plans(5, 4)):
        for tab in tabs(*sides(Workspace(plan))):
            for cell in tab.page.cells:
                used |= set(re.findall(r"(?:_xlfn\.)?([A-Z][A-Z.]*)\(", cell.formula))
    assert used <= KNOWN


def test_no_formula_is_longer_than_a_spreadsheet_takes() -> None:
    plan = starter("email")
    deals = [replace(plan.deal, value=1000.0 + number) for number in range(40)]
    channels = tuple(
        replace(plan.channels[0], key=f"email_{i}", label=f"Channel of its own, number {i}", deal=deal)
        for i, deal in enumerate(deals)
    )
    plan = replace(plan, channels=(*plan.channels, *channels), months=2, ranges=())
    longest = max(len(cell.formula) for tab in tabs(*sides(Workspace(plan))) for cell in tab.page.cells)
    assert longest < 8192


def test_a_scenario_that_differs_in_more_than_numbers_is_named_and_left_out() -> None:
    work = Workspace(starter("email")).with_scenario("Two channels", starter("email", "phone"))
    sheet = values_of(to_xlsx(work))[SHEET]
    assert "“Two channels”" in str(sheet[2][0])
    assert [cell for cell in sheet[6][5:] if cell] == ["1 The plan", "2 Baseline"]


def test_a_new_ratio_is_in_the_workbook_without_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    metric = Metric(
        "show_rate", "Show rate", "percent", 1, "{held} ÷ {unique_appointments}", "Meetings held.",
        numerator="held", denominator="unique_appointments",
    )  # fmt: skip
    monkeypatch.setitem(METRICS, "show_rate", metric)
    plan = starter("email")
    rows = {str(row[1]): row for row in values_of(to_xlsx(Workspace(plan)))["Key figures"]}
    assert close(rows["show_rate"][3], float(read(forecast(plan), "show_rate")))


def test_same_plan_same_bytes() -> None:
    work = Workspace(starter("email", "phone"))
    assert to_xlsx(work) == to_xlsx(work)


def test_a_plan_too_large_for_a_spreadsheet_is_refused_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = starter("email")
    cells = sum(len(tab.page.cells) for tab in tabs(*sides(Workspace(plan))))
    monkeypatch.setattr(book, "MOST_CELLS", cells - 1)
    with pytest.raises(PlanError, match="shorten the plan or take out channels") as refusal:
        to_xlsx(Workspace(plan))
    assert refusal.value.path == "months"
    monkeypatch.setattr(book, "MOST_CELLS", cells)
    to_xlsx(Workspace(plan))


def test_the_headings_of_columns_wrap_where_they_are_longer_than_a_column_is_wide() -> None:
    work = Workspace(starter("email"))
    names = [tab.page.name for tab in tabs(*sides(work))]
    with ZipFile(BytesIO(to_xlsx(work))) as file:
        styles = file.read("xl/styles.xml").decode().partition("<cellXfs")[2]
        page = file.read(f"xl/worksheets/sheet{names.index('By channel') + 1}.xml").decode()
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles)
    heading = re.search(r'<c r="E6" s="(\d+)"', page)
    assert heading is not None
    assert 'wrapText="1"' in formats[int(heading[1])]


def test_undefined_is_a_dash() -> None:
    plan = pull(starter("email"), "email.volume", 0.0)
    rows = {str(row[1]): row for row in values_of(to_xlsx(Workspace(plan)))["Key figures"]}
    assert rows["cac"][3] == "–"
    assert math.isnan(float(read(forecast(plan), "cac")))
