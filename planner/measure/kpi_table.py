# ruff: noqa: E501  a row of the table is a line
"""One table: every KPI of the trade, its formula, and what those who write about it would have you divide instead.

The names KPIs go by are older than any agreement on what they mean: "response rate" has four denominators. A reading is a
formula as a source gives it, worked out on the same numbers as the standard one beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

__all__ = ["KPI", "KPIS", "SOURCES", "KPIClaim", "KPIOrigin", "KPIPart", "KPIReading"]


@dataclass(frozen=True)
class KPIOrigin:
    """Who a formula comes from: the name it goes by on the screen, the title, and what to know of the text."""

    name: str
    title: str
    remark: str = ""


SOURCES: Mapping[str, KPIOrigin] = {
    "lalaleads": KPIOrigin("lalaleads, 2023", "KPIs to track in multi-channel sales prospecting"),
    "norwegian": KPIOrigin(
        "the Norwegian guide", "Slik måler du generering av potensielle salg", "announces 19 KPIs and holds 12"
    ),
    "prospecting": KPIOrigin("the French guide", "KPIs of prospecting, translated from French"),
    "techtimes": KPIOrigin("TechTimes", "Key metrics to monitor outsourced sales performance"),
    "cience": KPIOrigin("CIENCE, 2020", "How to make sense of outbound KPIs"),
    "dictionary": KPIOrigin("the Marketing Dictionary", "Common Language Marketing Dictionary"),
}


@dataclass(frozen=True)
class KPIPart:
    """One figure of a KPI: its formula, its unit, and what tells it from the KPI's other figures."""

    formula: str
    unit: str = "percent"
    label: str = ""


@dataclass(frozen=True)
class KPIReading:
    """The formula as a source gives it, and what is wrong with it."""

    by: str
    formula: str
    says: str
    unit: str = "percent"


@dataclass(frozen=True)
class KPIClaim:
    """What a source calls usual or good: its claim, no figure of this plan."""

    by: str
    says: str


@dataclass(frozen=True)
class KPI:
    """A KPI. `group` is a channel kind, "sales", "all" or "customer"; `better` is +1 for more, −1 for less, 0 for neither.

    `parts` has the standard figure first; `readings` are the conflicting ones; `by_channel`: read for every channel.
    """

    key: str
    group: str
    label: str
    better: int
    says: str
    parts: tuple[KPIPart, ...]
    sources: tuple[str, ...]
    readings: tuple[KPIReading, ...] = ()
    note: str = ""
    by_channel: bool = False
    claims: tuple[KPIClaim, ...] = ()


def _k(
    key: str, label: str, better: int, sources: str, says: str, parts: KPIPart | tuple[KPIPart, ...], *readings: KPIReading,
    note: str = "", by_channel: bool = False,
) -> KPI:  # fmt: skip
    listed = parts if isinstance(parts, tuple) else (parts,)
    return KPI(key, "", label, better, says, listed, tuple(sources.split()), readings, note, by_channel)


def _split(of: str, *keys: str) -> tuple[KPIPart, ...]:
    """The parts of a whole, a figure for each."""
    return tuple(KPIPart(f"{key} ÷ {of}", label=key.replace("_", " ")) for key in keys)


def _n(formula: str, label: str = "") -> KPIPart:
    return KPIPart(formula, "count", label)


_P, _R = KPIPart, KPIReading
_NO_PLAN = "Comes with actuals: no rate of a plan says it."
_PLANNED = (
    "Divides by what was planned, so a campaign half way through looks undeliverable: that is progress, not delivery."
)
_UPSIDE = "Upside down: it rises when things get worse."

