"""A draft gives the workspace back, and saving after a move writes one plan."""

from __future__ import annotations

import datetime as dt
import gc
import json
import random

import pytest
from hypothesis import given

from planner.actuals.actuals import Actuals, Choice, Fact
from planner.errors import BadLink, PlannerError
from planner.keep import draft
from planner.keep.codec import kept_token
from planner.keep.draft import from_draft, to_draft
from planner.keep.store import Draft
from planner.keep.workspace import Workspace
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.keep.wholes import workspaces
from tests.strategies import examples


def desk(steps: int = 5) -> Workspace:
    workspace = Workspace(starter("email", "phone"))
    for step in range(steps):
        workspace = workspace.committed(pull(workspace.plan, "email.volume", 1000.0 + step))
    facts = (Fact("CRM", "2027-01", "email", "sent", 7990.0), Fact("CRM", "2027-02", "email", "sent", 0.1))
    return workspace.with_actuals(Actuals(dt.date(2027, 3, 1), facts))


@examples(15)
@given(workspaces())
def test_a_draft_gives_the_workspace_back(workspace: Workspace) -> None:
    assert from_draft(to_draft(workspace)) == workspace


def test_after_a_move_one_plan_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = from_draft(to_draft(desk()))
    written = []
    monkeypatch.setattr(draft, "kept_token", lambda plan: written.append(plan) or "token")
    to_draft(workspace.committed(pull(workspace.plan, "deal.value", 12345.0)))
    assert [plan.deal.value for plan in written] == [12345.0]


def test_what_was_written_is_forgotten_with_its_plan() -> None:
    gc.collect()  # what earlier tests left in circles
    before = len(draft._REMEMBERED)
    workspace = desk(3)
    to_draft(workspace)
    assert len(draft._REMEMBERED) == before + 5  # four plans, the first of them the baseline too, and the actuals
    del workspace
    gc.collect()
    assert len(draft._REMEMBERED) == before


def test_a_full_undo_stack_is_small() -> None:
    assert len(to_draft(desk(100)).content) < 101 * 220


def test_actuals_stand_apart_and_once() -> None:
    workspace = desk()
    first, moved = to_draft(workspace), to_draft(workspace.committed(pull(workspace.plan, "deal.value", 12345.0)))
    assert first.actuals == moved.actuals
    assert len(first.actuals) == 1
    both = to_draft(workspace.with_actuals(None).undone().with_actuals(Actuals(dt.date(2027, 1, 1), ())))
    assert set(both.actuals) > set(first.actuals)


def test_a_history_too_large_to_keep_loses_its_oldest_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "MOST_HISTORY", 1000)
    workspace = desk(100)
    kept = from_draft(to_draft(workspace))
    assert kept.past == workspace.past[-len(kept.past) :]
    assert 5 < len(kept.past) < 50
    assert (kept.plan, kept.actuals) == (workspace.plan, workspace.actuals)


def test_a_damaged_draft_is_refused() -> None:
    whole, rng = to_draft(desk()), random.Random(1)
    content = whole.content
    for wrong in (b"", b"{}", b"null", b"[1]\n", content[:100], content[:-1], b"[" * 100_000):
        with pytest.raises(BadLink, match="damaged"):
            from_draft(Draft(wrong, whole.actuals))
    for actuals in ({}, {digest: part[:-1] for digest, part in whole.actuals.items()}):
        with pytest.raises(BadLink, match="damaged"):
            from_draft(Draft(content, actuals))
    for _ in range(500):
        place = rng.randrange(len(content))
        try:
            from_draft(Draft(content[:place] + bytes([rng.randrange(256)]) + content[place + 1 :], whole.actuals))
        except PlannerError:
            continue


def test_a_draft_of_a_newer_planner_says_so() -> None:
    kept = to_draft(desk())
    with pytest.raises(BadLink, match="newer"):
        from_draft(Draft(kept.content.replace(b'"draft": 2', b'"draft": 3'), kept.actuals))


def test_a_draft_of_format_1_opens_and_its_history_can_be_walked() -> None:
    plans = [pull(starter("email"), "email.volume", float(volume)) for volume in (1, 2, 3, 4, 5)]
    tokens = [kept_token(plan) for plan in plans]
    actuals = Actuals(dt.date(2027, 3, 1), (Fact("CRM", "2027-01", "email", "sent", 7990.0),))
    head = {
        "draft": 1, "plan": tokens[2], "past": tokens[:2], "future": [tokens[4], tokens[3]], "baseline": tokens[0],
        "scenarios": [["Low", tokens[1]]], "mappings": [["a;b", "1"]],
    }  # fmt: skip
    kept = from_draft(Draft(json.dumps(head).encode() + b"\n" + draft._deflated(actuals).content))
    assert (kept.plan, kept.baseline, kept.actuals) == (plans[2], plans[0], actuals)
    assert [step.name for step in kept.past + kept.future] == ["Earlier change"] * 4
    assert kept.undone().undone().plan == plans[0]
    assert kept.redone().redone().plan == plans[4]


def test_a_choice_between_sources_stays_chosen() -> None:
    facts = tuple(Fact(source, "2027-01", "email", "sent", 5.0) for source in "ab")
    for chosen in ("a", None):
        actuals = Actuals(dt.date(2027, 1, 31), facts).choosing(Choice("email", "sent", chosen))
        workspace = Workspace(starter("email")).with_actuals(actuals)
        assert from_draft(to_draft(workspace)).actuals == actuals


def test_a_draft_from_before_the_library_opens() -> None:
    workspace = desk()
    kept = to_draft(workspace)
    head = json.loads(kept.content)
    del head["origin"]
    assert from_draft(Draft(json.dumps(head).encode(), kept.actuals)) == workspace
