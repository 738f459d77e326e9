"""A few lines of Python that print a brief again, with the plan in them."""

from __future__ import annotations

from collections.abc import Sequence

from planner.keep.codec import to_token
from planner.keep.steps import Scenario
from planner.keep.token_v2 import MOST_SCENARIOS
from planner.plan import Plan

__all__ = ["reproduce"]

_LINE = 88
_SCRIPT = """\
from planner import brief, brief_text, from_token

shared = from_token(
{token}
)
page = brief(shared.plan, baseline=shared.baseline, scenarios=shared.scenarios, tail=shared.tail)
print(brief_text(page))
"""


def reproduce(
    plan: Plan, baseline: Plan | None = None, scenarios: Sequence[Scenario] = (), *, tail: bool = False
) -> str:
    """A script that prints the brief of a plan, its baseline and its first four scenarios; actuals stay out."""
    token = to_token(plan, baseline=baseline, scenarios=scenarios[:MOST_SCENARIOS], tail=tail)
    lines = [f'    "{token[start : start + _LINE]}"' for start in range(0, len(token), _LINE)]
    return _SCRIPT.format(token="\n".join(lines))
