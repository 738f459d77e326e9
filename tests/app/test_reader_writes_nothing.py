"""A reader cannot write by any path: every callback of every page is called as one, and nothing kept is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from pages.shell import drafts, sign_in
from pages.widgets import copying, sliders
from planner.actuals.sample import sample_actuals
from planner.keep.codec import to_token
from planner.keep.library import Library
from planner.keep.members import Members
from planner.keep.short_links import Links
from planner.keep.store import hashed
from planner.keep.workspace import Workspace
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.app.conftest import FRAME, Opener
from tests.app.test_library import rows

PAGES = sorted(str(file.relative_to(FRAME.parent)) for file in FRAME.parent.glob("*/*.py"))
PAGES = [page for page in PAGES if page.split("/")[0] in ("plan", "explore", "reality", "share")]
EVENTS = ("on_click", "on_change", "on_submit", "on_select", "on_press_change", "on_move_change")
OWN = frozenset({"prepare_file", "sign_out"})  # starts a file of what is on screen; ends the visit: neither writes
OWNER, READER = "browser-of-the-owner-here", "browser-of-a-reader-there"
NOON = dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)
PLAN = starter("email", "phone", start="2027-01")
ELSEWHERE = to_token(pull(PLAN, "email.volume", 77.0))


class Recorded:
    """What every widget would call, by its key, and the keys of all that can be unfolded."""

    def __init__(self) -> None:
        self.calls: dict[str, Callable[[], object]] = {}
        self.keys: set[str] = set()
        self.ended = False
        self.folded: set[str] = set()

    def recording(self, draw: Callable[..., Any]) -> Callable[..., Any]:
        """The widget as it is, with what it would call noted."""

        def drawn(*args: Any, **more: Any) -> Any:
            key = str(more.get("key"))
            if self.ended:
                return draw(*args, **more)
            self.keys.add(key)
            for event in EVENTS:
                if callable(more.get(event)):
                    self.calls[key] = partial(more[event], *(more.get("args") or ()), **(more.get("kwargs") or {}))
                elif more.get(event) == "rerun":
                    self.folded.add(key)
            return draw(*args, **more)

        return drawn


WIDGETS = [name for name in dir(DeltaGenerator) if name in (
    "button", "checkbox", "toggle", "radio", "selectbox", "multiselect", "text_input", "text_area", "number_input",
    "slider", "select_slider", "segmented_control", "pills", "date_input", "file_uploader", "data_editor", "popover",
    "expander", "tabs", "form_submit_button", "download_button", "dataframe",
)]  # fmt: skip


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    kept = Recorded()
    for name in WIDGETS:
        monkeypatch.setattr(st, name, kept.recording(getattr(st, name)))
        monkeypatch.setattr(DeltaGenerator, name, kept.recording(getattr(DeltaGenerator, name)))
    for module, name in ((copying, "_button"), (sliders, "_component")):
        monkeypatch.setattr(module, name, kept.recording(getattr(module, name)))
    return kept


def full(app: AppTest) -> None:
    """A desk with something in every part of it."""
    work = Workspace(PLAN).committed(pull(PLAN, "email.volume", 9000.0), "Raised").with_actuals(sample_actuals(PLAN))
    app.session_state["desk"].workspace = work.with_scenario("Push", pull(PLAN, "phone.volume", 3000.0))


def unfolded(page: str, recorded: Recorded, opened: Opener) -> AppTest:
    """The page of the owner with all unfolded that can be, twice over: what is folded may hide more."""
    app = opened()
    full(app)
    app.run().switch_page(page).run()
    for _ in range(2):
        for key in recorded.folded:
            app.session_state[key] = True
        app.run()
    assert not app.exception
    return app


def calling(calls, values, failed):  # type: ignore[no-untyped-def]  # runs as a script of its own
    """A page that does nothing but call all of it, with these values in its fields."""
    import streamlit as st

    for key, call in calls.items():
        for name, value in values.items():
            st.session_state[name] = value
        try:
            call()
        except Exception as error:  # noqa: BLE001  # a callback that finds no field of its own
            failed[key] = error


def called(recorded: Recorded, owner: AppTest, visit: AppTest, but: frozenset[str] = OWN) -> dict[str, Exception]:
    """All of it called within a visit, with what stands in the owner's fields; what failed."""
    failed: dict[str, Exception] = {}
    calls = {key: call for key, call in recorded.calls.items() if key not in but}
    values = {key: owner.session_state[key] for key in recorded.keys if key in owner.session_state}
    given = {"calls": calls, "values": values, "failed": failed}
    app = AppTest.from_function(calling, kwargs=given, default_timeout=60)
    app.session_state["desk"] = visit.session_state["desk"]
    assert not app.run().exception
    return failed


