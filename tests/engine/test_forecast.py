"""Laws of the forecast: it is the oracle's, a batch is each of its plans, nothing is lost, more is never less."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.engine import forecast
from planner.errors import PlanError
from planner.measure.metrics import METRICS, measure, read
from planner.plan import Assist, Delay, Feed, Hire, Opening, Plan, Stage, Team, merged, replace
from planner.plan.levers import Lever, kind_of_lever, levers, pull
from planner.plan.levers import lever as find
from planner.plan.starter import starter
from tests.oracle import oracle
from tests.strategies import plans


def close(a: Any, b: Any) -> None:
    np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-9)


def funnel(plan: Plan) -> list[str]:
    """All stage paths of the channels that count."""
    return [f"{c.key}.{s.key}" for c in plan.channels if c.active for s in merged(c.stages, plan.sales)]


@given(plans())
def test_it_is_the_oracles(plan: Plan) -> None:
    made, wanted = forecast(plan), oracle(plan)
    for path in [*funnel(plan), *(f"sales.{stage.key}" for stage in plan.sales)]:
        close(made.arrivals[path], wanted.at(path)[:-1])
        close(made.tail[path], wanted.at(path)[-1])
    close(made.cost, wanted.cost[:-1])
    close(made.costs("tail"), wanted.cost[-1])
    close(made.hours_available, wanted.hours_available)
    close(made.payroll(), wanted.payroll)
    for row in made.cost_rows("months"):
        if row.key != "team":
            close(row.amount, wanted.cost_rows[row.key][:-1])
    for key in made.channels:
        close(made.hours("months", key), wanted.hours[key][:-1])
        close(made.hours("tail", key), wanted.hours[key][-1])
        close(made.costs("months", key), wanted.cost_of[key][:-1])
        close(made.costs("tail", key), wanted.cost_of[key][-1])


@given(plans())
def test_what_openings_bring_stands_apart(plan: Plan) -> None:
    made, wanted = forecast(plan), oracle(plan)
    for path in funnel(plan):
        place = (path.split(".")[0], path.split(".")[1])
        own, born = (made.count(path, "months", opening=opened) for opened in (False, True))
        close(own, wanted.own[place][:-1])
        close(born, wanted.born[place][:-1])
        close(own + born, made.arrivals[path])


@given(plans())
def test_what_a_stage_accepts_arrives_or_is_in_the_tail(plan: Plan) -> None:
    made, wanted = forecast(plan), oracle(plan)
    for channel in plan.channels:
        if channel.active:
            for stage in merged(channel.stages, plan.sales):
                here, above = (channel.key, stage.key), (channel.key, stage.of or "")
                accepted = sum(n * r for n, r in zip(wanted.arrivals(*above), wanted.rate[here], strict=True))
                opened = sum(o.count for o in plan.opening if o.stage == ".".join(here))
                close(made.count(stage.key, "all", channel.key), accepted + opened)


def agree(plan: Plan, moves: dict[str, Any]) -> None:
    """A batch is, move by move, the forecast of the plan with that move pulled: all stages and metrics."""
    shape = np.broadcast_shapes(*(np.shape(to) for to in moves.values()))
    batch = forecast(plan, moves)
    assert batch.shape == shape
    for at in np.ndindex(shape):
        one = plan
        for path, to in moves.items():
            one = pull(one, path, float(np.broadcast_to(to, shape)[at]))
        single = forecast(one)
        for path in funnel(plan):
            close(batch.arrivals[path][at], single.arrivals[path])
            close(batch.tail[path][at], single.tail[path])
        for metric in METRICS:
            for channel in (None, *single.channels):
                for tail, by_month in ((False, False), (True, False), (False, True)):
                    got = read(batch, metric, channel=channel, tail=tail, by_month=by_month)
                    assert got.shape == ((*shape, plan.months) if by_month else shape)
                    close(got[at], read(single, metric, channel=channel, tail=tail, by_month=by_month))


@st.composite
def moved(draw: st.DrawFn) -> tuple[Plan, dict[str, Any]]:
    """A plan and up to four moves of any of its levers, of one or two dimensions."""
    plan = draw(plans())
    exclusive = {f"{c.key}.{s.key}.rate" for c in plan.channels for s in c.stages if s.exclusive}
    free = [lever for lever in levers(plan) if lever.path not in exclusive]
    shape = draw(st.sampled_from([(2,), (2, 2)]))
    moves = {}
    for lever in draw(st.lists(st.sampled_from(free), min_size=1, max_size=4, unique_by=lambda item: item.path)):
        low = lever.kind.low + 0.01 if lever.kind.above else max(lever.kind.low, -2.0)
        high = min(lever.kind.high, max(3.0 * abs(lever.value), 2.0))
        size = draw(st.sampled_from([shape, shape[-1:], (2, 1)] if len(shape) == 2 else [shape]))
        values = st.lists(st.floats(low, high), min_size=int(np.prod(size)), max_size=int(np.prod(size)))
        moves[lever.path] = np.reshape(np.round(draw(values), 6), size)
    return plan, moves


@given(moved())
@settings(max_examples=40)
def test_a_batch_is_each_of_its_plans(case: tuple[Plan, dict[str, Any]]) -> None:
    agree(*case)


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
    known = levers(RICH)
    for i, one in enumerate(known):
        two = known[(i * 7 + 3) % len(known)]
        if one.path != two.path:
            across, down = (swung(lever.path, lever.value, (0.6, 1.0)) for lever in (one, two))
            moves = {one.path: np.array(across)[:, None], two.path: np.array(down)}
            batch = forecast(RICH, moves)
            single = forecast(pull(pull(RICH, one.path, across[0]), two.path, down[1]))
            for path in ("landing.appointment", "email.negative", "won", "lost"):
                close(batch.arrivals[path][0, 1], single.arrivals[path])
            close(batch.cost[0, 1], single.cost)
            close(read(batch, "hours", channel="landing")[0, 1], read(single, "hours", channel="landing"))


def test_moves_of_every_lever_at_once_are_the_plan_with_all_of_them() -> None:
    up = {lever.path: swung(lever.path, lever.value, (0.9,))[0] for lever in levers(RICH)}
    one = RICH
    for path, to in up.items():
        one = pull(one, path, to)
    batch, single = forecast(RICH, {path: np.full(3, to) for path, to in up.items()}), forecast(one)
    for path in funnel(RICH):
        close(batch.arrivals[path], np.broadcast_to(single.arrivals[path], (3, RICH.months)))
    close(batch.cost, np.broadcast_to(single.cost, (3, RICH.months)))


@given(plans(assists=False), st.data())
def test_more_is_never_fewer_deals(plan: Plan, data: st.DataObject) -> None:
    """More touches, a higher main rate or a shorter median, where feeds leave main stages and nothing assists."""
    mains = {f"{c.key}.{s.key}" for c in plan.channels for s in merged(c.stages, plan.sales) if s.main or s.of is None}
    plan = replace(plan, feeds=tuple(f for f in plan.feeds if f.source in mains))
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
        won = np.where(own > 0, own, np.nan)
        close(of("cac", **how) * won, np.where(own > 0, of("cost", **how), np.nan))
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
    ({"email.volume": float("inf")}, "email.volume"),
    ({"email.volume": -1.0}, "email.volume"),
    ({"email.replied.delay.p90_ratio": [1.0]}, "email.replied.delay.p90_ratio"),
    ({"email.audience": [0.0]}, "email.audience"),
    ({"costs.commission.amount": [1.5]}, "costs.commission.amount"),
    ({"email.nothing.rate": 0.1}, "email.nothing.rate"),
    ({"email.hard_bounce.rate": [0.7]}, "email.hard_bounce.rate"),
    ({"email.soft_bounce.rate": [0.7]}, "email.soft_bounce.rate"),
    ({"email.volume": "many"}, "email.volume"),
    ({"email.volume": [[1.0, 2.0], [3.0]]}, "email.volume"),
    ({"ads.volume": [1.0, 2.0], "email.volume": [1.0, 2.0, 3.0]}, "email.volume"),
])  # fmt: skip
def test_moves_out_of_bounds_are_refused_by_name(moves: dict[str, Any], path: str) -> None:
    with pytest.raises(PlanError, match=path) as refused:
        forecast(RICH, moves)
    assert refused.value.path == path


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


def test_moves_of_exclusive_shares_count_a_channels_own_sales_rows() -> None:
    """The plan's sales lose at most 0.7 beside a channel that already gives 0.3 of what is left over to "later"."""
    later = Stage("later", "Later", "opportunity", 0.3, exclusive=True)
    email = replace(RICH.channels[1], stages=(*RICH.channels[1].stages, later))
    lost = tuple(replace(s, rate=0.7) if s.key == "lost" else s for s in RICH.sales)
    plan = replace(RICH, sales=lost, channels=(RICH.channels[0], email, RICH.channels[2]))
    for moves in ({"sales.lost.rate": [0.5, 0.8]}, {"email.later.rate": [0.2, 0.4]}):
        with pytest.raises(PlanError, match="together; at most 1"):
            forecast(plan, moves)
    assert forecast(plan, {"sales.lost.rate": [0.5, 0.6], "email.later.rate": 0.4}).shape == (2,)


def test_a_channel_that_many_streams_feed_is_the_oracles_and_each_of_its_moves() -> None:
    """More streams than have a strand each."""
    sources = [f"email.{stage.key}" for stage in RICH.channels[1].stages[:9]]
    feeds = tuple(Feed(f"f{i}", source, "landing", 0.1 + i / 20) for i, source in enumerate(sources))
    plan = replace(RICH, feeds=(*RICH.feeds, *feeds))
    made, wanted = forecast(plan), oracle(plan)
    for path in funnel(plan):
        close(made.arrivals[path], wanted.at(path)[:-1])
        close(made.tail[path], wanted.at(path)[-1])
    agree(plan, {"feeds.f3.share": np.array([0.0, 0.7]), "email.replied.rate": np.array([0.004, 0.02])})
    agree(plan, {"landing.leads.rate": np.array([0.01, 0.05])})
