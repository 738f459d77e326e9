"""Always in view: the plan's name, undo and redo, baseline, share; the key figures and why they are what they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from math import isfinite
from urllib.parse import urlsplit

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from pages.parts import settings
from pages.shell import addresses, desk, keeping, linked, projector, session, sharing, shelf
from pages.shell.waiting import few_draws
from pages.widgets.copying import copy_button
from pages.widgets.texts import plain
from planner import words
from planner.ask.uncertainty.simulation import Series, simulate
from planner.engine import VERSION, Forecast
from planner.errors import LibraryError, StoreError
from planner.keep.codec import SharedPlan
from planner.keep.figures import otherwise
from planner.keep.steps import Step
from planner.keep.workspace import COUNTED, Workspace
from planner.measure.alerts import alerts
from planner.measure.explain import explain
from planner.measure.metrics import METRICS, read
from planner.plan import Plan
from planner.plan.metrics import keys_for
from planner.show import links
from planner.show.currency import uncompared

LONGEST = 2000  # characters of a token that a mail program leaves whole
READ_ONLY = "A shared plan, read-only. Save a copy to change it."
FOREIGN = "This address holds a plan from another desk, shown read-only. Your own plan is unchanged."
STORED = "/l/"  # before the name of a stored link


def controls(bar: DeltaGenerator) -> None:
    """Name, undo, redo, baseline and share in one row of `bar`."""
    work, shared = desk.workspace(), desk.link()
    with bar.container(key="controls", horizontal=True, vertical_alignment="center", gap="small"):
        note = f"{'shared, read-only' if shared else _standing(work)} · figures {COUNTED[desk.tail()]}"
        title = Markup('<div class="title">{}<small>{}</small></div>').format(desk.plan().name, note)
        st.html(title, width="content")
        if not shared:
            settings.menu()
        st.space("stretch")
        projector.button()
        if shared:
            if linked.can_join():
                st.button("Work on this plan", key="join_plan", type="primary", on_click=linked.join)
            st.button(
                "Save my copy", key="save_copy", type="secondary" if linked.can_join() else "primary",
                on_click=sharing.save_copy,
            )  # fmt: skip
            st.button("Back to my plan", key="leave_link", on_click=addresses.leave_link)
            return
        _step("Undo", desk.undo, work.past, "Ctrl+Z")
        _step("Redo", desk.redo, work.future, "Ctrl+Y")
        same = work.plan == work.baseline
        st.button(
            "Set as baseline",
            key="rebase",
            on_click=desk.rebase,
            disabled=same,
            type="tertiary",
            help="Compare every later change with the plan as it stands",
        )
        forecast = desk.forecast(work.plan)
        broken_limits(forecast)
        explanations(forecast)
        copy_button("Share", link_address, says=copied)


def _standing(work: Workspace) -> str:
    """Which version of the library the plan is, or how it stands to the baseline."""
    if work.origin is not None:
        changes = ", unsaved changes" if shelf.unsaved() else ""
        name = "" if work.origin.name == work.plan.name else f"{work.origin.name}, "  # it stands beside already
        return f"{name}version {work.origin.number}{changes}"
    return "as the baseline" if work.plan == work.baseline else "changed since the baseline"


def _step(label: str, walk: Callable[[], None], steps: tuple[Step, ...], shortcut: str) -> None:
    """Undo or redo, with the name of the step that it will take back or bring back."""
    tip = f"{label}: {plain(steps[-1].name)}" if steps else None
    off = not steps
    st.button(label, key=label.lower(), on_click=walk, disabled=off, help=tip, shortcut=shortcut, type="tertiary")


def said() -> desk.News:
    """What the last move or the address has to say, and what a shared plan rests on; returns what is said only once."""
    news = desk.news()
    for text in news.messages:
        st.warning(plain(text))
    if news.change:
        st.toast(f"{plain(news.change)}. Ctrl+Z takes it back.")
    keeping.banner()
    shared = desk.link()
    if shared:
        _shared(shared)
    return news


def _shared(shared: SharedPlan) -> None:
    """What a shared plan is; what can be done about it is said on the screen alone, not on paper."""
    stored = session.current().stored
    if stored and not desk.foreign():
        st.info(plain(links.rests_on(stored)))
    else:
        with st.container(key="on-screen"):
            st.info(FOREIGN if desk.foreign() else READ_ONLY)
    if calculated := _calculated(shared):
        st.info(plain(calculated))


def _calculated(shared: SharedPlan) -> str:
    """Which key figures this version calculates differently from the version the plan was shared from."""
    other = otherwise(shared.plan, shared.figures)
    if not other:
        return ""
    then = {figure.metric: figure.in_plan for figure in shared.figures}
    pairs = (
        f"{METRICS[now.metric].label} {words.write(shared.plan, then[now.metric], METRICS[now.metric].unit)} then, "
        f"{words.write(shared.plan, now.in_plan, METRICS[now.metric].unit)} now"
        for now in other
    )
    return f"The current version ({VERSION}) calculates this differently: {'; '.join(pairs)}."


def address() -> str:
    """The brief of this app, as others reach it: what a shared link opens on."""
    here = urlsplit(st.context.url or "")
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = f"/{base}/brief" if base else "/brief"
    return f"{here.scheme}://{here.netloc}{path}" if here.netloc else path


def link_address() -> str:
    """A link to what is on screen; it is made only when it is asked for.

    A plan that is too large for a link of its own is kept in the store, and the link is the short one to it; where the
    store cannot or may not keep it, the long one.
    """
    token = sharing.share_token()
    whole = f"{address()}?s={token}"
    if len(token) <= LONGEST:
        return whole
    try:
        return stored_address(linked.stored_link(token))
    except (LibraryError, StoreError):
        return whole


def stored_address(name: str) -> str:
    """The address of a stored link."""
    return f"{address().removesuffix('/brief')}{STORED}{name}"


def copied(text: str) -> str:
    """What the link just copied holds, and that it is a stored one where the plan is too large."""
    shared = sharing.to_share()
    count = len(shared.scenarios)
    parts = ["the plan"]
    if shared.baseline is not None:
        parts.append("its baseline")
    if count:
        parts.append("one scenario" if count == 1 else f"{count} scenarios")
    holds = words.listed(parts)
    message = f"Link copied. It holds {holds}; no actuals and no uploads."
    if STORED not in text:
        return message
    return f"{message} This plan is too large for a link of its own, so the link is a stored one that you can withdraw."


def figures(forecast: Forecast, base: Forecast) -> None:
    """The six key figures as they are counted: value, target, difference from the baseline, and the other count."""
    tiles = Markup().join(_figure(forecast, base, key) for key in keys_for("strip"))
    answered = json.dumps(
        session.current().answered
    )  # what of a drag these figures hold: the browser previews the rest
    strip = '<div class="strip" role="group" aria-label="Key figures" data-answered="{}">{}</div>'
    st.html(Markup(strip).format(answered, tiles))


def _figure(forecast: Forecast, base: Forecast, key: str) -> Markup:
    metric = METRICS[key]
    value = words.short(forecast.plan, read(forecast, key, tail=desk.tail()), metric.unit)
    under = _under(forecast, base, key)
    return Markup(
        '<div class="figure" data-figure="{}"><div class="label">{}</div><div class="value" data-text="{}">{}</div>'
        '{}<div class="under" title="{}">{}</div></div>'
    ).format(key, metric.label, value, value, _target(forecast, key), under.striptags(), under)


def _target(forecast: Forecast, key: str) -> Markup:
    """How far the figure is on the way to its target; nothing where it has none."""
    plan, metric = forecast.plan, METRICS[key]
    target = next((target.value for target in plan.targets if target.metric == key), None)
    if target is None:
        return Markup()
    reached = float(read(forecast, key, tail=desk.tail()))
    share = reached / target if target > 0 and isfinite(reached) else 0.0
    width = f"{100 * min(max(share, 0.0), 1.0):.0f}%"
    bar = Markup('<div class="bar{}"><i style="width:{}" data-width="{}"></i></div>').format(
        " met" if metric.reaches(reached, target) else "", width, width
    )
    return Markup('<div class="aim">of {}</div>{}').format(words.short(plan, target, metric.unit), bar)


def _under(forecast: Forecast, base: Forecast, key: str) -> Markup:
    """What stands under a figure: the difference from the baseline, and what it is as it is not counted."""
    plan, metric, tail = forecast.plan, METRICS[key], desk.tail()
    value, before = (float(read(source, key, tail=tail)) for source in (forecast, base))
    other = float(read(forecast, key, tail=not tail))
    aside = f"{words.short(plan, other, metric.unit)} in the plan" if tail else _later(plan, key, value, other)
    parts: list[Markup | str] = [Markup('<span class="later">{}</span>').format(aside)] if aside else []
    apart = uncompared(plan, base.plan, key)
    change = "" if apart else words.change(plan, value, before, metric.unit)
    if apart:
        parts.append(apart)
    elif change:
        arrow = "▲" if value > before else "▼" if value < before else ""
        better = "good" if (value - before) * metric.better > 0 else "bad"
        delta = Markup('<span class="{}">{} {}</span>')
        parts.append(delta.format(better, arrow, change.lstrip("+−")))
    return Markup(" ").join(parts)


def _later(plan: Plan, key: str, value: float, whole: float) -> str:
    """What closes after the plan's end: how much more, or for a ratio what it is then."""
    metric = METRICS[key]
    if metric.unit in ("count", "money") and not metric.is_ratio:
        more = whole - value
        return f"+{words.short(plan, more, metric.unit)} closing later" if more > 0.004 * abs(value) else ""
    return f"{words.short(plan, whole, metric.unit)} incl. later" if isfinite(whole) else ""