def library(owner: str) -> str:
    """A plan of two versions in the library, with an editor and a link; its id."""
    store = drafts.store()
    plan = Library(store).save(owner, "Budget", to_token(PLAN), "Finance", NOON).plan
    Library(store).save_version(owner, plan, ELSEWHERE, "Finance", NOON, note="more")
    Members(store).give(owner, plan, "editor@example.org", "editor")
    Links(store).keep_version(owner, plan, dt.date.today(), author="Finance")
    return plan


@pytest.mark.parametrize("page", PAGES)
def test_the_reader_of_a_link_writes_nothing_by_any_callback_of_the_page(
    page: str, opened: Opener, recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "owner", lambda: OWNER)
    plan = library_of(opened, OWNER, monkeypatch)
    owner = unfolded(page, recorded, opened)
    if page == "share/library.py":
        owner.button(key=f"versions:{plan}").click().run()
        for key in recorded.folded:
            owner.session_state[key] = True
        owner.run()
    assert len(recorded.calls) > 5
    recorded.ended = True
    monkeypatch.setattr(drafts, "owner", lambda: READER)
    own = opened()
    full(own)
    own.run()
    mine = own.session_state["desk"].workspace
    reader = opened(page, s=ELSEWHERE)
    before, work = rows(), reader.session_state["desk"].workspace
    called(recorded, owner, reader)
    assert rows() == before
    assert reader.session_state["desk"].workspace is work
    called(recorded, owner, own)  # on a desk of one's own the same writes
    assert own.session_state["desk"].workspace is not mine


def library_of(opened: Opener, owner: str, monkeypatch: pytest.MonkeyPatch) -> str:
    opened()  # the store is there
    return library(owner)


@pytest.mark.parametrize("page", ["share/library.py", "share/files.py"])
@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_who_is_no_owner_of_a_plan_changes_nothing_of_it_by_any_callback_beyond_the_role(
    page: str, role: str, opened: Opener, recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "owner", lambda: OWNER)
    monkeypatch.setattr(sign_in, "wanted", lambda: False)
    plan = library_of(opened, OWNER, monkeypatch)
    owner = opened("share/library.py")
    owner.button(key=f"open:{plan}").click().run()
    owner.button(key=f"versions:{plan}").click().run()
    owner.switch_page(page).run()
    for _ in range(2):
        for key in recorded.folded:
            owner.session_state[key] = True
        if page == "share/files.py":
            owner.session_state["link_what"] = "live"
        owner.run()
    assert not owner.exception
    recorded.ended = True
    link = Links(drafts.store()).keep_version(OWNER, plan, dt.date.today(), author="A", editable_by_all=True)
    Links(drafts.store()).join(READER, link, dt.date.today())
    monkeypatch.setattr(drafts, "owner", lambda: READER)
    member = opened("share/library.py")
    member.button(key=f"open:{plan}").click().run()
    if role == "viewer":
        with drafts.store().opened() as database:
            database.exec_driver_sql("UPDATE members SET role = 'viewer' WHERE person = '" + hashed(READER) + "'")
    before = of_plan(plan)
    failed = called(recorded, owner, member, OWN | {"forget"})
    after = of_plan(plan)
    saved = {name: after[name] != before[name] for name in before}
    assert not saved["plans"]
    assert not saved["members"]
    assert not saved["links"]
    assert not saved["openings"]
    if role == "viewer":
        assert not saved["versions"]
    tried = ("rename:", "archive:", "delete:", "restore:", "mark:", "remove:", "library_save_now", "shorten")
    assert page != "share/library.py" or not {key for key in failed if key.startswith(tried)}
    monkeypatch.setattr(drafts, "owner", lambda: OWNER)
    called(recorded, owner, owner, OWN | {"forget"})
    assert of_plan(plan) != before


def of_plan(plan: str) -> dict[str, list[str]]:
    """What the store holds of a plan, by table."""
    return {name: [row for row in texts if plan in row] for name, texts in rows().items()}


def test_every_page_is_tried() -> None:
    frame = Path(FRAME).read_text("utf-8")
    assert all(page in frame for page in PAGES)
    assert frame.count("st.Page(") == len(PAGES)
