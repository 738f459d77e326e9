"""Numbers as people write them, and findings as sentences.

The plan's locale decides thousands, decimals, the percent sign and where the currency stands; a minus is "−"
everywhere; "–" stands for undefined. Figures keep three significant digits where they are read in a sentence or a
strip, and are complete in tables.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_compact_decimal, get_currency_precision, get_currency_symbol, parse_pattern

from planner.calendar import locale_of, month_keys, month_text
from planner.engine import Forecast
from planner.engine.batch import View
from planner.measure.metrics import METRICS, read
from planner.plan import Deal, Plan
from planner.plan.naming import in_text

__all__ = [
    "DASH", "Explained", "change", "counted", "day", "explain", "in_text", "month_name", "month_names", "plural",
    "short", "sum_up", "write",
]  # fmt: skip

DASH = "–"
_Says = Callable[[Forecast, bool, str | None], str]  # (forecast, with the tail, channel) → text
_UNITS = {"hours": "\u00a0h", "days": "\u00a0days", "months": "\u00a0months", "seconds": "\u00a0s"}
_NOUNS = re.compile(
    r"(account|answer|appointment|bounce|call|chat|click|complaint|conversation|customer|deal|dial|e-mail|impression|"
    r"invitation|lead|letter|meeting|message|month|number|outcome|referral|rep|request|scenario|source|touch|visitor|opportunity|reply)$",
    re.IGNORECASE,
)


# -- how a locale writes ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _pattern(name: str, places: int) -> Any:
    """The locale's pattern of a number with so many decimals, parsed once."""
    whole = locale_of(name).decimal_formats[None].pattern.split(".")[0]
    return parse_pattern(whole + ("." + "0" * places if places else ""))


@lru_cache(maxsize=256)
def _around(name: str, currency: str) -> tuple[str, str]:
    """What stands before and after a sum of money ("%" for currency: after a share)."""
    locale = locale_of(name)
    kept = locale.percent_formats[None] if currency == "%" else locale.currency_formats["standard"]
    before, after = re.split(r"[#0.,]+", kept.pattern.split(";")[0])
    if currency == "%":
        return before, after
    symbol = get_currency_symbol(currency, locale=locale)
    before, after = before.replace("¤", symbol), after.replace("¤", symbol)
    return before + ("\u00a0" if before[-1:].isalpha() else ""), ("\u00a0" if after[:1].isalpha() else "") + after


def _decimal(value: float, plan: Plan, places: int, currency: str = "") -> str:
    """`value` with so many decimals, as money where a currency is named, as a share where that is "%"."""
    places = min(places, 8)
    digits = _pattern(plan.locale, places).apply(abs(value), locale_of(plan.locale))
    before, after = _around(plan.locale, currency) if currency else ("", "")
    minus = "−" if round(value, places) < 0 else ""
    return f"{minus}{before}{digits}{after}"


def _decimals(value: float, figures: int = 3) -> int:
    """Decimals that leave `figures` significant digits, never cutting whole ones."""
    exponent = int(f"{value:.{figures - 1}e}".partition("e")[2]) if value else figures
    return max(0, figures - 1 - exponent)


def _cents(plan: Plan, value: float) -> int:
    """Decimals of a sum of money: none from 100 on, below that the currency's own."""
    return 0 if abs(value) >= 100 or value == 0 else int(get_currency_precision(plan.currency))


def write(plan: Plan, value: Any, unit: str = "count") -> str:
    """`value` in full: counts to two decimals at most, money to the unit from 100 on, percent to three figures.

    Units: count, money, percent, ratio, months, month (its name, counted from 1), hours, days, seconds, points,
    decimal.
    """
    number = float(value)
    if not math.isfinite(number):
        return DASH
    if unit == "money":
        return _decimal(number, plan, _cents(plan, number), plan.currency)
    if unit == "percent":
        return _decimal(number * 100, plan, min(_decimals(number * 100), 4), "%")
    if unit == "month":
        return month_name(plan, round(number) - 1)
    if unit == "decimal":
        return _decimal(number, plan, _decimals(number))
    places = 0 if abs(number) >= 1000 or number == int(number) else min(_decimals(number), 2)
    text = _decimal(number, plan, max(places, 1) if unit in ("ratio", "months") else places)
    tail = _UNITS.get(unit, "")
    return text + (tail.removesuffix("s") if text == "1" and unit == "days" else tail)


