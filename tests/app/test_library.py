"""The library on its page: saved, opened, restored, renamed and compared; a reader of a link changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from pages.shell import drafts
from planner.errors import StoreError
from planner.keep.codec import from_token, to_token
from planner.keep.database import tables
from planner.keep.library import Library
from planner.keep.saved import Entry
from planner.keep.short_links import Links
from planner.keep.steps import Origin
from planner.keep.store import hashed
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.app.conftest import Opener, bodies, move

NOON = dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)
BROWSER = "one-browser-with-a-cookie"
PAGE = "share/library.py"


def entries() -> tuple[Entry, ...]:
    return Library(drafts.store()).entries(BROWSER)


def saved(app: AppTest, name: str = "Budget 2027", author: str = "Finance") -> AppTest:
    """The plan on the desk saved as a new plan."""
    app.text_input(key="library_author").set_value(author)
    app.text_input(key="library_name").set_value(name)
    app.button(key="library_save_now").click().run()
    assert not app.exception
    return app


def test_an_empty_library_says_what_it_is_for(browser: Opener) -> None:
    app = browser(PAGE)
    assert "The library is empty. Save the plan under a name" in bodies(app)
    assert not app.get("text_input")[0].label.startswith("Search")


def test_saving_asks_for_a_name_once(browser: Opener) -> None:
    app = browser(PAGE)
    app.button(key="library_save_now").click().run()
    assert "Type your name first" in app.warning[0].value
    assert entries() == ()
    saved(app)
    assert (entries()[0].name, entries()[0].latest.author) == ("Budget 2027", "Finance")
    assert browser(PAGE).text_input(key="library_author").value == "Finance"


def test_the_next_version_says_what_changed_and_the_strip_says_where_the_plan_stands(browser: Opener) -> None:
    app = saved(browser(PAGE))
    assert "<b>Budget 2027</b>" in bodies(app)
    assert ">version 1 ·" in bodies(app)
    assert 'content: "Budget 2027, version 1 ·' in bodies(app)  # the foot of a printed page
    move(app.switch_page("plan/channels.py").run(), "email.replied.rate", 0.8)
    assert ">version 1, unsaved changes" in bodies(app)
    assert 'content: "Budget 2027, version 1, changed since ·' in bodies(app)
    app.switch_page(PAGE).run()
    app.button(key="library_save_now").click().run()
    (entry,) = entries()
    assert [version.number for version in entry.versions] == [1, 2]
    app.button(key=f"versions:{entry.id}").click().run()
    assert "E-mail reply rate 0.5% → 0.8%. Deals " in bodies(app)
    assert "The first version." in bodies(app)
    assert "unsaved" not in bodies(app)


def test_a_plan_goes_by_the_name_under_which_it_was_saved(browser: Opener) -> None:
    app = browser(PAGE)
    before = app.session_state["desk"].workspace.plan
    work = saved(app, "Budget & more").session_state["desk"].workspace
    (entry,) = entries()
    kept = from_token(Library(drafts.store()).token(BROWSER, entry.id, 1))
    assert (work.plan.name, work.baseline, kept.plan, kept.baseline) == ("Budget & more", work.plan, work.plan, None)
    app.button(key="undo").click().run()
    assert app.session_state["desk"].workspace.plan == before


def test_a_name_that_is_taken_renames_nothing(browser: Opener) -> None:
    app = saved(browser(PAGE))
    work = app.session_state["desk"].workspace
    app.segmented_control(key="library_way").set_value("As a new plan").run()
    app.text_input(key="library_name").set_value("BUDGET 2027")
    app.button(key="library_save_now").click().run()
    assert "There is already a plan called" in app.warning[0].value
    assert app.session_state["desk"].workspace == work


def test_opening_is_a_step_that_undo_takes_back(browser: Opener) -> None:
    app = saved(browser(PAGE))
    first = app.session_state["desk"].workspace.plan
    move(app.switch_page("plan/channels.py").run(), "email.volume", 9000.0)
    moved = app.session_state["desk"].workspace.plan
    app.switch_page(PAGE).run()
    app.button(key="library_save_now").click().run()
    (entry,) = entries()
    app.button(key=f"versions:{entry.id}").click().run()
    app.button(key=f"take:{entry.id}:1").click().run()
    work = app.session_state["desk"].workspace
    assert (work.plan, work.origin) == (first, Origin(entry.id, "Budget 2027", 1, entry.versions[0].digest))
    assert work.past[-1].name == "Opened “Budget 2027”, version 1"
    assert "a newer version was saved since" in bodies(app)
    app.button(key="undo").click().run()
    work = app.session_state["desk"].workspace
    assert (work.plan, work.origin.number) == (moved, 2)


def test_restoring_duplicating_renaming_and_archiving(browser: Opener) -> None:
    app = saved(browser(PAGE))
    (entry,) = entries()
    app.button(key="library_save_now").click().run()
    app.button(key=f"versions:{entry.id}").click().run()
    app.button(key=f"restore:{entry.id}:1").click().run()
    assert entries()[0].latest.restores == 1
    assert "Restores version 1." in bodies(app)
    app.selectbox(key=f"mark:{entry.id}:3").set_value("budget").run()
    assert entries()[0].latest.purpose.key == "budget"
    app.text_input(key=f"rename:{entry.id}").set_value("Budget *B*").run()
    assert entries()[0].name == "Budget *B*"
    app.button(key=f"duplicate:{entry.id}").click().run()
    assert {entry.name for entry in entries()} == {"Budget *B*", "Budget *B* (copy)"}
    app.button(key=f"versions:{entry.id}").click().run()
    app.button(key=f"archive:{entry.id}").click().run()
    assert f"open:{entry.id}" not in {button.key for button in app.button}
    app.toggle(key="library_archived").set_value(True).run()
    assert f"open:{entry.id}" in {button.key for button in app.button}
    app.text_input(key="library_search").set_value("nowhere").run()
    assert "No plan matches" in bodies(app)


def test_a_name_that_is_taken_is_refused_and_the_field_shows_the_old_one(browser: Opener) -> None:
    app = saved(browser(PAGE), "A")
    Library(drafts.store()).duplicate(BROWSER, entries()[0].id, "B", "Finance", entries()[0].latest.when)
    (a,) = (entry.id for entry in entries() if entry.name == "A")
    app.run()
    app.button(key=f"versions:{a}").click().run()
    app.text_input(key=f"rename:{a}").set_value("b").run()
    assert "already a plan called “B”" in app.warning[0].value
    assert app.text_input(key=f"rename:{a}").value == "A"


def test_any_two_versions_are_compared_and_the_plan_stays_where_it_is(browser: Opener) -> None:
    app = saved(browser(PAGE))
    library, (entry,) = Library(drafts.store()), entries()
    more = to_token(pull(starter(start="2027-01"), "email.volume", 20000.0))
    library.save_version(BROWSER, entry.id, more, "Sales", entry.latest.when, purpose="budget")
    before = app.session_state["desk"].workspace
    app.multiselect(key="library_sides").set_value(
        ["Budget 2027, version 1", "Budget 2027, version 2 (locked budget)"]
    ).run()
    assert not app.exception
    assert "because of the e-mail volume" in bodies(app)
    assert app.session_state["desk"].workspace.plan == before.plan
    app.switch_page("explore/compare.py").run()
    app.selectbox(key="compare_to").set_value("Budget 2027, version 2 (locked budget)").run()
    assert not app.exception
    assert "because of the e-mail volume" in bodies(app)


def test_a_plan_is_deleted_after_a_question_and_its_links_open_nothing(browser: Opener) -> None:
    app = saved(browser(PAGE))
    (entry,) = entries()
    link = Links(drafts.store()).keep_version(BROWSER, entry.id, NOON.date(), author="Finance")
    plan = app.session_state["desk"].workspace.plan
    app.button(key=f"versions:{entry.id}").click().run()
    assert f"delete:{entry.id}" not in {button.key for button in app.button}
    app.session_state[f"delete_menu:{entry.id}"] = True
    app.run()
    assert "with its one version for everybody. It cannot be undone" in bodies(app)
    app.button(key=f"delete:{entry.id}").click().run()
    assert not app.exception
    assert entries() == ()
    assert (app.session_state["desk"].workspace.plan, app.session_state["desk"].workspace.origin) == (plan, None)
    assert "not in the library yet" in bodies(app)
    assert "This link cannot be opened" in bodies(browser("share/brief.py", l=link))


def test_an_owner_sees_who_came_by_a_link_and_takes_the_role_away(browser: Opener) -> None:
    app = saved(browser(PAGE))
    (entry,) = entries()
    link = Links(drafts.store()).keep_version(BROWSER, entry.id, NOON.date(), author="Finance", editable_by_all=True)
    Links(drafts.store()).join("another-browser", link, NOON.date())
    Library(drafts.store()).remember_name("another-browser", "Sales <b>")
    app.button(key=f"versions:{entry.id}").click().run()
    app.session_state[f"people:{entry.id}"] = True
    app.run()
    assert "Sales &lt;b&gt;<small>Can save versions" in bodies(app)
    (remove,) = (button for button in app.button if (button.key or "").startswith("remove:"))
    remove.click().run()
    assert not app.exception
    assert Library(drafts.store()).entries("another-browser") == ()
    assert len(entries()) == 1


@pytest.mark.parametrize(("role", "says"), [("viewer", "can read"), ("editor", "can save versions")])
def test_who_is_no_owner_is_told_what_may_be_done_and_offered_no_more(browser: Opener, role: str, says: str) -> None:
    app = browser(PAGE)
    library = Library(drafts.store())
    plan = library.save("somebody-else", "Theirs", to_token(starter("email")), "Sales", NOON).plan
    with drafts.store().opened() as database:
        database.execute(tables().members.insert().values(person=hashed(BROWSER), plan=plan, role=role))
    app.run()
    assert says in bodies(app)
    app.button(key=f"versions:{plan}").click().run()
    keys = {button.key for button in app.button} | {field.key for field in app.text_input}
    assert f"duplicate:{plan}" in keys
    assert not keys & {f"archive:{plan}", f"rename:{plan}", f"delete_menu:{plan}"}
    assert app.selectbox(key=f"mark:{plan}:1").disabled == (role == "viewer")


def test_a_store_that_is_away_is_said(browser: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    app = browser()

    def away(*_: object) -> tuple[Entry, ...]:
        raise StoreError("The store is away.")

    monkeypatch.setattr(Library, "entries", away)
    app.switch_page(PAGE).run()
    assert "The library cannot be read. The store is away." in app.error[0].value


def test_without_a_cookie_nothing_can_be_saved(opened: Opener) -> None:
    app = opened(PAGE)
    assert "keeps no cookies for this page, so a saved plan could not be found again" in bodies(app)
    assert app.button(key="library_save_now").disabled


def rows() -> dict[str, list[Any]]:
    """All that the store holds."""
    with drafts.store().opened() as database:
        return {name: sorted(map(repr, database.execute(select(t)))) for name, t in tables().every.tables.items()}


@pytest.fixture
def callbacks(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], None]]:
    """What every widget that is drawn from now on would call, by the key of the widget."""
    calls: dict[str, Callable[[], None]] = {}

    def recording(draw: Callable[..., Any]) -> Callable[..., Any]:
        def drawn(*args: Any, **more: Any) -> Any:
            for event in ("on_click", "on_change"):
                if callable(more.get(event)):
                    calls[str(more.get("key"))] = partial(more[event], *more.get("args", ()), **more.get("kwargs", {}))
            return draw(*args, **more)

        return drawn

    for name in ("button", "text_input", "selectbox", "toggle", "checkbox", "multiselect", "segmented_control"):
        monkeypatch.setattr(st, name, recording(getattr(st, name)))
    return calls


def calling(calls, values):  # type: ignore[no-untyped-def]  # runs as a script of its own
    """A page that does nothing but call all of it."""
    import streamlit as st

    for key, value in values.items():
        st.session_state[key] = value
    for call in calls.values():
        call()


def called(calls: dict[str, Callable[[], None]], values: dict[str, Any], visit: AppTest) -> None:
    """All of it called within a visit."""
    app = AppTest.from_function(calling, kwargs={"calls": calls, "values": values}, default_timeout=60)
    app.session_state["desk"] = visit.session_state["desk"]
    assert not app.run().exception


def test_a_reader_of_a_link_cannot_write_by_any_callback_of_the_page(
    browser: Opener, callbacks: dict[str, Callable[[], None]]
) -> None:
    app = saved(browser(PAGE))
    app.button(key="library_save_now").click().run()
    (entry,) = entries()
    app.button(key=f"versions:{entry.id}").click().run()
    tried = {key: call for key, call in callbacks.items() if key.startswith("library_") or entry.id in key}
    assert {key.split(":")[0] for key in tried} == {
        "library_save_now", "open", "versions", "rename", "duplicate", "archive", "take", "restore", "mark",
    }  # fmt: skip
    reader = browser(PAGE, s=to_token(starter("email", start="2027-01")))
    assert all(button.disabled for button in reader.button if button.key in tried and "versions" not in button.key)
    before, work = rows(), reader.session_state["desk"].workspace
    values = {
        "library_author": "Reader",
        f"rename:{entry.id}": "Mine",
        f"mark:{entry.id}:1": "budget",
        f"mark:{entry.id}:2": "budget",
    }
    called(tried, values, reader)
    assert rows() == before
    assert reader.session_state["desk"].workspace is work
    called(tried, values, app)
    assert rows() != before
