"""Hypothesis makes plans: small funnels with side outcomes, delays, audiences, feeds, assists, openings and costs."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from planner.plan import (
    Assist,
    Channel,
    Cost,
    Deal,
    Delay,
    Effort,
    Feed,
    Hire,
    Opening,
    Plan,
    Stage,
    Team,
    merged,
    replace,
)

LONG = "long"  # the marker, and the profile of Hypothesis that goes with it
EXAMPLES = {"suite": 50, LONG: 1000}  # of a law that says no number of its own


def examples(number: int) -> settings:
    """So many examples of a law in the suite, and with `-m long` as many times more as of any other."""
    return settings(max_examples=number * settings.default.max_examples // EXAMPLES["suite"])


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Floats as people type them. Hypothesis also tries constants of whatever is imported; 1e-300 is no one's rate."""
    return st.floats(low, high).map(lambda x: round(x, 6))


rates = st.one_of(numbers(0.001, 0.9), st.sampled_from([0.0, 1.0]))
delays = st.one_of(st.none(), st.builds(Delay, numbers(0.05, 400), numbers(1.05, 60)))
money = numbers(0, 5000).map(lambda x: round(x, 2))


deals = st.builds(Deal, numbers(1, 20000), numbers(0, 1), numbers(0.5, 3), numbers(0.5, 5))


def factors(months: int) -> st.SearchStrategy[tuple[float, ...]]:
    """Multipliers by month; mostly none."""
    some = st.lists(numbers(0, 3), min_size=months, max_size=months).map(tuple)
    return st.one_of(st.just(()), st.just(()), some)


@st.composite
def spans(draw: st.DrawFn, cost: Cost) -> Cost:
    """The cost, or the cost over some of the months, or in steps."""
    first = draw(st.sampled_from([0, 0, 0, 1, 5]))
    last = draw(st.sampled_from([None, None, first, first + 3, 40])) if cost.per != "once" else None
    step = draw(st.one_of(st.none(), numbers(0.5, 400))) if "." in cost.per else None
    return replace(cost, first=first, last=last, step=step)


def sides(stages: list[Stage]) -> st.SearchStrategy[Stage]:
    """Side outcomes where few stand: below another side outcome, beside no main stage, before a stage of sales."""
    rest, exclusive = [delays, st.just(False)], st.just(True)
    below = [stage.key for stage in stages if not stage.main]
    outcomes = [
        st.builds(Stage, st.just("recalled"), st.just("Recalled"), st.sampled_from(below), rates, delays),
        st.builds(Stage, st.just("gone"), st.just("Gone"), st.just("clicked"), numbers(0, 1), *rest, exclusive),
    ]
    if any(stage.key == "appointment" for stage in stages):
        cancelled = st.just("appointment"), numbers(0, 1), *rest, exclusive
        outcomes.append(st.builds(Stage, st.just("cancelled"), st.just("Cancelled"), *cancelled))
    return st.one_of(outcomes)


@st.composite
def channels(draw: st.DrawFn, key: str, months: int, ends: bool = True, sells: bool = True) -> Channel:
    """A channel whose main path ends in an appointment, or (not `ends`) one that only feeds and helps.

    `sells`: stages of sales stand behind it. Where none do, deals are a stage of its own, or there are none.
    """
    tires = draw(st.sampled_from(["", "replied", "not_replied", "other_replied", "sent", "clicked"]))
    stages = [Stage("sent", "Sent", None, draw(st.sampled_from([1.0, 0.8])))]
    main = ["replied", "appointment"] if ends else []
    if draw(st.booleans()) and ends:
        main = ["delivered", *main]
    parent = "sent"
    for name in main:
        delay = None if name == "delivered" else draw(delays)
        stages.append(Stage(name, name.title(), parent, draw(rates), delay, main=True))
        if draw(st.booleans()):
            share = draw(numbers(0, 0.5))
            stages.append(Stage(f"not_{name}", f"Not {name}", parent, share, draw(delays), exclusive=True))
            stages.append(Stage(f"other_{name}", f"Other {name}", parent, draw(numbers(0, 0.5)), exclusive=True))
        parent = name
    stages.append(Stage("clicked", "Clicked", "sent", draw(rates), draw(delays) if draw(st.booleans()) else None))
    stages += draw(st.lists(sides(stages), max_size=2, unique_by=lambda stage: stage.key))
    last = "opportunity" if sells else "appointment"
    if ends and draw(st.booleans()):
        stages.append(Stage("won", "Won", last, draw(rates), draw(delays), main=True))
    if ends and sells and draw(st.booleans()):
        stages.append(Stage("dormant", "Dormant", "opportunity", draw(numbers(0, 0.3)), draw(delays), exclusive=True))
    stages = [replace(stage, by_month=draw(factors(months)), tires=stage.key == tires) for stage in stages]
    return Channel(
        key,
        "custom",
        key.title(),
        draw(st.one_of(numbers(1, 5000), st.just(0.0))),
        tuple(draw(st.permutations(stages))),
        profile=draw(factors(months)),
        touches_per_contact=draw(st.sampled_from([1.0, 3.5])),
        audience=draw(st.one_of(st.none(), numbers(50, 20000))),
        active=draw(st.sampled_from([True, True, True, False])),
        coverage=draw(st.sampled_from(["random", "in_order"])),
        fresh=draw(st.one_of(st.just(0.0), numbers(0, 2000))),
        pace=draw(st.one_of(st.none(), numbers(0, 2000))),
        pace_per=draw(st.sampled_from(["rep", "sender"])),
        senders=draw(st.one_of(st.none(), numbers(0, 9))),
        deal=draw(st.one_of(st.none(), deals)),
    )


