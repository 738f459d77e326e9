"""Errors as the screen words them: the field by the name it has there, its number in the scale it is typed in."""

from __future__ import annotations

from planner import words
from planner.errors import PlanError, PlannerError
from planner.plan import Plan
from planner.plan.kinds import Kind
from planner.plan.levers import kind_of_lever, lever
from planner.plan.naming import capital, channel_name

__all__ = ["field_name", "said"]

_HEADING = ("name", "currency", "start", "months", "country", "locale", "note", "ask", "author")
_LISTS = {"sales": "sales stages", "efforts": "minutes of work", "opening": "openings", "evidence": "sources"}
_ROWS = {"costs": "cost", "feeds": "feed", "assists": "assist"}


def said(error: PlannerError, plan: Plan) -> str:
    """What went wrong, in a sentence: "E-mail reply rate is 120 %; a rate lies between 0 and 100 %"."""
    if not isinstance(error, PlanError):
        return str(error)
    what = error.what
    if error.about:
        kind = _kind(plan, error.path.removeprefix("ranges."))
        what = what.format(*(_part(plan, kind, part) for part in error.about))
    subject = capital(field_name(plan, error.path))
    return f"{subject} {what}" if subject else capital(what)


def _part(plan: Plan, kind: Kind | None, part: str | float) -> str:
    """A part of an error: a field by its name, a number in the scale in which it is typed."""
    if isinstance(part, str):
        return _title(plan, part)
    return words.short(plan, part, kind.written if kind else "count")


def _title(plan: Plan, path: str) -> str:
    """A channel by its label, any other field by its name."""
    label = next((channel.label for channel in plan.channels if channel.key == path), "")
    return label or field_name(plan, path)


def field_name(plan: Plan, path: str) -> str:
    """A field of the plan as it stands inside a sentence: a lever by its name, a channel or stage by its label.

    A path that names nothing of this plan stays as it is.
    """
    head, _, rest = path.partition(".")
    if _kind(plan, path) is not None:
        return lever(plan, path).name
    if head == "ranges" and rest:
        return f"range of the {field_name(plan, rest)}"
    if head == "limits" and rest:
        key, _, end = rest.partition(".")
        name = {"most": "maximum", "least": "minimum"}.get(end, "limit")
        return f"{field_name(plan, key)} {name}"
    if head in _ROWS:
        return _row_name(plan, head, *rest.partition(".")[::2])
    if path in _HEADING:
        return {"locale": "number format", "start": "start month", "months": "number of months"}.get(path, path)
    if path in _LISTS:
        return _LISTS[path]
    return _part_name(plan, head, rest) or path


def _row_name(plan: Plan, head: str, key: str, field: str) -> str:
    """A cost, a feed or an assist: "cost “CRM and data”", "cost “CRM and data” (last month)"."""
    label = next((row.label for row in plan.costs if row.key == key), key) if head == "costs" else key
    ends = {"first": " (first month)", "last": " (last month)", "per": " (charged per)", "channel": " (channel)"}
    return f"{_ROWS[head]} “{label}”{ends.get(field, '')}"


def _part_name(plan: Plan, head: str, rest: str) -> str:
    """A channel, a stage of it or a stage of the sales; empty for neither."""
    channel = next((channel for channel in plan.channels if channel.key == head), None)
    key = rest.partition(".")[0]
    stages = channel.stages if channel else plan.sales if head == "sales" else ()
    stage = next((stage for stage in stages if stage.key == key), None)
    if stage is not None:
        name = f"stage “{stage.label}”"
        return f"{name} of {channel.label}" if channel else name
    return channel_name(channel) if channel and not rest else ""


def _kind(plan: Plan, path: str) -> Kind | None:
    """The kind of number at a lever path; None where the path names no number of this plan."""
    try:
        return kind_of_lever(plan, path)
    except PlanError:
        return None
