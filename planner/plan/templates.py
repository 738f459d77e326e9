# ruff: noqa: E501  a row of the table is a line
"""The trade's table: each stage of each channel kind with its typical rate, range and source; usual costs and minutes.

Rates are shares of the parent stage; those marked x are shares of what the main sibling leaves over. Low and high are
the 10th and 90th percentile a planner may expect. "judgement" marks an estimate without a public source. Vendor pages
are weak evidence; they are named so that a user can see where a default comes from and replace it by own numbers.
"""

from __future__ import annotations

from planner.plan import stage_words as words
from planner.plan.template_types import Carry, Deviation, Lift, Pace, Row, Template, Typical
from planner.plan.types import Channel

__all__ = [
    "CARRIES", "LIFTS", "OWN_DEVIATION", "SALES", "SPARE_HUES", "TEMPLATES", "TYPICAL", "lead_stage", "template",
    "upload_names",
]  # fmt: skip

_CLEANLIST = "https://www.cleanlist.ai/blog/2026-02-18-cold-email-response-rate-statistics"
_BURST = (
    "https://help.burstsms.com/support/solutions/articles/44001076747"
    "-do-you-have-a-guide-for-industry-standards-sms-delivery-rates-responses-etc-"
)

_t = Typical
_ALL = _t(0.9, 1.0, 1.0, "planned touches carried out")

