"""The widgets of “What matters most?”: the tornado, shares of variance, and two levers at once."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from pages.parts import uncertainty
from pages.shell import desk, present
from planner.ask import sensitivity as asked
from planner.ask.uncertainty.ranges import with_typical_ranges
from planner.show import sensitivity

STEPS = 6  # of the two-lever table, from one end to the other

shares_of = lru_cache(maxsize=64)(asked.variance_shares)
grid_of = lru_cache(maxsize=64)(asked.grid)


def answer(metric: str, tail: bool) -> None:
    """Which input matters most."""
    plan = desk.plan()
    present.answer(sensitivity.answer(plan, metric, uncertainty.tornado_of(plan, metric, tail=tail)))


def tornado(metric: str, tail: bool) -> None:
    """Each input swung alone, the widest first; nothing is drawn where nothing moves."""
    plan = desk.plan()
    swings = uncertainty.tornado_of(plan, metric, tail=tail)
    moving = sum(swing.width > 0 for swing in swings)
    if not moving:
        return
    most = sensitivity.FEW
    if moving > most and st.toggle(f"Show all {moving} inputs", key="tornado_all", persist_state="session"):
        most = moving
    present.chart(sensitivity.tornado(plan, metric, swings, most), "tornado")
    present.quiet("Each bar moves one input from its low (pale) to its high (dark), with all others as planned.")


def variance(metric: str, tail: bool) -> None:
    """The share of the metric's variance that each input explains, folded; without ranges, a way to get some."""
    plan = desk.plan()
    if not plan.ranges:
        present.title("Uncertain inputs")
        uncertainty.more_ranges()
        return
    with present.folded("Share of the variance", "variance") as panel:
        if panel.open:
            with st.spinner("Calculating …"):
                shares = shares_of(plan, metric, tail=tail)
            swings = uncertainty.tornado_of(plan, metric, tail=tail)
            present.table(sensitivity.shares(plan, metric, swings, shares), "shares-of-variance")


def _lever(label: str, names: dict[str, str], key: str) -> str:
    if st.session_state.get(key, "") not in names:
        desk.show(key, next(iter(names)))
    named = names.__getitem__
    return str(st.selectbox(label, list(names), format_func=named, key=key, persist_state="session"))


def two_levers(metric: str, tail: bool) -> None:
    """Two inputs at once, as a heat map; those that matter most to begin with."""
    plan = desk.plan()
    movable = uncertainty.movable_of(plan)
    swings = uncertainty.tornado_of(with_typical_ranges(plan), metric, tail=tail)
    leading = [swing.path for swing in swings if swing.path in movable]
    names = {path: movable[path] for path in (*leading, *movable)}
    if len(names) < 2:
        present.quiet("This plan has no two inputs that can be moved both ways.")
        return
    left, right = st.columns(2)
    with left:
        across = _lever("Across", names, "grid_across")
    with right:
        down = _lever("Up", {path: label for path, label in names.items() if path != across}, "grid_down")
    present.chart(sensitivity.heat(plan, grid_of(plan, metric, across, down, tail=tail, steps=STEPS)), "heat")
    present.quiet(
        "Darker is better. The outlined cell is the current plan; the edges are about each input’s low and high."
    )
