"""What cannot be a plan is refused, with the path of the field and the mend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import PlanError
from planner.measure.metrics import METRICS
from planner.plan import (
    Assist,
    Channel,
    Cost,
    Deal,
    Delay,
    Effort,
    Evidence,
    Feed,
    Hire,
    Limit,
    Opening,
    Plan,
    Range,
    Stage,
    Target,
    Team,
    main_path,
    merged,
    replace,
)
from planner.plan.starter import starter
from tests.strategies import plans

PLAN = starter()
EMAIL = next(channel for channel in PLAN.channels if channel.key == "email")


def refused(path: str, mend: str, make: Callable[[], Any]) -> None:
    with pytest.raises(PlanError) as error:
        make()
    assert error.value.path == path
    assert mend in str(error.value)
    assert str(error.value).startswith(path)


def with_stages(*stages: Stage) -> Callable[[], Plan]:
    """The plan with a channel of these stages."""
    return lambda: replace(PLAN, channels=(Channel("fax", "custom", "Fax", 1.0, stages),), costs=(), efforts=(),
                           feeds=(), assists=(), ranges=())  # fmt: skip


ROOT = Stage("sent", "Sent", None, 1.0)
LATE = Delay(3.0, 2.0)


def main(key: str, of: str, **rest: Any) -> Stage:
    return Stage(key, key, of, 0.1, main=True, **rest)


def side(key: str, of: str) -> Stage:
    return Stage(key, key, of, 0.6, exclusive=True)


@pytest.mark.parametrize(("path", "make"), [
    ("x.rate", lambda bad: Stage("x", "X", None, bad)),
    ("e.volume", lambda bad: replace(EMAIL, key="e", volume=bad)),
    ("e.audience", lambda bad: replace(EMAIL, key="e", audience=bad)),
    ("e.touches_per_contact", lambda bad: replace(EMAIL, key="e", touches_per_contact=bad)),
    ("median_days", lambda bad: Delay(bad, 2.0)),
    ("p90_ratio", lambda bad: Delay(2.0, bad)),
    ("c.amount", lambda bad: Cost("c", "C", bad, "month")),
    ("email.sent.minutes", lambda bad: Effort("email.sent", bad)),
    ("reps", lambda bad: Hire(1, bad)),
    ("reps", lambda bad: Team(reps=bad)),
    ("purchases_per_year", lambda bad: Deal(1.0, 0.5, bad)),
    ("gross_margin", lambda bad: Deal(1.0, bad)),
    ("f.share", lambda bad: Feed("f", "email.sent", "landing", bad)),
    ("a.lift", lambda bad: Assist("a", "ads", "email.replied", bad, 1.0)),
    ("a.scale", lambda bad: Assist("a", "ads", "email.replied", 1.0, bad)),
    ("email.sent.count", lambda bad: Opening("email.sent", bad)),
    ("least", lambda bad: Limit("email", bad)),
    ("value", lambda bad: Target("won", bad)),
    ("correlation", lambda bad: replace(PLAN, correlation=bad)),
])  # fmt: skip
@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf"), -1e300, 1e300, "0.1", None])
def test_no_number_is_out_of_its_bounds(path: str, make: Callable[[Any], Any], bad: Any) -> None:
    if (path, bad) in (("e.audience", None), ("value", 1e300), ("value", -1e300)):
        return  # no audience is an unlimited one, and a wish has no bounds
    with pytest.raises(PlanError) as error:
        make(bad)
    assert error.value.path == path


@pytest.mark.parametrize(("path", "mend", "make"), [
    ("replied.rate", "lies between 0 and 1", lambda: Stage("replied", "R", None, 1.2)),
    ("replied.rate", "lies between 0 and 1", lambda: Stage("replied", "R", None, -0.1)),
    ("p90_ratio", "lies above 1", lambda: Delay(3.0, 1.0)),
    ("months", "greater than or equal to 1", lambda: replace(PLAN, months=0)),
    ("months", "less than or equal to 60", lambda: replace(PLAN, months=61)),
    ("currency", "such as EUR", lambda: replace(PLAN, currency="€")),
    ("start", "such as 2027-01", lambda: replace(PLAN, start="2027-13")),
    ("locale", "such as nb_NO", lambda: replace(PLAN, locale="<b>")),
    ("country", "such as NO", lambda: replace(PLAN, country="ZZ")),
    ("email.profile", "one multiplier per month or none", lambda: replace(PLAN, channels=(
        *(replace(c, profile=(1.0,) if c.key == "email" else ()) for c in PLAN.channels),))),
    ("channels.email", "rename or remove one", lambda: replace(PLAN, channels=(*PLAN.channels, EMAIL))),
    ("channels.sales", "take another", lambda: replace(PLAN, channels=(*PLAN.channels, replace(EMAIL, key="sales")))),
    ("channels.Mail", "small letters", lambda: replace(PLAN, channels=(replace(EMAIL, key="Mail"),))),
    ("costs.crm", "rename or remove one", lambda: replace(PLAN, costs=(*PLAN.costs, PLAN.costs[-3]))),
    ("costs.team", "another key", lambda: replace(PLAN, costs=(Cost("team", "T", 1.0, "month"),))),
    ("costs.x.per", "such as email.sent", lambda: replace(PLAN, costs=(Cost("x", "X", 1.0, "email.fax"),))),
    ("costs.x.channel", "name one of", lambda: replace(PLAN, costs=(Cost("x", "X", 1.0, "month", "fax"),))),
    ("costs.x.amount", "between 0 and 1", lambda: replace(PLAN, costs=(Cost("x", "X", 1.5, "revenue"),))),
    ("efforts.fax.sent.stage", "such as email.sent", lambda: replace(PLAN, efforts=(Effort("fax.sent", 1.0),))),
    ("opening.sales.won.stage", "such as", lambda: replace(PLAN, opening=(Opening("sales.won", 1.0),))),
    ("limits.fax.channel", "name one of", lambda: replace(PLAN, limits=(Limit("fax"),))),
    ("limits.email.most", "at least", lambda: replace(PLAN, limits=(Limit("email", 5.0, 4.0),))),
    ("feeds.f", "move landing up", lambda: replace(PLAN, feeds=(Feed("f", "landing.chats", "email", 0.1),))),
    ("feeds.f", "move email up", lambda: replace(PLAN, feeds=(Feed("f", "email.sent", "email", 0.1),))),
    ("feeds.f.source", "such as", lambda: replace(PLAN, feeds=(Feed("f", "sales.won", "email", 0.1),))),
    ("assists.a", "move phone up", lambda: replace(PLAN, assists=(Assist("a", "phone", "email.replied", 1.0, 1.0),))),
    ("assists.a.stage", "main stage", lambda: replace(PLAN, assists=(Assist("a", "ads", "email.sent", 1.0, 1.0),))),
    ("assists.a.stage", "main stage", lambda: replace(PLAN, assists=(Assist("a", "ads", "email.negative", 1.0, 1.0),))),
    ("assists.a.source", "name one of", lambda: replace(PLAN, assists=(Assist("a", "x", "email.replied", 1.0, 1.0),))),
    ("ranges.email.replied.rate", "widen it", lambda: replace(PLAN, ranges=(Range("email.replied.rate", 0.1, 0.2),))),
    ("ranges.email.replied.rate", "low lies below high",
     lambda: replace(PLAN, ranges=(Range("email.replied.rate", 0.01, 0.001),))),
    ("ranges.email.sent.rate", "strictly inside", lambda: replace(PLAN, ranges=(Range("email.sent.rate", 0.5, 1.0),))),
    ("ranges.correlation", "remove it", lambda: replace(PLAN, ranges=(Range("correlation", 0.1, 0.5),))),
    ("email.fax.rate", "names no number", lambda: replace(PLAN, ranges=(Range("email.fax.rate", 0.1, 0.5),))),
    ("channels", "remove some", lambda: replace(PLAN, channels=(EMAIL,) * 61)),
    ("note", "at most 4000", lambda: replace(PLAN, note="x" * 4001)),
    ("metric", "it is no metric; the metrics are touches", lambda: Target("luck", 1.0)),
    ("fax.stages", "exactly one", with_stages()),
    ("fax.stages", "exactly one", with_stages(ROOT, Stage("two", "Two", None, 1.0))),
    ("fax.replied.of", "name one that is", with_stages(ROOT, main("replied", "delivered"))),
    ("fax.a.of", "set one of them right", with_stages(ROOT, Stage("a", "A", "b", 0.1), Stage("b", "B", "a", 0.1))),
    ("fax.a.of", "set one of them right", with_stages(ROOT, Stage("a", "A", "a", 0.1))),
    ("fax.sent", "rename or remove one", with_stages(ROOT, ROOT)),
    ("fax.unique", "rename or remove one", with_stages(ROOT, main("unique", "sent"), main("unique", "sent"))),
    ("fax.a.main", "keep one", with_stages(ROOT, main("a", "sent"), main("b", "sent"))),
    ("fax.b.main", "set it there too", with_stages(ROOT, Stage("a", "A", "sent", 0.1), main("b", "a"))),
    ("fax.a.exclusive", "clear one", with_stages(ROOT, main("a", "sent", exclusive=True))),
    ("fax.sent.delay", "remove it", with_stages(replace(ROOT, delay=LATE))),
    ("fax.a.delay", "move it", with_stages(ROOT, main("a", "sent", delay=LATE), main("b", "a", tires=True))),
    ("fax.tires", "keep one", with_stages(ROOT, main("a", "sent", tires=True), main("b", "a", tires=True))),
    ("fax.c.rate", "lower one", with_stages(ROOT, main("a", "sent"), side("b", "sent"), side("c", "sent"))),
])  # fmt: skip
def test_what_cannot_be_is_refused_by_its_path(path: str, mend: str, make: Callable[[], Any]) -> None:
    refused(path, mend, make)


def test_neither_lists_nor_unknown_fields_nor_changes() -> None:
    refused("channels", "tuple", lambda: replace(PLAN, channels=list(PLAN.channels)))
    refused("sent.colour", "unexpected", lambda: Stage("sent", "Sent", None, 1.0, colour="red"))  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        PLAN.months = 3  # type: ignore[misc]


@given(plans())
def test_a_plan_is_a_value(plan: Plan) -> None:
    """Equal and alike in every set when made again, and rows of a funnel may stand in any order."""
    again = replace(plan, channels=tuple(replace(c, stages=tuple(reversed(c.stages))) for c in plan.channels))
    assert replace(again, channels=plan.channels) == plan
    assert len({plan, replace(again, channels=plan.channels)}) == 1


@given(st.integers(1, 60))
def test_every_number_of_months_from_1_to_60_is_a_plan(months: int) -> None:
    assert replace(PLAN, months=months).months == months


def test_the_main_path_runs_from_touches_to_deals_through_rows_of_the_channels_own() -> None:
    own = replace(EMAIL, stages=(*EMAIL.stages, Stage("won", "Own", "opportunity", 0.5, main=True)))
    path = main_path(merged(own.stages, PLAN.sales))
    keys = "sent delivered replied positive appointment unique held opportunity won"
    assert [stage.key for stage in path] == keys.split()
    assert path[-1].label == "Own"
    ads = PLAN.channels[0]
    assert merged(ads.stages, PLAN.sales) == ads.stages


def test_targets_know_every_metric() -> None:
    for metric in METRICS:
        assert Target(metric, 1.0).metric == metric


def test_evidence_keeps_its_words() -> None:
    refused("deal.value.source", "at most 400", lambda: Evidence("deal.value", "x" * 401))


def test_what_a_month_multiplies_has_one_number_a_month_or_none() -> None:
    plan = starter("email")
    email = plan.channels[0]
    stages = tuple(replace(s, by_month=(1.0, 0.5)) if s.key == "replied" else s for s in email.stages)
    with pytest.raises(PlanError, match="one multiplier per month or none") as refused:
        replace(plan, channels=(replace(email, stages=stages),))
    assert refused.value.path == "email.replied.by_month"


@pytest.mark.parametrize(("cost", "path"), [
    (Cost("c", "C", 1.0, "month", first=3, last=2), "costs.c.last"),
    (Cost("c", "C", 1.0, "once", last=2), "costs.c.last"),
    (Cost("c", "C", 1.0, "month", step=10.0), "costs.c.step"),
    (Cost("c", "C", 0.1, "revenue", step=10.0), "costs.c.step"),
])  # fmt: skip
def test_a_cost_runs_from_a_first_to_a_later_last_month_and_only_stages_come_in_steps(cost: Cost, path: str) -> None:
    with pytest.raises(PlanError) as refused:
        replace(starter("email"), costs=(cost,))
    assert refused.value.path == path


def test_a_range_holds_the_value_at_which_it_was_typed() -> None:
    plan = replace(starter("email"), ranges=(Range("email.replied.rate", 0.2, 0.4, at=0.3),))
    assert plan.ranges[0].at == 0.3
    with pytest.raises(PlanError, match="leaves out the value"):
        replace(plan, ranges=(Range("email.replied.rate", 0.2, 0.4, at=0.5),))
