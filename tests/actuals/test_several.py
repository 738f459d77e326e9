"""Several files: the same facts give the same totals, in whatever order and however they are split."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from planner.actuals.actuals import Actuals, Fact
from planner.actuals.facts import Timing
from planner.actuals.several import Clash, together

DAYS = [f"2027-01-{day:02d}" for day in range(1, 11)]
facts = st.builds(
    lambda source, day, name, value: Fact(source, day, "email", name, float(value)),
    st.sampled_from(["CRM", "Mailer"]), st.sampled_from(DAYS), st.sampled_from(["sent", "replied"]), st.integers(0, 9),
)  # fmt: skip
files = st.lists(
    st.builds(
        lambda day, of: Actuals(dt.date(2027, 1, day), tuple(of)),
        st.integers(10, 12), st.lists(facts, min_size=1, max_size=6, unique_by=lambda f: (f.source, f.period, f.name)),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@given(files)
def test_the_order_of_files_does_not_matter(parts: list[Actuals]) -> None:
    assert len({repr(together(order)) for order in itertools.permutations(parts)}) == 1


@given(st.lists(facts, min_size=2, max_size=12, unique_by=lambda f: (f.source, f.period, f.name)), st.integers(1, 11))
def test_facts_split_over_files_are_the_same_facts(facts: list[Fact], cut: int) -> None:
    day = dt.date(2027, 1, 10)
    parts = [Actuals(day, tuple(part)) for part in (facts[:cut], facts[cut:], facts[:1]) if part]
    assert together(parts).actuals == Actuals(day, tuple(facts))
    assert together(parts).clashes == ()


def test_of_one_figure_told_twice_the_one_known_later_counts_and_equals_clash() -> None:
    early, later, other = (
        Actuals(dt.date(2027, 1, day), (Fact("CRM", "2027-01-04", "email", "opened", value),))
        for day, value in ((10, 9.0), (25, 12.0), (25, 13.0))
    )
    assert [fact.value for fact in together([later, early]).actuals.facts] == [12]
    assert together([later, early]).clashes == ()
    assert together([later, early, other]).clashes == (Clash("CRM", "email", "opened", 1),)


def test_of_dates_told_twice_those_known_later_count_in_any_order() -> None:
    early, later = (
        Actuals(day, (), timings=(Timing("CRM", "sales.won", day, (730_000,), (lag,)),))
        for day, lag in ((dt.date(2027, 1, 31), -1), (dt.date(2027, 2, 28), 20))
    )
    for parts in ([early, later], [later, early]):
        assert together(parts).actuals.timings == later.timings
