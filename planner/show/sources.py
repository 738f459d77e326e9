"""Where a number comes from, in words and as an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["Source", "source"]

_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Source:
    """A source in words, its site where it is an address, and the address ("" where there is none)."""

    says: str
    address: str = ""


def source(text: str) -> Source:
    """The source that the trade's table names in this text.

    >>> source("per message: https://www.belkins.io/blog/statistics").says
    'belkins.io'
    """
    address = next(iter(_ADDRESS.findall(text)), "")
    if not address:
        return Source(text)
    return Source((urlsplit(address).hostname or text).removeprefix("www."), address)
