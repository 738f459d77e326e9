"""Exports that tools are known to write, and tables as the usual connectors write them to a warehouse.

A new tool is a new row. Headers and values are compared without case, accents and plurals.
"""

from __future__ import annotations

from planner.actuals.formats import Counted, KnownExport
from planner.actuals.known_ads import ADS_EXPORTS
from planner.actuals.known_outreach import OUTREACH_EXPORTS, YES

__all__ = ["KNOWN_EXPORTS", "LOST", "WON", "calls", "deals"]

HALF_A_MINUTE = 30  # seconds: an answering machine is “answered” too, a conversation takes longer
WON = ("closed won", "closedwon", "won", "gewonnen", "gagné", "ganado", "vunnet")
CREATED = (
    "Create Date", "Created Date", "Created At", "Created", "property_createdate", "Deal - Deal created", "Deal created",
    "Erstellungsdatum", "Erstellt am", "Date de création", "Fecha de creación", "Opprettet",
)  # fmt: skip
LOST = ("closed lost", "closedlost", "lost", "verloren", "perdu", "perdido", "tapt")
_OUT = ("outbound", "outgoing", "outbound-api", "outbound-call", "outbound-reply", "outgoing call", "outbound-dial")
_MEETING = (
    "meeting",
    "meeting booked",
    "meeting set",
    "appointment",
    "appointment set",
    "appointment booked",
    "demo booked",
)


def calls(
    direction: str, duration: str, *spoken: tuple[str, tuple[str, ...]], dates: tuple[str, ...] = ()
) -> tuple[Counted, ...]:
    """Calls that went out, those of half a minute with a person (as `spoken` says), and how long those took."""
    out = (direction, _OUT)
    talk = ((direction, _OUT), *spoken)
    return (
        Counted("dials", (out,), dates=dates),
        Counted("connected", talk, (duration, HALF_A_MINUTE), dates=dates),
        Counted("talk_seconds", talk, (duration, HALF_A_MINUTE), dates=dates, value=duration),
    )


def deals(
    stage: str, amount: str | None, once: str | None, won: tuple[str, ...] = (), lost: tuple[str, ...] = ()
) -> tuple[Counted, ...]:
    """Deals by the day they closed, and the revenue of those that were won; one that was reopened counts once."""
    is_won, is_lost, closed = ((stage, WON),), ((stage, LOST),), ((stage, (*WON, *LOST)),)
    rows = [
        Counted("won", is_won, dates=won, once=once, among=closed, channel="sales", since=CREATED),
        Counted("lost", is_lost, dates=lost, once=once, among=closed, channel="sales"),
    ]
    if amount:
        rows.append(Counted("revenue", is_won, dates=won, value=amount, once=once, among=closed, channel="sales"))
    return tuple(rows)


