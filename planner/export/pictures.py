"""Charts as pictures: SVG and PNG, drawn as on the screen and with their finding as title."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from planner.show.design import Chart

__all__ = ["LIBRARY", "PICTURES", "Picture", "can_draw", "to_png", "to_svg"]

LIBRARY = "vl_convert"
_WIDTH, _SCALE = 640, 2.0
_FONT = "Helvetica, Arial, sans-serif"


@dataclass(frozen=True)
class Picture:
    """A format of pictures: its name on a button, its file's ending and MIME type, and what draws it."""

    label: str
    ending: str
    mime: str
    draw: Callable[[Chart], bytes]


@cache
def can_draw() -> bool:
    """Whether the library that draws is installed."""
    return find_spec(LIBRARY) is not None


def to_svg(chart: Chart, width: int = _WIDTH, *, titled: bool = True) -> bytes:
    """The chart as SVG, `width` pixels across. Texts of the plan are text in it, never markup."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(_whole(chart, width, titled), allowed_base_urls=[])
    return drawn.encode()


def to_png(chart: Chart, width: int = _WIDTH, *, titled: bool = True, scale: float = _SCALE) -> bytes:
    """The chart as PNG at `scale` times its size, for slides and screens of any density."""
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(_whole(chart, width, titled), scale=scale, allowed_base_urls=[])
    return drawn


PICTURES = (Picture("PNG", "png", "image/png", to_png), Picture("SVG", "svg", "image/svg+xml", to_svg))


def _whole(chart: Chart, width: int, titled: bool) -> dict[str, Any]:
    """The specification with its rows, a width of its own, a white ground, and names to its colours."""
    rows = [{name: _plain(value) for name, value in row.items()} for row in chart.frame.to_dict("records")]
    title = {"title": {"text": chart.title, "anchor": "start", "fontSize": 14, "offset": 12, "limit": width}}
    drawing = chart.drawing()
    config = {**drawing.get("config", {}), "font": _FONT}
    names = {row["hue"]: row["label"] for row in rows if row.get("label") and row.get("hue")}
    spec = _named(drawing, names) if len(names) > 1 and "month" in chart.frame else drawing
    return {
        **spec, **(title if titled else {}), "data": {"values": rows}, "width": width, "background": "white",
        "config": config, "padding": 8,
    }  # fmt: skip


def _named(part: Any, names: Mapping[str, str]) -> Any:
    """The specification with a legend wherever rows bring their colours along: a picture has no tooltips."""
    if isinstance(part, list):
        return [_named(item, names) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("field") == "hue" and part.get("scale", "") is None:
        labels = f"({json.dumps(dict(names))})[datum.value]"
        legend = {"title": None, "orient": "bottom", "labelExpr": labels, "labelLimit": 200, "columns": 4}
        return {**part, "scale": {"domain": list(names), "range": list(names)}, "legend": legend}
    return {name: _named(item, names) for name, item in part.items()}


def _plain(value: Any) -> Any:
    """A value as JSON has it; None where it is undefined."""
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and not math.isfinite(value) else value
