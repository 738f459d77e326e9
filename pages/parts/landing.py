"""Where the plan lands, on a page: the sentence, the fan, what it is made of, and what the rest would need."""

from __future__ import annotations

import streamlit as st

from pages.parts import track
from pages.parts.asking import become, keep
from pages.parts.bridge import choice
from pages.shell import desk, present, session
from pages.widgets import inputs
from pages.widgets.texts import plain
from planner.actuals.actuals import Actuals
from planner.ask.evidence.land import LANDED, Landing
from planner.ask.evidence.record import landed
from planner.ask.evidence.rest import rest_of
from planner.engine import Forecast
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.show import landing as shown
from planner.show.openings import openings_frame, with_typed_openings


def landing_of(plan: Plan, actuals: Actuals) -> Landing:
    """Where the plan lands, worked out once for a plan and its actuals."""
    with st.spinner("Calculating …"):
        return session.current().results.of(landed, plan, actuals, desk.workspace().landings)


def landing(forecast: Forecast, actuals: Actuals) -> None:
    """First thing on the page: where the plan lands."""
    plan = forecast.plan
    lands = landing_of(plan, actuals)
    present.answer(shown.sentence(lands))
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        metric = choice("landing_metric", LANDED, {key: METRICS[key].label for key in LANDED})
        present.chart(shown.fan(lands, forecast, metric), "landing_fan")
        present.quiet("Line: what happened. Dotted: the landing, with its 80% range. Grey dashes: the plan.")
    with right:
        _rest(lands)
        present.quiet(shown.why(lands))
    present.table(shown.table(lands), "landing")
    track.record(lands, actuals)
    _openings(plan)


def _rest(lands: Landing) -> None:
    """What the rest of the plan needs for the target, or without one for the plan's own deals."""
    target = shown.target_of(lands.plan, "won")
    rest = session.current().results.of(rest_of, lands, lands.figure("won").plan if target is None else target)
    present.title("What the rest would need", "for the target" if target is not None else "for the planned deals")
    if rest is None:
        present.quiet("Every month of the plan has begun: volumes can no longer change where it lands.")
        return
    st.markdown(plain(shown.rest_sentence(lands, rest)))
    if rest.met or rest.most <= shown.NO_ROOM:
        return
    raised, name = rest.applied(lands.plan), shown.scenario_name(lands, rest)
    with st.container(horizontal=True, gap="small"):
        label = "Raise volumes" if rest.factor else "Raise volumes to the limit"
        st.button(
            label, key="rest_apply", on_click=desk.act, args=(become, raised), kwargs={"name": name},
            disabled=desk.read_only(), help=plain(name),
        )  # fmt: skip
        keep(name, raised, "rest_keep")


def _openings(plan: Plan) -> None:
    """What was under way before the plan, to be typed: it lands in the plan and is no merit of its rates."""
    label = "Under way before the plan"
    with present.folded(label, "openings") as panel:
        if panel.open:
            present.quiet(
                "Appointments and opportunities that were open when the plan began. They count as deals, but not in "
                "CAC and ROI, and they are kept apart from the measured rates."
            )
            inputs.grid("openings_grid", openings_frame(plan), with_typed_openings)
