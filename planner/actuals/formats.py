"""Exports that tools are known to write: the columns that identify each, and what its columns and values mean.

A new tool is a new row of `KNOWN_EXPORTS`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from planner.actuals.facts import MONEY_NAMES, UNATTRIBUTED, Fact
from planner.actuals.matching import IGNORED, PlanNames, plain
from planner.actuals.periods import Interval, interval_of, period_text
from planner.actuals.sheet import Cells, Sheet
from planner.actuals.vocabulary import COLUMN_WORDS

__all__ = ["KNOWN_EXPORTS", "Counted", "KnownExport", "Recognised", "from_running_totals", "recognised", "with_counts"]


@dataclass(frozen=True)
class Counted:
    """An event row counts one arrival at `stage` where each column holds one of its values.

    `at_least` names a column of seconds, or of hh:mm:ss, and the least that counts.
    """

    stage: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    at_least: tuple[str, float] | None = None


@dataclass(frozen=True)
class KnownExport:
    """A file as a tool writes it. `identified_by` are headers that together only this tool has.

    `columns` pairs headers with what they mean: a stage of the channel, money, or a role such as "period"; all others
    are not used. `channel` is a kind of channel (None: a column says, or none). `values` pairs words of the file with
    channels' keys. `account` is the column that tells accounts of one tool apart. `counts` turn event rows into counts.
    """

    tool: str
    identified_by: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    channel: str | None = None
    rows: Literal["events", "totals", "running totals"] = "totals"
    values: tuple[tuple[str, str], ...] = ()
    account: str | None = None
    counts: tuple[Counted, ...] = ()


KNOWN_EXPORTS: tuple[KnownExport, ...] = (
    KnownExport(
        "Woodpecker (campaigns)", ("campaign_status", "responded", "interested_yes", "opt_out", "bounced"),
        (("sent", "sent"), ("delivered", "delivered"), ("opened", "opened"), ("clicked", "clicked"),
         ("responded", "replied"), ("interested_yes", "positive"), ("interested_no", "negative"),
         ("interested_maybe", "neutral"), ("opt_out", "unsubscribed")),
        "email", account="client",
    ),
    KnownExport(
        "Woodpecker (daily)", ("sent_date", "mailbox", "step_number", "version"),
        (("sent_date", "period"), ("sent", "sent"), ("delivered", "delivered"), ("opened", "opened")),
        "email",
    ),
    KnownExport(
        "Mailchimp", ("Send Date", "Total Recipients", "Successful Deliveries", "Unique Opens", "Abuse Complaints"),
        (("Send Date", "period"), ("Total Recipients", "sent"), ("Successful Deliveries", "delivered"),
         ("Soft Bounces", "soft_bounce"), ("Hard Bounces", "hard_bounce"), ("Unique Opens", "opened"),
         ("Unique Clicks", "clicked"), ("Unsubscribes", "unsubscribed"), ("Abuse Complaints", "spam_complaint"),
         ("Total Orders", "won"), ("Total Revenue", "revenue"), ("Campaign Cost", "cost")),
        "email",
    ),
    KnownExport(
        "HeyReach (daily)", ("connections_sent", "connections_accepted", "total_message_replies", "profile_views"),
        (("date", "period"), ("connections_sent", "invites"), ("connections_accepted", "accepted"),
         ("total_message_replies", "replied")),
        "linkedin", account="workspace",
    ),
    KnownExport(
        "LinkedIn Campaign Manager", ("Start Date (in UTC)", "Campaign Group Name", "Total Spent", "Impressions"),
        (("Start Date (in UTC)", "period"), ("Impressions", "impressions"), ("Clicks to Landing Page", "clicked"),
         ("Total Spent", "cost")),
        "ads", account="Account Name",
    ),
    KnownExport(
        "Meta Ads", ("Reporting starts", "Reporting ends", "Link clicks", "Impressions"),
        (("Day", "period"), ("Reporting starts", "period"), ("Reporting ends", "period_end"),
         ("Impressions", "impressions"), ("Link clicks", "clicked"), ("Amount spent", "cost")),
        "ads",
    ),
    KnownExport(
        "Meta Ads", ("Kampagnenname", "Impressionen", "Reichweite", "Link-Klicks"),
        (("Tag", "period"), ("Beginn des Berichtszeitraums", "period"), ("Ende des Berichtszeitraums", "period_end"),
         ("Impressionen", "impressions"), ("Link-Klicks", "clicked"), ("Ausgegebener Betrag", "cost")),
        "ads",
    ),
    KnownExport(
        "Google Ads", ("Campaign status", "Campaign", "Currency code", "Impr.", "Clicks"),
        (("Day", "period"), ("Impr.", "impressions"), ("Clicks", "clicked"), ("Cost", "cost")),
        "ads",
    ),
    KnownExport(
        "Google Ads", ("Kampagne", "Impressionen", "Klicks", "Kosten"),
        (("Tag", "period"), ("Impressionen", "impressions"), ("Klicks", "clicked"), ("Kosten", "cost")),
        "ads",
    ),
    KnownExport(
        "X Ads", ("Nombre de la campaña", "Importe gastado", "Impresiones", "Clics en el enlace"),
        (("Fecha", "period"), ("Impresiones", "impressions"), ("Clics en el enlace", "clicked"),
         ("Importe gastado", "cost")),
        "ads",
    ),
    KnownExport(
        "Dripify", ("All leads", "Accepted", "Responded"),
        (("All leads", "invites"), ("Accepted", "accepted"), ("Responded", "replied")),
        "linkedin",
    ),
    KnownExport(
        "Aircall", ("direction", "answered", "missed_call_reason", "duration (in call)", "datetime (UTC)"),
        (("datetime (UTC)", "period"),),
        "phone", "events", account="line",
        counts=(
            Counted("dials", (("direction", ("outbound",)),)),
            # an answering machine is “answered” too: a conversation takes half a minute
            Counted("connected", (("direction", ("outbound",)), ("answered", ("yes",))), ("duration (in call)", 30)),
        ),
    ),
    KnownExport(
        "Kixie", ("Agent Email", "Type", "Status", "Disposition", "To Number"),
        (("Date", "period"),),
        "phone", "events",
        counts=(
            Counted("dials", (("Type", ("outgoing",)),)),
            Counted("connected", (("Type", ("outgoing",)), ("Status", ("answered",))), ("Duration (MM:SS)", 30)),
        ),
    ),
    KnownExport(
        "Twilio (messages)", ("AccountSid", "NumSegments", "Direction", "Status", "SentDate"),
        (("SentDate", "period"),),
        "sms", "events", account="AccountSid",
        counts=(
            Counted("sent", (("Direction", ("outbound-api", "outbound-call", "outbound-reply", "outbound")),)),
            Counted("delivered", (("Direction", ("outbound-api", "outbound")), ("Status", ("delivered",)))),
            Counted("replied", (("Direction", ("inbound",)),)),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Recognised:
    """A known export found in a file: whose it is, and what its columns mean in the plan at hand."""

    export: KnownExport
    source: str
    channel: str
    columns: tuple[tuple[str, str], ...]


def recognised(sheet: Sheet, names: PlanNames, exports: Iterable[KnownExport] = KNOWN_EXPORTS) -> Recognised | None:
    """The known export a sheet is; None where no row of the table fits, or the plan has no such channel."""
    headers = {_bare(cells.header): cells for cells in sheet.columns}
    for export in exports:
        if not {_bare(header) for header in export.identified_by} <= headers.keys():
            continue
        of_kind = [channel.key for channel in names.plan.channels if channel.kind == export.channel]
        if export.channel and not of_kind:
            continue
        channel = of_kind[0] if of_kind else UNATTRIBUTED
        return Recognised(export, _source(export, headers), channel, _meanings(export, headers, channel, names))
    return None


def _bare(header: str) -> str:
    """A header without the currency that stands in it."""
    return plain(header.partition(" (")[0]) if "(" in header and header.rstrip(")")[-3:].isupper() else plain(header)


def _source(export: KnownExport, headers: dict[str, Cells]) -> str:
    """Tool and account; a file of several accounts is one source."""
    cells = headers.get(_bare(export.account)) if export.account else None
    accounts = [text for text in cells.texts if text] if cells else []
    return f"{export.tool}, {accounts[0]}" if len(accounts) == 1 else export.tool


def _meanings(
    export: KnownExport, headers: dict[str, Cells], channel: str, names: PlanNames
) -> tuple[tuple[str, str], ...]:
    taken: dict[str, int] = {}
    meanings: dict[str, str] = {cells.header: IGNORED for cells in headers.values()}
    for row, (header, meaning) in enumerate(export.columns):
        cells = headers.get(_bare(header))
        begun = meaning != "period_end" or taken.get("period") == row - 1  # the last day stands below its first day
        if cells is None or meaning in taken or not begun:
            continue
        if meaning in COLUMN_WORDS:
            meanings[cells.header] = meaning
        elif meaning in MONEY_NAMES or names.figure(channel, meaning) == meaning:
            meanings[cells.header] = f"{channel}.{meaning}"
        taken[meaning] = row
    return tuple(meanings.items())


# -- event rows -------------------------------------------------------------------------------------------------------


def with_counts(sheet: Sheet, found: Recognised, names: PlanNames) -> tuple[Sheet, tuple[tuple[str, str], ...]]:
    """The sheet with a column of 0 and 1 for each stage that its event rows count, and what those columns mean."""
    columns, meanings = [], []
    for counted in found.export.counts:
        if names.figure(found.channel, counted.stage) == counted.stage:
            header = f"Rows counted as {counted.stage}"
            columns.append(Cells(header, ("0", "1"), _counts(sheet, counted).astype(np.int32)))
            meanings.append((header, f"{found.channel}.{counted.stage}"))
    return replace(sheet, columns=(*sheet.columns, *columns)), tuple(meanings)


def _counts(sheet: Sheet, counted: Counted) -> NDArray[np.bool_]:
    """Which rows count; (rows,)."""
    by_header = {_bare(cells.header): cells for cells in sheet.columns}
    rows = np.ones(len(sheet.lines), dtype=bool)
    for header, values in counted.where:
        cells = by_header[_bare(header)]
        rows &= np.array([text.casefold() in values for text in cells.texts], dtype=bool)[cells.codes]
    duration = by_header.get(_bare(counted.at_least[0])) if counted.at_least else None
    if counted.at_least and duration:
        least = counted.at_least[1]
        rows &= np.array([_seconds(text) >= least for text in duration.texts], dtype=bool)[duration.codes]
    return rows


def _seconds(text: str) -> float:
    """Seconds, or hh:mm:ss, or mm:ss; 0 for what is none."""
    parts = text.split(":")
    if not all(part.strip().isdecimal() for part in parts):
        return 0.0
    return math.fsum(float(part) * 60**power for power, part in enumerate(reversed(parts)))


# -- running totals ---------------------------------------------------------------------------------------------------


def from_running_totals(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Running totals as what came between one and the next; the first of each series only says where counting began.

    A total that fell began anew: it counts whole.
    """
    series: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts:
        series.setdefault((fact.source, fact.channel, fact.name), []).append(fact)
    out = []
    for totals in series.values():
        totals.sort(key=lambda fact: interval_of(fact.period).last)
        for before, after in pairwise(totals):
            begin, end = interval_of(before.period).last, interval_of(after.period).last
            period = period_text(Interval(min(begin + dt.timedelta(1), end), end))
            grown = after.value - before.value
            out.append(replace(after, period=period, value=grown if grown >= 0 else after.value))
    return tuple(out)
