"""The law of every answer: it breaks no limit that the plan keeps, and none further than the plan does, by month."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from planner.ask.goal.answer import Question, answered
from planner.ask.goal.reach import VOLUMES, reach
from planner.ask.goal.seeking import seek
from planner.calendar import working_days
from planner.engine import forecast
from planner.errors import OutOfReach
from planner.measure.metrics import measure
from planner.plan import Channel, Limit, Plan, replace
from planner.plan.levers import levers
from tests.strategies import examples, plans

METRICS = ("won", "appointments", "cost", "profit", "cac", "hours", "roi")


@st.composite
def limited_plans(draw: st.DrawFn) -> Plan:
    """Plans with limits on channels, lists worked in order and paces, kept or already broken."""
    plan = draw(plans())
    channels = []
    for channel in plan.channels:
        if draw(st.booleans()):
            channel = replace(channel, pace=draw(st.sampled_from([5.0, 100.0, 2000.0])))
            channel = replace(channel, pace_per=draw(st.sampled_from(["rep", "sender"])))
        if draw(st.booleans()):
            audience = draw(st.sampled_from([200.0, 5000.0, 50000.0]))
            channel = replace(channel, coverage="in_order", audience=audience, fresh=draw(st.sampled_from([0.0, 50.0])))
        channels.append(channel)
    keys = draw(st.lists(st.sampled_from([channel.key for channel in channels]), unique=True, max_size=2))
    bounds = draw(st.sampled_from([(0.0, 3000.0), (50.0, None), (10.0, 20000.0), (1000.0, 1000.0)]))
    return replace(plan, channels=tuple(channels), limits=tuple(Limit(key, *bounds) for key in keys))


def overruns(plan: Plan, staffed: bool) -> Iterator[tuple[str, np.ndarray, float]]:
    """By limit how far a plan is over it in each month, worked out plainly, and the size of the limit."""
    result = forecast(plan)
    if staffed or result.payroll().any():
        yield "hours", result.hours("months") - result.hours_available, float(result.hours_available.max(initial=1.0))
    days = np.maximum(working_days(plan.country, plan.start, plan.months), 1)
    for channel in (channel for channel in plan.channels if channel.active):
        touches = result.count("", "months", channel.key)
        if channel.pace is not None and channel.pace_per == "rep" and result.payroll().any():
            cap = channel.pace * days / 5 * result.payroll()
            yield f"pace of {channel.key}", touches - cap, float(cap.max(initial=1.0))
        if channel.pace is not None and channel.pace_per == "sender" and channel.senders is not None:
            cap = channel.pace * days / 5 * channel.senders
            yield f"pace of {channel.key}", touches - cap, float(cap.max(initial=1.0))
        if channel.coverage == "in_order" and channel.audience is not None:
            yield f"list of {channel.key}", *_beyond_list(channel, channel.audience, touches)
    volumes = {channel.key: channel.volume for channel in plan.channels if channel.active}
    for limit in (limit for limit in plan.limits if limit.channel in volumes):
        volume = volumes[limit.channel]
        yield f"least of {limit.channel}", np.array([limit.least - volume]), 1 + limit.least
        if limit.most is not None:
            yield f"most of {limit.channel}", np.array([volume - limit.most]), 1 + limit.most


def _beyond_list(channel: Channel, audience: float, touches: np.ndarray) -> tuple[np.ndarray, float]:
    """Touches of each month that reach nobody."""
    wasted, used, room = [], 0.0, 1.0
    for month, sent in enumerate(touches):
        room = (audience + channel.fresh * month) * channel.touches_per_contact
        wasted.append(used + sent - min(room, used + sent))
        used = min(room, used + sent)
    return np.array(wasted), room


def check(plan: Plan, answer: Plan) -> None:
    staffed = bool(forecast(plan).payroll().any())
    before = {name: over for name, over, _ in overruns(plan, staffed)}
    for name, over, size in overruns(answer, staffed):
        allowed = np.maximum(before.get(name, 0.0), 0.0)
        assert np.all(over <= allowed + 1e-7 * size), f"{name}: {over} over, the plan {allowed}"


@seed(20270104)
@settings(examples(80), suppress_health_check=list(HealthCheck))
@given(limited_plans(), st.data())
def test_no_answer_breaks_a_limit_that_the_plan_keeps_nor_one_further(plan: Plan, data: st.DataObject) -> None:
    numbers = [item.path for item in levers(plan) if item.kind.link and not item.path.endswith((".pace", ".senders"))]
    paths = [*numbers, *(f"{channel.key}.volume" for channel in plan.channels)]
    loose = {limit.channel for limit in plan.limits if limit.least == limit.most}
    if any(c.active and c.volume > 0 and c.key not in loose for c in plan.channels):
        paths += [VOLUMES] * 3
    path, metric = data.draw(st.sampled_from(paths)), data.draw(st.sampled_from(METRICS))
    span = reach(plan, path)
    to = data.draw(st.sampled_from(sorted(span.points())))
    target = float(measure(plan, metric, span.moves(np.array([to])))[0])
    if not math.isfinite(target):
        return
    try:
        answers = seek(plan, path, metric, target)
    except OutOfReach as refused:
        answers = (refused.nearest,)
    for answer in (*answers, *(place.plan for place in answered(plan, Question(path, metric, target)).places)):
        check(plan, answer)
