"""Scenarios side by side, and what differs between two plans, as the page says it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import scenarios
from planner import words
from planner.ask.uncertainty.variants import ambitious, cautious
from planner.keep.codec import to_token
from planner.measure.metrics import measure
from planner.plan import Plan, replace
from planner.plan.levers import pull
from tests.app.conftest import Opener, bodies

PAGE = "explore/scenarios.py"


def on_desk(app: AppTest) -> Plan:
    plan: Plan = app.session_state["desk"].workspace.plan
    return plan


def test_the_ready_made_variants_are_the_engines(opened: Opener) -> None:
    app = opened(PAGE)
    app.button(key="cautious").click().run()
    assert "none brings more deals than the plan" in bodies(app)
    app.button(key="ambitious").click().run()
    plan = on_desk(app)
    kept = {scenario.name: scenario.plan for scenario in app.session_state["desk"].workspace.scenarios}
    assert kept == {"Cautious": cautious(plan), "Ambitious": ambitious(plan)}
    most = words.short(plan, float(measure(kept["Ambitious"], "won")))
    assert f"2 scenarios saved; Ambitious brings the most deals, {most}" in bodies(app)


def test_a_scenario_is_duplicated_under_a_free_name_renamed_and_removed(opened: Opener) -> None:
    app = opened(PAGE)
    app.button(key="ambitious").click().run()
    app.button(key="twice:Ambitious").click().run()
    app.text_input(key="scenario:Ambitious 2").set_value("Next year").run()
    app.button(key="drop:Ambitious").click().run()
    (kept,) = app.session_state["desk"].workspace.scenarios
    assert (kept.name, kept.plan) == ("Next year", ambitious(on_desk(app)))


def test_no_more_than_five_stand_side_by_side(opened: Opener) -> None:
    app = opened(PAGE)
    for i in range(6):
        app.text_input(key="scenario_name").set_value(f"Plan {i}").run()
        app.button(key="keep_scenario").click().run()
    assert len(app.session_state["desk"].workspace.scenarios) == 6
    assert len(app.multiselect(key="scenario_choice").value) == scenarios.MOST
    assert not app.exception


def test_a_sixth_scenario_takes_no_other_out(opened: Opener) -> None:
    app = opened(PAGE)
    for i in range(6):
        app.text_input(key="scenario_name").set_value(f"Plan {i}").run()
        app.button(key="keep_scenario").click().run()
    assert app.multiselect(key="scenario_choice").value == ["The plan", "Plan 0", "Plan 1", "Plan 2", "Plan 3"]
    assert "Up to 5 of 8 plans are shown" in bodies(app)


@pytest.mark.parametrize("name", ["Baseline", "the plan"])
def test_the_names_of_plan_and_baseline_cannot_be_taken(opened: Opener, name: str) -> None:
    app = opened(PAGE)
    app.text_input(key="scenario_name").set_value(name).run()
    app.button(key="keep_scenario").click().run()
    assert "Choose another name" in app.warning[0].value
    app.button(key="ambitious").click().run()
    app.text_input(key="scenario:Ambitious").set_value(name).run()
    assert "Choose another name" in app.warning[0].value
    (saved,) = app.session_state["desk"].workspace.scenarios
    assert saved.name == "Ambitious"
    assert app.text_input(key="scenario:Ambitious").value == "Ambitious"


def test_a_scenario_is_opened_and_undone_by_its_name(opened: Opener) -> None:
    app = opened(PAGE)
    before = on_desk(app)
    app.button(key="ambitious").click().run()
    app.button(key="take:Ambitious").click().run()
    assert on_desk(app) == ambitious(before)
    assert "Opened scenario “Ambitious”" in app.toast[0].value


COMPARE = "explore/compare.py"


@pytest.mark.parametrize(
    ("path", "to", "sentence"),
    [
        ("sales.won.rate", 0.1, "entirely because of the win rate"),
        ("deal.value", 9_000.0, "Deals do not change. Revenue falls by €"),
        ("correlation", 0.9, "The plans differ, but no key figure changes."),
    ],
)
def test_the_sentence_is_of_the_figure_chosen(opened: Opener, path: str, to: float, sentence: str) -> None:
    app = opened(COMPARE)
    app = opened(COMPARE, p=to_token(pull(on_desk(app), path, to)))
    assert sentence in bodies(app)


def test_every_view_of_a_difference_adds_up_and_can_be_had_as_a_file(opened: Opener) -> None:
    app = opened(COMPARE)
    app = opened(COMPARE, p=to_token(pull(pull(on_desk(app), "email.replied.rate", 0.01), "deal.value", 9_000.0)))
    assert '<th scope="col" class="">Lever' in bodies(app)
    for view in ("channel", "factor", "each"):
        app.segmented_control(key="compare_view").set_value(view).run()
        assert not app.exception
        assert "The effects add up to the difference exactly." in bodies(app)
    app.segmented_control(key="compare_metric").set_value("cac").run()
    assert "CAC falls by" in bodies(app)


def test_plans_in_different_currencies_have_no_bars(opened: Opener) -> None:
    app = opened(COMPARE)
    app = opened(COMPARE, p=to_token(replace(on_desk(app), currency="USD")))
    assert "figures in different currencies are not subtracted" in bodies(app)
    assert not app.get("vega_lite_chart")
