"""Files as people make them: each is read right, or somebody is asked, or a row is refused; none is silently wrong."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from planner.actuals.left_out import ONE_MORE
from planner.actuals.matching import IGNORED
from planner.actuals.questions import Answers
from planner.actuals.reading import ColumnMapping, Upload, read_actuals, understand
from planner.actuals.repeats import ADDED, LAST, REPEATED
from planner.actuals.spans import SPAN
from planner.actuals.taking import AS_IS, CURRENCY
from planner.errors import BadActuals
from planner.plan.starter import starter
from tests.actuals.files import FILES as SHAPES
from tests.actuals.files import File
from tests.actuals.handmade import HANDMADE
from tests.actuals.languages import LANGUAGES
from tests.actuals.misleading import MISLEADING
from tests.actuals.tools import TOOLS
from tests.actuals.varied import VARIED
from tests.actuals.vendors import VENDORS

PLAN = starter()
FILES = SHAPES | VENDORS | HANDMADE | LANGUAGES | TOOLS | VARIED


def figures(upload: Upload) -> dict[str, float]:
    facts = upload.actuals.facts if upload.actuals else ()
    return {f"{fact.period} {fact.channel}.{fact.name}": fact.value for fact in facts}


RIGHT = {
    "an exact name beats a synonym further left": (
        "month,channel,deals,won\n2027-01,email,10,2\n",
        {"2027-01 email.won": 2},
    ),
    "the narrower column of clicks": (
        "Day,Channel,Clicks (all),Link clicks\n2027-01-04,ads,624,580\n",
        {"2027-01-04 ads.clicked": 580},
    ),
    "brackets name the channel": (
        "month,sent (email),dials (phone)\n2027-01,900,300\n",
        {"2027-01 email.sent": 900, "2027-01 phone.dials": 300},
    ),
    "totals in another column": (
        "month,channel,rep,sent\n2027-01,email,Ann,10\n2027-01,email,Bob,20\n2027-01,email,All reps,30\n",
        {"2027-01 email.sent": 30},
    ),
    "a title over channels": (
        "Meetings booked by channel\nMonth,Email,Phone\n2027-01,4,9\n",
        {"2027-01 email.appointment": 4, "2027-01 phone.appointment": 9},
    ),
    "merged cells in blocks alike": (
        "channel,month,sent\nemail,2027-01,9\n,2027-02,8\nsms,2027-01,5\n,2027-02,4\n",
        {"2027-01 email.sent": 9, "2027-02 email.sent": 8, "2027-01 sms.sent": 5, "2027-02 sms.sent": 4},
    ),
    "ISO weeks": (
        "week,channel,sent\n2027-W02,email,70\n",
        {"2027-01-11/2027-01-17 email.sent": 70},
    ),
    "a deal a row": (
        "Stage,Amount,Close Date\nClosed Won,12000.00,2027-03-20\n",
        {"2027-03-20 sales.won": 1, "2027-03-20 sales.lost": 0, "2027-03-20 sales.revenue": 12000},
    ),
    "a comma after a quotation mark": (
        'x, "\nperiod,channel\n',
        {},
    ),
}  # fmt: skip
ASKED = {
    "a target": ("month,channel,sent (target)\n2027-01,email,900\n", "kind"),
    "a running total": ("month,channel,sent (cumulative)\n2027-01,email,900\n", "kind"),
    "an order number": ("month,channel,Order Number\n2027-01,email,7\n", None),
    "phone numbers": ("date,channel,calls\n2027-01-04,phone,15550000001\n", "kind"),
    "fractions": ("month,channel,conversions\n2027-01,landing,0.031\n", "kind"),
    "minutes for seconds": ("month,channel,Talk time (min)\n2027-01,phone,95\n", "kind"),
    "merged cells": ("channel,period,won\nemail,2027-03,1\n,2027-04,2\n", "blank_channel"),
    "money without a channel": ("date,email.sent,phone.dials,cost\n2027-01-04,5,6,70\n", "money"),
    "two candidates": ("month,channel,deals,customers\n2027-01,email,10,2\n", "duplicate"),
    "channels across": ("Overview\nMonth,Email,Phone\n2027-01,4,9\n", "kind"),
    "no month": ("channel,sent\nemail,5\n", "month"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_read_right(name: str) -> None:
    text, expected = RIGHT[name]
    upload = understand(text.encode(), PLAN)
    assert figures(upload) == expected
    assert upload.questions == () or not expected


def test_a_synonym_beside_the_own_name_of_a_stage_is_refused_not_added() -> None:
    upload = understand(b"month,channel,sent,invites\n2027-01,linkedin,200,180\n2027-01,email,50,\n", PLAN)
    assert figures(upload) == {"2027-01 linkedin.invites": 180, "2027-01 email.sent": 50}
    assert [(refusal.line, refusal.column) for refusal in upload.refused] == [(2, "sent")]


@pytest.mark.parametrize("name", ASKED)
def test_asked_or_not_used(name: str) -> None:
    text, topic = ASKED[name]
    upload = understand(text.encode(), PLAN)
    assert topic in [question.topic for question in upload.questions] or (topic is None and upload.actuals is None)
    with pytest.raises(BadActuals):
        read_actuals(text.encode(), PLAN)


def test_rows_without_a_channel_are_what_was_answered() -> None:
    data = b"channel,period,won\nemail,2027-03,1\n,2027-04,2\n"

    def answered(answer: str) -> dict[str, float]:
        return figures(understand(data, PLAN, answers=Answers(values=(("", answer),))))

    assert answered("above") == {"2027-03 email.won": 1, "2027-04 email.won": 2}
    assert answered("sales") == {"2027-03 email.won": 1, "2027-04 sales.won": 2}
    assert answered("ignored") == {"2027-03 email.won": 1}


def test_rows_that_repeat_are_what_was_answered() -> None:
    data = b"month,channel,sent\n2027-01,email,10\n2027-02,email,20\n2027-01,email,10\n2027-02,email,20\n"
    assert [question.topic for question in understand(data, PLAN).questions] == ["repeated"]

    def answered(answer: str) -> list[float]:
        answers = Answers(values=((REPEATED, answer),))
        return [fact.value for fact in read_actuals(data, PLAN, answers=answers).facts]

    assert (answered(LAST), answered(ADDED)) == ([10, 20], [20, 40])


def test_rows_that_repeat_by_version_keep_the_last() -> None:
    data = b"date,version,channel,sent\n2027-01-04,1,email,100\n2027-01-05,1,email,7\n2027-01-04,2,email,95\n"
    answers = Answers(values=((REPEATED, LAST),))
    assert [fact.value for fact in read_actuals(data, PLAN, answers=answers).facts] == [95, 7]


def test_a_row_that_may_be_a_total_is_what_was_answered() -> None:
    data = b"date,account,channel,sent\n2027-01-04,A,email,10\n2027-01-04,B,email,20\n2027-01-04,C,email,30\n"
    assert [(q.topic, q.subject) for q in understand(data, PLAN).questions] == [("total", "C")]

    def answered(answer: str) -> list[float]:
        return [fact.value for fact in read_actuals(data, PLAN, answers=Answers(values=(("C", answer),))).facts]

    assert (answered("ignored"), answered(ONE_MORE)) == ([30], [60])


def test_evenly_spaced_dates_stand_for_what_was_answered() -> None:
    months = b"Date,Channel,Sent\n2027-01-01,email,1000\n2027-02-01,email,900\n"
    weeks = b"Date,Channel,Sent\n2027-01-04,email,30\n2027-01-11,email,31\n2027-01-18,email,32\n"
    spans = {"day": ("2027-01-01", "2027-01-04"), "month": ("2027-01", ""), "week": ("", "2027-01-04/2027-01-10")}
    for data, likely, place in ((months, "month", 0), (weeks, "week", 1)):
        (question,) = (q for q in understand(data, PLAN).questions if q.topic == "span")
        assert question.options == ("day", likely)
        for answer in question.options:
            upload = understand(data, PLAN, answers=Answers(rows="totals", values=((SPAN, answer),)))
            assert not upload.questions
            assert min(figures(upload)) == f"{spans[answer][place]} email.sent"


def test_rows_called_after_a_target_are_what_was_answered() -> None:
    data = b"Month,Rep,Dials\n2027-01,Target,600\n2027-01,Ann,300\n2027-01,Bob,200\n"
    (question,) = understand(data, PLAN).questions
    assert (question.topic, question.subject) == ("target", "Target")
    for answer, dials in ((IGNORED, 500), (ONE_MORE, 1100)):
        upload = understand(data, PLAN, answers=Answers(values=(("Target", answer),)))
        assert not upload.questions
        assert figures(upload) == {"2027-01 phone.dials": dials}


def test_a_label_of_sums_in_several_figures_is_a_total() -> None:
    data = b"rep,month,dials,appointments\nA,2027-01,400,4\nB,2027-01,300,3\nTeam North,2027-01,700,7\n"
    assert [fact.value for fact in read_actuals(data, PLAN).facts] == [7, 700]


def test_money_in_another_currency_is_used_as_it_is_only_where_that_was_said() -> None:
    data = b"month,channel,spend (USD),clicks\n2027-01,ads,100,5\n"
    assert [question.topic for question in understand(data, PLAN).questions] == ["currency"]

    def answered(answer: str) -> dict[str, float]:
        actuals = read_actuals(data, PLAN, answers=Answers(values=((CURRENCY, answer),)))
        return {fact.name: fact.value for fact in actuals.facts}

    assert answered(AS_IS) == {"clicked": 5, "cost": 100}
    assert answered("ignored") == {"clicked": 5}


def test_a_pivot_with_a_title_over_its_channels_is_read() -> None:
    data = b"Sum of Sent,Column Labels,\nRow Labels,E-mail,LinkedIn\n2027-01,100,20\n2027-02,110,25\n"
    assert [(f.channel, f.name, f.value) for f in read_actuals(data, PLAN).facts] == [
        ("email", "sent", 100), ("linkedin", "invites", 20), ("email", "sent", 110), ("linkedin", "invites", 25),
    ]  # fmt: skip


def test_a_steady_pace_counted_from_nought_is_asked_about() -> None:
    rows = "".join(f"2027-0{month},email,{total}\n" for month, total in ((1, 1000), (2, 1900), (3, 2950)))
    assert [q.topic for q in understand(f"month,channel,sent\n{rows}".encode(), PLAN).questions] == ["running"]


def test_a_column_said_to_be_a_count_is_one() -> None:
    mapping = ColumnMapping((("sent (target)", "sent"),))
    actuals = read_actuals(b"month,channel,sent (target)\n2027-01,email,900\n", PLAN, mapping=mapping)
    assert [fact.value for fact in actuals.facts] == [900]


def test_a_word_of_ones_own_can_be_matched_to_a_channel() -> None:
    data = b"month,channel,sent\n2027-01,Kaltakquise,900\n2027-01,email,1\n"
    answers = Answers(values=(("Kaltakquise", "phone"),))
    upload = understand(data.replace(b"sent", b"touches"), PLAN, answers=answers)
    assert figures(upload) == {"2027-01 phone.dials": 900, "2027-01 email.sent": 1}


@pytest.mark.parametrize(
    "text",
    [
        "(" * 8_000 + ",channel\n2027-01,email\n", "(" * 100_000 + ",b\n1,2\n",
        "period,channel,stage,count\n2027-01,email," + "total " * 20_000 + ",5\n",
        "period,channel,stage,count\n" + "," * 200_000 + "\n",
        "period,channel,stage,count\n" + "".join(f"2027-01,email,{'x' * 128_000},5\n" for _ in range(100)),
        'x, "\nperiod,channel',
        "period,channel,stage,count\n" + "1," * 500_003 + "1\n", "period,channel,stage,count\n" + "," * 500_003 + "\n",
        "period,channel,stage,count\n" + "".join(f"2027-01,x{n} total,sent,5\n" for n in range(20_000)),
    ],
    ids=["8000 brackets", "100000 brackets", "total total", "200000 empty cells", "long cells", "open quotation",
         "500004 cells", "500004 empty cells", "20000 names"],
)  # fmt: skip
def test_hostile_files_are_answered_at_once(text: str) -> None:
    pd.DataFrame()  # loaded already: that is no part of the time
    start = time.process_time()
    upload = understand(text.encode(), PLAN)
    assert upload.actuals is not None or upload.refused
    assert time.process_time() - start < 2  # of its own work, whatever else the machine does


# -- the collection ---------------------------------------------------------------------------------------------------


def above_zero(counts: dict[str, float]) -> dict[str, float]:
    """Without zeros, which event rows have on every day on which anything happened."""
    return {name: value for name, value in counts.items() if value}


def outcome(file: File) -> str:
    """ "right", "asked" or "wrong": whether something was asked or refused where the figures are not the right ones."""
    upload = understand(file.text.encode(), PLAN)
    held_back = upload.actuals is None or bool(upload.questions)
    if file.figures is None:
        return "right" if held_back or upload.refused else "wrong"
    read, right = above_zero(figures(upload)), above_zero(file.figures)
    if not held_back and read == right:
        return "right"
    told_in_part = bool(upload.refused) and read.items() <= right.items()
    return "asked" if held_back or told_in_part else "wrong"


@pytest.mark.parametrize("name", MISLEADING)
def test_no_misleading_file_is_silently_wrong(name: str) -> None:
    assert outcome(File(*MISLEADING[name])) != "wrong"


@pytest.mark.parametrize("name", FILES)
def test_no_file_is_silently_wrong(name: str) -> None:
    assert outcome(FILES[name]) != "wrong"


def test_four_of_five_files_are_right_at_once_or_need_the_question_they_get() -> None:
    outcomes = [outcome(file) if not (file.answers or file.mapping) else "right" for file in FILES.values()]
    assert outcomes.count("right") >= 0.8 * len(FILES)


@pytest.mark.parametrize("name", [name for name, file in FILES.items() if file.answers or file.mapping])
def test_what_was_asked_gives_the_right_figures_when_answered(name: str) -> None:
    file = FILES[name]
    upload = understand(file.text.encode(), PLAN, answers=file.answers, mapping=file.mapping)
    assert (above_zero(figures(upload)), upload.questions) == (above_zero(file.figures or {}), ())


@pytest.mark.parametrize(("header", "writes"), [("op", "IUD"), ("__op", "cud"), ("_change_type", ("insert", "delete"))])
def test_a_log_of_changes_is_refused_where_rows_replace_others(header: str, writes: tuple[str, ...]) -> None:
    rows = [f"{number},2027-01-0{number + 1},email,sent,10,{write}" for number, write in enumerate(writes)]
    log = "\n".join([f"id,date,channel,stage,count,{header}", *rows])
    with pytest.raises(BadActuals, match="a log of changes"):
        read_actuals(log.encode(), PLAN)
    inserted = log.replace(f",{writes[1]}", f",{writes[0]}").replace(f",{writes[-1]}", f",{writes[0]}")
    assert sum(fact.value for fact in read_actuals(inserted.encode(), PLAN).facts) == 10 * len(rows)
