"""Laws of the forecast: it is the oracle's, a batch is each of its plans, nothing is lost, more is never less."""

from __future__ import annotations

import gc
import math
from typing import Any
from weakref import ref

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.calendar import working_days
from planner.engine import forecast
from planner.errors import PlanError
from planner.measure.metrics import METRICS, measure, read
from planner.plan import Assist, Channel, Cost, Deal, Delay, Feed, Hire, Opening, Plan, Stage, Team, merged, replace
from planner.plan.levers import Lever, kind_of_lever, levers, pull
from planner.plan.levers import lever as find
from planner.plan.starter import starter
from tests.oracle import oracle
from tests.strategies import examples, plans


def close(a: Any, b: Any, whole: Any = 0.0) -> None:
    """Equal to 1e-9, or to 1e-12 of the whole that a small remainder, a month or the tail, is what is left of."""
    whole = float(np.abs(whole).sum() + np.abs(b).sum())
    np.testing.assert_allclose(a, b, rtol=1e-9, atol=max(1e-9, 1e-12 * whole))


def funnel(plan: Plan) -> list[str]:
    """All stage paths of the channels that count."""
    return [f"{c.key}.{s.key}" for c in plan.channels if c.active for s in merged(c.stages, plan.sales)]


def check_against_the_oracle(plan: Plan) -> None:
    result, wanted = forecast(plan), oracle(plan)
    for path in [*funnel(plan), *(f"sales.{stage.key}" for stage in plan.sales)]:
        close(result.arrivals[path], wanted.at(path)[:-1])
        close(result.tail[path], wanted.at(path)[-1])
    close(result.cost, wanted.cost[:-1])
    close(result.costs("tail"), wanted.cost[-1], wanted.cost)
    close(result.hours_available, wanted.hours_available)
    close(result.payroll(), wanted.payroll)
    for row in result.cost_rows("months"):
        if row.key != "team":
            close(row.amount, wanted.cost_rows[row.key][:-1])
    for key in result.channels:
        close(result.hours("months", key), wanted.hours[key][:-1])
        close(result.hours("tail", key), wanted.hours[key][-1], wanted.hours[key])
        close(result.costs("months", key), wanted.cost_of[key][:-1])
        close(result.costs("tail", key), wanted.cost_of[key][-1], wanted.cost_of[key])
        close(result.revenue("months", key), wanted.revenue[key][:-1])
        close(result.gross_profit("tail", key), wanted.gross_profit[key][-1], wanted.gross_profit[key])


@given(plans())
def test_it_is_the_oracles(plan: Plan) -> None:
    check_against_the_oracle(plan)


@given(plans())
def test_what_openings_bring_stands_apart(plan: Plan) -> None:
    result, wanted = forecast(plan), oracle(plan)
    for path in funnel(plan):
        place = (path.split(".")[0], path.split(".")[1])
        own, born = (result.count(path, "months", opening=opened) for opened in (False, True))
        close(own, wanted.own[place][:-1])
        close(born, wanted.born[place][:-1])
        close(own + born, result.arrivals[path])


@given(plans())
def test_what_a_stage_accepts_arrives_or_is_in_the_tail(plan: Plan) -> None:
    result, wanted = forecast(plan), oracle(plan)
    for channel in plan.channels:
        if channel.active:
            for stage in merged(channel.stages, plan.sales):
                here, above = (channel.key, stage.key), (channel.key, stage.of or "")
                accepted = sum(n * r for n, r in zip(wanted.arrivals(*above), wanted.rate[here], strict=True))
                opened = sum(o.count for o in plan.opening if o.stage == ".".join(here))
                close(result.count(stage.key, "all", channel.key), accepted + opened)


def agree(plan: Plan, moves: dict[str, Any]) -> None:
    """A batch is, move by move, the forecast of the plan with that move pulled: all stages and metrics."""
    shape = np.broadcast_shapes(*(np.shape(to) for to in moves.values()))
    batch = forecast(plan, moves)
    assert batch.shape == shape
    for move in np.ndindex(shape):
        pulled = plan
        for path, to in moves.items():
            pulled = pull(pulled, path, float(np.broadcast_to(to, shape)[move]))
        single = forecast(pulled)
        for path in funnel(plan):
            close(batch.arrivals[path][move], single.arrivals[path])
            close(batch.tail[path][move], single.tail[path])
        for metric in METRICS:
            for channel in (None, *single.channels):
                for tail, by_month in ((False, False), (True, False), (False, True)):
                    got = read(batch, metric, channel=channel, tail=tail, by_month=by_month)
                    assert got.shape == ((*shape, plan.months) if by_month else shape)
                    close(got[move], read(single, metric, channel=channel, tail=tail, by_month=by_month))


