"""Countries by name."""

from __future__ import annotations

from functools import cache

__all__ = ["country_name"]


@cache
def country_name(code: str) -> str:
    """A country in English; its code where it has no name.

    >>> country_name("NO")
    'Norway'
    """
    from babel import Locale

    return str(Locale("en").territories.get(code, code))
