"""A KPI is one row: added to the table, it is planned, counted from actuals and listed on its page."""

from __future__ import annotations

import pytest

from planner.actuals.sample import sample_actuals
from planner.engine import forecast
from planner.measure.kpi_table import KPI, KPIS, KPIPart
from planner.measure.kpis import kpi
from planner.plan.starter import starter
from tests.app.conftest import Opener, bodies
from tests.app.conftest import opened as opened

NEW = KPI(
    "E99", "email", "Silent e-mails", -1, "Delivered and never answered.",
    (KPIPart("(delivered − replied) ÷ sent"),), ("cience",),
)  # fmt: skip


def test_a_kpi_is_one_row(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KPIS, "E99", NEW)  # type: ignore[arg-type]
    plan = starter("email")
    (row,) = kpi(forecast(plan), "E99")
    replied = forecast(plan).arrivals["email.replied"].sum()
    assert row.value == pytest.approx(0.965 - replied / (12 * 8000))
    (counted,) = kpi(sample_actuals(plan, seed=1), "E99", plan)
    assert 0.9 < counted.value < 1
    assert "Silent e-mails" in bodies(opened("reality/kpis.py"))
