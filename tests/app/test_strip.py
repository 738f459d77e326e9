"""The strip: figures with targets and what closes later, broken limits, explanations when they are asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import pytest

from pages.shell import strip as strips
from planner.keep.workspace import Workspace
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.plan.types import Target
from tests.app.conftest import Opener, bodies, move, strip


def test_a_figure_stands_beside_its_target(opened: Opener) -> None:
    app = opened()
    plan = replace(app.session_state["desk"].workspace.plan, targets=(Target("won", 40.0),))
    app.session_state["desk"].workspace = Workspace(plan)
    app.run()
    assert '<div class="aim">of 40</div><div class="bar">' in strip(app)
    app.session_state["desk"].workspace = Workspace(replace(plan, targets=(Target("won", 1.0),)))
    app.run()
    assert '<div class="bar met"><i style="width:100%"' in strip(app)


def test_what_lands_after_the_end_is_closing_later(opened: Opener) -> None:
    assert "closing later" in strip(opened())
    assert "incl. later" in strip(opened())
    assert "tail" not in strip(opened())


def test_a_range_is_a_bar_with_the_figure_as_its_mark_and_its_ends_for_who_asks(opened: Opener) -> None:
    assert strips.bar_of(10.0, 5.0, 15.0) == pytest.approx((100 * 1.5 / 13, 100 * 10 / 13, 50.0))
    assert strips.bar_of(20.0, 5.0, 15.0)[2] == pytest.approx(100 * 17.25 / 19.5)  # the figure may lie outside
    body = bodies(opened())
    assert body.count('class="mark"') == 6
    assert 'aria-label="Deals: 80% range ' in body


def test_explanations_are_made_only_while_they_are_read(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> NoReturn:
        raise AssertionError("an explanation that nobody reads")

    app = opened()
    with monkeypatch.context() as shut:
        shut.setattr(strips, "explain", never)
        assert not move(app, "email.replied.rate", 1.0).exception
    app.session_state["explain_figures"] = True
    app.run()
    assert bodies(app).count('class="why"') == 6


def test_broken_limits_are_counted_and_lead_to_the_forecast(opened: Opener) -> None:
    app = opened()
    app.session_state["desk"].workspace = Workspace(pull(starter(), "phone.volume", 90_000.0))
    app.run()
    links = [link.proto.label for link in app.get("page_link")]
    assert any("broken" in label for label in links)


def test_a_name_in_the_strip_is_text(opened: Opener) -> None:
    app = opened()
    app.session_state["desk"].workspace = Workspace(replace(starter(), name="<b>Loud</b>"))
    app.run()
    assert "&lt;b&gt;Loud&lt;/b&gt;" in bodies(app)


def test_a_change_by_a_button_is_named_once(opened: Opener) -> None:
    app = opened("explore/scenarios.py")
    app.text_input(key="scenario_name").set_value("Push").run()
    app.button(key="keep_scenario").click().run()
    assert app.toast[0].value == "Saved scenario “Push”. Ctrl+Z takes it back."
    assert not app.run().toast
