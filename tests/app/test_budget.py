"""Where should the money go? The page gives the engine's own best mix, and applies it within its limits."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner import words
from planner.ask.budget.allocation import allocate, least_budget, spent_now, with_hires
from planner.keep.codec import to_token
from planner.measure.metrics import measure
from planner.plan import Limit, Plan, replace
from planner.plan.edit import switch
from planner.plan.starter import starter
from planner.show.budget import charts, limits, sentences, tables
from tests.app.conftest import Opener, bodies

PAGE = "explore/budget.py"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Three channels, nothing that helps another: quick to plan for."""
    return starter("email", "phone", "linkedin", start="2027-01")


def on_desk(app: AppTest) -> Plan:
    changed: Plan = app.session_state["desk"].workspace.plan
    return changed


def test_it_opens_with_the_best_mix_for_what_the_volumes_cost_now(opened: Opener, plan: Plan) -> None:
    app = opened(PAGE, p=to_token(plan))
    best = allocate(plan, spent_now(plan))
    assert f"{words.short(plan, best.value)} deals instead of {words.short(plan, best.before.value)}" in bodies(app)
    for channel in best.plan.channels:
        assert words.write(plan, round(channel.volume)) in bodies(app)


def test_what_is_applied_costs_the_budget_and_brings_what_was_said(opened: Opener, plan: Plan) -> None:
    app = opened(PAGE, p=to_token(plan))
    app.session_state["spend_budget"] = 1200.0
    app.selectbox(key="spend_metric").set_value("appointments").run()
    app.button(key="spend_apply").click().run()
    assert spent_now(on_desk(app)) == pytest.approx(1200.0, rel=1e-6)
    assert measure(on_desk(app), "appointments") == pytest.approx(allocate(plan, 1200.0, metric="appointments").value)


def test_once_applied_nothing_is_left_to_apply(opened: Opener, plan: Plan) -> None:
    app = opened(PAGE, p=to_token(allocate(plan, spent_now(plan)).plan))
    assert "already the best" in bodies(app)
    assert not [button for button in app.button if button.key == "spend_apply"]


def test_the_least_budget_is_the_engines(opened: Opener, plan: Plan) -> None:
    app = opened(PAGE, p=to_token(plan))
    app.pills(key="spend_turned").set_value("Least budget for a result").run()
    app.session_state["spend_goal:won"] = 15.0
    app.run()
    assert words.short(plan, least_budget(plan, 15.0).budget, "money") in bodies(app)
    app.button(key="least_apply").click().run()
    assert measure(on_desk(app), "won") == pytest.approx(15.0, rel=1e-6)


def test_people_are_hired_out_of_one_budget(opened: Opener, plan: Plan) -> None:
    app = opened(PAGE, p=to_token(plan))
    app.pills(key="spend_turned").set_value("People or volumes?").run()
    total = spent_now(plan) + plan.team.cost_per_month * plan.months
    best = with_hires(plan, total)[0]
    assert words.short(plan, best.allocation.value) in bodies(app)


@pytest.mark.parametrize(
    ("cells", "limit"),
    [
        ({"Minimum": 100.0}, Limit("email", 100.0, None)),
        ({"Maximum": 900.0}, Limit("email", 0.0, 900.0)),
        ({"Maximum": 0.0}, Limit("email", 0.0, 0.0)),
        ({"Locked": True}, Limit("email", 8000.0, 8000.0)),
        ({"Minimum": None, "Maximum": None}, None),
        ({"Locked": False}, None),
    ],
)
def test_a_cell_of_the_limits_is_a_limit_of_the_plan(cells: dict[str, float | None], limit: Limit | None) -> None:
    plan = replace(starter("email", start="2027-01"), limits=())
    changed = limits.with_limits(plan, {0: cells})
    assert changed.limits == ((limit,) if limit else ())
    assert limits.with_limits(changed, {0: {"Minimum": None, "Maximum": None}}).limits == ()
    if limit:
        row = limits.limits(changed).iloc[0]
        assert (row["Minimum"], row["Maximum"]) == tuple(
            f"{end:,g}" if end is not None else "" for end in (limit.least or None, limit.most)
        )
        assert bool(row["Locked"]) == (limit.least == limit.most)