TEMPLATES: tuple[Template, ...] = (
    Template(
        "ads", "Pretargeting ads", "pretargeting ad", "impressions", ("#4b2fae", "#8f7bea"), _t(50000, 200000, 600000), (
            Row("impressions", "Impressions", None, words.IMPRESSIONS, _ALL),
            Row("clicked", "Clicked", "impressions", words.CLICKED_AD, _t(0.0005, 0.0008, 0.0015, "https://701digital.com/terms/ctr-click-through-rate")),
        ),
        each=_t(15, 40, 100), fee=_t(0.003, 0.008, 0.015),
        uploads="ads; ad; advertising; pretargeting; display; paid; paid social; google ads; meta ads; facebook ads; linkedin ads; paid ads; paid media; paid search; ppc; anzeige; anzeigen; werbung; werbeanzeigen; annonser; annonse; annonce; annonces; publicité; publicités; publicidad; anuncio; anuncios; annunci; advertenties; reklamy",
        deviation=Deviation("costs", 1.15, "Ads cost more"),
    ),
    Template(
        "email", "E-mail", "e-mail", "e-mails", ("#0072b2", "#4aa3db"), _t(2000, 8000, 20000), (
            Row("sent", "Sent", None, words.SENT_EMAIL, _ALL),
            Row("delivered", "Delivered", "sent", words.DELIVERED, _t(0.88, 0.965, 0.985, _CLEANLIST + " ; https://www.prymatica.com/blog/cold-email-metrics"), "*"),
            Row("hard_bounce", "Hard bounce", "sent", words.HARD_BOUNCE, _t(0.4, 0.6, 0.8), "x"),
            Row("soft_bounce", "Soft bounce", "sent", words.SOFT_BOUNCE, _t(0.2, 0.4, 0.6), "x"),
            Row("inboxed", "In the inbox", "delivered", words.INBOXED, _t(0.7, 0.85, 0.95, "https://prospeo.io/s/cold-email-volume-best-practices")),
            Row("opened", "Opened", "delivered", words.OPENED, _t(0.18, 0.42, 0.65, _CLEANLIST + " ; inflated by mail privacy protection")),
            Row("unsubscribed", "Unsubscribed", "delivered", words.UNSUBSCRIBED, _t(0.003, 0.01, 0.03, _CLEANLIST)),
            Row("spam_complaint", "Spam complaint", "delivered", words.SPAM_COMPLAINT, _t(0.0002, 0.0008, 0.003, "https://inboxradar.mnac.io/a/gmail-postmaster-spam-rate")),
            Row("clicked", "Clicked", "opened", words.CLICKED, _t(0.01, 0.04, 0.1)),
            Row("replied", "Replied", "delivered", words.REPLIED, _t(0.0025, 0.005, 0.03, "per message: https://belkins.io/blog/sales-follow-up-statistics"), "*t", _t(0.3, 2, 7), 7),
            Row("positive", "Positive reply", "replied", words.POSITIVE, _t(0.25, 0.45, 0.6, _CLEANLIST + " ; range judgement"), "*"),
            Row("negative", "Negative reply", "replied", words.NEGATIVE, _t(0.55, 0.73, 0.85), "x"),
            Row("neutral", "Neutral reply", "replied", words.NEUTRAL, _t(0.15, 0.27, 0.45), "x"),
            Row("appointment", "Appointment", "positive", words.APPOINTMENT, _t(0.3, 0.5, 0.7, _CLEANLIST + " ; range judgement"), "*"),
        ),
        each=_t(3, 4, 6), audience=_t(20000, 60000, 150000), fee=_t(0.005, 0.01, 0.03), tools=_t(200, 450, 1200),
        minutes={"sent": _t(0.1, 0.3, 2), "replied": _t(3, 6, 12)},
        uploads="email; e mail; cold email; mailing; newsletter; courriel; correo; epost; e post; emailing; e mailing; email outreach; outbound email; mejl; correo electrónico",
        lead="positive", deviation=Deviation("replied.rate", 0.6, "Fewer e-mails are replied to"), listed=True,
        pace=Pace(_t(100, 200, 350, "40 a day and warmed mailbox: http://help.lemlist.com/en/articles/4508367-understand-sending-limits-in-lemlist ; https://prospeo.io/s/cold-email-volume-best-practices"), "sender", "mailbox", 11),
    ),
    Template(
        "phone", "Phone", "phone", "dials", ("#d55e00", "#ff8f45"), _t(600, 1800, 4000), (
            Row("dials", "Dials", None, words.DIALS, _ALL),
            Row("connected", "Connected", "dials", words.CONNECTED, _t(0.03, 0.054, 0.133, "https://30mpc.com/newsletter/is-cold-calling-actually-dead-data-backed-answer"), "*t"),
            Row("unreachable", "Unreachable number", "dials", words.UNREACHABLE, _t(0.02, 0.05, 0.1), "x"),
            Row("no_answer", "No answer", "dials", words.NO_ANSWER, _t(0.45, 0.58, 0.7), "x"),
            Row("voicemail", "Voicemail", "dials", words.VOICEMAIL, _t(0.2, 0.32, 0.45), "x"),
            Row("gatekeeper", "Gatekeeper", "dials", words.GATEKEEPER, _t(0.02, 0.05, 0.1), "x"),
            Row("appointment", "Appointment", "connected", words.APPOINTMENT, _t(0.023, 0.035, 0.113, "per conversation: https://www.cognism.com/state-of-cold-calling"), "*"),
            Row("recontact", "Asked to call back", "connected", words.RECONTACT, _t(0.1, 0.155, 0.2), "x"),
            Row("referral", "Referred on", "connected", words.REFERRAL, _t(0.02, 0.05, 0.1), "x"),
            Row("negative", "Negative answer", "connected", words.NEGATIVE_ANSWER, _t(0.4, 0.52, 0.65), "x"),
            Row("off_target", "Not on target", "connected", words.OFF_TARGET, _t(0.1, 0.155, 0.25), "x"),
            Row("other", "Other outcome", "connected", words.OTHER, _t(0.05, 0.12, 0.2), "x"),
        ),
        each=_t(3, 4, 6, "https://prospeo.io/s/cold-calling-sucks"), audience=_t(5000, 15000, 40000), fee=_t(0.01, 0.04, 0.1),
        tools=_t(80, 160, 500), minutes={"dials": _t(1.5, 2.5, 4), "connected": _t(3, 5, 10)},
        uploads="phone; call; cold call; calling; cold calling; telephone; dialer; dialler; telefon; téléphone; teléfono; anruf; anrufe; telefonate; telefonie; appel; téléprospection; prospection téléphonique; llamada; llamadas; telefonakquise; telefonsalg; telefonsälj; telemarketing; phone outreach; outbound call; samtal; oppringning; telefoon; telefono; telefone",
        deviation=Deviation("volume", 0.85, "Fewer calls are made"), listed=True,
        pace=Pace(_t(150, 250, 500, "50 a day and rep by hand: http://blog.zoominfo.com/the-impact-of-direct-dials-on-sales-productivity/ ; a power dialer reaches 150 a day")),
    ),
    Template(
        "linkedin", "LinkedIn", "LinkedIn", "invitations", ("#008f68", "#3fc79c"), _t(250, 860, 1700), (
            Row("invites", "Invitations", None, words.INVITES, _ALL),
            Row("accepted", "Accepted", "invites", words.ACCEPTED, _t(0.19, 0.29, 0.41, "https://warmysender.com/blog/posts/linkedin-acceptance-rate-benchmarks-industry-seniority-level"), "*t", _t(1, 3, 7), 14),
            Row("dm_read", "Message read", "accepted", words.DM_READ, _t(0.6, 0.8, 0.9)),
            Row("booking_request", "Booking request", "accepted", words.BOOKING_REQUEST, _t(0.04, 0.08, 0.15)),
            Row("booking_response", "Booking answered", "booking_request", words.BOOKING_RESPONSE, _t(0.6, 0.8, 0.9)),
            Row("replied", "Replied", "accepted", words.REPLIED, _t(0.1, 0.2, 0.35, "https://automatedmsp.com/learn/linkedin-connection-requests ; range judgement"), "*", _t(0.3, 2, 7), 7),
            Row("positive", "Positive reply", "replied", words.POSITIVE, _t(0.2, 0.35, 0.5), "*"),
            Row("negative", "Negative reply", "replied", words.NEGATIVE, _t(0.35, 0.55, 0.7), "x"),
            Row("neutral", "Neutral reply", "replied", words.NEUTRAL, _t(0.3, 0.45, 0.65), "x"),
            Row("appointment", "Appointment", "positive", words.APPOINTMENT, _t(0.3, 0.5, 0.7), "*"),
        ),
        audience=_t(8000, 25000, 60000), tools=_t(90, 190, 400), minutes={"invites": _t(0.5, 1.5, 4), "replied": _t(3, 5, 10)},
        uploads="linkedin; linked in; li; linkedin outreach; social selling; linkedin message; sales navigator",
        lead="positive", deviation=Deviation("accepted.rate", 1.2, "More invitations are accepted"), listed=True,
        pace=Pace(_t(100, 200, 200, "about 200 a week for paid accounts, LinkedIn publishes no number: https://developer.unipile.com/v2.0/docs/provider-limits-and-restrictions ; 100 is the safe pace: https://intercom.help/salesflow/en/articles/14721063-linkedin-outreach-limits")),
    ),
    Template(
        "sms", "SMS", "SMS", "messages", ("#87285f", "#c766a0"), _t(100, 400, 1000), (
            Row("sent", "Sent", None, words.SENT_SMS, _ALL),
            Row("delivered", "Delivered", "sent", words.DELIVERED, _t(0.85, 0.92, 0.95, _BURST), "*"),
            Row("opt_out", "Opted out", "delivered", words.OPT_OUT, _t(0.003, 0.035, 0.2, _BURST)),
            Row("replied", "Replied", "delivered", words.REPLIED, _t(0.02, 0.08, 0.15, "https://biltai.io/sms-outreach/sms-response-rates"), "*t", _t(0.1, 0.5, 2), 3),
            Row("positive", "Positive reply", "replied", words.POSITIVE, _t(0.15, 0.3, 0.5), "*"),
            Row("negative", "Negative reply", "replied", words.NEGATIVE, _t(0.8, 0.95, 0.99), "x"),
            Row("appointment", "Appointment", "positive", words.APPOINTMENT, _t(0.25, 0.4, 0.6), "*"),
        ),
        audience=_t(1500, 5000, 15000), fee=_t(0.025, 0.04, 0.065, "https://fro.no/sms-varsel ; converted"), tools=_t(0, 25, 100),
        minutes={"replied": _t(2, 3, 6)},
        uploads="sms; text; text message; texting",
        lead="positive", deviation=Deviation("volume", 1.1, "More messages are sent"), listed=True,
        pace=Pace(_t(50, 150, 300, "30 a day and rep, one to one: judgement; a rep’s time and consent bind long before the network")),
    ),
    Template(
        "post", "Postal mail", "postal", "letters", ("#e69f00", "#f5bf4f"), _t(100, 400, 1500), (
            Row("sent", "Sent", None, words.SENT_LETTER, _ALL),
            Row("returned", "Returned to sender", "sent", words.RETURNED, _t(0.08, 0.15, 0.2, "https://www.suttle-straus.com/blog/frequently-asked-questions-about-direct-mail-lists")),
            Row("replied", "Replied", "sent", words.REPLIED, _t(0.005, 0.0128, 0.049, "https://documart.com/10-direct-mail-statistics-you-need-to-know/"), "*t", _t(7, 14, 28), 60),
            Row("positive", "Positive reply", "replied", words.POSITIVE, _t(0.3, 0.5, 0.7), "*"),
            Row("negative", "Negative reply", "replied", words.NEGATIVE, _t(0.8, 0.95, 0.99), "x"),
            Row("appointment", "Appointment", "positive", words.APPOINTMENT, _t(0.4, 0.6, 0.8), "*"),
        ),
        audience=_t(4000, 12000, 40000), fee=_t(0.92, 1.5, 4, "https://yourahaireleased.pages.dev/636626.html ; typical and high judgement"),
        minutes={"replied": _t(5, 8, 15)},
        uploads="post; postal; postal mail; mail; direct mail; letter; mailpiece; brief; courrier; carta; brev",
        lead="positive", listed=True,
    ),
    Template(
        "landing", "Landing page", "landing page", "visitors", ("#56b4e9", "#8ccdf2"), _t(50, 250, 1000), (
            Row("visitors", "Visitors", None, words.VISITORS, _ALL),
            Row("chats", "Chats", "visitors", words.CHATS, _t(0.01, 0.03, 0.06)),
            Row("leads", "Leads", "visitors", words.LEADS, _t(0.01, 0.03, 0.08, "https://omegapoint.systems/omega/benchmarks/website-landing-page-conversion-rate"), "*"),
            Row("appointment", "Appointment", "leads", words.APPOINTMENT, _t(0.2, 0.4, 0.6), "*"),
        ),
        tools=_t(40, 120, 400), minutes={"leads": _t(5, 10, 20)},
        uploads="landing; landing page; website; web; site; inbound; webseite; page",
        lead="leads", deviation=Deviation("leads.rate", 0.9, "Fewer visitors become leads"),
    ),
)  # fmt: skip

