"""The plan's currency: a new one is chosen, then amounts are converted at a typed rate or keep their figures."""

from __future__ import annotations

import streamlit as st

from pages.shell import desk, session
from pages.widgets import fields
from pages.widgets.texts import plain
from planner import words
from planner.errors import PlannerError
from planner.plan import Plan, edit
from planner.plan.currency import converted
from planner.plan.metrics import METRICS
from planner.show.currency import SCOPE, preview
from planner.show.errors import said

CURRENCIES = ("EUR", "USD", "GBP", "NOK", "SEK", "DKK", "CHF", "PLN", "CAD", "AUD", "JPY")
RATE = "currency_rate"


def chooser(plan: Plan) -> None:
    """The currency to choose; where another is chosen, what to do about the amounts."""
    wanted = session.current().currency or plan.currency
    desk.show("plan_currency", wanted)
    st.selectbox(
        "Currency", sorted({*CURRENCIES, plan.currency, wanted}), key="plan_currency", accept_new_options=True,
        on_change=_chosen, disabled=desk.read_only(),
    )  # fmt: skip
    if wanted != plan.currency and not desk.read_only():
        with st.container(border=True, key="conversion"):
            _conversion(plan, wanted)


def _chosen() -> None:
    """Remembers the currency that was chosen; nothing changes until it is said how."""
    plan = desk.plan()
    fields.clear(RATE)  # it was the rate of another currency
    try:
        session.current().currency = edit.with_currency(plan, st.session_state["plan_currency"] or "").currency
    except PlannerError as error:
        desk.say(said(error, plan))


def _conversion(plan: Plan, wanted: str) -> None:
    """The rate to type, what it makes of an amount, and the two ways to go on."""
    field = fields.Field(f"1 {plan.currency} in {wanted}", above=True, either=True)
    rate = fields.number(RATE, field, hint=f"Such as {words.write_exact(11.7, plan.locale)}", stacked=True)
    if rate is not None and not fields.refused(RATE):
        _offer(plan, rate, wanted)
    st.button("Keep the figures, change the currency only", key="relabel", on_click=_relabel, args=(wanted,))
    st.button(f"Stay with {plan.currency}", key="stay", on_click=_done, type="tertiary")
    st.caption(SCOPE)


def _offer(plan: Plan, rate: float, wanted: str) -> None:
    """What a rate makes of an amount, and the button that converts at it."""
    try:
        st.caption(plain(preview(plan, converted(plan, rate, wanted))))
    except PlannerError as error:
        st.error(plain(said(error, plan)))
        return
    written = words.write_exact(rate, plan.locale)
    st.button(f"Convert at {written}", key=f"convert:{rate:g}", type="primary", on_click=_convert, args=(rate, wanted))


def _convert(rate: float, to: str) -> None:
    if not desk.rework(lambda work: work.converted(rate, to)):
        return
    money = [metric for metric, row in METRICS.items() if row.unit == "money"]
    typed = ["spend_budget", "hire_budget", *(f"{field}:{key}" for key in money for field in _ASKED)]
    fields.clear(*typed)  # questions are asked anew: an amount typed in the other currency means something else now
    _done()


_ASKED = ("takes_value", "spend_goal")


def _relabel(to: str) -> None:
    desk.rework(lambda work: work.relabelled(to))
    _done()


def _done() -> None:
    session.current().currency = ""
    fields.clear(RATE)
