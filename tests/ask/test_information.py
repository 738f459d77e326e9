from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from scipy.special import ndtr

from planner.ask.information import InformationValue, value_from_draws, value_of_information
from planner.ask.sensitivity import variance_shares
from planner.ask.uncertainty.inputs import sobol_normals
from planner.errors import PlanError
from planner.plan import Range, Team, replace
from planner.plan.levers import pull
from planner.plan.scales import Z90
from planner.plan.starter import starter
from tests.ask.chain import RATES, chain


def worths(learning: InformationValue) -> dict[str, float]:
    return {each.path: each.value for each in learning.inputs}


def cells(*values: tuple[float, ...]) -> list[np.ndarray]:
    """Every combination equally often, in a shuffled order."""
    rows = np.array(list(product(*values)) * 500, dtype=float)
    return list(np.random.default_rng(5).permutation(rows).T)


@pytest.mark.parametrize(("safe", "everything", "connect", "booked"), [(100, 125 / 6, 15.0, 95 / 6), (300, 0, 0, 0)])
def test_two_rates_and_a_safe_choice(safe: float, everything: float, connect: float, booked: float) -> None:
    """B pays 1 400 · connect · booked, A a fixed sum; connect 5 or 10 %, booked ½, 1 or 1½."""
    rate, share = cells((0.05, 0.10), (0.5, 1.0, 1.5))
    pays = np.array([np.full(len(rate), safe), 1400 * rate * share])
    learning = value_from_draws({"connect": rate, "booked": share}, pays)
    assert learning.means == pytest.approx((safe, 105))
    assert learning.best == (0 if safe > 105 else 1)
    assert learning.perfect == pytest.approx(everything)
    assert worths(learning) == pytest.approx({"connect": connect, "booked": booked}, rel=0.02)


def test_the_widest_bar_is_not_what_to_measure() -> None:
    """A = 8 · price, B = 100 · rate · price: price has most of the variance of B and is worth nothing to know."""
    price, rate = cells((500, 1500), (0.05, 0.12))
    learning = value_from_draws({"price": price, "rate": rate}, np.array([8 * price, 100 * rate * price]))
    assert learning.means == pytest.approx((8000, 8500))
    assert learning.perfect == pytest.approx(1500)
    assert worths(learning) == pytest.approx({"rate": 1500, "price": 0}, rel=0.02)
    assert [each.pays for each in learning.inputs] == [True, False]


@pytest.mark.parametrize("better", [1, -1])
def test_normal_gains_agree_with_the_closed_form(better: int) -> None:
    """A gain of mean 10 and sd 40, of which one input explains sd 20: 11.4538 and 3.9560. Less may be better, too."""
    z = next(sobol_normals(["half", "rest", "idle"], 8192, 1, 8192))
    gain = 10 + 20 * z["half"] + math.sqrt(40**2 - 20**2) * z["rest"]
    learning = value_from_draws(z, better * np.array([np.zeros_like(gain), gain]), better=better)
    assert learning.best == 1
    assert learning.perfect == pytest.approx(11.45378792894321, rel=0.01)
    assert worths(learning)["half"] == pytest.approx(3.9559311480261217, rel=0.01)
    assert worths(learning)["idle"] <= {each.path: each.noise_floor for each in learning.inputs}["idle"] < 0.1


def test_keep_or_stop_is_an_option_on_the_deal_value() -> None:
    """Going on brings 6.86 deals of log-normal value and pays the team, stopping neither: an option, in closed form."""
    sigma, pay = 0.4, 80_000.0
    value = Range("deal.value", 15_000 * math.exp(-Z90 * sigma), 15_000 * math.exp(Z90 * sigma))
    going = chain(team=Team(1.0, pay), ranges=(value, Range("team.hours_per_day", 5.0, 7.0)))
    stopped = replace(pull(going, "email.volume", 0.0), team=Team(0.0, pay), ranges=())
    mean = 6.86 * 0.75 * 15_000 * math.exp(sigma**2 / 2)
    d = math.log(mean / pay) / sigma + sigma / 2
    option = mean * ndtr(d) - pay * ndtr(d - sigma)
    learning = value_of_information(going, (stopped,))
    assert learning.means == pytest.approx((mean - pay, 0.0), rel=1e-3)
    assert learning.perfect == pytest.approx(option - (mean - pay), rel=5e-3)
    assert worths(learning) == pytest.approx({"deal.value": option - (mean - pay), "team.hours_per_day": 0.0}, rel=5e-3)


def test_no_lesson_is_worth_more_than_knowing_everything() -> None:
    plan = starter("email", "phone")
    learning = value_of_information(
        plan, (pull(plan, "phone.volume", 4000.0), pull(plan, "email.volume", 3000.0)), draws=4096
    )
    assert len(learning.means) == 3
    assert all(0 <= each.value <= learning.perfect for each in learning.inputs)


def test_nothing_to_choose_is_nothing_to_learn() -> None:
    plan = chain(ranges=RATES)
    alone = value_of_information(plan, ())
    assert (alone.best, alone.perfect, alone.inputs) == (0, 0.0, ())
    same = value_of_information(plan, (plan,), draws=256)
    assert same.perfect == 0.0
    assert not [each for each in same.inputs if each.pays]


def test_a_metric_without_a_mean_is_refused() -> None:
    with pytest.raises(PlanError, match="profit or deals"):
        value_of_information(
            chain(ranges=RATES), (pull(chain(ranges=RATES), "email.volume", 0.0),), metric="cac", draws=64
        )


def test_what_moves_all_alternatives_alike_is_not_worth_knowing() -> None:
    """Half the e-mails bring half the revenue whatever a deal is worth: most of the variance, no change of choice."""
    plan = chain(ranges=(Range("deal.value", 5_000.0, 45_000.0), Range("email.replied.rate", 0.025, 0.036)))
    assert variance_shares(plan, "revenue", draws=512)[0].path == "deal.value"
    learning = value_of_information(plan, (pull(plan, "email.volume", 5_000.0),), metric="revenue", draws=1024)
    assert learning.means[1] == pytest.approx(learning.means[0] / 2)
    assert worths(learning) == {"deal.value": 0.0, "email.replied.rate": 0.0}
