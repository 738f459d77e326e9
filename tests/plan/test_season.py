"""Holidays and season: what a country's year makes of the months of a plan, worked out on paper."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.calendar import working_dates, working_days
from planner.engine import forecast
from planner.plan import Plan, replace, the
from planner.plan.edit import set_profile, with_rates_by_month
from planner.plan.edit.season import is_shaped, season_effect, season_months, seasonal
from planner.plan.seasons import EFFECTS, SEASONS, Days, SeasonRow, easter, rows_for, thanksgiving
from planner.plan.starter import starter

NORWAY = starter("email", "phone", "ads")
MARCH, MAY, JULY, DECEMBER = 2, 4, 6, 11


def profile(plan: Plan, channel: str) -> tuple[float, ...]:
    return the(plan.channels, key=channel).profile


def by_month(plan: Plan, channel: str, stage: str) -> tuple[float, ...]:
    return the(the(plan.channels, key=channel).stages, key=stage).by_month


def test_strength_0_leaves_the_plan_as_it_is() -> None:
    shaped = set_profile(NORWAY, "email", [0.5] * 12)
    for plan in (NORWAY, shaped):
        assert seasonal(plan, 0.0) == plan
        assert seasonal(plan, 0.0, multiply=True) == plan


def test_three_weeks_of_fellesferie_on_paper() -> None:
    """July 2027 has 22 working days, 15 of them in weeks 28 to 30; a month of the year has 255 / 12 = 21.25.

    Sent: 7 + 15 · 0.3 = 11.5 days of 21.25. Of these, 4.5 fall in the weeks in which half of the replies come.
    """
    plan = seasonal(NORWAY)
    assert profile(plan, "email")[JULY] == pytest.approx(11.5 / 21.25, abs=0.005)
    assert by_month(plan, "email", "replied")[JULY] == pytest.approx((7 + 4.5 * 0.5) / 11.5, abs=0.005)
    assert by_month(plan, "email", "appointment")[JULY] == pytest.approx((7 + 4.5 * 0.3) / 11.5, abs=0.005)
    assert by_month(plan, "phone", "connected")[JULY] == pytest.approx((7 * 0.96 + 4.5 * 0.52) / 11.5, abs=0.005)


def test_public_holidays_cut_working_days_once() -> None:
    """Easter 2027 takes three working days of March, Ascension and Whit Monday and 17 May two of May.

    What is left of the week before Easter counts 0.6 a day for meetings: 17 whole days and 3 · 0.6 of the 20. A row for
    the whole week with its holidays in it (0.35) on top of the missing days would cut them again.
    """
    assert working_days("NO", "2027-01", 12)[MARCH] == 20
    plan = seasonal(NORWAY)
    assert profile(plan, "email")[MARCH] == pytest.approx(20 / 21.25, abs=0.005)
    assert by_month(plan, "email", "appointment")[MARCH] == pytest.approx((17 + 3 * 0.6) / 20, abs=0.005)
    assert profile(plan, "email")[MAY] == pytest.approx(19 / 21.25, abs=0.005)


def test_with_no_rows_volumes_follow_working_days_and_a_year_keeps_its_touches() -> None:
    months = season_months(NORWAY, rows=())
    days = working_days("NO", "2027-01", 12)
    assert [month.factors["sending"] for month in months] == pytest.approx([n / 21.25 for n in days], abs=0.005)
    assert {month.factors[effect] for month in months for effect in EFFECTS[1:]} == {1.0}
    assert sum(month.factors["sending"] for month in months) == pytest.approx(12.0, abs=0.05)


def test_half_the_strength_is_half_of_every_effect() -> None:
    full, half = season_months(NORWAY), season_months(NORWAY, 0.5)
    for effect in ("connecting", "replying", "meeting"):
        row = [SeasonRow("all", "NO", Days((1, 1), (12, 31)), effect, 0.4, 0.0, 1.0, "")]
        assert {month.factors[effect] for month in season_months(NORWAY, 0.5, row)} == {0.7}
    assert full[JULY].factors["sending"] < half[JULY].factors["sending"] < 1.0


def test_the_volume_goes_only_where_somebody_answers() -> None:
    plan = seasonal(starter("ads", "landing", "linkedin"))
    assert profile(plan, "ads") == profile(plan, "landing") == ()
    assert by_month(plan, "linkedin", "accepted")[JULY] < 1.0
    assert by_month(plan, "linkedin", "replied") == ()  # nobody who is away is counted twice
    linkedin = the(plan.channels, key="linkedin")
    effects = {stage.key: season_effect(linkedin, stage) for stage in linkedin.stages}
    assert {key: effect for key, effect in effects.items() if effect} == {
        "accepted": "replying",
        "appointment": "meeting",
    }


def test_a_channel_of_ones_own_answers_where_its_list_tires() -> None:
    plan = seasonal(starter("fax"))
    (fax,) = plan.channels
    assert by_month(plan, fax.key, "replied")[JULY] < 1.0


def test_countries_have_their_own_weeks_and_a_general_row_gives_way_to_them() -> None:
    french, swedish = (seasonal(starter("phone", country=country)) for country in ("FR", "SE"))
    assert by_month(french, "phone", "connected")[7] < by_month(french, "phone", "connected")[JULY]
    assert by_month(swedish, "phone", "connected")[JULY] < by_month(swedish, "phone", "connected")[7]
    days = working_dates("FR", "2027-08", 1)[0]
    weighed = sum(0.53 if 9 <= day.day <= 15 else 0.96 for day in days) / len(days)
    assert by_month(french, "phone", "connected")[7] == pytest.approx(weighed, abs=0.005)
    assert {row.country for row in rows_for("PL")} == {""}


def test_what_is_there_is_replaced_or_multiplied() -> None:
    plan = with_rates_by_month(set_profile(NORWAY, "email", [0.5] * 12), "email", "positive", [2.0] * 12)
    assert is_shaped(plan)
    assert not is_shaped(with_rates_by_month(NORWAY, "email", "positive", [2.0] * 12))
    fresh = profile(seasonal(NORWAY), "email")
    assert profile(seasonal(plan), "email") == fresh
    assert profile(seasonal(plan, multiply=True), "email") == pytest.approx([0.5 * factor for factor in fresh])
    for way in (True, False):  # what no season writes stays
        assert by_month(seasonal(plan, multiply=way), "email", "positive") == (2.0,) * 12


@pytest.mark.parametrize("country", ["NO", "SE", "DK", "DE", "FR", "GB", "US", "PL"])
def test_a_season_costs_deals(country: str) -> None:
    """January's good rows and longer months do not make up for what is closed."""
    plan = replace(starter("email", "linkedin", country=country), months=24)
    before, after = (float(forecast(p).count("won", "all")) for p in (plan, seasonal(plan)))
    assert 0.8 * before < after < before


def test_days_that_move_are_where_the_almanac_has_them() -> None:
    assert [easter(year).isoformat() for year in (2026, 2027, 2038)] == ["2026-04-05", "2027-03-28", "2038-04-25"]
    assert [thanksgiving(year).day for year in (2026, 2027, 2029)] == [26, 25, 22]
    turn = Days((12, 23), (1, 2))
    days = (dt.date(2027, 12, 31), dt.date(2028, 1, 2), dt.date(2028, 1, 3))
    assert [turn.holds(day) for day in days] == [True, True, False]


def test_every_row_of_the_table_says_where_it_comes_from_and_lies_in_its_range() -> None:
    for row in SEASONS:
        assert row.low <= row.factor <= row.high
        assert row.judged or "https://" in row.source
