"""What a visit keeps stays with the visit, and goes when it is told to."""

from __future__ import annotations

import gc
import weakref

from pages.shell.session import RESULTS, Results
from planner.actuals.sample import sample_actuals
from planner.keep.workspace import Workspace
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
