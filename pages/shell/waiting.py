"""Answers that a large plan makes slow: worked out in a process of their own, while the page stands and can be used.

allocation = answered("Comparing mixes", allocate, plan, 20_000.0, metric="won")     # None until it is there
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

import streamlit as st
from markupsafe import Markup

from pages.shell import present, session
from pages.shell.long_work import Report, Work, start
from planner.plan import Plan, merged

__all__ = ["Waiting", "answered", "few_draws", "seconds", "watched"]

LARGE = 4_000  # stages of all channels × months: from there on draws take longer than people wait
SLOW = 25_000  # the same × channels: from there on an answer, which moves every channel, does
T = TypeVar("T")


@dataclass(frozen=True)
class Waiting:
    """An answer under way, or there: what was asked, the work, and when it began."""

    call: tuple[Any, ...]
    work: Work[Any]
    since: float = field(default_factory=time.monotonic)


def _size(plan: Plan) -> int:
    return plan.months * sum(len(merged(c.stages, plan.sales)) for c in plan.channels if c.active)


def few_draws(plan: Plan) -> int:
    """How many draws the figures of every page are given: 2,000; fewer for a large plan, as people wait for them."""
    most = 2_000 * min(1.0, LARGE / max(_size(plan), 1)) ** 2
    return 2_000 if most == 2_000 else max(128, 1 << int(most).bit_length() - 1)


def answered(question: str, function: Callable[..., T], plan: Plan, *args: Any, **named: Any) -> T | None:
    """`function(plan, *args, **named)`; None while that of a large plan is worked out, which is said, or was stopped.

    Raises what the function refuses. Each question of a visit has one answer under way: a newer call ends an older.
    """
    if _size(plan) * len(plan.channels) <= SLOW:
        with st.spinner(f"{question} …"):
            return _at_hand(function)(plan, *args, **named)  # type: ignore[no-any-return]
    waiting, call = session.current().waiting, (function, plan, args, tuple(named.items()))
    if question not in waiting or waiting[question].call != call:
        waiting[question] = Waiting(call, start(_reporting_nothing, function, (plan, *args), named))
    begun, work = waiting[question].since, waiting[question].work
    if not work.done:
        says = lambda: f"{question} … This is a large plan: {seconds(begun)}"  # noqa: E731
        watched(work, says, work.cancel, key=f"stop:{question}", bar=False)
        return None
    try:
        return work.result  # type: ignore[no-any-return]
    except RuntimeError as error:  # it was stopped, or its process failed
        present.quiet(str(error))
        st.button("Work it out", key=f"again:{question}", on_click=_drop, args=(question,))
        return None


@lru_cache(maxsize=16)
def _at_hand(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with its newest results kept."""
    return lru_cache(maxsize=64)(function)


def _reporting_nothing(
    function: Callable[..., T], args: tuple[Any, ...], named: dict[str, Any], *, report: Report
) -> T:
    """What runs in the other process: no answer knows in advance how long it will take."""
    return function(*args, **named)


def seconds(since: float) -> str:
    """How long something has taken that began then, and that nobody need wait for it."""
    return f"{round(time.monotonic() - since)} seconds so far. The page can be used meanwhile."


@st.fragment(run_every=0.5)
def watched(
    work: Work[Any], says: Callable[[], str], stop: Callable[[], None], *, key: str, label: str = "Stop",
    bar: bool = True,
) -> None:  # fmt: skip
    """Shows how far long work is, with a button that stops it; once it is done or stopped, the page runs again."""
    if work.done:
        st.rerun()
    left, right = st.columns([5, 1], vertical_alignment="center")
    if bar:
        left.progress(work.progress, says())
    else:
        left.html(Markup('<p class="quiet">{}</p>').format(says()))
    if right.button(label, key=key, on_click=stop):
        st.rerun()


def _drop(question: str) -> None:
    session.current().waiting.pop(question, None)