def explanations(forecast: Forecast) -> None:
    """How each key figure comes about with the plan's own numbers, made only while it is read."""
    popover = st.popover("Explain", key="explain_figures", on_change="rerun", type="tertiary")
    if popover.open:
        with popover:
            st.html(Markup().join(_explanation(forecast, key) for key in keys_for("strip")))


def _explanation(forecast: Forecast, key: str) -> Markup:
    tail = desk.tail()
    formula = explain(forecast, key, tail=tail)
    other = words.write(forecast.plan, read(forecast, key, tail=not tail), METRICS[key].unit)
    return Markup('<div class="why"><b>{}</b>: {}<p>{}</p><p>= {}</p><p><b>{}</b> {}; {} {}.</p></div>').format(
        formula.label, formula.meaning, formula.formula, formula.filled, formula.value, COUNTED[tail], other,
        COUNTED[not tail],
    )  # fmt: skip


def broken_limits(forecast: Forecast) -> None:
    """How many limits the plan breaks, as the way to the page that says which."""
    count = sum(alert.severity == "limit" for alert in alerts(forecast))
    if count:
        label = "1 limit broken" if count == 1 else f"{count} limits broken"
        st.page_link("plan/forecast.py", label=f":red-badge[{label}]")


@lru_cache(maxsize=64)
def _spread(plan: Plan, tail: bool) -> dict[str, tuple[float, float]]:
    """P10 and P90 of the key figures."""
    drawn = simulate(plan, draws=few_draws(plan), keep=tuple(Series(key, tail=tail) for key in keys_for("strip")))
    return {key: tuple(drawn.quantiles(key, (0.1, 0.9), tail=tail).tolist()) for key in keys_for("strip")}


