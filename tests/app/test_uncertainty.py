"""“How sure are we?” shows what the engine's draws say, and lets ranges, targets and the correlation be moved."""

from __future__ import annotations

import gc
import weakref
from zlib import crc32

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import uncertainty
from planner import words
from planner.ask.uncertainty.simulation import simulate
from planner.keep.codec import to_token
from planner.measure.metrics import measure
from planner.plan import Plan, Target, replace
from planner.plan.edit import switch
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.app.conftest import Opener, bodies

PAGE = "explore/uncertainty.py"


def plan_of(app: AppTest) -> Plan:
    return app.session_state["desk"].workspace.plan  # type: ignore[no-any-return]


def spread(plan: Plan, metric: str, unit: str = "count", draws: int = 2000) -> str:
    """P10 and P90 as the sentence says them."""
    low, high = simulate(plan, draws=draws).quantiles(metric, (0.1, 0.9))
    return f"80% likely to be between {words.short(plan, low, unit)} and {words.short(plan, high, unit)}"


def test_the_sentence_is_what_the_draws_say(opened: Opener) -> None:
    app = opened(PAGE)
    plan = plan_of(app)
    chance = simulate(plan).chance("won", 20.0)
    assert f"Deals: {spread(plan, 'won')}" in bodies(app)
    assert f"Chance of at least 20 deals: {chance:.0%} within the plan period" in bodies(app)
    assert (app.metric[0].label, app.metric[0].value) == ("Chance of at least 20 deals", f"{chance:.0%}")
    app.segmented_control(key="sure_metric").set_value("cac").run()
    assert f"CAC: {spread(plan, 'cac', 'money')}" in bodies(app)


class Simulated:
    """A long simulation that has come as far as the test says."""

    progress, done = 0.4, False

    def __init__(self, plan: Plan, draws: int) -> None:
        self.result = uncertainty.outlook.outlook(plan, min(draws, 4096))


def test_a_long_simulation_says_how_far_it_is_can_be_stopped_and_is_kept(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[weakref.ref[Simulated]] = []

    def start(function: object, plan: Plan, draws: int) -> Simulated:
        assert function is uncertainty.outlook.outlook
        simulated = Simulated(plan, draws)
        begun.append(weakref.ref(simulated))
        return simulated

    monkeypatch.setattr(uncertainty.long_work, "start", start)
    app = opened(PAGE)
    few = spread(plan_of(app), "won")
    app.selectbox(key="draws").set_value(100_000).run()
    assert not app.exception
    assert few in bodies(app)
    other = opened(PAGE)
    other.selectbox(key="draws").set_value(100_000).run()
    assert len(begun) == 1  # both visits wait for the same
    app.button(key="stop_draws").click().run()
    assert begun[0]() is not None
    assert other.run().button(key="stop_draws")
    other.button(key="stop_draws").click().run()
    gc.collect()
    assert begun[0]() is None  # nobody waits for it any more: it ends
    assert app.selectbox(key="draws").value == 2_000
    monkeypatch.setattr(Simulated, "done", True)
    app.selectbox(key="draws").set_value(100_000).run()
    assert not app.exception
    app.run()
    assert spread(plan_of(app), "won", draws=4096) in bodies(app)
    assert len(begun) == 2  # nothing is drawn twice


def test_rates_that_move_together_widen_the_range(opened: Opener) -> None:
    app = opened(PAGE)
    widths = []
    for together in (0.0, 1.0):
        app.slider(key="correlation").set_value(together).run()
        assert plan_of(app).correlation == together
        assert spread(plan_of(app), "won") in bodies(app)
        low, high = simulate(plan_of(app)).quantiles("won", (0.1, 0.9))
        widths.append(high - low)
    assert widths[0] < widths[1]


def test_without_ranges_luck_is_left_and_ranges_can_be_had_back(opened: Opener) -> None:
    app = opened(PAGE)
    app.button(key="no_ranges").click().run()
    plan = plan_of(app)
    assert plan.ranges == ()
    assert "only chance is left" in bodies(app)
    assert spread(plan, "won") in bodies(app)
    app.selectbox(key="free_lever").set_value("email.volume").run()
    app.button(key="add_range").click().run()
    assert [band.path for band in plan_of(app).ranges] == ["email.volume"]
    app.button(key="typical_ranges").click().run()
    assert {"email.replied.rate", "sales.won.delay.median_days"} < {band.path for band in plan_of(app).ranges}
    assert not app.exception


def test_experience_narrows_the_range(opened: Opener) -> None:
    app = opened(PAGE)
    widths = []
    for label in ("No experience yet", "One month of experience", "A year of experience"):
        app.button(key=f"experience:{label}").click().run()
        low, high = simulate(plan_of(app)).quantiles("won", (0.1, 0.9))
        assert spread(plan_of(app), "won") in bodies(app)
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == 3


def test_a_target_starts_at_the_plan_and_shows_its_chance(opened: Opener) -> None:
    app = opened(PAGE)
    app.selectbox(key="target_for").set_value("roi").run()
    app.button(key="add_target").click().run()
    plan = plan_of(app)
    roi = float(f"{float(measure(plan, 'roi')):.2g}")
    assert plan.targets[-1] == Target("roi", roi)
    assert not app.exception
    app.segmented_control(key="sure_metric").set_value("roi").run()
    chance = simulate(plan).chance("roi", roi)
    assert app.metric[0].value == f"{chance:.0%}"


def _off(plan: Plan) -> Plan:
    for channel in plan.channels:
        plan = switch(plan, channel.key, False)
    return plan


def _still(plan: Plan) -> Plan:
    for channel in plan.channels:
        plan = pull(plan, f"{channel.key}.volume", 0.0)
    return plan


FULL = starter(start="2027-01")
LITTLE = {"off": _off(FULL), "still": _still(FULL), "one": starter("email"), "certain": replace(FULL, ranges=())}


@pytest.mark.parametrize("page", [PAGE, "explore/sensitivity.py"])
@pytest.mark.parametrize("name", LITTLE)
def test_plans_with_little_in_them_behave(opened: Opener, name: str, page: str) -> None:
    plan = LITTLE[name]
    app = opened(page, p=to_token(plan))
    assert plan_of(app) == plan
    assert "nan" not in bodies(app).replace("finance", "")
    assert not app.error


def test_a_shared_plan_is_read_only(opened: Opener) -> None:
    plan = replace(starter("email", "phone", start="2027-01"), name="Shared")
    app = opened(PAGE, s=to_token(plan))
    assert spread(plan, "won") in bodies(app)
    assert app.slider(key="correlation").disabled
    assert all(app.button(key=key).disabled for key in ("add_range", "typical_ranges", "no_ranges"))


def test_a_grid_of_other_rows_is_another_grid(opened: Opener) -> None:
    app = opened(PAGE)
    paths = "|".join(band.path for band in plan_of(app).ranges)
    assert f"ranges:{crc32(paths.encode())}:0" in app.session_state
