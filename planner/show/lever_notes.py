"""What is said beside a lever on the screen: where its typical range comes from, and what moving it has done."""

from __future__ import annotations

import math

from markupsafe import Markup, escape

from planner import words
from planner.ask.compare.alone import LeverEffect
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.kinds import Span
from planner.plan.levers import kind_of_lever
from planner.plan.template_types import Typical
from planner.show.sources import source

__all__ = ["effective", "moved", "typical_range"]

SAME = 0.005  # of a rate: nearer than that is no difference to see


def typical_range(
    plan: Plan, path: str, typical: Typical, span: Span, factor: float, measured: float | None = None
) -> Markup:
    """The typical range under a slider as HTML, a link to its source, with the measured value where there is one.

    `factor` turns stored numbers into those on the screen.
    """
    kind = kind_of_lever(plan, path)

    def place(value: float) -> float:
        return min(100.0, max(0.0, (value * factor - span.low) / (span.high - span.low) * 100.0))

    def written(value: float) -> str:
        return words.short(plan, value * factor / kind.scale, "percent" if kind.scale > 1 else "count")

    low, high = place(typical.low), place(typical.high)
    named, text = source(typical.source), f"typical {written(typical.low)} – {written(typical.high)}"
    link = '<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>'
    says = Markup(link).format(named.address, text) if named.address else escape(text)
    mark, own = Markup(), ""
    if measured is not None:
        mark = Markup('<u style="left:{:.1f}%"></u>').format(place(measured))
        own = f" · measured {written(measured)}"
    bar = Markup('<i style="left:{:.1f}%;width:{:.1f}%"></i>').format(low, max(high - low, 1))
    label = Markup('<s style="flex-basis:{:.1f}%"></s><span title="Source: {}">{}{}</span>')
    return bar + mark + Markup("<p>{}</p>").format(label.format(low, named.says, says, own))


def effective(plan: Plan, rate: float, arrivals: float, parents: float) -> str:
    """The rate that results where months, the list or other channels make it another than was typed; else ""."""
    share = arrivals / parents if parents > 0 else math.nan
    if not math.isfinite(share) or abs(share - rate) <= SAME * rate:
        return ""
    return f"effective {words.short(plan, share, 'percent')}"


def moved(plan: Plan, path: str, effect: LeverEffect, factor: float) -> str:
    """What the change of a lever does on its own, and where it was: "+9.4 deals vs baseline 0.5%"."""
    kind = kind_of_lever(plan, path)
    before = f"baseline {words.short(plan, effect.before * factor / kind.scale, kind.written)}"
    if effect.metric is None:
        return before
    metric = METRICS[effect.metric]
    change = words.change(plan, effect.now, effect.then, metric.unit)
    return f"{change} {words.in_text(metric.label)} vs {before}"