def test_hours_that_bind_make_every_open_channel_worth_the_same(plan: Plan) -> None:
    """At a best mix the next 1 000, less what its hours bring elsewhere, bring as much in each channel that is used."""
    unhurried = tuple(replace(channel, pace=None, coverage="random") for channel in plan.channels)
    allocation = allocate(replace(plan, channels=unhurried, team=replace(plan.team, reps=10.0)), 8000.0)
    assert {limit.what for limit in allocation.binding} >= {"budget", "hours"}
    table = tables.mix(allocation.plan, allocation, tail=False)
    assert table.heads[-1] == "Net of hours"
    used = [bool(spend) for spend in allocation.spend.values()]
    email, phone = (float(str(row[-1])) for row, on in zip(table.rows, used, strict=False) if on)
    assert email == pytest.approx(phone, rel=0.03)


@pytest.mark.parametrize(
    ("bounds", "reason"),
    [
        ((Limit("phone", 20_000.0),), "more than the budget of"),
        ((Limit("email", 8000.0, 8000.0), Limit("phone", 1800.0, 1800.0), Limit("linkedin", 860.0, 860.0)), "locked"),
    ],
)
def test_where_there_is_nothing_to_choose_it_says_why(
    opened: Opener, plan: Plan, bounds: tuple[Limit, ...], reason: str
) -> None:
    assert reason in bodies(opened(PAGE, p=to_token(replace(plan, limits=bounds))))


def test_money_that_hours_leave_no_use_for_is_named(plan: Plan) -> None:
    allocation = allocate(plan, 30_000.0)
    left = words.short(plan, 30_000.0 - allocation.after.cost, "money")
    assert f"leave {left} unspent" in sentences.answer(plan, allocation)


def test_without_a_channel_and_without_a_budget(opened: Opener, plan: Plan) -> None:
    off = plan
    for channel in plan.channels:
        off = switch(off, channel.key, False)
    assert "There is no channel to spend on" in bodies(opened(PAGE, p=to_token(off)))
    app = opened(PAGE, p=to_token(plan))
    app.session_state["spend_budget"] = 0.0
    app.run()
    assert not app.exception
    assert "Enter a budget" in bodies(app)


def test_a_shared_plan_is_answered_and_left_alone(opened: Opener, plan: Plan) -> None:
    app = opened(PAGE, s=to_token(plan))
    assert app.button(key="spend_apply").disabled
    assert app.button(key="spend_keep").disabled


def test_constraints_stand_as_chips_and_those_that_bind_carry_their_price(plan: Plan) -> None:
    allocation = allocate(replace(plan, limits=(Limit("linkedin", 0.0, 100.0),)), 1200.0)
    chips = str(limits.chips(allocation.plan, allocation))
    most = next(limit for limit in allocation.binding if limit.what == "most")
    worth = words.short(plan, 100 * most.price)
    assert f'<li class="chip binds">LinkedIn maximum <small>100 touches a month more: +{worth}</small></li>' in chips
    assert '<li class="chip">E-mail minimum' not in chips


def test_names_in_chips_are_escaped(plan: Plan) -> None:
    hostile = replace(plan.channels[0], kind="custom", label="<b>x</b>")
    risky = replace(plan, channels=(hostile, *plan.channels[1:]), ranges=())
    allocation = allocate(risky, 20_000.0)
    assert "<b>" not in str(limits.chips(risky, allocation))


def test_the_largest_change_of_spend_stands_first(plan: Plan) -> None:
    chart = charts.spends(plan, allocate(plan, 20_000.0))
    changes = (chart.frame["best"] - chart.frame["now"]).abs().to_list()
    assert changes == sorted(changes, reverse=True)


def test_commission_is_left_out_said_beside_and_counted_when_asked_for(opened: Opener, plan: Plan) -> None:
    app = opened(PAGE, p=to_token(plan))
    allocation = allocate(plan, spent_now(plan))
    assert words.short(plan, allocation.after.downstream, "money") in bodies(app)
    app.toggle(key="spend_downstream").set_value(True).run()
    total = allocate(plan, spent_now(plan, downstream=True), downstream=True)
    assert f"instead of {words.short(plan, total.before.value)}" in bodies(app)
    assert words.short(plan, spent_now(plan, downstream=True), "money") in bodies(app)