def short(plan: Plan, value: Any, unit: str = "count") -> str:
    """`value` to three significant figures at most, large amounts compact ("€1.24M"): for sentences and the strip."""
    number = float(value)
    if not math.isfinite(number) or unit == "month":
        return write(plan, number, unit)
    rounded = float(f"{number:.2e}")
    if unit == "percent":
        figures = len(f"{rounded:.2e}".partition("e")[0].replace("-", "").replace(".", "").rstrip("0"))
        return _decimal(rounded * 100, plan, min(_decimals(rounded * 100, figures), 4), "%")
    if abs(rounded) < 1e6:
        return write(plan, rounded, unit)
    places = 2 - math.floor(math.log10(abs(rounded))) % 3
    text = str(format_compact_decimal(abs(rounded), locale=locale_of(plan.locale), fraction_digits=places))
    before, after = _around(plan.locale, plan.currency) if unit == "money" else ("", _UNITS.get(unit, ""))
    return f"{'−' if rounded < 0 else ''}{before}{text}{after}"


def change(plan: Plan, value: Any, before: Any, unit: str = "count") -> str:
    """The signed difference from `before`, "" where there is none to see; percent in points ("pp")."""
    difference = float(value) - float(before)
    if not math.isfinite(difference) or abs(difference) <= 1e-9 * max(1.0, abs(float(before))):
        return ""
    if unit == "month":
        months = abs(round(difference))
        return f"{counted(plan, months, 'month')} {'later' if difference > 0 else 'earlier'}" if months else ""
    sign = "+" if difference > 0 else "−"
    if unit == "percent":
        points = abs(difference) * 100
        return f"{sign}{_decimal(points, plan, min(_decimals(points, 2), 3))}\u00a0pp"
    return sign + short(plan, abs(difference), unit)


# -- words ------------------------------------------------------------------------------------------------------------


def plural(noun: str) -> str:
    """The plural of a label that ends in a noun of the trade ("positive reply" → "positive replies"); others stay."""
    if not _NOUNS.search(noun):
        return noun
    return re.sub("y$", "ie", noun) + ("es" if noun.endswith("touch") else "s")


def counted(plan: Plan, value: Any, noun: str) -> str:
    """A number with its noun: "1 deal", "12.5 deals"."""
    number = short(plan, value)
    return f"{number} {noun if number == '1' else plural(noun)}"


def month_name(plan: Plan, index: int) -> str:
    """ "Mar 2027" in the plan's language; month 0 is the first."""
    return month_text(plan.locale, month_keys(plan.start, index + 1)[-1])


def month_names(plan: Plan) -> tuple[str, ...]:
    """The names of all months of the plan."""
    return tuple(month_text(plan.locale, month) for month in month_keys(plan.start, plan.months))


def day(plan: Plan, at: dt.date) -> str:
    """A day in the plan's language: "5 Mar 2027"."""
    return str(format_date(at, "d MMM yyyy", locale=locale_of(plan.locale)))


# -- figures that explain themselves ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Explained:
    """A key figure that explains itself: what it means, its formula in words and with the plan's own numbers in it."""

    label: str
    says: str
    formula: str
    filled: str
    value: str


def explain(made: Forecast, metric: str, *, tail: bool = False, channel: str | None = None) -> Explained:
    """The formula of a metric with the forecast's own numbers in it. PlanError for no metric or no channel.

    A rate in it is the one that holds in the view: what arrived there ÷ what it came from, delays and wear included.
    """
    value, known = read(made, metric, channel=channel, tail=tail), METRICS[metric]
    words = filled = known.formula
    for name in re.findall(r"{(\w+)}", known.formula):
        label, unit, number = _term(made, name, tail, channel)
        words = words.replace(f"{{{name}}}", in_text(label))
        filled = filled.replace(f"{{{name}}}", write(made.plan, number, unit))
    filled = re.sub("|".join(_PHRASES), lambda found: _PHRASES[found[0]](made, tail, channel), filled)
    written = write(made.plan, value, known.unit)
    return Explained(known.label, known.says, words[:1].upper() + words[1:], filled, written)


