"""What actuals say of every rate: planned, as it looks, given the time it has had, and with what was known before."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from planner.actuals.actuals import Actuals
from planner.ask.evidence.posterior import Cohorts, Events, Posterior, Prior, posterior
from planner.ask.evidence.waiting import Arrived, arrived, events_of
from planner.ask.uncertainty.ranges import typical_range
from planner.ask.variance.exposure import Funnel, ripe
from planner.ask.variance.reported import happened
from planner.engine.batch import Array
from planner.plan import Channel, Evidence, Plan, Range, Stage, merged, replace
from planner.plan.experience import concentration, firms_range

__all__ = ["OWN_DATA", "Calibration", "Kept", "RateEvidence", "calibrate"]

OWN_DATA = "own data"  # the source of evidence that was measured
Kept = Literal["nothing_due", "none_or_all"]  # why a rate stays: nothing could have arrived yet, or it is 0 or 1


@dataclass(frozen=True)
class RateEvidence:
    """What is known of the rate at lever path `path`.

    `naive` is arrivals ÷ parents; `matured` arrivals ÷ `exposed`, the parents that have had time by the plan's delay;
    `mean` with `low` and `high` the posterior with its 80 % range, to which the data give the share `data`. With
    `kept` all of them stay the plan's. `faster`: more arrived than the plan's delay lets through. `delay` goes with
    the posterior; `dated` says that it rests on dates, not on counts alone: `arrived` is then the share that arrived by
    age. nan where nothing can be divided.
    """

    path: str
    main: bool
    planned: float
    arrivals: float
    parents: float
    exposed: float
    naive: float
    matured: float
    mean: float
    low: float
    high: float
    data: float
    kept: Kept | None
    faster: bool
    dated: bool
    found: Posterior | None = field(default=None, compare=False, repr=False)
    arrived: Arrived | None = field(default=None, compare=False, repr=False)

    @property
    def stage(self) -> str:
        """The stage path, without the field."""
        return self.path.removesuffix(".rate")


@dataclass(frozen=True)
class Calibration:
    """What actuals up to `as_of` say of the rates of a plan that are reported, main stages and side outcomes alike."""

    before: Plan
    as_of: dt.date
    rates: tuple[RateEvidence, ...]

    @property
    def plan(self) -> Plan:
        """The plan with every measured rate adopted: its value, its range, and what it rests on."""
        return self.adopting([row.path for row in self.rates])

    def adopting(self, paths: Collection[str]) -> Plan:
        """The plan with the measured rates at these paths adopted. Delays that rest on dates come along."""
        rows = {row.stage: row for row in self.rates if row.path in paths and row.kept is None}
        plan = _with_rates(self.before, rows, delays={key for key, row in rows.items() if row.dated})
        as_of = self.as_of.isoformat()
        rests = (Evidence(row.path, OWN_DATA, float(round(row.exposed)), as_of) for row in rows.values())
        kept = (e for e in plan.evidence if e.path.removesuffix(".rate") not in rows)
        return replace(plan, evidence=(*kept, *rests))

    @property
    def expected(self) -> Plan:
        """The plan as it would be forecast today: measured rates with the delays that go with them."""
        rows = {row.stage: row for row in self.rates if row.kept is None}
        return _with_rates(self.before, rows, delays=set(rows))


def calibrate(plan: Plan, actuals: Actuals, *, events: Mapping[str, Events] | None = None) -> Calibration:
    """What the actuals say of every rate that is reported, each by what it had to work with.

    `events` are dated events by stage path ("sales.won"), those of the actuals where none are given: they tell the
    delay, which counts alone tell badly. Actuals made from the plan itself give every rate back. Raises PlanError where
    the actuals end before the plan begins.

    >>> from planner import calibrate, sample_actuals, starter
    >>> plan = starter("email")
    >>> row = next(r for r in calibrate(plan, sample_actuals(plan)).rates if r.path == "email.replied.rate")
    >>> bool(row.low <= row.mean <= row.high and row.naive > 0)
    True
    """
    real = happened(plan, actuals)
    dated = events_of(actuals) if events is None else events
    rows: dict[str, RateEvidence] = {}
    for path, places in _reported(real).items():
        rows[path] = _measured(plan, real, path, places, rows, dated.get(path))
    return Calibration(plan, actuals.as_of, tuple(rows.values()))


Places = list[tuple[Channel, Stage]]


def _reported(real: Funnel) -> dict[str, Places]:
    """By stage path the channels that report it, main stages before side outcomes."""
    places: dict[str, Places] = {}
    for channel in real.channels:
        own = {stage.key for stage in channel.stages}
        for stage in merged(channel.stages, real.plan.sales):
            if stage.of is not None and real.knows(channel.key, stage.key):
                path = f"{channel.key if stage.key in own else 'sales'}.{stage.key}"
                places.setdefault(path, []).append((channel, stage))
    return dict(sorted(places.items(), key=lambda item: not item[1][0][1].main))


def _measured(
    plan: Plan, real: Funnel, path: str, places: Places, rows: Mapping[str, RateEvidence], events: Events | None
) -> RateEvidence:
    stage = places[0][1]
    parents = np.asarray(sum(real.own[channel.key, stage.of or ""] for channel, _ in places))
    weighted = np.asarray(sum(_weighted(real, channel, stage, rows) for channel, stage in places))
    arrivals = np.asarray(sum(real.own[channel.key, stage.key] for channel, stage in places))
    exposed = float(weighted @ ripe(stage.delay, real.passed, len(weighted)))
    k, rate, main = float(arrivals.sum()), stage.rate, stage.main
    kept: Kept | None = None
    if exposed <= 1e-9:
        kept = "nothing_due"
    elif not 0.0 < rate < 1.0:
        kept = "none_or_all"
    counted = (k, float(parents.sum()), exposed, _over(k, float(parents.sum())), _over(k, exposed))
    if kept:
        return RateEvidence(f"{path}.rate", main, rate, *counted, rate, rate, rate, 0.0, kept, k > exposed, False)
    edges = np.append(np.arange(float(len(weighted))), real.passed)
    of_counts = Cohorts(weighted, arrivals, edges)
    dated = events is not None and stage.delay is not None
    waited = arrived(events) if dated and events else None
    belief = posterior(_prior(plan, f"{path}.rate", stage), events if dated and events else of_counts)
    mean = rate if math.isclose(belief.mean, rate, rel_tol=1e-9) else belief.mean
    ends = (min(belief.low, mean), max(belief.high, mean))
    faster = k > exposed * (1.0 + 1e-9)
    return RateEvidence(
        f"{path}.rate", main, rate, *counted, mean, *ends, belief.data, None, faster, dated, belief, waited
    )


def _weighted(real: Funnel, channel: Channel, stage: Stage, rows: Mapping[str, RateEvidence]) -> Array:
    """Parents by month times all that changes the rate: season, wear, assists, what the main stage leaves over."""
    parents = real.own[channel.key, stage.of or ""]
    by_month = real.forecast.multipliers(channel.key, stage).weight[: len(parents)]
    if stage.exclusive:
        tree = merged(channel.stages, real.plan.sales)
        for main in (other for other in tree if other.main and other.of == stage.of):
            measured = rows.get(f"{channel.key}.{main.key}") or rows.get(f"sales.{main.key}")
            taken = real.forecast.multipliers(channel.key, main).weight[: len(parents)]
            by_month = by_month * (1.0 - np.minimum(taken * (measured.mean if measured else main.rate), 1.0))
    return np.asarray(parents * by_month)


def _prior(plan: Plan, path: str, stage: Stage) -> Prior:
    """As unsure as firms differ; where no firms are known, as the plan's own range, or 30 % of the odds either way."""
    own = next((band for band in plan.ranges if band.path == path), None)
    usual = firms_range(plan, path) or own or typical_range(plan, path)
    if usual is None or not 0.0 < usual.low < usual.high < 1.0:
        return Prior(stage.rate, 10.0, stage.delay)
    return Prior(stage.rate, concentration(stage.rate, usual.low, usual.high), stage.delay)


