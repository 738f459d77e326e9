"""Exports that tools are known to write, and tables as the usual connectors write them to a warehouse.

A new tool is a new row. Headers and values are compared without case, accents and plurals.
"""

from __future__ import annotations

from planner.actuals.formats import Counted, KnownExport

__all__ = ["HALF_A_MINUTE", "KNOWN_EXPORTS", "LOST", "WON", "deals"]

HALF_A_MINUTE = 30  # seconds: an answering machine is “answered” too, a conversation takes longer
WON = ("closed won", "closedwon", "won", "gewonnen", "gagné", "ganado", "vunnet")
CREATED = (
    "Create Date", "Created Date", "Created At", "Created", "property_createdate", "Deal - Deal created", "Deal created",
    "Erstellungsdatum", "Erstellt am", "Date de création", "Fecha de creación", "Opprettet",
)  # fmt: skip
LOST = ("closed lost", "closedlost", "lost", "verloren", "perdu", "perdido", "tapt")
_YES = ("true", "yes", "1", "y")
_OUT = ("outbound", "outgoing", "outbound-api", "outbound-call", "outbound-reply", "outgoing call")
_MEETING = (
    "meeting",
    "meeting booked",
    "meeting set",
    "appointment",
    "appointment set",
    "appointment booked",
    "demo booked",
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


_LEMLIST = (
    "contacted",
    "hooked",
    "attracted",
    "warmed",
    "interested",
    "notinterested",
    "emailsbounced",
    "emailsunsubscribed",
    "meetingbooked",
)
_INSTANTLY = "lt_interest_status"

KNOWN_EXPORTS: tuple[KnownExport, ...] = (
    # -- e-mail -----------------------------------------------------------------------------------------------------------
    KnownExport(
        "Woodpecker (campaigns)", ("campaign_status", "responded", "interested_yes", "opt_out", "bounced"),
        (("sent", "sent"), ("delivered", "delivered"), ("bounced", "bounces"), ("opened", "opened"), ("clicked", "clicked"),
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
        "Mailchimp (campaign)", ("Delivery Date/Time", "Total Recipients", "Successful Deliveries", "Recipients Who Opened"),
        (("Delivery Date/Time", "period"), ("Total Recipients", "sent"), ("Successful Deliveries", "delivered"),
         ("Bounces", "bounces"), ("Recipients Who Opened", "opened"), ("Recipients Who Clicked", "clicked"),
         ("Total Unsubs", "unsubscribed"), ("Total Abuse Complaints", "spam_complaint")),
        "email",
    ),
    KnownExport(
        "MailerLite", ("Subject", "Sent", "Total emails sent", "Spam complaints", "Hard bounce"),
        (("Sent", "period"), ("Total emails sent", "sent"), ("Opened", "opened"), ("Clicked", "clicked"),
         ("Unsubscribed", "unsubscribed"), ("Spam complaints", "spam_complaint"), ("Hard bounce", "hard_bounce"),
         ("Soft bounce", "soft_bounce")),
        "email",
    ),
    KnownExport(
        "Instantly (campaigns)", ("new_leads_contacted_count", "emails_sent_count", "reply_count", "bounced_count"),
        (("date", "period"), ("emails_sent_count", "sent"), ("new_leads_contacted_count", "contacts_touched"),
         ("open_count_unique", "opened"), ("link_click_count_unique", "clicked"), ("reply_count_unique", "replied"),
         ("reply_count", "replied"), ("bounced_count", "bounces"), ("unsubscribed_count", "unsubscribed")),
        "email",
    ),
    KnownExport(
        "Instantly (leads)", ("email", "status", _INSTANTLY, "email_reply_count"),
        (("timestamp_last_contact", "period"),), "email", "events",
        counts=(
            Counted("contacts_touched", (("status", ("1", "2", "3", "-1", "-2")),), person="email"),
            Counted("replied", at_least=("email_reply_count", 1), dates=("timestamp_last_reply",), person="email"),
            Counted("positive", ((_INSTANTLY, ("1", "2", "3", "4")),), dates=("timestamp_last_reply",), person="email"),
            Counted("negative", ((_INSTANTLY, ("-1",)),), dates=("timestamp_last_reply",), person="email"),
            Counted("appointment", ((_INSTANTLY, ("2", "3", "4")),), dates=("timestamp_last_reply",), person="email"),
        ),
    ),
    KnownExport(
        "Smartlead", ("lead_email", "sequence_number", "sent_time", "reply_time", "is_bounced"),
        (("sent_time", "period"),), "email", "events",
        counts=(
            Counted("sent"), Counted("contacts_touched", person="lead_email"),
            Counted("bounces", (("is_bounced", _YES),)),
            Counted("opened", dates=("open_time",), person="lead_email"),
            Counted("replied", dates=("reply_time",), person="lead_email", since=("sent_time",)),
            Counted("positive", (("lead_category", ("interested", "meeting request", "meeting booked")),), dates=("reply_time",), person="lead_email"),
        ),
    ),
    KnownExport(
        "lemlist (leads)", ("email", "status"), (("lastContactedDate", "period"),), "email", "events",
        holding=("status", ("hooked", "attracted", "warmed", "emailsbounced", "meetingbooked", "notinterested")),
        counts=(
            Counted("contacts_touched", (("status", _LEMLIST),), person="email"),
            Counted("replied", (("status", ("warmed", "interested", "notinterested", "meetingbooked")),), person="email"),
            Counted("positive", (("status", ("interested", "meetingbooked")),), person="email"),
            Counted("negative", (("status", ("notinterested",)),), person="email"),
            Counted("appointment", (("status", ("meetingbooked",)),), person="email"),
        ),
    ),
    KnownExport(
        "Apollo (contacts)", ("Last Contacted", "Email Sent", "Email Open", "Email Bounced", "Replied"),
        (("Last Contacted", "period"),), "email", "events",
        counts=(
            Counted("sent", (("Email Sent", _YES),), person="Email"), Counted("opened", (("Email Open", _YES),), person="Email"),
            Counted("bounces", (("Email Bounced", _YES),), person="Email"), Counted("replied", (("Replied", _YES),), person="Email"),
            Counted("appointment", (("Demoed", _YES),), person="Email"),
        ),
    ),
    KnownExport(
        "Mailchimp (activity)", ("action", "campaign_id", "member_id", "timestamp"), (("timestamp", "period"),), "email", "events",
        counts=(
            Counted("opened", (("action", ("open",)),), person="member_id"), Counted("clicked", (("action", ("click",)),), person="member_id"),
            Counted("bounces", (("action", ("bounce",)),), person="member_id"),
        ),
    ),
    KnownExport(
        "HubSpot (e-mail events)", ("email_campaign_id", "recipient", "type", "created"), (("created", "period"),), "email", "events",
        counts=(
            Counted("sent", (("type", ("sent",)),)), Counted("delivered", (("type", ("delivered",)),)),
            Counted("bounces", (("type", ("bounce",)),)), Counted("opened", (("type", ("open",)),), person="recipient"),
            Counted("clicked", (("type", ("click",)),), person="recipient"),
            Counted("unsubscribed", (("type", ("statuschange", "unsubscribed")),), person="recipient"),
        ),
    ),
    # -- LinkedIn -----------------------------------------------------------------------------------------------------------
    KnownExport(
        "HeyReach (daily)", ("connections_sent", "connections_accepted", "total_message_replies", "profile_views"),
        (("date", "period"), ("connections_sent", "invites"), ("connections_accepted", "accepted"),
         ("total_message_replies", "replied")),
        "linkedin", account="workspace",
    ),
    KnownExport(
        "Dripify", ("All leads", "Accepted", "Responded"),
        (("All leads", "invites"), ("Accepted", "accepted"), ("Responded", "replied")),
        "linkedin",
    ),
    KnownExport(
        "Waalaxy", ("First name", "Last name", "Occupation", "Company", "LinkedIn profile URL"), (), "linkedin",
        lacks="only people, without a status or a day",
    ),
    KnownExport(
        "Expandi", ("profile_link", "status"), (), "linkedin", "events",
        holding=("status", ("connected", "pending", "message_sent", "replied")),
        counts=(
            Counted("invites", (("status", ("connected", "pending", "message_sent", "replied")),), person="profile_link"),
            Counted("accepted", (("status", ("connected", "message_sent", "replied")),), person="profile_link"),
            Counted("replied", (("status", ("replied",)),), person="profile_link"),
        ),
    ),
    KnownExport(
        "LinkedIn (invitations)", ("Sent At", "Direction", "inviterProfileUrl", "inviteeProfileUrl"),
        (("Sent At", "period"),), "linkedin", "events",
        counts=(Counted("invites", (("Direction", ("outgoing",)),), person="inviteeProfileUrl"),),
    ),
    # -- ads ----------------------------------------------------------------------------------------------------------------
    KnownExport(
        "LinkedIn Campaign Manager", ("Start Date (in UTC)", "Campaign Group Name", "Total Spent", "Impressions"),
        (("Start Date (in UTC)", "period"), ("Impressions", "impressions"), ("Clicks to Landing Page", "clicked"),
         ("Total Spent", "cost")),
        "ads", account="Account Name",
    ),
    KnownExport(
        "LinkedIn Ads (warehouse)", ("day", "impressions", "landing_page_clicks", "cost_in_local_currency"),
        (("day", "period"), ("impressions", "impressions"), ("landing_page_clicks", "clicked"), ("cost_in_local_currency", "cost")),
        "ads",
    ),
    KnownExport(
        "Microsoft Ads (warehouse)", ("account_id", "campaign_id", "currency_code", "impressions", "clicks", "spend"),
        (("date", "period"), ("impressions", "impressions"), ("clicks", "clicked"), ("spend", "cost")),
        "ads",
    ),
    KnownExport(
        "Meta Ads", ("Reporting starts", "Reporting ends", "Link clicks", "Impressions"),
        (("Day", "period"), ("Reporting starts", "period"), ("Reporting ends", "period_end"),
         ("Impressions", "impressions"), ("Link clicks", "clicked"), ("Amount spent", "cost"), ("Results", "leads")),
        "ads", only_where=(("Results", "Result indicator", "lead"),),
    ),
    KnownExport(
        "Meta Ads", ("Kampagnenname", "Impressionen", "Reichweite", "Link-Klicks"),
        (("Tag", "period"), ("Beginn des Berichtszeitraums", "period"), ("Ende des Berichtszeitraums", "period_end"),
         ("Impressionen", "impressions"), ("Link-Klicks", "clicked"), ("Ausgegebener Betrag", "cost"),
         ("Ergebnisse", "leads")),
        "ads", only_where=(("Ergebnisse", "Ergebnisindikator", "lead"),),
    ),
    KnownExport(
        "Meta Ads", ("Nom de la campagne", "Montant dépensé", "Impressions"),
        (("Jour", "period"), ("Début des rapports", "period"), ("Fin des rapports", "period_end"),
         ("Impressions", "impressions"), ("Clics sur un lien", "clicked"), ("Montant dépensé", "cost"),
         ("Résultats", "leads")),
        "ads", only_where=(("Résultats", "Indicateur de résultat", "lead"),),
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
    # -- calls and messages -------------------------------------------------------------------------------------------------
    KnownExport(
        "Aircall", ("direction", "answered", "missed_call_reason", "duration (in call)"),
        (("datetime (UTC)", "period"), ("date", "period")), "phone", "events", account="line",
        counts=(
            Counted("dials", (("direction", _OUT),)),
            Counted("connected", (("direction", _OUT), ("answered", _YES)), ("duration (in call)", HALF_A_MINUTE)),
        ),
    ),
    KnownExport(
        "Kixie", ("Agent Email", "Type", "Status", "Disposition", "To Number"),
        (("Date", "period"),), "phone", "events",
        counts=(
            Counted("dials", (("Type", _OUT),)),
            Counted("connected", (("Type", _OUT), ("Status", ("answered",))), ("Duration", HALF_A_MINUTE)),
            Counted("appointment", (("Type", _OUT), ("Disposition", _MEETING))),
        ),
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
