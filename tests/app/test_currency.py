"""The currency is changed in the plan's settings: converted at a typed rate or relabelled, as one step."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.widgets import fields
from planner.actuals.actuals import Actuals, Fact
from planner.keep.workspace import Workspace
from planner.plan.currency import converted
from planner.plan.levers import pull
from planner.plan.starter import starter
from tests.app.conftest import Opener, strip

RATE_FIELD = fields.Field("1 EUR in NOK", above=True, either=True)
FACTS = (Fact("CRM", "2027-01", "email", "revenue", 100.0), Fact("CRM", "2027-01", "email", "sent", 50.0))


def work_of(app: AppTest) -> Workspace:
    return app.session_state["desk"].workspace  # type: ignore[no-any-return]


def wishing(opened: Opener, locale: str = "en") -> AppTest:
    """Plan settings with another currency chosen, on a desk with a baseline, two scenarios and actuals."""
    app = opened()
    plan = starter("email", locale=locale)
    work = Workspace(pull(plan, "email.volume", 900.0), baseline=plan, actuals=Actuals(dt.date(2027, 2, 1), FACTS))
    dollars = converted(plan, 1.1, "USD")
    app.session_state["desk"].workspace = work.with_scenario("Push", plan).with_scenario("Abroad", dollars)
    app.session_state["plan_menu"] = True
    app.run()
    app.selectbox(key="plan_currency").set_value("NOK").run()
    assert not app.exception
    return app


def test_nothing_changes_until_it_is_said_how(opened: Opener) -> None:
    app = wishing(opened)
    assert work_of(app).plan.currency == "EUR"
    app.button(key="stay").click().run()
    assert app.selectbox(key="plan_currency").value == "EUR"


def test_converting_is_one_step_over_plan_baseline_scenarios_and_actuals(opened: Opener) -> None:
    app = wishing(opened)
    before = work_of(app)
    app.session_state["currency_rate"] = 10.0
    app.run()
    assert any("becomes" in caption.value for caption in app.caption)
    app.button(key="convert:10").click().run()
    after = work_of(app)
    assert after.plan == converted(before.plan, 10.0, "NOK")
    assert after.baseline == converted(before.baseline, 10.0, "NOK")
    assert after.scenario("Push").plan == converted(before.scenario("Push").plan, 10.0, "NOK")
    assert after.scenario("Abroad") == before.scenario("Abroad")  # was in dollars, and is
    assert [fact.value for fact in after.actuals.facts if fact.name == "revenue"] == [1000.0]  # type: ignore[union-attr]
    assert [fact.value for fact in after.actuals.facts if fact.name == "sent"] == [50.0]  # type: ignore[union-attr]
    assert len(after.past) == len(before.past) + 1
    assert after.past[-1].name == "Converted EUR to NOK at 10"
    app.button(key="undo").click().run()
    assert work_of(app).plan == before.plan
    assert work_of(app).actuals == before.actuals


def test_relabelling_keeps_every_figure(opened: Opener) -> None:
    app = wishing(opened)
    before = work_of(app)
    app.button(key="relabel").click().run()
    after = work_of(app)
    assert (after.plan.currency, after.baseline.currency) == ("NOK", "NOK")
    assert after.plan.deal == before.plan.deal
    assert len(after.past) == len(before.past) + 1


@pytest.mark.parametrize(
    ("text", "means"),
    [("0,85", 0.85), ("11.735", ("11735", "11,7350")), ("much", "not a number"), ("-3", "above 0"), ("0", "above 0")],
)
def test_a_rate_is_read_as_the_plan_writes_numbers_and_asked_where_it_can_mean_two(text: str, means: Any) -> None:
    read = fields.typed(starter("email", locale="nb"), RATE_FIELD, text)
    if not isinstance(read, fields.Refusal):
        assert read == means
    elif read.readings:
        assert tuple(reading["written"].replace("\u00a0", "") for reading in read.readings) == means
    else:
        assert means in read.reason


def test_another_currency_forgets_the_rate_of_the_last(opened: Opener) -> None:
    app = wishing(opened)
    app.session_state["currency_rate"] = 10.0
    app.run()
    app.selectbox(key="plan_currency").set_value("USD").run()
    assert not [button.key for button in app.button if str(button.key).startswith("convert:")]


def test_the_strip_subtracts_no_sums_in_different_currencies(opened: Opener) -> None:
    app = opened()
    plan = starter("email")
    more = pull(converted(plan, 10.0, "NOK"), "email.volume", 90_000.0)
    app.session_state["desk"].workspace = Workspace(more, baseline=plan)
    app.run()
    assert strip(app).count("baseline in EUR") == 6  # revenue, cost, CAC: in the tile and in its title
    assert "▲" in strip(app)  # deals are counted alike in any currency
