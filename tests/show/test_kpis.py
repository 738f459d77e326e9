"""Every KPI on a page: found by any word, disagreements folded away, sources by their titles, sums from uploads."""

from __future__ import annotations

import math

import pytest

from planner.actuals.reading import understand
from planner.engine import forecast
from planner.measure.kpi_table import KPIS, SOURCES
from planner.measure.kpis import kpi
from planner.plan.starter import starter
from planner.show.kpis import disagreements, kpi_list, matching, openings
from planner.show.tables import Cell, Table

PLAN = starter(start="2027-01")
UPLOADED = """period;channel;stage;count
2027-01;Phone;Dials;1800
2027-01;Phone;Conversations;100
2027-01;Phone;Talk time;9500
2027-01;Phone;Key questions answered;160
2027-01;E-mail;Follow-ups;12
2027-01;Landing page;Chats;20
2027-01;Landing page;Appointments from chats;3
2027-01;Sales;Leads;40
2027-01;Sales;Leads responded to;36
2027-01;Sales;People who responded;30
2027-01;Sales;Days to first response;90
2027-01;Sales;Won;2
2027-01;Sales;Days to close;140
2027-01;Sales;Days in opportunity;60
2027-01;Sales;Presentations;6
2027-01;Sales;Survey answers;50
2027-01;Sales;Satisfied customers;40
2027-01;Sales;Promoters;25
2027-01;Sales;Detractors;10
"""


def names(table: Table) -> list[str]:
    return [row[0].text if isinstance(row[0], Cell) else row[0] for row in table.rows]


@pytest.mark.parametrize(
    ("text", "key"),
    [("average call", "P13"), ("QUALIFICATION", "P08"), ("reaction", "G08"), ("nps", "G12"), ("satisfied", "G11"),
     ("leads answered", "G07"), ("lalaleads bounce", "E05"), ("G13", "G13"), ("talk seconds", "P13")],
)  # fmt: skip
def test_a_search_finds_a_kpi_by_name_meaning_formula_or_source(text: str, key: str) -> None:
    hits = [row.key for row in matching(text)]
    assert key in hits
    assert len(hits) < len(KPIS) / 2


def test_every_word_counts_and_no_word_finds_all() -> None:
    assert len(matching("")) == len(KPIS)
    assert set(matching("reply rate linkedin")) < set(matching("reply rate"))
    assert matching("carrier pigeon") == ()


def test_disagreements_are_folded_away_until_asked_for() -> None:
    rows = openings("email")
    folded, open_ = (kpi_list(forecast(PLAN), None, rows, readings=asked) for asked in (False, True))
    assert not [name for name in names(folded) if name.startswith("per ")]
    assert len(open_.rows) == len(folded.rows) + disagreements(rows)


def test_sources_are_called_by_their_titles() -> None:
    table = kpi_list(forecast(PLAN), None, openings("email"), readings=True)
    assert "per “KPIs to track in multi-channel sales prospecting” (lalaleads, 2023)" in names(table)
    for key in {key for row in openings("email") for key in row.sources}:
        assert SOURCES[key].title in table.caption


@pytest.mark.parametrize(
    ("key", "written"),
    [("P08", ["1.60"]), ("P13", ["95 s"]), ("G07", ["90.0%"]), ("G08", ["3 days"]), ("G11", ["80.0%"]), ("G12", ["30"]),
     ("G09", ["70 days", "30 days"]), ("W03", ["20", "15.0%"])],
)  # fmt: skip
def test_what_no_rate_plans_is_read_from_an_upload_as_people_name_it(key: str, written: list[str]) -> None:
    upload = understand(UPLOADED.encode(), PLAN)
    assert (upload.refused, upload.questions) == ((), ())
    assert upload.actuals is not None
    (row,) = kpi(upload.actuals, key, PLAN)
    assert [figure.written.replace("\u00a0", " ") for figure in row.figures] == written
    assert math.isfinite(row.value)


def test_planned_figures_count_as_chosen_and_stand_beside_the_months_that_are_reported() -> None:
    deals = [KPIS[key] for key in ("G01",)]
    upload = understand(UPLOADED.encode(), PLAN)
    for tail, head in ((False, "Planned, in the plan"), (True, "Planned, with what closes later")):
        alone, beside = (kpi_list(forecast(PLAN), actuals, deals, tail=tail) for actuals in (None, upload.actuals))
        (row,) = kpi(forecast(PLAN), deals[0].key, tail=tail)
        assert alone.heads == ("KPI", "Formula", head)
        assert beside.heads == ("KPI", "Formula", head, "Planned, first 1 month", "Actual")
        for table in (alone, beside):
            cell = table.rows[0][2]
            assert isinstance(cell, Cell)
            assert cell.text == row.figures[0].written