def ranges(plan: Plan) -> None:
    """Under each key figure its 80 % range, once the plan has ranges. Made last: it takes longest."""
    if not plan.ranges:
        return
    forecast, tail = desk.forecast(plan), desk.tail()
    cells = Markup().join(
        _range(plan, key, float(read(forecast, key, tail=tail)), *ends) for key, ends in _spread(plan, tail).items()
    )
    st.html(Markup('<div class="strip ranges" role="group" aria-label="80% ranges">{}</div>').format(cells))


def _range(plan: Plan, key: str, value: float, low: float, high: float) -> Markup:
    """The range as a bar with the plan's figure as a mark; its ends can be read by mouse, touch, key and ear."""
    metric = METRICS[key]
    ends = tuple(words.short(plan, end, metric.unit) for end in (low, high))
    text = words.DASH if words.DASH in ends else "–".join(dict.fromkeys(ends))
    bar = Markup()
    if all(map(isfinite, (value, low, high))):
        start, width, mark = bar_of(value, low, high)
        bar = Markup(
            '<i class="span" style="left:{:.1f}%;width:{:.1f}%"></i><i class="mark" style="left:{:.1f}%"></i>'
        ).format(start, width, mark)
    return Markup(
        '<div class="range" tabindex="0" role="img" data-range="{}" aria-label="{}: 80% range {}">'
        '<i class="track"></i>{}<span class="ends" aria-hidden="true"><i>80% range </i>{}</span></div>'
    ).format(key, metric.label, text, bar, text)


def bar_of(value: float, low: float, high: float) -> tuple[float, float, float]:
    """Where a range begins, how wide it is and where the figure stands, in percent of a bar with room at both ends."""
    least, most = min(value, low), max(value, high)
    room = 0.15 * (most - least) or 1.0
    scale = 100 / (most - least + 2 * room)
    start = (low - least + room) * scale
    return start, (high - low) * scale, (value - least + room) * scale
