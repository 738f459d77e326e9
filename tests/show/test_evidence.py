"""Rates with evidence in words: what a value rests on, which rates are off, and what adopting them changes."""

from __future__ import annotations

from planner.actuals.sample import sample_actuals
from planner.ask.evidence.calibrate import calibrate
from planner.engine import forecast
from planner.plan import Evidence, replace, the
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show import evidence as shown
from planner.show.tables import Cell
from tests.ask.happening import as_planned

PATH = "email.replied.rate"


def test_a_value_says_what_it_rests_on() -> None:
    plan = starter()
    assert shown.basis(plan, PATH) == "typical value"
    assert shown.basis(pull(plan, PATH, 0.011), PATH) == "typed"
    own = replace(plan, evidence=(Evidence(PATH, "own data", 40_000.0, "2027-05-31"),))
    assert shown.basis(own, PATH) == "own data, 40,000 observed, 31 May 2027"
    assert shown.basis(pull(own, PATH, 0.011), PATH) == "typed"  # a moved value no longer rests on it


def test_adopting_writes_what_the_value_rests_on() -> None:
    plan = starter()
    calibration = calibrate(plan, sample_actuals(plan))
    assert shown.basis(calibration.plan, PATH).startswith("own data, ")
    assert shown.basis(calibration.adopting(["phone.connected.rate"]), PATH) == "typical value"


def test_the_sentence_names_the_rate_that_is_furthest_off() -> None:
    plan = starter()
    text = shown.sentence(calibrate(plan, sample_actuals(plan, months=9)))
    assert "outside the measured 80% range. Furthest: your plan says" in text
    as_it_was = shown.sentence(calibrate(plan, as_planned(plan, 4)))
    assert as_it_was.endswith("each plan value lies within its measured 80% range.")


def test_the_table_has_a_row_a_rate_with_planned_naive_matured_and_measured() -> None:
    plan = starter()
    calibration = calibrate(plan, sample_actuals(plan))
    rows = [row for row in calibration.rates if row.main]
    table = shown.table(calibration, rows)
    assert len(table.rows) == len(rows)
    won = table.rows[[row.path for row in rows].index("sales.won.rate")]
    row = the(calibration.rates, path="sales.won.rate")
    notes = [cell.note for cell in won if isinstance(cell, Cell)]
    assert notes[1] == "typical value"
    assert notes[2] == f"{row.arrivals:.0f} of {row.parents:.0f}"
    assert notes[3] == f"n = {round(row.exposed)}"


def test_the_preview_says_from_what_to_what() -> None:
    plan = starter()
    better = forecast(pull(plan, PATH, 0.01))
    assert shown.effect(forecast(plan), better).startswith("Effect on the plan: deals 19.2 → ")
    assert "deals 19.2 (unchanged)" in shown.effect(forecast(plan), forecast(plan))
