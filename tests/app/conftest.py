"""Pages run without a browser: the frame opened cold, then one page of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import drafts
from pages.widgets import sliders
from planner.keep.store import Store

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"

Opener = Callable[..., AppTest]


@lru_cache(maxsize=1)
def empty_store() -> bytes:
    """The file of a store with nothing in it, to be copied: all its migrations take as long as a page."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite"
        store = Store(f"sqlite:///{file}")
        store.check()
        store.close()
        return file.read_bytes()


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """`opened("plan/money.py", s=token)` is that page of a fresh visit, run once; nothing on it may have failed."""
    (tmp_path / "drafts.sqlite").write_bytes(empty_store())
    monkeypatch.setenv("OUTBOUND_PLANNER_STORE", f"sqlite:///{tmp_path}/drafts.sqlite")
    drafts.store.cache_clear()

    def page(path: str = "", **query: str) -> AppTest:
        app = AppTest.from_file(FRAME, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if path:
            app.switch_page(path).run()
        assert not app.exception
        return app

    return page


@pytest.fixture
def browser(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """As `opened`, but every page is a tab of one browser, which keeps its cookie."""
    monkeypatch.setattr(drafts, "owner", lambda: "one-browser-with-a-cookie")
    return opened


def strip(app: AppTest) -> str:
    """The key figures as they stand on the page, as HTML."""
    return next(block.proto.body for block in app.get("html") if 'class="strip"' in block.proto.body)


def bodies(app: AppTest) -> str:
    """Every piece of HTML on the page."""
    return "\n".join(block.proto.body for block in app.get("html"))


def rungs(app: AppTest) -> dict[str, dict[str, Any]]:
    """The rows of every ladder on the page by lever path, as the browser gets them, with whether they may be moved."""
    by_path = {}
    for element in app.get("bidi_component"):
        if element.proto.component_name == "planner_sliders":
            data = json.loads(element.proto.json)
            by_path.update({row["path"]: {**row, "off": data["off"]} for row in data["rows"]})
    return by_path


def move(app: AppTest, path: str, number: float) -> AppTest:
    """A lever moved to this number on screen: what the browser's part tells, told by hand."""
    desk, row = app.session_state["desk"], rungs(app)[path]
    desk.workspace = desk.workspace.committed(sliders.after(desk.workspace.plan, {path: number}, {path: row["factor"]}))
    return app.run()
