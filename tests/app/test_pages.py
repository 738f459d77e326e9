"""Every page of Plan, Reality and Share opens cold, answers a move, and shows the number that the engine gives."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.widgets import sliders
from planner import words
from planner.actuals.sample import sample_actuals
from planner.ask.still_time import still_time
from planner.engine import forecast
from planner.errors import PlanError
from planner.keep.codec import to_json, to_token
from planner.keep.steps import PARTS
from planner.keep.workspace import Workspace
from planner.measure.metrics import read
from planner.plan import Plan
from planner.plan.edit import seasonal
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.forecast import tables
from planner.show.still_time import days as last_days
from planner.show.tables import html
from tests.app.conftest import Opener, bodies, move, rungs, strip


def plan_of(app: AppTest) -> Plan:
    """The plan on the desk."""
    return app.session_state["desk"].workspace.plan  # type: ignore[no-any-return]


def shown(plan: Plan, metric: str) -> str:
    """A key figure as the strip writes it."""
    unit = {"won": "count", "appointments": "count", "cac": "money"}[metric]
    text = words.short(plan, read(forecast(plan), metric), unit)
    return f'<div class="value" data-text="{text}">{text}</div>'


def test_a_lever_moves_every_figure(opened: Opener) -> None:
    app = opened()
    before = plan_of(app)
    assert rungs(app)["email.replied.rate"]["written"] == "0.50"
    move(app, "email.replied.rate", 1.0)
    after = pull(before, "email.replied.rate", 0.01)
    assert plan_of(app) == after
    assert shown(after, "won") in strip(app)
    assert rungs(app)["email.replied.rate"]["value"] == 1.0


def test_what_a_ladder_tells_is_done_whole_or_not_at_all() -> None:
    plan = starter()
    factors = {"email.volume": 1.0, "deal.gross_margin": 100.0}
    moved = sliders.after(plan, {"email.volume": 5000, "deal.gross_margin": 60.0}, factors)
    assert (moved.channels[1].volume, moved.deal.gross_margin) == (5000.0, 0.6)
    assert sliders.after(plan, {"no.such": 1.0}, {}) == plan
    with pytest.raises(PlanError, match=r"email\.replied\.rate is 1\.2"):
        sliders.after(plan, {"email.replied.rate": 120.0}, {"email.replied.rate": 100.0})


def settings(app: AppTest) -> AppTest:
    """The page with the plan's settings open."""
    app.session_state["plan_menu"] = True
    return app.run()


def test_undo_and_redo(opened: Opener) -> None:
    app = settings(opened("plan/money.py"))
    before = plan_of(app)
    app.text_input(key="plan_name").set_value("Another name").run()
    after = plan_of(app)
    app.button(key="undo").click().run()
    assert plan_of(app) == before
    app.button(key="redo").click().run()
    assert plan_of(app) == after != before


@pytest.mark.parametrize("kind", ["phone", "linkedin", "sms", "post", "ads", "landing", "sales"])
def test_every_channel_has_its_ladder(opened: Opener, kind: str) -> None:
    app = opened()
    app.segmented_control(key="chosen").set_value(kind).run()
    assert not app.exception
    path = next(path for path in rungs(app) if path.endswith(".rate"))
    before = plan_of(app)
    move(app, path, rungs(app)[path]["low"])
    assert not app.exception
    assert plan_of(app) == pull(before, path, rungs(app)[path]["low"] / 100)


@pytest.mark.parametrize(
    "drawer",
    [
        "Side outcomes",
        "Month by month",
        "Delays",
        "List and pace",
        "Costs and time",
        "Deal",
        "This channel",
    ],
)
def test_every_drawer_opens(opened: Opener, drawer: str) -> None:
    app = opened()
    app.pills(key="drawer:channel").set_value(drawer).run()
    assert not app.exception
    assert len(app.button) + len(app.number_input) + len(rungs(app)) > len(rungs(opened()))


def test_a_moved_lever_says_what_that_does_and_a_typed_rate_what_it_comes_to(opened: Opener) -> None:
    app = opened()
    assert not any(row["effect"] for row in rungs(app).values())
    base = plan_of(app)
    move(app, "email.replied.rate", 0.8)
    after, rows = forecast(plan_of(app)), rungs(app)
    more = words.change(base, read(after, "won"), read(forecast(base), "won"))
    assert rows["email.replied.rate"]["effect"] == f"{more} deals vs baseline 0.5%"
    assert not rows["email.volume"]["effect"]
    share = float(after.count("email.replied", "all")) / float(after.count("email.delivered", "all"))
    assert rows["email.replied.rate"]["effective"] == f"effective {words.short(base, share, 'percent')}"
    assert not rows["email.delivered.rate"]["effective"]