def _over(top: float, bottom: float) -> float:
    return top / bottom if bottom > 1e-9 else math.nan


# -- adopting ---------------------------------------------------------------------------------------------------------


def _with_rates(plan: Plan, rows: Mapping[str, RateEvidence], delays: Collection[str]) -> Plan:
    """The plan with the rates of these stage paths, and where named their delays; shares still add to at most 1."""

    def changed(head: str, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        moved = []
        for stage in stages:
            row = rows.get(f"{head}.{stage.key}")
            if row is not None:
                delay = row.found.delay if row.found and f"{head}.{stage.key}" in delays else stage.delay
                stage = replace(stage, rate=row.mean, delay=delay)
            moved.append(stage)
        return _adding_up(tuple(moved))

    channels = tuple(replace(c, stages=changed(c.key, c.stages)) for c in plan.channels)
    sales = changed("sales", plan.sales)
    own = ((channel.key, channel.stages) for channel in channels)
    rates = {f"{head}.{s.key}": s.rate for head, stages in (*own, ("sales", sales)) for s in stages}
    ranges = _ranges(rows, rates)
    measured = {f"{key}.rate" for key in rows}
    stays = (ranges.pop(band.path, band) for band in plan.ranges if band.path not in measured or band.path in ranges)
    return replace(plan, channels=channels, sales=sales, ranges=(*stays, *ranges.values()))


def _ranges(rows: Mapping[str, RateEvidence], rates: Mapping[str, float]) -> dict[str, Range]:
    """By lever path the posterior’s range, where one can stand and holds the rate (a share may be divided to fit)."""
    return {
        row.path: Range(row.path, row.low, row.high)
        for key, row in rows.items()
        if 0.0 < row.low < row.high < 1.0 and row.low <= rates[key] <= row.high
    }


def _adding_up(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """Exclusive shares of one parent that add to more than 1, divided by their sum."""
    sums: dict[str | None, float] = {}
    for stage in stages:
        if stage.exclusive:
            sums[stage.of] = sums.get(stage.of, 0.0) + stage.rate
    over = {of: total * (1.0 + 1e-12) for of, total in sums.items() if total > 1.0}
    return tuple(replace(s, rate=s.rate / over[s.of]) if s.exclusive and s.of in over else s for s in stages)
