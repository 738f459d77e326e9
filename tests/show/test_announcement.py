"""What is said of a move to whoever does not see the figures."""

from __future__ import annotations

from planner.engine import forecast
from planner.plan import Target, replace
from planner.plan.currency import converted
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.announcement import announcement

BASE = forecast(starter(start="2027-01"))
MORE = forecast(pull(BASE.plan, "deal.value", 20_000.0))


def test_deals_are_named_first_with_their_difference_from_the_baseline() -> None:
    moved = forecast(pull(BASE.plan, "sales.won.rate", 0.0))
    assert announcement(moved, BASE, BASE).startswith("Deals 0, ")
    assert announcement(moved, BASE, BASE).endswith(" fewer than the baseline")


def test_where_deals_stay_the_first_key_figure_that_moved_is_named() -> None:
    assert announcement(MORE, BASE, BASE).startswith("Revenue €")
    assert announcement(MORE, BASE, BASE).endswith(" higher than the baseline")
    assert announcement(BASE, MORE, BASE).endswith(", as in the baseline")


def test_nothing_is_said_where_every_figure_reads_as_before() -> None:
    aimed = forecast(replace(BASE.plan, targets=(Target("won", 20.0),)))
    assert announcement(aimed, BASE, BASE) == ""


def test_figures_in_another_currency_are_not_held_against_the_baseline() -> None:
    krone = forecast(converted(BASE.plan, 11.5, "NOK"))
    assert "baseline" not in announcement(krone, BASE, BASE)
