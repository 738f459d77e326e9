"""Holidays and season in words: why a month is low, and strengths as they are typed."""

from __future__ import annotations

import pytest

from planner.engine import forecast
from planner.errors import PlanError
from planner.plan import replace, the
from planner.plan.edit import seasonal, set_profile
from planner.plan.seasons import rows_for
from planner.plan.starter import starter
from planner.show.design import spark_spec
from planner.show.forecast.charts import channel_months
from planner.show.season import STRENGTH, as_typed, assumptions, months, reasons, sentence

PLAN = starter("email", "phone")
JULY = 6


def test_a_low_month_says_why_in_the_chart_and_others_say_nothing() -> None:
    plan = seasonal(PLAN)
    why = reasons(plan, the(plan.channels, key="email"))
    assert why[JULY] == "fellesferie, volume 54%, e-mail reply rate 80%, e-mail appointment rate 73%"
    assert why[3] == ""
    assert why[2] == "Easter week, volume 94%, e-mail appointment rate 94%"
    chart = channel_months(forecast(plan), forecast(PLAN), the(plan.channels, key="email"))
    assert chart.title.endswith(f"Least in Jul 2027: {why[JULY]}")
    assert list(chart.frame["why"]) == list(why)


def test_a_month_made_low_by_hand_names_no_holiday_of_another_kind() -> None:
    plan = set_profile(PLAN, "phone", [0.5] + [1.0] * 11)
    assert reasons(plan, the(plan.channels, key="phone"))[0] == "volume 50%"
    assert set(reasons(PLAN, PLAN.channels[0])) == {""}


def test_strengths_are_read_as_the_plan_writes_numbers() -> None:
    german = replace(PLAN, locale="de")
    table = assumptions(german)
    assert as_typed(german, table) == rows_for("NO")
    table.loc[0, STRENGTH] = "12,5 %"
    assert as_typed(german, table)[0].factor == 0.125
    table.loc[0, STRENGTH] = "half"
    with pytest.raises(PlanError, match="Fellesferie, volume is “half”"):
        as_typed(german, table)


def test_the_preview_says_what_becomes_of_the_deals() -> None:
    before, after = forecast(PLAN), forecast(seasonal(PLAN))
    assert sentence(before, after).startswith("Deals in the plan: ")
    assert sentence(before, before).startswith("Deals in the plan stay at ")
    july = months(PLAN, 1.0, rows_for("NO")).rows[JULY]
    assert [getattr(cell, "text", cell) for cell in july] == ["Jul 2027", "54%", "79%", "80%", "73%"]


def test_months_that_are_alike_are_a_low_line_and_others_bars() -> None:
    email = the(PLAN.channels, key="email")
    even = channel_months(forecast(PLAN), forecast(PLAN), email)
    assert even.spec == spark_spec()
    assert even.title.endswith(" a month")
    uneven = channel_months(forecast(seasonal(PLAN)), forecast(PLAN), email)
    assert uneven.spec != spark_spec()
    assert ", most in " in uneven.title