def test_a_typical_range_leads_to_its_source(opened: Opener) -> None:
    band = rungs(opened())["email.replied.rate"]["band"]
    assert 'href="https://belkins.io/blog/sales-follow-up-statistics"' in band
    assert "typical 0.25% – 3%" in band


def test_a_ramp_is_one_click(opened: Opener) -> None:
    app = opened()
    app.pills(key="drawer:channel").set_value("Month by month").run()
    assert "With this ramp: 2,670 in Dec 2026, 5,330 in Jan 2027 and 8,000 in Feb 2027; deals in the plan" in bodies(
        app
    )
    app.button(key="ramped:email").click().run()
    assert plan_of(app).channels[1].profile[:4] == pytest.approx((1 / 3, 2 / 3, 1.0, 1.0))
    assert shown(plan_of(app), "appointments") in strip(app)


def test_a_season_is_previewed_applied_in_one_step_and_taken_back(opened: Opener) -> None:
    app = opened()
    app.session_state["drawer:channel"], app.session_state["months_tabs"] = "Month by month", "Holidays and season"
    before = plan_of(app.run())
    assert "fellesferie" in bodies(app)
    app.button(key="season_apply").click().run()
    assert plan_of(app) == seasonal(before)
    assert "Least in Jul" in bodies(app)
    app.segmented_control(key="season_way").set_value(True).run()  # asked now that there is something to replace
    app.button(key="season_apply").click().run()
    assert plan_of(app) == seasonal(seasonal(before), multiply=True)
    for plan in (seasonal(before), before):
        app.button(key="undo").click().run()
        assert plan_of(app) == plan
    app.slider(key="season_strength").set_value(0).run()
    assert app.button(key="season_apply").disabled
    assert not app.exception


def test_an_outcome_that_rules_the_main_one_out_is_shown_as_a_share_of_its_parent(opened: Opener) -> None:
    app = opened()
    app.pills(key="drawer:channel").set_value("Side outcomes").run()
    row = rungs(app)["email.hard_bounce.rate"]
    assert row["value"] == pytest.approx(100 * 0.6 * (1 - 0.965))
    move(app, "email.hard_bounce.rate", row["factor"] / 2)
    assert plan_of(app).channels[1].stages[2].rate == pytest.approx(0.5)


def test_money_moves_the_figures(opened: Opener) -> None:
    app = opened("plan/money.py")
    move(app, "deal.value", 30000.0)
    assert plan_of(app).deal.value == 30000
    settings(app).text_input(key="plan_name").set_value("Spring push").run()
    assert plan_of(app).name == "Spring push"
    app.selectbox(key="plan_currency").set_value("NOK").run()
    app.button(key="relabel").click().run()
    assert "NOK" in strip(app)
    assert "€" not in bodies(app)


def test_a_refused_value_is_said_and_nothing_is_lost(opened: Opener) -> None:
    app = settings(opened("plan/money.py"))
    before = plan_of(app)
    app.text_input(key="plan_start").set_value("next spring").run()
    assert plan_of(app) == before
    assert any("tart" in warning.value and "2027-01" in warning.value for warning in app.warning)


def test_the_forecast_shows_every_metric(opened: Opener) -> None:
    app = opened("plan/forecast.py")
    result = forecast(plan_of(app))
    assert html(tables.by_channel(result)) in bodies(app)
    assert html(tables.key_figures(result, result)) in bodies(app)


def test_last_useful_days_stand_on_the_forecast_and_beside_actuals(opened: Opener) -> None:
    app = opened("plan/forecast.py")
    days = html(last_days(plan_of(app), still_time(forecast(plan_of(app)))))
    assert days not in bodies(app)
    app.session_state["forecast_tabs"] = "Last useful day by channel"
    assert days in bodies(app.run())
    app.switch_page("reality/actuals.py").run()
    app.button(key="load_sample").click().run()
    assert days in bodies(app.switch_page("reality/variance.py").run())
    assert not app.exception


def test_a_shared_link_opens_read_only_with_the_same_figures(opened: Opener) -> None:
    plan = pull(starter(), "email.volume", 4321.0)
    app = opened("plan/forecast.py", s=to_token(plan))
    assert shown(plan, "won") in strip(app)
    assert "read-only" in app.info[0].value
    app = opened(s=to_token(plan))
    assert all(row["off"] for row in rungs(app).values())
    app.button(key="save_copy").click().run()
    assert plan_of(app) == plan
    assert not rungs(app)["email.volume"]["off"]