SALES: tuple[Row, ...] = (
    Row("unique", "Unique appointment", "appointment", words.UNIQUE, _t(0.8, 0.92, 0.98, "1 − appointments that duplicate another channel’s; judgement"), "*"),
    Row("held", "Held", "unique", words.HELD, _t(0.6, 0.7, 0.8, "https://leadriver.io/blog/how-to-reduce-meeting-no-shows"), "*", _t(3, 8, 14), 14),
    Row("opportunity", "Opportunity", "held", words.OPPORTUNITY, _t(0.4, 0.55, 0.7, "https://www.gartner.com/en/articles/sales-development-metrics-assessing-low-conversion-rates ; range judgement"), "*"),
    Row("won", "Won", "opportunity", words.WON, _t(0.1, 0.2, 0.29, "https://salesmotion.io/blog/sales-win-rate-benchmarks-2026"), "*", _t(30, 84, 180, "https://www.revopsdictionary.com/term/sales-cycle-length"), 180),
    Row("lost", "Lost", "opportunity", words.LOST, _t(0.8, 0.9, 0.97), "x", _t(30, 84, 180), 180),
)  # fmt: skip

OWN_DEVIATION = Deviation("volume", 0.9, "Less is done in channels of one’s own")  # of a kind without a template

CARRIES: tuple[Carry, ...] = (
    Carry("ads", "clicked", "landing", _t(0.8, 1.0, 1.0)),
    Carry("email", "clicked", "landing", _t(0.5, 0.8, 0.95)),
)

