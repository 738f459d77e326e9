"""Landings kept are held against what came: numbers worked out on paper, and ranges that widen with their misses."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pytest

from planner.actuals.actuals import Actuals, Fact, last_day
from planner.actuals.sample import sample_actuals
from planner.ask.evidence.land import land
from planner.ask.evidence.record import keeping, landed, misses, record
from planner.keep.landings import KeptFigure, KeptLanding
from planner.keep.workspace import Workspace
from planner.plan import replace
from planner.plan.starter import starter
from planner.show.record import kept_sentence

PLAN = starter("email", start="2027-01")


def won(*by_month: float) -> Actuals:
    """So many deals a month, known up to the end of the last."""
    keys = [f"2027-{month:02d}" for month in range(1, len(by_month) + 1)]
    facts = tuple(Fact("CRM", key, "email", "won", deals) for key, deals in zip(keys, by_month, strict=True))
    return Actuals(last_day(keys[-1]), facts)


def said(day: str, passed: float, happened: float, *so_far: float) -> KeptLanding:
    """A landing that expected these deals up to each month's end, two more or fewer."""
    figure = KeptFigure("won", happened, so_far, tuple(n - 2 for n in so_far), tuple(n + 2 for n in so_far))
    return KeptLanding(dt.date.fromisoformat(day), "2027-01", passed, (figure,))


KEPT = (said("2027-01-31", 1, 4, 4, 8, 12, 16), said("2027-02-28", 2, 7, 4, 7, 11, 15))


def test_what_was_said_then_stands_against_what_came_since() -> None:
    first, second = record(PLAN, won(4, 3, 1), KEPT)
    assert (first.low, first.expected, first.high, first.came) == (10, 12, 14, 8)
    assert (second.low, second.expected, second.high, second.came) == (9, 11, 13, 8)
    assert not first.covered
    assert (first.last_rate, first.straight_line) == (4 + 4 * 2, 4 + 4 * 2)
    assert (second.last_rate, second.straight_line) == (7 + 3, 7 + 3.5)
    width, over = 0.1 * 4, 0.5 * 4 + (10 - 8)
    assert (first.score.width, first.score.over, first.score.under) == pytest.approx((width / 1.5, over / 1.5, 0))


def test_a_landing_in_mid_month_is_carried_on_from_its_own_day() -> None:
    [row] = record(PLAN, won(4, 3), (said("2027-02-14", 1.5, 6, 4, 8),))
    assert (row.expected, row.came) == (8, 7)
    assert (row.last_rate, row.straight_line) == (6 + 4 * 0.5, 6 + 6 / 1.5 * 0.5)


def test_nothing_is_said_before_a_further_month_is_over_or_without_reported_deals() -> None:
    assert record(PLAN, won(4), KEPT) == ()
    nothing = Actuals(last_day("2027-03"), (Fact("x", "2027-01", "email", "sent", 5.0),))
    assert record(PLAN, nothing, KEPT) == ()
    assert misses(PLAN, nothing, KEPT) == {}
    assert record(PLAN, won(4, 3), KEPT, "revenue") == ()


def test_a_plan_that_begins_later_now_is_read_by_the_calendar() -> None:
    later = replace(PLAN, start="2027-02")
    rows = record(later, won(4, 3, 1), (said("2027-01-31", 1, 4, 4, 8, 12, 16),))
    assert [(row.expected, row.came) for row in rows] == [(12, 8)]
    moved = misses(later, won(4, 3, 1), (said("2027-01-31", 1, 4, 4, 8, 12, 16),))["won"]
    assert (moved.expected.tolist(), moved.came.tolist()) == ([8], [4])


def test_of_landings_kept_every_week_each_month_still_counts_whole() -> None:
    weekly = [
        said("2027-01-08", 0.25, 1, 4, 8, 12, 16), said("2027-01-24", 0.75, 3, 4, 8, 12, 16),
        said("2027-02-07", 1.25, 5, 4, 8, 12, 16), said("2027-02-26", 1.95, 7, 4, 8, 12, 16),
        said("2027-03-05", 2.25, 7, 4, 7, 11, 15),
    ]  # fmt: skip
    counted = misses(PLAN, won(4, 3, 1), weekly)["won"]
    assert counted.expected.tolist() == [4 - 1, 8 - 5, 11 - 7]
    assert counted.came.tolist() == [4 - 1, 7 - 5, 8 - 7]


