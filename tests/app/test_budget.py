"""Where should the money go? The page gives the engine's own best mix, and applies it within its limits."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner import words
from planner.ask.budget.allocation import allocate, fixed_cost, least_budget, with_hires
from planner.engine import forecast
from planner.keep.codec import to_token
from planner.measure.metrics import measure, read
from planner.plan import Limit, Plan, replace
from planner.plan.edit import switch
from planner.plan.starter import starter
from planner.show.budget import charts
from planner.show.budget import words as spending
from tests.app.conftest import Opener, bodies

PAGE = "explore/budget.py"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Three channels, nothing that helps another: quick to plan for."""
    return starter("email", "phone", "linkedin", start="2027-01")


def on_desk(at: AppTest) -> Plan:
    made: Plan = at.session_state["workspace"].plan
    return made


def now(plan: Plan) -> float:
    return float(read(forecast(plan), "cost")) - fixed_cost(plan)


def test_it_opens_with_the_best_mix_for_what_the_volumes_cost_now(opened: Opener, plan: Plan) -> None:
    at = opened(PAGE, p=to_token(plan))
    best = allocate(plan, now(plan))
    assert f"{words.short(plan, best.value)} deals instead of {words.short(plan, best.before.value)}" in bodies(at)
    for channel in best.plan.channels:
        assert words.write(plan, round(channel.volume)) in bodies(at)


def test_what_is_applied_costs_the_budget_and_brings_what_was_said(opened: Opener, plan: Plan) -> None:
    at = opened(PAGE, p=to_token(plan))
    at.number_input(key="spend_budget").set_value(9000.0)
    at.selectbox(key="spend_metric").set_value("appointments").run()
    at.button(key="spend_apply").click().run()
    assert now(on_desk(at)) == pytest.approx(9000.0, rel=1e-6)
    assert measure(on_desk(at), "appointments") == pytest.approx(allocate(plan, 9000.0, metric="appointments").value)


def test_once_applied_nothing_is_left_to_apply(opened: Opener, plan: Plan) -> None:
    at = opened(PAGE, p=to_token(allocate(plan, now(plan)).plan))
    assert "as good as it gets" in bodies(at)
    assert not [button for button in at.button if button.key == "spend_apply"]


def test_the_least_budget_is_the_engines(opened: Opener, plan: Plan) -> None:
    at = opened(PAGE, p=to_token(plan))
    at.pills(key="spend_turned").set_value("Least budget for a result").run()
    at.number_input(key="spend_goal:won").set_value(9.0).run()
    assert words.short(plan, least_budget(plan, 9.0).budget, "money") in bodies(at)
    at.button(key="least_apply").click().run()
    assert measure(on_desk(at), "won") == pytest.approx(9.0, rel=1e-6)


def test_people_are_hired_out_of_one_budget(opened: Opener, plan: Plan) -> None:
    at = opened(PAGE, p=to_token(plan))
    at.pills(key="spend_turned").set_value("People or volumes?").run()
    total = now(plan) + plan.team.cost_per_month * plan.months
    best = with_hires(plan, total)[0]
    assert words.short(plan, best.allocation.value) in bodies(at)


@pytest.mark.parametrize(
    ("cells", "limit"),
    [
        ({"Least": 100.0}, Limit("email", 100.0, None)),
        ({"Most": 900.0}, Limit("email", 0.0, 900.0)),
        ({"Most": 0.0}, Limit("email", 0.0, 0.0)),
        ({"Locked": True}, Limit("email", 8000.0, 8000.0)),
        ({"Least": None, "Most": None}, None),
        ({"Locked": False}, None),
    ],
)
def test_a_cell_of_the_limits_is_a_limit_of_the_plan(cells: dict[str, float | None], limit: Limit | None) -> None:
    plan = replace(starter("email", start="2027-01"), limits=())
    made = spending.with_limits(plan, {0: cells})
    assert made.limits == ((limit,) if limit else ())
    assert spending.with_limits(made, {0: {"Least": None, "Most": None}}).limits == ()
    if limit:
        row = spending.limits(made).iloc[0]
        assert (row["Least"] if limit.least else 0.0) == limit.least
        assert bool(row["Locked"]) == (limit.least == limit.most)


def test_hours_that_bind_make_every_open_channel_worth_the_same(plan: Plan) -> None:
    """At a best mix the next 1 000, less what its hours bring elsewhere, brings what the budget's price says."""
    made = allocate(plan, 20_000.0)
    prices = {limit.what: limit.price for limit in made.binding}
    table = charts.mix(plan, made, tail=False)
    assert set(prices) >= {"budget", "hours"}
    assert table.heads[-1] == "Less its hours"
    worth = [float(str(row[-1])) for row, one in zip(table.rows, made.plan.channels, strict=False) if one.volume > 1]
    assert worth == pytest.approx([1000 * prices["budget"]] * 2, rel=0.03)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ((Limit("phone", 20_000.0),), "The budget is"),
        ((Limit("email", 8000.0, 8000.0), Limit("phone", 1800.0, 1800.0), Limit("linkedin", 860.0, 860.0)), "locked"),
    ],
)
def test_where_there_is_nothing_to_choose_it_says_why(
    opened: Opener, plan: Plan, limits: tuple[Limit, ...], said: str
) -> None:
    assert said in bodies(opened(PAGE, p=to_token(replace(plan, limits=limits))))


def test_money_that_hours_leave_no_use_for_is_named(plan: Plan) -> None:
    made = allocate(plan, 30_000.0)
    left = words.short(plan, 30_000.0 - made.after.cost, "money")
    assert f"leave {left} unspent" in spending.answer(plan, made)


def test_without_a_channel_and_without_a_budget(opened: Opener, plan: Plan) -> None:
    off = plan
    for channel in plan.channels:
        off = switch(off, channel.key, False)
    assert "No channel is open to a budget" in bodies(opened(PAGE, p=to_token(off)))
    at = opened(PAGE, p=to_token(plan))
    at.number_input(key="spend_budget").set_value(0.0).run()
    assert not at.exception
    assert "type a budget" in bodies(at)


def test_a_shared_plan_is_answered_and_left_alone(opened: Opener, plan: Plan) -> None:
    at = opened(PAGE, s=to_token(plan))
    assert at.button(key="spend_apply").disabled
    assert at.button(key="spend_keep").disabled
