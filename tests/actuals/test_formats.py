"""Known exports: each is recognised by its columns and says whose it is; a new one costs a row."""

from __future__ import annotations

import pytest

from planner.actuals.actuals import NAMED_SUMS
from planner.actuals.formats import Counted, KnownExport
from planner.actuals.known_exports import KNOWN_EXPORTS
from planner.actuals.questions import Answers
from planner.actuals.reading import Upload, understand
from planner.plan import merged
from planner.plan.starter import starter

PLAN = starter()


def figures(upload: Upload) -> dict[str, float]:
    facts = upload.actuals.facts if upload.actuals else ()
    return {f"{fact.period} {fact.channel}.{fact.name}": fact.value for fact in facts}


FILES = {
    "Woodpecker (daily)": (
        "campaign_id,campaign,sent_date,mailbox,path,step_number,version,sent,delivered,opened,open_rate\n"
        "7,Spring,2027-02-03,a@b.example,A,1,A,427,421,80,19.0\n",
        {"2027-02-03 email.sent": 427, "2027-02-03 email.delivered": 421, "2027-02-03 email.opened": 80},
    ),
    "HeyReach (daily), North": (
        "workspace,date,profile_views,connections_sent,connections_accepted,total_message_replies,message_reply_rate\n"
        "North,2027-03-01,9,100,30,8,0.27\n",
        {"2027-03-01 linkedin.invites": 100, "2027-03-01 linkedin.accepted": 30, "2027-03-01 linkedin.replied": 8},
    ),
    "Meta Ads": (
        "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),"
        "Impressions,Link clicks,Clicks (all),Results\n"
        "2027-01-01,2027-01-31,C,12.50,1000,8,19,3\n",
        {"2027-01 ads.impressions": 1000, "2027-01 ads.clicked": 8, "2027-01 ads.cost": 12.5},
    ),
    "Meta Ads, leads": (
        "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions,Link clicks,Results,"
        "Result indicator\n2027-01-01,2027-01-31,C,12.50,1000,8,3,actions:onsite_conversion.lead_grouped\n"
        "2027-01-01,2027-01-31,D,2.50,500,4,90,actions:link_click\n",
        {
            "2027-01 ads.impressions": 1500, "2027-01 ads.clicked": 12, "2027-01 ads.cost": 15, "2027-01 ads.leads": 3,
        },
    ),
    "Kixie": (
        "Date,Time,Agent Email,Type,Status,Duration (MM:SS),Disposition,Source,To Number\n"
        "2027-01-04,9:00,a@b.example,Outgoing,Answered,00:45,Meeting,x,15550000001\n"
        "2027-01-04,9:05,a@b.example,Outgoing,Answered,00:08,Voicemail,x,15550000002\n"
        "2027-01-04,9:09,a@b.example,Outgoing,Missed,00:00,,x,15550000003\n"
        "2027-01-04,9:12,a@b.example,Incoming,Answered,03:00,,x,15550000004\n",
        {
            "2027-01-04 phone.dials": 3, "2027-01-04 phone.connected": 1, "2027-01-04 phone.appointment": 1,
            "2027-01-04 phone.talk_seconds": 45,
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", FILES)
def test_an_export_is_recognised_by_its_columns(source: str) -> None:
    text, expected = FILES[source]
    upload = understand(text.encode(), PLAN)
    assert upload.recognised == source.removesuffix(", leads")
    assert figures(upload) == expected
    assert (upload.questions, upload.refused) == ((), ())
    assert upload.actuals is not None
    assert upload.actuals.sources() == (upload.recognised,)


@pytest.mark.parametrize(
    "text",
    [
        "First name,Last name,Occupation,Company,LinkedIn profile URL\nA,B,C,D,https://x.example/1\n",
        "User Name,Prospect Name,Call Notes\nAnn,Bob,called twice\n",
    ],
)
def test_an_export_that_holds_no_figures_says_what_it_lacks(text: str) -> None:
    upload = understand(text.encode(), PLAN)
    assert (upload.actuals, upload.questions) == (None, ())
    assert " holds only " in upload.refused[0].what


def test_with_a_day_the_range_of_the_report_is_not_used() -> None:
    header = (
        "Tag,Beginn des Berichtszeitraums,Ende des Berichtszeitraums,Kampagnenname,Impressionen,Reichweite,Link-Klicks"
    )
    for day, period in (("2027-01-05", "2027-01-05"), (None, "2027-01")):
        columns = header if day else header.removeprefix("Tag,")
        row = f"{day + ',' if day else ''}2027-01-01,2027-01-31,C,1000,900,8"
        assert figures(understand(f"{columns}\n{row}\n".encode(), PLAN))[f"{period} ads.clicked"] == 8


def test_the_currency_of_a_header_and_of_the_account_does_not_hide_an_export() -> None:
    text = FILES["Meta Ads"][0].replace("(EUR)", "(USD)")
    assert understand(text.encode(), PLAN).recognised == "Meta Ads"


def test_a_known_export_without_dates_still_asks_for_the_month() -> None:
    data = (
        b"client,campaign_status,sent,bounced,delivered,responded,interested_yes,opt_out\n"
        b"ACME,RUNNING,427,6,421,9,4,1\n"
    )
    assert [question.topic for question in understand(data, PLAN).questions] == ["month"]
    upload = understand(data, PLAN, answers=Answers(month="2027-01"))
    assert figures(upload)["2027-01 email.replied"] == 9
    assert upload.recognised == "Woodpecker (campaigns), ACME"


def test_every_known_export_names_stages_that_its_kind_of_channel_has() -> None:
    kinds = {channel.kind: {stage.key for stage in merged(channel.stages, PLAN.sales)} for channel in PLAN.channels}
    for item in NAMED_SUMS:
        for kind in [item.kind] if item.kind else kinds:
            kinds[kind].add(item.key)
    roles = {"period", "period_end", "channel", "stage", "count", "cost", "revenue"}
    for export in KNOWN_EXPORTS:
        stages = {meaning for _, meaning in export.columns} | {counted.stage for counted in export.counts}
        assert export.channel is None or stages - roles <= kinds[export.channel], export.tool


def test_a_new_export_is_one_row() -> None:
    dialer = KnownExport(
        "Ringmaster", ("Ring Id", "Outcome"), (("When", "period"),), "phone", "events",
        counts=(Counted("dials"), Counted("connected", (("Outcome", ("talked",)),))),
    )  # fmt: skip
    data = b"Ring Id,When,Outcome\n1,2027-01-04,talked\n2,2027-01-04,nobody\n"
    upload = understand(data, PLAN, exports=(*KNOWN_EXPORTS, dialer))
    assert figures(upload) == {"2027-01-04 phone.dials": 2, "2027-01-04 phone.connected": 1}
    assert upload.recognised == "Ringmaster"


def test_running_totals_become_what_came_between() -> None:
    mailer = KnownExport("Totalmail", ("Day", "Sent so far"), (("Day", "period"), ("Sent so far", "sent")), "email",
                         "running totals")  # fmt: skip
    data = b"Day,Sent so far\n2027-01-04,1000\n2027-01-05,1040\n2027-01-12,1180\n"
    upload = understand(data, PLAN, exports=(mailer,))
    assert figures(upload) == {"2027-01-05 email.sent": 40, "2027-01-06/2027-01-12 email.sent": 140}
