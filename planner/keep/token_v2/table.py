"""The fields of a plan in the order of token version 2, and what an absent one holds.

Frozen, but for one thing: a field may be added at the end of its part, with the default that older tokens mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

__all__ = ["PARTS", "PLAN", "Field", "filled"]

Json = None | bool | int | float | str | list[Any]


@dataclass(frozen=True)
class Field:
    """A field of a part of a plan: `part` is the kind of part that stands here, or (`rows`) any number of them.

    A field that is not `needed` may be absent and then holds `default`.
    """

    name: str
    default: Json = None
    part: str = ""
    rows: bool = False
    needed: bool = False


def _needed(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, needed=True) for name in names)


def _rows(name: str, part: str, needed: bool = False) -> Field:
    return Field(name, [], part, rows=True, needed=needed)


_NOBODY: Json = [0.0, 0.0, 6.0, 0.0, []]
PARTS: dict[str, tuple[Field, ...]] = {
    "Plan": (
        *_needed("name", "currency", "start", "months", "country", "locale"), _rows("channels", "Channel", needed=True),
        _rows("sales", "Stage", needed=True), Field("deal", part="Deal", needed=True),
        Field("team", _NOBODY, part="Team"), _rows("costs", "Cost"), _rows("efforts", "Effort"),
        _rows("feeds", "Feed"), _rows("assists", "Assist"), _rows("opening", "Opening"), _rows("ranges", "Range"),
        Field("correlation", 0.0), _rows("targets", "Target"), _rows("limits", "Limit"), _rows("evidence", "Evidence"),
        Field("note", ""), Field("ask", ""), Field("author", ""),
    ),
    "Channel": (
        *_needed("key", "kind", "label", "volume"), _rows("stages", "Stage", needed=True), Field("profile", []),
        Field("touches_per_contact", 1.0), Field("audience"), Field("active", True), Field("coverage", "random"),
        Field("fresh", 0.0), Field("pace"), Field("pace_per", "rep"), Field("senders"), Field("deal", part="Deal"),
    ),
    "Stage": (
        *_needed("key", "label", "of", "rate"), Field("delay", part="Delay"), Field("main", False),
        Field("exclusive", False), Field("tires", False), Field("by_month", []),
    ),
    "Delay": _needed("median_days", "p90_ratio"),
    "Deal": (*_needed("value", "gross_margin"), Field("purchases_per_year", 1.0), Field("lifetime_years", 1.0)),
    "Team": (
        Field("reps", 0.0), Field("cost_per_month", 0.0), Field("hours_per_day", 6.0), Field("ramp_months", 0.0),
        _rows("hires", "Hire"),
    ),
    "Hire": _needed("month", "reps"),
    "Cost": (
        *_needed("key", "label", "amount", "per"), Field("channel"), Field("first", 0), Field("last"), Field("step"),
    ),
    "Effort": _needed("stage", "minutes"),
    "Feed": _needed("key", "source", "channel", "share"),
    "Assist": _needed("key", "source", "stage", "lift", "scale"),
    "Opening": _needed("stage", "count"),
    "Range": (*_needed("path", "low", "high"), Field("at")),
    "Target": _needed("metric", "value"),
    "Limit": (Field("channel", needed=True), Field("least", 0.0), Field("most")),
    "Evidence": (*_needed("path", "source"), Field("n"), Field("as_of")),
}  # fmt: skip
PLAN = Field("plan", part="Plan")


@cache
def _fields(part: str) -> dict[str, Field]:
    return {field.name: field for field in PARTS[part]}


def filled(part: str, given: Any) -> Any:
    """The JSON of a part, read from a file, with what is absent filled in; what is no part stays as it is."""
    if not isinstance(given, dict):
        return given
    whole = {name: _default(field) for name, field in _fields(part).items() if not field.needed} | given
    for name, value in given.items():
        field = _fields(part).get(name)
        if field and field.rows and isinstance(value, list):
            whole[name] = [filled(field.part, row) for row in value]
        elif field and field.part:
            whole[name] = filled(field.part, value)
    return whole


def _default(field: Field) -> Any:
    """The default as JSON with its fields named."""
    if field.part and isinstance(field.default, list) and not field.rows:
        return dict(zip(_fields(field.part), field.default, strict=True))
    return field.default
