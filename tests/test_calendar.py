"""Months and working days, counted on paper calendars."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.calendar import countries, month_keys, month_of, months_between, working_days
from planner.errors import PlanError


def test_working_days_of_norway() -> None:
    assert working_days("NO", "2026-01", 12) == (21, 20, 22, 19, 18, 22, 23, 21, 22, 22, 21, 22)
    assert working_days("NO", "2027-01", 12) == (20, 20, 20, 22, 19, 22, 22, 22, 22, 21, 22, 23)


def test_a_weekend_on_other_days() -> None:
    """Israel works from Sunday to Thursday; February 2026 has four of each weekday and no holiday."""
    assert working_days("IL", "2026-02", 1) == (20,)


def test_months_run_over_the_turn_of_the_year() -> None:
    assert month_keys("2026-11", 4) == ("2026-11", "2026-12", "2027-01", "2027-02")
    assert months_between("2026-11", "2027-02") == 3
    assert months_between("2027-02", "2026-11") == -3
    assert month_of(dt.date(2026, 11, 30)) == "2026-11"
    assert working_days("NO", "2026-12", 2) == (*working_days("NO", "2026-12", 1), *working_days("NO", "2027-01", 1))


@pytest.mark.parametrize("country", ["", "XX", "no", "NOR", "Norway"])
def test_an_unknown_country_is_refused(country: str) -> None:
    with pytest.raises(PlanError, match="ISO 3166") as refused:
        working_days(country, "2026-01", 1)
    assert refused.value.path == "country"
    assert "NO" in countries()