def test_each_month_counts_once_among_the_misses() -> None:
    by_metric = misses(PLAN, won(4, 3, 1), KEPT)
    assert list(by_metric) == ["won"]
    assert by_metric["won"].expected.tolist() == [4, 4]
    assert by_metric["won"].came.tolist() == [3, 1]


def test_misses_widen_the_range_and_hits_do_not() -> None:
    plan = starter("email", "phone", start="2027-01")
    actuals = sample_actuals(plan, months=5)
    figure = land(plan, actuals).figure("appointments")
    happened = np.nancumsum(actuals.count("sales.appointment", plan))[:5]

    def kept(factor: float) -> tuple[KeptLanding, ...]:
        out = []
        for month in range(1, 5):
            further = happened[month - 1] + factor * (happened - happened[month - 1])
            so_far = (*happened[:month], *further[month:])
            whole = KeptFigure("appointments", float(happened[month - 1]), so_far, so_far, so_far)
            out.append(KeptLanding(last_day(f"2027-{month:02d}"), "2027-01", float(month), (whole,)))
        return tuple(out)

    right, wrong = (landed(plan, actuals, kept(factor)).figure("appointments") for factor in (1.0, 6.0))
    assert wrong.high - wrong.low > 1.2 * (figure.high - figure.low)
    assert right.high - right.low <= figure.high - figure.low
    assert wrong.total == pytest.approx(figure.total)


def test_a_landing_is_kept_while_the_plan_runs() -> None:
    actuals = sample_actuals(PLAN, months=4)
    kept = keeping(land(PLAN, actuals))
    assert kept is not None
    assert (kept.as_of, kept.start, kept.passed) == (actuals.as_of, "2027-01", 4.0)
    assert [figure.metric for figure in kept.figures] == ["won", "appointments", "revenue", "cost"]
    assert all(len(figure.so_far) == PLAN.months for figure in kept.figures)
    assert keeping(land(PLAN, Actuals(dt.date(2026, 12, 31), actuals.facts))) is None
    assert record(PLAN, actuals, [kept]) == ()


def test_keeping_and_removing_are_named_steps_that_can_be_undone() -> None:
    work = Workspace(PLAN).with_landing(KEPT[1]).with_landing(KEPT[0])
    assert work.landings == KEPT
    again = work.with_landing(said("2027-01-31", 1, 5, 5, 9))
    assert [landing.as_of for landing in again.landings] == [landing.as_of for landing in KEPT]
    assert again.past[-1].name == "Kept the landing of 31 Jan 2027"
    assert again.without_landing(dt.date(2027, 1, 31)).landings == (KEPT[1],)
    assert again.undone().landings == KEPT


def test_money_kept_goes_along_when_the_currency_is_converted() -> None:
    money = KeptLanding(dt.date(2027, 1, 31), "2027-01", 1.0, (KeptFigure("revenue", 5.0, (5.0,), (4.0,), (6.0,)),))
    work = Workspace(PLAN).with_landing(money).with_landing(KEPT[1]).converted(2.0, "USD")
    assert work.landings[0].figures[0] == KeptFigure("revenue", 10.0, (10.0,), (8.0,), (12.0,))
    assert work.landings[1] == KEPT[1]


def test_fewer_that_held_than_chance_explains_is_said() -> None:
    rows = record(PLAN, won(4, 3, 1), KEPT)
    good = dataclasses.replace(rows[0], low=0.0)
    assert good.covered
    assert not rows[0].covered

    def said_of(covered: int) -> str:
        return kept_sentence(PLAN, 12, [good] * covered + [rows[0]] * (12 - covered))

    assert "in line with an 80% range" in said_of(8)  # P(at most 8 of 12 at 80 %) = 0.205
    assert "Fewer held than an 80% range should hold." in said_of(6)  # P(at most 6 of 12 at 80 %) = 0.0194


def test_few_landings_are_not_over_read() -> None:
    rows = record(PLAN, won(4, 3, 1), KEPT)
    assert kept_sentence(PLAN, 2, rows) == (
        "0 of 2 kept landings had the deals that came within their 80% range. On average the landing was 3.5 deals too "
        "high. It missed by 3.5; the last month carried on by 3, a straight line by 3.2. That is too few landings to "
        "judge by: of 2 good ranges some miss by chance. What they missed beyond chance widens today’s range."
    )
    assert "Fewer held than an 80% range should hold." in kept_sentence(PLAN, 6, rows * 3)
    assert "can be said when a further whole month is known" in kept_sentence(PLAN, 1, ())
    assert kept_sentence(PLAN, 0, ()).startswith("No landing is kept yet.")
