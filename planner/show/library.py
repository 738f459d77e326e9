"""The library in words: how it stands, what each version is and what changed in it since the one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from planner import words
from planner.ask.compare.by_lever import LeverBridge
from planner.errors import PlanError
from planner.keep.members import Member
from planner.keep.saved import Entry, Version
from planner.measure.metrics import METRICS
from planner.plan import Plan
from planner.plan.diff import Difference, differing
from planner.plan.levers import lever
from planner.plan.naming import capital
from planner.show.bridge import side_of, signed
from planner.show.tables import Cell, Table

__all__ = [
    "HOW_OTHERS_COME", "MARKS", "ROLES", "allowed", "before_deleting", "changes", "choice", "choices", "member",
    "moment", "named", "since", "standing", "version_line", "what_changed",
]  # fmt: skip

NEWEST = 10  # versions of a plan that can be compared, besides those that are for something
NAMED = 2  # changes that a sentence names; the rest is counted
ROLES = {"viewer": "Can read", "editor": "Can save versions", "owner": "Owner"}
MARKS = {"viewer": "can read", "editor": "can save versions", "owner": ""}  # beside the name of a plan
HOW_OTHERS_COME = "Others come in by a link on which they can work: make one under “Share and files”."


def allowed(role: str) -> str:
    """What somebody who is no owner may do with a plan."""
    if role == "editor":
        return "You can save versions of this plan. Its owner shares, renames, archives and deletes it."
    return "You can read this plan and save a copy of your own. Its owner can let you save versions."


def member(row: Member) -> str:
    """Somebody with a role in a plan."""
    return row.address or row.name or "Somebody who came by a link"


def before_deleting(entry: Entry) -> str:
    """What will be gone with a plan."""
    count = len(entry.versions)
    what = "its one version" if count == 1 else f"all {count} versions"
    return (
        f"This deletes “{entry.name}” with {what} for everybody. It cannot be undone, and links to it open nothing "
        "from then on. Archive it instead to keep it out of the way."
    )


def choices(entries: Sequence[Entry]) -> dict[str, tuple[Entry, Version]]:
    """The versions that can be compared, by name: the newest of each plan, and those that are for something."""
    versions = {}
    for entry in entries:
        for version in reversed(entry.versions):
            if version.purpose.key != "working" or version.number > entry.latest.number - NEWEST:
                versions[choice(entry, version)] = (entry, version)
    return versions


def choice(entry: Entry, version: Version) -> str:
    """The name of a version among those to compare, with what it is for."""
    mark = f" ({version.purpose.name})" if version.purpose.key != "working" else ""
    return f"{named(entry, version)}{mark}"


def standing(entries: Sequence[Entry], number: int, zone: dt.tzinfo) -> str:
    """How many plans there are and which was saved last; `number` of them match what was searched for."""
    if not entries:
        return "The library is empty. Save the plan under a name: every version is kept and can be opened again."
    latest = entries[0]
    plans = "1 plan" if len(entries) == 1 else f"{len(entries)} plans"
    count = sum(len(entry.versions) for entry in entries)
    text = f"{plans} in the library, {'1 version' if count == 1 else f'{count} versions'}."
    if number < len(entries):
        return f"{number} of {text}"
    last = f"{named(latest, latest.latest)} by {latest.latest.author}, {moment(latest.latest.when, zone)}"
    return f"{text} Saved last: {last}."


def named(entry: Entry, version: Version) -> str:
    """A version by the name of its plan: "Budget 2027, version 3"."""
    return f"{entry.name}, version {version.number}"


def moment(when: dt.datetime, zone: dt.tzinfo) -> str:
    """A moment as it stands in a sentence: "3 Dec 2026, 14:02"."""
    there = when.astimezone(zone)
    return f"{words.day(there.date())}, {there:%H:%M}"


def version_line(version: Version, zone: dt.tzinfo) -> str:
    """Who saved a version, when, and which version of the engine calculated it then."""
    return f"{version.author} · {moment(version.when, zone)} · engine {version.engine}"


def since(version: Version, before: Version | None) -> str:
    """How a version relates to the one before it, where that needs no look at the numbers; "" where it does."""
    if before is None:
        return "The first version."
    if version.restores is not None:
        return f"Restores version {version.restores}."
    return f"The same plan as version {before.number}." if version.digest == before.digest else ""


def changes(before: Plan, after: Plan, split: LeverBridge) -> str:
    """What changed from one version to the next, and by how much it moved the figure, in a sentence."""
    row = METRICS[split.metric]
    parts = _moves(before, after, split)
    text = "; ".join(parts[:NAMED])
    if len(parts) > NAMED:
        text += f"; {len(parts) - NAMED} more"
    by = words.change(after, split.after, split.before, row.unit)
    if before.currency != after.currency and row.unit == "money":
        by = ""
    ends = f"{words.short(after, split.before, row.unit)} → {words.short(after, split.after, row.unit)}"
    figure = f"{row.label} {ends} ({by})" if by else f"{row.label} unchanged at {words.short(after, split.after)}"
    return f"{text}. {figure}." if text else f"No input differs. {figure}."


def _moves(before: Plan, after: Plan, split: LeverBridge) -> list[str]:
    """Each change as "E-mail reply rate 0.5% → 0.8%", those that move the figure most first."""
    amounts = {bar.path: abs(bar.amount) for bar in split.bars}
    rows = sorted(differing(before, after), key=lambda row: -amounts.get(row.path, 0.0))
    return [f"{_title(after, row)} {_short(before, row, row.before)} → {_short(after, row, row.after)}" for row in rows]


def what_changed(before: Plan, after: Plan, split: LeverBridge) -> Table:
    """Every input that differs, before and after, with its effect on the figure; the effects add up exactly."""
    unit = METRICS[split.metric].unit
    amounts = {bar.path: bar.amount for bar in split.bars}
    rows: list[tuple[Cell | str, ...]] = []
    for row in sorted(differing(before, after), key=lambda row: -abs(amounts.get(row.path, 0.0))):
        effect = signed(after, amounts[row.path], unit) if row.path in amounts else words.DASH
        rows.append((_label(row), side_of(before, row, row.before), side_of(after, row, row.after), effect))
    if split.split:
        if split.structure:
            rows.append(("Structure: channels, stages, dates", "", "", signed(after, split.structure, unit)))
        rows.append(("Total", "", "", signed(after, split.after - split.before, unit)))
    heads = ("What changed", "Before", "After", f"Effect on {words.in_text(METRICS[split.metric].label)}")
    note = "The effects add up to the difference exactly." if split.split else ""
    return Table(heads, tuple(rows), note, total=split.split)


def _label(row: Difference) -> str:
    return capital(row.label)


def _title(plan: Plan, row: Difference) -> str:
    """What a difference is called in a sentence: a rate by its name alone."""
    try:
        return lever(plan, row.path).title
    except PlanError:
        return _label(row)


def _short(plan: Plan, row: Difference, value: float | str | None) -> str:
    """One side of a difference as it stands in a sentence."""
    if row.kind is None or value is None or isinstance(value, str):
        return side_of(plan, row, value)
    return words.short(plan, value, row.kind.written)
