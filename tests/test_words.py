"""Numbers in six locales against what CLDR prescribes; formulas that come out at the figure they explain."""

from __future__ import annotations

import ast
import datetime as dt
import math
import operator
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from planner.engine import forecast
from planner.errors import PlanError
from planner.measure.metrics import METRICS, read
from planner.plan import Channel, Cost, Deal, Opening, Plan, Stage, Team, replace
from planner.plan.starter import starter
from planner.words import (
    DASH,
    change,
    counted,
    day,
    explain,
    in_text,
    month_name,
    month_names,
    plural,
    short,
    sum_up,
    write,
)

LOCALES = ("en", "nb", "de", "fr", "de-CH", "sv")
PLANS = {name: replace(starter("email"), locale=name) for name in LOCALES}
EN = PLANS["en"]


def plain(text: str) -> str:
    """Every kind of space as a space, so that a test can be read."""
    return re.sub(r"\s", " ", text)


@pytest.mark.parametrize(
    ("name", "currency", "money", "cents", "percent", "count", "compact"),
    [
        ("en", "USD", "$1,234,568", "−$12.50", "3.12%", "1,234", "$1.23M"),
        ("en", "CHF", "CHF 1,234,568", "−CHF 12.50", "3.12%", "1,234", "CHF 1.23M"),
        ("nb", "NOK", "1 234 568 kr", "−12,50 kr", "3,12 %", "1 234", "1,23 mill. kr"),
        ("de", "EUR", "1.234.568 €", "−12,50 €", "3,12 %", "1.234", "1,23 Mio. €"),
        ("fr", "EUR", "1 234 568 €", "−12,50 €", "3,12 %", "1 234", "1,23 M €"),
        ("de-CH", "CHF", "CHF 1’234’568", "−CHF 12.50", "3.12%", "1’234", "CHF 1.23 Mio."),
        ("sv", "SEK", "1 234 568 kr", "−12,50 kr", "3,12 %", "1 234", "1,23 mn kr"),
    ],
)
def test_a_plan_writes_numbers_as_its_locale_does(
    name: str, currency: str, money: str, cents: str, percent: str, count: str, compact: str
) -> None:
    plan = replace(EN, locale=name, currency=currency)
    assert plain(write(plan, 1234567.89, "money")) == money
    assert plain(write(plan, -12.5, "money")) == cents
    assert plain(write(plan, 0.0312, "percent")) == percent
    assert plain(write(plan, 1234)) == count
    assert plain(short(plan, 1234567.89, "money")) == compact


@pytest.mark.parametrize("name", LOCALES)
@given(st.floats(0.001, 1e9))
def test_what_is_written_reads_back_to_three_figures(name: str, value: float) -> None:
    plan, babel = PLANS[name], name.replace("-", "_")
    digits = re.sub(r"[^\d.,’\s]", "", write(plan, value, "decimal"))
    assert float(parse_decimal(digits, locale=babel)) == pytest.approx(value, rel=0.00502)
    if value < 1e6:
        digits = re.sub(r"[^\d.,’\s]", "", short(plan, value)).strip()
        assert float(parse_decimal(digits, locale=babel)) == pytest.approx(value, rel=0.00502, abs=0.00502)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (math.nan, "money", DASH), (math.inf, "count", DASH), (0.0, "money", "€0"), (99.999, "money", "€100.00"),
        (100.0, "money", "€100"), (0.04, "money", "€0.04"), (3.0, "percent", "300%"), (0.3, "percent", "30.0%"),
        (0.0, "percent", "0%"), (0.00008, "percent", "0.0080%"), (12.0, "count", "12"), (9.999, "count", "10.0"),
        (0.5, "count", "0.50"), (1.0, "days", "1 day"), (84.0, "days", "84 days"), (3.0, "ratio", "3.0"),
        (11.71, "months", "11.7 months"),
        (3.0, "month", "Mar 2027"), (-1500.4, "count", "−1,500"), (-0.2, "hours", "−0.20 h"),
        (2471.7, "hours", "2,472 h"),
    ],
)  # fmt: skip
def test_figures_keep_what_is_read_of_them(value: float, unit: str, written: str) -> None:
    assert plain(write(EN, value, unit)) == written


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (999.6, "count", "1,000"), (999_951.0, "money", "€1M"), (999_499.0, "money", "€999,000"),
        (0.2, "percent", "20%"), (0.001, "percent", "0.1%"), (2.358, "percent", "236%"), (10.0, "percent", "1,000%"),
        (-2_345_678.0, "money", "−€2.35M"), (45.31, "money", "€45.30"),
    ],
)  # fmt: skip
def test_in_a_sentence_three_figures_are_enough(value: float, unit: str, said: str) -> None:
    assert plain(short(EN, value, unit)) == said


def test_changes_carry_a_sign_and_vanish_where_there_is_none() -> None:
    assert plain(change(EN, 0.034, 0.03, "percent")) == "+0.40 pp"
    assert plain(change(EN, 8000, 9500.0, "money")) == "−€1,500"
    assert change(EN, 7.0, 5.0, "month") == "2 months later"
    assert change(EN, 4.0, 5.0, "month") == "1 month earlier"
    assert change(EN, 5.0, 5.0) == change(EN, math.nan, 5.0) == change(EN, 5.0, math.nan, "money") == ""


