"""Goal seek: every root, to the target; the numbers worked out by hand; and what binds where there is none."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.ask import limits
from planner.ask.goal import curve, shortfall
from planner.ask.goal.reach import reach, scale_volumes
from planner.ask.goal.seeking import seek, seek_sure
from planner.ask.uncertainty.simulation import simulate
from planner.engine import forecast
from planner.errors import Binding, OutOfReach, PlanError
from planner.measure.metrics import measure
from planner.plan import Channel, Cost, Deal, Effort, Hire, Limit, Plan, Range, Stage, Team, replace
from planner.plan.levers import lever, levers, pull
from planner.plan.starter import starter
from tests.strategies import examples, plans

CHAIN = (("delivered", 0.98), ("replied", 0.03), ("positive", 1 / 3), ("appointment", 0.5))
SALES = (
    Stage("unique", "Unique", "appointment", 1.0, None, True),
    Stage("held", "Held", "unique", 0.7, None, True),
    Stage("won", "Won", "held", 0.2, None, True),
)


def chain(**fields: object) -> Plan:
    """One month of 10 000 e-mails at 0.98 · 0.03 · ⅓ · ½ · 0.7 · 0.2 = 0.000686 deals each."""
    stages = [Stage("sent", "Sent", None, 1.0)]
    for key, rate in CHAIN:
        stages.append(Stage(key, key.title(), stages[-1].key, rate, None, True))
    email = Channel("email", "email", "E-mail", 10000.0, tuple(stages))
    plan = Plan("Chain", "EUR", "2027-01", 1, "NO", "en", (email,), SALES, Deal(1000.0, 0.7))
    return replace(plan, **fields)


def worn(fixed: float = 10000.0) -> Plan:
    """60 (1 − exp(−x / 10 000)) appointments for x touches at 1 each and a fixed cost; one in ten becomes a deal."""
    booked = Stage("appointment", "Appointment", "sent", 0.006, None, main=True, tires=True)
    email = Channel("email", "email", "E-mail", 1000.0, (Stage("sent", "Sent", None, 1.0), booked), audience=10000.0)
    sales = (SALES[0], Stage("won", "Won", "unique", 0.1, None, True))
    costs = (Cost("tools", "Tools", fixed, "once"), Cost("fee", "Fee", 1.0, "email.sent"))
    return Plan("Worn", "EUR", "2027-01", 1, "NO", "en", (email,), sales, Deal(1000.0, 0.7), costs=costs)


def places(answers: tuple[Plan, ...], path: str) -> list[float]:
    return [lever(plan, path).value for plan in answers]


def test_twelve_deals_need_17_493_sends_or_a_win_rate_of_35_percent() -> None:
    (volume,) = places(seek(chain(), "email.volume", "won", 12.0), "email.volume")
    assert volume == pytest.approx(17492.71137026239, rel=1e-12)
    assert float(measure(chain(), "won", {"email.volume": math.ceil(volume)})) >= 12.0
    (rate,) = places(seek(chain(), "sales.won.rate", "won", 12.0), "sales.won.rate")
    assert rate == pytest.approx(0.3498542274052478, rel=1e-12)


def test_cac_against_spend_has_two_roots() -> None:
    volumes = places(seek(worn(), "email.volume", "cac", 6000.0), "email.volume")
    assert volumes == pytest.approx([5757.19532969757, 22018.431822064456], rel=1e-9)


def test_roots_close_together_are_both_found() -> None:
    low, high = places(seek(worn(), "email.volume", "cac", 5243.66), "email.volume")
    assert low < 11462.0 < high < low * 1.01


def test_below_the_least_cac_the_nearest_is_the_bottom_of_the_u() -> None:
    with pytest.raises(OutOfReach) as caught:
        seek(worn(), "email.volume", "cac", 4000.0)
    assert caught.value.value == pytest.approx(5243.6553677571155, rel=1e-9)
    assert lever(caught.value.nearest, "email.volume").value == pytest.approx(11462, abs=1)
    assert caught.value.binding == Binding("audience", ("email",))


def test_all_appointments_of_a_worn_audience_are_out_of_reach_and_the_audience_binds() -> None:
    with pytest.raises(OutOfReach) as caught:
        seek(worn(), "email.volume", "appointments", 61.0)
    assert caught.value.value == pytest.approx(60.0, rel=2e-3)
    assert (caught.value.binding.what, caught.value.binding.channels) == ("audience", ("email",))


@pytest.mark.parametrize(
    ("fields", "path", "target", "value", "what", "level"),
    [
        ({}, "sales.won.rate", 40.0, 34.3, "ceiling", 1.0),
        ({"limits": (Limit("email", 0.0, 15000.0),)}, "email.volume", 12.0, 10.29, "most", 15000.0),
        ({"limits": (Limit("email", 5000.0, None),)}, "email.volume", 1.0, 3.43, "least", 5000.0),
        ({}, "deal.value", 7.0, 6.86, "unmoved", math.nan),
    ],
)
def test_what_binds_is_a_value(
    fields: dict[str, object], path: str, target: float, value: float, what: str, level: float
) -> None:
    with pytest.raises(OutOfReach) as caught:
        seek(chain(**fields), path, "won", target)
    assert caught.value.value == pytest.approx(value, rel=1e-9)
    assert float(measure(caught.value.nearest, "won")) == pytest.approx(value, rel=1e-9)
    assert caught.value.binding.what == what
    assert caught.value.binding.level == pytest.approx(level, nan_ok=True)


def test_the_teams_hours_bind_to_the_minute_and_have_a_price() -> None:
    """January 2027 has 20 working days in Norway: 120 hours; a minute a mail makes 7 200 mails, 4.9392 deals.

    An hour more is 60 mails more: 60 · 0.000686 = 0.04116 deals. Twelve deals would take 17 493 mails.
    """
    plan = chain(team=Team(1.0, 0.0, 6.0), efforts=(Effort("email.sent", 1.0),))
    plan = pull(plan, "email.volume", 1000.0)
    with pytest.raises(OutOfReach) as caught:
        seek(plan, "email.volume", "won", 12.0)
    out, binding = caught.value, caught.value.binding
    assert lever(out.nearest, "email.volume").value == pytest.approx(7200.0, rel=1e-6)
    assert out.value == pytest.approx(4.9392, rel=1e-6)
    assert (binding.what, binding.level, binding.month) == ("hours", 120.0, 0)
    assert binding.price == pytest.approx(0.04116, rel=1e-6)
    assert lever(out.beyond, "email.volume").value == pytest.approx(17492.71137026239, rel=1e-9)


def test_the_hours_of_every_month_bind_not_their_sum() -> None:
    """Two reps less one in February: 240 and 120 hours. A minute a mail: 7 200 a month, not 10 800."""
    team = Team(2.0, 0.0, 6.0, 0.0, (Hire(1, -1.0),))
    plan = replace(chain(months=2, team=team, efforts=(Effort("email.sent", 1.0),)))
    plan = pull(plan, "email.volume", 1000.0)
    with pytest.raises(OutOfReach) as caught:
        seek(plan, "email.volume", "won", 12.0)
    assert lever(caught.value.nearest, "email.volume").value == pytest.approx(7200.0, rel=1e-6)
    assert (caught.value.binding.what, caught.value.binding.month) == ("hours", 1)


def test_volumes_have_several_roots_where_a_later_month_pays_better() -> None:
    """A list of 1 000 worked in two months whose second answers five times as well: most deals at 500 a month."""
    listed = chain(months=2)
    email = replace(listed.channels[0], volume=250.0)

    def deals(plan: Plan, moves: Mapping[str, Any]) -> Any:
        volume = np.asarray(moves["email.volume"], dtype=float)
        first = np.minimum(volume, 1000.0)
        return 0.02 * first + 0.1 * np.minimum(volume, 1000.0 - first)

    answers = seek(replace(listed, channels=(email,)), "email.volume", "", 48.0, reader=deals)
    assert places(answers, "email.volume") == pytest.approx([400.0, 650.0], rel=1e-9)


def test_a_jump_across_the_target_is_no_answer() -> None:
    """The result stands at 10 up to 3 000 touches and at 20 beyond: nothing brings 13, and 10 is nearest."""

    def stair(plan: Plan, moves: Mapping[str, Any]) -> Any:
        return np.where(np.asarray(moves["email.volume"]) > 3000.0, 20.0, 10.0)

    with pytest.raises(OutOfReach) as caught:
        seek(chain(), "email.volume", "", 13.0, reader=stair)
    assert (caught.value.value, caught.value.binding.what) == (10.0, "jump")


def test_an_answer_takes_at_most_eight_forecasts(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(*args: Any) -> Any:
        calls.append(args)
        return forecast(*args)

    for module in (curve, shortfall, limits):
        monkeypatch.setattr(module, "forecast", counted)
    plan = starter(start="2027-01")
    for path, metric, target in (
        ("email.volume", "won", 17.2), ("email.replied.rate", "cac", 11000.0), ("deal.value", "profit", 0.0),
        ("volumes", "won", 60.0), ("email.volume", "cac", 9000.0), ("sales.won.delay.median_days", "won", 17.0),
    ):  # fmt: skip
        calls.clear()
        with contextlib.suppress(OutOfReach):
            seek(plan, path, metric, target)
        assert 0 < len(calls) <= 8


def test_all_volumes_move_by_one_factor_and_locked_ones_stay() -> None:
    channel_plan = chain()
    other = replace(channel_plan.channels[0], key="more", volume=20000.0)
    plan = replace(channel_plan, channels=(*channel_plan.channels, other))
    (answer,) = seek(plan, "volumes", "won", 41.16)
    assert [c.volume for c in answer.channels] == pytest.approx([20000.0, 40000.0], rel=1e-12)
    locked = replace(plan, limits=(Limit("email", 10000.0, 10000.0),))
    (answer,) = seek(locked, "volumes", "won", 34.3)
    assert [c.volume for c in answer.channels] == pytest.approx([10000.0, 40000.0], rel=1e-12)
    assert float(measure(scale_volumes(locked, 2.0), "won")) == pytest.approx(34.3, rel=1e-12)
    with pytest.raises(PlanError, match="no active channel"):
        seek(replace(channel_plan, limits=(Limit("email", 10000.0, 10000.0),)), "volumes", "won", 1.0)


def test_where_nothing_is_defined_it_says_so() -> None:
    with pytest.raises(OutOfReach) as caught:
        seek(pull(chain(), "sales.won.rate", 0.0), "email.volume", "cac", 100.0)
    assert (caught.value.binding, math.isnan(caught.value.value)) == (Binding("undefined"), True)


def test_a_target_that_already_holds_leaves_the_plan_alone() -> None:
    plan = chain()
    assert seek(plan, "deal.value", "won", float(measure(plan, "won"))) == (plan,)


def test_a_gap_of_rounding_is_no_gap() -> None:
    """Ads that feed nothing move no deal; a batch of another size may sum to a neighbouring number."""
    plan = replace(starter("ads", "email"), feeds=(), assists=())
    deals = float(measure(plan, "won"))
    assert seek(plan, "ads.volume", "won", math.nextafter(deals, 0.0)) == (plan,)
    with pytest.raises(OutOfReach):
        seek(plan, "ads.volume", "won", deals * (1 + 1e-9))


def test_a_reader_reads_another_number() -> None:
    (answer,) = seek(chain(), "email.volume", "", 3.43, reader=lambda plan, moves: measure(plan, "won", moves) / 2)
    assert answer.channels[0].volume == pytest.approx(10000.0, rel=1e-12)


@examples(40)
@given(plans(), st.data())
def test_a_root_meets_its_target_and_otherwise_nothing_within_reach_does(plan: Plan, data: st.DataObject) -> None:
    """The target is what the metric is at a place drawn at random, so a root exists unless hours forbid it."""
    by_path = [item.path for item in levers(plan) if item.kind.link]
    path = data.draw(st.sampled_from(by_path))
    metric = data.draw(st.sampled_from(["won", "appointments", "cost", "profit", "cac", "hours", "lowest_cash"]))
    span = reach(plan, path)
    to = data.draw(st.sampled_from(sorted(span.points())))
    target = float(measure(plan, metric, span.moves(np.array([to])))[0])
    assume(math.isfinite(target))
    try:
        answers = seek(plan, path, metric, target)
    except OutOfReach as refused:
        if refused.binding.what not in ("hours", "pace", "audience", "complaints", "most", "least"):
            raise
        return
    steps = places(answers, path)
    assert steps == sorted(steps)
    for answer in answers:
        now = max(1e-3 * abs(float(measure(plan, metric))), abs(target)) if metric != "cac" else abs(target)
        assert float(measure(answer, metric)) == pytest.approx(target, rel=1e-8, abs=1e-8 * now + 1e-12)


def test_deals_at_a_confidence_are_the_least_that_reach_it() -> None:
    """Luck alone: the deals of one month are binomial, P(≥ 12 of n) is 80 % at n = 22 300 or so."""
    plan = chain()
    answers = seek_sure(plan, "email.volume", "won", 12.0, 0.8, draws=4096)
    volume = answers.channels[0].volume
    assert simulate(answers, draws=4096).chance("won", 12.0) >= 0.8
    assert simulate(pull(plan, "email.volume", volume * 0.999), draws=4096).chance("won", 12.0) < 0.8
    from scipy.stats import binom

    assert float(binom.sf(11, int(volume), 0.000686)) == pytest.approx(0.8, abs=0.02)


def test_confidence_on_a_range_is_the_quantile_of_the_range() -> None:
    """Won ∝ the win rate, whose tenth percentile is 0.1: 90 % sure of 12 takes 12 / 0.00343 · 0.7 · 0.1 e-mails."""
    plan = chain(ranges=(Range("sales.won.rate", 0.1, 0.35),))
    answers = seek_sure(plan, "email.volume", "won", 12.0, 0.9, draws=4096, counts=False)
    assert answers.channels[0].volume == pytest.approx(12.0 / (0.98 * 0.03 / 6 * 0.7 * 0.1), rel=2e-3)


def test_a_confidence_out_of_reach_says_what_is_the_best_chance() -> None:
    with pytest.raises(OutOfReach) as caught:
        seek_sure(chain(), "sales.won.rate", "won", 45.0, 0.8)
    assert caught.value.value == pytest.approx(simulate(pull(chain(), "sales.won.rate", 1.0)).chance("won", 45.0))
    assert caught.value.binding.what == "ceiling"


def test_the_surest_place_is_no_farther_out_than_it_helps() -> None:
    """A deal that is worth more is no more deals; a delay near 0 hardly beats one of a few days."""
    plan = starter(start="2027-01")
    with pytest.raises(OutOfReach) as still:
        seek_sure(plan, "deal.value", "won", 20.0, 0.9)
    assert (still.value.nearest, still.value.binding.what) == (plan, "unmoved")
    with pytest.raises(OutOfReach) as flat:
        seek_sure(plan, "sales.won.delay.median_days", "won", 20.0, 0.9)
    at_once = simulate(pull(plan, "sales.won.delay.median_days", 0.01)).chance("won", 20.0)
    assert at_once - 0.01 <= flat.value.value < 0.9
    assert lever(flat.value.nearest, "sales.won.delay.median_days").value > 1.0


def test_the_surest_place_need_not_be_the_one_that_brings_most() -> None:
    """Past its range a rate is taken as certain, and with the range goes the chance of a good year."""
    plan = starter(start="2027-01")
    with pytest.raises(OutOfReach) as caught:
        seek_sure(plan, "email.replied.rate", "won", 200.0, 0.9)
    assert caught.value.value == simulate(caught.value.nearest).chance("won", 200.0)
    assert caught.value.value >= simulate(plan).chance("won", 200.0)
