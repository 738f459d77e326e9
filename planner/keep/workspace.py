"""The workspace: what a person has on the desk. A frozen value; each change gives the next one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from planner.actuals.actuals import Actuals
from planner.errors import PlanError
from planner.plan import Plan

__all__ = ["DEPTH", "Scenario", "Workspace"]

DEPTH = 100  # steps that can be undone


@dataclass(frozen=True)
class Scenario:
    """A plan kept under a name."""

    name: str
    plan: Plan


@dataclass(frozen=True)
class Workspace:
    """The plan on the desk, the plans before it and those undone (the latest last), and what lies beside it.

    `baseline` is the plan all is compared with; where none is given, the one the workspace starts from. `mappings`
    pairs the headers of an upload with the text of the column mapping that read it. Raises PlanError for scenarios
    without a name or with the same one.
    """

    plan: Plan
    past: tuple[Plan, ...] = ()
    future: tuple[Plan, ...] = ()
    baseline: Plan = None  # type: ignore[assignment]  # set below
    scenarios: tuple[Scenario, ...] = ()
    actuals: Actuals | None = None
    mappings: tuple[tuple[str, str], ...] = ()
    by: str = field(default="", compare=False)  # what the last step moved

    def __post_init__(self) -> None:
        if self.baseline is None:
            object.__setattr__(self, "baseline", self.plan)
        for name, times in Counter(scenario.name for scenario in self.scenarios).items():
            if not name.strip() or times > 1:
                what = f"stands {times} times; a name stands once" if name.strip() else "needs a name"
                raise PlanError(f"scenarios.{name}".rstrip(". "), f"{what}: give it another")

    def committed(self, plan: Plan, by: str = "", merge: bool = False) -> Workspace:
        """With `plan` on the desk, as a step that can be undone; nothing changes where the plan does not.

        `by` names what was moved, such as a lever path. With `merge`, consecutive moves by the same are one step.
        """
        if plan == self.plan:
            return self
        joins = merge and by and by == self.by
        return replace(self, plan=plan, past=self.past if joins else (*self.past, self.plan)[-DEPTH:], future=(), by=by)

    def undone(self) -> Workspace:
        """A step back; the same workspace where there is none."""
        if not self.past:
            return self
        return replace(self, plan=self.past[-1], past=self.past[:-1], future=(*self.future, self.plan), by="")

    def redone(self) -> Workspace:
        """A step forward again; the same workspace where there is none."""
        if not self.future:
            return self
        return replace(self, plan=self.future[-1], past=(*self.past, self.plan), future=self.future[:-1], by="")

    def rebased(self) -> Workspace:
        """With the plan on the desk as the baseline."""
        return replace(self, baseline=self.plan)

    def with_actuals(self, actuals: Actuals | None) -> Workspace:
        """With these actuals in place of the ones before; None: with none."""
        return replace(self, actuals=actuals)

    def with_mapping(self, headers: str, mapping: str) -> Workspace:
        """With this column mapping for uploads with these headers."""
        return replace(self, mappings=(*(pair for pair in self.mappings if pair[0] != headers), (headers, mapping)))

    def scenario(self, name: str) -> Scenario:
        """The scenario of that name; PlanError where there is none."""
        for scenario in self.scenarios:
            if scenario.name == name:
                return scenario
        raise PlanError(f"scenarios.{name}", "is no scenario of this workspace")

    def free_name(self, name: str, *taken: str) -> str:
        """`name`, with a number where a scenario (or one of `taken`) has it already."""
        names = {*taken, *(scenario.name for scenario in self.scenarios)}
        return next(one for n in range(1, len(names) + 2) if (one := f"{name} {n}" if n > 1 else name) not in names)

    def with_scenario(self, name: str, plan: Plan) -> Workspace:
        """With the plan kept under the name, in the place of the one that had it; PlanError for no name."""
        kept = Scenario(name.strip(), plan)
        if any(scenario.name == kept.name for scenario in self.scenarios):
            return replace(self, scenarios=tuple(kept if s.name == kept.name else s for s in self.scenarios))
        return replace(self, scenarios=(*self.scenarios, kept))

    def without_scenario(self, name: str) -> Workspace:
        """Without the scenario of that name."""
        return replace(self, scenarios=tuple(scenario for scenario in self.scenarios if scenario.name != name))

    def renamed_scenario(self, name: str, to: str) -> Workspace:
        """With a scenario under another name; PlanError where there is none, or another has that name already."""
        kept = Scenario(to.strip(), self.scenario(name).plan)
        return replace(self, scenarios=tuple(kept if s.name == name else s for s in self.scenarios))