@given(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7))
def test_a_change_back_is_the_same_change_with_the_other_sign(one: float, other: float) -> None:
    swapped = {"+": "−", "−": "+"}
    there, back = change(EN, one, other), change(EN, other, one)
    if abs(one - other) > 1e-6 * max(abs(one), abs(other), 1.0):
        assert back == swapped[there[0]] + there[1:]


def test_months_are_named_in_the_plans_language_over_the_turn_of_the_year() -> None:
    plan = replace(EN, start="2027-11", months=3)
    assert month_names(plan) == ("Nov 2027", "Dec 2027", "Jan 2028")
    assert month_name(replace(plan, locale="de"), 4) == "März 2028"
    assert month_name(replace(plan, locale="xx"), 0) == "Nov 2027"
    assert day(replace(plan, locale="fr"), dt.date(2027, 3, 5)) == "5 mars 2027"


def test_labels_bend_to_their_sentence() -> None:
    assert [in_text(label) for label in ("Gross profit", "CAC", "E-mail", "LinkedIn", "CLV : CAC", "SMS: tools")] == [
        "gross profit", "CAC", "e-mail", "LinkedIn", "CLV : CAC", "SMS: tools",
    ]  # fmt: skip
    assert [plural(label) for label in ("positive reply", "hard bounce", "touch", "opportunity", "replied")] == [
        "positive replies", "hard bounces", "touches", "opportunities", "replied",
    ]  # fmt: skip
    deals = ["1 deal", "1 deal", "2 deals", "0 deals", "0.50 deals"]
    assert [counted(EN, n, "deal") for n in (1, 1.004, 2, 0, 0.5)] == deals


# -- explanations -----------------------------------------------------------------------------------------------------

RICH = replace(starter(), opening=(Opening("email.opportunity", 4.0), Opening("phone.appointment", 10.0)))
IN_WORDS = ("hours", "cash", "lowest_cash", "break_even_month", "touches")
_DO: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


def reckoned(filled: str) -> float:
    """The value of a filled formula, read as a person with a calculator would."""
    text = re.sub(r", when they close", "", plain(filled)).translate(str.maketrans("÷×−", "/*-"))
    text = re.sub(r"([\d.,]+)%", lambda share: str(float(share[1].replace(",", "")) / 100), text.replace("€", ""))
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"(?<=\d) [A-Za-z][^+*/()]*", "", text)

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return _DO[type(node.op)](value(node.left), value(node.right))
        return float(ast.literal_eval(node))

    return value(ast.parse(text.strip(), mode="eval").body)


@pytest.mark.parametrize("channel", [None, "email", "landing"])
@pytest.mark.parametrize("tail", [False, True])
@pytest.mark.parametrize("metric", [key for key in METRICS if key not in IN_WORDS])
def test_a_filled_formula_comes_out_at_its_figure(metric: str, tail: bool, channel: str | None) -> None:
    made = forecast(RICH)
    told = explain(made, metric, tail=tail, channel=channel)
    value = float(read(made, metric, tail=tail, channel=channel))
    assert reckoned(told.filled) == pytest.approx(value, rel=0.02, abs=0.02)


@pytest.mark.parametrize("metric", list(METRICS))
def test_an_explanation_leaves_nothing_to_fill_in(metric: str) -> None:
    for plan in (RICH, starter("post", locale="nb"), replace(starter("email"), costs=())):
        told = explain(forecast(plan), metric)
        assert "{" not in told.formula + told.filled + told.says
        assert told.value == write(plan, read(forecast(plan), metric), METRICS[metric].unit)


def test_touches_are_explained_as_planned_and_fed() -> None:
    # 200 visitors a month of its own; the feeds bring the rest
    told = explain(forecast(RICH), "touches", channel="landing").filled
    own, fed = (float(n.replace(",", "")) for n in re.findall(r"[\d,]+", told))
    assert own + fed == pytest.approx(float(read(forecast(RICH), "touches", channel="landing")), abs=1)
    assert own == 12 * next(c.volume for c in RICH.channels if c.key == "landing")


def test_roi_is_explained_with_the_plans_numbers() -> None:
    # 1 000 letters, every one a deal of 20: revenue 20 000; 5 a letter: cost 5 000
    plan = _all_won(volume=1000.0, value=20.0, fee=5.0)
    told = explain(forecast(plan), "roi")
    assert (told.formula, told.filled, told.value) == (
        "(revenue − cost) ÷ cost", "(€20,000 − €5,000) ÷ €5,000", "300%",
    )  # fmt: skip
    assert sum_up(forecast(plan)) == "1,000 appointments bring 1,000 deals by Jan 2027, for €5,000."


def _all_won(volume: float, value: float, fee: float) -> Plan:
    stages = (Stage("sent", "Sent", None, 1.0), Stage("appointment", "Appointment", "sent", 1.0, main=True))
    passed = ("appointment", "unique", "held", "opportunity", "won")
    sales = tuple(Stage(key, key.title(), of, 1.0, main=True) for of, key in pairwise(passed))
    return Plan(
        "On paper", "EUR", "2027-01", 1, "NO", "en", (Channel("post", "post", "Post", volume, stages),), sales,
        Deal(value, 0.6), Team(), (Cost("fee", "Fee", fee, "post.sent"),),
    )  # fmt: skip


def test_an_unknown_metric_is_refused_by_name() -> None:
    with pytest.raises(PlanError, match="luck is no metric"):
        explain(forecast(EN), "luck")
