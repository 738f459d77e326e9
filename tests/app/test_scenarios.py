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


def on_desk(at: AppTest) -> Plan:
    plan: Plan = at.session_state["desk"].workspace.plan
    return plan


def test_the_ready_made_variants_are_the_engines(opened: Opener) -> None:
    at = opened(PAGE)
    at.button(key="cautious").click().run()
    assert "none brings more deals than the plan" in bodies(at)
    at.button(key="ambitious").click().run()
    plan = on_desk(at)
    kept = {one.name: one.plan for one in at.session_state["desk"].workspace.scenarios}
    assert kept == {"Cautious": cautious(plan), "Ambitious": ambitious(plan)}
    most = words.short(plan, float(measure(kept["Ambitious"], "won")))
    assert f"2 scenarios saved; Ambitious brings the most deals, {most}" in bodies(at)


def test_a_scenario_is_duplicated_under_a_free_name_renamed_and_removed(opened: Opener) -> None:
    at = opened(PAGE)
    at.button(key="ambitious").click().run()
    at.button(key="twice:Ambitious").click().run()
    at.text_input(key="scenario:Ambitious 2").set_value("Next year").run()
    at.button(key="drop:Ambitious").click().run()
    (kept,) = at.session_state["desk"].workspace.scenarios
    assert (kept.name, kept.plan) == ("Next year", ambitious(on_desk(at)))


def test_no_more_than_five_stand_side_by_side(opened: Opener) -> None:
    at = opened(PAGE)
    for i in range(6):
        at.text_input(key="scenario_name").set_value(f"Plan {i}").run()
        at.button(key="keep_scenario").click().run()
    assert len(at.session_state["desk"].workspace.scenarios) == 6
    assert len(at.multiselect(key="scenario_choice").value) == scenarios.MOST
    assert not at.exception


def test_a_sixth_scenario_takes_no_other_out(opened: Opener) -> None:
    at = opened(PAGE)
    for i in range(6):
        at.text_input(key="scenario_name").set_value(f"Plan {i}").run()
        at.button(key="keep_scenario").click().run()
    assert at.multiselect(key="scenario_choice").value == ["The plan", "Plan 0", "Plan 1", "Plan 2", "Plan 3"]
    assert "Up to 5 of 8 plans are shown" in bodies(at)


@pytest.mark.parametrize("name", ["Baseline", "the plan"])
def test_the_names_of_plan_and_baseline_cannot_be_taken(opened: Opener, name: str) -> None:
    at = opened(PAGE)
    at.text_input(key="scenario_name").set_value(name).run()
    at.button(key="keep_scenario").click().run()
    assert "Choose another name" in at.warning[0].value
    at.button(key="ambitious").click().run()
    at.text_input(key="scenario:Ambitious").set_value(name).run()
    assert "Choose another name" in at.warning[0].value
    (saved,) = at.session_state["desk"].workspace.scenarios
    assert saved.name == "Ambitious"
    assert at.text_input(key="scenario:Ambitious").value == "Ambitious"


def test_a_scenario_is_opened_and_undone_by_its_name(opened: Opener) -> None:
    at = opened(PAGE)
    before = on_desk(at)
    at.button(key="ambitious").click().run()
    at.button(key="take:Ambitious").click().run()
    assert on_desk(at) == ambitious(before)
    assert "Opened scenario “Ambitious”" in at.toast[0].value


COMPARE = "explore/compare.py"


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        ("sales.won.rate", 0.1, "entirely because of the win rate"),
        ("deal.value", 9_000.0, "Deals do not change. Revenue falls by €"),
        ("correlation", 0.9, "The plans differ, but no key figure changes."),
    ],
)
def test_the_sentence_is_of_the_figure_chosen(opened: Opener, path: str, to: float, said: str) -> None:
    at = opened(COMPARE)
    at = opened(COMPARE, p=to_token(pull(on_desk(at), path, to)))
    assert said in bodies(at)


def test_every_view_of_a_difference_adds_up_and_can_be_had_as_a_file(opened: Opener) -> None:
    at = opened(COMPARE)
    at = opened(COMPARE, p=to_token(pull(pull(on_desk(at), "email.replied.rate", 0.01), "deal.value", 9_000.0)))
    assert '<th scope="col" class="">Lever</th>' in bodies(at)
    for view in ("channel", "factor", "each"):
        at.segmented_control(key="compare_view").set_value(view).run()
        assert not at.exception
        assert "The effects add up to the difference exactly." in bodies(at)
    at.segmented_control(key="compare_metric").set_value("cac").run()
    assert "CAC falls by" in bodies(at)


def test_plans_in_different_currencies_have_no_bars(opened: Opener) -> None:
    at = opened(COMPARE)
    at = opened(COMPARE, p=to_token(replace(on_desk(at), currency="USD")))
    assert "figures in different currencies are not subtracted" in bodies(at)
    assert not at.get("vega_lite_chart")