KNOWN_EXPORTS: tuple[KnownExport, ...] = (
    *OUTREACH_EXPORTS,
    *ADS_EXPORTS,
    # -- calls and messages -------------------------------------------------------------------------------------------------
    KnownExport(
        "Aircall", ("direction", "answered", "missed_call_reason", "duration (in call)"),
        (("datetime (UTC)", "period"), ("date", "period")), "phone", "events", account="line",
        counts=calls("direction", "duration (in call)", ("answered", YES)),
    ),
    KnownExport(
        "Kixie", ("Agent Email", "Type", "Status", "Disposition", "To Number"),
        (("Date", "period"),), "phone", "events",
        counts=(
            *calls("Type", "Duration", ("Status", ("answered",))),
            Counted("appointment", (("Type", _OUT), ("Disposition", _MEETING))),
        ),
    ),
    KnownExport(
        "RingCentral", ("Direction", "Action", "Action Result", "Duration"), (("Date", "period"),), "phone", "events",
        counts=calls("Direction", "Duration", ("Action Result", ("call connected", "accepted", "connected"))),
    ),
    KnownExport(
        "HubSpot (calls)", ("Call outcome", "Call duration", "Call direction"),
        (("Activity date", "period"), ("Call date", "period")), "phone", "events",
        counts=calls("Call direction", "Call duration", ("Call outcome", ("connected",))),
    ),
    KnownExport(
        "Twilio (calls)", ("Parent Call Sid", "Direction", "Duration", "Status", "Start Time"),
        (("Start Time", "period"),), "phone", "events",
        counts=(*calls("Direction", "Duration", ("Status", ("completed",))), Counted("cost", (("Direction", _OUT),), value="Price")),
    ),
    KnownExport(
        "Nooks", ("User Name", "Prospect Name", "Call Notes"), (), "phone",
        lacks="only names and notes, without the day and the outcome of a call",
    ),
    KnownExport(
        "Cloud Dial", ("SystemContactId", "LogDate", "LogType", "DialledToNumber", "Result", "WrapUpReasonName"),
        (("LogDate", "period"),), "phone", "events",
        counts=(
            Counted("dials", (("LogType", _OUT),)),
            Counted("connected", (("LogType", _OUT), ("Result", ("connected", "answered", "completed")))),
            Counted("no_answer", (("LogType", _OUT), ("Result", ("no answer", "unanswered")))),
            Counted("voicemail", (("LogType", _OUT), ("Result", ("voicemail", "answering machine")))),
            Counted("appointment", (("LogType", _OUT), ("WrapUpReasonName", _MEETING))),
            Counted("recontact", (("LogType", _OUT), ("WrapUpReasonName", ("callback", "call back")))),
        ),
    ),
    KnownExport(
        "Twilio (messages)", ("AccountSid", "NumSegments", "Direction", "Status", "SentDate"),
        (("SentDate", "period"),), "sms", "events", account="AccountSid",
        counts=(
            Counted("sent", (("Direction", _OUT),)), Counted("delivered", (("Direction", _OUT), ("Status", ("delivered",)))),
            Counted("replied", (("Direction", ("inbound",)),)), Counted("cost", value="Price"),
        ),
    ),
    KnownExport(
        "Twilio (warehouse)", ("account_id", "num_segments", "direction", "status", "date_sent"),
        (("date_sent", "period"),), "sms", "events", account="account_id",
        counts=(
            Counted("sent", (("direction", _OUT),)), Counted("delivered", (("direction", _OUT), ("status", ("delivered",)))),
            Counted("replied", (("direction", ("inbound",)),)), Counted("cost", value="price"),
        ),
    ),
    KnownExport(
        "Salesloft", ("SalesLoft Type", "Date", "Contact"), (("Date", "period"),), None, "events",
        counts=(
            Counted("sent", (("SalesLoft Type", ("email",)),), channel="email"),
            Counted("dials", (("SalesLoft Type", ("call",)),), channel="phone"),
            Counted("appointment", (("SalesLoft Type", ("meeting",)),), channel="sales"),
        ),
    ),
    KnownExport(
        "Salesforce (tasks)", ("activity_date", "task_subtype", "who_id"), (("activity_date", "period"),), None, "events",
        counts=(
            Counted("sent", (("task_subtype", ("email", "list email")),), channel="email"),
            Counted("dials", (("task_subtype", ("call",)),), channel="phone"),
        ),
    ),
    # -- deals --------------------------------------------------------------------------------------------------------------
    KnownExport(
        "HubSpot (deals)", ("Deal Name", "Deal Stage", "Close Date"), (("Close Date", "period"),), None, "events",
        counts=deals("Deal Stage", "Amount", "Record ID"),
    ),
    KnownExport(
        "HubSpot (warehouse)", ("deal_pipeline_stage_id", "property_closedate"), (("property_closedate", "period"),), None, "events",
        counts=deals("deal_pipeline_stage_id", "property_amount", "deal_id"),
    ),
    KnownExport(
        "Salesforce (opportunities)", ("Opportunity Name", "Stage", "Close Date"), (("Close Date", "period"),), None, "events",
        counts=deals("Stage", "Amount", "Opportunity ID"),
    ),
    KnownExport(
        "Salesforce (warehouse)", ("stage_name", "close_date", "is_won"), (("close_date", "period"),), None, "events",
        counts=deals("stage_name", "amount", "id"),
    ),
    KnownExport(
        "Pipedrive", ("Deal - Title", "Deal - Status"), (("Deal - Won time", "period"), ("Deal - Deal closed on", "period")), None, "events",
        counts=deals("Deal - Status", "Deal - Value", "Deal - ID", ("Deal - Won time", "Deal - Deal closed on"), ("Deal - Lost time", "Deal - Deal closed on")),
    ),
)  # fmt: skip
