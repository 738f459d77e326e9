"""Scenarios side by side, and what differs between two plans, as the page says it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import compare
from planner import words
from planner.ask.uncertainty.variants import ambitious, cautious
from planner.keep.codec import to_token
from planner.measure.metrics import measure
from planner.plan import Plan
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
    assert f"2 scenarios kept; Ambitious brings the most deals, {most}" in bodies(at)


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
    assert len(at.multiselect(key="scenario_choice").value) == compare.MOST
    assert not at.exception


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        ("deal.value", 9_000.0, "Revenue falls by €151,000, from €303,000 to €151,000"),
        ("team.cost_per_month", 6_600.0, "Cost rises by"),
        ("correlation", 0.9, "no key figure of the plan moves"),
    ],
)
def test_the_sentence_is_of_a_figure_that_moves(opened: Opener, path: str, to: float, said: str) -> None:
    at = opened("explore/compare.py")
    moved = pull(on_desk(at), path, to)
    at = opened("explore/compare.py", p=to_token(moved))
    assert said in bodies(at)
