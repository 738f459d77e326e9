"""A channel kind is one record: a template added to the table is found wherever the product speaks of channels."""

from __future__ import annotations

import sys

import pytest

import pages.parts.drawers  # noqa: F401  loaded before the table grows, so that it forgets the new kind afterwards
from planner.actuals.matching import plan_names
from planner.actuals.sample import deviated, sample_actuals
from planner.engine import forecast
from planner.keep.codec import from_token, to_token
from planner.keep.workspace import Workspace
from planner.measure.forecast_counts import ForecastCounts
from planner.plan import Plan, templates
from planner.plan.levers import lever
from planner.plan.naming import arrivals_name
from planner.plan.stage_words import APPOINTMENT, StageWords
from planner.plan.starter import starter
from planner.plan.template_types import Deviation, Row, Template, Typical
from tests.app.conftest import Opener, bodies, opened, rungs

__all__ = ["opened"]

FAIR = Template(
    "fair", "Trade fair", "trade fair", "visits", ("#445566", "#99aabb"), Typical(50, 200, 800), (
        Row("visits", "Visits", None, StageWords("completion rate", "visit", "visits"), Typical(0.9, 1, 1)),
        Row("scanned", "Badge scanned", "visits", StageWords(
            "scan rate", "badge scan", "badge scans", "without a scan", uploads="badge scan; scan",
        ), Typical(0.1, 0.3, 0.5), "*t"),
        Row("appointment", "Appointment", "scanned", APPOINTMENT, Typical(0.1, 0.2, 0.4), "*"),
    ),
    audience=Typical(500, 5000, 9000), fee=Typical(1, 2, 4), uploads="fair; trade show; messe", lead="scanned",
    deviation=Deviation("scanned.rate", 0.5, "Fewer badges are scanned"),
)  # fmt: skip


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch) -> Plan:
    """A plan with the new channel; whoever took the table by name reads the longer one."""
    table = templates.TEMPLATES
    for module in [module for module in sys.modules.values() if getattr(module, "TEMPLATES", None) is table]:
        monkeypatch.setattr(module, "TEMPLATES", (*table, FAIR))
    return starter("email", "fair")


def test_its_levers_go_by_its_words(plan: Plan) -> None:
    assert lever(plan, "fair.scanned.rate").label == "Trade fair scan rate (of visits)"
    assert lever(plan, "fair.appointment.rate").name == "trade fair appointment rate"
    assert arrivals_name(plan, "fair.scanned") == "trade fair badge scans"


def test_uploads_know_its_names(plan: Plan) -> None:
    names = plan_names(plan)
    assert names.channel("Trade show") == "fair"
    assert names.figure("fair", "Badge scans") == "scanned"


def test_sample_data_deviate_as_it_says(plan: Plan) -> None:
    assert deviated(plan)["fair.scanned.rate"] == pytest.approx(0.15)
    assert sample_actuals(plan).count("fair.scanned", plan)[:5].sum() > 0


def test_kpis_count_its_leads(plan: Plan) -> None:
    planned = forecast(plan)
    assert ForecastCounts(planned).leads("fair") == pytest.approx(float(planned.count("scanned", "plan", "fair")))


def test_links_carry_it(plan: Plan) -> None:
    assert from_token(to_token(plan)).plan == plan


@pytest.mark.parametrize(
    "page",
    [
        "plan/money.py", "plan/forecast.py", "explore/sensitivity.py", "explore/goal.py", "explore/budget.py",
        "reality/actuals.py", "reality/variance.py", "reality/kpis.py", "share/brief.py",
    ],
)  # fmt: skip
def test_every_page_that_lists_channels_lists_it(plan: Plan, opened: Opener, page: str) -> None:
    app = opened()
    app.session_state["desk"].workspace = Workspace(plan, actuals=sample_actuals(plan))
    app.session_state["money_tabs"], app.session_state["kpi_group"] = "Costs", "all"
    app.switch_page(page).run()
    assert not app.exception
    frames = " ".join(str(frame.value.to_dict()) for frame in app.dataframe)
    fields = " ".join(str(option) for field in app.selectbox for option in field.options)
    assert "rade fair" in bodies(app) + frames + fields


def test_the_channels_page_shows_it(plan: Plan, opened: Opener) -> None:
    app = opened("plan/channels.py", p=to_token(plan))
    app.session_state["chosen"] = "fair"
    app.run()
    assert not app.exception
    assert {"fair.volume", "fair.scanned.rate", "fair.appointment.rate"} <= rungs(app).keys()
    assert "Trade fair" in bodies(app)
