"""A drag at frame rate: the browser answers each movement of a thumb from response curves, the server confirms."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from pages.shell import desk, session
from planner.errors import PlannerError
from planner.plan import Plan
from planner.plan.levers import pull
from planner.plan.paths import get, locate
from planner.show import preview

__all__ = ["Slider", "curves", "revisions"]

MOST_PLACES = 250  # that are asked of the engine; a slider with more is asked at every second, third …

_previews = st.components.v2.component(
    "planner_previews",
    html='<div class="previews"></div>',
    css=".previews { display: none; }",
    js=(Path(__file__).parent / "preview.js").read_text("utf-8"),
)


@dataclass(frozen=True)
class Slider:
    """Where a slider runs, in numbers of the screen (stored ones times `factor`), and the arrivals beside it."""

    path: str
    low: float
    high: float
    step: float
    factor: float
    stages: tuple[str, ...]


def curves() -> None:
    """Last on a page, behind its charts: the response curves of its sliders; none while a thumb is held."""
    visit, plan = session.current(), desk.plan()
    if desk.read_only() or not visit.sliders:
        return
    data: dict[str, Any] = {"revisions": revisions(visit.sliders)}
    if not visit.dragging:
        data["curves"] = {slider.path: _curve(plan, slider, desk.tail()) for slider in visit.sliders.values()}
        data |= {"figures": preview.figures(plan), "locale": preview.writer(plan)}
    _previews(key="previews", data=data)


def revisions(paths: Any) -> dict[str, int]:
    """For each lever, how often anything else has moved: its curve holds as long as this number stays the same."""
    visit, plan = session.current(), desk.plan()
    before = visit.previewed
    if before is not plan and before != plan:
        visit.moves += 1
        for path in visit.moved.by.split():
            if before is not None and _only(path, before, plan):
                visit.own_moves[path] = visit.own_moves.get(path, 0) + 1
        visit.previewed = plan
    return {path: visit.moves - visit.own_moves.get(path, 0) for path in paths}


def _only(path: str, before: Plan, plan: Plan) -> bool:
    """Whether two plans differ by this lever alone."""
    try:
        return pull(before, path, float(get(plan, locate(plan, path)))) == plan
    except PlannerError:
        return False


@lru_cache(maxsize=256)
def _curve(plan: Plan, slider: Slider, tail: bool) -> dict[str, Any] | None:
    """The curve of one slider, in the plan or with its tail; None where the lever cannot take all its places."""
    last = round((slider.high - slider.low) / slider.step)
    steps = np.unique([*range(0, last, math.ceil(last / MOST_PLACES)), last])
    places = np.array([float(f"{(slider.low + step * slider.step) / slider.factor:.12g}") for step in steps])
    try:
        return preview.curve(plan, slider.path, places, slider.factor, slider.stages, tail=tail)
    except PlannerError:
        return None