def test_a_broken_link_is_said_and_the_own_plan_stays(opened: Opener) -> None:
    app = opened("", s=to_token(starter())[:-9])
    assert "This link cannot be opened" in bodies(app)
    app.button(key="leave_link").click().run()
    assert not rungs(app)["email.volume"]["off"]


def test_the_address_holds_the_plan(opened: Opener) -> None:
    plan = pull(starter(), "sales.won.rate", 0.33)
    app = opened("plan/money.py", p=to_token(plan))
    assert plan_of(app) == plan


def test_sample_data_against_the_plan(opened: Opener) -> None:
    app = opened("reality/actuals.py")
    app.button(key="load_sample").click().run()
    actuals = app.session_state["desk"].workspace.actuals
    app.switch_page("reality/variance.py").run()
    assert not app.exception
    sent = float(actuals.count("email.sent", plan_of(app))[:5].sum())
    app.segmented_control(key="variance_stages").set_value("email").run()
    assert words.write(plan_of(app), sent) in bodies(app)
    app.switch_page("reality/kpis.py").run()
    assert f"{words.write(plan_of(app), sent)} sent" in bodies(app)


def test_an_upload_is_previewed_refused_by_line_and_used(opened: Opener) -> None:
    app = opened("reality/actuals.py")
    month = plan_of(app).start
    text = (
        f"period;channel;stage;count\n{month};E-mail;sent;7.800\n{month};E-mail;replied;41\n{month};E-mail;sent;many\n"
    )
    app.file_uploader(key="actuals_file").upload("march.csv", text.encode(), "text/csv").run()
    assert not app.exception
    assert "many" in bodies(app)
    assert ">4<" in bodies(app)  # the line
    app.text_input(key="answer:source").set_value("CRM").run()
    app.button(key="use_actuals").click().run()
    actuals = app.session_state["desk"].workspace.actuals
    assert actuals.count("email.sent", plan_of(app))[0] == 7800
    assert actuals.count("email.replied", plan_of(app))[0] == 41


def test_columns_mended_by_hand_one_after_the_other_stay_mended(opened: Opener) -> None:
    app = opened("reality/actuals.py")
    month = plan_of(app).start
    text = f"channel;month;size;how\nE-mail;{month};sent;5\n"
    app.file_uploader(key="actuals_file").upload("own.csv", text.encode(), "text/csv").run()
    app.selectbox(key="column:size").set_value("stage").run()
    app.selectbox(key="column:how").set_value("count").run()
    app.text_input(key="answer:source").set_value("CRM").run()
    app.button(key="use_actuals").click().run()
    assert app.session_state["desk"].workspace.actuals.count("email.sent", plan_of(app))[0] == 5
    assert "load_sample" not in [button.key for button in app.button]  # sample data never takes the place of one's own


def test_several_files_are_used_together_and_contradictions_stop(opened: Opener) -> None:
    app = opened("reality/actuals.py")
    month = plan_of(app).start
    head = "period,channel,stage,count,source\n"
    sent, calls = f"{head}{month},email,sent,500,CRM\n", f"{head}{month},phone,dials,70,Dialer\n"
    other = f"{head}{month},email,sent,600,CRM\n"
    field = app.file_uploader(key="actuals_file")
    field.set_value([(f"{n}.csv", text.encode(), "text/csv") for n, text in enumerate((sent, calls, other))]).run()
    assert not app.exception
    assert any("Two files report different figures" in warning.value for warning in app.warning)
    assert app.button(key="use_actuals").disabled
    app.button(key="drop_file:2").click().run()
    app.button(key="use_actuals").click().run()
    actuals = app.session_state["desk"].workspace.actuals
    assert actuals.count("email.sent", plan_of(app))[0] == 500
    assert actuals.count("phone.dials", plan_of(app))[0] == 70


def test_a_word_that_names_no_channel_is_matched_where_it_was_refused(opened: Opener) -> None:
    app = opened("reality/actuals.py")
    month = plan_of(app).start
    text = f"month,channel,touches\n{month},Cold e-mail,900\n{month},Phone,50\n"
    app.file_uploader(key="actuals_file").upload("words.csv", text.encode(), "text/csv").run()
    field = app.selectbox(key="word:Cold e-mail")
    assert "E-mail" in field.proto.placeholder
    field.set_value("email").run()
    app.text_input(key="answer:source").set_value("CRM").run()
    app.button(key="use_actuals").click().run()
    assert app.session_state["desk"].workspace.actuals.count("email.sent", plan_of(app))[0] == 900
    app.file_uploader(key="actuals_file1").upload("again.csv", text.encode(), "text/csv").run()
    assert app.text_input(key="answer:source").value == "CRM"  # what was answered once holds for the next file like it
    assert not app.button(key="use_actuals").disabled