@st.composite
def moved(draw: st.DrawFn) -> tuple[Plan, dict[str, Any]]:
    """A plan and up to four moves of any of its levers, of no, one or two dimensions."""
    plan = draw(plans())
    exclusive = {f"{c.key}.{s.key}.rate" for c in plan.channels for s in c.stages if s.exclusive} | {"sales.lost.rate"}
    shape = draw(st.sampled_from([(), (2,), (2, 2)]))
    moves = {}
    for lever in draw(
        st.lists(st.sampled_from(levers(plan)), min_size=1, max_size=4, unique_by=lambda item: item.path)
    ):
        low = lever.kind.low + 0.01 if lever.kind.above else max(lever.kind.low, -2.0)
        high = lever.value if lever.path in exclusive else min(lever.kind.high, max(3.0 * abs(lever.value), 2.0))
        size = draw(st.sampled_from([shape, shape[-1:], (2, 1)] if len(shape) == 2 else [shape]))
        values = st.lists(st.floats(low, high), min_size=int(np.prod(size)), max_size=int(np.prod(size)))
        moves[lever.path] = np.reshape(np.round(draw(values), 6), size)
    return plan, moves


@given(moved())
@examples(25)
def test_a_batch_is_each_of_its_plans(case: tuple[Plan, dict[str, Any]]) -> None:
    agree(*case)


def test_a_batch_that_nobody_holds_is_freed_at_once() -> None:
    """The batches of a drag would pile up until the garbage collector comes."""
    moved = {"email.volume": np.linspace(1.0, 1000.0, 5), "email.sent.rate": np.linspace(0.5, 1.0, 5)}
    gc.collect()
    gc.disable()
    try:
        deals = forecast(starter(), moved).count("won", "plan")
        total = ref(deals)
        del deals
        assert total() is None
    finally:
        gc.enable()


def rich() -> Plan:
    """Everything at once: audience, profile, feeds, assists, openings, side outcomes, a sales stage of its own."""
    plan = starter("ads", "email", "landing")
    ads, email, landing = plan.channels
    won = Stage("won", "Won", "opportunity", 0.3, Delay(40.0, 2.0), main=True)
    email = replace(email, audience=3000.0, stages=(*email.stages, won))
    tired = tuple(replace(stage, tires=stage.key == "leads") for stage in landing.stages)
    landing = replace(landing, audience=2000.0, stages=tired, profile=(1.0, 0.5, 2.0, 1.0, 1.5))
    return replace(
        plan, months=5, channels=(ads, email, landing),
        assists=(*plan.assists, Assist("mail", "email", "landing.leads", 3.0, 5000.0)),
        opening=(Opening("email.replied", 40.0), Opening("landing.leads", 9.0), Opening("landing.opportunity", 3.0)),
        team=replace(plan.team, hires=(Hire(1, 2.0), Hire(3, -1.0))),
    )  # fmt: skip


RICH = rich()


def swung(path: str, value: float, factors: tuple[float, ...]) -> list[float]:
    """Values about the lever's, inside its bounds."""
    kind = kind_of_lever(RICH, path)
    least = max(kind.low, 1.0) if kind.above else kind.low
    return [float(np.clip(value * factor, least * 1.001 if kind.above else least, kind.high)) for factor in factors]


