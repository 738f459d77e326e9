"""Rates with evidence, on a page: planned against measured, and adopting one or all with a preview of the effect."""

from __future__ import annotations

import streamlit as st

from pages.parts.asking import become, keep
from pages.shell import desk, present
from pages.widgets import inputs
from planner.ask.evidence.calibrate import Calibration
from planner.plan import Plan
from planner.show import evidence as shown

ALL = ""
ADOPTED = "Adopted measured rates"


def rates(calibration: Calibration) -> None:
    """What actuals say of every rate that is reported, and what the plan becomes with them."""
    main = [row for row in calibration.rates if row.main]
    sides = [row for row in calibration.rates if not row.main]
    present.title("Rates with evidence", "what the plan says, what your data say")
    present.answer(shown.sentence(calibration))
    if main:
        present.table(shown.table(calibration, main), "rates")
    if waited := shown.delays(calibration):
        present.table(waited, "delays")
    _adopting(calibration)
    if sides:
        with present.folded("Side outcomes", "evidence_sides") as panel:
            if panel.open:
                present.table(shown.table(calibration, sides), "side-rates")


def _adopting(calibration: Calibration) -> None:
    """One rate or all of them: what would change, and the button that does it."""
    measured = [row for row in calibration.rates if row.kept is None]
    if not measured:
        return
    names = {ALL: "All measured rates"} | shown.labels(calibration, (row for row in measured if row.main))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = inputs.options("Adopt", names, "evidence_rate", width=320)
        paths = [row.path for row in measured] if chosen == ALL else [chosen]
        adopted = calibration.adopting(paths)
        name = ADOPTED if chosen == ALL else f"Adopted the measured {names[chosen]}"
        _adopt(adopted, name, "Adopt measured rates" if chosen == ALL else "Adopt measured rate")
    before = calibration.before
    if adopted.channels == before.channels and adopted.sales == before.sales:
        present.quiet("The plan has these rates already.")
    else:
        present.quiet(shown.effect(desk.forecast(before), desk.forecast(adopted)))


def _adopt(adopted: Plan, name: str, label: str) -> None:
    st.button(
        label, key="adopt", on_click=desk.act, args=(become, adopted), kwargs={"name": name}, type="primary",
        disabled=desk.read_only(), help="Sets value, 80% range and source of each rate. Undo takes it back.",
    )  # fmt: skip
    keep("Measured rates", adopted, "adopt_keep")
