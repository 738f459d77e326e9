"""The table of the trade and the plan made of it."""

from __future__ import annotations

import pytest

from planner.measure.metrics import measure
from planner.plan import main_path, merged, the
from planner.plan.levers import levers
from planner.plan.starter import SALES, TEMPLATES, TYPICAL, add_channel, starter, typical_of
from planner.plan.templates import CARRIES, LIFTS, lead_stage

KEYS = """
email: sent *delivered xhard_bounce xsoft_bounce inboxed opened unsubscribed spam_complaint clicked *replied! *positive xnegative xneutral *appointment
phone: dials *connected! xunreachable xno_answer xvoicemail xgatekeeper *appointment xrecontact xreferral xnegative xoff_target xother
linkedin: invites *accepted! dm_read booking_request booking_response *replied *positive xnegative xneutral *appointment
sms: sent *delivered opt_out *replied! *positive xnegative *appointment
post: sent returned *replied! *positive xnegative *appointment
ads: impressions clicked
landing: visitors chats *leads *appointment
sales: *unique *held *opportunity *won xlost
"""  # noqa: E501
PLAN = starter()


def test_stages_are_those_of_the_model() -> None:
    """Main stages marked *, exclusive ones x, the one that tires !."""
    stages_of = {
        key: {("*" if s.main else "x" if s.exclusive else "") + s.key + ("!" if s.tires else "") for s in stages}
        for key, stages in (*((c.key, c.stages) for c in PLAN.channels), ("sales", PLAN.sales))
    }
    wanted = dict(line.split(": ") for line in KEYS.strip().splitlines())
    assert stages_of == {key: set(stages.split()) for key, stages in wanted.items()}


@pytest.mark.parametrize(("path", "rate"), [
    ("email.delivered", 0.965), ("email.replied", 0.005), ("email.positive", 0.45), ("email.appointment", 0.5),
    ("phone.connected", 0.054), ("phone.appointment", 0.035), ("linkedin.accepted", 0.29), ("linkedin.replied", 0.2),
    ("sms.delivered", 0.92), ("sms.replied", 0.08), ("post.replied", 0.0128), ("ads.clicked", 0.0008),
    ("landing.leads", 0.03), ("sales.unique", 0.92), ("sales.held", 0.7), ("sales.opportunity", 0.55),
    ("sales.won", 0.2),
])  # fmt: skip
def test_rates_are_the_trades(path: str, rate: float) -> None:
    assert typical_of(PLAN, f"{path}.rate").value == rate  # type: ignore[union-attr]
    assert next(item.value for item in levers(PLAN) if item.path == f"{path}.rate") == rate


def test_every_typical_value_lies_in_its_range_and_says_where_it_comes_from() -> None:
    rows = [row for t in TEMPLATES for row in t.rows] + list(SALES)
    typicals = [row.typical for row in rows] + [row.days for row in rows if row.days] + list(TYPICAL.values())
    typicals += [x for t in TEMPLATES for x in (t.volume, t.each, t.audience, t.fee, t.tools, *t.minutes.values()) if x]
    typicals += [c.share for c in CARRIES] + [x for row in LIFTS for x in (row.lift, row.scale)]
    for typical in typicals:
        assert typical.low <= typical.value <= typical.high
        assert typical.low < typical.high
        assert any(mark in typical.source for mark in ("https://", "judgement", "carried out"))


def test_levers_of_the_starter_but_spreads_of_delays_and_new_contacts_have_a_usual_range() -> None:
    for item in levers(PLAN):
        typical = typical_of(PLAN, item.path)
        if item.path.endswith(("p90_ratio", ".fresh")):
            assert typical is None
        else:
            assert typical
            assert typical.low <= item.value == typical.value <= typical.high


def test_the_starter_is_a_plan_one_could_argue_about() -> None:
    """Pays back with the tail, inside the team's hours, and not by so much that there is nothing to ask."""
    assert 0 < measure(PLAN, "roi") < measure(PLAN, "roi", tail=True) < 2
    assert 0.7 < measure(PLAN, "utilisation") < 1
    assert measure(PLAN, "utilisation", by_month=True).max() < 1
    assert 6 < measure(PLAN, "break_even_month") <= 12
    assert measure(PLAN, "won") < the(PLAN.targets, metric="won").value < measure(PLAN, "won", tail=True)
    assert 3 < measure(PLAN, "clv_to_cac") < 5


def test_a_starter_of_some_kinds_in_any_order_is_fed_and_helped_as_usual() -> None:
    plan = starter("landing", "email", "ads")
    assert {c.key for c in plan.channels} == {"ads", "email", "landing"}
    assert {(f.source, f.channel) for f in plan.feeds} == {("ads.clicked", "landing"), ("email.clicked", "landing")}
    assert [a.stage for a in plan.assists] == ["email.replied"]
    assert measure(plan, "touches", channel="landing") > 12 * 250


def test_a_kind_nobody_knows_becomes_a_channel_with_its_own_stages() -> None:
    plan = starter("Trade fairs")
    (channel,) = plan.channels
    assert (channel.key, channel.label, channel.kind) == ("trade_fairs", "Trade fairs", "custom")
    assert [s.key for s in main_path(merged(channel.stages, plan.sales))][-1] == "won"
    assert typical_of(plan, "trade_fairs.replied.rate") is None


def test_clicks_are_carried_once() -> None:
    """A second landing page gets no clicks that the first has already."""
    plan = add_channel(PLAN, "landing")
    assert [f.channel for f in plan.feeds] == ["landing", "landing"]
    assert {c.label for c in plan.channels if c.kind == "landing"} == {"Landing page", "Landing page 2"}


def test_a_lead_is_an_early_interest_or_the_appointment() -> None:
    plan = add_channel(PLAN, "custom")
    leads = {channel.key: lead_stage(channel) for channel in plan.channels}
    assert leads == {
        "ads": None, "email": "positive", "phone": "appointment", "linkedin": "positive", "sms": "positive",
        "post": "positive", "landing": "leads", "new_channel": "appointment",
    }  # fmt: skip


def test_a_usual_pace_has_a_source_and_senders_that_carry_the_usual_volume() -> None:
    for pace, volume in ((t.pace, t.volume.value) for t in TEMPLATES if t.pace):
        assert pace.weekly.low <= pace.weekly.value <= pace.weekly.high
        assert "://" in pace.weekly.source or "judgement" in pace.weekly.source
        assert pace.senders is None or pace.senders * pace.weekly.value * 19 / 5 >= volume  # 19 working days
