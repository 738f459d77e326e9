"""Numbers in six locales against what CLDR prescribes; formulas that come out at the figure they explain."""

from __future__ import annotations

import datetime as dt
import math
import re

import pytest
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from planner.plan import replace
from planner.plan.starter import starter
from planner.words import (
    DASH,
    change,
    counted,
    day,
    in_text,
    listed,
    month_name,
    month_names,
    plural,
    short,
    write,
)

LOCALES = ("en", "nb", "de", "fr", "de-CH", "sv")
PLANS = {name: replace(starter("email"), locale=name) for name in LOCALES}
EN = PLANS["en"]


def plain(text: str) -> str:
    """Every kind of space as a space, so that a test can be read."""
    return re.sub(r"\s", " ", text)


@pytest.mark.parametrize(
    ("name", "currency", "money", "cents", "percent", "count", "compact"),
    [
        ("en", "USD", "$1,234,568", "−$12.50", "3.12%", "1,234", "$1.23M"),
        ("en", "CHF", "CHF 1,234,568", "−CHF 12.50", "3.12%", "1,234", "CHF 1.23M"),
        ("nb", "NOK", "1 234 568 kr", "−12,50 kr", "3,12 %", "1 234", "1,23 mill. kr"),
        ("de", "EUR", "1.234.568 €", "−12,50 €", "3,12 %", "1.234", "1,23 Mio. €"),
        ("fr", "EUR", "1 234 568 €", "−12,50 €", "3,12 %", "1 234", "1,23 M €"),
        ("de-CH", "CHF", "CHF 1’234’568", "−CHF 12.50", "3.12%", "1’234", "CHF 1.23 Mio."),
        ("sv", "SEK", "1 234 568 kr", "−12,50 kr", "3,12 %", "1 234", "1,23 mn kr"),
    ],
)
def test_a_plan_writes_numbers_as_its_locale_does(
    name: str, currency: str, money: str, cents: str, percent: str, count: str, compact: str
) -> None:
    plan = replace(EN, locale=name, currency=currency)
    assert plain(write(plan, 1234567.89, "money")) == money
    assert plain(write(plan, -12.5, "money")) == cents
    assert plain(write(plan, 0.0312, "percent")) == percent
    assert plain(write(plan, 1234)) == count
    assert plain(short(plan, 1234567.89, "money")) == compact


@pytest.mark.parametrize("name", LOCALES)
@given(st.floats(0.001, 1e9))
def test_what_is_written_reads_back_to_three_figures(name: str, value: float) -> None:
    plan, babel = PLANS[name], name.replace("-", "_")
    digits = re.sub(r"[^\d.,’\s]", "", write(plan, value, "decimal"))
    assert float(parse_decimal(digits, locale=babel)) == pytest.approx(value, rel=0.00502)
    if value < 1e6:
        digits = re.sub(r"[^\d.,’\s]", "", short(plan, value)).strip()
        nearest = 0.00552 if value < 1 else 0.0552  # to three figures first, then to one decimal
        assert float(parse_decimal(digits, locale=babel)) == pytest.approx(value, rel=0.00502, abs=nearest)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (math.nan, "money", DASH), (math.inf, "count", DASH), (0.0, "money", "€0"), (99.999, "money", "€100.00"),
        (100.0, "money", "€100"), (0.04, "money", "€0.04"), (3.0, "percent", "300%"), (0.3, "percent", "30.0%"),
        (0.0, "percent", "0%"), (0.00008, "percent", "0.0080%"), (12.0, "count", "12"), (9.999, "count", "10.00"),
        (16.842, "count", "16.84"), (123.42, "count", "123.4"),
       
        (0.5, "count", "0.50"), (1.0, "days", "1 day"), (84.0, "days", "84 days"), (3.0, "ratio", "3.0"),
        (11.71, "months", "11.7 months"),
        (3.0, "month", "Mar 2027"), (-1500.4, "count", "−1,500"), (-0.2, "hours", "−0.20 h"),
        (2471.7, "hours", "2,472 h"),
    ],
)  # fmt: skip
def test_figures_keep_what_is_read_of_them(value: float, unit: str, written: str) -> None:
    assert plain(write(EN, value, unit)) == written


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (999.6, "count", "1,000"), (999_951.0, "money", "€1M"), (999_499.0, "money", "€999,000"),
        (0.2, "percent", "20%"), (0.001, "percent", "0.1%"), (2.358, "percent", "236%"), (10.0, "percent", "1,000%"),
        (16.84, "count", "16.8"), (3.784, "count", "3.8"), (0.944, "count", "0.94"), (0.5, "count", "0.5"),
        (20.0, "count", "20"),
        (-2_345_678.0, "money", "−€2.35M"), (45.31, "money", "€45.30"),
    ],
)  # fmt: skip
def test_in_a_sentence_three_figures_are_enough(value: float, unit: str, text: str) -> None:
    assert plain(short(EN, value, unit)) == text


