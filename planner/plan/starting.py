"""A plan begun from a few answers: where and when, in which money, which channels, how many people, for what."""

from __future__ import annotations

from dataclasses import dataclass

from planner.errors import PlanError
from planner.plan.currency import converted
from planner.plan.edit.beliefs import with_target
from planner.plan.edit.heading import with_name
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.plan.types import Plan
from planner.plan.typical import BASE, PER_EURO

__all__ = ["Beginning", "Usual", "begun", "usual_of"]


@dataclass(frozen=True)
class Usual:
    """The currency of a country, and how it writes numbers."""

    currency: str = BASE
    locale: str = "en"


_USUAL = {
    "AT": Usual(locale="de"), "AU": Usual("AUD"), "BE": Usual(locale="nl"), "CA": Usual("CAD"),
    "CH": Usual("CHF", "de_CH"),
    "CZ": Usual("CZK", "cs"), "DE": Usual(locale="de"), "DK": Usual("DKK", "da"), "ES": Usual(locale="es"),
    "FI": Usual(locale="fi"), "FR": Usual(locale="fr"), "GB": Usual("GBP", "en_GB"), "IE": Usual(locale="en_IE"),
    "IT": Usual(locale="it"), "JP": Usual("JPY"), "LU": Usual(locale="fr"), "NL": Usual(locale="nl"),
    "NO": Usual("NOK", "nb"), "NZ": Usual("NZD"), "PL": Usual("PLN", "pl"), "PT": Usual(locale="pt"),
    "SE": Usual("SEK", "sv"), "US": Usual("USD"),
}  # fmt: skip


def usual_of(country: str) -> Usual:
    """What is usual in a country; euros in English where that is not known.

    >>> usual_of("NO")
    Usual(currency='NOK', locale='nb')
    """
    return _USUAL.get(country, Usual())


@dataclass(frozen=True)
class Beginning:
    """What a plan begins with: `start` "YYYY-MM", `channels` their kinds, `deal_value` in `currency`.

    `target` is the number of deals to win, None for as many as the plan brings; `name` "" for one made of the year.
    """

    start: str
    country: str
    currency: str
    locale: str
    channels: tuple[str, ...]
    reps: float
    deal_value: float
    target: float | None = None
    name: str = ""


def begun(wanted: Beginning) -> Plan:
    """A year's plan on typical rates and amounts, with what is wanted in their place. PlanError for what cannot be.

    Amounts that are not asked for are those of the starter, converted at the rough rate of `PER_EURO`; in a currency
    without one they keep their figures.
    """
    if not wanted.channels:
        raise PlanError("channels", "are none: keep at least one channel")
    plan = starter(
        *wanted.channels, start=wanted.start, currency=BASE, locale=wanted.locale, country=wanted.country
    )  # fmt: skip
    plan = converted(plan, PER_EURO.get(wanted.currency, 1.0), wanted.currency)
    plan = pull(pull(plan, "team.reps", wanted.reps), "deal.value", wanted.deal_value)
    if wanted.target is not None:
        plan = with_target(plan, "won", wanted.target)
    return with_name(plan, wanted.name or f"Plan {wanted.start[:4]}")
