"""A new metric is one record: pages, goal seek, tornado, scenarios and bridge find it in the table."""

from __future__ import annotations

import math
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner import forecast, starter
from planner.ask.compare.bridge import bridge, ends
from planner.ask.goal.seeking import seek
from planner.ask.sensitivity import tornado
from planner.measure.explain import explain
from planner.measure.metrics import READERS, figure, measure, read, so_far
from planner.plan import Target, replace
from planner.plan.levers import pull
from planner.plan.metrics import METRICS, Metric, choices_for, keys_for
from planner.show.forecast.tables import key_figures
from tests.app.conftest import Opener, bodies, opened

__all__ = ["opened"]

COST_PER_HELD = Metric(
    "cost_per_held", "Cost per held appointment", "money", -1, "{cost} ÷ {held}", 
    "Cost of one appointment that took place.",
    ("explored", "sought", "compared", "bridged", "by_channel"), numerator="cost", denominator="held",
)  # fmt: skip
PLAN = starter("email", "phone")


@pytest.fixture(autouse=True)
def cost_per_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(METRICS, COST_PER_HELD.key, COST_PER_HELD)  # type: ignore[arg-type]  # a dict behind its face


def test_it_is_measured_and_explained_by_its_record_alone() -> None:
    planned = forecast(PLAN)
    paper = float(read(planned, "cost")) / float(read(planned, "held"))
    assert float(measure(PLAN, "cost_per_held")) == pytest.approx(paper, rel=1e-12)
    assert so_far(planned, "cost_per_held")[-1] == pytest.approx(paper, rel=1e-12)
    assert explain(planned, "cost_per_held").formula == "Cost ÷ held"
    assert replace(PLAN, targets=(Target("cost_per_held", 500.0),)).targets[0].metric == "cost_per_held"


def test_every_question_takes_it() -> None:
    aim = float(measure(PLAN, "cost_per_held")) * 0.9
    answers = seek(PLAN, "email.positive.rate", "cost_per_held", aim)
    assert [float(measure(plan, "cost_per_held")) for plan in answers] == pytest.approx([aim] * len(answers), rel=1e-6)
    assert "email.positive.rate" in {swing.path for swing in tornado(PLAN, "cost_per_held")}
    more = forecast(pull(PLAN, "email.volume", 20_000.0))
    bars, figures = bridge(forecast(PLAN), more, "cost_per_held"), ends(forecast(PLAN), more, "cost_per_held")
    assert math.fsum(bar.amount for bar in bars) == pytest.approx(figures.after - figures.before, rel=1e-9)


def test_it_stands_in_the_table_of_key_figures() -> None:
    labels = [getattr(row[0], "text", row[0]) for row in key_figures(forecast(PLAN), forecast(PLAN)).rows]
    assert COST_PER_HELD.label in labels


def options(app: AppTest, key: str) -> Any:
    element: Any = next(choice for choice in (*app.selectbox, *app.get("button_group")) if choice.key == key)
    return element.options


@pytest.mark.parametrize(
    ("page", "choice"), [("explore/sensitivity.py", "matters_metric"), ("explore/goal.py", "takes_metric")]
)
def test_pages_offer_it_as_a_choice(opened: Opener, page: str, choice: str) -> None:
    assert any("ost per held appointment" in str(option) for option in options(opened(page), choice))


@pytest.mark.parametrize("page", ["plan/forecast.py", "explore/scenarios.py"])
def test_tables_on_pages_show_it(opened: Opener, page: str) -> None:
    assert COST_PER_HELD.label in bodies(opened(page))


def test_every_metric_is_formed_of_others_or_has_a_reader_and_not_both() -> None:
    for key, metric in METRICS.items():
        formed = bool(metric.parts) or metric.counts is not None
        assert formed != (key in READERS), key
        assert set(metric.parts) <= set(METRICS)
        assert figure(forecast(PLAN), key, "plan") is not None


def test_choices_begin_with_deals_and_hold_what_is_listed() -> None:
    assert choices_for("sought")[0] == "won"
    assert sorted(choices_for("sought")) == sorted(keys_for("sought"))
