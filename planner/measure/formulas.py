"""Formulas over counted things: "replied ÷ delivered", written once, then read in words, filled in and worked out."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from functools import lru_cache

from planner.measure.metrics import LEAST
from planner.measure.sources import SUMS, TERMS, CountSource, Scope
from planner.plan import Plan, merged
from planner.words import in_text, plural, write

__all__ = ["fill", "in_words", "names", "work_out"]

_SIGNS = str.maketrans("÷−×", "/-*")
_NAME = re.compile(r"[a-z_]+(?:\.[a-z_]+)?")
_DO: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda top, bottom: top / bottom if abs(bottom) >= LEAST else math.nan,
}


@lru_cache(maxsize=512)
def _parsed(formula: str) -> ast.expr:
    return ast.parse(formula.translate(_SIGNS), mode="eval").body


def names(formula: str) -> tuple[str, ...]:
    """The names in a formula, each once, in order."""
    return tuple(dict.fromkeys(_NAME.findall(formula)))


def work_out(source: CountSource, formula: str, channel: str | None = None) -> float:
    """The value of a formula, of one channel or of all; nan where a number is missing or a divisor is next to 0."""

    scope = _scope(source, formula, channel)

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return _DO[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.Constant):
            return float(ast.unparse(node))
        return source.term(ast.unparse(node), channel, scope)

    return value(_parsed(formula))


def _scope(source: CountSource, formula: str, channel: str | None) -> Scope | None:
    """What the total of a formula covers; None for a figure of one channel."""
    return source.scope(names(formula)) if channel is None else None


def in_words(plan: Plan, formula: str, channel: str | None = None) -> str:
    """A formula with its things as the plan labels them: "positive replies ÷ delivered"."""
    return _NAME.sub(lambda match: _label(plan, match[0], channel), formula)


def fill(source: CountSource, formula: str, channel: str | None = None) -> str:
    """A formula with its numbers: "30 replied ÷ 980 delivered"."""

    scope = _scope(source, formula, channel)

    def number(match: re.Match[str]) -> str:
        name = match[0]
        unit = TERMS[name].unit if name in TERMS else "count"
        return f"{write(source.plan, source.term(name, channel, scope), unit)} {_label(source.plan, name, channel)}"

    return _NAME.sub(number, formula)


def _label(plan: Plan, name: str, channel: str | None) -> str:
    if name in TERMS:
        return TERMS[name].label
    kind, _, key = name.rpartition(".")
    here = [c for c in plan.channels if channel in (None, c.key) and kind in ("", c.kind)]
    stage = next((stage for c in here for stage in merged(c.stages, plan.sales) if stage.key == key), None)
    return plural(in_text(stage.label)) if stage else in_text(SUMS.get(key, key.replace("_", " ")))
