"""A difference as it is shown: the sentence, the waterfall, the table that adds up."""

from __future__ import annotations

import math

import pytest

from planner import words
from planner.ask.compare.bridge import Ends, bridge
from planner.ask.compare.by_lever import bridge_by_lever
from planner.engine import forecast
from planner.measure.metrics import read
from planner.plan import Plan, Target, replace
from planner.plan.edit import remove_channel
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.bridge import Effect, of_causes, of_levers, proof, waterfall
from planner.show.compare import ALIKE, summary
from planner.show.design import BAD, GOOD
from planner.show.forecast import charts, money
from planner.show.headline import headline, undivided
from planner.show.tables import Cell
from tests.ask.happening import chain, paper

PLAN = paper(chain("email", 1000, (0.1, 0.5)), chain("phone", 100, (0.5, 1.0)))
NAMES = ("Baseline", "The plan")


def sentence(other: Plan, metric: str = "won") -> str:
    split = bridge_by_lever(PLAN, other, metric)
    return headline(of_levers(split, PLAN, other), Ends(split.before, split.after), other, metric)


def test_the_sentence_names_the_lever_that_moved_most() -> None:
    fewer = pull(pull(PLAN, "email.volume", 600.0), "phone.volume", 80.0)
    assert sentence(fewer) == "Deals fall by 30, from 100 to 70, two thirds of it because of the Email volume."
    only = pull(PLAN, "phone.replied.rate", 0.6)
    assert sentence(only) == "Deals rise by 10, from 100 to 110, entirely because of the Phone replied rate."
    against = pull(pull(PLAN, "email.volume", 1200.0), "phone.volume", 60.0)
    assert sentence(against) == (
        "Deals fall by 10, from 100 to 90; the Phone volume alone takes away 20, other changes offset 10."
    )
    even = pull(pull(PLAN, "email.volume", 1400.0), "phone.volume", 60.0)
    assert sentence(even) == "Deals stay at 100: the Email volume and the Phone volume cancel out."
    assert sentence(PLAN, "revenue") == "Revenue does not change."


def test_an_undefined_figure_is_said_from_what_to_what() -> None:
    plan = starter("email")
    none = pull(plan, "email.volume", 0.0)
    text = summary(bridge_by_lever(plan, none, "cac"), forecast(plan), forecast(none), NAMES)
    assert text.startswith("CAC is €")
    assert " in the baseline and undefined in the plan; a difference like that cannot be split." in text
    assert undivided(Ends(math.nan, 3.0), (plan, plan), NAMES, "won").startswith(
        "Deals are undefined in the baseline and 3"
    )


def test_plans_that_differ_in_nothing_that_shows_say_so() -> None:
    other = pull(PLAN, "correlation", 0.9)
    assert summary(bridge_by_lever(PLAN, other), forecast(PLAN), forecast(other), NAMES) == ALIKE


def test_a_rise_in_cost_is_bad_and_a_rise_in_deals_good() -> None:
    effects, ends = (Effect("Deal value", "the deal value", 4.0),), Ends(1.0, 5.0)
    hues = [waterfall(PLAN, effects, ends, metric, NAMES, "in the plan").frame["hue"][1] for metric in ("won", "cac")]
    assert hues == [GOOD, BAD]
    cells = [proof(PLAN, effects, metric).rows[0][3] for metric in ("won", "cac")]
    assert [cell.tone for cell in cells if isinstance(cell, Cell)] == ["good", "bad"]


def test_bars_stand_on_zero_or_the_axis_is_broken_and_says_so() -> None:
    wide = waterfall(PLAN, (Effect("Volume", "", 5.0),), Ends(5.0, 10.0), "won", NAMES, "in the plan")
    assert set(wide.frame["start"][[0, 2]]) == {0.0}
    assert "does not start at 0" not in str(wide.spec)
    narrow = waterfall(PLAN, (Effect("Volume", "", 5.0),), Ends(100.0, 105.0), "won", NAMES, "in the plan")
    assert 0.0 < narrow.frame["start"][0] < 100.0
    assert narrow.frame["broken"].tolist() == [True, False, True]
    assert "Deals in the plan (axis does not start at 0)" in str(narrow.spec)
    loss = waterfall(PLAN, (Effect("Volume", "", 30.0),), Ends(-10.0, 20.0), "profit", NAMES, "in the plan")
    assert loss.frame["start"].tolist() == [-10.0, -10.0, 0.0]


@pytest.mark.parametrize("amounts", [(3.0, -1.0), tuple(float(n) for n in range(1, 30)), (5.0, 1e-9, 2e-9, 3e-9)])
def test_the_bars_of_a_waterfall_lead_from_one_end_to_the_other(amounts: tuple[float, ...]) -> None:
    effects = [Effect(f"Lever {place}", "", amount) for place, amount in enumerate(amounts)]
    ends = Ends(2.0, 2.0 + sum(amounts))
    frame = waterfall(PLAN, effects, ends, "won", NAMES, "in the plan").frame
    widths = (frame["stop"] - frame["start"])[1:-1]
    assert len(frame) <= 13
    assert frame["row"].is_unique
    assert abs(sum(abs(amount) for amount in amounts) - widths.sum()) < 1e-6


def test_rates_of_a_cause_have_the_names_of_their_levers() -> None:
    plan = starter("email")
    other = pull(pull(plan, "email.replied.rate", 0.01), "sales.won.rate", 0.25)
    bars = [bar for bar in bridge(forecast(plan), forecast(other)) if bar.amount]
    assert {bar.label for bar in bars} == {"E-mail: reply rate", "E-mail: win rate"}
    labels = {effect.full for effect in of_causes(bars, other)}
    assert labels == {"E-mail reply rate (of delivered)", "E-mail win rate (of opportunities)"}


def test_a_channel_that_goes_is_a_change_in_structure() -> None:
    other = remove_channel(starter("email", "phone"), "phone")
    plan = starter("email", "phone")
    (effect,) = of_levers(bridge_by_lever(plan, other), plan, other)
    assert effect.name == "changes in structure"
    assert replace(effect, amount=0.0).before == ""


@pytest.mark.parametrize("tail", [False, True])
def test_the_bridge_of_money_leads_from_revenue_over_every_cost_to_profit(tail: bool) -> None:
    result = forecast(replace(starter(), targets=(Target("revenue", 1e6), Target("cost", 1e6))))
    chart = money.bridge(result, tail=tail)
    revenue, profit = (float(read(result, key, tail=tail)) for key in ("revenue", "profit"))
    widths = chart.frame["stop"] - chart.frame["start"]
    assert widths.iloc[0] == pytest.approx(revenue)
    assert widths.iloc[0] - widths.iloc[1:-1].sum() == pytest.approx(profit)
    gap = words.short(result.plan, 1e6 - revenue, "money")
    assert f"(revenue misses its target of €1M by {gap})" in chart.title
    assert "cost misses" not in chart.title  # it lies below its target


def test_the_parts_of_a_bar_are_named_where_they_stand() -> None:
    result = forecast(starter())
    frame = charts.deal_months(result, result).frame
    named = frame[frame["middle"].notna()].sort_values("middle")
    lasts = frame[(frame["order"] >= 0) & (frame["month"] == frame["month"].iloc[-1])]
    assert set(named["month"]) == {frame["month"].iloc[-1]}
    below = lasts[lasts["order"] < named["order"].iloc[-1]]["value"].sum()
    assert named["middle"].iloc[-1] == pytest.approx(below + named["value"].iloc[-1] / 2)
    assert "Postal mail" not in set(named["label"])  # too low to carry a name
