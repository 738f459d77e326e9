"""Always in view: the plan's name, undo and redo, baseline, share; the key figures and why they are what they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape
from math import isfinite
from urllib.parse import urlsplit

import streamlit as st

from pages.parts import settings
from pages.parts.asking import plain
from pages.shell import desk, keeping
from pages.widgets.copying import copy_button
from planner import words
from planner.ask.uncertainty.simulation import Series, simulate
from planner.engine import VERSION, Forecast
from planner.keep.codec import SharedPlan
from planner.keep.figures import otherwise
from planner.keep.workspace import Step
from planner.measure.explain import explain
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.metrics import keys_for


def controls() -> None:
    """Name, undo, redo, baseline and share in one row."""
    work, shared = desk.workspace(), desk.link()
    with st.container(key="controls", horizontal=True, vertical_alignment="center", gap="small"):
        name = escape(desk.plan().name)
        note = (
            "shared, read-only"
            if shared
            else "as the baseline"
            if work.plan == work.baseline
            else "changed since the baseline"
        )
        st.html(f'<div class="title">{name}<small>{note}</small></div>', width="stretch")
        if shared:
            st.button("Save my copy", key="save_copy", type="primary", on_click=desk.save_copy)
            st.button("Back to my plan", key="leave_link", on_click=desk.leave_link)
            return
        settings.menu()
        _step("Undo", desk.undo, work.past, "Ctrl+Z")
        _step("Redo", desk.redo, work.future, "Ctrl+Y")
        same = work.plan == work.baseline
        st.button(
            "Set as baseline",
            key="rebase",
            on_click=desk.rebase,
            disabled=same,
            help="Hold every later move against the plan as it stands",
        )
        copy_button("Share", link_address, said=copied())


def _step(label: str, walk: Callable[[], None], steps: tuple[Step, ...], shortcut: str) -> None:
    """Undo or redo, with the name of the step that it will take back or bring back."""
    tip = f"{label}: {plain(steps[-1].name)}" if steps else None
    off = not steps
    st.button(label, key=label.lower(), on_click=walk, disabled=off, help=tip, shortcut=shortcut, type="tertiary")


def said() -> None:
    """What the last move or the address has to say, and what a shared plan rests on."""
    for text in desk.heard():
        st.warning(text)
    keeping.banner()
    shared = desk.link()
    if shared:
        st.info(_rests_on(shared))


def _rests_on(shared: SharedPlan) -> str:
    if desk.foreign():
        return "This address holds a plan from another desk, shown read-only. Your own plan is unchanged."
    if not shared.figures:
        return "A shared plan, read-only. Save a copy to change it."
    other = otherwise(shared.plan, shared.figures)
    text = f"A shared plan, read-only, made with engine version {shared.engine}"
    if not other:
        return f"{text}; today’s engine (version {VERSION}) gives the same figures. Save a copy to change it."
    then = {figure.metric: figure.in_plan for figure in shared.figures}
    pairs = (
        f"{METRICS[now.metric].label} {words.write(shared.plan, then[now.metric], METRICS[now.metric].unit)} then, "
        f"{words.write(shared.plan, now.in_plan, METRICS[now.metric].unit)} now"
        for now in other
    )
    return f"{text}. Today’s engine (version {VERSION}) computes otherwise: {'; '.join(pairs)}."


def address() -> str:
    """The forecast page of this app, as others reach it."""
    here = urlsplit(st.context.url or "")
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = f"/{base}/forecast" if base else "/forecast"
    return f"{here.scheme}://{here.netloc}{path}" if here.netloc else path


def link_address() -> str:
    """A link to what is on screen; it is made only when it is asked for."""
    return f"{address()}?s={desk.share_token()}"


def copied() -> str:
    """What the link just copied holds."""
    shared = desk.to_share()
    count = len(shared.scenarios)
    parts = ["the plan"]
    if shared.baseline is not None:
        parts.append("its baseline")
    if count:
        parts.append("one scenario" if count == 1 else f"{count} scenarios")
    holds = " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
    return f"Link copied. It holds {holds}; no actuals and no uploads."


def figures(made: Forecast, base: Forecast) -> None:
    """The six key figures: value in the plan, difference from the baseline, what the tail adds, and why."""
    st.html(
        '<div class="strip" role="group" aria-label="Key figures">'
        + "".join(_figure(made, base, key) for key in keys_for("strip"))
        + "</div>"
    )


@lru_cache(maxsize=64)
def _spread(plan: Plan) -> dict[str, tuple[float, float]]:
    """P10 and P90 of the key figures."""
    drawn = simulate(plan, keep=tuple(Series(key) for key in keys_for("strip")))
    return {key: tuple(drawn.quantiles(key, (0.1, 0.9)).tolist()) for key in keys_for("strip")}


def ranges(plan: Plan) -> None:
    """Under each key figure where it ends in 8 of 10 cases, once the plan has ranges. Made last: it takes longest."""
    if not plan.ranges:
        return
    cells = ""
    for key, (low, high) in _spread(plan).items():
        unit = METRICS[key].unit
        one, other = words.short(plan, low, unit), words.short(plan, high, unit)
        ends = words.DASH if words.DASH in (one, other) else one if one == other else f"{one} – {other}"
        cells += (
            f'<div class="under" data-range="{key}" data-label="{escape(METRICS[key].label)}" '
            f'title="8 of 10 times it ends in this range">{escape(ends)}</div>'
        )
    st.html(f'<div class="strip ranges" role="group" aria-label="Where the figures end 8 of 10 times">{cells}</div>')


def _figure(made: Forecast, base: Forecast, key: str) -> str:
    plan, known = made.plan, METRICS[key]
    value, later, before = read(made, key), read(made, key, tail=True), read(base, key)
    change = words.change(plan, value, before, known.unit)
    better = (value - before) * known.better > 0
    tail = f"{words.short(plan, later, known.unit)} with the tail" if isfinite(later) else ""
    if known.unit in ("count", "money") and not known.is_ratio:
        more = later - value
        tail = f"+{words.short(plan, more, known.unit)} later" if more > 0.004 * abs(value) else ""
    told = explain(made, key)
    why = (
        f"<b>{escape(told.label)}</b>: {escape(told.meaning)}<p>{escape(told.formula)}</p>"
        f"<p>= {escape(told.filled)}</p>"
        f"<p><b>{escape(told.value)}</b> in the plan; {escape(words.write(plan, later, known.unit))} "
        "with what lands after its end.</p>"
    )
    arrow = "▲" if change.startswith("+") else "▼" if change.startswith("−") else ""
    delta = (
        f'<span class="{"good" if better else "bad"}" title="against the baseline">'
        f"{arrow} {escape(change.lstrip('+−'))}</span>"
        if change
        else ""
    )
    tail = " · " * bool(change and tail) + tail
    return (
        f'<div class="figure" tabindex="0" data-figure="{key}"><div class="label">{escape(known.label)}</div>'
        f'<div class="value">{escape(words.short(plan, value, known.unit))}</div>'
        f'<div class="under">{delta}{escape(tail)}</div><div class="why" role="note">{why}</div></div>'
    )
