"""Exports that tools are known to write, and tables as the usual connectors write them to a warehouse.

A new tool is a new row. Headers and values are compared without case, accents and plurals.
"""

from __future__ import annotations

from planner.actuals.formats import Counted, KnownExport
from planner.actuals.known_ads import ADS_EXPORTS
from planner.actuals.known_outreach import OUTREACH_EXPORTS, YES
from planner.actuals.likely_words import BOOKED

__all__ = ["HALF_A_MINUTE", "KNOWN_EXPORTS", "LOST", "OUT", "WON", "calls", "deals"]

HALF_A_MINUTE = 30  # seconds: an answering machine is “answered” too, a conversation takes longer
WON = (
    "closed won", "closedwon", "won", "gewonnen", "geschlossen gewonnen", "geschlossen und gewonnen", "abgeschlossen gewonnen", "gagné", "gagnée",
    "fermé gagné", "fermée gagnée", "fermé et gagné", "conclu gagné", "ganado", "ganada", "cierre ganado", "cerrado ganado", "cerrada ganada", "ganho", "ganha",
    "fechado ganho", "fechada ganha", "vinto", "vinta", "chiuso vinto", "vunnet", "lukket vunnet", "vunnen", "vunna",
    "stängd vunnen", "vundet", "lukket vundet", "gesloten gewonnen", "gesloten en gewonnen", "wygrana", "wygrane", "vyhráno",
)  # fmt: skip
CREATED = (
    "Create Date", "Created Date", "Created At", "Created", "property_createdate", "Deal - Deal created", "Deal created",
    "Erstellungsdatum", "Erstellt am", "Date de création", "Fecha de creación", "Opprettet", "Opprettet dato",
    "Opprettelsesdato", "Skapad", "Skapad datum", "Oprettet", "Aanmaakdatum", "Aangemaakt op", "Data di creazione",
    "Data de criação", "Data utworzenia",
)  # fmt: skip
LOST = (
    "closed lost", "closedlost", "lost", "verloren", "geschlossen verloren", "geschlossen und verloren", "abgeschlossen verloren", "perdu", "perdue",
    "fermé perdu", "fermée perdue", "fermé et perdu", "conclu perdu", "perdido", "perdida", "cierre perdido", "cerrado perdido", "cerrada perdida",
    "fechado perdido", "fechada perdida", "perso", "persa", "chiuso perso", "tapt", "lukket tapt", "förlorad", "förlorat",
    "stängd förlorad", "tabt", "lukket tabt", "gesloten verloren", "gesloten en verloren", "przegrana", "przegrane", "prohráno",
)  # fmt: skip
_POSTED = ("mailed", "in transit", "in local area", "processed for delivery", "re-routed", "delivered")
OUT = (
    "outbound", "outgoing", "out", "outbound-api", "outbound-call", "outbound-reply", "outgoing call", "outbound-dial",
    "ausgehend", "sortant", "saliente", "utgående", "utgaende", "uitgaand", "udgående", "in uscita",
)  # fmt: skip


def calls(
    direction: str, duration: str, *spoken: tuple[str, tuple[str, ...]], dates: tuple[str, ...] = ()
) -> tuple[Counted, ...]:
    """Calls that went out, those of half a minute with a person (as `spoken` says), and how long those took."""
    out = (direction, OUT)
    talk = ((direction, OUT), *spoken)
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
            Counted("appointment", (("Type", OUT), ("Disposition", BOOKED))),
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
        counts=(*calls("Direction", "Duration", ("Status", ("completed",))), Counted("cost", (("Direction", OUT),), value="Price")),
    ),
    KnownExport(
        "Nooks", ("User Name", "Prospect Name", "Call Notes"), (), "phone",
        lacks="only names and notes, without the day and the outcome of a call",
    ),
    KnownExport(
        "Cloud Dial", ("SystemContactId", "LogDate", "LogType", "DialledToNumber", "Result", "WrapUpReasonName"),
        (("LogDate", "period"),), "phone", "events",
        counts=(
            Counted("dials", (("LogType", OUT),)),
            Counted("connected", (("LogType", OUT), ("Result", ("connected", "answered", "completed")))),
            Counted("no_answer", (("LogType", OUT), ("Result", ("no answer", "unanswered")))),
            Counted("voicemail", (("LogType", OUT), ("Result", ("voicemail", "answering machine")))),
            Counted("appointment", (("LogType", OUT), ("WrapUpReasonName", BOOKED))),
            Counted("recontact", (("LogType", OUT), ("WrapUpReasonName", ("callback", "call back")))),
        ),
    ),
    KnownExport(
        "Twilio (messages)", ("AccountSid", "NumSegments", "Direction", "Status", "SentDate"),
        (("SentDate", "period"),), "sms", "events", account="AccountSid",
        counts=(
            Counted("sent", (("Direction", OUT),)), Counted("delivered", (("Direction", OUT), ("Status", ("delivered",)))),
            Counted("replied", (("Direction", ("inbound",)),)), Counted("cost", value="Price"),
        ),
    ),
    KnownExport(
        "Twilio (warehouse)", ("account_id", "num_segments", "direction", "status", "date_sent"),
        (("date_sent", "period"),), "sms", "events", account="account_id",
        counts=(
            Counted("sent", (("direction", OUT),)), Counted("delivered", (("direction", OUT), ("status", ("delivered",)))),
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
    KnownExport(
        "Calendly", ("Invitee Email", "Event Type Name", "Start Date & Time", "Event Created Date & Time"),
        (("Event Created Date & Time", "period"),), None, "events",
        counts=(Counted("appointment", channel="sales"),),
    ),
    KnownExport(
        "Lob", ("date_created", "send_date", "status"), (("send_date", "period"),), "post", "events",
        holding=("status", (*_POSTED, "returned to sender")),
        counts=(
            Counted("sent", (("status", (*_POSTED, "returned to sender")),)),
            Counted("returned", (("status", ("returned to sender",)),)),
            Counted("cost", (("status", (*_POSTED, "returned to sender")),), value="price"),
        ),
    ),
    KnownExport(
        "Stannp", ("format", "status", "tracking_reference", "dispatched"),
        (("dispatched", "period"),), "post", "events",
        counts=(
            Counted("sent", (("status", ("dispatched", "local_delivery", "delivered", "returned")),)),
            Counted("returned", (("status", ("returned",)),)),
            Counted("cost", (("status", ("dispatched", "local_delivery", "delivered", "returned")),), value="cost"),
        ),
    ),
    KnownExport(
        "HubSpot (meetings)", ("Meeting name", "Meeting outcome"),
        (("Meeting start time", "period"), ("Activity date", "period")), None, "events",
        counts=(
            Counted("appointment", channel="sales"),
            Counted("held", (("Meeting outcome", ("completed",)),), channel="sales"),
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
