"""Our own export and templates come back equal, whatever the channels and stages of a plan are called."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from dataclasses import replace as changed

import pytest
from python_calamine import CalamineWorkbook

from planner.actuals.actuals import UNATTRIBUTED, Actuals, Fact
from planner.actuals.questions import Answers
from planner.actuals.reading import read_actuals
from planner.actuals.writing import actuals_template, to_csv, to_workbook
from planner.plan import Plan, Stage, merged, replace
from planner.plan.starter import starter
from planner.words import decimal_sign

LABELS = [
    "Total", "All", "Sum", "Gesamt", "Sales", "Cost", "Revenue", "Leads", "Source", "Count", "As of", "2", "email",
    "E-mail", "Sent", "Date", "Channel", "Stage", "Month", "Reply rate", "Calls", "Phone", "Won", "Total: all",
    "Subtotal", "n/a", "Jan 27", "2027", "Plan", "Actual", "Deleted", "Direction", "Reach", "Currency", "Köln, Süd",
    "a;b", "=1+1", "Email sent", "Inbound", "Grand Total", "Status", "Unique", "50 %", "Type", "Week", "Year",
    "Tag", "None", "Website",
]  # fmt: skip
KEYS = ["email", "total", "date", "month", "source", "linkedin", "all"]
BASE = starter("sms")


def odd_plan(rolled: random.Random) -> Plan:
    """A plan of one to four channels, each with some stages, all of them called what means something in files."""
    keys = rolled.sample([*KEYS, "c0", "c1", "c2", "c3"], 4)
    channels = []
    for key, label in zip(keys, rolled.sample(LABELS, rolled.randrange(1, 5)), strict=False):
        names = rolled.sample(LABELS, rolled.randrange(1, 5))
        stages = tuple(
            Stage(f"s{i}", name, f"s{i - 1}" if i else None, 0.5 if i else 1.0) for i, name in enumerate(names)
        )
        channels.append(changed(BASE.channels[0], key=key, label=label, stages=stages))
    locale = rolled.choice(["en", "de", "nb", "fr"])
    return replace(BASE, channels=tuple(channels), costs=(), efforts=(), ranges=(), sales=(), locale=locale)


def own_stages(plan: Plan) -> dict[str, list[str]]:
    return {channel.key: [stage.key for stage in merged(channel.stages, plan.sales)] for channel in plan.channels}


def check_export(plan: Plan, rolled: random.Random) -> None:
    paths = [(key, name) for key, names in own_stages(plan).items() for name in (*names, "cost", "revenue")]
    facts = tuple(
        Fact("CRM", "2027-01", *path, rolled.randrange(100_000) / 4) for path in (*paths, (UNATTRIBUTED, "cost"))
    )
    actuals = Actuals(dt.date(2027, 1, 31), facts)
    assert read_actuals(to_csv(actuals, plan), plan) == actuals


def template_cells(plan: Plan, shape: str) -> list[list[str]]:
    """A template as rows of cells, read as a spreadsheet of the plan's locale reads it."""
    data = actuals_template(plan, shape)
    assert data.startswith("\ufeff".encode())
    separator = ";" if decimal_sign(plan.locale) == "," else ","
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def as_sent(plan: Plan, rows: list[list[str]], ending: str) -> bytes:
    if ending == "xlsx":
        return to_workbook([tuple(row) for row in rows])
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";" if decimal_sign(plan.locale) == "," else ",").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def as_typed(plan: Plan, number: int) -> str:
    """A number and a half as people of the plan's locale type it."""
    return f"{number}{decimal_sign(plan.locale)}5"


