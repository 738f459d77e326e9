"""Plans side by side: what is drawn by month ends where the plan's own figure stands."""

from __future__ import annotations

import numpy as np
import pytest

from planner.engine import forecast
from planner.measure.metrics import METRICS, measure
from planner.plan import replace
from planner.plan.edit import switch
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.compare import apart, besides, key_figures, lines, moved
from planner.show.tables import Cell
from planner.words import short

PLAN = starter("email", "phone", start="2027-01")
FEWER = switch(PLAN, "phone", False)
NONE = switch(FEWER, "email", False)


@pytest.mark.parametrize("metric", ["won", "appointments", "revenue", "cost", "profit", "cac", "roi"])
def test_every_line_ends_at_the_figure_of_the_plan(metric: str) -> None:
    frame = lines([("one", forecast(PLAN)), ("other", forecast(FEWER))], metric).frame
    for name, plan in (("one", PLAN), ("other", FEWER)):
        drawn = frame[frame["label"] == name]["value"].to_numpy()
        assert drawn[-1] == pytest.approx(float(measure(plan, metric)), rel=1e-9)


def test_a_ratio_so_far_is_that_of_a_plan_which_ends_there() -> None:
    half = replace(PLAN, months=6, channels=tuple(replace(c, profile=c.profile[:6]) for c in PLAN.channels))
    drawn = lines([("one", forecast(PLAN))], "roi").frame["value"].to_numpy()
    assert drawn[5] == pytest.approx(float(measure(half, "roi")), rel=1e-9)


def test_ratios_of_the_first_months_are_cut_off_and_said() -> None:
    drawn = lines([("one", forecast(PLAN))], "cac")
    values = drawn.frame["value"].to_numpy()
    assert np.isnan(values[0])
    assert np.nanmax(values) <= 3.0 * float(measure(PLAN, "cac"))
    assert "beyond the chart" in drawn.title


@pytest.mark.parametrize("metric", ["cac", "won", "roi"])
def test_a_plan_without_deals_never_ends_best(metric: str) -> None:
    title = lines([("none", forecast(NONE)), ("some", forecast(PLAN))], metric).title
    assert title.startswith("some ends with the ")
    assert short(PLAN, float(measure(PLAN, metric)), METRICS[metric].unit) in title


def test_a_plan_alone_is_not_the_best_of_many() -> None:
    assert "the most" not in lines([("one", forecast(PLAN))], "won").title
    assert "all end alike" in lines([("one", forecast(PLAN)), ("other", forecast(PLAN))], "won").title


def test_what_moved_is_what_reads_otherwise() -> None:
    dearer = pull(PLAN, "deal.value", 2 * PLAN.deal.value)
    before, after = forecast(PLAN), forecast(dearer)
    assert moved(before, after, ("won", "revenue")) == ("revenue",)
    assert moved(before, before, tuple(METRICS)) == ()
    more = short(PLAN, float(measure(PLAN, "revenue")), "money")
    assert besides(before, after, ("revenue",)) == f"Revenue rises by {more}."


def test_plans_in_different_currencies_are_never_subtracted() -> None:
    dollars = replace(PLAN, currency="USD")
    assert apart(PLAN, dollars, ("Baseline", "The plan")) == (
        "The baseline is in EUR, the plan in USD: figures in different currencies are not subtracted."
        " What differs is listed below."
    )
    rows = key_figures([("one", forecast(PLAN)), ("other", forecast(pull(dollars, "deal.value", 1.0)))]).rows
    assert not any(cell.note or cell.tone for row in rows for cell in row[1:] if isinstance(cell, Cell))
    title = lines([("one", forecast(PLAN)), ("other", forecast(dollars))], "revenue").title
    assert title.endswith("plans in other currencies than EUR are left out")


def test_the_best_figure_is_bold_and_a_rise_of_cost_is_bad() -> None:
    dearer = pull(PLAN, "team.cost_per_month", 2 * PLAN.team.cost_per_month)
    rows = {row[0]: row[1:] for row in key_figures([("one", forecast(PLAN)), ("other", forecast(dearer))]).rows}
    first, second = rows["Cost"]
    assert isinstance(first, Cell)
    assert isinstance(second, Cell)
    assert (first.tone, second.tone, second.note_tone, second.note[0]) == ("strong", "", "bad", "+")
    deals = [cell.tone for cell in rows["Deals"] if isinstance(cell, Cell)]
    assert deals == ["", ""]
