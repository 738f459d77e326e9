"""The brief says what the engine gives, never leaves a blank, and rests every assumption on something."""

from __future__ import annotations

import datetime as dt
import json
import math

import pytest
from hypothesis import given

from planner import land, sample_actuals, words
from planner.actuals.actuals import Actuals, Fact
from planner.ask.budget.marginal import marginal_costs
from planner.engine import VERSION, forecast
from planner.keep.landings import KeptFigure, KeptLanding
from planner.keep.steps import Scenario
from planner.measure.metrics import measure, read
from planner.plan import Evidence, Hire, Plan, Target, replace
from planner.plan.edit import switch, with_ask
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.brief.certainty import evidence
from planner.show.brief.text import brief_json, brief_text, foot, made_by
from planner.show.brief.value import Brief, Imprint
from planner.show.brief.whole import brief
from planner.show.tables import Cell, html
from tests.strategies import examples, plans

PLAN = starter("email", "phone", start="2027-01")


def texts(document: Brief) -> str:
    """All that the brief says in words."""
    return brief_text(document) + " ".join(figure.formula for figure in document.figures)


def test_the_ask_names_budget_period_customers_revenue_chance_and_break_even() -> None:
    plan = replace(PLAN, targets=(Target("won", 5.0),))
    document, result = brief(plan, draws=500), forecast(plan)
    assert not document.typed
    assert document.ask == document.summary
    budget = words.short(plan, read(result, "cost"), "money")
    assert document.ask.startswith(f"We ask for {budget} from Jan 2027 to Dec 2027, to win ")
    for part in ("customers (80% range: ", " in revenue", "the chance of at least 5 deals is ", "break even"):
        assert part in document.ask


def test_a_typed_ask_stands_first_and_the_numbers_beside_it() -> None:
    document = brief(with_ask(PLAN, "  Two more reps\n from May. "), draws=0)
    assert (document.ask, document.typed) == ("Two more reps from May.", True)
    assert document.summary.startswith("We ask for €")
    assert document.summary in brief_text(document).replace("\n", " ")


@examples(25)
@given(plans())
def test_no_plan_leaves_a_blank_in_the_ask(plan: Plan) -> None:
    document = brief(plan, draws=0)
    for blank in ("nan", "–", "None", "  ", "( "):
        assert blank not in document.ask
    assert document.ask.endswith(".")


def test_key_figures_are_those_of_the_engine_beside_baseline_and_target() -> None:
    plan = replace(pull(PLAN, "sales.won.rate", 0.3), targets=(Target("cac", 9000.0),))
    document = brief(plan, baseline=PLAN, draws=500)
    figures = {figure.key: figure for figure in document.figures}
    for key, figure in figures.items():
        assert figure.amount == float(read(forecast(plan), key)) or math.isnan(figure.amount)
        assert figure.baseline == float(measure(PLAN, key)) or math.isnan(figure.baseline)
        assert figure.low <= figure.high or math.isnan(figure.high)
    assert figures["won"].change_tone == "good"
    assert figures["cac"].target == "at most €9,000"
    assert figures["cac"].met == (figures["cac"].amount <= 9000.0)
    change = document.section("change")
    assert change is not None
    assert change.points == ("Win rate 30% instead of 20%",)


@pytest.mark.parametrize(
    ("beside", "met", "verdict"),
    [(1.0, True, "met"), (1.0 + 1e-12, True, "met"), (1.0005, False, "just missed"), (1.5, False, "missed by 3.6")],
)
def test_a_target_that_is_missed_by_less_than_can_be_read_says_by_how_much(
    beside: float, met: bool, verdict: str
) -> None:
    """A figure that is rounded to its target would else be called missed and read as met."""
    target = float(measure(PLAN, "won")) * beside
    figures = brief(replace(PLAN, targets=(Target("won", target),)), draws=0).figures
    won = next(figure for figure in figures if figure.key == "won")
    assert won.met is met
    assert won.verdict == verdict


def test_one_more_deal_costs_what_a_little_more_volume_costs_for_what_it_brings() -> None:
    more = pull(PLAN, "email.volume", PLAN.channels[0].volume * 1.01)
    fees = {cost.key for cost in PLAN.costs if cost.per.startswith("email.")}

    def paid(plan: Plan) -> float:
        return sum(float(row.amount) for row in forecast(plan).cost_rows("all") if row.key in fees)

    gained = float(measure(more, "won", tail=True) - measure(PLAN, "won", tail=True))
    assert marginal_costs(PLAN, tail=True)["email"] == pytest.approx((paid(more) - paid(PLAN)) / gained, rel=1e-6)


def test_a_list_that_is_used_up_sells_no_further_deal() -> None:
    worn = pull(PLAN, "email.audience", 1000.0)
    assert marginal_costs(worn, tail=True)["email"] == math.inf


def test_scenarios_stand_side_by_side_with_what_must_be_true_for_each() -> None:
    push = switch(pull(pull(PLAN, "email.replied.rate", 0.008), "team.reps", 3.0), "phone", False)
    document = brief(PLAN, scenarios=(Scenario("Push", push), Scenario("As it is", PLAN)), draws=0)
    options = document.section("options")
    assert options is not None
    assert options.table is not None
    assert options.table.heads == ("In the plan", "The plan", "Push", "As it is")
    assert "e-mail reply rate 0.8% instead of 0.5%" in options.points[0]
    assert "phone switched off instead of switched on" in options.points[0]
    assert options.points[1].endswith("as the plan.")
    assert brief(PLAN, draws=0).section("options") is None


