"""Grids give a plan back as it was typed: numbers as the plan's language writes them, refusals in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from planner import words
from planner.engine import forecast
from planner.errors import PlanError
from planner.plan import Plan, Range, replace, the
from planner.plan.starter import starter
from planner.show import grids
from planner.show.forecast import tables

GERMAN = starter("email", locale="de")


def touches(plan: Plan, row: int) -> float:
    """Touches of e-mail in a month, as the plan holds them."""
    channel = plan.channels[0]
    return channel.volume * (channel.profile[row] if channel.profile else 1.0)


@pytest.mark.parametrize(
    ("locale", "typed", "meant"),
    [
        ("de", "1.234,5", 1234.5),
        ("de", "8.000", 8000.0),
        ("en", "1,234.5", 1234.5),
        ("nb", "1 234,5", 1234.5),
        ("en", 700, 700.0),
    ],
)
def test_a_cell_is_read_in_the_language_of_the_plan(locale: str, typed: object, meant: float) -> None:
    plan = starter("email", locale=locale)
    assert touches(grids.with_volumes(plan, "email", {3: {"Touches": typed}}), 3) == pytest.approx(meant)


@given(some.integers(0, 10**9).map(lambda n: n / 1e9), some.sampled_from(["en", "de", "fr", "de_CH"]))
def test_what_a_grid_shows_it_reads_back(amount: float, locale: str) -> None:
    plan = starter("email", locale=locale)
    plan = replace(plan, costs=tuple(replace(cost, amount=amount) for cost in plan.costs))
    rows = dict(enumerate(grids.costs(plan).to_dict("records")))
    back = grids.with_costs(plan, grids.Edits(rows))
    assert [cost.amount for cost in back.costs] == pytest.approx([amount] * len(plan.costs), rel=1e-11)
    assert [(cost.per, cost.channel) for cost in back.costs] == [(cost.per, cost.channel) for cost in plan.costs]


@pytest.mark.parametrize("typed", [None, "", "  ", "abc", "-5", "–", "1.2.3,4,5"])
def test_a_cell_that_is_no_number_is_refused_by_the_name_of_its_row(typed: object) -> None:
    with pytest.raises(PlanError, match=r"^E-mail, "):
        grids.with_volumes(GERMAN, "email", {1: {"Touches": typed}})


def test_reps_may_leave() -> None:
    plan = grids.with_hires(GERMAN, {2: {"Reps who join": "-0,5"}, 4: {"Reps who join": "2"}})
    assert [(hire.month, hire.reps) for hire in plan.team.hires] == [(2, -0.5), (4, 2.0)]


def test_a_cost_can_be_shared_again() -> None:
    key = next(i for i, cost in enumerate(GERMAN.costs) if cost.channel == "email")
    plan = grids.with_costs(GERMAN, grids.Edits({key: {"Channel": grids.SHARED}}))
    assert the(plan.costs, key=GERMAN.costs[key].key).channel is None


def test_rates_by_month_are_typed_in_percent_and_the_rate_itself_stays() -> None:
    plan = starter("email", locale="de")
    plan = grids.with_rates(plan, "email", "replied", {6: {"Rate (%)": "0,25"}, 7: {"Rate (%)": "1 %"}})
    stage = the(plan.channels[0].stages, key="replied")
    assert stage.rate == 0.005
    assert stage.by_month[5:9] == pytest.approx((1.0, 0.5, 2.0, 1.0))
    assert list(grids.rates(plan, "email", "replied")["Rate (%)"])[5:9] == ["0,5", "0,25", "1", "0,5"]


def test_the_same_rate_in_every_month_is_no_rate_by_month() -> None:
    plan = grids.with_rates(GERMAN, "sales", "won", {0: {"Rate (%)": "10"}})
    assert the(plan.sales, key="won").by_month
    assert not the(grids.with_rates(plan, "sales", "won", {0: {"Rate (%)": "20"}}).sales, key="won").by_month


def test_a_rate_above_one_is_refused_with_its_month() -> None:
    with pytest.raises(PlanError, match=r"Win rate, Mar 2027.* a rate lies between 0 and 100%"):
        grids.with_rates(GERMAN, "sales", "won", {2: {"Rate (%)": "120"}})


def test_costs_begin_end_and_come_in_steps_rows_are_added_and_deleted() -> None:
    fee = next(row for row, cost in enumerate(GERMAN.costs) if cost.per == "email.sent")
    typed = {fee: {"Step": "1000", "From": 2, "To": 8, "Amount": "40"}}
    added = ({"Cost": "Data provider", "Amount": "1.500", "Per": "month", "To": 5},)
    plan = grids.with_costs(GERMAN, grids.Edits(typed, added, (len(GERMAN.costs) - 1,)))
    assert (plan.costs[fee].step, plan.costs[fee].first, plan.costs[fee].last) == (1000.0, 2, 8)
    assert (plan.costs[-1].label, plan.costs[-1].amount, plan.costs[-1].last) == ("Data provider", 1500.0, 5)
    assert GERMAN.costs[-1] not in plan.costs


def test_a_share_of_revenue_is_typed_in_percent() -> None:
    row = next(row for row, cost in enumerate(GERMAN.costs) if cost.per == "revenue")
    assert grids.costs(GERMAN)["Amount"][row] == "5 %"
    assert grids.with_costs(GERMAN, grids.Edits({row: {"Amount": "7,5"}})).costs[row].amount == 0.075


def test_a_cost_with_a_range_is_deleted_with_its_range() -> None:
    fee = next(row for row, cost in enumerate(GERMAN.costs) if cost.per == "email.sent")
    path = f"costs.{GERMAN.costs[fee].key}.amount"
    plan = replace(GERMAN, ranges=(*GERMAN.ranges, Range(path, 0.001, 5.0)))
    deleted = grids.with_costs(plan, grids.Edits({}, (), (fee,)))
    assert deleted.costs == tuple(cost for cost in GERMAN.costs if cost is not GERMAN.costs[fee])
    assert deleted.ranges == GERMAN.ranges


def test_the_channel_of_a_cost_is_the_one_it_counts_for() -> None:
    result = forecast(GERMAN)
    owners = [row.channel or grids.SHARED for row in result.cost_rows("plan")][:-1]  # the team is no row of the grid
    assert list(grids.costs(GERMAN)["Channel"]) == owners


def test_a_ticked_row_is_deleted_whatever_else_was_typed_into_it() -> None:
    last = len(GERMAN.costs) - 1
    typed = {last: {grids.DELETE: True, "Amount": "viel"}, 0: {grids.DELETE: False}}
    assert grids.with_costs(GERMAN, grids.Edits(typed)).costs == GERMAN.costs[:-1]


def test_costs_say_what_they_come_to_by_year_and_in_the_plan() -> None:
    result = forecast(replace(GERMAN, start="2026-12"))
    totals = tables.cost_totals(result)
    assert list(totals) == ["2026", "2027", "In the plan"]
    amounts = {row.key: float(row.amount) for row in result.cost_rows("plan")}
    assert list(totals["In the plan"]) == [words.write(GERMAN, amounts[cost.key], "money") for cost in GERMAN.costs]
    total = words.short(GERMAN, sum(amounts.values()), "money")
    assert tables.cost_sentence(result).startswith(f"All costs: {total} in the plan")
