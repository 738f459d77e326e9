"""Every trade word that a page shows as a label has its "?" from the glossary, and every entry stands on a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from pages.parts.drawers import NAMES
from planner.actuals.sample import sample_actuals
from planner.keep.workspace import Workspace
from planner.measure.glossary import GLOSSARY, define, terms
from planner.plan import Target, replace
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.terms import axis_titles
from tests.app.conftest import Opener, opened, rungs

__all__ = ["opened"]

PAGES = [
    "plan/channels.py", "plan/money.py", "plan/forecast.py", "explore/uncertainty.py", "explore/sensitivity.py",
    "explore/goal.py", "explore/budget.py", "explore/compare.py", "explore/scenarios.py", "reality/actuals.py",
    "reality/variance.py", "reality/kpis.py", "share/brief.py", "share/library.py", "share/files.py",
]  # fmt: skip
CHANNELS = ("sales", "ads", "phone", "linkedin", "sms", "post", "landing")
OPEN: dict[str, list[dict[str, Any]]] = {  # what of a page is open beside how it opens at first
    "plan/channels.py": [
        *({"drawer:channel": drawer} for drawer in NAMES.values()),
        {"chosen": "sales", "drawer:sales": NAMES["sides"]},
        {"chosen": "email", "drawer:channel": NAMES["months"], "months_tabs": "Holidays and season"},
        *({"chosen": key, "drawer:channel": NAMES["sides"]} for key in CHANNELS),
    ],
    "plan/forecast.py": [{"forecast_tabs": tab} for tab in ("Funnel of each channel", "Last useful day by channel")],
    "plan/money.py": [{"money_tabs": tab} for tab in ("Team", "Costs")],
    "explore/sensitivity.py": [{"variance": True}],
    "reality/variance.py": [{"record": True, "openings": True, "evidence_sides": True}],
    "reality/kpis.py": [{"kpi_group": group} for group in ("phone", "all", "sales")],
}  # fmt: skip
FIELDS = {
    "selectbox", "text_input", "text_area", "number_input", "slider", "toggle", "checkbox", "multiselect", "metric",
}  # fmt: skip


def workspace() -> Workspace:
    """A plan with all that pages speak of: targets, ranges, a baseline, scenarios, actuals."""
    plan = replace(starter(), targets=(Target("won", 40.0), Target("cac", 5000.0)))
    better = pull(plan, "email.replied.rate", 0.006)
    work = Workspace(better, baseline=plan, actuals=sample_actuals(better, seed=1))
    return work.with_scenario("Push", pull(better, "email.volume", 15_000.0))


def nodes(node: Any) -> Iterator[Any]:
    """Every block and element of a page."""
    yield node
    for child in getattr(node, "children", {}).values():
        yield from nodes(child)


def text_of(html: str) -> str:
    """What a person reads of a piece of HTML: no "?", no swatch, no note below."""
    plain = re.sub(r"<details class=\"term\".*?</details>|<small.*?</small>|<[^>]+>", "", html, flags=re.DOTALL)
    return " ".join(unescape(plain).split())


def in_html(html: str) -> Iterator[tuple[str, set[str]]]:
    """Labels of tables and titles, each with the trade words that have a "?" there."""
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        marked = set(re.findall(r'<summary aria-label="(.*?): what it means"', table))
        helped = {word for label in marked for word in terms(unescape(label))}
        for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table, re.DOTALL):
            yield text_of(head), helped
        for row in re.findall(r'<th scope="row"[^>]*>(.*?)</th>', table, re.DOTALL):
            if define(text_of(row)):
                yield text_of(row), helped
    for title in re.findall(r'<div class="title" role.*?</div>', html, re.DOTALL):
        yield text_of(title), set(terms(text_of(title))) if 'class="term"' in title else set()


def inside(block: Any) -> set[str]:
    """The trade words that can be asked about within a block: in its words below labels, in titles and in tables."""
    bodies = "".join(node.proto.body for node in nodes(block) if node.type == "html")
    marked = re.findall(r'<summary aria-label="(.*?): what it means"', bodies)
    return {word for label in marked for word in terms(unescape(label))}


def labels(app: Any) -> Iterator[tuple[str, set[str]]]:
    """Every label of a page with the trade words of it that can be asked about there."""
    bodies = "\n".join(node.proto.body for node in nodes(app._tree) if node.type == "html")
    lines = re.findall(r'<div class="words">.*?</div>', bodies, re.DOTALL)
    below = {word for line in lines for word in terms(text_of(line))}
    yield from ((word, below) for word in below)
    for row in rungs(app).values():
        yield row["name"], set(terms(row["name"])) if row["tip"] else set()
    for node in nodes(app._tree):
        message = getattr(node, "proto", None)
        if node.type == "html":
            yield from in_html(node.proto.body)
        elif "vega_lite_chart" in node.type:
            yield from ((title, below) for title in axis_titles(json.loads(node.proto.spec)))
        elif node.type == "arrow_data_frame":
            columns = json.loads(node.proto.columns or "{}")
            yield from (((columns.get(name) or {}).get("label") or name, below) for name in node.value.columns)
        elif node.type in ("tab", "expander") and node.children:  # an open one; a closed one holds nothing
            yield node.label, inside(node)
        elif isinstance(message, Message) and node.type in FIELDS and not message.label_visibility.value:
            yield message.label, set(terms(message.label)) if getattr(message, "help", "") else set()


def asked_about(app: AppTest, path: str) -> set[str]:
    """The trade words that labels of a page hold; each can be asked about."""
    words_on_page: set[str] = set()
    folded: dict[str, bool] = {}  # tabs and what folds, and whether each was open once
    for states in ({}, *OPEN.get(path, [])):
        for key, value in states.items():
            app.session_state[key] = value
        app.run()
        assert not app.exception
        for label, helped in labels(app):
            assert set(terms(label)) <= helped, f"{path}: “{label}”"
            words_on_page.update(terms(label))
        for node in nodes(app._tree):
            if node.type in ("tab", "expander"):
                folded[node.label] = folded.get(node.label, False) or bool(node.children)
    assert [label for label, was_open in folded.items() if terms(label) and not was_open] == []
    return words_on_page


def test_every_trade_word_of_a_label_can_be_asked_about_and_no_entry_of_the_glossary_is_for_nobody(
    opened: Opener,
) -> None:
    words_on_pages = set()
    for path in PAGES:
        app = opened()
        app.session_state["desk"].workspace = workspace()
        words_on_pages |= asked_about(app.switch_page(path), path)
    assert ", ".join(sorted(set(GLOSSARY) - words_on_pages)) == ""


def test_a_new_word_is_one_row(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that pages use without a "?" has one wherever it stands in a label, once it is in the glossary."""
    monkeypatch.setitem(GLOSSARY, "Channel", "One way to reach people.")  # type: ignore[index]
    app = opened("plan/forecast.py")
    beside = [helped for label, helped in labels(app) if "Channel" in terms(label)]
    assert beside
    assert all("Channel" in helped for helped in beside)
