"""What cannot be done is said on the page, which goes on: no callback of a menu ends in a fault."""

from __future__ import annotations

from planner.keep.codec import to_token
from planner.keep.workspace import MOST_NAME, MOST_SCENARIOS, Workspace
from planner.plan import replace
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.app.conftest import Opener, bodies, move


def test_a_plan_of_the_longest_name_can_be_worked_on_as_a_copy() -> None:
    work = Workspace(replace(starter("email"), name="n" * MOST_NAME)).twice()
    assert work.plan.name == "n" * (MOST_NAME - 7) + " (copy)"
    assert [scenario.name for scenario in work.scenarios] == ["n" * MOST_NAME]
    again = Workspace(replace(work.plan, name="n" * MOST_NAME), scenarios=work.scenarios).twice()
    assert [len(scenario.name) for scenario in again.scenarios] == [MOST_NAME, MOST_NAME]  # a link takes them


def test_a_copy_beside_as_many_scenarios_as_there_can_be_is_refused_in_words(opened: Opener) -> None:
    page = opened()
    plan = starter("email")
    work = Workspace(plan)
    for number in range(MOST_SCENARIOS):
        work = work.with_scenario(f"Scenario {number}", plan)
    page.session_state["desk"].workspace = work
    page.session_state["plan_menu"] = True
    page.run()
    page.button(key="plan_twice").click().run()
    assert not page.exception
    assert page.session_state["desk"].workspace.plan == plan
    assert any(str(MOST_SCENARIOS) in warning.value for warning in (*page.warning, *page.info, *page.error))


def test_a_link_too_long_for_a_qr_code_says_so(opened: Opener) -> None:
    plan = starter()
    for channel in plan.channels:
        plan = pull(plan, f"{channel.key}.volume", channel.volume * 1.2345)
    long = replace(plan, note=" ".join(f"{number * 7919 % 9973:x}" for number in range(800)))
    page = opened("share/files.py", s=to_token(long))
    page.session_state["share_qr"] = True
    page.run()
    assert not page.exception
    assert "too long for a QR code" in bodies(page)


def test_coming_back_from_somebody_elses_plan_is_no_move(opened: Opener) -> None:
    page = opened(s=to_token(starter("email")))
    page.button(key="leave_link").click().run()
    assert not page.exception
    assert page.session_state["desk"].announced == ""
    move(page, "email.replied.rate", 1.0)
    assert page.session_state["desk"].announced.startswith("Deals ")
