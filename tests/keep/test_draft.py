"""A draft gives the workspace back, and saving after a move writes one plan."""

from __future__ import annotations

import datetime as dt
import gc
import random

import pytest
from hypothesis import given, settings

from planner.actuals.actuals import Actuals, Choice, Fact
from planner.errors import BadLink, PlannerError
from planner.keep import draft
from planner.keep.draft import from_draft, to_draft
from planner.keep.workspace import Workspace
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.keep.wholes import workspaces


def desk(steps: int = 5) -> Workspace:
    held = Workspace(starter("email", "phone"))
    for step in range(steps):
        held = held.committed(pull(held.plan, "email.volume", 1000.0 + step))
    facts = (Fact("CRM", "2027-01", "email", "sent", 7990.0), Fact("CRM", "2027-02", "email", "sent", 0.1))
    return held.with_actuals(Actuals(dt.date(2027, 3, 1), facts))


@settings(max_examples=30)
@given(workspaces())
def test_a_draft_gives_the_workspace_back(held: Workspace) -> None:
    assert from_draft(to_draft(held)) == held


def test_after_a_move_one_plan_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    held = from_draft(to_draft(desk()))
    written = []
    monkeypatch.setattr(draft, "kept_token", lambda plan: written.append(plan) or "token")
    to_draft(held.committed(pull(held.plan, "deal.value", 12345.0)))
    assert [plan.deal.value for plan in written] == [12345.0]


def test_what_was_written_is_forgotten_with_its_plan() -> None:
    gc.collect()  # what earlier tests left in circles
    before = len(draft._REMEMBERED)
    held = desk(3)
    to_draft(held)
    assert len(draft._REMEMBERED) == before + 5  # four plans, the first of them the baseline too, and the actuals
    del held
    gc.collect()
    assert len(draft._REMEMBERED) == before


def test_a_full_undo_stack_is_small() -> None:
    assert len(to_draft(desk(100))) < 101 * 120


def test_a_damaged_draft_is_refused() -> None:
    whole, rng = to_draft(desk()), random.Random(1)
    plans, _, _ = whole.partition(b"\n")
    for wrong in (b"", b"{}", b"null", b"[1]\n", whole[:100], whole[:-1], b"[" * 100_000, plans + b"\n?"):
        with pytest.raises(BadLink, match="damaged"):
            from_draft(wrong)
    for _ in range(500):
        at = rng.randrange(len(whole))
        try:
            from_draft(whole[:at] + bytes([rng.randrange(256)]) + whole[at + 1 :])
        except PlannerError:
            continue


def test_a_draft_of_a_newer_planner_says_so() -> None:
    with pytest.raises(BadLink, match="newer"):
        from_draft(to_draft(desk()).replace(b'"draft": 1', b'"draft": 2'))


def test_a_choice_between_sources_stays_chosen() -> None:
    facts = tuple(Fact(source, "2027-01", "email", "sent", 5.0) for source in "ab")
    for chosen in ("a", None):
        actuals = Actuals(dt.date(2027, 1, 31), facts).choosing(Choice("email", "sent", chosen))
        workspace = Workspace(starter("email")).with_actuals(actuals)
        assert from_draft(to_draft(workspace)).actuals == actuals
