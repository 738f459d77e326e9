"""Many files in one: every table of the forecast as CSV, every chart of it as pictures, zipped."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence

from planner.engine import Forecast, forecast
from planner.export.pictures import PICTURES
from planner.keep.workspace import Workspace
from planner.show.design import Chart
from planner.show.forecast import charts as drawn
from planner.show.forecast import tables as shown
from planner.show.tables import Table, to_csv
from planner.show.without import without

__all__ = ["charts", "file_stem", "tables"]

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the day of every file: the same plan gives the same bytes
_LONGEST = 60  # characters of a file's name


def tables(work: Workspace, report: Callable[[float], None] = lambda share: None) -> bytes:
    """A zip of every table of the forecast as CSV."""
    here, base = forecast(work.plan), forecast(work.baseline)
    return _zipped([(f"{name}.csv", to_csv(table)) for name, table in _tables(here, base, work.tail)], report)


def charts(work: Workspace, report: Callable[[float], None] = lambda share: None) -> bytes:
    """A zip of every chart of the forecast, as PNG and as SVG."""
    files, every = [], list(_charts(forecast(work.plan), forecast(work.baseline), work.tail))
    for number, (name, chart) in enumerate(every):
        files += [(f"{name}.{picture.ending}", picture.draw(chart)) for picture in PICTURES]
        report(number / len(every))
    return _zipped(files, report)


def _tables(here: Forecast, base: Forecast, tail: bool) -> Iterator[tuple[str, Table]]:
    yield "key-figures", shown.key_figures(here, base, tail=tail)
    yield "by-channel", shown.by_channel(here, tail=tail)
    yield "by-month", shown.by_month(here, tail=tail)
    yield "channel-by-month", shown.matrix(here)
    for number, channel in enumerate(here.plan.channels, 1):
        if channel.key in here.channels:
            yield f"funnel-{number}-{file_stem(channel.label)}", shown.stages(here, channel)
    yield "without-a-channel", without(here, tail=tail)
    yield "costs", shown.cost_rows(here)
    yield "deal-figures", shown.deal_figures(here, tail=tail)


def _charts(here: Forecast, base: Forecast, tail: bool) -> Iterator[tuple[str, Chart]]:
    yield "deals-by-month", drawn.deal_months(here, base)
    yield "deals-by-channel", drawn.deals_by_channel(here, tail=tail)
    yield "cash", drawn.cash(here, base)
    yield "hours", drawn.hours(here)
    for number, channel in enumerate(here.plan.channels, 1):
        yield f"channel-{number}-{file_stem(channel.label)}", drawn.channel_months(here, base, channel)


def file_stem(name: str) -> str:
    """A name as a part of a file's name: letters, digits and hyphens, never a path."""
    return re.sub(r"[^\w-]+", "-", name).strip("-_")[:_LONGEST].lower() or "unnamed"


def _zipped(files: Sequence[tuple[str, bytes]], report: Callable[[float], None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    report(1.0)
    return out.getvalue()
