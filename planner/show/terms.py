"""The "?" beside a label: what its trade words mean, by mouse, touch and key, out of the one glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup

from planner.measure.glossary import explained, terms

__all__ = ["axis_titles", "help_mark", "marked_words"]


def help_mark(label: str, explained_before: set[str] | None = None) -> Markup:
    """A "?" that opens to say what the trade words of a label mean; nothing for a label without any.

    What stands in `explained_before` is not said again; it grows by what this label explains.
    """
    before = set() if explained_before is None else explained_before
    meaning = explained(label, before)
    before.update(terms(label))
    if not meaning:
        return Markup()
    return Markup(
        '\u00a0<details class="term" name="term"><summary aria-label="{}: what it means" title="{}">?</summary>'
        '<span role="note">{}</span></details>'
    ).format(label, meaning, meaning)


def marked_words(labels: Iterable[str]) -> Markup:
    """The trade words of several labels, each with its "?"; for what cannot carry one itself, as a grid or a chart."""
    words = dict.fromkeys(word for label in labels for word in terms(label))
    marked = (
        Markup('<span class="word">{}{}</span>').format(word[:1].upper() + word[1:], help_mark(word)) for word in words
    )
    return Markup('<div class="words">{}</div>').format(Markup(" ").join(marked)) if words else Markup()


def axis_titles(spec: Any) -> Iterator[str]:
    """The titles of axes and legends anywhere in the specification of a chart; tooltips stand elsewhere."""
    if isinstance(spec, list):
        for part in spec:
            yield from axis_titles(part)
    elif isinstance(spec, dict):
        for name, part in spec.items():
            if name in ("axis", "legend") and isinstance(part, dict) and isinstance(part.get("title"), str):
                yield part["title"]
            elif name != "tooltip":
                yield from axis_titles(part)
