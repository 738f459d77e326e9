"""Goal seek in words: the sentences a room would say, cards, and the questions on the shelf."""

from __future__ import annotations

import pytest

from planner.ask.goal.answer import Question, answered
from planner.plan import Limit, Plan, replace
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.goal.card import Card, Step, card, html
from planner.show.goal.curve import curve
from planner.show.goal.phrases import wish
from planner.show.goal.questions import ready_made
from planner.show.goal.sentences import scenario_name, sentence


def unpaced(plan: Plan) -> Plan:
    """The plan without paces and lists, so that another limit is met first."""
    return replace(plan, channels=tuple(replace(c, pace=None, coverage="random") for c in plan.channels))


def with_reps(reps: float) -> Plan:
    return pull(unpaced(starter(start="2027-01")), "team.reps", reps)


def two_sided() -> Plan:
    """One channel with an audience and ample hours: CAC falls with volume, then rises."""
    return pull(pull(unpaced(starter("email", start="2027-01")), "team.reps", 40.0), "team.cost_per_month", 100.0)


def test_what_limits_is_said_with_the_most_and_what_it_would_take_without() -> None:
    answer = answered(with_reps(2.0), Question("email.volume", "won", 40.0))
    text = sentence(answer)
    assert text.startswith("E-mail volume alone cannot reach 40 deals. The most is ")
    assert " a month; team hours are the limit. Without that limit it would take " in text
    assert card(answer).verdict.startswith("Out of reach · Team hours, ")


def test_an_answer_says_the_figure_what_it_was_and_the_move() -> None:
    text = sentence(answered(with_reps(9.0), Question("volumes", "won", 20.0)))
    assert text.startswith("To reach 20 deals (now 1")
    assert "), all volumes would have to rise by " in text


def test_an_answer_that_was_applied_asks_for_nothing_more() -> None:
    question = Question("volumes", "won", 19.5)
    first = answered(starter(start="2027-01"), question)
    assert card(first).steps
    again = card(answered(first.places[0].plan, question))
    assert (again.sentence, again.steps) == ("To reach 19.5 deals, nothing has to change.", ())
    lower = sentence(answered(first.places[0].plan, Question("volumes", "won", 19.0)))
    assert "all volumes would have to fall" in lower


def test_a_card_goes_from_where_the_lever_stands_to_a_number_people_type() -> None:
    (step,) = card(answered(with_reps(9.0), Question("email.replied.rate", "won", 20.0))).steps
    assert (step.lever, step.now) == ("E-mail reply rate", "0.5%")
    assert len(step.then.strip("%").replace(".", "").lstrip("0")) <= 3


def test_a_lever_goes_by_the_name_of_its_rate() -> None:
    plan = with_reps(9.0)
    assert "Which e-mail reply rate gives a CAC of" in " ".join(ready.text for ready in ready_made(plan))
    text = sentence(answered(plan, Question("email.replied.rate", "won", 30.0)))
    assert "the e-mail reply rate would have to rise from 0.5% to " in text


def test_two_places_are_named_with_the_turning_point_between_them() -> None:
    text = sentence(answered(two_sided(), Question("email.volume", "cac", 7000.0)))
    assert " a month both give a CAC of €7,000. CAC is lowest at " in text
    assert text.endswith("fixed costs are spread over more deals up to there; beyond it each touch yields less.")


def test_a_maximum_is_named_with_its_price() -> None:
    plan = replace(with_reps(9.0), limits=(Limit("email", 0.0, 12000.0),))
    answer = answered(plan, Question("email.volume", "won", 30.0))
    assert "; the e-mail maximum of 12,000 is the limit. Without that limit it would take " in sentence(answer)
    assert card(answer).room[0].startswith("100 more touches a month would add 0.0")


def test_a_lever_that_does_nothing_is_said_to_do_nothing() -> None:
    answer = answered(with_reps(9.0), Question("deal.value", "won", 99.0))
    assert sentence(answer) == "The deal value does not change deals: choose another lever."
    assert curve(answer).title == "Deals: the same for every value of the lever"


def test_a_ceiling_is_said_and_the_scenario_is_named_by_what_it_reaches() -> None:
    answer = answered(with_reps(9.0), Question("sales.won.rate", "won", 9999.0))
    assert sentence(answer).endswith(", at 100%; it cannot be higher than 100%.")
    name = scenario_name(answer, answer.places[0])
    assert name.endswith(" deals: 100%")
    assert not name.startswith("9,999")


def test_a_card_escapes_what_people_type() -> None:
    card = Card("Within all limits", True, (Step("<b>Post</b>", "1", "2"),), "To <i>reach</i>", ("a & b",))
    text = str(html(card))
    assert "&lt;b&gt;Post&lt;/b&gt;" in text
    assert "<i>" not in text
    assert "a &amp; b" in text


@pytest.mark.parametrize(
    ("metric", "sentence"),
    [("won", "at least 2 deals"), ("cac", "a CAC of at most €"), ("roi", "an ROI of at least 200%"),
     ("revenue", "revenue of at least €"), ("payback_months", "payback of at most 2")],
)  # fmt: skip
def test_a_figure_has_the_article_of_its_metric(metric: str, sentence: str) -> None:
    assert wish(starter("email"), Question("email.volume", metric, 2.0)).startswith(sentence)
