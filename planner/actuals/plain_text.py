"""Words as they are compared: without case, accents, signs and plurals."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["plain", "plain_words"]


def plain(text: str) -> str:
    """The words of a text without case, accents, signs and plurals; of a long text the first 200 characters.

    Nothing is remembered: texts are cells of uploads, and those leave the process with the visit.
    """
    text = unicodedata.normalize("NFKD", text[:200].casefold())
    words = re.findall(r"[^\W_]+", "".join(c for c in text if not unicodedata.combining(c)))
    return " ".join(map(_singular, words))


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def plain_words(words: str) -> list[str]:
    """A row of a table of words, as `plain` writes them."""
    return [plain(word) for word in words.split(";")]