LIFTS: tuple[Lift, ...] = (
    Lift("ads", "email", "replied", _t(0.02, 0.1, 0.3, "judgement; no credible public estimate"), _t(80000, 250000, 600000)),
    Lift("ads", "phone", "connected", _t(0.02, 0.1, 0.3, "judgement; no credible public estimate"), _t(80000, 250000, 600000)),
)  # fmt: skip

TYPICAL: dict[str, Typical] = {
    "deal.value": _t(14000, 18000, 24000),
    "deal.gross_margin": _t(0.5, 0.75, 0.85, "https://knowmba.com/compare/gross-margin-vs-payback-period"),
    "deal.purchases_per_year": _t(0.5, 1, 4),
    "deal.lifetime_years": _t(1, 3, 6),
    "team.reps": _t(1, 2, 8),
    "team.cost_per_month": _t(4500, 6500, 10000, "https://b2brocket.ai/blog-posts/budgeting-for-appointment-setting-services ; adapted"),
    "team.hours_per_day": _t(4.5, 6, 7),
    "team.ramp_months": _t(2, 3.2, 5, "https://elevate.so/blog/sales-ramp-up-time ; range judgement"),
    "costs.crm.amount": _t(200, 600, 1500),
    "costs.onboarding.amount": _t(1000, 4000, 10000),
    "costs.commission.amount": _t(0.02, 0.05, 0.1),
    "efforts.sales.unique.minutes": _t(5, 15, 30),
    "efforts.sales.held.minutes": _t(30, 60, 90),
    "efforts.sales.opportunity.minutes": _t(60, 180, 480),
    "correlation": _t(0.02, 0.1, 0.5),
}  # fmt: skip

SPARE_HUES: tuple[tuple[str, str], ...] = (
    ("#8e2d0f", "#d9775a"), ("#4a87fe", "#86aefe"), ("#5fbf85", "#8fd6ab"), ("#b08a00", "#d9b53f"), ("#234a00", "#7fae55"),
)  # fmt: skip


def template(kind: str) -> Template | None:
    """The template of a channel kind; None for a channel with stages of its own."""
    return next((template for template in TEMPLATES if template.kind == kind), None)


def upload_names() -> dict[str, str]:
    """By stage key what tools call the stage, parted by semicolons."""
    rows = (row for template in TEMPLATES for row in template.rows)
    names: dict[str, str] = {}
    for row in (*rows, *SALES):
        if row.words.uploads:
            names.setdefault(row.key, row.words.uploads)
    return names


def lead_stage(channel: Channel) -> str | None:
    """The stage of a channel that counts as a lead: as its template says, else an early interest, else the appointment.

    None for a channel without an appointment and without any of these on its main path.
    """
    kind = template(channel.kind)
    leads = [kind.lead if kind else None, *(other.lead for other in TEMPLATES), "appointment"]
    mains = {stage.key for stage in channel.stages if stage.main}
    return next((key for key in leads if key in mains), None)
