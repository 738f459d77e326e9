"""Names of plans side by side: the two that always stand there, and scenarios that cannot be taken for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.errors import PlanError

__all__ = ["BASELINE", "PLAN", "free", "in_sentence", "told_apart"]

PLAN, BASELINE = "The plan", "Baseline"


def in_sentence(name: str) -> str:
    """The name of a plan inside a sentence: "the plan", "the baseline", a scenario's own."""
    return {PLAN: "the plan", BASELINE: "the baseline"}.get(name, name)


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Names of scenarios as they stand beside the plan and the baseline, each once."""
    taken, apart = {_folded(PLAN), _folded(BASELINE)}, []
    for name in names:
        label = next(text for text in _variants(name) if _folded(text) not in taken)
        taken.add(_folded(label))
        apart.append(label)
    return tuple(apart)


def free(name: str, scenarios: Iterable[str]) -> str:
    """A name for a scenario, without white space around it; PlanError for none and for one that is taken."""
    name = name.strip()
    if not name:
        raise PlanError("", "A scenario needs a name.")
    if _folded(name) in (_folded(PLAN), _folded(BASELINE)):
        raise PlanError("", f"“{name}” always stands for {_meant(name)}. Choose another name for the scenario.")
    if any(_folded(name) == _folded(other) for other in scenarios):
        raise PlanError("", f"There is already a scenario called “{name}”. Choose another name.")
    return name


def _folded(name: str) -> str:
    return name.strip().casefold()


def _meant(name: str) -> str:
    return "the plan on the desk" if _folded(name) == _folded(PLAN) else "the baseline of this workspace"


def _variants(name: str) -> Iterable[str]:
    yield name
    yield f"{name} (scenario)"
    number = 2
    while True:
        yield f"{name} (scenario {number})"
        number += 1
