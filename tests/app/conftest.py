"""Pages run without a browser: the frame opened cold, then one page of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"

Opener = Callable[..., AppTest]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """`opened("plan/money.py", s=token)` is that page of a fresh visit, run once; nothing on it may have failed."""
    monkeypatch.setenv("OUTBOUND_PLANNER_STORE", f"sqlite:///{tmp_path}/drafts.sqlite")

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


def strip(at: AppTest) -> str:
    """The key figures as they stand on the page, as HTML."""
    return next(block.proto.body for block in at.get("html") if 'class="strip"' in block.proto.body)


def bodies(at: AppTest) -> str:
    """Every piece of HTML on the page."""
    return "\n".join(block.proto.body for block in at.get("html"))
