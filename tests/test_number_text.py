"""Number text: what a locale writes reads back, and what can be read in two ways says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plan import replace
from planner.plan.starter import starter
from planner.words import NoNumber, Number, read_number, write, write_exact

LOCALES = ("en", "de", "nb", "fr", "de_CH")
PLANS = {locale: replace(starter("email"), locale=locale) for locale in LOCALES}


@pytest.mark.parametrize(
    ("text", "locale", "number"),
    [
        ("1234", "en", Number(1234)), ("1,234", "en", Number(1234)), ("1.234", "de", Number(1234)),
        ("1.234,5", "en", Number(1234.5)), ("1,234.5", "de", Number(1234.5)),
        ("1,5", "en", Number(1.5)), ("1.5", "de", Number(1.5)), ("0.125", "en", Number(0.125)),
        ("0,125", "de", Number(0.125)), ("1234.567", "en", Number(1234.567)), ("1.234.567", "en", Number(1234567)),
        ("1’234.50", "de_CH", Number(1234.5)), ("1'234", "en", Number(1234)), ("1\u202f234,5", "fr", Number(1234.5)),
        ("1 234", "nb", Number(1234)), ("(5.00)", "en", Number(-5)), ("5-", "de", Number(-5)), ("−3", "nb", Number(-3)),
        ("8.1 %", "en", Number(0.081, percent=True)), ("8,1\xa0%", "de", Number(0.081, percent=True)),
        ("€1,200", "en", Number(1200, currency="EUR")), ("1 200 kr", "nb", Number(1200)),
        ("CHF 1’200.50", "de_CH", Number(1200.5, currency="CHF")), ("1.2E+05", "en", Number(120000)),
    ],
)  # fmt: skip
def test_a_text_means_its_number(text: str, locale: str, number: Number) -> None:
    assert read_number(text, locale) == number


@pytest.mark.parametrize(
    ("text", "locale", "value", "other"),
    [("1.234", "en", 1.234, 1234), ("1,234", "de", 1.234, 1234), ("12,500", "nb", 12.5, 12500)],
)
def test_a_decimal_sign_before_three_digits_may_be_one_of_thousands(
    text: str, locale: str, value: float, other: float
) -> None:
    assert read_number(text, locale) == Number(value, other)


@pytest.mark.parametrize("text", ["", "abc", "1,2,3", "1.5,5.5", "5 days", "٣", "1_000", "inf", "=1+1", "9" * 17])
def test_what_is_not_a_number_says_so_with_a_mend(text: str) -> None:
    number = read_number(text, "en")
    assert isinstance(number, NoNumber)
    assert number.mend


@given(
    st.integers(-(10**9), 10**9) | st.integers(-(10**5), 10**5).map(lambda cents: cents / 100),
    st.sampled_from(LOCALES),
    st.sampled_from(["count", "decimal", "ratio", "percent", "money"]),
)
def test_what_is_written_reads_back(value: float, locale: str, unit: str) -> None:
    """Writing rounds, so what is read is written again: the same text, and the same number where nothing was lost."""
    plan = PLANS[locale]
    text = write(plan, value, unit)
    number = read_number(text, locale)
    assert isinstance(number, Number)
    assert write(plan, number.value, unit) == text
    if value == int(value) and unit in ("count", "money"):
        assert number.value == value
    assert number.other is None


@given(st.floats(-1e12, 1e12), st.sampled_from(LOCALES))
def test_a_number_written_exactly_reads_back_one_way_only(value: float, locale: str) -> None:
    assert read_number(write_exact(value, locale), locale) == Number(value)
