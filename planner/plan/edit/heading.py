"""What stands over a plan: its name, note, ask and author, its currency, language and country, and when it starts."""

from __future__ import annotations

from planner.calendar import read_month
from planner.plan.types import Plan, replace

__all__ = [
    "with_ask", "with_author", "with_country", "with_currency", "with_locale", "with_name", "with_note", "with_start",
]  # fmt: skip


def with_name(plan: Plan, name: str) -> Plan:
    """The plan under another name."""
    return replace(plan, name=name.strip() or plan.name)


def with_ask(plan: Plan, ask: str) -> Plan:
    """The plan with what its makers ask for, in one sentence; "" takes it away."""
    return replace(plan, ask=" ".join(ask.split()))


def with_author(plan: Plan, author: str) -> Plan:
    """The plan with the names of those who made it."""
    return replace(plan, author=author.strip())


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


def with_start(plan: Plan, start: str) -> Plan:
    """The plan beginning in another month, as people write one."""
    return replace(plan, start=read_month(start))
