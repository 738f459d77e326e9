"""Exports of tools that send e-mails and LinkedIn messages."""

from __future__ import annotations

from planner.actuals.formats import Counted, KnownExport

__all__ = ["OUTREACH_EXPORTS", "YES"]

YES = ("true", "yes", "1", "y")
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

OUTREACH_EXPORTS: tuple[KnownExport, ...] = (
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
        "Smartlead (campaigns)", ("campaign_name", "unique_lead_count", "unique_open_count", "positive_replied"),
        (("sent", "sent"), ("unique_open_count", "opened"), ("replied", "replied"), ("bounced", "bounces"),
         ("positive_replied", "positive")),
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
            Counted("bounces", (("is_bounced", YES),)),
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
        "lemlist (activities)", ("type", "createdAt", "leadEmail"), (("createdAt", "period"),), None, "events",
        holding=("type", ("emailssent", "emailsopened", "emailsreplied", "linkedininvitedone", "linkedinsent")),
        counts=(
            Counted("sent", (("type", ("emailssent",)),), channel="email"),
            Counted("contacts_touched", (("type", ("emailssent",)),), person="leadEmail", channel="email"),
            Counted("bounces", (("type", ("emailsbounced",)),), channel="email"),
            Counted("opened", (("type", ("emailsopened",)),), person="leadEmail", channel="email"),
            Counted("clicked", (("type", ("emailsclicked",)),), person="leadEmail", channel="email"),
            Counted("replied", (("type", ("emailsreplied",)),), person="leadEmail", channel="email"),
            Counted("unsubscribed", (("type", ("emailsunsubscribed",)),), person="leadEmail", channel="email"),
            Counted("invites", (("type", ("linkedininvitedone",)),), person="leadEmail", channel="linkedin"),
            Counted("accepted", (("type", ("linkedininviteaccepted",)),), person="leadEmail", channel="linkedin"),
            Counted("replied", (("type", ("linkedinreplied",)),), person="leadEmail", channel="linkedin"),
        ),
    ),
    KnownExport(
        "Apollo (contacts)", ("Last Contacted", "Email Sent", "Email Open", "Email Bounced", "Replied"),
        (("Last Contacted", "period"),), "email", "events",
        counts=(
            Counted("sent", (("Email Sent", YES),), person="Email"), Counted("opened", (("Email Open", YES),), person="Email"),
            Counted("bounces", (("Email Bounced", YES),), person="Email"), Counted("replied", (("Replied", YES),), person="Email"),
            Counted("appointment", (("Demoed", YES),), person="Email"),
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
        "Dripify (daily)", ("Invites sent", "Invites accepted", "Messages replied"),
        (("Date", "period"), ("Invites sent", "invites"), ("Invites accepted", "accepted"), ("Messages replied", "replied")),
        "linkedin",
    ),
    KnownExport(
        "Expandi (campaigns)", ("Contacted people", "Connection requests sent", "Connected", "Total replied"),
        (("Connection requests sent", "invites"), ("Connected", "accepted"), ("Total replied", "replied")),
        "linkedin",
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
)  # fmt: skip
