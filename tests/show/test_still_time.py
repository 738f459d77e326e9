"""Last useful days in words: shares as people write them, days without a year they do not need, and what is missing."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from planner.ask.catching_up import Addition
from planner.ask.still_time import StillTime
from planner.errors import Binding
from planner.plan import replace
from planner.plan.starter import starter
from planner.show.still_time import added, days, sentence
from planner.show.tables import Cell, Table

PLAN = starter("phone", "post")
MAY, JULY = dt.date(2027, 5, 1), dt.date(2027, 7, 9)
ROWS = (
    StillTime("phone", "Phone", (MAY, JULY, JULY), None, 0.95),
    StillTime("post", "Postal mail", (None, MAY, JULY), 6, 0.723),
)
MORE = (
    Addition("phone", 1.5, 300.0, Binding("pace", ("phone",))),
    Addition("post", math.inf, math.inf, None),
)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text if isinstance(cell, Cell) else cell for cell in row] for row in table.rows]


def test_days_stand_under_shares_and_a_list_that_runs_out_beside_its_channel() -> None:
    table = days(PLAN, ROWS)
    assert table.heads == ("Channel", "90%", "50%", "10%")
    assert texts(table) == [["Phone", "1 May", "9 Jul", "9 Jul"], ["Postal mail", "72% at best", "1 May", "9 Jul"]]
    assert isinstance(table.rows[1][0], Cell)
    assert table.rows[1][0].note == "list used up in Jul 2027"
    two_years = days(replace(PLAN, start="2026-08"), ROWS)
    assert texts(two_years)[0] == ["Phone", "1 May ’27", "9 Jul ’27", "9 Jul ’27"]


def test_an_addition_is_held_against_the_gap_where_there_is_one() -> None:
    assert texts(added(PLAN, ROWS, MORE, MAY, 3.0)) == [
        ["Phone", "+1.5", "50%", "phone pace"],
        ["Postal mail", "any number", "all of it", "none"],
    ]
    assert texts(added(PLAN, ROWS, MORE, MAY, 1.2))[0][2] == "all of it"
    assert texts(added(PLAN, ROWS, MORE, MAY, -1.0))[0] == ["Phone", "+1.5", "phone pace"]


@pytest.mark.parametrize(
    ("gap", "end"),
    [(0.0, "1.5 deals."), (3.0, "1.5 deals of the 3 missing."), (0.8, "1.5 deals, more than the 0.8 missing.")],
)
def test_the_sentence_names_first_last_and_most(gap: float, end: str) -> None:
    assert sentence(PLAN, ROWS, MORE[:1], MAY, gap) == (
        "Postal mail: a touch after 1 May 2027 brings less than half of its deals within the plan; "
        f"phone is last, on 9 Jul 2027. From 1 May 2027 on, more touches add most in phone: {end}"
    )


def test_a_channel_that_no_limit_holds_is_named_before_those_that_can_add_so_much() -> None:
    """However many deals another channel can add, one without a limit can add more."""
    free = "From 1 May 2027 on, no limit of the plan holds postal mail"
    assert sentence(PLAN, ROWS, MORE, MAY).endswith(
        f"{free}; of the others, more touches add most in phone: 1.5 deals."
    )
    assert sentence(PLAN, ROWS, MORE[1:], MAY).endswith(f"{free}.")


def test_what_is_too_late_or_leads_nowhere_is_said() -> None:
    late = replace(ROWS[0], last=(None, None, MAY))
    assert sentence(PLAN, [late], (), MAY).startswith("The plan is too short")
    assert sentence(PLAN, [replace(ROWS[0], best=math.nan)], (), MAY) == "No channel brings a deal."
