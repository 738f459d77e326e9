"""Histories made up by seed: opportunities by day, of which some are won after a lognormal delay, month by month."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.actuals.actuals import Actuals, Fact, last_day
from planner.ask.evidence.land import land
from planner.ask.evidence.posterior import Events
from planner.calendar import DAYS_A_MONTH, month_keys
from planner.engine.batch import Array
from planner.engine.delay import arriving_between, matured
from planner.plan import Delay, Plan, Range
from planner.plan.experience import concentration
from planner.plan.scales import Z90
from tests.ask.happening import chain, paper

RATE, DELAY, MONTHS, A_MONTH = 0.2, Delay(60.0, 2.2), 12, 60.0
RANGE = Range("sales.won.rate", 0.12, 0.31)
STRENGTH = concentration(RATE, RANGE.low, RANGE.high)
SEEN_AT = (3, 6, 9)  # months
AHEAD = (1, 3, None)  # months; None: the landing


def plan(rate: float = RATE, delay: Delay = DELAY) -> Plan:
    """Forty opportunities a month for a year, some of them won after a delay."""
    papered = paper(chain("crm", A_MONTH, (1.0,)), months=MONTHS, won=rate)
    sales = tuple(replace(s, delay=delay) if s.key == "won" else s for s in papered.sales)
    return replace(papered, sales=sales, ranges=(RANGE,))


@dataclass(frozen=True)
class Truth:
    """What really holds; `cv` is how much months vary beyond luck."""

    rate: float
    delay: Delay
    cv: float = 0.0


@dataclass(frozen=True)
class History:
    """When units began and were won, in months (inf: never)."""

    began: Array
    won: Array

    def wins(self, start: float, stop: float) -> int:
        """How many were won in this time."""
        return int(((self.won >= start) & (self.won < stop)).sum())

    def actuals(self, passed: int, day: int | None = None) -> Actuals:
        """What is known after so many whole months, and of the next one up to a day."""
        keys = month_keys("2027-01", passed + (day is not None))
        stop = passed + (day / last_day(keys[-1]).day if day else 0.0)
        facts = []
        for month, key in enumerate(keys):
            end = min(month + 1.0, stop)
            here = (self.began >= month) & (self.began < end)
            count, won = float(here.sum()), float(self.wins(month, end))
            facts += [Fact("crm", key, "crm", name, count) for name in STAGES]
            facts.append(Fact("crm", key, "crm", "won", won))
        end = last_day(keys[-1])
        return Actuals(end.replace(day=day) if day else end, tuple(facts))

    def events(self, passed: float) -> Events:
        """The same as dated events in whole days."""
        begun = self.began < passed
        began, won = self.began[begun], self.won[begun]
        ages = np.floor((passed - began) * DAYS_A_MONTH)
        lags = np.where(won < passed, np.floor((won - began) * DAYS_A_MONTH), np.nan)
        return Events(ages, lags)


STAGES = ("sent", "appointment", "unique", "held", "opportunity")


def history(truth: Truth, rng: np.random.Generator) -> History:
    """One history; with `cv` every month of winning has a factor of its own."""
    began = np.concatenate([month + rng.random(int(A_MONTH)) for month in range(MONTHS)])
    sigma = np.log(truth.delay.p90_ratio) / Z90
    lag = truth.delay.median_days / DAYS_A_MONTH * np.exp(sigma * rng.standard_normal(len(began)))
    arrive = began + lag
    chance = np.full(len(began), truth.rate)
    if truth.cv:
        spread = np.sqrt(np.log1p(truth.cv**2))
        factor = np.exp(spread * rng.standard_normal(400) - spread**2 / 2)
        chance = np.minimum(chance * factor[np.minimum(arrive.astype(int), 399)], 1.0)
    return History(began, np.where(rng.random(len(began)) < chance, arrive, np.inf))


def drawn_truth(rng: np.random.Generator) -> Truth:
    """A truth drawn from the priors."""
    rate = rng.beta(STRENGTH * RATE, STRENGTH * (1.0 - RATE))
    sigma = np.log(DELAY.p90_ratio) / Z90 * np.exp(0.25 * rng.standard_normal())
    delay = Delay(DELAY.median_days * float(np.exp(0.7 * rng.standard_normal())), float(np.exp(sigma * Z90)))
    return Truth(float(rate), delay, float(0.25 * np.exp(0.5 * rng.standard_normal())))


@dataclass(frozen=True)
class Check:
    """One statement of a landing held against what came: where it was made, and its interval score."""

    month: int
    ahead: int | None
    low: float
    middle: float
    high: float
    expected: float
    came: float

    @property
    def covered(self) -> bool:
        return self.low <= self.came <= self.high

    @property
    def score(self) -> float:
        return interval_score(self.low, self.middle, self.high, self.came)


def interval_score(low: float, middle: float, high: float, came: float) -> float:
    """The weighted interval score of a median and an 80 % range (Bracher et al. 2021)."""
    outside = max(low - came, 0.0) + max(came - high, 0.0)
    return (0.5 * abs(came - middle) + 0.1 * ((high - low) + 10.0 * outside)) / 1.5


def checks(believed: Plan, truth: Truth, rng: np.random.Generator, *, dated: bool = False) -> list[Check]:
    """A history of the truth, landed three times: further wins in one and three months, and to the plan's end."""
    real, rows = history(truth, rng), []
    for month in SEEN_AT:
        events = {"sales.won": real.events(month)} if dated else None
        won = land(believed, real.actuals(month), draws=600, events=events, seed=month).figure("won")
        for ahead in AHEAD:
            end = MONTHS if ahead is None else month + ahead
            before = won.so_far[month - 1]
            low, high, mean = (x[end - 1] - before for x in (won.so_far_low, won.so_far_high, won.so_far))
            rows.append(Check(month, ahead, low, mean, high, mean, real.wins(month, end)))
    return rows


def knowing(believed: Plan, real: History, month: int, rng: np.random.Generator) -> tuple[float, float, float]:
    """Low, median and high of further wins to the plan's end by a Beta posterior that knows the delay."""
    parents = np.array([((real.began >= m) & (real.began < m + 1)).sum() for m in range(month)], dtype=float)
    delay = DELAY
    exposed = float(parents @ matured(delay.median_days, delay.p90_ratio, month - np.arange(month)))
    k = real.wins(0, month)
    rate = rng.beta(STRENGTH * RATE + k, STRENGTH * (1 - RATE) + max(exposed - k, 0.0), 4000)
    share = arriving_between(np.arange(MONTHS + 1.0), delay.median_days, delay.p90_ratio)
    yet = parents @ share[:month, month:].sum(axis=1) + A_MONTH * share[month:, month:].sum()
    low, middle, high = np.quantile(rng.poisson(rate * yet), (0.1, 0.5, 0.9))
    return float(low), float(middle), float(high)