def test_dates_that_may_be_months_and_rows_that_may_be_targets_are_asked_about_and_answered(opened: Opener) -> None:
    page = opened("reality/actuals.py")
    rows = "".join(
        f"2027-0{month}-01,{rep},{dials}\n" for month in (1, 2) for rep, dials in (("Ann", 30), ("Goal", 50))
    )
    page.file_uploader(key="actuals_file").upload("x.csv", f"Date,Rep,Dials\n{rows}".encode()).run()
    assert page.button(key="use_actuals").disabled
    page.selectbox(key="answer:span:Date").set_value("month").run()
    page.selectbox(key="answer:target:Goal").set_value("ignored").run()
    page.text_input(key="answer:source").set_value("Dialer").run()
    page.button(key="use_actuals").click().run()
    assert not page.exception
    facts = page.session_state["desk"].workspace.actuals.facts
    assert [(fact.period, fact.value) for fact in facts] == [("2027-01", 30), ("2027-02", 30)]


def test_rows_pasted_twice_and_foreign_money_are_asked_about_and_answered(opened: Opener) -> None:
    app = opened("reality/actuals.py")
    months = [f"2027-{number:02d}" for number in (1, 2)]
    rows = "".join(f"{month},ads,100,9000\n" for month in months)
    app.file_uploader(key="actuals_file").upload(
        "x.csv", f"month,channel,spend (USD),impressions\n{rows}{rows}".encode()
    )
    app.run()
    assert app.button(key="use_actuals").disabled
    app.selectbox(key="answer:repeated:").set_value("last").run()
    app.selectbox(key="answer:currency:USD").set_value("as is").run()
    app.text_input(key="answer:source").set_value("Ads").run()
    app.button(key="use_actuals").click().run()
    facts = app.session_state["desk"].workspace.actuals.facts
    assert [(fact.name, fact.value) for fact in facts] == [("cost", 100), ("impressions", 9000)] * 2


@pytest.mark.parametrize("data", [b"", b"\x00\xff\x00binary", b"PK\x03\x04zip", b"one\n", b"a,b\n1,2\n"])
def test_a_file_that_is_none_is_refused_in_words(opened: Opener, data: bytes) -> None:
    app = opened("reality/actuals.py")
    app.file_uploader(key="actuals_file").upload("bad.csv", data, "text/csv").run()
    assert not app.exception
    assert app.button(key="use_actuals").disabled
    assert "Not used because" in bodies(app)


def test_a_scenario_is_kept_compared_and_taken_up(opened: Opener) -> None:
    app = opened("explore/scenarios.py")
    before = plan_of(app)
    app.text_input(key="scenario_name").set_value("As it was").run()
    app.button(key="keep_scenario").click().run()
    app.switch_page("plan/channels.py").run()
    move(app, "email.replied.rate", 1.0)
    app.switch_page("explore/compare.py").run()
    assert not app.exception
    assert "E-mail reply rate (of delivered)" in bodies(app)
    app.switch_page("explore/scenarios.py").run()
    app.button(key="take:As it was").click().run()
    assert plan_of(app) == before


def test_files_open_again(opened: Opener) -> None:
    plan = pull(starter(), "email.volume", 999.0)
    app = opened("share/files.py")
    app.file_uploader(key="open_file").upload("p.json", to_json(plan).encode(), "application/json").run()
    assert plan_of(app) == plan
    assert not app.warning  # it is no warning that a file is open
    before = plan_of(app)
    app.file_uploader(key="open_file").upload("p.json", b"{]", "application/json").run()
    assert "was not opened" in app.warning[0].value
    assert plan_of(app) == before


def test_a_new_channel_is_the_one_on_screen_and_takes_stages_on_the_way(opened: Opener) -> None:
    app = opened()
    app.segmented_control(key="chosen").set_value("+").run()
    app.selectbox(key="add_kind").set_value("custom").run()
    app.text_input(key="add_name").set_value("Trade fairs").run()
    app.button(key="add_channel").click().run()
    assert app.session_state["chosen"] == "trade_fairs"
    app.pills(key="drawer:channel").set_value("This channel").run()
    app.text_input(key="called:trade_fairs").set_value("Demo booked").run()
    app.button(key="addstage:trade_fairs").click().run()
    assert "trade_fairs.demo_booked.rate" in rungs(app)
    assert app.text_input(key="called:trade_fairs").value == ""
    before = strip(app)
    move(app, "trade_fairs.demo_booked.rate", 90.0)
    assert strip(app) != before


