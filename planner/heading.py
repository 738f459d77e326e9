"""The plan's own heading, each field by itself: a refusal names it and the plan stays as it was."""

from __future__ import annotations

from planner.edit import with_months, with_start
from planner.plan import Plan, replace, the

__all__ = [
    "with_audience",
    "with_country",
    "with_currency",
    "with_length",
    "with_locale",
    "with_name",
    "with_note",
    "with_start",
]


def with_name(plan: Plan, name: str) -> Plan:
    """The plan under another name."""
    return replace(plan, name=name.strip() or plan.name)


def with_note(plan: Plan, note: str) -> Plan:
    """The plan with a note."""
    return replace(plan, note=note)


def with_currency(plan: Plan, currency: str) -> Plan:
    """The plan in another currency; amounts keep their figures."""
    return replace(plan, currency=currency.strip().upper())


def with_locale(plan: Plan, locale: str) -> Plan:
    """The plan's numbers written as in another language."""
    return replace(plan, locale=locale)


def with_country(plan: Plan, country: str) -> Plan:
    """The plan with another country's working days."""
    return replace(plan, country=country)


def with_length(plan: Plan, months: int) -> Plan:
    """The plan over another number of months."""
    return with_months(plan, int(months))


def with_audience(plan: Plan, key: str, audience: float | None) -> Plan:
    """The plan with another audience of a channel; None: unlimited."""
    channel = the(plan.channels, key=key)
    new = replace(channel, audience=audience)
    return replace(plan, channels=tuple(new if c is channel else c for c in plan.channels))
