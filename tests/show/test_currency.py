"""Plans in different currencies: what is not compared is said where the difference would stand."""

from __future__ import annotations

from planner.engine import forecast
from planner.plan.currency import converted
from planner.plan.starter import starter
from planner.show.currency import preview, uncompared
from planner.show.forecast import charts, tables
from planner.show.tables import html

PLAN = starter("email", "phone")
OTHER = converted(PLAN, 10.0, "NOK")


def test_only_money_is_left_uncompared() -> None:
    assert uncompared(OTHER, PLAN, "revenue") == "baseline in EUR"
    assert uncompared(OTHER, PLAN, "won") == uncompared(PLAN, PLAN, "revenue") == ""


def test_key_figures_say_so_and_write_the_baseline_in_its_own_currency() -> None:
    rows = tables.key_figures(forecast(OTHER), forecast(PLAN)).rows
    revenue = next(row for row in rows if "Revenue" in str(row[0]))
    assert "baseline in EUR" in str(revenue[-1])
    assert "€" in html(tables.key_figures(forecast(OTHER), forecast(PLAN)))


def test_cash_is_drawn_without_a_baseline_in_another_currency() -> None:
    drawn = charts.cash(forecast(OTHER), forecast(PLAN))
    assert set(drawn.frame["label"]) == {"Plan"}
    assert "baseline in EUR" in drawn.title
    assert set(charts.cash(forecast(PLAN), forecast(PLAN)).frame["label"]) == {"Plan", "Baseline"}


def test_a_conversion_is_shown_on_an_amount() -> None:
    value = PLAN.deal.value
    assert preview(PLAN, OTHER) == f"A deal value of €{value:,.0f} becomes NOK\u00a0{10 * value:,.0f}."
