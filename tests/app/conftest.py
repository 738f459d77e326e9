"""Pages run without a browser: the frame opened cold, then one page of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import drafts
from pages.widgets import inputs

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"

Opener = Callable[..., AppTest]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """`opened("plan/money.py", s=token)` is that page of a fresh visit, run once; nothing on it may have failed."""
    monkeypatch.setenv("OUTBOUND_PLANNER_STORE", f"sqlite:///{tmp_path}/drafts.sqlite")
    drafts.store.cache_clear()

    def page(path: str = "", **query: str) -> AppTest:
        at = AppTest.from_file(FRAME, default_timeout=60)
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        if path:
            at.switch_page(path).run()
        assert not at.exception
        return at

    return page


@pytest.fixture
def browser(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """As `opened`, but every page is a tab of one browser, which keeps its cookie."""
    monkeypatch.setattr(drafts, "owner", lambda: "one-browser-with-a-cookie")
    return opened


def strip(at: AppTest) -> str:
    """The key figures as they stand on the page, as HTML."""
    return next(block.proto.body for block in at.get("html") if 'class="strip"' in block.proto.body)


def bodies(at: AppTest) -> str:
    """Every piece of HTML on the page."""
    return "\n".join(block.proto.body for block in at.get("html"))


def rungs(at: AppTest) -> dict[str, dict[str, Any]]:
    """The rows of every ladder on the page by lever path, as the browser gets them, with whether they may be moved."""
    found = {}
    for element in at.get("bidi_component"):
        if element.proto.component_name == "planner_sliders":
            data = json.loads(element.proto.json)
            found.update({row["path"]: {**row, "off": data["off"]} for row in data["rows"]})
    return found


def move(at: AppTest, path: str, shown: float) -> AppTest:
    """A lever moved to the number `shown` on screen: what the browser's part tells, told by hand."""
    held, row = at.session_state["desk"].workspace, rungs(at)[path]
    at.session_state["desk"].workspace = held.committed(inputs.after(held.plan, {path: shown}, {path: row["factor"]}))
    return at.run()
