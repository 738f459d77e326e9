"""What a link made now holds, and how a shared plan comes onto one's own desk."""

from __future__ import annotations

from collections.abc import Sequence

from pages.shell import addresses, desk, session
from pages.shell.session import Sharing
from planner.engine import VERSION
from planner.keep.codec import SharedPlan, to_token
from planner.keep.token_v2 import MOST_SCENARIOS
from planner.plan import edit


def to_share() -> SharedPlan:
    """What a link made now holds: what is on screen, with what was ticked to go along."""
    shared, work, ticked = desk.link(), desk.workspace(), session.current().sharing
    if shared:
        return shared
    chosen = tuple(scenario for scenario in work.scenarios if scenario.name in ticked.scenarios)
    base = work.baseline if ticked.baseline and work.baseline != work.plan else None
    return SharedPlan(work.plan, VERSION, (), base, chosen[:MOST_SCENARIOS], work.tail)


def tick(baseline: bool, scenarios: Sequence[str]) -> None:
    """Chooses what a link holds besides the plan."""
    session.current().sharing = Sharing(baseline, tuple(scenarios))


def share_token(name: str = "") -> str:
    """The token to share, with the engine's version and what it says today; made only when it is asked for.

    `name` is another name for the plan in it, "" its own.
    """
    shared = to_share()
    return to_token(
        edit.with_name(shared.plan, name),
        baseline=shared.baseline,
        scenarios=shared.scenarios,
        forecast=desk.forecast(shared.plan),
        tail=shared.tail,
    )


@session.in_turn
def save_copy() -> None:
    """Puts the shared plan on one's own desk with its baseline and scenarios, as a step that can be undone."""
    visit, shared, counted = session.current(), desk.link(), desk.tail()
    addresses.leave_link()
    visit.link = None
    if shared:
        desk.put(visit.workspace.copied(shared.plan, shared.baseline or shared.plan, shared.scenarios, tail=counted))