@pytest.mark.parametrize("value", [1e27, 1e30, -1e300, 1e305, 1.7e308])
@pytest.mark.parametrize("unit", ["count", "money", "percent", "decimal", "hours"])
def test_no_figure_is_too_large_to_be_written(value: float, unit: str) -> None:
    for text in (write(EN, value, unit), short(EN, value, unit)):
        assert (float(re.sub(r"[^\d.]", "", text) or "nan") > 0) or text == DASH


def test_changes_carry_a_sign_and_vanish_where_there_is_none() -> None:
    assert plain(change(EN, 0.034, 0.03, "percent")) == "+0.40 pp"
    assert plain(change(EN, 8000, 9500.0, "money")) == "−€1,500"
    assert change(EN, 7.0, 5.0, "month") == "2 months later"
    assert change(EN, 4.0, 5.0, "month") == "1 month earlier"
    assert change(EN, 5.0, 5.0) == change(EN, math.nan, 5.0) == change(EN, 5.0, math.nan, "money") == ""


@given(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7))
def test_a_change_back_is_the_same_change_with_the_other_sign(value: float, other: float) -> None:
    swapped = {"+": "−", "−": "+"}
    there, back = change(EN, value, other), change(EN, other, value)
    if abs(value - other) > 1e-6 * max(abs(value), abs(other), 1.0):
        assert back == swapped[there[0]] + there[1:]


def test_months_are_named_as_the_sentences_around_them_over_the_turn_of_the_year() -> None:
    plan = replace(EN, start="2027-11", months=3)
    assert month_names(plan) == ("Nov 2027", "Dec 2027", "Jan 2028")
    assert month_name(replace(plan, locale="de"), 4) == "Mar 2028"
    assert month_name(replace(plan, locale="xx"), 0) == "Nov 2027"
    assert day(dt.date(2027, 3, 5)) == "5 Mar 2027"


def test_labels_bend_to_their_sentence() -> None:
    assert [in_text(label) for label in ("Gross profit", "CAC", "E-mail", "LinkedIn", "CLV : CAC", "SMS: tools")] == [
        "gross profit", "CAC", "e-mail", "LinkedIn", "CLV : CAC", "SMS: tools",
    ]  # fmt: skip
    assert [plural(label) for label in ("positive reply", "hard bounce", "touch", "opportunity", "replied")] == [
        "positive replies", "hard bounces", "touches", "opportunities", "replied",
    ]  # fmt: skip
    deals = ["1 deal", "1 deal", "2 deals", "0 deals", "0.5 deals"]
    assert [counted(EN, n, "deal") for n in (1, 1.004, 2, 0, 0.5)] == deals
    assert [counted(EN, 2, noun) for noun in ("limit", "landing", "warning")] == [
        "2 limits",
        "2 landings",
        "2 warnings",
    ]


def test_parts_are_listed_as_a_sentence_does() -> None:
    assert [listed(["a", "b", "c"][:count]) for count in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed(["a", "b"], "or") == "a or b"