@pytest.mark.parametrize("lever", levers(RICH), ids=lambda lever: lever.path)
def test_every_lever_in_a_batch_is_the_lever_pulled(lever: Lever) -> None:
    moves = {lever.path: np.array(swung(lever.path, lever.value, (0.0, 0.6, 1.0)))}
    batch = forecast(RICH, moves)
    for i, to in enumerate(moves[lever.path]):
        single = forecast(pull(RICH, lever.path, float(to)))
        for path in funnel(RICH):
            close(batch.arrivals[path][i], single.arrivals[path])
        for metric in ("cost", "hours", "utilisation", "contacts", "clv", "cash"):
            close(read(batch, metric, by_month=True)[i], read(single, metric, by_month=True))
            close(read(batch, metric, tail=True)[i], read(single, metric, tail=True))
            close(read(batch, metric, channel="email")[i], read(single, metric, channel="email"))


def test_any_two_levers_together_are_both_pulled() -> None:
    all_levers = levers(RICH)
    for i, first in enumerate(all_levers):
        second = all_levers[(i * 7 + 3) % len(all_levers)]
        if first.path != second.path:
            across, down = (swung(lever.path, lever.value, (0.6, 1.0)) for lever in (first, second))
            moves = {first.path: np.array(across)[:, None], second.path: np.array(down)}
            batch = forecast(RICH, moves)
            single = forecast(pull(pull(RICH, first.path, across[0]), second.path, down[1]))
            for path in ("landing.appointment", "email.negative", "won", "lost"):
                close(batch.arrivals[path][0, 1], single.arrivals[path])
            close(batch.cost[0, 1], single.cost)
            close(read(batch, "hours", channel="landing")[0, 1], read(single, "hours", channel="landing"))


def test_moves_of_every_lever_at_once_are_the_plan_with_all_of_them() -> None:
    up = {lever.path: swung(lever.path, lever.value, (0.9,))[0] for lever in levers(RICH)}
    pulled = RICH
    for path, to in up.items():
        pulled = pull(pulled, path, to)
    batch, single = forecast(RICH, {path: np.full(3, to) for path, to in up.items()}), forecast(pulled)
    for path in funnel(RICH):
        close(batch.arrivals[path], np.broadcast_to(single.arrivals[path], (3, RICH.months)))
    close(batch.cost, np.broadcast_to(single.cost, (3, RICH.months)))


def unseasoned(plan: Plan) -> Plan:
    """The plan without rates by month: in them more touches can use a list up before its best months."""
    steady = tuple(
        replace(c, stages=tuple(replace(stage, by_month=()) for stage in c.stages)) for c in plan.channels
    )  # fmt: skip
    return replace(plan, channels=steady, sales=tuple(replace(stage, by_month=()) for stage in plan.sales))


@given(plans(assists=False), st.data())
def test_more_is_never_fewer_deals(plan: Plan, data: st.DataObject) -> None:
    """More touches, a higher main rate or a shorter median, where feeds leave main stages and nothing assists."""
    mains = {f"{c.key}.{s.key}" for c in plan.channels for s in merged(c.stages, plan.sales) if s.main or s.of is None}
    plan = unseasoned(replace(plan, feeds=tuple(f for f in plan.feeds if f.source in mains)))
    up = [f"{c.key}.volume" for c in plan.channels]
    for prefix, stages in (*((c.key, c.stages) for c in plan.channels), ("sales", plan.sales)):
        up += [f"{prefix}.{s.key}.rate" for s in stages if s.main or s.of is None]
        up += [f"{prefix}.{s.key}.delay.median_days" for s in stages if s.delay and s.main]
    lever = find(plan, data.draw(st.sampled_from(up)))
    shorter = lever.path.endswith("days")
    to = data.draw(st.floats(0.02, lever.value) if shorter else st.floats(lever.value, min(lever.kind.high, 1e5)))
    assume(shorter or to >= lever.value)
    before, after = (forecast(p).count("won", "plan") for p in (plan, pull(plan, lever.path, to)))
    assert after >= before * (1 - 1e-9) - 1e-9


