"""Formulas with their values: arithmetic on terms writes a formula and works out what its cells show.

A term of one cell has a value of shape (), a term of a row one of (months + 1,), the last of them the tail. In the text
of a row's term a column stands as a mark, which the sheet replaces with the letters of the column it writes to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

__all__ = [
    "BEFORE", "HERE", "NEXT", "SECOND_NEXT", "UNDEFINED", "Array", "Number", "Term", "both", "call", "exp", "least",
    "ln", "most", "number", "quotient", "summed", "when",
]  # fmt: skip

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Number: TypeAlias = "Term | float"
BEFORE, HERE, NEXT, SECOND_NEXT = (
    "\ue000",
    "\ue001",
    "\ue002",
    "\ue003",
)  # columns: the month before, this, the next two
_COMPARED, _SUM, _PRODUCT, _WHOLE = range(4)  # how tightly an operator binds
_LEAST = "1E-9"  # as planner.measure.metrics.LEAST


@dataclass(frozen=True)
class Term:
    """A formula without its equals sign, its value, and how tightly its outermost operator binds."""

    text: str
    value: Array
    binds: int = _WHOLE

    def valued(self, value: Any) -> Term:
        """The same formula with a value worked out elsewhere."""
        return replace(self, value=np.asarray(value))

    def __add__(self, other: Number) -> Term:
        return _joined(self, "+", number(other), _SUM, np.add)

    def __radd__(self, other: float) -> Term:
        return number(other) + self

    def __sub__(self, other: Number) -> Term:
        return _joined(self, "-", number(other), _SUM, np.subtract)

    def __rsub__(self, other: float) -> Term:
        return number(other) - self

    def __mul__(self, other: Number) -> Term:
        return _joined(self, "*", number(other), _PRODUCT, np.multiply)

    def __rmul__(self, other: float) -> Term:
        return number(other) * self

    def __truediv__(self, other: Number) -> Term:
        return _joined(self, "/", number(other), _PRODUCT, np.divide)

    def __rtruediv__(self, other: float) -> Term:
        return number(other) / self

    def __gt__(self, other: Number) -> Term:
        return _joined(self, ">", number(other), _COMPARED, np.greater)

    def __ge__(self, other: Number) -> Term:
        return _joined(self, ">=", number(other), _COMPARED, np.greater_equal)

    def __lt__(self, other: Number) -> Term:
        return _joined(self, "<", number(other), _COMPARED, np.less)

    def __le__(self, other: Number) -> Term:
        return _joined(self, "<=", number(other), _COMPARED, np.less_equal)

    def equals(self, other: Number) -> Term:
        """Whether both are the same."""
        return _joined(self, "=", number(other), _COMPARED, np.equal)


UNDEFINED = Term('"–"', np.asarray(np.nan))  # what no figure can be given for


def number(value: Number) -> Term:
    """A number as a term."""
    if isinstance(value, Term):
        return value
    text = repr(float(value)).upper().removesuffix(".0")
    return Term(f"({text})" if value < 0 else text, np.asarray(float(value)))


def _joined(left: Term, sign: str, right: Term, binds: int, operator: Callable[[Array, Array], Array]) -> Term:
    tighter = right.binds <= binds if sign in ("-", "/") else right.binds < binds
    texts = (left.text if left.binds >= binds else f"({left.text})", f"({right.text})" if tighter else right.text)
    with np.errstate(all="ignore"):
        return Term(sign.join(texts), np.asarray(operator(left.value, right.value)), binds)


def call(name: str, function: Callable[..., Any], *terms: Number) -> Term:
    """A function of a spreadsheet, with the numpy function that gives its value."""
    parts = [number(term) for term in terms]
    with np.errstate(all="ignore"):
        value = np.asarray(function(*(part.value for part in parts)))
    return Term(f"{name}({','.join(part.text for part in parts)})", value)


def exp(term: Term) -> Term:
    """eˣ."""
    return call("EXP", np.exp, term)


def ln(term: Term) -> Term:
    """The natural logarithm."""
    return call("LN", np.log, term)


def least(first: Number, second: Number) -> Term:
    """The lesser of two."""
    return call("MIN", np.minimum, first, second)


def most(first: Number, second: Number) -> Term:
    """The greater of two."""
    return call("MAX", np.maximum, first, second)


def both(first: Term, second: Term) -> Term:
    """Whether both hold."""
    return call("AND", np.logical_and, first, second)


def when(condition: Term, then: Number, otherwise: Number) -> Term:
    """One of two, by a condition; the other is not worked out by a spreadsheet."""
    return call("IF", np.where, condition, then, otherwise)


def quotient(top: Term, bottom: Term, less: float = 0.0, times: float = 1.0) -> Term:
    """top · times ÷ bottom less a number; undefined where a part is, or where the bottom is next to nothing."""
    share = (top if times == 1 else top * times) / bottom
    share = share - less if less else share
    defined = np.isfinite(top.value) & (np.abs(bottom.value) >= float(_LEAST))
    text = f'IF(COUNT({top.text},{bottom.text})<2,"–",IF(ABS({bottom.text})<{_LEAST},"–",{share.text}))'
    return Term(text, np.where(defined, share.value, np.nan))


def summed(terms: Iterable[Term]) -> Term:
    """The sum of terms; 0 of none."""
    parts = list(terms)
    if not parts:
        return number(0.0)
    text = "+".join(part.text if part.binds >= _SUM else f"({part.text})" for part in parts)
    return Term(text, np.asarray(sum(part.value for part in parts)), parts[0].binds if len(parts) == 1 else _SUM)
