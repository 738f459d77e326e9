"""An export format is one record: added to the table, it is a button on the share page."""

from __future__ import annotations

import pytest

from planner.export.formats import EXPORTS, Export
from planner.keep.codec import from_json, to_json
from planner.keep.workspace import Workspace
from planner.plan.starter import starter
from tests.app.conftest import (
    Opener,
    opened,  # noqa: F401  a fixture
)


def test_a_format_is_one_record(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    names = Export("names", "Channel names", "txt", "text/plain", lambda work: work.plan.channels[0].label.encode())
    monkeypatch.setitem(EXPORTS, "names", names)
    labels = [button.proto.label for button in opened("share/files.py").get("download_button")]
    assert "Channel names" in labels
    assert EXPORTS["names"].write(Workspace(starter("email"))) == b"E-mail"


def test_every_format_writes_what_its_reader_reads_back() -> None:
    work = Workspace(starter("email", "phone"))
    assert from_json(EXPORTS["plan"].write(work)) == work.plan
    assert from_json(EXPORTS["workspace"].write(work)) == from_json(to_json(work))


def test_a_shared_plan_offers_no_workspace(opened: Opener) -> None:  # noqa: F811
    from planner.keep.codec import to_token

    at = opened("share/files.py", s=to_token(starter("email")))
    labels = [button.proto.label for button in at.get("download_button")]
    assert "Plan" in labels
    assert "Workspace" not in labels