def test_a_delay_is_given_where_there_was_none(opened: Opener) -> None:
    app = opened()
    app.pills(key="drawer:channel").set_value("Delays").run()
    app.selectbox(key="delay:email").set_value("appointment").run()
    app.button(key="add_delay:email").click().run()
    assert rungs(app)["email.appointment.delay.median_days"]["value"] == 7.0
    move(app, "email.appointment.delay.p90_ratio", 35.0)
    delay = next(s.delay for s in plan_of(app).channels[1].stages if s.key == "appointment")
    assert (delay.median_days, delay.p90_ratio) == (7.0, 5.0)


def test_what_is_not_reported_is_said_and_not_counted_as_none(opened: Opener) -> None:
    app = opened("reality/actuals.py")
    month = plan_of(app).start
    text = f"period,channel,stage,count\n{month},E-mail,sent,8000\n{month},E-mail,appointment,9\n"
    app.file_uploader(key="actuals_file").upload("some.csv", text.encode(), "text/csv").run()
    app.text_input(key="answer:source").set_value("CRM").run()
    app.button(key="use_actuals").click().run()
    app.switch_page("reality/variance.py").run()
    assert "Deals are not reported" in bodies(app)
    assert "Phone: nothing is reported; upload counts of dials, conversations and appointments." in bodies(app)
    assert "9 appointments so far" in bodies(app)
    app.segmented_control(key="variance_months").set_value("months").run()
    due = words.short(plan_of(app), forecast(plan_of(app)).arrivals["email.appointment"][0])
    assert f"9 appointments so far; the plan has {due} where they are reported" in bodies(app)


def test_a_workspace_opens_in_one_step_that_undo_takes_back_whole(opened: Opener) -> None:
    mine, theirs = starter(start="2027-01"), pull(starter(start="2027-02"), "email.volume", 999.0)
    app = opened("share/files.py")
    sample = sample_actuals(mine)
    before = Workspace(pull(mine, "email.volume", 1.0), baseline=mine).with_scenario("Push", mine).with_actuals(sample)
    app.session_state["desk"].workspace = before
    file = to_json(Workspace(theirs).with_scenario("Push", theirs)).encode()
    app.file_uploader(key="open_file").upload("w.json", file, "application/json").run()
    now = app.session_state["desk"].workspace
    assert (now.plan, now.actuals, [(s.name, s.plan) for s in now.scenarios]) == (theirs, None, [("Push", theirs)])
    assert app.button(key="undo").help == "Undo: Opened “w.json”"
    app.button(key="undo").click().run()
    now = app.session_state["desk"].workspace
    assert [getattr(now, part) for part in PARTS] == [getattr(before, part) for part in PARTS]


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("en", "0.8", 0.8), ("nb", "0,8", 0.8), ("nb", "0.8", 0.8), ("de", "0,8 %", 0.8), ("fr", "12,5", 12.5),
    ],
)  # fmt: skip
def test_a_typed_rate_is_read_with_the_signs_of_the_plan(locale: str, text: str, value: float) -> None:
    plan = starter("email", locale=locale)
    assert sliders.typed_value(plan, "email.replied.rate", text, 100.0) == pytest.approx(value)


def test_a_typed_number_that_can_mean_two_asks_which() -> None:
    refusal = sliders.typed_value(starter("email"), "email.volume", "1.234", 1.0)
    assert isinstance(refusal, sliders.Refusal)
    assert [reading["value"] for reading in refusal.readings] == [1.234, 1234.0]


def test_a_typed_text_that_is_no_value_says_why_and_stays_in_the_field() -> None:
    refusal = sliders.typed_value(starter("email"), "email.replied.rate", "120", 100.0)
    assert refusal == sliders.Refusal("120", "E-mail reply rate is 120%; a rate lies between 0% and 100%")
    assert isinstance(sliders.typed_value(starter("email"), "email.volume", "many", 1.0), sliders.Refusal)


def test_a_kpi_is_found_by_a_word_and_other_formulas_wait_until_asked_for(opened: Opener) -> None:
    app = opened("reality/kpis.py")
    assert "per “" not in bodies(app)
    app.text_input(key="kpi_search").set_value("reply rate").run()
    assert not app.exception
    assert "Reply rate" in bodies(app)
    assert "Delivery rate" not in bodies(app)
    app.toggle(key="kpi_conflicts").set_value(True).run()
    assert "per “Key metrics to monitor outsourced sales performance” (TechTimes)" in bodies(app)
    app.text_input(key="kpi_search").set_value("carrier pigeon").run()
    assert "No KPI is called that" in bodies(app)
