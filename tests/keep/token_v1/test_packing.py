"""Numbers come back to the bit, and bytes that are no numbers are refused."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.keep.token_v1.packing import packed, unpacked

short = st.integers(1, 999).map(float) | st.integers(1, 999).map(lambda n: n / 1000)
numbers = short | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0.0, -0.0, 180 / 84, 1e300])
places = st.tuples(numbers, st.none() | numbers)


def bits(values: list[float]) -> list[str]:
    return [value.hex() for value in values]


@given(st.lists(places | numbers.map(lambda n: (n, n)), max_size=60), st.lists(numbers | st.just(math.nan), max_size=6))
def test_numbers_and_figures_come_back_to_the_bit(
    pairs: list[tuple[float, float | None]], figures: list[float]
) -> None:
    values, expected = [value for value, _ in pairs], [like for _, like in pairs]
    back, back_figures = unpacked(packed(values, expected, figures), expected, len(figures))
    assert bits(back) == bits(values)
    assert bits(back_figures) == bits(figures)


def test_many_numbers_fill_several_blocks() -> None:
    values = [math.sqrt(n) for n in range(2000)]
    assert unpacked(packed(values, [None] * 2000, []), [None] * 2000, 0) == (values, [])


def test_a_plan_as_expected_costs_next_to_nothing() -> None:
    values = [0.1 * n for n in range(200)]
    assert len(packed(values, values, [])) <= 8


def test_three_digits_cost_about_the_ten_bits_they_hold() -> None:
    values = [float(100 + (37 * n) % 900) for n in range(400)]  # 9.8 bits of digits each, and what they are otherwise
    assert len(packed(values, [500.0] * 400, [])) <= 400 * 12.5 / 8


def test_a_quotient_by_the_number_before_costs_its_short_side() -> None:
    plain = packed([84.0, math.pi], [84.0, 2.0], [])
    assert len(packed([84.0, 180 / 84], [84.0, 2.0], [])) <= len(plain) - 4


@given(st.binary(max_size=60))
def test_other_bytes_are_refused_or_are_numbers(data: bytes) -> None:
    try:
        values, _ = unpacked(data, [1.0, None, 3.0], 2)
    except (ValueError, ArithmeticError):
        return
    assert len(values) == 3


def test_nothing_may_be_left_over() -> None:
    data = packed([7.0], [None], [])
    with pytest.raises(ValueError, match="left over"):
        unpacked(data + b"\0", [None], 0)
    with pytest.raises(ValueError, match="left over"):
        unpacked(packed([7.0, 8.0], [None, None], []), [None], 0)