def test_every_assumption_says_what_it_rests_on() -> None:
    own = replace(PLAN, evidence=(Evidence("sales.won.rate", "CRM export", 412.0, "2026-12-31"),))
    assert evidence(own, "sales.won.rate").says == "CRM export, 412 counted, as of 2026-12-31"
    assert evidence(pull(own, "sales.won.rate", 0.25), "sales.won.rate").says.startswith("Typed; usual is ")
    assert evidence(PLAN, "email.replied.rate").address.startswith("https://")
    rests = brief(own, draws=0).section("assumptions")
    assert rests is not None
    assert rests.table is not None
    assert 1 < len(rests.table.rows) <= 5
    assert all(isinstance(row[1], Cell) and row[1].text for row in rests.table.rows)
    addresses = [row[1].address for row in rests.table.rows if isinstance(row[1], Cell) and row[1].address]
    assert addresses
    assert all(f'<a href="{address}" target="_blank" rel="noopener' in html(rests.table) for address in addresses)


def test_the_hiring_plan_names_every_hire() -> None:
    team = replace(PLAN.team, hires=(Hire(3, 2.0), Hire(8, -1.0)))
    people = brief(replace(PLAN, team=team), draws=0).section("people")
    assert people is not None
    assert "2 reps more from Apr 2027, 1 rep fewer from Sep 2027" in people.sentences[0]


def test_broken_limits_and_what_is_left_out_are_named() -> None:
    short = switch(pull(PLAN, "team.reps", 0.2), "phone", False)
    document = brief(short, draws=0)
    limits, excluded = document.section("limits"), document.section("excluded")
    assert limits is not None
    assert excluded is not None
    assert any(alert.severity == "limit" for alert in limits.alerts)
    assert any("Phone" in point for point in excluded.points)
    assert any("after Dec 2027" in point for point in excluded.points)


def test_what_has_happened_stands_on_the_brief_once_there_are_actuals() -> None:
    actuals = sample_actuals(PLAN, seed=1)
    reality = brief(PLAN, actuals=actuals, draws=0).section("reality")
    assert reality is not None
    assert "31 May 2027" in reality.sentences[0]


def test_where_the_plan_lands_is_what_happened_and_what_is_still_to_come() -> None:
    actuals = sample_actuals(PLAN, seed=1)
    landing = brief(PLAN, actuals=actuals, draws=500).section("landing")
    won = land(PLAN, actuals, draws=500).figure("won")
    assert landing is not None
    assert landing.chart is not None
    assert f"lands at {words.counted(PLAN, won.total, 'deal')}" in landing.sentences[0]
    frame = landing.chart.frame
    assert frame["middle"].iloc[-1] == pytest.approx(won.total)
    assert frame["actual"].iloc[4] == frame["low"].iloc[4] == frame["high"].iloc[4] == pytest.approx(won.happened)
    assert frame["actual"].iloc[5:].isna().all()
    assert brief(PLAN, actuals=actuals, draws=0).section("landing") is None


def test_the_brief_says_how_landings_that_were_kept_held_and_nothing_without_any() -> None:
    figure = KeptFigure("won", 2.0, (2.0, 5.0, 9.0), (2.0, 4.0, 8.0), (2.0, 6.0, 10.0))
    kept = (KeptLanding(dt.date(2027, 1, 31), PLAN.start, 1.0, (figure,)),)
    facts = tuple(Fact("CRM", f"2027-0{month}", PLAN.channels[0].key, "won", 2.5) for month in (1, 2))
    actuals = Actuals(dt.date(2027, 2, 28), facts)
    section = brief(PLAN, actuals=actuals, landings=kept, draws=0).section("track")
    assert section is not None
    assert section.sentences[0].startswith("1 of 1 kept landings had the deals that came within their 80% range.")
    assert section.table is not None
    assert section.table.rows[0][2] == Cell("5", "strong")
    assert brief(PLAN, actuals=actuals, draws=0).section("track") is None


def test_text_and_json_hold_the_same_figures() -> None:
    document = brief(PLAN, imprint=Imprint("Budget, version 2", "Sales operations", dt.date(2026, 11, 26)), draws=300)
    written = json.loads(json.dumps(brief_json(document)))
    assert written["figures"]["won"]["amount"] == float(measure(PLAN, "won"))
    says = "Budget, version 2, saved by Sales operations, 26 Nov 2026 · Jan 2027 to Dec 2027"
    assert says in brief_text(document)
    assert (written["version"], written["on"]) == ("Budget, version 2", "2026-11-26")
    for section in document.sections:
        assert section.title.upper() in brief_text(document)
    assert "nan" not in texts(document)


def test_head_and_foot_say_which_version_it_is_who_saved_it_and_where_it_is_found() -> None:
    saved = Imprint(
        "Budget, version 2", "Finance", dt.date(2026, 11, 26), dt.date(2026, 12, 1), "planner.example/l/abc"
    )
    theirs = brief(replace(PLAN, author="Sales operations"), imprint=saved, draws=0)
    assert made_by(theirs) == (
        "Prepared by Sales operations", "Budget, version 2, saved by Finance, 26 Nov 2026", "Jan 2027 to Dec 2027",
    )  # fmt: skip
    assert foot(theirs) == f"Budget, version 2 · 1 Dec 2026 · planner.example/l/abc · engine {VERSION}"
    assert made_by(brief(PLAN, draws=0)) == ("Jan 2027 to Dec 2027",)
    assert foot(brief(PLAN, draws=0)) == f"{PLAN.name} · engine {VERSION}"


def test_an_ask_of_blanks_is_none() -> None:
    blank = brief(replace(PLAN, ask=" \n "), draws=0)
    assert (blank.ask, blank.typed) == (blank.summary, False)


def test_without_draws_nothing_is_said_of_chance() -> None:
    document = brief(PLAN, draws=0)
    assert document.section("certainty") is None
    assert "chance" not in document.ask
    assert {figure.span for figure in document.figures} == {""}
