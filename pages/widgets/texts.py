"""Texts of people where Streamlit reads Markdown: labels, help, warnings and toasts, but no options of a selectbox."""

from __future__ import annotations

import re

LOCALES = {  # how numbers are written
    "en": "1,234.5 (English)", "en_GB": "1,234.5 (British)", "de": "1.234,5 (German)", "nb": "1 234,5 (Norwegian)",
    "fr": "1 234,5 (French)", "de_CH": "1’234.5 (Swiss)", "sv": "1 234,5 (Swedish)", "es": "1.234,5 (Spanish)",
}  # fmt: skip


def locales(own: str) -> dict[str, str]:
    """How numbers may be written; `own` is always among them."""
    return LOCALES if own in LOCALES else {**LOCALES, own: own}


_LINKED = re.compile(r"(://|@|\bwww)", re.IGNORECASE)
_SIGNS = re.compile(r"([\\`*_\[\]$~#<>&|]|:(?=[\w+/-]))")  # a colon before a space begins nothing
_NOTHING = "\u2060"  # takes no room, and no address goes on behind it


def plain(text: str) -> str:
    """A text that Markdown leaves as it is: dollars, and what people put into names. Addresses become no links."""
    return _SIGNS.sub(r"\\\1", _LINKED.sub(rf"\1{_NOTHING}", text))
