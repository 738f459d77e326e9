"""The brief opens cold, read-only from a link, keeps what is typed, and stays plain text whatever a plan is called."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from app import stored_link
from pages.shell import drafts, paper
from planner import words
from planner.actuals.sample import sample_actuals
from planner.keep.codec import to_token
from planner.keep.library import Library
from planner.keep.short_links import Links
from planner.keep.steps import Scenario
from planner.keep.workspace import Workspace
from planner.plan import Plan, replace
from planner.plan.edit import with_ask, with_author, with_note
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.brief.whole import DRAWS, brief
from tests.app.conftest import Opener, bodies, move

PLAN = starter(start="2027-01")
PUSH = pull(PLAN, "email.replied.rate", 0.008)


def plan_of(app: AppTest) -> Plan:
    return app.session_state["desk"].workspace.plan  # type: ignore[no-any-return]


def test_the_brief_of_ones_own_plan_says_what_the_engine_says(opened: Opener) -> None:
    app = opened("share/brief.py")
    expected = brief(plan_of(app), draws=DRAWS)
    text = bodies(app)
    assert f'<p class="ask">{expected.ask}</p>' in text
    for figure in expected.figures:
        assert f"<b>{figure.value}</b>" in text
        assert f"80% range {figure.span}" in text
    for section in expected.sections:
        assert section.title in text


def test_a_link_opens_on_the_brief_and_the_brief_shows_what_the_link_holds(opened: Opener) -> None:
    token = to_token(PUSH, baseline=PLAN, scenarios=(Scenario("Dearer", pull(PUSH, "deal.value", 20_000.0)),))
    app = opened("share/brief.py", s=token)
    text = bodies(app)
    assert "What changes against the baseline" in text
    assert "Dearer: " in text
    assert "deal value €20,000 instead of €18,000" in text
    app.session_state["brief_words"] = True
    assert not app.run().text_area


def test_what_is_typed_travels_with_the_plan(opened: Opener) -> None:
    app = opened("share/brief.py")
    app.session_state["brief_words"] = True
    app.run()
    app.text_area(key="plan_ask").set_value("Two more reps from May").run()
    app.text_input(key="plan_author").set_value("Sales operations").run()
    plan = plan_of(app)
    assert (plan.ask, plan.author) == ("Two more reps from May", "Sales operations")
    text = bodies(app)
    assert '<p class="ask">Two more reps from May</p>' in text
    assert "In the plan’s own numbers: We ask for " in text
    assert "Prepared by Sales operations" in text
    app.button(key="undo").click().run()
    assert plan_of(app).author == ""


def test_actuals_stand_on_ones_own_brief_and_on_no_link(opened: Opener) -> None:
    app = opened("share/brief.py")
    app.session_state["desk"].workspace = Workspace(PLAN).with_actuals(sample_actuals(PLAN, seed=1), "Sample")
    assert "What has happened so far" in bodies(app.run())
    app = opened("share/brief.py", s=to_token(PLAN))
    assert "What has happened so far" not in bodies(app)


def test_the_brief_says_which_version_it_is_who_saved_it_and_when(browser: Opener) -> None:
    app = browser("share/library.py")
    app.text_input(key="library_author").set_value("Finance")
    app.text_input(key="library_name").set_value("Budget 2027")
    app.button(key="library_save_now").click().run()
    app.switch_page("share/brief.py").run()
    today = words.day(dt.datetime.now(dt.UTC).date())
    assert f"Budget 2027, version 1, saved by Finance, {today} · " in bodies(app)
    (entry,) = Library(drafts.store()).entries("one-browser-with-a-cookie")
    link = Links(drafts.store()).keep_version(
        "one-browser-with-a-cookie", entry.id, dt.date.today(), author="Finance"
    )  # fmt: skip
    assert f"Budget 2027, version 1, saved by Finance, {today} · " in bodies(browser("share/brief.py", l=link))
    assert "saved by" not in bodies(browser("share/brief.py", s=to_token(PLAN)))
    move(app.switch_page("plan/channels.py").run(), "email.replied.rate", 0.8)
    assert "Budget 2027, version 1, changed since · " in bodies(app.switch_page("share/brief.py").run())


def test_texts_of_a_plan_are_never_live(opened: Opener) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    plan = with_note(with_author(with_ask(replace(PLAN, name=hostile), hostile), hostile), hostile)
    app = opened("share/brief.py", s=to_token(plan, scenarios=(Scenario(hostile, PUSH),)))
    assert "<img" not in bodies(app)


def test_the_figures_come_again_from_python(opened: Opener, capsys: pytest.CaptureFixture[str]) -> None:
    app = opened("share/brief.py", s=to_token(PUSH, baseline=PLAN))
    app.session_state["brief_python"] = True
    app.run()
    exec(app.code[0].value, {})
    printed = capsys.readouterr().out
    expected = brief(PUSH, baseline=PLAN)
    assert expected.ask in printed.replace("\n", " ")
    for figure in expected.figures:
        assert f"{figure.label}: {figure.value}; 80% range {figure.span}" in printed


def test_the_foot_of_a_printed_page_cannot_break_out_of_its_style() -> None:
    style = paper.sheet('"; } </style><script>', dt.date(2026, 11, 26), "https://planner.example/brief?s=" + "x" * 400)
    foot = style[style.index("@bottom-left") :]
    assert "<" not in foot
    assert foot.count('"') == 4
    assert "26 Nov 2026 · planner.example/brief" in foot
    assert "?s=" not in foot


def test_an_address_short_enough_to_be_typed_is_printed_whole() -> None:
    style = paper.sheet("Plan", dt.date(2026, 11, 26), "https://planner.example/brief?l=abcdefghijklmnop")
    assert "planner.example/brief\\00003fl\\00003dabcdefghijklmnop" in style


def test_a_short_link_leads_to_the_brief() -> None:
    answer = asyncio.run(stored_link(Request({"type": "http", "path_params": {"id": "abc"}, "headers": []})))
    assert answer.headers["location"].endswith("/brief?l=abc")
