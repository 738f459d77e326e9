"""What a visit keeps stays with the visit, and goes when it is told to."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from threading import Event, Thread
from types import SimpleNamespace

import pytest
import streamlit as st

from pages.shell import desk, drafts, keeping, session
from pages.shell.session import RESULTS, Results, Session
from pages.widgets import sliders
from planner.actuals.sample import sample_actuals
from planner.keep.workspace import Workspace
from planner.plan import Plan
from planner.plan.levers import lever, pull
from planner.plan.starter import starter
from tests.app.conftest import Opener


def test_results_are_worked_out_once_and_the_oldest_goes() -> None:
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    results = Results()
    assert [results.of(double, 1), results.of(double, 1)] == [2, 2]
    assert asked == [1]
    for number in range(2, RESULTS + 2):
        results.of(double, number)
    assert len(results) == RESULTS
    results.of(double, 1)
    assert asked.count(1) == 2


def test_actuals_go_with_the_visit(opened: Opener) -> None:
    app = opened()
    visit = app.session_state["desk"]
    actuals = sample_actuals(visit.workspace.plan)
    visit.workspace = visit.workspace.with_actuals(actuals)
    app.switch_page("reality/variance.py").run()
    assert not app.exception
    assert len(visit.results) > 0
    gone = weakref.ref(actuals)
    del app, visit, actuals
    gc.collect()
    assert gone() is None


def test_deleting_the_draft_reaches_an_upload_under_way(opened: Opener) -> None:
    app = opened("reality/actuals.py")
    text = f"period,channel,stage,count\n{starter().start},E-mail,sent,8000\n"
    app.file_uploader(key="actuals_file").upload("some.csv", text.encode(), "text/csv").run()
    assert app.session_state["desk"].pending
    app.switch_page("share/files.py").run()
    visit = app.session_state["desk"]
    plan, sample = visit.workspace.plan, sample_actuals(visit.workspace.plan)
    visit.workspace = visit.workspace.with_actuals(sample).with_scenario("Push", plan)
    app.session_state["forget_menu"] = True
    app.run()
    app.button(key="forget").click().run()
    assert app.session_state["desk"].workspace == Workspace(plan)
    assert app.session_state["desk"].pending == {}
    assert len(app.session_state["desk"].results) == 0


# -- two runs of one visit at once -------------------------------------------------------------------------------------


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Session:
    """A visit as any thread sees it."""
    work = Workspace(starter())
    visit = Session(work, work)
    monkeypatch.setattr(st, "session_state", {session.KEY: visit})
    return visit


class Slow:
    """Holds an older run back until a newer one had time to overtake it."""

    def __init__(self) -> None:
        self.begun, self.over = Event(), Event()

    def __call__(self) -> None:
        self.begun.set()
        self.over.wait(5)

    def overtaken(self, older: Callable[[], None], newer: Callable[[], None]) -> None:
        """Runs both, the newer one from when the older is held back; that goes on a little later."""
        first, second = Thread(target=older), Thread(target=newer)
        first.start()
        assert self.begun.wait(5)
        second.start()
        second.join(0.3)
        self.over.set()
        first.join(5)
        second.join(5)


def test_a_run_that_was_told_to_stop_puts_no_older_plan_back(visit: Session) -> None:
    slow = Slow()

    def dragged(plan: Plan) -> Plan:
        slow()
        return pull(plan, "email.volume", 1000.0)

    slow.overtaken(lambda: desk.act(dragged), lambda: desk.act(pull, "sales.won.rate", 0.3))
    levers = [lever(visit.workspace.plan, path).value for path in ("email.volume", "sales.won.rate")]
    assert levers == [1000.0, 0.3]


def test_a_move_during_a_save_is_no_change_of_another_tab(visit: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, saves = Slow(), list[Workspace]()

    def save(work: Workspace, revision: int) -> int:
        saves.append(work)
        slow()
        return revision + 1

    monkeypatch.setattr(drafts, "save", save)
    desk.act(pull, "email.volume", 1000.0)
    slow.overtaken(keeping.keep, lambda: desk.act(pull, "email.volume", 2000.0))
    keeping.keep()
    assert [lever(work.plan, "email.volume").value for work in saves] == [1000.0, 2000.0]
    assert (visit.revision, visit.messages) == (2, [])


def test_a_report_that_a_newer_one_has_overtaken_moves_nothing(visit: Session) -> None:
    for number, volume in ((2, 2000.0), (1, 1000.0)):
        report = {"number": number, "moves": {"email.volume": volume}, "settled": True}
        st.session_state["ladder:x"] = SimpleNamespace(move=report)
        sliders._moved("ladder:x", {"email.volume": 1.0})
    assert lever(visit.workspace.plan, "email.volume").value == 2000.0
