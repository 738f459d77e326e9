"""A new plan in one form: where and when, in which money, which channels, how many people, for what."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from typing import Any

import streamlit as st
from markupsafe import Markup

from pages.parts.currency import CURRENCIES
from pages.shell import desk, session
from pages.widgets import fields
from pages.widgets.texts import locales, plain
from planner import words
from planner.calendar import countries, month_keys, month_text
from planner.errors import PlannerError
from planner.measure.metrics import measure
from planner.plan import Plan
from planner.plan.starter import TEMPLATES, starter
from planner.plan.starting import Beginning, begun, usual_of
from planner.plan.typical import PER_EURO
from planner.show.errors import said

AHEAD, BACK = 24, 12  # months that a plan may begin after this one, and before it
FIELDS = "new:"
NUMBERS = tuple(f"{FIELDS}{name}" for name in ("reps", "value", "target"))
STEPS = (
    ("Start.", "“New plan …” asks for your market, channels and target in one form; or begin with this one."),
    ("Move.", "Drag a slider or type a rate: the key figures above answer at once, and Undo takes it back."),
    ("Ask and share.", "“What would it take?” finds the way to a target; Share copies a link to what you see."),
)
USUAL_VALUE = 18_000.0  # of a deal, in euro


def opener(key: str = "new_plan", **more: Any) -> None:
    """The button that opens the form."""
    if st.button("New plan …", key=key, disabled=desk.read_only(), icon=":material/add:", **more):
        fields.clear(*NUMBERS)
        _form()


def hint() -> None:
    """The first three steps, for whoever has not been here before, until they are put away."""
    visit = session.current()
    if visit.returning or visit.hinted or desk.read_only():
        return
    with st.container(key="first-steps", border=True, horizontal=True, vertical_alignment="center"):
        rows = Markup().join(Markup("<li><b>{}</b> {}</li>").format(*step) for step in STEPS)
        st.html(Markup("<ol>{}</ol>").format(rows), width="stretch")
        opener("new_plan_hint", type="primary")
        st.button("Hide", key="hide_hint", type="tertiary", on_click=_hide)


def _hide() -> None:
    session.current().hinted = True


@st.dialog("New plan", width="medium")
def _form() -> None:
    """The whole form. What is usual in the country stands in its fields until something else is typed."""
    plan = desk.plan()
    left, right = st.columns(2)
    with left:
        _place(plan)
    with right:
        _time_and_money()
    kinds = {template.kind: template.label for template in TEMPLATES}
    chosen = st.pills(
        "Channels to keep", list(kinds), format_func=kinds.__getitem__, selection_mode="multi", default=list(kinds),
        key=f"{FIELDS}channels",
    )  # fmt: skip
    locale, currency = str(_field("locale")), str(_field("currency"))
    reps, value, target = NUMBERS
    left, middle, right = st.columns(3)
    with left:
        people = _number(reps, "Reps", "2", locale)
    with middle:
        worth = _number(value, "Deal value", _usual_value(currency, locale), locale, currency)
    wanted = Beginning(
        str(_field("start")), str(_field("country")), currency, locale,
        tuple(kind for kind in kinds if kind in chosen), 2.0 if people is None else people,
        _money(currency) if worth is None else worth, name=str(_field("name") or "").strip(),
    )  # fmt: skip
    with right:
        goal = _number(target, "Deals to win", _expected(wanted), locale)
    if any(map(fields.refused, NUMBERS)):  # each says so below itself
        _button(None)
    elif not chosen:
        _submission("Keep at least one channel.", None)
    else:
        _submit(wanted, goal)


def _place(plan: Plan) -> None:
    st.text_input("Name", key=f"{FIELDS}name", placeholder=f"Plan {_months()[BACK + 1][:4]}", max_chars=80)
    if _field("country") is None:
        desk.show(f"{FIELDS}country", plan.country)
        _moved()
    places = sorted(countries(), key=words.country_name)
    st.selectbox("Country", places, format_func=words.country_name, key=f"{FIELDS}country", on_change=_moved)


def _time_and_money() -> None:
    if _field("start") is None:
        desk.show(f"{FIELDS}start", _months()[BACK + 1])
    st.selectbox("First month", _months(), format_func=month_text, key=f"{FIELDS}start")
    left, right = st.columns(2)
    currency, locale = str(_field("currency")), str(_field("locale"))
    left.selectbox("Currency", sorted({*CURRENCIES, *PER_EURO, currency}), key=f"{FIELDS}currency")
    ways = locales(locale)
    right.selectbox("Numbers are written", list(ways), format_func=ways.__getitem__, key=f"{FIELDS}locale")


def _moved() -> None:
    """A country brings its currency and how it writes numbers."""
    usual = usual_of(str(_field("country")))
    desk.show(f"{FIELDS}currency", usual.currency)
    desk.show(f"{FIELDS}locale", usual.locale)


def _number(key: str, label: str, usual: str, locale: str, unit: str = "") -> float | None:
    """A number typed as the plan will write it."""
    return fields.number(key, fields.Field(label, unit), hint=usual, stacked=True, plan=starter("email", locale=locale))


def _submit(wanted: Beginning, target: float | None) -> None:
    """What the plan would bring, and the button that puts it on the desk."""
    try:
        plan = begun(replace(wanted, target=_rounded(wanted) if target is None else target))
    except PlannerError as error:
        _submission(said(error, starter(*wanted.channels)), None)
    else:
        _submission(_outlook(plan), plan)


def _submission(remark: str, plan: Plan | None) -> None:
    """What is said of the plan, and the button, which only a whole plan enables."""
    st.caption(plain(remark))
    _button(plan)


def _button(plan: Plan | None) -> None:
    if st.button(
        "Create plan", key="create_plan", type="primary", on_click=_create, args=(plan,), disabled=plan is None
    ):
        st.rerun()


def _outlook(plan: Plan) -> str:
    deals, cost = (words.short(plan, measure(plan, key), unit) for key, unit in (("won", "count"), ("cost", "money")))
    return (
        f"On typical rates this brings {deals} deals for {cost} in a year. Every other number can be changed later; "
        "your present plan is kept as a scenario, and Undo brings everything back."
    )


def _create(plan: Plan | None) -> None:
    if plan is not None and desk.rework(lambda work: work.anew(plan)):
        session.current().currency = ""


@lru_cache(maxsize=8)
def _rounded(wanted: Beginning) -> float:
    """As many deals as the plan brings, to two figures."""
    return float(f"{float(measure(begun(wanted), 'won')):.2g}")


def _expected(wanted: Beginning) -> str:
    """The same as text, "" where there is no such plan."""
    try:
        return words.write_exact(_rounded(wanted), wanted.locale)
    except PlannerError:
        return ""


def _money(currency: str) -> float:
    return float(f"{USUAL_VALUE * PER_EURO.get(currency, 1.0):.2g}")


def _usual_value(currency: str, locale: str) -> str:
    return words.write(starter("email", locale=locale), _money(currency))


def _field(name: str) -> Any:
    """What stands in a field of the form, None before it was drawn."""
    return st.session_state.get(f"{FIELDS}{name}")


def _months() -> list[str]:
    """Months that a plan may begin in, as "YYYY-MM"; the one at `BACK` is this one."""
    year, month = divmod(dt.date.today().year * 12 + dt.date.today().month - 1 - BACK, 12)
    return list(month_keys(f"{year:04d}-{month + 1:02d}", BACK + 1 + AHEAD))
