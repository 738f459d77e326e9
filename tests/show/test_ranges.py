"""Ranges typed on a screen come to stand in the plan, and nothing else moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import PlanError
from planner.plan import Plan, edit, replace
from planner.plan.levers import levers, pull
from planner.plan.starter import starter
from planner.show.uncertainty.ranges import (
    free_levers,
    movable,
    ranges_frame,
    with_typed_ranges,
    with_usual_range,
)
from tests.strategies import examples, plans

PLAN = starter("email", "phone", start="2027-01")


@examples(40)
@given(row=st.integers(0, len(PLAN.ranges) - 1), part=st.floats(0.05, 1.0), side=st.sampled_from(["Low", "High"]))
def test_what_is_typed_is_what_stands(row: int, part: float, side: str) -> None:
    before = ranges_frame(PLAN)
    value, end = (float(before.loc[row, name].replace(",", "")) for name in ("Value", side))
    typed = round(value + (end - value) * part, 4)
    after = ranges_frame(with_typed_ranges(PLAN, {row: {side: f"{typed:.4f}"}}))
    assert float(after.loc[row, side].replace(",", "")) == pytest.approx(typed, abs=1e-6)
    after.loc[row, side] = before.loc[row, side]
    assert after.equals(before)


def test_percent_on_screen_is_a_share_in_the_plan() -> None:
    paths = [band.path for band in PLAN.ranges]
    row = paths.index("email.replied.rate")
    changed = with_typed_ranges(PLAN, {row: {"Low": "0.4", "Value": "2", "High": "5 %"}})
    assert (changed.ranges[row].low, changed.ranges[row].high) == (0.004, 0.05)
    assert next(item.value for item in levers(changed) if item.path == "email.replied.rate") == 0.02
    assert [band.path for band in changed.ranges] == paths


def test_a_range_is_typed_as_the_plan_writes_numbers() -> None:
    german, row = replace(PLAN, locale="de"), [band.path for band in PLAN.ranges].index("email.replied.rate")
    assert ranges_frame(german).loc[row, "Value"] == "0,5"
    assert with_typed_ranges(german, {row: {"Low": "0,4"}}).ranges[row].low == 0.004
    with pytest.raises(PlanError, match="two ways"):
        with_typed_ranges(german, {row: {"High": "1,234"}})


def test_a_cleared_end_removes_the_range_and_a_cleared_value_is_refused() -> None:
    changed = with_typed_ranges(PLAN, {0: {"Low": None}, 2: {"High": None}})
    assert changed == replace(PLAN, ranges=(PLAN.ranges[1], *PLAN.ranges[3:]))
    with pytest.raises(PlanError, match="cleared"):
        with_typed_ranges(PLAN, {0: {"Value": None}})


def test_a_low_above_the_value_is_refused() -> None:
    with pytest.raises(PlanError, match=PLAN.ranges[1].path):
        with_typed_ranges(PLAN, {1: {"Low": 99.0}})


def test_a_value_of_nothing_cannot_keep_a_range() -> None:
    row = [band.path for band in PLAN.ranges].index("email.replied.rate")
    changed = with_typed_ranges(PLAN, {row: {"Value": 0.0, "High": 4.0}})
    assert changed == pull(PLAN, "email.replied.rate", 0.0)


@given(plan=plans(), data=st.data())
@examples(15)
def test_a_lever_on_offer_takes_its_range(plan: Plan, data: st.DataObject) -> None:
    assert free_levers(plan) == movable(plan)
    by_path = {item.path: item for item in levers(plan)}
    inside = [path for path in movable(plan) if by_path[path].value < by_path[path].kind.high * (1 - 1e-9)]
    path = data.draw(st.sampled_from(inside))
    changed = with_usual_range(plan, path)
    assert [band.path for band in changed.ranges] == [path]
    assert path not in free_levers(changed)
    assert edit.without_ranges(changed) == plan
