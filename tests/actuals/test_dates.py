"""Cells as periods: each way of writing a date, and the order of day and month over a column."""

from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from planner.actuals.dates import DateOrder, order_of, period_of
from planner.errors import BadActuals


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2018-06-08", "2018-06-08"), ("2018/6/8", "2018-06-08"), ("08.06.2018", "2018-06-08"),
        ("8. 6. 2018", "2018-06-08"),
        ("08.06.18", "2018-06-08"), ("20180608", "2018-06-08"), ("8/6/2018", "2018-06-08"), ("8-6-18", "2018-06-08"),
        ("Jun 09, 2018 09:30 pm", "2018-06-09"), ("2025-06-01 14:03:22 UTC", "2025-06-01"),
        ("2027-06-01T14:03:22.5+02:00", "2027-06-01"),
        ("Mon, Apr 26, 2021 12:25", "2021-04-26"), ("08 Feb 2026", "2026-02-08"), ("08-Feb-26", "2026-02-08"),
        ("5th of May 2027", "2027-05-05"),
        ("5. Januar 2027", "2027-01-05"), ("8 de junio de 2018", "2018-06-08"), ("1er août 2027", "2027-08-01"),
        ("3. mai 2027", "2027-05-03"),
        ("2027-01", "2027-01"), ("202701", "2027-01"), ("01/2027", "2027-01"), ("1.2027", "2027-01"),
        ("Jan 2027", "2027-01"), ("Jan-27", "2027-01"),
        ("January 2027", "2027-01"), ("März 2027", "2027-03"), ("févr. 2027", "2027-02"), ("enero de 2027", "2027-01"),
        ("des. 2027", "2027-12"), ("2027 Jan", "2027-01"),
        ("2027-W03", "2027-01-18/2027-01-24"), ("W3 2027", "2027-01-18/2027-01-24"),
        ("KW 3 2027", "2027-01-18/2027-01-24"), ("Week 3, 2027", "2027-01-18/2027-01-24"),
        ("2027-01-04 - 2027-01-10", "2027-01-04/2027-01-10"), ("01.01.2027 – 31.01.2027", "2027-01"),
        ("2027-01-04/2027-01-10", "2027-01-04/2027-01-10"), ("5. Jan 2027 bis 6. Jan 2027", "2027-01-05/2027-01-06"),
        ("46023", "2026-01-01"),
    ],
)  # fmt: skip
def test_a_cell_means_its_period(text: str, period: str) -> None:
    assert period_of(text) == period


@pytest.mark.parametrize(
    ("text", "reason"),
    [("KW 3", "week"), ("2027-W60", "calendar"), ("2027-01-10 - 2027-01-04", "ends before"), ("Q1 2027", "longer"),
     ("2027", "longer"),
     ("2027-13", "calendar"), ("31.04.2027", "calendar"), ("2027-02-29", "calendar"), ("90000", "not a date"),
     ("27 Jan", "not a date"), ("Maerz 2027", "not a date"), ("", "empty"),
     ("soon", "not a date"), ("2027-01-01; DROP", "not a date"), ("0000-01-01", "calendar")],
)  # fmt: skip
def test_what_is_no_day_or_month_is_refused_with_a_mend(text: str, reason: str) -> None:
    with pytest.raises(BadActuals, match=reason) as refused:
        period_of(text)
    assert refused.value.mend


def test_month_first_where_the_column_says_so() -> None:
    assert period_of("1/29/26, 2:37 PM", "month") == "2026-01-29"
    assert order_of(["8/6/2018", "1/29/2018"]) == DateOrder("month")
    assert order_of(["8/6/2018", "29/1/2018"]) == DateOrder("day")


def test_where_both_orders_fit_it_is_not_sure() -> None:
    assert order_of(["8/6/2018", "7/6/2018"], "month") == DateOrder("month", sure=False)
    assert order_of(["6/6/2018"]) == DateOrder("day")  # the same day in both orders
    assert order_of(["2018-06-08", "08.06.2018"]) == DateOrder("")


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2199, 12, 31)),
    st.sampled_from(["en", "de", "fr", "es", "nb"]),
    st.sampled_from(["d MMMM yyyy", "MMM d, yyyy"]),
)
def test_a_day_written_out_in_any_language_reads_back(day: dt.date, locale: str, pattern: str) -> None:
    assert period_of(str(format_date(day, pattern, locale=locale))) == day.isoformat()


@given(st.dates(dt.date(1990, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(["pl", "it", "sv"]))
def test_months_in_the_language_of_the_plan(day: dt.date, locale: str) -> None:
    assert period_of(str(format_date(day, "MMMM yyyy", locale=locale)), locale=locale) == day.isoformat()[:7]


@given(
    st.lists(st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31)), min_size=1, max_size=9),
    st.sampled_from(["day", "month"]),
)
def test_a_column_of_one_order_is_read_in_that_order_wherever_it_tells(days: list[dt.date], first: str) -> None:
    texts = [f"{d.day}/{d.month}/{d.year}" if first == "day" else f"{d.month}/{d.day}/{d.year}" for d in days]
    order = order_of(texts)
    if order.sure:
        assert [period_of(text, order.first) for text in texts] == [day.isoformat() for day in days]
    else:
        assert all(day.day <= 12 for day in days)
