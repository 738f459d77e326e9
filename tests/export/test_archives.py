"""Tables and charts to take away: every one, under names that are no paths, with nothing in them that acts."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from xml.etree import ElementTree

import pytest

from planner import words
from planner.engine import forecast
from planner.export import archives, pictures
from planner.keep.workspace import Workspace
from planner.measure.metrics import read
from planner.plan import Plan, replace
from planner.plan.starter import starter
from planner.show.forecast import charts, tables

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    '"});alert(1);({"',
    "a/b",
    "=1+1",
    " -1",
)


def needs_pictures() -> None:
    """Skips, saying so, where pictures cannot be drawn; in CI they have to be."""
    if not pictures.can_draw():
        if os.environ.get("CI") == "true":
            pytest.fail("vl-convert-python is missing: it is part of the extra that the tests install")
        pytest.skip("no vl-convert-python here: nothing draws pictures")


def named(text: str) -> Plan:
    """A plan with channels of this name."""
    plan = starter("email", "phone")
    labels = (text, f"{text} 2")
    return replace(
        plan, name=text, channels=tuple(replace(c, label=x) for c, x in zip(plan.channels, labels, strict=True))
    )


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_channel_by_month_holds_the_figures_of_each_channel_and_of_all() -> None:
    plan = starter()
    result = forecast(plan)
    by_figure = {}
    for channel, figure, *cells in tables.matrix(result).rows:
        by_figure[channel.text, figure.text] = [cell.text for cell in cells]
    for channel in plan.channels:
        expected = words.write(plan, read(result, "won", channel=channel.key))
        assert by_figure[channel.label, "Deals"][-2] == expected
    months = [words.write(plan, value) for value in read(result, "won", by_month=True)]
    later = words.write(plan, read(result, "won", tail=True) - read(result, "won"))
    assert by_figure["All channels", "Deals"] == [*months, words.write(plan, read(result, "won")), later]


def test_the_archive_holds_every_table_of_the_forecast() -> None:
    plan = starter("email", "phone")
    workspace = files(archives.tables(Workspace(plan)))
    assert {"key-figures.csv", "by-channel.csv", "by-month.csv", "channel-by-month.csv", "costs.csv"} <= set(workspace)
    assert {"funnel-1-e-mail.csv", "funnel-2-phone.csv"} <= set(workspace)
    rows = list(csv.reader(io.StringIO(workspace["channel-by-month.csv"].decode("utf-8-sig")), delimiter=";"))
    assert len(rows[0]) == plan.months + 4
    assert ["All channels", "Deals"] in [row[:2] for row in rows]


@pytest.mark.parametrize("text", HOSTILE)
def test_names_in_archives_are_no_formulas_and_no_paths(text: str) -> None:
    for name, data in files(archives.tables(Workspace(named(text)))).items():
        assert not set(name) & set("/\\:<>|'\"")
        assert ".." not in name
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"):
            for cell in row:
                assert cell[:1] not in ("=", "+", "@", "\t", "\r", " ")
                assert cell[:1] != "-" or cell[1:2].isdigit()


def test_the_same_plan_gives_the_same_archive() -> None:
    assert archives.tables(Workspace(starter("email"))) == archives.tables(Workspace(starter("email")))


def test_every_chart_is_drawn_as_png_and_as_svg() -> None:
    needs_pictures()
    workspace = files(archives.charts(Workspace(starter("email"))))
    assert {name.rpartition(".")[0] for name in workspace if name.endswith(".png")} == {
        name.rpartition(".")[0] for name in workspace if name.endswith(".svg")
    }
    for name, data in workspace.items():
        if name.endswith(".png"):
            assert data.startswith(b"\x89PNG")
        else:
            assert ElementTree.fromstring(data).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("text", HOSTILE)
def test_names_in_pictures_are_text(text: str) -> None:
    needs_pictures()
    result = forecast(named(text))
    tree = ElementTree.fromstring(pictures.to_svg(charts.deal_months(result, result)))
    assert text.strip() in " ".join("".join(tree.itertext()).split()) or text in "".join(tree.itertext())
    assert not [part for part in tree.iter() if part.tag.rpartition("}")[2] in ("script", "foreignObject", "image")]
    assert not [part for part in tree.iter() if any(name.endswith("href") for name in part.attrib)]
