"""Levers are called what the trade calls them; a stage of one's own is called by its label."""

from __future__ import annotations

import pytest

from planner.errors import PlanError
from planner.plan import Opening, replace
from planner.plan.edit import add_stage, duplicate_channel, rename_channel, rename_stage
from planner.plan.levers import lever, levers, pull
from planner.plan.naming import arrivals_name
from planner.plan.starter import TEMPLATES, add_channel, starter

PLAN = starter()


@pytest.mark.parametrize(("path", "name", "label"), [
    ("email.replied.rate", "e-mail reply rate", "E-mail reply rate (of delivered)"),
    ("email.sent.rate", "e-mail completion rate", "E-mail completion rate (of planned e-mails)"),
    ("sms.negative.rate", "SMS negative reply rate", "SMS negative reply rate (of replies that are not positive)"),
    ("phone.no_answer.rate", "phone no-answer rate", "Phone no-answer rate (of dials without a conversation)"),
    ("linkedin.accepted.rate", "LinkedIn acceptance rate", "LinkedIn acceptance rate (of invitations)"),
    ("sms.replied.rate", "SMS reply rate", "SMS reply rate (of delivered)"),
    ("post.replied.rate", "postal reply rate", "Postal reply rate (of sent)"),
    ("sales.won.rate", "win rate", "Win rate (of opportunities)"),
    ("sales.lost.rate", "loss rate", "Loss rate (of opportunities not won)"),
    ("sales.won.delay.median_days", "median time to win", "Median time to win"),
    ("email.replied.delay.p90_ratio", "spread of the e-mail reply delay", "Spread of the e-mail reply delay"),
    ("email.volume", "e-mail volume", "E-mail volume"),
    ("efforts.phone.connected.minutes", "phone minutes per conversation", "Phone minutes per conversation"),
    ("costs.crm.amount", "cost “CRM and data”", "Cost “CRM and data”"),
    ("team.reps", "reps", "Reps"),
])  # fmt: skip
def test_a_lever_has_a_short_and_a_long_name(path: str, name: str, label: str) -> None:
    assert (lever(PLAN, path).name, lever(PLAN, path).label) == (name, label)


def test_a_month_is_named_as_the_sentence_around_it() -> None:
    plan = pull(replace(PLAN, locale="nb_NO", start="2027-03"), "email.profile.2", 1.2)
    assert lever(plan, "email.profile.2").label == "E-mail volume multiplier for May 2027"


def test_no_two_levers_of_all_templates_share_a_name() -> None:
    plan = replace(duplicate_channel(PLAN, "email"), opening=(Opening("email.won", 2.0),))
    names = [item.name for item in levers(plan)]
    assert len(set(names)) == len(names)
    assert lever(plan, "email_2.replied.rate").name == "e-mail 2 reply rate"


def test_a_stage_of_ones_own_is_named_by_its_label() -> None:
    plan = add_stage(PLAN, "email", "Asked for a price", "replied")
    assert lever(plan, "email.asked_for_a_price.rate").label == "E-mail asked for a price rate (of replies)"
    renamed = rename_stage(PLAN, "email", "replied", "Answered")
    assert lever(renamed, "email.replied.rate").label == "E-mail answered rate (of delivered)"
    assert lever(renamed, "email.positive.rate").of == "answered"


def test_a_channel_of_ones_own_keeps_its_capitals() -> None:
    plan = rename_channel(add_channel(PLAN, "custom"), "new_channel", "Google Ads")
    assert lever(plan, "new_channel.replied.rate").name == "Google Ads replied rate"
    assert lever(rename_channel(PLAN, "post", "Brochures"), "post.replied.rate").name == "Brochures reply rate"


def test_arrivals_have_a_name() -> None:
    assert arrivals_name(PLAN, "email.replied") == "e-mail replies"
    assert arrivals_name(PLAN, "email.won") == "e-mail deals"
    assert arrivals_name(PLAN, "sales.held") == "meetings held"
    with pytest.raises(PlanError, match="names no stage"):
        arrivals_name(PLAN, "email.fax")


def test_whoever_is_left_over_by_a_main_outcome_has_a_word() -> None:
    """Every main stage of a template that has an exclusive sibling says what the parent's others are."""
    for template in TEMPLATES:
        shared_out = {row.of for row in template.rows if "x" in row.flags}
        assert all(row.words.without for row in template.rows if "*" in row.flags and row.of in shared_out)