_ROWS: Mapping[str, tuple[KPI, ...]] = {
    "email": (
        _k("E01", "Delivery rate", 1, "lalaleads norwegian", "Share of the e-mails sent that the receiving server accepted.", _P("delivered ÷ sent"), _R("lalaleads", "delivered ÷ planned", _PLANNED)),
        _k("E02", "Send progress", 1, "lalaleads", "Share of the e-mails planned so far that were sent.", _P("sent ÷ planned"), note="Delivery rate × send progress is what lalaleads calls delivery."),
        _k("E03", "E-mails sent and delivered", 0, "techtimes cience", "How many e-mails left, and how many of them were accepted.", (_n("sent", "sent"), _n("delivered", "delivered")), _R("cience", "sent", "Called “delivered”, but defined as what the reps sent.", "count")),
        _k("E04", "Prospects contacted", 1, "cience", "How many different people were written to.", (_n("contacts_touched", "people"), _P("sent ÷ contacts_touched", "ratio", "e-mails a person")), note="People, not messages."),
        _k("E05", "Hard bounce rate", -1, "lalaleads", "Share of the e-mails sent to an address that does not exist.", _P("hard_bounce ÷ sent")),
        _k("E06", "Soft bounce rate", -1, "lalaleads", "Share of the e-mails sent that were turned away for the time being.", _P("soft_bounce ÷ sent"), note="lalaleads says such an e-mail “was not sent”: it was, and came back. Count after the retries."),
        _k("E07", "Bounce rate", -1, "norwegian cience", "Share of the e-mails sent that came back.", _P("bounced ÷ sent"), _R("cience", "sent ÷ delivered", f"{_UPSIDE} It is 1 ÷ the delivery rate, no bounce rate.")),
        _k("E08", "Open rate", 1, "lalaleads norwegian techtimes cience", "Share of the e-mails delivered that were opened at least once.", _P("opened ÷ delivered"), _R("techtimes", "opened ÷ sent", "Counts e-mails that never arrived among those that could be opened."), _R("cience", "(delivered − hard_bounce − soft_bounce) ÷ opened", f"{_UPSIDE} It also takes bounces off twice."), note="Inflated by mail programs that open every e-mail themselves. The Norwegian guide calls it click-to-open rate, which is another KPI."),
        _k("E09", "Click-to-open rate", 1, "lalaleads techtimes", "Share of those who opened who also clicked.", (_P("clicked ÷ opened", label="of those who opened"), _P("clicked ÷ delivered", label="click-through: of those delivered"))),
        _k("E10", "Reply rate", 1, "lalaleads norwegian techtimes cience", "Share of the e-mails delivered that were answered.", _P("replied ÷ delivered"), _R("lalaleads", "replied ÷ opened", "Titled “by e-mails delivered”, divided by those opened: about twice as high, and it follows open tracking."), _R("techtimes", "replied ÷ sent", "Counts e-mails that never arrived among those that could be answered."), _R("cience", "opened ÷ replied", f"{_UPSIDE} Its list of replies also leaves out the positive ones."), note="One name, four denominators. Automatic replies do not count."),
        _k("E11", "Negative reply rate", -1, "lalaleads", "Share of the e-mails delivered that brought a no.", (_P("negative ÷ delivered", label="of those delivered"), _P("negative ÷ replied", label="of those who replied")), _R("lalaleads", "negative ÷ opened", "Divides by opens here, by deliveries for SMS and by letters sent for post: the three cannot be compared.")),
        _k("E12", "Appointment rate", 1, "lalaleads cience", "Share of the e-mails delivered that led to an appointment.", (_P("appointment ÷ delivered", label="an e-mail"), _P("appointment ÷ contacts_touched", label="a person")), _R("cience", "contacts_touched ÷ appointment", f"{_UPSIDE} Its text, appointments per contact touched, is right.")),
        _k("E13", "Unsubscribe rate", -1, "lalaleads", "Share of the e-mails delivered whose reader left the list for good.", _P("unsubscribed ÷ delivered")),
        _k("E14a", "Spam complaint rate", -1, "norwegian", "Share of the e-mails delivered that were reported as spam.", _P("spam_complaint ÷ delivered"), note="Mail providers begin to block a sender at 0.3%."),
        _k("E14b", "Spam folder placement", -1, "norwegian", "Share of the e-mails delivered that landed outside the inbox.", _P("1 − inboxed ÷ delivered"), _R("norwegian", "spam_complaint ÷ delivered", "Defines folder placement and gives the formula of complaints."), note="A sender can only see it with test addresses."),
        _k("E15", "Inbox placement", 1, "cience", "Share of the e-mails delivered that reached the inbox.", _P("inboxed ÷ delivered"), _R("cience", "inboxed ÷ (delivered − inboxed)", "Inbox to all other folders: the same fact as a ratio without an upper end.", "ratio"), note="Delivered does not mean inbox."),
        _k("E16", "Reply to discovery call", 1, "norwegian", "Share of those who replied who booked a call.", _P("appointment ÷ replied"), note="Discovery call, demo and appointment are three names of one thing."),
    ),
    "phone": (
        _k("P01", "Calls made", 0, "lalaleads techtimes cience", "How many times a number was dialled.", (_n("dials", "dials"), _P("dials ÷ contacts_touched", "ratio", "dials a person")), note="Attempts, not people."),
        _k("P02", "Connect rate", 1, "lalaleads cience", "Share of the dials that led to a conversation with the person meant.", (_P("connected ÷ dials", label="conversations"), _P("(connected + gatekeeper) ÷ dials", label="answered by anyone")), _R("cience", "(connected + gatekeeper + voicemail) ÷ dials", "Counts voicemails and whoever picks up: several times as high under the same name.")),
        _k("P03", "No answer", -1, "cience", "Dials that nobody picked up.", (_P("no_answer ÷ dials", label="share of dials"), _n("no_answer", "dials"))),
        _k("P04", "Unreachable numbers", -1, "cience", "Dials to numbers that do not work.", (_P("unreachable ÷ dials", label="share of dials"), _n("unreachable", "dials")), note="A measure of the list, as the hard bounce is for e-mail."),
        _k("P05", "Voicemail", 0, "cience", "Dials that ended at a voicemail.", (_P("voicemail ÷ dials", label="share of dials"), _n("voicemail", "dials"))),
        _k("P06", "Kinds of answer", 0, "cience", "How the calls that were answered ended; the shares add up to one.", _split("(connected + gatekeeper)", "appointment", "recontact", "referral", "negative", "off_target", "other", "gatekeeper"), note="A gatekeeper answers but is no conversation. Each call has one outcome, or the shares pass 100%."),
        _k("P07", "Asked to call back", 1, "lalaleads", "Share of the conversations that ended with “call me another time”.", _P("recontact ÷ connected"), note="lalaleads divides by “successful” calls without saying what those are."),
        _k("P08", "Qualification level", 1, "lalaleads", "Key questions answered in a conversation.", _P("key_answers ÷ connected", "ratio"), note=f"lalaleads gives no formula. {_NO_PLAN}"),
        _k("P09", "Appointment rate", 1, "lalaleads", "Share of the conversations that led to an appointment.", (_P("appointment ÷ connected", label="of conversations"), _P("appointment ÷ dials", label="of dials")), note="Quoted per conversation and per dial under the same words; lalaleads calls appointments “positive responses”."),
        _k("P10", "Negative answer rate", -1, "lalaleads", "Share of the conversations that ended with a no.", _P("negative ÷ connected")),
        _k("P11", "Person not reached", -1, "lalaleads", "Share of the dials without a conversation.", _P("1 − connected ÷ dials"), _R("lalaleads", "negative ÷ connected", "The formula of the negative answers, copied.")),
        _k("P12", "Not on target", -1, "lalaleads", "Share of the conversations with somebody who is no possible customer.", _P("off_target ÷ connected"), note="Not a negative answer as well: each conversation has one outcome."),
        _k("P13", "Average call", 0, "lalaleads", "How long a conversation lasts.", _P("talk_seconds ÷ connected", "seconds"), _R("lalaleads", "talk_seconds ÷ dials", "Spreads the talk over dials nobody answered.", "seconds"), note=_NO_PLAN),
    ),
    "linkedin": (
        _k("L01", "Invitation progress", 1, "lalaleads", "Share of the invitations planned so far that were sent.", _P("invites ÷ planned"), note="Titled a total number; it is a rate."),
        _k("L02", "Invitations sent", 0, "cience", "How many invitations were sent.", _n("invites")),
        _k("L03", "Invitations accepted", 1, "cience", "How many invitations were accepted.", _n("accepted")),
        _k("L04", "Acceptance rate", 1, "lalaleads norwegian cience", "Share of the invitations that were accepted.", _P("accepted ÷ invites"), note="All sources agree. Recent invitations are still open."),
        _k("L05", "Reply rate", 1, "lalaleads norwegian cience", "Share of those who accepted who wrote back.", _P("replied ÷ accepted"), _R("norwegian", "replied ÷ invites", "Titled “accepted to response”, divided by all invitations."), note="A reply can answer the invitation’s note or a later message."),
        _k("L06", "Negative reply rate", -1, "lalaleads", "Share of those who accepted who said no.", _P("negative ÷ accepted")),
        _k("L07", "Kinds of reply", 0, "cience", "How the replies divide; the shares add up to one.", _split("replied", "positive", "negative", "neutral"), note="Appointments are part of the positive replies, not a fourth kind."),
        _k("L08", "Appointments per message read", 1, "lalaleads", "Share of the messages read that led to an appointment.", _P("appointment ÷ dm_read"), note="lalaleads gives no formula; receipts of reading are incomplete."),
        _k("L09", "Booking request answered", 1, "norwegian", "Share of the requests to book that were answered, yes or no.", _P("booking_response ÷ booking_request"), note="The title suggests bookings; the formula counts refusals too."),
    ),
    "sms": (
        _k("S01", "Send progress", 1, "lalaleads", "Share of the messages planned so far that were sent.", _P("sent ÷ planned"), note="Titled “expected to be received”."),
        _k("S02", "Delivery rate", 1, "lalaleads", "Share of the messages sent that reached a phone.", _P("delivered ÷ sent"), _R("lalaleads", "delivered ÷ planned", _PLANNED)),
        _k("S03", "No reply", -1, "lalaleads", "Share of the messages delivered that nobody answered.", _P("1 − replied ÷ delivered"), note="lalaleads divides “unsuccessful mailings”, words of its chapter on post."),
        _k("S04", "Negative reply rate", -1, "lalaleads", "Share of the messages delivered that brought a no.", _P("negative ÷ delivered")),
        _k("S05", "Positive reply rate", 1, "lalaleads", "Share of the messages delivered that brought a yes.", (_P("positive ÷ delivered", label="positive replies"), _P("appointment ÷ delivered", label="appointments")), note="lalaleads joins two numerators with a slash; they are two KPIs."),
    ),
    "post": (
        _k("M01", "Send progress", 1, "lalaleads", "Share of the letters planned so far that were sent.", _P("sent ÷ planned"), note="Titled “expected to be received”."),
        _k("M02", "No reply", -1, "lalaleads", "Share of the letters sent that nobody answered.", _P("1 − replied ÷ sent"), note="High for weeks after a mailing: answers take their time."),
        _k("M03", "Negative reply rate", -1, "lalaleads", "Share of the letters sent that brought a no.", _P("negative ÷ sent"), note="Of those sent, because nobody sees a letter arrive."),
        _k("M04", "Appointment rate", 1, "lalaleads", "Share of the letters sent that led to an appointment.", _P("appointment ÷ sent"), note="lalaleads calls these positive replies."),
    ),
    "ads": (
        _k("A01", "Impressions", 0, "cience", "How often an ad was shown, the same viewer counted each time.", (_n("impressions", "impressions"), _P("impressions ÷ accounts_reached", "ratio", "a viewer")), note="How often, not how many people."),
        _k("A02", "Click-through rate", 1, "cience", "Share of the impressions that were clicked.", _P("clicked ÷ impressions")),
    ),
    "landing": (
        _k("W01", "Visitors", 1, "cience", "How many different people came to the page.", _n("visitors"), note="More than the ad clicks where e-mails and others send people too."),
        _k("W02", "Appointments on the page", 1, "cience", "How many appointments were booked on the page.", (_n("appointment", "appointments"), _P("appointment ÷ visitors", label="share of visitors"))),
        _k("W03", "Chats started", 1, "cience", "How many visitors began a chat.", (_n("chats", "chats"), _P("chat_appointments ÷ chats", label="led to an appointment")), note=f"Appointments from chats: {_NO_PLAN[0].lower()}{_NO_PLAN[1:]}"),
        _k("W04", "Landing page conversion", 1, "cience", "Share of the visitors who left their details.", _P("leads ÷ visitors"), _R("cience", "leads ÷ visits", "Lists unique visitors and divides by visits, where one person can come twice.")),
    ),
    "sales": (
        _k("G01", "Demo to won", 1, "norwegian", "Share of the demos that became a deal.", (_P("won ÷ held", label="of demos held"), _P("won ÷ unique", label="of demos booked")), note="The Norwegian guide divides by demos booked, which hides those nobody came to."),
        _k("G02", "Demo to lost", -1, "norwegian", "Share of the demos whose deal was lost.", (_P("lost ÷ held", label="of demos held"), _P("lost ÷ unique", label="of demos booked")), note="Won and lost make less than 100% while deals are open."),
        _k("G03", "Win rate", 1, "techtimes", "Share of the deals decided that were won.", _P("won ÷ (won + lost)"), _R("techtimes", "won ÷ opportunity", "Deals closed over deals in the pipeline: open ones count as not won, so growth looks like failure.")),
        _k("G09", "Sales cycle", -1, "techtimes", "Days from a lead to a won deal.", (_P("days_to_close ÷ own_won", "days", "from the lead"), _P("days_in_opportunity ÷ own_won", "days", "from the opportunity")), note="The source counts from the lead and leaves open which. Deals won so far are the fast ones, so it reads short in growth."),
    ),
    "all": (
        _k("G04", "Lead conversion", 1, "lalaleads prospecting techtimes cience", "Share of the leads who became customers.", _P("won ÷ leads"), _R("cience", "unique ÷ leads", "Ends at the appointment, not at the customer: name it lead to appointment."), _R("prospecting", "own_won ÷ contacts_touched", "Prospects to customers: begins with everybody contacted."), note="One name, two ends and two beginnings. In a plan a lead is a positive reply or a lead of the page; by phone it is the appointment."),
        _k("G05", "Conversion by channel", 1, "lalaleads", "Share of a channel’s leads who became customers.", (_P("won ÷ leads", label="share of leads"), _n("won", "deals")), note="Called a rate and described as a number; a deal belongs to the channel that booked the appointment.", by_channel=True),
        _k("G17", "Lead to appointment by route", 1, "cience", "Share of the leads of a route who met us: a form, a chat, an e-mail, LinkedIn, the phone.", (_P("landing.appointment ÷ landing.leads", label="form"), _P("chat_appointments ÷ landing.chats", label="chat"), _P("email.appointment ÷ email.replied", label="e-mail"), _P("linkedin.appointment ÷ linkedin.replied", label="LinkedIn"), _P("phone.appointment ÷ phone.connected", label="phone")), note="A lead of a route is whoever answered on it; routes are not deduplicated."),
        _k("G06", "New customers", 1, "techtimes", "Customers won in a month.", _P("won ÷ months_gone", "decimal"), _R("techtimes", "won ÷ leads", "The formula of lead conversion, copied.")),
        _k("G07", "Leads responded to", 1, "techtimes", "Share of the leads that somebody of ours answered.", _P("leads_responded ÷ leads"), note=f"Our answer to them, not theirs to us. The text says “how rapidly”; the formula has no time in it. {_NO_PLAN}"),
        _k("G08", "Reaction time", -1, "lalaleads", "Days from the first attempt to a person’s first response.", _P("first_response_days ÷ responders", "days"), note=f"Called a rate and described as a time. {_NO_PLAN}"),
        _k("G10", "Activity", 0, "techtimes", "What the team did.", (_n("phone.dials", "calls made"), _n("email.sent", "e-mails sent"), _n("appointment", "meetings booked"), _n("held", "meetings held"), _n("presentations", "presentations"), _n("follow_ups", "follow-ups"))),
        _k("G13", "CAC", -1, "lalaleads prospecting cience", "Everything prospecting and selling cost, for one customer won.", _P("cost ÷ own_won", "money"), _R("lalaleads", "channel_cost ÷ own_won", "Prospecting cost alone: people, tools and closing are left out.", "money"), note="No source says whether cost and customers belong to the same months; here both are those of the period."),
        _k("G16", "ROI", 1, "norwegian prospecting cience", "What the cost brought back, over and above itself.", (_P("(revenue − cost) ÷ cost", label="on revenue"), _P("(revenue × margin − cost) ÷ cost", label="on gross profit (ROMI)")), _R("cience", "revenue ÷ cost", "Revenue over cost: 4 : 1 is an ROI of 300%. Its “5 : 1 between profit and expenses” is yet another reading.", "ratio")),
    ),
    "customer": (
        _k("G11", "CSAT", 1, "techtimes", "Share of the customers asked who are satisfied.", _P("satisfied ÷ surveys"), note=_NO_PLAN),
        _k("G12", "NPS", 1, "techtimes", "Promoters less detractors, in a hundred customers asked.", _P("(promoters − detractors) ÷ surveys × 100", "points"), note=f"TechTimes gives no formula. {_NO_PLAN}"),
        _k("G14", "CLV", 1, "techtimes cience", "Gross profit of one customer over its lifetime.", _P("deal_value × purchases × lifetime × margin", "money"), _R("techtimes", "deal_value × purchases × lifetime", "Revenue, not profit: what it takes to deliver is left out.", "money"), _R("dictionary", "deal_value × purchases × margin × retention ÷ (1 + discount − retention)", "Gross profit of later years discounted, the first year’s counted only if the customer stays.", "money")),
        _k("G15", "CLV : CAC", 1, "cience", "What a customer is worth for what it cost to win.", _P("deal_value × purchases × lifetime × margin ÷ (cost ÷ own_won)", "ratio"), _R("techtimes", "deal_value × purchases × lifetime ÷ (cost ÷ own_won)", "On revenue.", "ratio"), _R("dictionary", "deal_value × purchases × margin × retention ÷ (1 + discount − retention) ÷ (cost ÷ own_won)", "On discounted gross profit.", "ratio"), note="3 is the common rule, for a CLV on gross profit."),
    ),
}  # fmt: skip

_CLAIMS: Mapping[str, tuple[KPIClaim, ...]] = {
    "E07": (KPIClaim("norwegian", "2% on average"),),
    "E08": (KPIClaim("norwegian", "aim for 70%, which only automatic opens can reach"),),
    "G04": (KPIClaim("cience", "2% in the middle and 11% at the top, from lead to appointment"),),
    "G16": (KPIClaim("cience", "5 : 1 between profit and expenses is excellent"),),
}

KPIS: Mapping[str, KPI] = {
    row.key: replace(row, group=group, claims=_CLAIMS.get(row.key, ())) for group, rows in _ROWS.items() for row in rows
}
