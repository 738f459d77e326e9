"""Charts that slides draw themselves: from the rows of a chart of the screen, to be edited with their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from planner import words
from planner.engine import Forecast
from planner.show.design import BAD, GREY, INK, Chart
from planner.show.tables import safe

__all__ = ["Native", "Row", "of_chart", "of_hours"]

Shape = Literal["columns", "stacked", "bars", "lines", "swings"]
_TYPES: Mapping[Shape, str] = {
    "columns": "COLUMN_CLUSTERED", "stacked": "COLUMN_STACKED", "bars": "BAR_CLUSTERED", "lines": "LINE",
    "swings": "BAR_CLUSTERED",
}  # fmt: skip
_LYING = ("bars", "swings")
_RULE, _EDGE = "DDE1E5", "#b4bdc6"
_FAN = {
    "actual": ("What happened", INK), "low": ("Low (10%)", _EDGE), "middle": ("Median", INK),
    "high": ("High (90%)", _EDGE), "planned": ("Plan", GREY), "target": ("Target", BAD),
}  # fmt: skip
_DASHED = ("planned", "target")
_LARGE = 100.0  # from here on decimals say nothing


@dataclass(frozen=True)
class Row:
    """A series: its name, its values (None: undefined), its colour or one per value; a line may be dashed."""

    name: str
    values: tuple[float | None, ...]
    hues: tuple[str, ...]
    dashed: bool = False


@dataclass(frozen=True)
class Native:
    """A chart by its shape, its categories and its series. Names act as no formula in the sheet behind it."""

    shape: Shape
    categories: tuple[str, ...]
    rows: tuple[Row, ...]

    def draw(self, slide: Any, left: Any, top: Any, width: Any, height: Any) -> None:
        """Puts the chart on a slide."""
        from pptx.chart.data import CategoryChartData
        from pptx.dml.color import RGBColor
        from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
        from pptx.util import Pt

        data = CategoryChartData(number_format="#,##0" if self._largest() >= _LARGE else "#,##0.0")
        data.categories = [safe(name) for name in self.categories]
        for row in self.rows:
            data.add_series(safe(row.name), row.values)
        frame = slide.shapes.add_chart(getattr(XL_CHART_TYPE, _TYPES[self.shape]), left, top, width, height, data)
        chart = frame.chart
        chart.font.size, chart.has_title = Pt(12), False
        chart.has_legend = len(self.rows) > 1
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        if self.shape in _LYING:
            chart.category_axis.reverse_order = True
            chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
        if self.shape == "swings":
            chart.plots[0].overlap = 100  # both ends of a bar in one line
            chart.plots[0].has_data_labels, chart.plots[0].data_labels.number_format = True, "+#,##0.0;-#,##0.0"
            chart.plots[0].data_labels.number_format_is_linked = False
        if self.shape == "bars":
            chart.plots[0].has_data_labels, chart.plots[0].data_labels.number_format_is_linked = True, True
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        if self.shape not in _LYING:
            chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(_RULE)
        if self.shape != "lines":
            chart.plots[0].gap_width = 40
        for row, series in zip(self.rows, chart.plots[0].series, strict=True):
            self._paint(row, series)

    def _largest(self) -> float:
        return max((abs(value) for row in self.rows for value in row.values if value is not None), default=0.0)

    def _paint(self, row: Row, series: Any) -> None:
        from pptx.dml.color import RGBColor
        from pptx.enum.dml import MSO_LINE

        colours = [RGBColor.from_string(hue.removeprefix("#").upper()) for hue in row.hues]
        if self.shape == "lines":
            series.format.line.color.rgb, series.smooth = colours[0], False
            if row.dashed:
                series.format.line.dash_style = MSO_LINE.DASH
        elif len(colours) == 1:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colours[0]
        else:
            for point, colour in enumerate(colours):
                fill = series.points[point].format.fill
                fill.solid()
                fill.fore_color.rgb = colour


def of_chart(chart: Chart) -> Native | None:
    """The chart by what its rows hold; None for another.

    Bars by name, a range over months, series by month, or how far an input moves a figure from the plan's.
    """
    frame = chart.frame
    if {"month", "low", "middle", "high"} <= set(frame):
        rows = [
            Row(name, _values(frame[key]), (hue,), key in _DASHED) for key, (name, hue) in _FAN.items() if key in frame
        ]
        filled = tuple(row for row in rows if any(value is not None for value in row.values))
        return Native("lines", tuple(frame["month"]), filled)
    if {"label", "low", "high", "base"} <= set(frame) and len(frame):
        ends = (("low", "Low end of its range", GREY), ("high", "High end of its range", INK))
        rows = [Row(name, _values(frame[key] - frame["base"]), (hue,)) for key, name, hue in ends]
        return Native("swings", tuple(map(str, frame["label"])), tuple(rows))
    if {"month", "label", "value", "hue"} <= set(frame):
        series = {label: part for label, part in frame.groupby("label", sort=False) if label}
        if "order" in frame:  # stacked; what is not part of the stack is below 0
            series = {label: part for label, part in series.items() if part["order"].iloc[0] >= 0}
        rows = [Row(str(label), _values(part["value"]), (part["hue"].iloc[0],)) for label, part in series.items()]
        months = tuple(dict.fromkeys(frame["month"]))
        return Native("stacked" if "order" in frame else "lines", months, tuple(rows)) if rows else None
    if {"label", "value", "hue"} <= set(frame) and len(frame):
        row = Row("Amount", _values(frame["value"]), tuple(frame["hue"]))
        return Native("bars", tuple(map(str, frame["label"])), (row,))
    return None


def of_hours(forecast: Forecast) -> Native:
    """Hours needed beside hours available, by month."""
    plan = forecast.plan
    needed = np.broadcast_to(forecast.hours("months"), (plan.months,))
    rows = (Row("Needed", _values(needed), (INK,)), Row("Available", _values(forecast.hours_available), (GREY,)))
    return Native("columns", words.month_names(plan), rows)


def _values(values: Sequence[float] | Any) -> tuple[float | None, ...]:
    return tuple(float(value) if np.isfinite(value) else None for value in values)
