"""Text from a user stays text: never a formula, never a path, never markup."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import pytest

from planner.export.workbook import to_xlsx
from planner.keep.workspace import Workspace
from planner.plan import Plan, replace
from planner.plan.starter import starter
from tests.export.workbook.office import read

HOSTILE = (
    '=HYPERLINK("https://example.com","x")', "+1+1", "-2+3", "@SUM(1)", "=cmd|' /C calc'!A0", "{=1}", "\t=1+1",
    "<script>alert(1)</script>", "../../etc/passwd", "C:\\windows\\x", "a'!A1:B2", "[Book]Sheet", "https://example.com",
    "internal:Inputs!A1", "'", "History", "inputs", "\ue000\ue001", "Ünïcode – 営業",
)  # fmt: skip


def named(text: str) -> Plan:
    """A plan whose every name is this text."""
    plan = starter("email", "phone")
    channels = tuple(
        replace(c, label=f"{text} {i}" if i else text, stages=tuple(replace(s, label=text) for s in c.stages))
        for i, c in enumerate(plan.channels)
    )  # fmt: skip
    costs = tuple(replace(cost, label=text) for cost in plan.costs)
    return replace(plan, name=text, channels=channels, costs=costs, note=text)


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("text", HOSTILE)
def test_names_are_never_formulas_links_or_paths(text: str) -> None:
    work = Workspace(named(text)).with_scenario(text, named(text))
    files = parts(to_xlsx(work))
    plain = parts(to_xlsx(Workspace(named("Plain")).with_scenario("x", named("Plain"))))
    assert set(files) == set(plain)
    for name, content in files.items():
        if name.startswith("xl/worksheets/sheet"):
            formulas = [unescape(formula) for formula in re.findall(r"<f>(.*?)</f>", content)]
            assert len(formulas) == plain[name].count("<f>")
            assert "<hyperlink" not in content
            ours = " ".join(re.sub(r"'[\w -]+'!", "", formula) for formula in formulas)
            assert not re.search(r"HYPERLINK|cmd|passwd|script|example|\[", ours)
    for sheet in re.findall(r'<sheet name="([^"]*)"', files["xl/workbook.xml"]):
        assert re.fullmatch(r"[\w -]{1,31}", unescape(sheet))


def test_a_name_is_read_back_as_it_was_typed() -> None:
    text = '=HYPERLINK("https://example.com","x")'
    book = read(to_xlsx(Workspace(named(text))))
    assert book["Key figures"][0][0] == text