def _term(made: Forecast, name: str, tail: bool, channel: str | None) -> tuple[str, str, Any]:
    view: View = "all" if tail else "plan"
    if name == "own_won":
        return "deals", "count", made.count("won", view, channel, opening=False)
    if name == "own_revenue":
        return "revenue", "money", made.revenue(view, channel, opening=False)
    return METRICS[name].label, METRICS[name].unit, read(made, name, channel=channel, tail=tail)


def _ratio(part: str, of: str, unit: str = "percent", rest: bool = False) -> _Says:
    """One metric ÷ another; `rest`: 1 less that."""

    def says(made: Forecast, tail: bool, channel: str | None) -> str:
        top, bottom = (float(read(made, name, channel=channel, tail=tail)) for name in (part, of))
        ratio = top / bottom if bottom else math.nan
        return write(made.plan, 1 - ratio if rest else ratio, unit)

    return says


def _of_deal(value: Callable[[Deal], float], unit: str) -> _Says:
    return lambda made, tail, channel: write(made.plan, value(made.plan.deal), unit)


def _cost_parts(made: Forecast, tail: bool, channel: str | None) -> str:
    """Cost as a sum: the five largest rows, for a channel also its part of what is shared, and all others together."""
    rows = [row for row in made.cost_rows("all" if tail else "plan") if channel is None or row.channel == channel]
    parts = [(float(row.amount), in_text(row.label)) for row in rows]
    parts.append((float(read(made, "cost", channel=channel, tail=tail)) - sum(cost for cost, _ in parts), "shared"))
    parts = sorted((part for part in parts if part[0] > 0.005), reverse=True)
    if len(parts) > 6:
        parts[5:] = [(sum(cost for cost, _ in parts[5:]), "other")]
    return " + ".join(f"{write(made.plan, cost, 'money')} {label}" for cost, label in parts) or DASH


def _touch_parts(made: Forecast, tail: bool, channel: str | None) -> str:
    """Touches as a sum: target volumes over the months, and what feeds bring."""
    plan = made.plan
    chosen = [c for c in plan.channels if c.key in made.channels and channel in (None, c.key)]
    own = sum(c.volume * (sum(c.profile) if c.profile else plan.months) for c in chosen)
    fed = float(read(made, "touches", channel=channel, tail=tail)) - own
    text = f"{write(plan, own)} of the channels' own"
    return text + (f" + {write(plan, fed)} brought by feeds" if fed > 0.005 else "")


def _hours_there(made: Forecast, tail: bool, channel: str | None) -> str:
    return write(made.plan, made.hours_available.sum(), "hours")


# What stands in the formulas of METRICS in words, and what says it with the plan's numbers.
_PHRASES: dict[str, _Says] = {
    "target volume × profile, with what feeds bring": _touch_parts,
    "the rates on the way, channel by channel": _ratio("appointments", "touches"),
    "touches a contact, channel by channel": _ratio("touches", "contacts", "decimal"),
    "duplicates": _ratio("unique_appointments", "appointments", rest=True),
    "show rate": _ratio("held", "unique_appointments"),
    "opportunity rate": _ratio("opportunities", "held"),
    "win rate": _ratio("won", "opportunities"),
    "media, tools, team and commission": _cost_parts,
    "hours available": _hours_there,
    "monthly gross profit of a customer": _of_deal(
        lambda deal: deal.value * deal.purchases_per_year * deal.gross_margin / 12, "money"
    ),
    "deal value": _of_deal(lambda deal: deal.value, "money"),
    "gross margin": _of_deal(lambda deal: deal.gross_margin, "percent"),
    "purchases a year": _of_deal(lambda deal: deal.purchases_per_year, "decimal"),
    "lifetime": _of_deal(lambda deal: deal.lifetime_years, "decimal"),
}


def sum_up(made: Forecast) -> str:
    """The plan in one sentence: what it brings, what it costs, what lands later."""
    plan = made.plan
    won, later = read(made, "won"), read(made, "won", tail=True) - read(made, "won")
    booked = float(f"{float(read(made, 'appointments')):.2e}")
    text = (
        f"{counted(plan, booked, 'appointment')} bring{'s' if booked == 1 else ''} {counted(plan, won, 'deal')} by "
        f"{month_name(plan, plan.months - 1)}, for {short(plan, read(made, 'cost'), 'money')}"
    )
    lands = "lands" if short(plan, later) == "1" else "land"
    return text + (f"; {counted(plan, later, 'more deal')} {lands} later." if later > 0.05 else ".")
