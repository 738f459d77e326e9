"""Plans with everything a link has to carry, workspaces of them, and plans as a planner edits them."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import strategies as st

from planner.actuals.actuals import Actuals, Fact
from planner.errors import PlanError
from planner.keep.landings import KeptFigure, KeptLanding
from planner.keep.steps import Changed, Origin, Scenario, Step
from planner.keep.workspace import Workspace
from planner.measure.metrics import METRICS
from planner.plan import Channel, Cost, Deal, Evidence, Limit, Plan, Range, Stage, Target, replace
from planner.plan.levers import levers, pull
from planner.plan.starter import add_channel, starter
from tests.strategies import plain, plans

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
numbers = st.floats(-1e12, 1e12) | st.sampled_from([0.0, -0.0, 1 / 3, 5e-324, 123456789012345680.0])
starters = st.sets(st.sampled_from(["ads", "email", "phone", "linkedin", "sms", "post", "landing"]), min_size=1).map(
    lambda kinds: starter(*sorted(kinds))
)


@st.composite
def ranges(draw: st.DrawFn, plan: Plan) -> tuple[Range, ...]:
    """Ranges around some of the levers that can carry one."""
    drawn = []
    for lever in levers(plan):
        kind, value = lever.kind, lever.value
        top = kind.high if kind.link == "logit" else min(kind.high, 3 * value)
        if kind.link and kind.low + 1e-9 < value < top and draw(st.integers(0, 9)) == 0:
            low, high = draw(st.floats(0.1, 0.9)), draw(st.floats(0.1, 0.9))
            drawn.append(Range(lever.path, kind.low + (value - kind.low) * low, value + (top - value) * high))
    return tuple(drawn)


multipliers = st.floats(0, 3)


@st.composite
def _extended(draw: st.DrawFn, plan: Plan) -> Plan:
    """The plan with rates by month, deals of single channels, lists, paces, costs in steps, an ask and an author."""

    def seasonal(stage: Stage) -> Stage:
        months = st.lists(multipliers, min_size=plan.months, max_size=plan.months)
        return replace(stage, by_month=tuple(draw(months))) if draw(st.integers(0, 9)) == 0 else stage

    def extended(channel: Channel) -> Channel:
        return replace(
            channel,
            stages=tuple(map(seasonal, channel.stages)),
            coverage=draw(st.sampled_from(["random", "in_order"])),
            fresh=draw(st.sampled_from([0.0, -0.0, 120.0])),
            pace=draw(st.none() | st.floats(0, 1e4)),
            pace_per=draw(st.sampled_from(["rep", "sender"])),
            senders=draw(st.none() | st.just(3.0)),
            deal=draw(st.none() | st.builds(Deal, st.floats(0, 1e6), st.floats(0, 1))),
        )

    def stepped(cost: Cost) -> Cost:
        first, last = draw(st.integers(0, 3)), draw(st.none() | st.integers(3, 59))
        step = draw(st.none() | st.floats(1, 1e4)) if "." in cost.per else None
        return replace(cost, first=first, last=None if cost.per == "once" else last, step=step)

    few = [stepped(cost) if draw(st.integers(0, 4)) == 0 else cost for cost in plan.costs]
    channels = [extended(channel) if draw(st.booleans()) else channel for channel in plan.channels]
    sales, ask, author = tuple(map(seasonal, plan.sales)), draw(texts), draw(texts)
    return replace(plan, channels=tuple(channels), sales=sales, costs=tuple(few), ask=ask, author=author)


@st.composite
def whole_plans(draw: st.DrawFn, extended: bool = True) -> Plan:
    """A plan of its own or out of the starter plan, with names in any script, ranges, targets, limits and evidence.

    `extended`: with all that version 1 of the formats did not know.
    """
    plan = draw(plans() | starters)
    if extended and draw(st.booleans()):
        plan = draw(_extended(plan))
    if not extended:
        plan = plain(plan)
    keys, paths = [c.key for c in plan.channels], [lever.path for lever in levers(plan)]
    plan = replace(
        plan,
        name=draw(texts),
        start=draw(st.sampled_from(["2027-01", "1999-12"])),
        note=draw(texts),
        correlation=draw(st.sampled_from([0.0, -0.0, 0.3, 1.0])),
        targets=tuple(draw(st.lists(st.builds(Target, st.sampled_from(sorted(METRICS)), numbers), max_size=3))),
        limits=tuple(
            Limit(key, draw(st.floats(0, 10)), draw(st.none() | st.floats(10, 1e6)))
            for key in draw(st.sets(st.sampled_from(keys)))
        ),
        evidence=tuple(
            Evidence(path, draw(texts), draw(st.none() | st.just(120.0)), draw(st.none() | st.just("2027-03-31")))
            for path in draw(st.lists(st.sampled_from(paths), max_size=3))
        ),
    )
    if draw(st.booleans()):
        plan = replace(plan, channels=tuple(replace(c, label=draw(texts)) for c in plan.channels))
    rows = draw(ranges(plan))
    if extended:
        rows = tuple(
            replace(row, at=draw(st.floats(row.low, row.high))) if draw(st.booleans()) else row for row in rows
        )
    return replace(plan, ranges=rows)


facts = st.builds(
    Fact,
    source=st.sampled_from(["CRM", "Sendeværktøj", ""]),
    period=st.sampled_from(["2027-01", "2027-02-28", "2027-02-01"]),
    channel=st.sampled_from(["email", "sales"]),
    name=st.sampled_from(["sent", "won", "cost"]),
    value=st.floats(0, 1e9),
)
actuals = st.builds(
    Actuals,
    as_of=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    facts=st.lists(facts, unique_by=lambda f: (f.source, f.period, f.channel, f.name)).map(tuple),
)


LANDING = KeptLanding(
    dt.date(2027, 2, 15), "2027-01", 1.5, (KeptFigure("won", 2.0, (1.0, 3.5), (1.0, 2.0), (1.0, 5.0)),)
)
ORIGIN = Origin("an-id", "Budsjett 2027", 3, "a" * 64)


@st.composite
def workspaces(draw: st.DrawFn) -> Workspace:
    """A workspace of up to two plans in each place."""
    plan = draw(whole_plans())
    other, some = replace(plan, name="Other"), draw(st.none() | actuals)
    steps = [
        Step("E-mail volume 1 → 2", plan=Changed(plan, other), by="email.volume"),
        Step("Set baseline", baseline=Changed(other, plan)),
        Step("Saved scenario “Low”", scenarios=Changed((), (Scenario("Low", other),))),
        Step(
            "Opened “plan.json”",
            Changed(other, plan),
            origin=Changed(None, ORIGIN),
            actuals=Changed(some, None),
            mappings=Changed((("a", "b"),), ()),
            landings=Changed((), (LANDING,)),
            favourites=Changed((), ("email_reply_rate",)),
        ),
    ]
    few = st.lists(st.sampled_from(steps), max_size=3).map(tuple)
    names = draw(st.lists(st.sampled_from(["Cautious", "Ambitiøs", "Третий"]), unique=True))
    return Workspace(
        plan,
        draw(few),
        draw(few),
        replace(plan, name="Base"),
        tuple(Scenario(name, plan) for name in names),
        draw(st.none() | actuals),
        tuple((name, f'{{"sent": "{name}"}}') for name in draw(st.lists(texts, max_size=2))),
        draw(st.sampled_from([None, ORIGIN])),
        draw(st.sampled_from([(), (LANDING,)])),
        favourites=draw(st.sampled_from([(), ("cac", "email_reply_rate")])),
    )


def edited(plan: Plan, share: float, seed: int = 1) -> Plan:
    """The plan with this share of its numbers, ranges included, set to three digits near by."""
    rng = random.Random(seed)
    changed = replace(plan, ranges=())
    for lever in levers(plan):
        if rng.random() < share:
            for _ in range(50):
                try:
                    changed = pull(changed, lever.path, float(f"{(lever.value or 1) * rng.uniform(0.5, 1.5):.3g}"))
                    break
                except PlanError:
                    continue
    return replace(changed, ranges=tuple(_around(changed, spread, share, rng) for spread in plan.ranges))


def _around(plan: Plan, spread: Range, share: float, rng: random.Random) -> Range:
    value = next(lever.value for lever in levers(plan) if lever.path == spread.path)
    top = 0.99 if value < 1 else value * 1.4
    if rng.random() < share or not spread.low <= value <= spread.high:
        low, high = f"{value * rng.uniform(0.5, 0.9):.3g}", f"{value + (top - value) * 0.77:.3g}"
        return Range(spread.path, float(low), float(high), value)
    return spread


def fifty_channels(ranges: bool = False) -> Plan:
    """The starter plan with copies of its channels up to fifty, with or without their ranges."""
    plan, kinds = starter(), ("email", "phone", "linkedin", "sms", "post", "landing", "ads")
    for i in range(43):
        plan = add_channel(plan, kinds[i % 7])
    return plan if ranges else replace(plan, ranges=())
