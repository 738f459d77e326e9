"""Every number has one name, and moving one moves nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import PlanError
from planner.plan import Evidence, Plan, Range, replace, the
from planner.plan.kinds import KINDS, RATE, Kind
from planner.plan.levers import kind_of_lever, lever, levers, pull, ranges_in_force
from planner.plan.paths import get, locate, put
from planner.plan.scales import link, unlink
from planner.plan.starter import starter
from tests.strategies import plans

PLAN = starter()


def numbers(part: object) -> int:
    """How many floats stand in a value, counted by walking all of its fields."""
    if isinstance(part, float):
        return 1
    parts = part if isinstance(part, tuple) else vars(part).values() if hasattr(part, "__dataclass_fields__") else ()
    return sum(map(numbers, parts))


@given(plans())
def test_levers_are_complete_and_each_has_one_name(plan: Plan) -> None:
    by_path = levers(plan)
    assert len({item.path for item in by_path}) == len(by_path) == numbers(plan)
    for item in by_path:
        assert get(plan, locate(plan, item.path)) == item.value
        assert lever(plan, item.path) == item
    assert len({item.label for item in by_path}) == len(by_path)


def test_numbers_of_the_month_the_channel_and_the_cost_have_their_paths() -> None:
    plan = replace(
        PLAN,
        channels=tuple(
            replace(c, deal=PLAN.deal, pace=90.0, senders=2.0) if c.key == "linkedin" else c for c in PLAN.channels
        ),
    )
    for path, to in (
        ("linkedin.deal.value", 21000.0), ("linkedin.pace", 100.0), ("linkedin.senders", 3.0), ("linkedin.fresh", 40.0),
        ("linkedin.accepted.by_month.6", 0.5), ("sales.held.by_month.0", 0.0),
    ):  # fmt: skip
        moved = pull(plan, path, to)
        assert lever(moved, path).value == to
        assert len(levers(moved)) - len(levers(plan)) == (PLAN.months if "by_month" in path else 0)
    with pytest.raises(PlanError, match="names no number"):
        lever(PLAN, "linkedin.deal.value")


@given(plans(), st.data())
def test_pulling_one_lever_keeps_all_others(plan: Plan, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(levers(plan)))
    exclusive = any(s.exclusive and item.path.endswith(f".{s.key}.rate") for c in plan.channels for s in c.stages)
    low = item.kind.low + 0.5 if item.kind.above else max(item.kind.low, -1.0)
    to = data.draw(st.floats(0.0, item.value) if exclusive else st.floats(low, min(item.kind.high, 1e6)))
    pulled = pull(plan, item.path, to)
    assert {i.path: i.value for i in levers(pulled)} == {i.path: i.value for i in levers(plan)} | {item.path: to}
    assert pull(pulled, item.path, item.value) == plan


def test_a_month_of_an_empty_profile_can_be_pulled() -> None:
    pulled = pull(PLAN, "email.profile.3", 0.5)
    assert the(pulled.channels, key="email").profile == (1.0, 1.0, 1.0, 0.5, *(1.0,) * 8)
    assert lever(pulled, "email.profile.0").value == 1.0


@pytest.mark.parametrize("path", [
    "", "email", "email.replied", "email.fax.rate", "fax.volume", "email.replied.label", "sales.won.delay", "name",
    "months", "team.hires.0.reps", "email.profile.12", "costs.fax.amount", "email.volume.x", "../x", "email.Volume",
    "email.stages.0.rate", "deal.value\n",
])  # fmt: skip
def test_a_path_that_names_no_number_is_refused(path: str) -> None:
    for ask in (lambda: pull(PLAN, path, 1.0), lambda: locate(PLAN, path), lambda: lever(PLAN, path)):
        with pytest.raises(PlanError, match="names no number"):
            ask()


@pytest.mark.parametrize(("path", "to"), [
    ("email.replied.rate", 1.2), ("email.replied.rate", -0.1), ("email.replied.rate", float("nan")),
    ("email.volume", float("inf")), ("email.audience", 0.0), ("sales.won.delay.p90_ratio", 1.0),
    ("costs.commission.amount", 1.01), ("email.hard_bounce.rate", 0.61),
])  # fmt: skip
def test_a_lever_stays_inside_its_bounds(path: str, to: float) -> None:
    with pytest.raises(PlanError) as refused:
        pull(PLAN, path, to)
    assert refused.value.path in (path, "email.soft_bounce.rate")
    assert kind_of_lever(PLAN, "costs.commission.amount").high == 1.0


def test_a_range_follows_its_lever_along_the_link_scale_and_back() -> None:
    path = "email.replied.rate"
    typed = the(PLAN.ranges, path=path)
    assert the(ranges_in_force(PLAN), path=path) == typed
    moved = pull(PLAN, path, 0.2)
    assert the(moved.ranges, path=path) == replace(typed, at=0.005)
    here = the(ranges_in_force(moved), path=path)
    for old, new in ((typed.low, here.low), (typed.high, here.high)):  # as wide as before, on the logit scale
        before, after = link(RATE, old) - link(RATE, 0.005), link(RATE, new) - link(RATE, 0.2)
        assert after == pytest.approx(before)
    for bound in (0.0, 1.0):  # no range can be there, and none is lost on the way back
        there = pull(moved, path, bound)
        assert all(band.path != path for band in ranges_in_force(there))
        assert pull(there, path, 0.005) == PLAN


WIDE = (Range("email.volume", 1.0, 1e9), Range("sales.won.delay.p90_ratio", 1.1, 9.0))
RANGED = replace(PLAN, ranges=(*PLAN.ranges, *WIDE))


@given(st.sampled_from([band.path for band in RANGED.ranges]), st.floats(0, 1), st.sampled_from([1e-300, 1e-9, 1.0]))
def test_wherever_a_value_goes_its_range_is_one_or_gone(path: str, share: float, size: float) -> None:
    kind = lever(RANGED, path).kind
    for to in (kind.low + share * size * (kind.high - kind.low), kind.high - share * size * (kind.high - kind.low)):
        if to > kind.low or not kind.above:
            assert [band for band in pull(RANGED, path, to).ranges if band.path != path] == [
                band for band in RANGED.ranges if band.path != path
            ]


def test_evidence_for_the_old_value_goes() -> None:
    plan = replace(PLAN, evidence=(Evidence("deal.value", "own data"), Evidence("email.volume", "typed")))
    assert pull(plan, "deal.value", 1.0).evidence == (Evidence("email.volume", "typed"),)
    assert pull(plan, "deal.value", plan.deal.value) == plan


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.link], ids=lambda kind: kind.key)
@given(share=st.floats(0.001, 0.999))
def test_a_link_scale_undoes_itself(kind: Kind, share: float) -> None:
    value = kind.low + share * (min(kind.high, 1e4) - kind.low)
    assert unlink(kind, link(kind, value)) == pytest.approx(value, rel=1e-9)


def test_link_scales_run_to_the_bounds() -> None:
    np.testing.assert_array_equal(unlink(RATE, np.array([-np.inf, 0.0, np.inf])), [0.0, 0.5, 1.0])
    np.testing.assert_array_equal(link(RATE, np.array([0.0, 1.0])), [-np.inf, np.inf])


@given(st.sampled_from(levers(PLAN)), st.floats(0, 1))
def test_a_slider_holds_its_value_inside_the_bounds(item: object, share: float) -> None:
    kind, value = item.kind, item.value  # type: ignore[attr-defined]
    span = kind.span(value, value * share)
    assert span.low * (1 - 1e-9) <= max(value * share, kind.low) * kind.scale + span.step
    assert value * share * kind.scale <= span.high * (1 + 1e-9)
    assert 0 < span.step <= (span.high - span.low) * (1 + 1e-9)
    assert span.high <= kind.high * kind.scale


@given(plans(), st.data())
def test_put_and_get_are_one_anothers_inverse(plan: Plan, data: st.DataObject) -> None:
    steps = locate(plan, data.draw(st.sampled_from(levers(plan))).path)
    assert put(plan, steps, get(plan, steps)) == plan


def test_ranges_of_any_kind_that_can_carry_one_are_plans() -> None:
    for item in levers(PLAN):
        if item.kind.link and item.value > item.kind.low and not (item.kind.link == "logit" and item.value >= 1):
            half = (item.value - item.kind.low) / 2
            high = item.value + (min(item.kind.high - item.value, item.value) / 2)
            band = Range(item.path, item.value - half, high)
            assert replace(PLAN, ranges=(band,)).ranges == (band,)
