"""Without a channel, in words: booked and lost are rounded alike, and the largest difference between them is said."""

from __future__ import annotations

from planner.engine import forecast
from planner.plan import replace
from planner.plan.edit import switch
from planner.plan.starter import starter
from planner.show.forecast.tables import by_channel, channel_costs
from planner.show.tables import Cell, Table
from planner.show.without import sentence, without
from tests.ask.test_without import FED

STARTER = starter(start="2027-01")


def cells(table: Table) -> dict[str, list[tuple[str, str]]]:
    """The rows of a table by their first cell: text and note of each."""
    lines = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in table.rows]
    return {row[0].text: [(cell.text, cell.note) for cell in row[1:]] for row in lines}


def test_the_largest_difference_between_booked_and_lost_is_said() -> None:
    assert sentence(forecast(STARTER)) == (
        "Without pretargeting ads the plan would lose 1.5 deals, although none is booked there: landing page would "
        "book 1.2 fewer, e-mail 0.28 fewer and phone 0.11 fewer. Cost would fall by €20,600."
    )


def test_booked_and_lost_are_rounded_alike() -> None:
    """E-mail books 5.41 and is missed by 6.15; phone by the very 2.15 it books."""
    rows = cells(without(forecast(STARTER)))
    assert rows["E-mail"][0] == ("6.15", "booked\u00a05.41")
    assert rows["Phone"][0] == ("2.15", "booked\u00a02.15")
    quiet = switch(STARTER, "ads", active=False)
    assert sentence(forecast(quiet)).startswith(
        "Without e-mail the plan would lose 5.9 deals, not only the 5.1 booked there: landing page would book 0.74 "
        "fewer."
    )


def test_a_cost_saved_stands_beside_the_cost_allotted_and_a_ratio_beside_what_it_is_now() -> None:
    costs, cac = cells(without(forecast(FED)))["Letters"][-2:]
    assert costs == ("€600", "booked\u00a0€1,500")
    assert cac == ("–", "now\u00a0€66.67")


def test_channels_that_only_book_are_missed_by_what_they_book() -> None:
    plan = starter("email", "phone", start="2027-01")
    assert sentence(forecast(plan)) == (
        "Switching a channel off would cost just the deals it books: most for e-mail, 5.1 of 7.2."
    )


def test_one_channel_none_and_nothing_to_lose_have_their_own_sentence() -> None:
    alone = starter("email", start="2027-01")
    assert sentence(forecast(alone)).startswith("E-mail is the only active channel")
    none = switch(alone, "email", active=False)
    assert sentence(forecast(none)) == ""
    assert without(forecast(none)).rows == ()
    idle = tuple(replace(channel, volume=0.0) for channel in starter("email", "phone").channels)
    assert sentence(forecast(replace(starter("email", "phone"), channels=idle))).startswith("No channel on its own")


def test_the_tables_of_channels_show_it_beside_the_deals_they_book() -> None:
    planned = forecast(switch(STARTER, "sms", active=False))
    for table, lost in ((by_channel(planned), "1.54"), (channel_costs(planned, "email", tail=True), "2.2")):
        column = table.heads.index("Deals lost without it") - 1
        assert cells(table)["Pretargeting ads"][column][0] == lost
        assert "SMS" not in cells(table)
