"""“What matters most?” ranks levers as the engine does, and names what to measure before deciding."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

from planner import words
from planner.ask.information import value_of_information
from planner.ask.sensitivity import grid
from planner.engine import forecast
from planner.keep.codec import to_token
from planner.measure.metrics import read
from planner.plan import Plan, replace
from planner.plan.edit import switch
from planner.plan.levers import lever, pull
from tests.app.conftest import Opener, bodies

PAGE = "explore/sensitivity.py"


def plan_of(app: AppTest) -> Plan:
    return app.session_state["desk"].workspace.plan  # type: ignore[no-any-return]


def swung(plan: Plan, metric: str, tail: bool = False) -> tuple[str, float, float]:
    """The lever that moves a metric most, by pulling each to its low and high in turn; and the metric there."""
    base = float(read(forecast(plan), metric, tail=tail))
    ends = {
        band.path: [float(read(forecast(pull(plan, band.path, to)), metric, tail=tail)) for to in (band.low, band.high)]
        for band in plan.ranges
    }
    path = max(ends, key=lambda path: max(*ends[path], base) - min(*ends[path], base))
    return path, *ends[path]


def test_the_sentence_names_the_lever_that_moves_most(opened: Opener) -> None:
    app = opened(PAGE)
    plan = plan_of(app)
    for metric, unit, tail in (("won", "count", False), ("won", "count", True), ("cac", "money", True)):
        app.segmented_control(key="matters_metric").set_value(metric)
        app.session_state["desk"].workspace = app.session_state["desk"].workspace.counting(tail)
        app.run()
        path, low, high = swung(plan, metric, tail)
        ends = [words.short(plan, x, unit) for x in (low, high)]
        assert f"{lever(plan, path).title} matters most for" in bodies(app)
        assert f": {ends[0]} at " in bodies(app)
        assert f", {ends[1]} at " in bodies(app)


def test_two_levers_run_from_corner_to_corner(opened: Opener) -> None:
    app = opened(PAGE)
    plan = plan_of(app)
    app.segmented_control(key="matters_metric").set_value("revenue")
    app.selectbox(key="grid_across").set_value("email.positive.rate").run()
    app.selectbox(key="grid_down").set_value("deal.value").run()
    values = grid(plan, "revenue", "email.positive.rate", "deal.value", steps=6).values
    corners = [words.short(plan, values[corner], "money") for corner in ((0, 0), (-1, -1))]
    assert f"Revenue: from {corners[0]} to {corners[1]}" in bodies(app)


def test_a_lever_never_stands_on_both_sides(opened: Opener) -> None:
    app = opened(PAGE)
    app.selectbox(key="grid_down").set_value("deal.value").run()
    app.selectbox(key="grid_across").set_value("deal.value").run()
    assert not app.exception
    assert app.selectbox(key="grid_down").value != app.selectbox(key="grid_across").value == "deal.value"


def test_learning_is_weighed_against_a_scenario_and_is_not_the_tornado(opened: Opener) -> None:
    app = opened(PAGE)
    plan = plan_of(app)
    assert "ready-made alternative" in bodies(app)
    other = switch(plan, "ads", False)
    app.session_state["desk"].workspace = app.session_state["desk"].workspace.with_scenario("No ads", other)
    app.run()
    learning = value_of_information(plan, (other,), tail=False)
    first = learning.inputs[0]
    assert f"Measure the {lever(plan, first.path).name} first" in bodies(app)
    assert "The decision: the plan or “No ads”." in bodies(app)
    assert f"is worth about {words.short(plan, first.value, 'money')} (knowing everything" in bodies(app)
    ranked = [value.path for value in learning.inputs]
    assert ranked != [path for path in swung(plan, "won") if path in ranked]


def test_a_plan_that_only_believes_otherwise_is_no_alternative(opened: Opener) -> None:
    app = opened(PAGE)
    desk = app.session_state["desk"]
    certain = replace(desk.workspace.plan, ranges=(), correlation=0.0)
    desk.workspace = desk.workspace.with_scenario("Certain", certain)
    app.run()
    assert "ready-made alternative" in bodies(app)


def test_without_ranges_it_says_so_and_offers_some(opened: Opener) -> None:
    plan = replace(plan_of(opened()), ranges=())
    app = opened(PAGE, p=to_token(plan))
    assert "No input has a range yet" in bodies(app)
    app.button(key="typical_ranges").click().run()
    assert "matters most for deals" in bodies(app)


def test_the_charts_have_their_finding_as_text(opened: Opener) -> None:
    app = opened(PAGE)
    charts = [chart.proto for chart in app.get("vega_lite_chart")]
    assert len(charts) == 2
    assert all(json.loads(chart.spec) for chart in charts)
    assert lever(plan_of(app), swung(plan_of(app), "won")[0]).title in charts[0].alt