@given(plans())
def test_identities_of_the_money(plan: Plan) -> None:
    def of(metric: str, **how: Any) -> Any:
        return measure(plan, metric, **how)

    for how in ({}, {"tail": True}, {"by_month": True}):
        own = forecast(plan).count("won", "months" if how.get("by_month") else "all" if how else "plan", opening=False)
        won = np.where(own >= 1e-9, own, np.nan)
        close(of("cac", **how) * won, np.where(own >= 1e-9, of("cost", **how), np.nan))
        close(of("roi", **how), of("revenue_to_cost", **how) - 1)
        close(of("profit", **how), of("gross_profit", **how) - of("cost", **how))
        cac = np.where(of("cac", **how) > 0, of("cac", **how), np.nan)
        close(of("clv_to_cac", **how) * cac, of("clv", **how) + 0 * cac)
        parts = [of("cost", channel=c.key, **how) for c in plan.channels if c.active]
        if parts:
            close(sum(parts), of("cost", **how))
    for metric in ("touches", "appointments", "won", "revenue", "cost", "hours"):
        months, total = of(metric, by_month=True).sum(), of(metric)
        close(months, total)
        assert of(metric, tail=True) >= total - 1e-9
    close(of("cash", by_month=True)[-1], of("profit"))
    close(of("cash", tail=True), of("profit", tail=True))
    assert of("lowest_cash") == min(of("cash", by_month=True))


@given(plans())
def test_break_even_is_the_month_after_which_cash_stays_up(plan: Plan) -> None:
    cash, month = measure(plan, "cash", by_month=True), measure(plan, "break_even_month")
    if np.isnan(month):
        assert cash[-1] < 0
    else:
        assert (cash[int(month) - 1 :] >= 0).all()
        assert month == 1 or cash[int(month) - 2] < 0


def test_deals_that_all_land_long_after_the_plan_have_no_cac() -> None:
    """Half within 300 days, nine in ten within 315: nothing in five months, all in the tail."""
    late = replace(starter("email"), months=5)
    for path, to in (("sales.won.delay.median_days", 300.0), ("sales.won.delay.p90_ratio", 1.05)):
        late = pull(late, path, to)
    assert measure(late, "won") == 0
    assert np.isnan(measure(late, "cac"))
    assert np.isfinite(measure(late, "cac", tail=True))


@pytest.mark.parametrize("volume", [0.0, 1e9])
def test_no_touches_and_a_billion_of_them(volume: float) -> None:
    plan = replace(RICH, channels=tuple(replace(c, volume=volume) for c in RICH.channels), feeds=(), opening=())
    won, cac = measure(plan, "won", tail=True), measure(plan, "cac")
    if volume:
        reached = 3000.0 * 4.0 * 0.965 * 0.005  # touches that meet fresh people, delivered, replied
        close(forecast(plan).count("replied", "all", "email"), reached * min(1 + 0.1, 1 / 0.005))
        assert np.isfinite([won, cac]).all()
    else:
        assert won == 0
        assert np.isnan(cac)


def test_a_plan_without_channels_costs_its_team_and_brings_nothing() -> None:
    for plan in (
        replace(RICH, channels=tuple(replace(c, active=False) for c in RICH.channels)),
        replace(RICH, channels=tuple(replace(c, active=False) for c in RICH.channels), team=Team()),
    ):
        zero = {"deal.value": np.array([1.0, 2.0])}
        for metric in METRICS:
            assert measure(plan, metric, zero, by_month=True).shape == (2, 5)
            assert measure(plan, metric, zero, tail=True).shape == (2,)
        close(measure(plan, "won"), 0.0)
        close(measure(plan, "touches"), 0.0)
        fixed = 5 * 600.0 + 4000.0  # CRM and set-up belong to no channel
        close(measure(plan, "cost"), fixed + forecast(plan).payroll().sum() * plan.team.cost_per_month)


@pytest.mark.parametrize(("moves", "path"), [
    ({"email.replied.rate": [0.1, 1.2]}, "email.replied.rate"),
    ({"email.replied.rate": [0.1, float("nan")]}, "email.replied.rate"),
    ({"email.replied.rate": [-0.0, 1.2]}, "email.replied.rate"),
    ({"email.replied.rate": [[0.1, 0.2], [0.3, -0.1]]}, "email.replied.rate"),
    ({"email.volume": float("inf")}, "email.volume"),
    ({"email.volume": -1.0}, "email.volume"),
    ({"email.replied.delay.p90_ratio": [1.0]}, "email.replied.delay.p90_ratio"),
    ({"email.audience": [0.0]}, "email.audience"),
    ({"costs.commission.amount": [1.5]}, "costs.commission.amount"),
    ({"email.nothing.rate": 0.1}, "email.nothing.rate"),
    ({"email.volume": "many"}, "email.volume"),
    ({"email.volume": [[1.0, 2.0], [3.0]]}, "email.volume"),
    ({"ads.volume": [1.0, 2.0], "email.volume": [1.0, 2.0, 3.0]}, "email.volume"),
])  # fmt: skip
def test_moves_out_of_bounds_are_refused_by_name(moves: dict[str, Any], path: str) -> None:
    with pytest.raises(PlanError, match=path) as refused:
        forecast(RICH, moves)
    assert refused.value.path == path


