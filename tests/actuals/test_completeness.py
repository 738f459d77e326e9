"""What is known: a calendar of channels and months in which a gap is never taken for a zero."""

from __future__ import annotations

import datetime as dt

from planner.actuals.actuals import Actuals, Fact
from planner.actuals.completeness import ChannelKnown, completeness
from planner.actuals.sample import sample_actuals
from planner.plan import Plan, replace
from planner.plan.edit import switch
from planner.plan.starter import starter
from planner.show.completeness import calendar, gaps, summary
from planner.show.tables import Cell

PLAN = starter("email", "phone", start="2027-01")


def rows(
    *facts: tuple[str, str, str, float], day: dt.date = dt.date(2027, 3, 31), plan: Plan = PLAN
) -> dict[str, ChannelKnown]:
    actuals = Actuals(day, tuple(Fact("CRM", *fact) for fact in facts))
    return {row.channel: row for row in completeness(plan, actuals)}


def states(row: ChannelKnown) -> list[str]:
    return [month.state for month in row.months]


EMAIL = tuple(
    (f"2027-0{month}", "email", stage, count)
    for month in (1, 2, 3)
    for stage, count in (("sent", 8000.0), ("delivered", 7700.0), ("replied", 40.0))
)


def test_sample_data_is_known_in_full() -> None:
    rows = completeness(PLAN, sample_actuals(PLAN, months=4))
    assert {state for row in rows for state in states(row)} == {"full"}
    assert summary(rows) == "Every channel is reported in full for every month so far."
    assert gaps(PLAN, rows) == ()


def test_a_channel_without_a_figure_in_a_month_is_missing_there() -> None:
    without = [fact for fact in EMAIL if fact[0] != "2027-02"]
    by_channel = rows(*without)
    assert states(by_channel["email"]) == ["full", "missing", "full"]
    assert states(by_channel["phone"]) == ["missing"] * 3
    said_email, said_phone = gaps(PLAN, tuple(by_channel.values()))
    assert said_email == "E-mail: nothing is reported for Feb 2027; upload counts of sent, delivered and replies."
    assert said_phone == "Phone: nothing is reported; upload counts of dials, conversations and appointments."


def test_a_count_that_other_months_have_is_absent_where_some_were_to_be_expected() -> None:
    row = rows(*(fact for fact in EMAIL if fact[:3] != ("2027-03", "email", "replied")))["email"]
    assert (states(row), row.months[2].absent) == (["full", "full", "part"], ("replied",))
    assert gaps(PLAN, [row]) == ("E-mail: Mar 2027: replies missing.",)


def test_where_hardly_any_were_to_be_expected_none_is_no_gap() -> None:
    """No deal was to be expected from the first month's e-mails, so its absence says nothing."""
    row = rows(*EMAIL, ("2027-03", "email", "won", 1.0))["email"]
    assert states(row) == ["full"] * 3


def test_an_export_that_ends_early_covers_its_month_in_part() -> None:
    row = rows(*EMAIL[:6], ("2027-03-01/2027-03-12", "email", "sent", 3000.0))["email"]
    month = row.months[2]
    assert (month.state, month.until, month.since) == ("part", dt.date(2027, 3, 12), None)
    assert "Mar 2027 ends on 12 Mar 2027; upload the other days" in gaps(PLAN, [row])[0]


def test_days_without_an_event_are_no_gap_but_days_after_the_last_are() -> None:
    days = [
        ("2027-01-04", "phone", "dials", 90.0),
        ("2027-01-29", "phone", "dials", 80.0),
        ("2027-02-26", "phone", "dials", 70.0),
    ]
    row = rows(*days, day=dt.date(2027, 2, 28))["phone"]
    assert states(row) == ["full", "full"]
    later = rows(*days, day=dt.date(2027, 3, 31))["phone"]
    assert states(later) == ["full", "full", "missing"]


def test_the_month_under_way_is_full_up_to_its_day() -> None:
    by_channel = rows(
        ("2027-01", "email", "sent", 8000.0),
        ("2027-02-01/2027-02-14", "email", "sent", 4000.0),
        day=dt.date(2027, 2, 14),
    )
    assert states(by_channel["email"]) == ["full", "full"]


def test_nothing_planned_and_nothing_reported_is_idle_and_a_channel_that_is_off_has_no_row() -> None:
    profile = (0.0, *(1.0 for _ in range(11)))
    later = replace(PLAN, channels=tuple(replace(c, profile=profile) if c.key == "phone" else c for c in PLAN.channels))
    assert states(rows(*EMAIL, plan=later)["phone"]) == ["idle", "missing", "missing"]
    off = switch(PLAN, "phone", active=False)
    assert list(rows(*EMAIL, plan=off)) == ["email"]


def test_what_names_no_channel_has_its_own_row() -> None:
    by_channel = rows(*EMAIL, ("2027-01", "sales", "won", 1.0))
    assert states(by_channel["sales"]) == ["full", "idle", "idle"]


def test_the_calendar_says_each_state_in_a_word_and_a_sign() -> None:
    by_channel = rows(*(fact for fact in EMAIL if fact[0] != "2027-02"))
    table = calendar(PLAN, tuple(by_channel.values()))
    assert table.heads == ("Channel", "Jan 2027", "Feb 2027", "Mar 2027")
    cells = [cell for cell in table.rows[0] if isinstance(cell, Cell)][1:]
    assert [(cell.text, cell.icon) for cell in cells] == [("full", "full"), ("missing", "empty"), ("full", "full")]
    assert (
        summary(tuple(by_channel.values()))
        == "Of 6 channel months 2 are reported in full, 0 in part, and 4 are missing."
    )
