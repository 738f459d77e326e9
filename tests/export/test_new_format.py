"""An export format is one record: added to the table, it is a choice on the share page."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

from planner.errors import PlannerError
from planner.export.formats import EXPORTS, Export, exported
from planner.keep.codec import from_json, to_json, to_token
from planner.keep.workspace import Workspace
from planner.plan.starter import starter
from tests.app.conftest import (
    Opener,
    opened,  # noqa: F401  a fixture
)


def offered(app: AppTest) -> list[str]:
    """The formats to choose from."""
    return app.selectbox(key="file_format").options


def test_a_format_is_one_record(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    names = Export(
        "names", "Channel names", "txt", "text/plain", lambda work, report: work.plan.channels[0].label.encode()
    )
    monkeypatch.setitem(EXPORTS, "names", names)
    app = opened("share/files.py")
    assert "Channel names" in offered(app)
    app.selectbox(key="file_format").select("names").run()
    assert [button.proto.label for button in app.get("download_button")] == ["Download TXT"]
    assert exported("names", Workspace(starter("email"))) == b"E-mail"


def test_every_format_writes_what_its_reader_reads_back() -> None:
    work = Workspace(starter("email", "phone"))
    assert from_json(exported("plan", work)) == work.plan
    assert from_json(exported("workspace", work)) == from_json(to_json(work))


def test_a_shared_plan_offers_no_workspace(opened: Opener) -> None:  # noqa: F811
    app = opened("share/files.py", s=to_token(starter("email")))
    assert "Plan" in offered(app)
    assert "Workspace" not in offered(app)


def test_a_document_is_made_when_it_is_asked_for_and_no_longer_offered_once_the_plan_moves(
    opened: Opener,  # noqa: F811
) -> None:
    app = opened("share/files.py")
    app.selectbox(key="file_format").select("workbook").run()
    assert not app.get("download_button")
    app.button(key="prepare_file").click().run()
    work = app.session_state["desk"].document.work
    for _ in range(240):
        if work.done:
            break
        time.sleep(0.25)
    app.run()
    assert [button.proto.label for button in app.get("download_button")] == ["Download XLSX"]
    assert work.result[:2] == b"PK"
    workspace = app.session_state["desk"].workspace
    app.session_state["desk"].workspace = workspace.committed(starter("email"))
    app.run()
    assert not app.get("download_button")


def test_a_missing_library_is_said_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = Export("absent", "Thing", "x", "x/x", lambda work, report: b"", libraries=("no_such_module_there",))
    monkeypatch.setitem(EXPORTS, "absent", absent)
    with pytest.raises(PlannerError, match=r"needs the library no_such_module_there.*extra “documents”"):
        exported("absent", Workspace(starter("email")))