def test_moves_of_single_numbers_of_every_rate_are_the_plan_with_them() -> None:
    rates = {lever.path: 0.9 * lever.value for lever in levers(RICH) if lever.path.endswith(".rate")}
    agree(RICH, rates)
    assert forecast(RICH, {path: [] for path in rates}).count("won", "plan").shape == (0,)


def test_unknown_metric_and_channel_are_refused() -> None:
    with pytest.raises(PlanError, match="is no metric"):
        measure(RICH, "luck")
    with pytest.raises(PlanError, match="is no channel"):
        measure(RICH, "won", channel="fax")
    with pytest.raises(PlanError, match="names no stage"):
        forecast(RICH).arrivals["email.fax"]


def test_a_channel_fed_only_by_openings_wears_its_audience_out() -> None:
    """Touches of a channel stand before its tiring stage, also where an opening's strand has no touches at all."""
    plan = replace(RICH, feeds=(), assists=(), opening=(Opening("landing.leads", 10.0),))
    close(forecast(plan).count("leads", "plan", "landing", opening=True), 10.0)
    close(forecast(plan).arrivals["landing.leads"], oracle(plan).at("landing.leads")[:-1])


def test_exclusive_shares_that_a_batch_moves_above_one_are_divided_over_channel_and_sales() -> None:
    """Of 100 opportunities 40 are won; "lost" at 0.9 and "later" at 0.3 share the other 60 by 3 : 1."""
    later = Stage("later", "Later", "opportunity", 0.1, exclusive=True)
    stages = (Stage("sent", "Sent", None, 1.0), Stage("appointment", "Appointment", "sent", 1.0, main=True), later)
    sales = (
        Stage("opportunity", "Opportunity", "appointment", 1.0, main=True),
        Stage("won", "Won", "opportunity", 0.4, main=True),
        Stage("lost", "Lost", "opportunity", 0.6, exclusive=True),
    )
    channel = Channel("email", "custom", "E-mail", 100.0, stages)
    plan = Plan("Split", "EUR", "2027-01", 1, "NO", "en", (channel,), sales, Deal(1.0, 1.0))
    batch = forecast(plan, {"sales.lost.rate": [0.9, 0.6], "email.later.rate": [0.3, 0.3]})
    close(batch.arrivals["lost"][:, 0], [45.0, 36.0])
    close(batch.arrivals["email.later"][:, 0], [15.0, 18.0])
    only = forecast(plan, {"email.later.rate": [0.9]})
    close([only.arrivals["lost"][0, 0], only.arrivals["email.later"][0, 0]], [24.0, 36.0])
    with pytest.raises(PlanError, match="at most 1"):
        pull(plan, "email.later.rate", 0.5)


def one_channel(*stages: Stage, **fields: Any) -> Plan:
    """A plan of one channel and nothing behind it; 100 touches a month over three months unless said otherwise."""
    root = Stage("touched", "Touched", None, 1.0)
    months = fields.pop("months", 3)
    channel = Channel("post", "custom", "Post", fields.pop("volume", 100.0), (root, *stages), **fields)
    return Plan("One", "EUR", "2027-01", months, "NO", "en", (channel,), (), Deal(100.0, 0.5))


def test_a_stage_that_is_exclusive_and_tires_keeps_its_wear_in_a_batch() -> None:
    plan = one_channel(
        Stage("appointment", "Appointment", "touched", 0.5, main=True),
        Stage("no", "No", "touched", 1.0, exclusive=True, tires=True), audience=100.0,
    )  # fmt: skip
    worn = [100 * 0.5 * (math.exp(-t) - math.exp(-t - 1)) for t in range(3)]  # 31.6, 11.6, 4.3
    close(forecast(plan).arrivals["post.no"], worn)
    close(forecast(plan, {"post.appointment.rate": [0.5, 0.5]}).arrivals["post.no"][1], worn)
    close(forecast(plan, {"post.no.rate": [1.0, 0.5]}).arrivals["post.no"][0], worn)
    agree(plan, {"post.volume": np.array([50.0, 100.0]), "post.appointment.rate": np.array([0.2, 0.5])})


