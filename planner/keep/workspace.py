"""The workspace: what a person has on the desk, and the one history of all that was changed there. Frozen values."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planner import words
from planner.actuals.actuals import Actuals
from planner.errors import PlanError
from planner.keep.landings import KeptLanding
from planner.keep.steps import DEPTH, PARTS, Changed, Origin, Scenario, Step
from planner.plan import Plan
from planner.plan.currency import converted, same_currency
from planner.plan.edit import with_currency

__all__ = ["COUNTED", "Workspace"]

MOST_NAME, MOST_SCENARIOS, MOST_LANDINGS = 80, 200, 200
COUNTED = {False: "in the plan", True: "with what closes later"}  # by whether the tail counts


@dataclass(frozen=True)
class Workspace:
    """The plan on the desk, the steps that led here and those undone (the latest last), and what lies beside it.

    `baseline` is the plan all is compared with; where none is given, the one the workspace starts from. `mappings`
    pairs the headers of an upload with the text of the column mapping that read it; `origin` is where in the library
    it came from; `landings` are those kept, the oldest first; `tail` is whether figures count what closes after the
    plan's end; `favourites` are the keys of the KPIs that are listed first. Raises PlanError for scenarios without a
    name, with the same one, or too many, and for too many landings.
    """

    plan: Plan
    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()
    baseline: Plan = None  # type: ignore[assignment]  # set below
    scenarios: tuple[Scenario, ...] = ()
    actuals: Actuals | None = None
    mappings: tuple[tuple[str, str], ...] = ()
    origin: Origin | None = None
    landings: tuple[KeptLanding, ...] = ()
    tail: bool = False
    favourites: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.baseline is None:
            object.__setattr__(self, "baseline", self.plan)
        if len(self.scenarios) > MOST_SCENARIOS:
            raise PlanError("scenarios", f"has {len(self.scenarios)} rows; at most {MOST_SCENARIOS} fit: remove some")
        if len(self.landings) > MOST_LANDINGS:
            raise PlanError("landings", f"has {len(self.landings)} rows; at most {MOST_LANDINGS} fit: remove some")
        for name, times in Counter(scenario.name for scenario in self.scenarios).items():
            if not name.strip() or times > 1:
                what = f"stands {times} times; a name stands once" if name.strip() else "needs a name"
                raise PlanError(f"scenarios.{name[:MOST_NAME]}".rstrip(". "), f"{what}: give it another")

    # -- history ------------------------------------------------------------------------------------------------------

    def changed(self, name: str, *, by: str = "", merge: bool = False, **parts: Any) -> Workspace:
        """With these parts in place of those that stand here, as a named step; the same workspace where none differs.

        With `merge`, consecutive steps by the same are one, under the newer name.
        """
        changes = {part: Changed(getattr(self, part), to) for part, to in parts.items() if getattr(self, part) != to}
        if not changes:
            return self
        past = self.past
        if merge and self._joins(by):
            before, past = self.past[-1].parts("before"), self.past[:-1]
            changes = {part: Changed(before.get(part, change.before), change.after) for part, change in changes.items()}
        step = Step(name, by=by, **changes)
        return replace(self, **step.parts("after"), past=(*past, step)[-DEPTH:], future=())

    def _joins(self, by: str) -> bool:
        return bool(by and self.past and self.past[-1].by == by and not self.future)

    def begun(self, by: str) -> Plan:
        """The plan before the step that the next move by the same would join; without such a step the plan."""
        change = self.past[-1].plan if self._joins(by) else None
        return change.before if change else self.plan

    def undone(self) -> Workspace:
        """A step back; the same workspace where there is none."""
        if not self.past:
            return self
        step = replace(self.past[-1], by="")
        return replace(self, **step.parts("before"), past=self.past[:-1], future=(*self.future, step))

    def redone(self) -> Workspace:
        """A step forward again; the same workspace where there is none."""
        if not self.future:
            return self
        step = self.future[-1]
        return replace(self, **step.parts("after"), past=(*self.past, step), future=self.future[:-1])

    # -- changes ------------------------------------------------------------------------------------------------------

    def committed(self, plan: Plan, name: str = "Changed the plan", by: str = "", merge: bool = False) -> Workspace:
        """With `plan` on the desk."""
        return self.changed(name, by=by, merge=merge, plan=plan)

    def anew(self, plan: Plan) -> Workspace:
        """With a new plan on the desk and as its own baseline, no actuals; the plan before it becomes a scenario.

        A plan that nobody has touched yet, or that is a scenario already, is not kept once more.
        """
        scenarios = self.scenarios
        if self.past and all(scenario.plan != self.plan for scenario in scenarios):
            scenarios = (*scenarios, Scenario(self.free_name(self.plan.name[:MOST_NAME].strip() or "Plan"), self.plan))
        return self.changed(
            f"New plan “{plan.name}”", plan=plan, baseline=plan, scenarios=scenarios, actuals=None, origin=None
        )

    def twice(self) -> Workspace:
        """With a copy of the plan on the desk; the plan itself is kept as a scenario."""
        ending = " (copy)"
        copy = replace(self.plan, name=f"{self.plan.name[: MOST_NAME - len(ending)].strip()}{ending}")
        kept = Scenario(self.free_name(self.plan.name[:MOST_NAME].strip() or "Plan"), self.plan)
        return self.changed(f"Duplicated “{self.plan.name}”", plan=copy, scenarios=(*self.scenarios, kept))

    def rebased(self) -> Workspace:
        """With the plan on the desk as the baseline."""
        return self.changed("Set baseline", baseline=self.plan)

    def with_actuals(self, actuals: Actuals | None, name: str = "Used actuals") -> Workspace:
        """With these actuals in place of the ones before; None: with none."""
        return self.changed(name if actuals is not None else "Removed actuals", actuals=actuals)

    def with_uploads(
        self, files: Sequence[str], actuals: Actuals, mappings: Sequence[tuple[str, str]],
        landing: KeptLanding | None = None,
    ) -> Workspace:  # fmt: skip
        """With the actuals of files, the column mappings that read files with their headers, and where they land."""
        replaced = {headers for headers, _ in mappings}
        kept = tuple(pair for pair in self.mappings if pair[0] not in replaced)
        name = f"“{files[0]}”" if len(files) == 1 else f"{len(files)} files"
        landings = self._with(landing) if landing else self.landings
        mapped = (*kept, *dict(mappings).items())
        return self.changed(f"Used actuals of {name}", actuals=actuals, mappings=mapped, landings=landings)

    def with_landing(self, landing: KeptLanding) -> Workspace:
        """With this landing kept, in the place of one of the same day."""
        return self.changed(f"Kept the landing of {words.day(landing.as_of)}", landings=self._with(landing))

    def without_landing(self, as_of: dt.date) -> Workspace:
        """Without the landing kept on that day."""
        rest = tuple(landing for landing in self.landings if landing.as_of != as_of)
        return self.changed(f"Removed the landing of {words.day(as_of)}", landings=rest)

    def _with(self, landing: KeptLanding) -> tuple[KeptLanding, ...]:
        others = [kept for kept in self.landings if kept.as_of != landing.as_of]
        return tuple(sorted([*others, landing], key=lambda kept: kept.as_of)[-MOST_LANDINGS:])

    def counting(self, tail: bool) -> Workspace:
        """With figures that count what closes after the plan's end, or only what falls in the plan."""
        return self.changed(f"Figures {COUNTED[tail]}", tail=tail)

    def with_favourites(self, kpis: Sequence[str]) -> Workspace:
        """With these KPIs listed first."""
        return self.changed("Chose favourite KPIs", by="favourites", merge=True, favourites=tuple(dict.fromkeys(kpis)))

    def opened(self, other: Workspace, source: str) -> Workspace:
        """With all that another workspace holds in place of what stands here; its own history stays in its file."""
        parts: Mapping[str, Any] = {part: getattr(other, part) for part in PARTS}
        return self.changed(f"Opened “{source}”", **parts)

    def copied(
        self, plan: Plan, baseline: Plan, scenarios: tuple[Scenario, ...], name: str = "Saved a copy of a shared plan",
        origin: Origin | None = None, *, tail: bool = False,
    ) -> Workspace:  # fmt: skip
        """With a shared or saved plan on the desk, its own baseline and what it counts; its scenarios come beside."""
        whole = self
        for scenario in scenarios:
            if scenario not in whole.scenarios:
                kept = Scenario(whole.free_name(scenario.name), scenario.plan)
                whole = replace(whole, scenarios=(*whole.scenarios, kept))
        return self.changed(name, plan=plan, baseline=baseline, scenarios=whole.scenarios, origin=origin, tail=tail)

    def converted(self, rate: float, to: str) -> Workspace:
        """With all that is in the plan's currency converted to another: plan, baseline, scenarios, actuals' money."""
        actuals = None if self.actuals is None else self.actuals.converted(rate)
        name = f"Converted {self.plan.currency} to {to} at {rate:.10g}"
        landings = tuple(landing.converted(rate) for landing in self.landings)
        return self._recounted(name, lambda plan: converted(plan, rate, to), actuals=actuals, landings=landings)

    def relabelled(self, to: str) -> Workspace:
        """With all that is in the plan's currency called another, every figure as it stands."""
        name = f"Changed the currency from {self.plan.currency} to {to}"
        return self._recounted(name, lambda plan: with_currency(plan, to))

    def _recounted(self, name: str, change: Callable[[Plan], Plan], **parts: Any) -> Workspace:
        """With a change of every plan that is in the currency of the one on the desk."""

        def recounted(plan: Plan) -> Plan:
            return change(plan) if same_currency(plan, self.plan) else plan

        scenarios = tuple(Scenario(scenario.name, recounted(scenario.plan)) for scenario in self.scenarios)
        plan, baseline = recounted(self.plan), recounted(self.baseline)
        return self.changed(name, plan=plan, baseline=baseline, scenarios=scenarios, **parts)

    def scenario(self, name: str) -> Scenario:
        """The scenario of that name; PlanError where there is none."""
        for scenario in self.scenarios:
            if scenario.name == name:
                return scenario
        raise PlanError(f"scenarios.{name}", "is no scenario of this workspace")

    def free_name(self, name: str, *taken: str) -> str:
        """`name`, with a number where a scenario (or one of `taken`) has it already."""
        names = {*taken, *(scenario.name for scenario in self.scenarios)}
        ends = (f" {n}" if n > 1 else "" for n in range(1, len(names) + 2))
        numbered = (name[: MOST_NAME - len(end)] + end for end in ends)
        return next(free for free in numbered if free not in names)

    def with_scenario(self, name: str, plan: Plan) -> Workspace:
        """With the plan kept under the name, in the place of the one that had it; PlanError for no name."""
        kept = Scenario(_named(name), plan)
        scenarios = tuple(kept if scenario.name == kept.name else scenario for scenario in self.scenarios)
        if kept not in scenarios:
            scenarios = (*scenarios, kept)
        return self.changed(f"Saved scenario “{kept.name}”", scenarios=scenarios)

    def without_scenario(self, name: str) -> Workspace:
        """Without the scenario of that name."""
        scenarios = tuple(scenario for scenario in self.scenarios if scenario.name != name)
        return self.changed(f"Removed scenario “{name}”", scenarios=scenarios)

    def renamed_scenario(self, name: str, to: str) -> Workspace:
        """With a scenario under another name; PlanError where there is none, or another has that name already."""
        kept = Scenario(_named(to), self.scenario(name).plan)
        scenarios = tuple(kept if scenario.name == name else scenario for scenario in self.scenarios)
        return self.changed(f"Renamed scenario “{name}” to “{kept.name}”", scenarios=scenarios)


def _named(name: str) -> str:
    """A scenario's name without white space around it; PlanError for one that is too long."""
    name = name.strip()
    if len(name) > MOST_NAME:
        raise PlanError("scenarios", f"has a name of {len(name)} characters; at most {MOST_NAME} fit: shorten it")
    return name
