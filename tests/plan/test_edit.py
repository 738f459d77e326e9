"""Changes of a plan's shape give plans; what comes and goes again leaves the plan as it was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.engine import forecast
from planner.errors import PlanError
from planner.measure.metrics import measure
from planner.plan import Delay, Evidence, Limit, Opening, Plan, Range, edit, main_path, replace, the
from planner.plan.starter import TEMPLATES, add_channel, starter
from tests.strategies import plans

PLAN = replace(
    starter(),
    opening=(Opening("email.won", 1.0), Opening("phone.unique", 2.0)),
    limits=(Limit("email", 1.0, 9000.0), Limit("ads")),
    evidence=tuple(Evidence(path, "own") for path in ("email.volume", "costs.email_fee.amount", "deal.value")),
    ranges=(
        *starter().ranges,
        Range("costs.email_fee.amount", 0.005, 0.02), Range("feeds.email_to_landing.share", 0.5, 0.9),
    ),
)  # fmt: skip
KINDS = [t.kind for t in TEMPLATES]


def new_key(before: Plan, after: Plan) -> str:
    (key,) = {c.key for c in after.channels} - {c.key for c in before.channels}
    return key


@pytest.mark.parametrize("kind", [*KINDS, "custom", "Trade fair", "Sales", "éà"])
@pytest.mark.parametrize("plan", [PLAN, starter("email"), starter("landing"), starter("ads", "post")])
def test_a_channel_added_and_removed_leaves_the_plan_as_it_was(plan: Plan, kind: str) -> None:
    added = edit.add_channel(plan, kind)
    key = new_key(plan, added)
    assert edit.remove_channel(added, key) == plan
    twice = edit.add_channel(added, kind)
    assert edit.remove_channel(edit.remove_channel(twice, new_key(added, twice)), key) == plan


@given(plans(), st.sampled_from([*KINDS, "custom", "email_2"]))
def test_added_to_any_plan_too(plan: Plan, kind: str) -> None:
    added = edit.add_channel(plan, kind)
    assert edit.remove_channel(added, new_key(plan, added)) == plan


@given(plans(), st.sampled_from(["ads", "email", "landing"]))
def test_a_copy_added_and_removed_leaves_the_plan_as_it_was(plan: Plan, key: str) -> None:
    copied = edit.duplicate_channel(plan, key)
    assert edit.remove_channel(copied, new_key(plan, copied)) == plan


@pytest.mark.parametrize("key", [c.key for c in PLAN.channels])
def test_a_copy_brings_what_the_original_brings_of_its_own(key: str) -> None:
    """Where nothing is fed and nothing under way, the copy's deals, hours and direct cost are the original's."""
    plan = replace(PLAN, feeds=(), opening=(), ranges=starter().ranges)
    copied = edit.duplicate_channel(plan, key)
    copy = new_key(plan, copied)
    planned = forecast(copied)
    for stage in ("", "appointment", "won"):
        np.testing.assert_allclose(planned.count(stage, "months", copy), planned.count(stage, "months", key))
    np.testing.assert_allclose(planned.hours("months", copy), planned.hours("months", key))
    spent = {c: sum(float(row.amount) for row in planned.cost_rows("plan") if row.channel == c) for c in (key, copy)}
    assert spent[copy] == pytest.approx(spent[key])
    assert {r.path.split(".")[1] for r in copied.ranges if r.path.startswith(f"{copy}.")} == {
        r.path.split(".")[1] for r in plan.ranges if r.path.startswith(f"{key}.")
    }


def test_removing_a_channel_takes_along_all_that_names_it() -> None:
    left = edit.remove_channel(PLAN, "email")
    named = [*(c.per for c in left.costs), *(str(c.channel) for c in left.costs), *(e.stage for e in left.efforts)]
    named += [*(f.source for f in left.feeds), *(a.stage for a in left.assists), *(o.stage for o in left.opening)]
    named += [*(r.path for r in left.ranges), *(e.path for e in left.evidence), *(item.channel for item in left.limits)]
    assert not [path for path in named if "email" in path]
    assert [e.path for e in left.evidence] == ["deal.value"]
    assert len(left.ranges) == len([r for r in PLAN.ranges if "email" not in r.path])


def test_every_channel_can_go() -> None:
    plan = PLAN
    for channel in PLAN.channels:
        plan = edit.remove_channel(plan, channel.key)
    assert plan.channels == ()
    assert measure(plan, "won") == 0
    assert edit.add_channel(plan, "phone").channels[0].key == "phone"


def test_labels_change_and_keys_stay() -> None:
    renamed = edit.rename_channel(PLAN, "email", "Newsletter")
    assert the(renamed.channels, key="email").label == "Newsletter"
    assert the(renamed.costs, key="email_tools").label == "Newsletter: tools"
    assert edit.rename_channel(renamed, "email", "E-mail") == PLAN
    assert edit.rename_stage(edit.rename_stage(PLAN, "email", "sent", "Out"), "email", "sent", "Sent") == PLAN


def test_off_is_kept_and_not_counted() -> None:
    off = edit.switch(PLAN, "email", False)
    assert measure(off, "appointments") < measure(PLAN, "appointments")
    assert edit.switch(off, "email", True) == PLAN


def test_a_channel_moves_only_where_its_sources_stay_above() -> None:
    moved = edit.move_channel(PLAN, "phone", 2)
    assert [c.key for c in moved.channels] == ["ads", "email", "linkedin", "sms", "phone", "post", "landing"]
    assert edit.move_channel(moved, "phone", -2) == PLAN
    assert edit.move_channel(PLAN, "landing", 99) == PLAN
    with pytest.raises(PlanError, match="move ads up"):
        edit.move_channel(PLAN, "phone", -99)


@given(plans(), st.sampled_from(["sent", "replied", "appointment"]), st.booleans())
def test_a_stage_added_and_removed_leaves_the_plan_as_it_was(plan: Plan, of: str, exclusive: bool) -> None:
    added = edit.add_stage(plan, "email", "Signed up", of, 0.0 if exclusive else 0.3, exclusive=exclusive)
    assert edit.remove_stage(added, "email", "signed_up") == plan


def test_a_main_stage_comes_between_and_the_path_closes_over_it_again() -> None:
    added = edit.add_stage(PLAN, "email", "Qualified", "positive", 0.5, main=True)
    assert the(the(added.channels, key="email").stages, key="appointment").of == "qualified"
    assert measure(added, "appointments", channel="email") == pytest.approx(
        measure(PLAN, "appointments", channel="email") / 2
    )
    assert edit.remove_stage(added, "email", "qualified") == PLAN
    without = edit.remove_stage(PLAN, "email", "positive")
    assert the(the(without.channels, key="email").stages, key="appointment").of == "replied"
    opened = edit.remove_stage(PLAN, "email", "opened")
    assert [f.key for f in opened.feeds] == ["ads_to_landing"]  # clicks hang below opens


@pytest.mark.parametrize(("path", "message"), [
    ("email.sent", "remove the channel instead"), ("email.fax", "its stages are sent"),
    ("fax.sent", "its channels are ads"),
])  # fmt: skip
def test_what_is_not_there_cannot_be_removed(path: str, message: str) -> None:
    with pytest.raises(PlanError, match=message):
        edit.remove_stage(PLAN, *path.split("."))
    with pytest.raises(PlanError, match="no cost"):
        edit.remove_cost(PLAN, "fax")


def test_profiles() -> None:
    rising = edit.ramped(PLAN, "email", 4)
    assert the(rising.channels, key="email").profile == (0.25, 0.5, 0.75, *(1.0,) * 9)
    assert edit.set_profile(rising, "email", [1] * 12) == PLAN
    assert edit.ramped(PLAN, "email", 1) == PLAN
    for wrong in (0, 13):
        with pytest.raises(PlanError, match="between 1 and 12"):
            edit.ramped(PLAN, "email", wrong)
    with pytest.raises(PlanError, match="one multiplier per month"):
        edit.set_profile(PLAN, "email", [0.5])


@given(plans(), st.integers(1, 60))
def test_a_plan_of_other_length_begins_alike(plan: Plan, months: int) -> None:
    resized, shared = edit.with_months(plan, months), min(months, plan.months)
    for before, after in zip(plan.channels, resized.channels, strict=True):
        assert len(after.profile) == (months if before.profile else 0)
        assert after.profile[:shared] == before.profile[:shared]
        assert set(after.profile[shared:]) <= {1.0}
    then, now = (measure(p, "won", by_month=True)[:shared] for p in (plan, resized))
    np.testing.assert_allclose(now, then, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("months", [0, 61, 10**12, -1])
def test_a_plan_runs_over_1_to_60_months(months: int) -> None:
    with pytest.raises(PlanError, match="1 to 60"):
        edit.with_months(PLAN, months)


def test_costs_and_the_start() -> None:
    cost = edit.add_cost(PLAN, "Team", 100.0, "month", "email")
    assert cost.costs[-1].key == "team_2"
    assert measure(cost, "cost") == pytest.approx(measure(PLAN, "cost") + 1200)
    assert edit.remove_cost(cost, "team_2") == PLAN
    assert [r for r in PLAN.ranges if r not in edit.remove_cost(PLAN, "email_fee").ranges] == [PLAN.ranges[-2]]
    assert edit.with_start(edit.with_start(PLAN, "2028-02"), "2027-01") == PLAN


def test_a_delay_comes_and_goes() -> None:
    plan = starter("email", "phone")
    late = edit.with_delay(plan, "email", "appointment", Delay(30.0, 3.0))
    assert measure(late, "appointments") < measure(plan, "appointments")
    assert measure(late, "appointments", tail=True) == pytest.approx(measure(plan, "appointments", tail=True))
    assert edit.with_delay(late, "email", "appointment", None) == plan
    assert edit.with_delay(plan, "sales", "won", None).sales[3].delay is None
    with pytest.raises(PlanError, match=r"email\.delivered\.delay stands before replied"):
        edit.with_delay(plan, "email", "delivered", Delay(3.0, 3.0))


def test_a_stage_on_the_way_of_a_custom_channel_counts() -> None:
    plan = add_channel(starter("email"), "custom", "Fairs")
    longer = edit.add_stage(plan, "fairs", "Demo booked", "replied", 0.25, main=True)
    assert [s.key for s in main_path(longer.channels[1].stages)] == ["touched", "replied", "demo_booked", "appointment"]
    before, after = (measure(some, "appointments", channel="fairs") for some in (plan, longer))
    assert after == pytest.approx(before / 4)


def test_stages_that_may_wait_are_those_a_delay_is_taken_on() -> None:
    plan = starter()
    for channel in plan.channels:
        able = {s.key for s in edit.may_wait(channel.stages)}
        for stage in channel.stages:
            try:
                edit.with_delay(plan, channel.key, stage.key, Delay(3.0, 3.0))
                taken = True
            except PlanError:
                taken = False
            assert taken == (stage.key in able)