def test_a_list_worked_in_order_wears_nothing_until_it_is_used_up() -> None:
    """250 contacts: all of 100 and 100 touches meet someone, then 50 of 100; with 30 new ones a month 110 − 0, 110 …"""
    reply = Stage("appointment", "Appointment", "touched", 0.1, main=True, tires=True)
    plan = one_channel(reply, audience=250.0, coverage="in_order")
    close(forecast(plan).arrivals["post.appointment"], [10.0, 10.0, 5.0])
    close(forecast(pull(plan, "post.fresh", 20.0)).arrivals["post.appointment"], [10.0, 10.0, 9.0])
    close(forecast(plan, {"post.fresh": [0.0, 20.0]}).arrivals["post.appointment"][:, 2], [5.0, 9.0])
    close(forecast(pull(plan, "post.volume", 250.0)).arrivals["post.appointment"], [25.0, 0.0, 0.0])


def test_random_coverage_meets_those_who_join() -> None:
    """A list of 100 that 50 join in the second month; 100 touches a month reach 1 − 1/e of a list of 100."""
    plan = one_channel(
        Stage("appointment", "Appointment", "touched", 1.0, main=True, tires=True), months=2, audience=100.0, fresh=50.0
    )
    untouched = 100 / math.e + 50
    reached = untouched / 150 * (1 - math.exp(-100 / 150)) / (100 / 150)
    close(forecast(plan).arrivals["post.appointment"], [100 * (1 - 1 / math.e), 100 * reached])


def test_more_touches_can_use_a_list_up_before_its_best_month() -> None:
    """A list of 1 000 over two months whose second month replies five times as well."""
    plan = one_channel(
        Stage("appointment", "Appointment", "touched", 0.1, main=True, tires=True, by_month=(0.2, 1.0)),
        months=2, audience=1000.0, coverage="in_order",
    )  # fmt: skip
    deals = forecast(plan, {"post.volume": [250.0, 500.0, 750.0, 1000.0]}).arrivals["post.appointment"].sum(axis=1)
    close(deals, [30.0, 60.0, 40.0, 20.0])


def test_a_rate_by_month_is_capped_at_one_last_and_the_tail_goes_at_its_last_twelve_months() -> None:
    """0.6 · (0.5, 2) is 0.3 and 1, not 1.2; what comes after the plan counts at the mean of the multipliers, 1.25."""
    late = Delay(400.0, 1.05)
    plan = one_channel(
        Stage("seen", "Seen", "touched", 0.6, main=True, by_month=(0.5, 2.0), delay=late),
        Stage("appointment", "Appointment", "seen", 0.4, main=True, by_month=(0.5, 2.0)), months=2,
    )  # fmt: skip
    close(forecast(plan).tail["post.seen"], 30.0 + 100.0)
    close(forecast(plan).tail["post.appointment"], 130.0 * 0.4 * 1.25)


def test_deals_are_worth_what_their_channel_sells() -> None:
    plan = starter("email", "linkedin")
    own = Deal(40000.0, 0.5, 2.0, 4.0)
    channels = tuple(replace(c, deal=own if c.key == "linkedin" else None) for c in plan.channels)
    priced = forecast(replace(plan, channels=channels))
    won = {key: priced.count("won", "plan", key) for key in ("email", "linkedin")}
    usual = plan.deal
    close(priced.revenue("plan"), won["email"] * usual.value + won["linkedin"] * 40000.0)
    close(priced.gross_profit("plan"), won["email"] * usual.value * usual.gross_margin + won["linkedin"] * 20000.0)
    worth = usual.value * usual.gross_margin * usual.lifetime_years * usual.purchases_per_year
    mean = (won["email"] * worth + won["linkedin"] * 160000.0) / sum(won.values())
    close(read(priced, "clv"), mean)
    close(read(priced, "clv_to_cac"), mean * sum(won.values()) / priced.costs("plan"))
    close(read(priced, "payback_months", channel="linkedin"), 12 * read(priced, "cac", channel="linkedin") / 40000.0)
    idle = {"email.volume": [0.0], "linkedin.volume": [0.0]}
    assert np.isnan(read(forecast(priced.plan, idle), "clv")).all()
    alike = {"linkedin.deal.value": [usual.value], "linkedin.deal.gross_margin": [usual.gross_margin],
             "linkedin.deal.purchases_per_year": [1.0], "linkedin.deal.lifetime_years": [3.0]}  # fmt: skip
    close(read(forecast(priced.plan, idle | alike), "clv"), worth)