def check_long(plan: Plan, ending: str) -> None:
    """Every row filled with a number of its own comes back under the figure that it is for."""
    header, *rows = template_cells(plan, "long")
    for number, row in enumerate(rows, 101):
        row[3] = as_typed(plan, number)
    facts = read_actuals(as_sent(plan, [header, *rows], ending), plan, answers=Answers(source="x")).facts
    by_value = sorted(facts, key=lambda fact: fact.value)
    assert [fact.value for fact in by_value] == [101.5 + i for i in range(len(rows))]
    wanted = [(key, name) for key, names in own_stages(plan).items() for name in (*names, "cost", "revenue")]
    assert [(f.channel, f.name) for f in by_value] == [*wanted, (UNATTRIBUTED, "cost"), (UNATTRIBUTED, "revenue")]


def check_wide(plan: Plan, ending: str) -> None:
    """The rows of a month filled where their channel has the column's figure come back under that figure."""
    header, *rows = template_cells(plan, "wide")
    figures = {key: [*names, "cost", "revenue"] for key, names in own_stages(plan).items()}
    figures[UNATTRIBUTED] = ["cost", "revenue"]
    stages = dict.fromkeys(name for key in own_stages(plan) for name in own_stages(plan)[key])
    wanted, place = {}, 2
    for name in (*stages, "cost", "revenue"):
        owners = [key for key, names in figures.items() if name in names]
        by_path = header[place] == f"{owners[0]}.{name}"
        for i, owner in enumerate(owners):
            wanted[owner, name] = 101.5 + len(wanted)
            row = rows[list(figures).index(owner)]
            row[place + (i if by_path else 0)] = as_typed(plan, int(wanted[owner, name]))
        place += len(owners) if by_path else 1
    assert place == len(header)
    facts = read_actuals(as_sent(plan, [header, *rows], ending), plan, answers=Answers(source="x")).facts
    assert {(fact.channel, fact.name): fact.value for fact in facts} == wanted


def check(seed: int) -> None:
    rolled = random.Random(seed)
    plan = odd_plan(rolled)
    check_export(plan, rolled)
    for ending in ("csv", "xlsx") if seed % 10 == 0 else ("csv",):
        check_long(plan, ending)
        check_wide(plan, ending)


@pytest.mark.parametrize("fifty", range(4))
def test_own_files_come_back_equal(fifty: int) -> None:
    for seed in range(50 * fifty, 50 * fifty + 50):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(20))
def test_own_files_of_two_thousand_plans_come_back_equal(hundred: int) -> None:
    for seed in range(100 * hundred + 1_000, 100 * hundred + 1_100):
        check(seed)


def test_a_workbook_to_fill_in_holds_what_the_text_file_does() -> None:
    plan = starter()
    book = CalamineWorkbook.from_filelike(io.BytesIO(actuals_template(plan, "wide", "xlsx"))).get_sheet_by_index(0)
    filled = [[cell for cell in row if cell] for row in template_cells(plan, "wide")]
    assert [[str(cell) for cell in row if cell] for row in book.to_python()] == filled
    assert filled[0][:3] == ["Month", "Channel", "Impressions"]


def test_a_template_asks_only_for_what_people_fill_in() -> None:
    plan = starter("email", "ads")
    rows = template_cells(plan, "long")[1:]
    assert [row[2] for row in rows if row[1] == "No channel"] == ["Won", "Cost", "Revenue"]
    ads = next(channel for channel in plan.channels if channel.key == "ads")
    assert [row[2] for row in rows if row[1] == ads.label] == [*(stage.label for stage in ads.stages), "Cost"]


def test_no_cell_of_a_template_is_a_formula() -> None:
    """A label that a spreadsheet would take for a formula stands as its key."""
    plan = starter("email", "phone")
    first, second = plan.channels
    stages = tuple(replace(stage, label=f"＝{stage.label}") for stage in first.stages)
    plan = replace(
        plan, channels=(replace(first, label='=HYPERLINK("x")', stages=stages), replace(second, label="@SUM"))
    )
    for shape in ("wide", "long"):
        cells = [cell for row in template_cells(plan, shape) for cell in row]
        assert not [cell for cell in cells if cell[:1] in tuple("=+-@＝＋－＠")]
        assert {"email", "phone"} <= set(cells)
