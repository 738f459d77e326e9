"""A patch makes one outline of another, and the fields stay what they were."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.keep.token_v1.outline import FIELDS, likes, patched
from planner.plan import types
from tests.keep.token_v1.writing import diff

cells = st.text(max_size=3) | st.integers(0, 3) | st.just(0.0) | st.none() | st.booleans()
rows = st.lists(st.lists(cells, min_size=1, max_size=3), max_size=6)
outlines = st.lists(cells | rows, min_size=1, max_size=5)


@given(outlines, outlines)
def test_a_patch_makes_one_outline_of_any_other(outline: list[object], other: list[object]) -> None:
    assert patched(outline, diff(other, outline)) == other


def test_a_patch_says_only_what_is_otherwise() -> None:
    rows = [["a", 0.0], ["b", 0.0], ["c", 0.0]]
    assert diff(["Plan", rows], ["Plan", rows]) == {}
    assert diff(["Plan", [*rows, ["d", 0.0]]], ["Plan", rows]) == {"1": {"": [0, 3, ["d", 0.0]]}}
    assert diff(["Plan", [rows[0], rows[2]]], ["Plan", rows]) == {"1": {"": [0, 1, 2, 3]}}


def test_numbers_find_their_like_by_the_key_of_their_row() -> None:
    reference = [[["email", 8000.0], ["phone", 1800.0]], 0.3]
    assert list(likes([[["phone", 0.0], ["letter", 0.0]], 0.0], reference)) == [1800.0, None, 0.3]


@pytest.mark.parametrize(
    ("rows", "patch"),
    [([["a", 0.0]], {"": [0, 1] * 10_000}), (["a", 0.0], {"99": 1}), (["a"], {"x": 1}), ([None], {"0": {"5": 1}})],
)
def test_a_patch_that_does_not_fit_is_refused(rows: list[object], patch: object) -> None:
    with pytest.raises((ValueError, TypeError, IndexError)):
        patched(rows, patch)


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_every_field_of_version_1_is_still_a_field_of_a_plan(kind: str) -> None:
    assert set(FIELDS[kind]) <= {field.name for field in dataclasses.fields(getattr(types, kind))}