@st.composite
def plans(draw: st.DrawFn, assists: bool = True, opening: bool = True, audience: bool = True) -> Plan:
    """A whole plan of up to three channels and 14 months. Switch off what a law leaves out.

    Side outcomes, feeds and assists stand wherever a plan can have them; some plans have no stages of sales.
    """
    months = draw(st.integers(1, 14))
    sells = draw(st.sampled_from([True] * 5 + [False]))
    drawn = (
        draw(channels("ads", months, ends=False)),
        draw(channels("email", months, sells=sells)),
        draw(channels("landing", months, sells=sells)),
    )
    if not audience:
        drawn = tuple(replace(channel, audience=None) for channel in drawn)
    sales = (
        Stage("unique", "Unique", "appointment", draw(rates), main=True),
        Stage("held", "Held", "unique", draw(rates), draw(delays), main=True),
        Stage("opportunity", "Opportunity", "held", draw(rates), main=True),
        Stage("won", "Won", "opportunity", draw(rates), draw(delays), main=True),
        Stage("lost", "Lost", "opportunity", draw(numbers(0, 0.7)), draw(delays), exclusive=True),
    )
    sales = tuple(replace(stage, by_month=draw(factors(months))) for stage in sales) if sells else ()
    inside = [f"{c.key}.{s.key}" for c in drawn for s in merged(c.stages, sales)]
    some = st.lists(st.sampled_from(inside), unique=True, max_size=3)
    bonus = (Cost("bonus", "Bonus", draw(money), "sales.won", draw(st.sampled_from([None, "email"]))),)
    meetings = (Effort("sales.held", 30.0),) if sells else ()
    costs = [
        Cost("rent", "Rent", draw(money), "month"),
        Cost("kick", "Kick-off", draw(money), "once", draw(st.sampled_from([None, "email"]))),
        Cost("fee", "Fee", draw(money) / 10000, "revenue", draw(st.sampled_from([None, "landing"]))),
        Cost("per_hour", "Per hour", draw(money), "hour", draw(st.sampled_from([None, "landing"]))),
        *(bonus if sells else ()),
        *(Cost(f"c{i}", path, draw(money), path) for i, path in enumerate(draw(some))),
    ]
    costs = [draw(spans(cost)) for cost in costs]
    share, of_ads, of_email = numbers(0, 1), *([p for p in inside if p.startswith(key)] for key in ("ads.", "email."))
    feeds = (
        Feed("ad_clicks", "ads.clicked", "landing", draw(share)),
        Feed("clicks", draw(st.sampled_from(of_email)), "landing", draw(share)),
        Feed("views", draw(st.sampled_from(of_ads)), "email", 0.3),
    )
    lifted = [f"{c.key}.{s.key}" for c in drawn[1:] for s in merged(c.stages, sales) if s.of and not s.exclusive]
    onward = [path for path in lifted if path.startswith("landing.")]
    helps = (
        Assist("lift", "ads", draw(st.sampled_from(lifted)), draw(numbers(0, 2)), draw(numbers(10, 5000))),
        Assist("lift2", "email", draw(st.sampled_from(onward)), draw(numbers(0, 2)), draw(numbers(10, 5000))),
    )
    hires = st.lists(st.builds(Hire, st.integers(0, 13), st.sampled_from([1.0, 2.0, -1.0])), max_size=2)
    reps, ramp = draw(numbers(0, 4)), draw(st.sampled_from([0.0, 2.5, 3.0]))
    return Plan(
        "Made up", "EUR", "2027-01", months, "NO", "en", drawn, sales,
        draw(deals),
        Team(reps, draw(money), 6.0, ramp, tuple(draw(hires))),
        tuple(costs),
        (*(Effort(path, draw(numbers(0, 60))) for path in draw(some)), *meetings),
        draw(st.sampled_from([feeds, feeds[:1], ()])),
        helps if assists and draw(st.booleans()) else (),
        tuple(Opening(path, draw(numbers(0, 200))) for path in draw(some)) if opening else (),
    )  # fmt: skip


def plain(plan: Plan) -> Plan:
    """The plan without rates by month, paces, deals of single channels, and spans and steps of costs."""

    def steady(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        return tuple(replace(stage, by_month=()) for stage in stages)

    channels = tuple(
        replace(
            channel, stages=steady(channel.stages), coverage="random", fresh=0.0, pace=None, pace_per="rep",
            senders=None, deal=None,
        )
        for channel in plan.channels
    )  # fmt: skip
    costs = tuple(replace(cost, first=0, last=None, step=None) for cost in plan.costs)
    return replace(plan, channels=channels, sales=steady(plan.sales), costs=costs)
