"""What happened, as a value: sources add up, uploads replace, and what nobody said is not 0."""

from __future__ import annotations

import datetime as dt
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actuals.actuals import Actuals, Choice, Fact
from planner.errors import BadActuals, PlanError
from planner.plan.starter import starter

PLAN = starter()
DAY = dt.date(2027, 3, 31)


def actuals(*facts: tuple[str, str, str, str, float]) -> Actuals:
    return Actuals(DAY, tuple(Fact(*fact) for fact in facts))


def test_missing_is_not_zero() -> None:
    reported = actuals(("a", "2027-01", "email", "sent", 0.0))
    assert reported.count("email.sent", PLAN)[0] == 0
    assert np.isnan(reported.count("email.sent", PLAN)[1:]).all()
    assert np.isnan(reported.count("email.replied", PLAN)).all()


def test_days_make_their_month_and_a_month_speaks_for_its_days() -> None:
    reported = actuals(
        ("a", "2027-01-03", "email", "sent", 5.0), ("a", "2027-01-04", "email", "sent", 6.0),
        ("a", "2027-02", "email", "sent", 50.0), ("a", "2027-02-03", "email", "sent", 7.0),
    )  # fmt: skip
    assert reported.count("email.sent", PLAN)[:2].tolist() == [11, 50]
    assert [fact.period for fact in reported.left_aside()] == ["2027-02-03"]


def test_where_two_sources_report_the_same_days_the_finer_counts_until_one_is_chosen() -> None:
    reported = actuals(("a", "2027-01-03", "email", "sent", 5.0), ("b", "2027-01", "email", "sent", 100.0))
    assert reported.count("email.sent", PLAN)[0] == 5
    assert [(o.channel, o.name, o.sources, o.first) for o in reported.overlaps()] == [
        ("email", "sent", ("a", "b"), "2027-01-03")
    ]
    assert reported.choosing(Choice("email", "sent", "b")).count("email.sent", PLAN)[0] == 100
    both = reported.choosing(Choice("email", "sent", None))
    assert both.count("email.sent", PLAN)[0] == 105
    assert both.overlaps() == ()


def test_a_range_is_shared_out_by_days_and_for_calls_by_working_days() -> None:
    week = "2027-01-29/2027-02-04"  # Friday to Thursday: three days of January, four of February
    reported = actuals(("a", week, "email", "sent", 70.0), ("a", week, "phone", "dials", 50.0))
    assert reported.count("email.sent", PLAN)[:2].tolist() == [30, 40]
    assert reported.count("phone.dials", PLAN)[:2].tolist() == [10, 40]  # one working day of January, four of February


def test_a_longer_export_of_the_same_source_takes_the_place_of_the_shorter() -> None:
    first = actuals(("a", "2027-01-01/2027-01-10", "ads", "clicked", 1000.0))
    second = actuals(("a", "2027-01-01/2027-01-25", "ads", "clicked", 2500.0))
    for joined in (first.joined(second), second.joined(first)):
        assert joined.count("ads.clicked", PLAN)[0] == 2500


def test_deals_of_no_channel_count_among_all() -> None:
    reported = actuals(("a", "2027-01", "email", "won", 2.0), ("a", "2027-01", "sales", "won", 3.0))
    assert reported.count("sales.won", PLAN)[0] == 5
    assert reported.count("email.won", PLAN)[0] == 2


def test_an_upload_of_the_same_days_replaces_them() -> None:
    first = actuals(
        ("a", "2027-01", "email", "sent", 5.0),
        ("a", "2027-02", "email", "sent", 5.0),
        ("b", "2027-01", "email", "sent", 1.0),
    )
    again = actuals(("a", "2027-01", "email", "sent", 8.0))
    assert first.joined(again).count("email.sent", PLAN)[:2].tolist() == [9, 5]
    assert first.joined(again).joined(again) == first.joined(again)
    assert first.joined(again).without("a").sources() == ("b",)


facts = st.builds(
    Fact, st.sampled_from("ab"), st.sampled_from(["2027-01", "2027-01-05", "2027-02-01"]), st.sampled_from(["email",
    "sms"]),
    st.sampled_from(["sent", "won"]), st.integers(0, 99).map(float),
)  # fmt: skip
several = st.lists(facts, max_size=8, unique_by=lambda f: (f.source, f.period, f.channel, f.name)).map(
    lambda f: Actuals(DAY, tuple(f))
)


@given(several, several, several)
def test_joining_does_not_depend_on_how_it_is_bracketed(a: Actuals, b: Actuals, c: Actuals) -> None:
    assert a.joined(a) == a
    assert a.joined(b).joined(c) == a.joined(b.joined(c))


periods = st.sampled_from(["2027-01", "2027-01-05", "2027-01-06", "2027-01-04/2027-01-10", "2027-01-29/2027-02-04"])
stories = st.lists(
    st.builds(Fact, st.sampled_from("ab"), periods, st.just("email"), st.just("sent"), st.integers(0, 99).map(float)),
    max_size=8,
    unique_by=lambda f: (f.source, f.period),
)


@given(stories, st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_same_facts_in_any_order_and_any_number_of_files_give_the_same_totals(
    story: list[Fact], random: Random, files: int
) -> None:
    shuffled = random.sample(story, len(story))
    joined = Actuals(DAY, ())
    for i in range(files):
        joined = joined.joined(Actuals(DAY, tuple(shuffled[i::files])))
    at_once = Actuals(DAY, tuple(story))
    assert np.array_equal(joined.count("email.sent", PLAN), at_once.count("email.sent", PLAN), equal_nan=True)


@given(several)
def test_what_counts_adds_up_to_the_same_months(reported: Actuals) -> None:
    assert np.array_equal(
        Actuals(DAY, reported.plain()).count("email.sent", PLAN), reported.count("email.sent", PLAN), equal_nan=True
    )


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadActuals, match="twice"):
        actuals(("a", "2027-01", "email", "sent", 5.0), ("a", "2027-01", "email", "sent", 5.0))
    with pytest.raises(BadActuals, match="0 or more"):
        Fact("a", "2027-01", "email", "sent", -1.0)
    with pytest.raises(BadActuals, match="not a month, a day"):
        Fact("a", "2027-02-30", "email", "sent", 1.0)
    with pytest.raises(PlanError, match=r"email\.nothing"):
        actuals().count("email.nothing", PLAN)
