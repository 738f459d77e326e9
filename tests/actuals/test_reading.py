"""Files as they really arrive: what is read of them, what is refused, and what is said about them."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import gc
import io
from collections.abc import Iterator

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from planner.actuals.actuals import Actuals, Fact
from planner.actuals.matching import plan_names
from planner.actuals.questions import Answers, Remark
from planner.actuals.reading import ColumnMapping, Upload, read_actuals, understand
from planner.actuals.vocabulary import COLUMN_WORDS
from planner.errors import BadActuals
from planner.plan import Stage, replace
from planner.plan.starter import starter
from tests.strategies import examples

PLAN = starter()


def understood(
    text: str, encoding: str = "utf-8", mapping: ColumnMapping | None = None, answers: Answers | None = None
) -> Upload:
    return understand(text.encode(encoding), PLAN, mapping=mapping, answers=answers)


def told(
    text: str, encoding: str = "utf-8", mapping: ColumnMapping | None = None, answers: Answers | None = None
) -> dict[str, float]:
    """Figures by "period channel.name", of a file in which nothing is refused."""
    upload = understood(text, encoding, mapping, answers)
    assert upload.refused == ()
    return {f"{f.period} {f.channel}.{f.name}": f.value for f in upload.actuals.facts} if upload.actuals else {}


def refusals(text: str) -> list[tuple[int | None, str | None]]:
    return [(refusal.line, refusal.column) for refusal in understood(text).refused]


# -- shapes -----------------------------------------------------------------------------------------------------------


def test_long_rows_add_up_and_know_channels_and_stages_by_many_names() -> None:
    assert told(
        "period,channel,stage,count,cost\n"
        "2027-01,email,sent,1000,10\n2027-01,E-Mail,Emails sent,500,\n2027-01,EMAIL,email.replied,12,\n"
        "2027-01,Cold calls,Dials,300,\n2027-01,telephone,conversations,21,2.5\n"
        "2027-01,Linked In,connection requests,80,\n"
        "2027-01,phone,talk time,4000,\n2027-01,email,Meetings booked,4,\n2027-01,email,closed won,1,\n"
        "2027-01,ads,cost,99.5,\n2027-01,,revenue,15000,\n2027-01,sales,held,3,\n"
    ) == {
        "2027-01 email.sent": 1500, "2027-01 email.cost": 10, "2027-01 email.replied": 12, "2027-01 phone.dials": 300,
        "2027-01 phone.connected": 21, "2027-01 phone.cost": 2.5, "2027-01 linkedin.invites": 80,
        "2027-01 phone.talk_seconds": 4000,
        "2027-01 email.appointment": 4, "2027-01 email.won": 1, "2027-01 ads.cost": 99.5,
        "2027-01 sales.revenue": 15000,
        "2027-01 sales.held": 3,
    }  # fmt: skip


def test_wide_rows_with_a_channel_column() -> None:
    assert told(
        "Month,Channel,Sent,Dials,Replied,Appointments,Won,Cost,Revenue\n"
        "Jan 2027,Email,1000,0,12,4,,10.50,\nJan 2027,Phone,,300,,3,1,,15000\n"
    ) == {
        "2027-01 email.sent": 1000, "2027-01 email.replied": 12, "2027-01 email.appointment": 4,
        "2027-01 email.cost": 10.5,
        "2027-01 phone.dials": 300, "2027-01 phone.appointment": 3, "2027-01 phone.won": 1,
        "2027-01 phone.revenue": 15000,
    }  # fmt: skip


def test_wide_headers_that_are_stage_paths() -> None:
    assert told("date,email.sent,Email replied,phone.dials,Calls connected,won,cost\n2027-06-08,1,2,3,4,5,6\n") == {
        "2027-06-08 email.sent": 1, "2027-06-08 email.replied": 2, "2027-06-08 phone.dials": 3,
        "2027-06-08 phone.connected": 4,
        "2027-06-08 sales.won": 5, "2027-06-08 sales.cost": 6,
    }  # fmt: skip


def test_a_file_of_one_channel_says_so_by_its_columns() -> None:
    upload = understood("sent_date,campaign,sent,delivered,opened,open_rate\n2027-02-03,x,427,421,80,19.0\n")
    assert upload.mapping.channel == "email"
    assert Remark("one_channel", ("E-mail",)) in upload.remarks
    text = (
        "date,connections_sent,connections_accepted,total_message_replies,message_reply_rate\n"
        "2027-03-01,100,30,8,0.27\n"
    )
    assert told(text) == {
        "2027-03-01 linkedin.invites": 100, "2027-03-01 linkedin.accepted": 30, "2027-03-01 linkedin.replied": 8,
    }  # fmt: skip


def test_long_rows_without_a_channel_are_of_the_one_that_has_their_stages() -> None:
    rows = "2027-01,sent,100\n2027-01,opened,40\n2027-01,replied,3\n"
    assert told("month,stage,n\n" + rows) == {
        "2027-01 email.sent": 100, "2027-01 email.opened": 40, "2027-01 email.replied": 3,
    }  # fmt: skip
    paths = "month,stage,n\n2027-01,email.sent,100\n2027-01,phone.dials,40\n2027-01,won,3\n"
    assert [*told(paths)] == ["2027-01 email.sent", "2027-01 phone.dials", "2027-01 sales.won"]


def test_what_the_file_leaves_out_can_be_said_for_all_of_it() -> None:
    text = "sent,replied\n1000,12\n"
    assert understood(text).actuals is None
    assert [question.topic for question in understood(text).questions] == ["channel", "month"]
    assert told(text, mapping=ColumnMapping(channel="sms"), answers=Answers(month="2027-03")) == {
        "2027-03 sms.sent": 1000,
        "2027-03 sms.replied": 12,
    }


# -- traps ------------------------------------------------------------------------------------------------------------


def test_decimal_commas_points_for_thousands_totals_and_another_encoding() -> None:
    text = (
        "Monat;Kanal;Gesendet;Antworten;Kosten (EUR)\n01.01.2027;E-Mail;1.742;12;12,50 €\n"
        "01.02.2027;SMS;300;--;n/a\nGesamt;;2042;12;12,50 €\n"
    )
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        assert told(text, encoding) == {
            "2027-01 email.sent": 1742, "2027-01 email.replied": 12, "2027-01 email.cost": 12.5,
            "2027-02 sms.sent": 300,
        }  # fmt: skip
    remarks = understood(text).remarks
    assert Remark("totals", count=1) in remarks
    assert Remark("decimal_comma") in remarks


def test_an_ad_report_with_preamble_totals_and_quoted_thousands() -> None:
    text = (
        "Report\nAll time\nCampaign,Day,Cost,Impr.,Clicks,CTR\n"
        'C,2027-01-04,12.50,"1,000",8,0.8%\nTotal: Account,,12.50,"1,000",8,0.8%\n'
    )
    assert told(text, "utf-16") == {
        "2027-01-04 ads.cost": 12.5,
        "2027-01-04 ads.impressions": 1000,
        "2027-01-04 ads.clicked": 8,
    }
    assert Remark("preamble", count=2) in understood(text).remarks


def test_unique_counts_are_read_and_printed_rates_are_not() -> None:
    text = (
        "Send Date,Total Recipients,Successful Deliveries,Total Opens,Unique Opens,Open Rate,Unique Clicks,Total Clicks"
        "\n"
        '"Jun 09, 2027 09:30 pm","1,742",1700,900,"624 (36.7%)",36.7%,4,580\n'
    )
    assert told(text) == {
        "2027-06-09 email.sent": 1742, "2027-06-09 email.delivered": 1700, "2027-06-09 email.opened": 624,
        "2027-06-09 email.clicked": 4,
    }  # fmt: skip
    assert refusals("period,channel,stage,count\n2027-01,email,replied,8.1%\n") == [(2, "count")]


@pytest.mark.parametrize(
    "header", ["Reply rate", "Replied %", "Öffnungsrate", "Cost per lead", "Klickrate", "avg. sent"]
)
def test_a_column_of_rates_is_no_count(header: str) -> None:
    assert told(f"period,channel,sent,{header}\n2027-01,email,100,5\n") == {"2027-01 email.sent": 100}


def test_amounts_in_another_currency_are_named() -> None:
    upload = understood("Day,Channel,Impressions,Amount spent (USD)\n2027-01-04,ads,1000,12.50\n")
    assert upload.actuals is not None
    assert Remark("currency", ("USD",)) in upload.remarks


def test_day_and_month_are_told_apart_over_the_whole_column() -> None:
    head = "date,channel,stage,count\n"
    assert list(told(head + "8/6/2027,email,sent,5\n13/6/2027,email,sent,6\n")) == [
        "2027-06-08 email.sent",
        "2027-06-13 email.sent",
    ]
    assert list(told(head + "8/6/2027,email,sent,5\n6/13/2027,email,sent,6\n")) == [
        "2027-06-13 email.sent",
        "2027-08-06 email.sent",
    ]
    both = head + "8/6/2027,email,sent,5\n"
    assert [(q.topic, q.subject) for q in understood(both).questions] == [("date_order", "8/6/2027")]
    assert list(told(both, mapping=ColumnMapping(order="month"))) == ["2027-08-06 email.sent"]
    with pytest.raises(BadActuals, match="Which comes first"):
        read_actuals(both.encode(), PLAN)


def test_the_default_order_is_that_of_the_plans_country() -> None:
    data = b"date,channel,stage,count\n8/6/2027,email,sent,5\n"
    upload = understand(data, replace(PLAN, country="US", locale="en_US"))
    assert upload.actuals is not None
    assert upload.actuals.facts[0].period == "2027-08-06"


def test_known_until_the_last_day_of_the_last_period_or_as_said() -> None:
    data = b"period,channel,stage,count\n2027-02,email,sent,5\n2027-01,email,sent,5\n"
    assert read_actuals(data, PLAN).as_of == dt.date(2027, 2, 28)
    assert read_actuals(data, PLAN, as_of=dt.date(2027, 2, 14)).as_of == dt.date(2027, 2, 14)
    assert read_actuals(data.replace(b"2027-02", b"2027-02-11"), PLAN).as_of == dt.date(2027, 2, 11)


def test_a_range_in_two_columns_speaks_for_its_days() -> None:
    text = (
        "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions\n"
        "2027-01-01,2027-02-28,C,59,5900\n"
    )
    upload = understood(text, mapping=ColumnMapping(channel="ads"))
    assert upload.actuals is not None
    assert upload.actuals.count("ads.impressions", PLAN)[:2].tolist() == pytest.approx([3100, 2800])
    assert upload.actuals.money("cost", PLAN)[:2].tolist() == pytest.approx([31, 28])


def test_a_day_says_more_than_the_range_of_the_report() -> None:
    text = "Reporting starts,Reporting ends,Day,Impressions,Link clicks\n2027-01-01,2027-01-31,2027-01-05,590,9\n"
    assert told(text) == {"2027-01-05 ads.impressions": 590, "2027-01-05 ads.clicked": 9}


def test_zeros_of_months_to_come_are_not_reported() -> None:
    actuals = read_actuals(b"month,channel,sent\n2027-01,email,900\n2027-02,email,0\n2027-03,email,0\n", PLAN)
    assert actuals.as_of == dt.date(2027, 1, 31)
    assert len(actuals.facts) == 1


# -- refusals ---------------------------------------------------------------------------------------------------------


def test_bad_cells_are_named_by_line_and_column_and_good_rows_taken() -> None:
    text = (
        "period,channel,sent,replied\n"
        "2027-01,email,=1+1,5\n2027-Q1,email,1,1\n2027-01,fax,1,1\n2027-01,phone,,7\n2027-02,email,abc,3\n2027-03,email,1,2,3\n"
    )
    upload = understood(text)
    assert [(r.line, r.column) for r in upload.refused] == [
        (2, "sent"), (3, "period"), (4, "channel"), (5, "replied"), (6, "sent"), (7, None),
    ]  # fmt: skip
    assert all(r.what and r.mend for r in upload.refused)
    assert upload.actuals is not None
    assert {(f.period, f.name, f.value) for f in upload.actuals.facts} == {
        ("2027-01", "replied", 5),
        ("2027-02", "replied", 3),
    }
    with pytest.raises(BadActuals) as refused:
        read_actuals(text.encode(), PLAN)
    assert (refused.value.line, refused.value.column) == (2, "sent")


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    upload = understood("period,channel,stage,count\n2027-01,emial,sent,1\n2027-01,email,delivrd,1\n")
    assert "E-mail" in upload.refused[0].mend
    assert upload.refused[1].mend.startswith("Use one of these: delivered")


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b"period,channel,stage,count\n", "no rows"), (b"one\ntwo\n", "header"),
     (b"\x00\x01\x02" * 50, "not text"),
     (b"period,channel,stage,count\n2027-01,email,sent,\n", "no figures")],
)  # fmt: skip
def test_a_file_of_nothing_is_refused_as_a_whole(data: bytes, reason: str) -> None:
    upload = understand(data, PLAN)
    assert upload.actuals is None
    assert reason in upload.refused[0].what
    with pytest.raises(BadActuals, match=reason):
        read_actuals(data, PLAN)


def test_many_refusals_are_counted_and_the_first_listed() -> None:
    upload = understood("period,channel,stage,count\n" + "2027-01,fax,sent,1\n" * 2_000)
    assert len(upload.refused) == 500
    assert Remark("more_refused", count=1_500) in upload.remarks


def test_corrections_count_and_a_sum_below_zero_is_refused() -> None:
    head = "period,channel,stage,count\n"
    assert told(head + "2027-01,email,sent,10\n2027-01,email,sent,-3\n") == {"2027-01 email.sent": 7}
    assert refusals(head + "2027-01,email,sent,10\n2027-01,email,replied,-3\n") == [(3, None)]


def test_more_children_than_parents_is_worth_a_note_only_without_a_delay() -> None:
    remarks = understood("period,channel,sent,delivered,replied\n2027-01,email,100,120,300\n").remarks
    # replies may answer last month's messages
    assert [r.names for r in remarks if r.topic == "above_parent"] == [("E-mail: Delivered in 2027-01",)]


def test_periods_outside_the_plan_are_kept_and_named() -> None:
    upload = understood("period,channel,stage,count\n2026-12,email,sent,5\n")
    assert upload.actuals is not None
    assert Remark("outside", ("2026-12",)) in upload.remarks


def test_a_month_beside_its_days_is_said() -> None:
    remarks = understood("period,channel,stage,count\n2027-01,email,sent,500\n2027-01-05,email,sent,20\n").remarks
    assert Remark("days_aside", count=1) in remarks


def test_rows_of_one_source_add_up_whether_the_column_names_it_or_not() -> None:
    rows = "2027-01,email,sent,5,\n2027-01,email,sent,6,crm\n2027-01,email,sent,7,dialer\n"
    data = ("period,channel,stage,count,source\n" + rows).encode()
    facts = read_actuals(data, PLAN, answers=Answers(source="crm")).facts
    assert {(f.source, f.value) for f in facts} == {("crm", 11), ("dialer", 7)}


@pytest.mark.parametrize("mapping", [ColumnMapping(channel="fax"), ColumnMapping((("sent", "no.such"),))])
def test_a_mapping_that_cannot_be_is_refused_or_asked_about(mapping: ColumnMapping) -> None:
    upload = understood("sent,replied\n1000,12\n", mapping=mapping, answers=Answers(month="2027-01"))
    assert upload.refused or upload.questions


def test_a_month_that_is_missing_is_asked_for_and_not_refused_as_well() -> None:
    upload = understood("channel,sent\nemail,5\n")
    assert (upload.actuals, upload.refused, [question.topic for question in upload.questions]) == (None, (), ["month"])


# -- mapping ----------------------------------------------------------------------------------------------------------


def test_a_mapping_by_hand_wins_over_the_guess() -> None:
    text = "when,who,things,x\n2027-01,email,100,7\n"
    mapping = ColumnMapping((("when", "period"), ("who", "channel"), ("things", "delivered"), ("x", "ignored")))
    assert told(text, mapping=mapping) == {"2027-01 email.delivered": 100}
    again = understood(text, mapping=mapping).mapping
    assert understood(text, mapping=again).mapping == again


def test_every_meaning_offered_is_one_that_a_column_can_have() -> None:
    names = plan_names(PLAN)
    for meaning in names.meanings().keys() - {"ignored", *COLUMN_WORDS}:
        owners = [meaning.split(".")[0]] if "." in meaning else [*names.labels]
        assert any(names.place(owner, meaning) for owner in owners), meaning


def test_every_stage_is_found_by_its_key_and_by_its_label() -> None:
    names = plan_names(PLAN)
    for channel in PLAN.channels:
        assert names.channel(channel.key) == names.channel(channel.label) == channel.key
        for stage in channel.stages:
            for text in (
                stage.key,
                stage.label,
                stage.label.upper(),
                f"{channel.label}: {stage.label}",
                f"{channel.key}.{stage.key}",
            ):
                assert names.place(channel.key, text) == (channel.key, stage.key), text


def test_names_that_differ_only_in_a_plural_stay_apart() -> None:
    stages = (
        Stage("view", "Seen (once)", None, 1.0),
        Stage("views", "Seen (often)", "view", 0.5),
        Stage("a_b", "A", "view", 0.5),
        Stage("b", "B", "view", 0.5),
    )
    called = (("call", "Call"), ("calls", "Calls"), ("call_a", "X"))
    channels = tuple(replace(PLAN.channels[1], key=key, label=label, stages=stages) for key, label in called)
    plan = replace(starter("sms"), channels=channels, costs=(), efforts=(), ranges=(), sales=())
    names = plan_names(plan)
    for channel in plan.channels:
        assert names.channel(channel.key) == names.channel(channel.label) == channel.key
        for stage in stages:
            path = (channel.key, stage.key)
            assert names.place(channel.key, stage.key) == names.place(channel.key, stage.label) == path
            assert names.path(".".join(path)) == path
            assert names.meaning(stage.label, channel.key) == stage.key


# -- the same facts, however written ----------------------------------------------------------------------------------

figures = st.dictionaries(
    st.tuples(
        st.dates(dt.date(2027, 1, 1), dt.date(2027, 12, 31)),
        st.sampled_from(
            [("email", "sent"), ("email", "replied"), ("phone", "dials"), ("linkedin", "invites"), ("sales", "won")]
        ),
    ),
    st.integers(1, 2_000_000),
    min_size=1,
    max_size=12,
)
LOCALES = {"en": ".", "de": ",", "fr": ",", "nb": ","}


@examples(60)
@given(
    figures, st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from([*LOCALES]),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%b %d, %Y 09:30 pm", "%Y-%m-%d 14:03:22 UTC"]),
    st.sampled_from(["\n", "\r\n"]), st.booleans(),
)  # fmt: skip
def test_the_same_facts_however_written(
    counts: dict[tuple[dt.date, tuple[str, str]], int],
    separator: str,
    encoding: str,
    locale: str,
    pattern: str,
    newline: str,
    wide: bool,
) -> None:
    order = {"%d/%m/%Y": "day", "%m/%d/%Y": "month"}.get(pattern, "")
    out = io.StringIO(newline="")
    write = csv.writer(out, delimiter=separator, lineterminator=newline).writerow
    write(["Report, made by hand"])
    paths = list(dict.fromkeys(path for _, path in counts))
    write(["date", *(".".join(path) for path in paths)] if wide else ["date", "channel", "stage", "count"])
    for (day, path), count in counts.items():
        text = str(format_decimal(count, "#,##0", locale=locale))
        text = text.replace("\u202f", "\xa0") if encoding == "cp1252" else text
        write(
            [day.strftime(pattern), *(text if p == path else "" for p in paths)]
            if wide
            else [day.strftime(pattern), *path, text]
        )
    write(["Total", *([""] * (len(paths) - 1)), "9"] if wide else ["Total", "", "", "9"])
    upload = understand(
        out.getvalue().encode(encoding),
        PLAN,
        mapping=ColumnMapping(order=order, decimal=LOCALES[locale]),
        answers=Answers(source="x"),
    )
    facts = tuple(Fact("x", day.isoformat(), *path, float(count)) for (day, path), count in counts.items())
    assert upload.refused == ()
    assert upload.actuals == Actuals(max(day for day, _ in counts), facts)


@examples(150)
@given(
    st.binary(max_size=300)
    | st.text(st.sampled_from("period,channel;stage\tcount\n\r\"'=%01./-email€ é"), max_size=200).map(str.encode)
)
def test_any_bytes_are_read_or_refused_never_more(data: bytes) -> None:
    upload = understand(b"period,channel,stage,count\n" + data, PLAN)
    assert upload.actuals is not None or upload.refused


# -- what stays -------------------------------------------------------------------------------------------------------


def texts_below(thing: object, depth: int) -> Iterator[str]:
    """The texts that a thing holds, and what it refers to, so many steps down."""
    if isinstance(thing, str):
        yield thing
    elif depth and not callable(thing):
        for inner in gc.get_referents(thing):
            yield from texts_below(inner, depth - 1)


def test_nothing_that_stood_in_a_file_stays_in_the_process() -> None:
    """People, notes and statuses go with the visit; no cache keeps them for whoever comes next."""
    rows = (f"2027-01-0{n},email,sent,xqz{n}@example.com,xqz note {n},{n},xqz money" for n in range(1, 8))
    text = "\n".join(("Date,Channel,Status,Email,Note xqz,Amount,Currency", *rows))
    assert understood(text, answers=Answers(rows="persons")).rows == 7
    caches = [thing for thing in gc.get_objects() if isinstance(thing, functools._lru_cache_wrapper)]
    kept = {text for cache in caches for thing in gc.get_referents(cache) for text in texts_below(thing, 3)}
    assert len(caches) > 20
    assert [text for text in kept if "xqz" in text] == []
