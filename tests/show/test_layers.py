"""A chart is drawn without the layers that have nothing to draw."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from planner.show.layers import drawn

ROWS = pd.DataFrame(
    {"part": ["line", "line", "mark"], "value": [1.0, 2.0, 1.5], "aim": [float("nan")] * 3, "order": [0, 1, -1],
     "here": [False, False, True]}
)  # fmt: skip


def layer(field: str, *filters: dict[str, Any]) -> dict[str, Any]:
    return {"encoding": {"y": {"field": field}}, "transform": [{"filter": step} for step in filters]}


@pytest.mark.parametrize(
    ("predicate", "kept"),
    [
        ({"field": "part", "equal": "line"}, True), ({"field": "part", "equal": "zone"}, False),
        ({"field": "part", "oneOf": ["zone", "mark"]}, True), ({"field": "part", "oneOf": ["zone"]}, False),
        ({"field": "order", "gte": 1}, True), ({"field": "order", "gte": 2}, False),
        ({"not": {"field": "order", "gte": -1}}, False), ({"field": "here", "equal": True}, True),
        ({"field": "value", "valid": True}, True), ({"field": "aim", "valid": True}, False),
    ],
)  # fmt: skip
def test_a_layer_stays_where_its_filter_keeps_a_row(predicate: dict[str, Any], kept: bool) -> None:
    assert bool(drawn({"layer": [layer("value", predicate)]}, ROWS)["layer"]) is kept


def test_a_layer_that_is_placed_by_figures_none_of_which_is_defined_is_left_out() -> None:
    whole = {"layer": [layer("aim"), layer("value")], "height": 210}
    assert drawn(whole, ROWS) == {"layer": [layer("value")], "height": 210}
    assert len(whole["layer"]) == 2  # the design itself is shared and stays


def test_filters_hold_one_after_the_other() -> None:
    twice = layer("value", {"field": "part", "equal": "line"}, {"field": "here", "equal": True})
    assert drawn({"layer": [twice]}, ROWS)["layer"] == []