def test_costs_run_over_their_months_and_rise_a_step_at_a_time() -> None:
    """90 touches a month in steps of 40 are three steps; in the tail steps are shares."""
    sent = "post.touched"
    plan = replace(one_channel(volume=90.0, months=4), costs=(
        Cost("seat", "Seat", 10.0, sent, step=40.0), Cost("tool", "Tool", 5.0, "month", first=1, last=2),
        Cost("kick", "Kick-off", 7.0, "once", first=3), Cost("list", "List", 1.0, sent, first=2),
    ))  # fmt: skip
    rows = {row.key: row.amount for row in forecast(plan).cost_rows("months")}
    close(rows["seat"], [30.0] * 4)
    close(rows["tool"], [0.0, 5.0, 5.0, 0.0])
    close(rows["kick"], [0.0, 0.0, 0.0, 7.0])
    close(rows["list"], [0.0, 0.0, 90.0, 90.0])
    batch = forecast(plan, {"costs.seat.step": [30.0, 90.0, 91.0], "post.volume": [90.0, 0.0, 91.5]})
    close(batch.cost_rows("months")[0].amount[0], [30.0, 0.0, 20.0])
    late = Stage("appointment", "Appointment", "touched", 0.5, Delay(900.0, 1.05), main=True)
    tail = replace(one_channel(late, months=4), costs=(
        Cost("in", "In", 10.0, "post.appointment", step=80.0), Cost("out", "Out", 10.0, "post.appointment", last=2),
    ))  # fmt: skip
    close([row.amount for row in forecast(tail).cost_rows("tail")][:2], [200 / 80 * 10.0, 0.0])


def test_a_pace_caps_a_month_by_its_working_days_and_heads() -> None:
    """January 2027 in Norway has 20 working days, four weeks; a hire counts from the first day, ramped or not."""
    plan = replace(
        one_channel(pace=50.0), team=Team(2.0, ramp_months=3.0, hires=(Hire(1, 1.0), Hire(2, -3.0)))
    )  # fmt: skip
    days = working_days("NO", "2027-01", 3)
    assert days[0] == 20
    close(forecast(plan).pace_cap("post"), [400.0, 30.0 * days[1], 0.0])
    assert np.isinf(forecast(replace(plan, team=Team())).pace_cap("post")).all()
    mailboxes = replace(plan, channels=(replace(plan.channels[0], pace_per="sender", senders=3.0),))
    close(forecast(mailboxes, {"post.senders": [1.0, 3.0]}).pace_cap("post")[0], [200.0, 600.0])
    assert forecast(one_channel()).pace_cap("post") is None


def test_a_channel_that_many_streams_feed_is_the_oracles_and_each_of_its_moves() -> None:
    """More streams than have a strand each."""
    sources = [f"email.{stage.key}" for stage in RICH.channels[1].stages[:9]]
    feeds = tuple(Feed(f"f{i}", source, "landing", 0.1 + i / 20) for i, source in enumerate(sources))
    plan = replace(RICH, feeds=(*RICH.feeds, *feeds))
    result, wanted = forecast(plan), oracle(plan)
    for path in funnel(plan):
        close(result.arrivals[path], wanted.at(path)[:-1])
        close(result.tail[path], wanted.at(path)[-1])
    agree(plan, {"feeds.f3.share": np.array([0.0, 0.7]), "email.replied.rate": np.array([0.004, 0.02])})
    agree(plan, {"landing.leads.rate": np.array([0.01, 0.05])})
