"""Every KPI on one month of counts worked out by hand, and the laws that tie planned, actual and metric together."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actuals.actuals import Actuals, Fact
from planner.engine import Forecast, forecast
from planner.errors import PlanError
from planner.measure.actual_counts import ActualCounts
from planner.measure.forecast_counts import ForecastCounts
from planner.measure.formulas import names, work_out
from planner.measure.kpi_table import KPIS, SOURCES
from planner.measure.kpis import groups, kpi
from planner.measure.metrics import figure, read
from planner.measure.sources import SUMS, TERMS
from planner.plan import Plan, merged, replace
from planner.plan.starter import add_channel, starter
from planner.show.kpis import kpi_list, openings
from planner.show.tables import Cell
from planner.words import DASH
from tests.strategies import examples, plans

COUNTS = {
    "email": {
        "planned": 12000, "contacts_touched": 3500, "sent": 10000, "hard_bounce": 150, "soft_bounce": 50,
        "delivered": 9800, "inboxed": 8330, "spam_complaint": 9, "unsubscribed": 49, "opened": 4900, "clicked": 245,
        "replied": 294, "positive": 98, "negative": 147, "neutral": 49, "appointment": 49,
    },
    "phone": {
        "planned": 5000, "dials": 4500, "unreachable": 225, "no_answer": 2475, "voicemail": 1350, "gatekeeper": 150,
        "connected": 300, "appointment": 15, "recontact": 45, "referral": 15, "negative": 150, "off_target": 45,
        "other": 30, "talk_seconds": 27900, "key_answers": 1050,
    },
    "linkedin": {
        "planned": 1000, "invites": 800, "accepted": 240, "dm_read": 200, "replied": 60, "positive": 18, "negative": 24,
        "neutral": 18, "booking_request": 20, "booking_response": 16, "appointment": 12,
    },
    "sms": {
        "planned": 600, "sent": 500, "delivered": 450, "replied": 36, "positive": 13, "negative": 23, "appointment": 9,
    },
    "post": {"planned": 1200, "sent": 1000, "replied": 20, "positive": 10, "negative": 10, "appointment": 10},
    "ads": {"impressions": 200_000, "accounts_reached": 500, "clicked": 800},
    "landing": {"visitors": 1000, "visits": 1250, "chats": 30, "leads": 40, "appointment": 16},
    "sales": {
        "unique": 100, "held": 70, "opportunity": 42, "won": 10, "lost": 24, "revenue": 120_000, "cost": 40_000,
        "leads": 150, "leads_responded": 135, "days_to_close": 600, "first_response_days": 693, "responders": 462,
        "surveys": 50, "satisfied": 45, "promoters": 30, "detractors": 10, "follow_ups": 80, "presentations": 20,
    },
}  # fmt: skip
_STARTER = starter()
PLAN = replace(
    _STARTER, deal=replace(_STARTER.deal, value=12000.0, gross_margin=0.7, purchases_per_year=1.0, lifetime_years=5.0),
    ranges=(),
)  # fmt: skip
MONTH = Actuals(
    dt.date(2027, 1, 31),
    tuple(
        Fact("by hand", "2027-01", place, name, float(n)) for place, row in COUNTS.items() for name, n in row.items()
    ),
)

# Deals of all channels ÷ contacts of e-mail alone is no figure: the channels that report no contacts are left out.
# key: the standard figures; then each source's reading. Rates a source writes in percent stand here as shares.
BY_HAND: dict[str, tuple[tuple[float, ...], dict[str, float]]] = {
    "E01": ((0.98,), {"lalaleads": 9800 / 12000}), "E02": ((10 / 12,), {}), "E03": ((10000, 9800), {"cience": 10000}),
    "E04": ((3500, 10000 / 3500), {}), "E05": ((0.015,), {}), "E06": ((0.005,), {}),
    "E07": ((0.02,), {"cience": 1.0204081632653061}),
    "E08": ((0.5,), {"techtimes": 0.49, "cience": 1.9591836734693877}), "E09": ((0.05, 0.025), {}),
    "E10": ((0.03,), {"lalaleads": 0.06, "techtimes": 0.0294, "cience": 16.666666666666668}),
    "E11": ((0.015, 0.5), {"lalaleads": 0.03}), "E12": ((0.005, 0.014), {"cience": 71.42857142857143}),
    "E13": ((0.005,), {}), "E14a": ((0.0009183673469387755,), {}), "E14b": ((0.15,), {"norwegian": 9 / 9800}),
    "E15": ((0.85,), {"cience": 8330 / 1470}), "E16": ((1 / 6,), {}),
    "P01": ((4500, math.nan), {}), "P02": ((1 / 15, 0.1), {"cience": 0.4}), "P03": ((0.55, 2475), {}),
    "P04": ((0.05, 225), {}), "P05": ((0.3, 1350), {}),
    "P06": ((15 / 450, 0.1, 15 / 450, 150 / 450, 0.1, 30 / 450, 150 / 450), {}), "P07": ((0.15,), {}),
    "P08": ((3.5,), {}), "P09": ((0.05, 1 / 300), {}), "P10": ((0.5,), {}), "P11": ((14 / 15,), {"lalaleads": 0.5}),
    "P12": ((0.15,), {}), "P13": ((93.0,), {"lalaleads": 6.2}),
    "L01": ((0.8,), {}), "L02": ((800,), {}), "L03": ((240,), {}), "L04": ((0.3,), {}),
    "L05": ((0.25,), {"norwegian": 0.075}), "L06": ((0.1,), {}), "L07": ((0.3, 0.4, 0.3), {}), "L08": ((0.06,), {}),
    "L09": ((0.8,), {}),
    "S01": ((5 / 6,), {}), "S02": ((0.9,), {"lalaleads": 0.75}), "S03": ((0.92,), {}),
    "S04": ((0.051111111111111114,), {}), "S05": ((0.028888888888888888, 0.02), {}),
    "M01": ((5 / 6,), {}), "M02": ((0.98,), {}), "M03": ((0.01,), {}), "M04": ((0.01,), {}),
    "A01": ((200_000, 400), {}), "A02": ((0.004,), {}),
    "W01": ((1000,), {}), "W02": ((16, 0.016), {}), "W03": ((30, math.nan), {}), "W04": ((0.04,), {"cience": 0.032}),
    "G01": ((1 / 7, 0.1), {}), "G02": ((24 / 70, 0.24), {}), "G03": ((10 / 34,), {"techtimes": 10 / 42}),
    "G04": ((1 / 15,), {"cience": 2 / 3, "prospecting": math.nan}), "G06": ((10.0,), {"techtimes": 1 / 15}),
    "G07": ((0.9,), {}), "G08": ((1.5,), {}), "G09": ((60.0, math.nan), {}),
    "G10": ((4500, 10000, 111, 70, 20, 80), {}),
    "G11": ((0.9,), {}), "G12": ((40.0,), {}), "G13": ((4000.0,), {"lalaleads": math.nan}),
    "G14": ((42000.0,), {"techtimes": 60000.0, "dictionary": 22400.0}),
    "G17": ((0.4, math.nan, 49 / 294, 0.2, 0.05), {}),
    "G15": ((10.5,), {"techtimes": 15.0, "dictionary": 5.6}), "G16": ((2.0, 1.1), {"cience": 3.0}),
}  # fmt: skip


@pytest.mark.parametrize("key", list(BY_HAND))
def test_each_kpi_on_one_month_of_counts(key: str) -> None:
    (row,) = kpi(MONTH, key, PLAN)
    figures, readings = BY_HAND[key]
    assert [figure.value for figure in row.figures] == pytest.approx(figures, rel=1e-12, nan_ok=True)
    assert {reading.label: reading.value for reading in row.readings} == pytest.approx(readings, rel=1e-12, nan_ok=True)


@pytest.mark.parametrize(
    ("formula", "channel", "value"),
    [
        ("1 − unique ÷ appointment", None, 0.0990990990990991), ("held ÷ unique", None, 0.7),
        ("opportunity ÷ held", None, 0.6), ("cost ÷ unique", None, 400.0), ("dials ÷ planned", "phone", 0.9),
        ("won ÷ unique", None, 0.1),
        ("deal_value × purchases × margin × (1 + discount) ÷ (1 + discount − retention)", None, 30800.0),
        ("22400 × won ÷ unique ÷ 3", None, 746.6666666666666), ("deal_value × margin × won ÷ unique", None, 840.0),
    ],
)  # fmt: skip
def test_other_figures_of_the_month_need_only_their_formula(formula: str, channel: str | None, value: float) -> None:
    assert work_out(ActualCounts(MONTH, PLAN), formula, channel) == pytest.approx(value, rel=1e-12)


def test_roi_of_twenty_thousand_on_five_thousand() -> None:
    facts = (Fact("", "2027-01", "sales", "revenue", 20000.0), Fact("", "2027-01", "sales", "cost", 5000.0))
    for margin, romi in ((0.6, 1.4), (0.25, 0.0)):
        plan = replace(PLAN, deal=replace(PLAN.deal, gross_margin=margin))
        (row,) = kpi(Actuals(dt.date(2027, 1, 31), facts), "G16", plan)
        assert [figure.value for figure in row.figures] == pytest.approx([3.0, romi])
        assert row.readings[0].value == 4.0


def test_conversion_by_channel_counts_each_channels_own_leads() -> None:
    facts = (*MONTH.facts, Fact("crm", "2027-01", "landing", "won", 4.0), Fact("crm", "2027-01", "email", "won", 5.0))
    rows = {row.channel: row for row in kpi(Actuals(MONTH.as_of, facts), "G05", PLAN)}
    assert rows["landing"].value == pytest.approx(4 / 40)
    assert rows["email"].value == pytest.approx(5 / 98)
    assert math.isnan(rows["phone"].value)


# -- the table --------------------------------------------------------------------------------------------------------


def test_the_table_holds_every_kpi_of_the_trade() -> None:
    counts = {"E": 17, "P": 13, "L": 9, "S": 5, "M": 4, "A": 2, "W": 4, "G": 17}
    assert {letter: sum(key.startswith(letter) for key in KPIS) for letter in counts} == counts
    assert len(KPIS) == sum(counts.values()) == 71


@pytest.mark.parametrize("key", list(KPIS))
def test_every_name_in_a_formula_is_something_that_is_counted(key: str) -> None:
    row = KPIS[key]
    stages = {c.kind: {s.key for s in c.stages} for c in PLAN.channels}
    sales = {s.key for s in PLAN.sales} | {"appointment"}
    of_kinds = {f"{kind}.{stage}" for kind, own in stages.items() for stage in own}
    here = stages.get(row.group, sales) | set(SUMS) | set(TERMS) | of_kinds
    for formula in (*(part.formula for part in row.parts), *(reading.formula for reading in row.readings)):
        assert set(names(formula)) <= here
    assert row.group in groups()
    assert {*row.sources, *(reading.by for reading in row.readings)} <= SOURCES.keys()
    assert row.says.endswith(".")


# -- laws -------------------------------------------------------------------------------------------------------------


@given(plans(), st.booleans())
@examples(25)
def test_planned_kpis_say_what_the_metrics_say(plan: Plan, tail: bool) -> None:
    planned = forecast(replace(plan, channels=tuple(replace(c, deal=None) for c in plan.channels)))  # one deal for all
    rows = {key: kpi(planned, key, tail=tail)[0] for key in ("G04", "G13", "G14", "G15", "G16")}
    by_kpi = {
        "cac": rows["G13"].value, "clv": rows["G14"].value, "clv_to_cac": rows["G15"].value, "roi": rows["G16"].value,
        "romi": rows["G16"].figures[1].value, "revenue_to_cost": rows["G16"].readings[0].value,
        "conversion": rows["G04"].readings[1].value,
    }  # fmt: skip
    for metric, value in by_kpi.items():
        assert value == pytest.approx(float(read(planned, metric, tail=tail)), rel=1e-9, abs=1e-9, nan_ok=True), metric


def as_happened(course: Forecast) -> Actuals:
    """Actuals that say exactly what a forecast without openings says."""
    plan, facts = course.plan, []

    def told(channel: str, name: str, months: Any) -> None:
        for month, value in enumerate(months):
            facts.append(Fact("", f"2027-{month + 1:02d}", channel, name, float(value)))

    for c in plan.channels:
        for stage in merged(c.stages, plan.sales):
            told(c.key, stage.key, course.arrivals[f"{c.key}.{stage.key}"])
        told(c.key, "planned", course.count("", "months", c.key))
        told(c.key, "contacts_touched", figure(course, "contacts", "months", c.key))
        told(c.key, "accounts_reached", figure(course, "contacts", "months", c.key))
        told(c.key, "cost", sum((r.amount for r in course.cost_rows("months") if r.channel == c.key), 0 * course.cost))
    told("sales", "cost", sum(r.amount for r in course.cost_rows("months") if r.channel is None))
    told("sales", "revenue", course.revenue("months"))
    told("sales", "days_in_opportunity", 3.2935831088 * 30.4375 * course.arrivals["won"])
    days = ForecastCounts(course).term("days_to_close")
    told("sales", "days_to_close", days * course.arrivals["won"] / course.arrivals["won"].sum())
    return Actuals(dt.date(2027, 12, 31), tuple(facts))


def test_actuals_that_follow_the_plan_give_the_plans_kpis() -> None:
    plan = starter()
    planned = forecast(plan)
    happened = as_happened(planned)
    for key in KPIS:
        for was, row in zip(kpi(happened, key, plan), kpi(planned, key), strict=True):
            for planned_figure, actual_figure in zip(
                (*was.figures, *was.readings), (*row.figures, *row.readings), strict=True
            ):
                assert planned_figure.value == pytest.approx(actual_figure.value, rel=1e-9, nan_ok=True), (
                    key,
                    actual_figure.label,
                )


def test_lalaleads_delivery_is_delivery_times_progress() -> None:
    progress, delivery = kpi(MONTH, "E02", PLAN)[0], kpi(MONTH, "E01", PLAN)[0]
    assert delivery.readings[0].value == pytest.approx(delivery.value * progress.value)


@pytest.mark.parametrize("months", [1, 5, 12])
def test_the_first_months_of_a_forecast_stand_against_actuals_to_date(months: int) -> None:
    planned = forecast(starter())
    (row,) = kpi(planned, "E10", until=months)
    replied, delivered = (planned.arrivals[f"email.{key}"][:months].sum() for key in ("replied", "delivered"))
    assert row.value == pytest.approx(float(replied / delivered))
    (row,) = kpi(planned, "G13", until=months)
    won = planned.count("won", "months", opening=False)[:months].sum()
    assert row.value == pytest.approx(float(planned.cost[:months].sum() / won))


def test_planned_to_date_counts_the_month_under_way_by_its_days() -> None:
    # 8 000 e-mails a month: all of January and 14 of February's 28 days are 12 000
    actuals = Actuals(dt.date(2027, 2, 14), (Fact("", "2027-01", "email", "sent", 9000.0),))
    (row,) = kpi(actuals, "E02", starter())
    assert row.value == pytest.approx(9000 / 12000)
    (row,) = kpi(Actuals(dt.date(2027, 2, 14), (Fact("", "2027-01", "sales", "won", 6.0),)), "G06", starter())
    assert row.value == pytest.approx(6 / 1.5)


def test_the_planned_cycle_is_the_mean_of_the_plans_delay() -> None:
    # median 84 days, nine in ten within 180: the mean of that lognormal is 3.2935831088 months
    (row,) = kpi(forecast(starter()), "G09")
    assert row.figures[1].value == pytest.approx(3.2935831088 * 30.4375, rel=1e-9)
    assert row.value > row.figures[1].value  # from the lead: the delays before the opportunity come on top


def test_bounces_without_a_split_are_bounces() -> None:
    assert kpi(reported(email__sent=1000.0, email__bounces=30.0), "E07", TWO)[0].value == pytest.approx(0.03)
    both = reported(email__sent=1000.0, email__hard_bounce=10.0, email__soft_bounce=5.0, email__bounces=99.0)
    assert kpi(both, "E07", TWO)[0].value == pytest.approx(0.015)


def test_what_sources_call_usual_stands_beside_the_kpi_as_their_claim() -> None:
    claims = {(key, claim.by) for key, row in KPIS.items() for claim in row.claims}
    assert claims == {("E07", "norwegian"), ("E08", "norwegian"), ("G04", "cience"), ("G16", "cience")}
    cells = [row[0] for row in kpi_list(forecast(TWO), None, openings("email")).rows]
    opened = next(cell for cell in cells if isinstance(cell, Cell) and cell.text == "Open rate")
    assert "Usual per the Norwegian guide: aim for 70%" in opened.note
    assert "announces 19 KPIs and holds 12" in kpi_list(forecast(TWO), None, openings("email")).caption


def test_the_table_says_which_channel_a_total_leaves_out() -> None:
    actuals = reported(email__leads=100.0, email__won=3.0, phone__won=25.0)
    rows = {getattr(row[0], "text", row[0]): row for row in kpi_list(forecast(TWO), actuals, openings("all")).rows}
    cell = rows["Lead conversion"][-1]
    assert isinstance(cell, Cell)
    assert "Without phone, which does not report both sides" in cell.note


# -- what it says -----------------------------------------------------------------------------------------------------


def test_a_figure_shows_its_numbers() -> None:
    (row,) = kpi(MONTH, "E10", PLAN)
    figure = row.figures[0]
    assert (figure.formula, figure.filled, figure.written) == (
        "replied ÷ delivered", "294 replied ÷ 9,800 delivered", "3.00%",
    )  # fmt: skip
    (row,) = kpi(MONTH, "G13", PLAN)
    assert row.figures[0].filled == "€40,000 cost ÷ 10 deals"
    (row,) = kpi(MONTH, "E12", PLAN)
    assert row.readings[0].written == "7,143%"


def test_what_no_rate_plans_comes_with_actuals() -> None:
    for key in ("G07", "G08", "G11", "G12", "P08", "P13"):
        (row,) = kpi(forecast(starter()), key)
        assert math.isnan(row.value)
        assert row.figures[0].written == DASH


def test_two_channels_of_a_kind_have_a_row_each_and_one_switched_off_no_figures() -> None:
    plan = add_channel(starter(), "email")
    second = [c.key for c in plan.channels if c.kind == "email"][1]
    plan = replace(plan, channels=tuple(replace(c, active=c.key != second) for c in plan.channels))
    rows = {row.channel: row.value for row in kpi(forecast(plan), "E01")}
    assert rows == pytest.approx({"email": 0.965, second: math.nan}, nan_ok=True)
    assert kpi(forecast(starter("phone")), "E01") == ()


def test_refusals_name_what_is_wrong() -> None:
    with pytest.raises(PlanError, match="X99 is no KPI"):
        kpi(forecast(PLAN), "X99")
    with pytest.raises(PlanError, match="plan is missing"):
        kpi(MONTH, "E01")
    with pytest.raises(PlanError, match="batch"):
        kpi(forecast(PLAN, {"email.volume": [1.0, 2.0]}), "E01")


# -- totals over channels that report a part --------------------------------------------------------------------------

TWO = replace(starter("email", "phone"), ranges=())


def reported(**facts: float) -> Actuals:
    """Facts of January 2027 by "channel__name"."""
    rows = (Fact("", "2027-01", *path.split("__"), value) for path, value in facts.items())  # type: ignore[misc]
    return Actuals(dt.date(2027, 1, 31), tuple(rows))


def test_lead_conversion_leaves_out_the_channel_that_reports_no_leads() -> None:
    # e-mail: 3 of 100 leads; phone: 25 deals whose leads nobody reported
    one_side = reported(email__leads=100.0, email__won=3.0, phone__won=25.0)
    (row,) = kpi(one_side, "G04", TWO)
    assert row.value == pytest.approx(0.03)
    scope = row.figures[0].scope
    assert scope is not None
    assert (scope.channels, scope.left_out, scope.unattributed) == (("email",), ("phone",), False)
    both = reported(email__leads=100.0, email__won=3.0, phone__won=25.0, phone__leads=500.0)
    assert kpi(both, "G04", TWO)[0].value == pytest.approx(28 / 600)


def test_leads_a_channel_reports_do_not_hide_the_leads_of_another() -> None:
    # phone says its 50 leads in so many words, e-mail by its 100 positive replies: 15 deals of 150
    facts = reported(email__positive=100.0, email__won=5.0, phone__leads=50.0, phone__won=10.0)
    assert kpi(facts, "G04", TWO)[0].value == pytest.approx(15 / 150)


def test_cac_divides_the_cost_of_a_channel_by_its_own_deals() -> None:
    facts = reported(email__cost=6_000.0, email__won=2.0, phone__won=8.0, sales__cost=50_000.0)
    (row,) = kpi(facts, "G13", TWO)
    assert row.value == pytest.approx(3_000.0)  # shared cost belongs to phone as well, which is left out
    everybody = reported(email__cost=6_000.0, email__won=2.0, phone__won=8.0, phone__cost=4_000.0, sales__cost=50_000.0)
    assert kpi(everybody, "G13", TWO)[0].value == pytest.approx(60_000.0 / 10)


def test_deals_of_no_channel_are_not_divided_by_the_cost_of_one() -> None:
    assert math.isnan(kpi(reported(email__cost=6_000.0, sales__won=10.0), "G13", TWO)[0].value)


_SIDES = ("leads", "leads_responded", "won", "cost", "revenue")


@given(st.dictionaries(st.tuples(st.sampled_from(["email", "phone"]), st.sampled_from(_SIDES)), st.floats(1.0, 1e4)))
def test_a_total_over_partial_reports_is_that_of_the_channels_that_report_every_side(
    values: dict[tuple[str, str], float],
) -> None:
    actuals = reported(**{f"{channel}__{name}": value for (channel, name), value in values.items()})
    for key, top, bottom in (("G04", "won", "leads"), ("G07", "leads_responded", "leads"), ("G13", "cost", "won")):
        whole = [c for c in ("email", "phone") if (c, top) in values and (c, bottom) in values]
        tops, bottoms = (math.fsum(values[c, name] for c in whole) for name in (top, bottom))
        expected = tops / bottoms if whole else math.nan
        assert kpi(actuals, key, TWO)[0].value == pytest.approx(expected, rel=1e-12, nan_ok=True)
