"""Lists of deals, calls, letters and campaigns as tools export them. Every one is made up."""

from __future__ import annotations

from planner.actuals.questions import Answers
from planner.actuals.reading import ColumnMapping
from tests.actuals.files import File, of

__all__ = ["TOOLS"]

TOOLS: dict[str, File] = {
    "lemlist activities": File(
        "createdAt,type,campaignName,leadEmail,sequenceStep\n"
        "2027-01-04T09:12:33.000Z,emailsSent,DACH Q1,a@x.de,1\n"
        "2027-01-04T09:13:10.000Z,emailsSent,DACH Q1,b@x.de,1\n"
        "2027-01-05T10:01:00.000Z,emailsOpened,DACH Q1,a@x.de,1\n"
        "2027-01-06T11:44:21.000Z,emailsReplied,DACH Q1,a@x.de,1\n"
        "2027-01-07T09:12:33.000Z,emailsSent,DACH Q1,b@x.de,2\n",
        of(
            "2027-01-04 email.contacts_touched 2; 2027-01-04 email.sent 2; 2027-01-05 email.opened 1; "
            "2027-01-06 email.replied 1; 2027-01-07 email.sent 1"
        ),
    ),
    "instantly leads": File(
        "Email,First Name,Company,Lead Status,Interest Status,Last Contacted\n"
        "a@x.com,A,X,Completed,Interested,2027-01-12\n"
        "b@y.com,B,Y,Completed,,2027-01-12\n"
        "c@z.com,C,Z,Bounced,,2027-01-13\n"
        "d@w.com,D,W,Completed,Meeting Booked,2027-01-14\n",
    ),
    "apollo sequences": File(
        "Sequence Name,Active,Delivered,Bounced,Opened,Replied,Interested,Opt-out\n"
        "CFO DACH,120,980,20,410,12,4,3\n"
        "COO UK,90,700,11,300,9,2,1\n",
        of(
            "2027-03 email.bounces 31; 2027-03 email.delivered 1680; 2027-03 email.opened 710; "
            "2027-03 email.positive 6; 2027-03 email.replied 21; 2027-03 email.unsubscribed 4"
        ),
        answers=Answers(month="2027-03"),
    ),
    "outreach calls": File(
        "Call ID,Created At,User,Prospect,Direction,Disposition,Duration (s)\n"
        "901,2027-01-04 09:10:11 -0500,Ann,P1,outbound,No Answer,22\n"
        "902,2027-01-04 09:14:11 -0500,Ann,P2,outbound,Connected,145\n"
        "903,2027-01-05 09:14:11 -0500,Bob,P3,outbound,Meeting Set,410\n"
        "904,2027-01-05 09:20:11 -0500,Bob,P4,inbound,Connected,60\n",
        of(
            "2027-01-04 phone.connected 1; 2027-01-04 phone.dials 2; 2027-01-04 phone.talk_seconds 145; "
            "2027-01-05 phone.appointment 1; 2027-01-05 phone.connected 1; 2027-01-05 phone.dials 1; "
            "2027-01-05 phone.talk_seconds 410"
        ),
    ),
    "pipedrive test rows": File(
        "Deal - Title,Deal - Status,Deal - Value,Deal - Currency of value,Deal - Won time,Deal - Lost time\n"
        "TEST do not use,won,1,EUR,2027-01-03 10:00:00,\n"
        "Alfa,won,12000,EUR,2027-03-15 10:00:00,\n"
        "Beta,lost,8000,EUR,,2027-03-18 10:00:00\n"
        "Gamma,open,6000,EUR,,\n",
        of(
            "2027-01-03 sales.revenue 1; 2027-01-03 sales.won 1; 2027-03-15 sales.revenue 12000; "
            "2027-03-15 sales.won 1; 2027-03-18 sales.lost 1"
        ),
    ),
    "dialpad": File(
        "call_id,date_started,direction,category,external_number,name,duration,talk_duration,disposition\n"
        "91,2027-01-04T09:10:11+00:00,outbound,outgoing,+4791,Ann,0.5,0,\n"
        "92,2027-01-04T09:15:11+00:00,outbound,outgoing,+4792,Ann,3.5,3.1,Interested\n"
        "93,2027-01-05T09:15:11+00:00,inbound,incoming,+4793,Ann,3.5,3.1,\n",
    ),
    "calendly": File(
        "User Name,Invitee Name,Invitee Email,Event Type Name,Start Date & Time,Canceled,Event Created Date & Time\n"
        "Ann,P1,p1@x.com,Intro call,2027-01-12 10:00 am,false,2027-01-05 09:00 am\n"
        "Ann,P2,p2@x.com,Intro call,2027-01-13 10:00 am,true,2027-01-06 09:00 am\n"
        "Ann,P3,p3@x.com,Intro call,2027-01-14 10:00 am,false,2027-01-07 09:00 am\n",
        of("2027-01-05 sales.appointment 1; 2027-01-06 sales.appointment 1; 2027-01-07 sales.appointment 1"),
    ),
    "lob": File(
        "id,date_created,send_date,carrier,status,to_name,price\n"
        "ltr_1,2027-01-04,2027-01-05,USPS,Delivered,P1,0.50\n"
        "ltr_2,2027-01-04,2027-01-05,USPS,In Transit,P2,0.50\n"
        "ltr_3,2027-01-04,2027-01-06,USPS,Returned to Sender,P3,0.50\n",
        of(
            "2027-01-05 post.cost 1; 2027-01-05 post.sent 2; 2027-01-06 post.cost 0.5; "
            "2027-01-06 post.returned 1; 2027-01-06 post.sent 1"
        ),
    ),
    "unbounce": File(
        "Page Name,Date,Visitors,Views,Conversions,Conversion Rate\n"
        "Demo,2027-01-04,210,260,6,2.86%\n"
        "Demo,2027-01-05,190,230,4,2.11%\n",
        of(
            "2027-01-04 landing.leads 6; 2027-01-04 landing.visitors 210; 2027-01-05 landing.leads 4; "
            "2027-01-05 landing.visitors 190"
        ),
    ),
    "ga4": File(
        "# ----------------------------------------\n"
        "# Landing page\n"
        "# Account: X\n"
        "# Start date: 20270101\n"
        "# End date: 20270131\n"
        "# ----------------------------------------\n"
        "\n"
        "Landing page,Sessions,Active users,New users,Key events\n"
        "/demo,410,380,300,12\n"
        "/pricing,210,190,120,5\n"
        ",620,570,420,17\n",
    ),
    "dup call rows": File(
        "Call ID,Date,Direction,Duration,Outcome\n"
        "1,2027-01-04 09:00,Outbound,00:02:10,Connected\n"
        "1,2027-01-04 09:00,Outbound,00:02:10,Connected\n"
        "2,2027-01-04 09:10,Outbound,00:00:12,No answer\n",
        of("2027-01-04 phone.connected 1; 2027-01-04 phone.dials 2; 2027-01-04 phone.talk_seconds 130"),
    ),
    "iso zones": File(
        "timestamp,channel,event\n"
        "2027-01-31T23:30:00-05:00,email,sent\n"
        "2027-02-01T00:30:00+01:00,email,sent\n"
        "2027-02-01T10:00:00Z,email,replied\n",
    ),
    "emails calls meetings cols": File(
        "Month,Emails,Calls,LinkedIn,Meetings\nJan 2027,1200,300,90,5\nFeb 2027,1100,310,80,4\n",
        of(
            "2027-01 email.sent 1200; 2027-01 linkedin.invites 90; 2027-01 phone.dials 300; "
            "2027-01 sales.appointment 5; 2027-02 email.sent 1100; 2027-02 linkedin.invites 80; "
            "2027-02 phone.dials 310; 2027-02 sales.appointment 4"
        ),
        mapping=ColumnMapping(columns=(("Emails", "email.sent"), ("LinkedIn", "linkedin.invites"))),
    ),
    "reopened deal": File(
        "Deal ID,Deal,Stage,Amount,Close Date\n"
        "1,A,Closed Won,12000,2027-02-15\n"
        "1,A,Closed Won,12000,2027-03-15\n"
        "2,B,Closed Lost,8000,2027-03-01\n"
        "2,B,Closed Won,9000,2027-04-01\n",
        of(
            "2027-03-15 sales.revenue 12000; 2027-03-15 sales.won 1; 2027-04-01 sales.revenue 9000; "
            "2027-04-01 sales.won 1"
        ),
    ),
    "calls with minutes header": File(
        "Date,Direction,Duration (min),Outcome\n"
        "2027-01-04,Outbound,2.5,Connected\n"
        "2027-01-04,Outbound,0.2,No answer\n"
        "2027-01-05,Inbound,3.0,Connected\n",
        of("2027-01-04 phone.connected 1; 2027-01-04 phone.dials 2"),
    ),
    "instantly campaign csv": File(
        "Campaign Name,Total Leads,Contacted,Emails Sent,Opened,Replied,Bounced,Opportunities\n"
        "DACH,500,420,1200,410,12,20,4\n"
        "UK,300,280,800,250,9,11,2\n",
    ),
    "salesloft people": File(
        "Date,Emails Sent,Emails Opened,Emails Replied,Calls Logged,Connected Calls,Meetings Booked\n"
        "2027-01-04,120,44,3,60,5,1\n"
        "2027-01-05,110,40,2,55,4,0\n",
        of(
            "2027-01-04 email.opened 44; 2027-01-04 email.replied 3; 2027-01-04 email.sent 120; "
            "2027-01-04 phone.connected 5; 2027-01-04 phone.dials 60; 2027-01-04 sales.appointment 1; "
            "2027-01-05 email.opened 40; 2027-01-05 email.replied 2; 2027-01-05 email.sent 110; "
            "2027-01-05 phone.connected 4; 2027-01-05 phone.dials 55"
        ),
    ),
    "google sheets dates": File(
        'Date,Channel,Dials,Connects\n"Mon, Jan 4",Phone,60,5\n"Tue, Jan 5",Phone,55,4\n',
    ),
    "linkedin company camp": File(
        "Campaign Name,Start Date,Impressions,Clicks,Total Spent (EUR),Leads\n"
        "A,1/4/2027,9000,41,125.50,3\n"
        "A,1/15/2027,8000,38,110.00,2\n",
        of(
            "2027-01-04 ads.clicked 41; 2027-01-04 ads.cost 125.5; 2027-01-04 ads.impressions 9000; "
            "2027-01-15 ads.clicked 38; 2027-01-15 ads.cost 110; 2027-01-15 ads.impressions 8000"
        ),
    ),
    "hs meetings": File(
        "Activity date,Meeting name,Meeting outcome,Activity assigned to\n"
        "2027-01-12 10:00,Intro P1,Completed,Ann\n"
        "2027-01-13 10:00,Intro P2,No show,Ann\n"
        "2027-01-14 10:00,Intro P3,Scheduled,Ann\n",
        of(
            "2027-01-12 sales.appointment 1; 2027-01-12 sales.held 1; 2027-01-13 sales.appointment 1; "
            "2027-01-14 sales.appointment 1"
        ),
    ),
}
