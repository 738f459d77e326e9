"""Layers of a chart that have nothing to draw are left out: a scale without figures has no extent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["drawn", "unless", "where"]

_POSITIONS = ("x", "y", "x2", "y2")


def where(field: str, **test: Any) -> Any:
    """A filter that keeps the rows whose `field` passes the test: `equal=`, `oneOf=`, `gte=` or `valid=`."""
    return {"field": field, **test}


def unless(field: str, **test: Any) -> Any:
    """A filter that keeps the rows whose `field` does not pass the test."""
    return {"not": where(field, **test)}


def drawn(spec: Mapping[str, Any], frame: pd.DataFrame) -> dict[str, Any]:
    """The specification with those of its layers that have rows in `frame`, and figures where they are placed by one.

    Filters of layers are made by `where` and `unless`, never written as expressions.
    """
    if "layer" not in spec:
        return dict(spec)
    return {**spec, "layer": [layer for layer in spec["layer"] if _draws(layer, frame)]}


def _draws(layer: Mapping[str, Any], frame: pd.DataFrame) -> bool:
    rows = frame
    for step in layer.get("transform", ()):
        rows = rows[_holds(step["filter"], rows)]
    places = (layer.get("encoding", {}).get(position, {}) for position in _POSITIONS)
    fields = [place["field"] for place in places if "field" in place]
    figures = [rows[field] for field in fields if pd.api.types.is_numeric_dtype(rows[field])]
    return not rows.empty and all(np.isfinite(values.to_numpy(float)).any() for values in figures)


def _holds(predicate: Mapping[str, Any], rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Which rows a predicate keeps."""
    if "not" in predicate:
        return ~_holds(predicate["not"], rows)
    values = rows[predicate["field"]]
    if "oneOf" in predicate:
        kept = values.isin(predicate["oneOf"])
    elif "valid" in predicate:
        kept = values.notna() == predicate["valid"]
    elif "gte" in predicate:
        kept = values >= predicate["gte"]
    else:
        kept = values == predicate["equal"]
    return np.asarray(kept, bool)
