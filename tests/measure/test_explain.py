"""Explanations: a filled formula comes out at its figure, and the plan in one sentence."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from planner.engine import forecast
from planner.errors import PlanError
from planner.measure.explain import TERMS, explain, sum_up
from planner.measure.metrics import METRICS, read
from planner.plan import Channel, Cost, Deal, Opening, Plan, Stage, Team, replace
from planner.plan.starter import starter
from planner.words import write
from tests.test_words import plain

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
    planned = forecast(RICH)
    explanation = explain(planned, metric, tail=tail, channel=channel)
    value = float(read(planned, metric, tail=tail, channel=channel))
    assert reckoned(explanation.filled) == pytest.approx(value, rel=0.02, abs=0.02)


@pytest.mark.parametrize("metric", list(METRICS))
def test_an_explanation_leaves_nothing_to_fill_in(metric: str) -> None:
    for plan in (RICH, starter("post", locale="nb"), replace(starter("email"), costs=())):
        explanation = explain(forecast(plan), metric)
        assert "{" not in explanation.formula + explanation.filled + explanation.meaning
        assert explanation.value == write(plan, read(forecast(plan), metric), METRICS[metric].unit)


def test_touches_are_explained_as_planned_and_fed() -> None:
    # 200 visitors a month of its own; the feeds bring the rest
    explanation = explain(forecast(RICH), "touches", channel="landing").filled
    own, fed = (float(n.replace(",", "")) for n in re.findall(r"[\d,]+", explanation))
    assert own + fed == pytest.approx(float(read(forecast(RICH), "touches", channel="landing")), abs=1)
    assert own == 12 * next(c.volume for c in RICH.channels if c.key == "landing")


def test_roi_is_explained_with_the_plans_numbers() -> None:
    # 1 000 letters, every one a deal of 20: revenue 20 000; 5 a letter: cost 5 000
    plan = _all_won(volume=1000.0, value=20.0, fee=5.0)
    explanation = explain(forecast(plan), "roi")
    assert (explanation.formula, explanation.filled, explanation.value) == (
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


def test_every_name_in_a_formula_is_a_metric_or_a_term() -> None:
    names = {name for row in METRICS.values() for name in re.findall(r"{(\w+)}", row.formula)}
    assert names <= {*METRICS, *TERMS}
    assert {*TERMS} <= names


def test_an_unknown_metric_is_refused_by_name() -> None:
    with pytest.raises(PlanError, match="luck is no metric"):
        explain(forecast(RICH), "luck")
