"""Is a stage behind, or is it too early to say? Planned, expected, actual, the difference in words, the verdict."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from planner import words
from planner.ask.variance.to_date import StageToDate, ToDate, Verdict
from planner.plan import Plan
from planner.show.design import hues
from planner.show.tables import Cell, Table

__all__ = ["VERDICTS", "Word", "difference", "is_as_expected", "off_plan", "outcomes", "stages", "word"]


@dataclass(frozen=True)
class Word:
    """How a verdict is said: the word, its accent and its icon."""

    text: str
    tone: str
    icon: str


VERDICTS: dict[Verdict, Word] = {
    "on_plan": Word("on plan", "", "check"),
    "ahead": Word("ahead", "good", "up"),
    "behind": Word("behind", "bad", "down"),
    "too_recent": Word("too early to say", "quiet", "wait"),
    "not_reported": Word("not reported", "quiet", "none"),
}
WATCH = Word("watch", "", "watch")  # outside its own 80 % range, which some of many stages always are


def word(row: StageToDate) -> Word:
    """The verdict in a word: ahead and behind only beyond the chance of the whole family, else worth watching.

    A side outcome is never called more than worth watching: more of it may be good or bad.
    """
    if row.verdict in ("ahead", "behind") and not row.off:
        return WATCH
    return VERDICTS[row.verdict]


def difference(plan: Plan, row: StageToDate, than: str = "expected") -> str:
    """Actual less expected from what was sent, in words: "3 fewer than expected, within chance"."""
    size, beside = _gap(plan, row, than)
    return f"{size} {beside}".strip()


def is_as_expected(plan: Plan, row: StageToDate) -> bool:
    """Whether actual and expected read alike."""
    return words.short(plan, row.actual) == words.short(plan, _expected(row))


def _gap(plan: Plan, row: StageToDate, than: str) -> tuple[str, str]:
    """The size of a difference and the words behind it; "" for the size where both read alike."""
    if not math.isfinite(row.actual):
        return "", ""
    if row.is_root:
        return _against_planned(plan, row)
    gap = row.actual - row.from_sent
    if is_as_expected(plan, row):
        return "", "as expected"
    chance = "within" if _within_chance(row) else "beyond"
    return words.short(plan, abs(gap)), f"{'more' if gap > 0 else 'fewer'} than {than}, {chance} chance"


def _against_planned(plan: Plan, row: StageToDate) -> tuple[str, str]:
    """Touches are a choice: they are held against what was planned, with what other channels sent on."""
    if not row.expected > 0 or is_as_expected(plan, row):
        return "", "as planned"
    share = row.actual / row.expected - 1
    size = words.short(plan, abs(round(share, 3)), "percent")
    return size, f"{'more' if share > 0 else 'fewer'} than planned"


def _within_chance(row: StageToDate) -> bool:
    """Whether a whole number beside the actual lies in the band of the whole family."""
    return math.ceil(row.actual - 1e-6) >= row.sent_low and math.floor(row.actual + 1e-6) <= row.sent_high


def off_plan(rows: Iterable[StageToDate]) -> tuple[StageToDate, ...]:
    """Touches and main stages that are ahead or behind, those beyond the chance of the whole family first."""
    out = [row for row in rows if row.main or row.is_root]
    out = [row for row in out if row.verdict in ("ahead", "behind")]
    return tuple(sorted(out, key=lambda row: not row.off))


def outcomes(plan: Plan, to_date: ToDate) -> Table:
    """What every appointment passes, over all channels: planned, expected from what was sent, actual, still to come."""
    rows = tuple(_row(plan, row, "", rate=False) for row in to_date.outcomes)
    note = (
        "Expected: what the plan’s rates and delays make, by that day, of what was really sent. Under way: how many "
        "more will arrive of what has come so far if the plan’s rates hold, after the plan’s end too; the landing "
        "counts those within the plan, at the measured rates. Within chance: inside what chance does to plans that run "
        "exactly as planned, in four of five of which no stage is called ahead or behind."
    )
    return Table(_heads(to_date.as_of)[:-1], rows, note, numbers=2, frozen=True)


def stages(plan: Plan, rows: Iterable[StageToDate], day: dt.date) -> Table:
    """Every stage: planned, expected, actual, the difference in words, what is under way, the rate, the verdict."""
    colours = hues(plan)
    note = (
        "Expected: what the plan’s rates and delays make of what was really sent. The verdict judges each step by what "
        "reached it, so that one weak step does not make all later ones look weak; what it expected is below it. The "
        "rate so far counts only what has had time; the simple ratio is shown where it differs."
    )
    cells = tuple(_row(plan, row, colours.get(row.channel, ""), rate=True) for row in rows)
    return Table(_heads(day), cells, note, numbers=2, frozen=True)


def _heads(day: dt.date) -> tuple[str, ...]:
    by = words.day(day)
    dated = f"Expected by {by}", "Difference", f"Planned by {by}"
    return ("Stage", "Verdict", "Actual", *dated, "Under way at planned rates", "Rate so far")


def _row(plan: Plan, row: StageToDate, colour: str, *, rate: bool) -> tuple[Cell | str, ...]:
    said_as = word(row)
    cells: list[Cell | str] = [
        Cell(row.label, "strong" if row.main or row.is_root else "quiet", colour),
        Cell(said_as.text, said_as.tone, note=_step(plan, row) if rate else "", icon=said_as.icon),
        Cell(words.write(plan, row.actual), "strong"),
        Cell(words.write(plan, _expected(row)), note=_chance(plan, row)),
        _difference(plan, row),
        Cell(words.write(plan, row.planned), "quiet"),
        "" if row.is_root else words.write(plan, row.to_come),
    ]
    if rate:
        cells.append(Cell(words.write(plan, row.effective, "percent"), note=_rates(plan, row)))
    return tuple(cells)


def _expected(row: StageToDate) -> float:
    """What was to be expected: of touches what was planned and sent on, of all else what was sent makes."""
    return row.expected if row.is_root else row.from_sent


def _difference(plan: Plan, row: StageToDate) -> Cell:
    """The difference as a signed figure with its words beneath."""
    _, beside = _gap(plan, row, "expected")
    return Cell(words.change(plan, row.actual, _expected(row)) or words.DASH, note=beside)


def _step(plan: Plan, row: StageToDate) -> str:
    """What the step before it should have brought, where the verdict needs a reason."""
    if row.is_root or row.verdict not in ("ahead", "behind"):
        return ""
    low, high = words.short(plan, row.low), words.short(plan, row.high)
    around = f", 80% range {low} to {high}" if low != high else ""
    return f"{words.short(plan, row.expected)} expected from the step before{around}"


def _chance(plan: Plan, row: StageToDate) -> str:
    if not row.sent_low < row.sent_high:
        return ""
    return f"{words.short(plan, row.sent_low)} to {words.short(plan, row.sent_high)} by chance"


def _rates(plan: Plan, row: StageToDate) -> str:
    if not math.isfinite(row.assumed):
        return ""
    text = f"plan {words.write(plan, row.assumed, 'percent')}"
    if not math.isfinite(row.naive + row.effective) or abs(row.naive - row.effective) <= 0.02 * row.effective:
        return text
    return f"{text}; simple ratio {words.write(plan, row.naive, 'percent')}"
