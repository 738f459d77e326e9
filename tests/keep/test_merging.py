"""Two tabs that started from one workspace: neither loses what it did."""

from __future__ import annotations

import datetime as dt

from planner.actuals.actuals import Actuals, Fact
from planner.keep.landings import KeptFigure, KeptLanding
from planner.keep.merging import merged
from planner.keep.steps import Scenario
from planner.keep.workspace import MOST_LANDINGS, Workspace
from planner.plan import Plan
from planner.plan.levers import pull
from planner.plan.starter import starter


def volume(number: float) -> Plan:
    """The starter plan with another volume of e-mails."""
    return pull(starter("email", start="2027-01"), "email.volume", number)


def reported(*facts: tuple[str, float], day: int = 5) -> Actuals:
    """Actuals of January: e-mails sent, by source."""
    rows = tuple(Fact(source, "2027-01", "email", "sent", value) for source, value in facts)
    return Actuals(dt.date(2027, 2, day), rows)


BASE = Workspace(volume(1.0)).with_scenario("A", volume(10.0)).with_scenario("B", volume(20.0))


def test_what_only_the_other_changed_is_taken_and_can_be_undone() -> None:
    mine = BASE.with_scenario("A", volume(11.0))
    theirs = BASE.committed(volume(2.0)).rebased().with_scenario("C", volume(30.0)).without_scenario("B")
    whole = merged(BASE, mine, theirs)
    now = whole.workspace
    assert (now.plan, now.baseline, whole.kept) == (volume(2.0), volume(2.0), None)
    assert now.scenarios == (Scenario("A", volume(11.0)), Scenario("C", volume(30.0)))
    assert whole.taken == ("plan", "baseline", "scenarios")
    assert now.past[-1].name == "Took in changes from another tab"
    assert now.undone().scenarios == mine.scenarios


def test_a_plan_changed_in_both_stays_and_the_other_becomes_a_scenario() -> None:
    whole = merged(BASE, BASE.committed(volume(3.0)), BASE.committed(volume(2.0)))
    assert whole.workspace.plan == volume(3.0)
    assert whole.kept == Scenario("From the other tab", volume(2.0))
    assert whole.workspace.scenarios == (*BASE.scenarios, Scenario("From the other tab", volume(2.0)))


def test_the_same_change_in_both_is_no_conflict() -> None:
    changed = BASE.committed(volume(3.0))
    assert merged(BASE, changed, BASE.committed(volume(3.0))).workspace == changed


def test_a_scenario_changed_in_both_is_kept_twice() -> None:
    whole = merged(BASE, BASE.with_scenario("A", volume(11.0)), BASE.with_scenario("A", volume(12.0)))
    assert whole.workspace.scenario("A").plan == volume(11.0)
    assert whole.workspace.scenario("A (other tab)").plan == volume(12.0)


def test_a_scenario_removed_here_and_changed_there_is_kept() -> None:
    for here, there in ((0, 1), (1, 0)):
        sides = (BASE.without_scenario("A"), BASE.with_scenario("A", volume(12.0)))
        assert merged(BASE, sides[here], sides[there]).workspace.scenario("A").plan == volume(12.0)


def test_favourites_are_those_of_the_tab_that_chose_them() -> None:
    chosen = BASE.with_favourites(["cac"])
    for sides in ((BASE.committed(volume(3.0)), chosen), (chosen, BASE.committed(volume(3.0)))):
        assert merged(BASE, *sides).workspace.favourites == ("cac",)


def test_actuals_merge_by_source() -> None:
    base = BASE.with_actuals(reported(("CRM", 1.0), ("Mailer", 2.0), ("Old", 3.0)))
    mine = BASE.with_actuals(reported(("CRM", 10.0), ("Mailer", 2.0), ("Old", 3.0), day=7))
    theirs = BASE.with_actuals(reported(("CRM", 1.0), ("Mailer", 20.0), ("New", 4.0), day=6))
    actuals = merged(base, mine, theirs).workspace.actuals
    assert actuals == reported(("CRM", 10.0), ("Mailer", 20.0), ("New", 4.0), day=7)


def test_actuals_used_in_one_tab_survive_a_move_in_the_other() -> None:
    sample = reported(("CRM", 1.0))
    for here, there in ((0, 1), (1, 0)):
        sides = (BASE.committed(volume(3.0)), BASE.with_actuals(sample))
        now = merged(BASE, sides[here], sides[there]).workspace
        assert (now.plan, now.actuals) == (volume(3.0), sample)


def test_two_tabs_together_keep_no_more_landings_than_there_can_be() -> None:
    def landing(number: int) -> KeptLanding:
        day = dt.date(2026, 1, 1) + dt.timedelta(number)
        return KeptLanding(day, "2026-01", 1.0, (KeptFigure("won", 1.0, (1.0,), (1.0,), (1.0,)),))

    base = Workspace(volume(1000.0), landings=tuple(map(landing, range(MOST_LANDINGS))))
    mine, theirs = (base.with_landing(landing(MOST_LANDINGS + number)) for number in range(2))
    whole = merged(base, mine, theirs).workspace
    assert [row.as_of for row in whole.landings] == [landing(number).as_of for number in range(2, MOST_LANDINGS + 2)]
