"""Cells as numbers: each trap with the number it means."""

from __future__ import annotations

import math

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from planner.actuals.numbers import currency_in, decimal_sign_in, read_column


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1742", "", 1742), ("1,742", "", 1742), ("1.742", "", 1742), ("1 742", "", 1742), ("1'742", "", 1742),
        ("1,742", ".", 1742), ("1,742", ",", 1.742), ("12,50 €", ",", 12.5), ("€ 12,50", ",", 12.5),
        ("CA$0.00", ".", 0),
        ("1.234.567,8", ",", 1234567.8), ("kr 1 200", "", 1200), ("1 200,50 kr", ",", 1200.5),
        ("1'200.50 CHF", ".", 1200.5),
        ("141 (8.1%)", "", 141), ("1,742 (8.1 %)", "", 1742), ("-3", "", -3), ("−3", "", -3), ("3-", "", -3),
        ("(5.00)", ".", -5),
        ("500,-", "", 500), ("1.2E+05", "", 120000), ("1,00,000", ".", 100000), (".5", ".", 0.5), ("$ 5", "", 5),
        ("US$1,234.50", ".", 1234.5), ("0,5", ",", 0.5),
    ],
)  # fmt: skip
def test_a_cell_means_its_number(text: str, decimal: str, value: float) -> None:
    column = read_column([text], decimal)
    assert column.values[0] == value
    assert not column.refused


@pytest.mark.parametrize("text", ["", "-", "--", "–", "n/a", "N/A", "NA", "null", "None", "NaN", "k.A.", "#N/A", "…"])
def test_what_was_not_reported_is_not_zero(text: str) -> None:
    column = read_column([text], "")
    assert math.isnan(column.values[0])
    assert not column.refused


@pytest.mark.parametrize(
    ("text", "reason"),
    [("8.1%", "rate"), ("=1+2", "formula"), ("@SUM(A1)", "formula"), ("5 days", "not a number"),
     ("abc", "not a number"),
     ("inf", "not a number"), ("1_000", "not a number"), ("1,2,3", "decimal"), ("1.5,5.5", "decimal"),
     ("9" * 17, "too large"),
     ("9" * 400, "too large"), ("٣", "not a number")],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_a_reason(text: str, reason: str) -> None:
    column = read_column([text], ".")
    assert math.isnan(column.values[0])
    assert reason in column.refused[0].what


@pytest.mark.parametrize(
    ("texts", "sign"),
    [(["1,742", "12.50"], "."), (["1.742", "12,50 €"], ","), (["1,742", "2,001"], ""), (["1.234.567"], ","),
     (["1,234.5"], "."), (["0,125"], ","), (["1742,125"], ","), (["12", "13"], ""), (["1,5", "2,5", "3.5"], ",")],
)  # fmt: skip
def test_the_decimal_sign_is_that_of_the_whole_column(texts: list[str], sign: str) -> None:
    assert decimal_sign_in(texts) == sign


@given(
    st.lists(st.floats(0, 1e9).map(lambda x: round(x, 2)), min_size=1, max_size=20),
    st.sampled_from(["en", "de", "fr", "nb", "de_CH"]),
)
def test_amounts_written_in_any_locale_read_back(amounts: list[float], locale: str) -> None:
    texts = [" ".join(str(format_decimal(amount, "#,##0.00", locale=locale)).split()) for amount in amounts]
    assert read_column(texts, decimal_sign_in(texts)).values.tolist() == amounts


@pytest.mark.parametrize(
    ("header", "currency"),
    [("Amount spent (USD)", "USD"), ("Cost", ""), ("Cost (€)", "EUR"), ("Kosten in CHF", "CHF"), ("Date (in UTC)", ""),
     ("Spend $", ""), ("Sent (all)", "")],
)  # fmt: skip
def test_the_currency_in_a_header(header: str, currency: str) -> None:
    assert currency_in(header) == currency


def test_currencies_in_cells_are_named() -> None:
    assert read_column(["CA$5.00", "12,50 €", "kr 3"], "").currencies >= {"CAD"}
