"""A formula comes out as the same text does in any calculator."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.measure.formulas import fill, in_words, names, work_out
from planner.measure.sources import CountSource
from planner.plan.starter import starter


class Given(CountSource):
    """Numbers as told."""

    def __init__(self, **numbers: float) -> None:
        super().__init__(starter("email", "phone"))
        self.numbers = numbers

    def stage(self, key: str, channel: str | None) -> float:
        return self.numbers.get(key, math.nan)

    def named(self, name: str, channel: str | None) -> float:
        return math.nan


def formulas(depth: int = 3) -> st.SearchStrategy[str]:
    leaf = st.sampled_from(["sent", "replied", "won", "1", "100", "0.5"])
    if not depth:
        return leaf
    inner = formulas(depth - 1)
    return st.one_of(leaf, st.tuples(inner, st.sampled_from("+−×÷"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"))


COUNTS = st.integers(0, 10_000).map(lambda count: count / 4)  # no ratio over next to nothing, which is undefined


@given(formulas(), COUNTS, COUNTS, COUNTS)
def test_a_formula_is_arithmetic(formula: str, sent: float, replied: float, won: float) -> None:
    text = formula.translate(str.maketrans("÷−×", "/-*"))
    try:
        expected = eval(text, {"sent": sent, "replied": replied, "won": won})
    except ZeroDivisionError:
        expected = math.nan
    value = work_out(Given(sent=sent, replied=replied, won=won), formula)
    assert value == pytest.approx(expected, rel=1e-12, nan_ok=True)


def test_operators_bind_as_on_paper() -> None:
    counted = Given(sent=12.0, replied=3.0)
    assert work_out(counted, "1 − replied ÷ sent") == 0.75
    assert work_out(counted, "sent ÷ replied × 2 − 1") == 7.0
    assert math.isnan(work_out(counted, "sent ÷ (replied − 3)"))
    assert math.isnan(work_out(counted, "sent + won"))


def test_a_formula_reads_as_the_plan_labels_its_stages() -> None:
    formula, counted = "1 − email.positive ÷ sent", Given(sent=1200.0, positive=1.5)
    assert names(formula) == ("email.positive", "sent")
    assert in_words(counted.plan, formula, "email") == "1 − positive replies ÷ sent"
    counted.plan = starter("email", locale="de")
    assert fill(counted, "positive ÷ sent", "email") == "1,50 positive replies ÷ 1.200 sent"
