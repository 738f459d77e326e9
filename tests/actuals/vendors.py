"""Exports as vendors' tools write them: headers as seen in public files and help pages, every value made up."""

from __future__ import annotations

from planner.actuals.questions import Answers
from planner.actuals.reading import ColumnMapping
from tests.actuals.files import File, of

__all__ = ["VENDORS"]

VENDORS: dict[str, File] = {
    "ringcentral call log": File(
        "Direction,Type,Phone Number,Name,Date,Time,Action,Action Result,Result Description,Duration\n"
        "Outgoing,Voice,(415) 555-0101,,Mon 01/04/2027,9:05 AM,VoIP Call,Call connected,,0:03:12\n"
        "Outgoing,Voice,(415) 555-0102,,Mon 01/04/2027,9:15 AM,VoIP Call,Hang Up,,0:00:05\n"
        "Incoming,Voice,(415) 555-0103,,Mon 01/04/2027,9:25 AM,Phone Call,Accepted,,0:06:12\n"
        "Outgoing,Voice,(415) 555-0104,,Tue 01/05/2027,9:05 AM,VoIP Call,No Answer,,0:00:00\n",
        of(
            "2027-01-04 phone.dials 2; 2027-01-04 phone.connected 1; 2027-01-04 phone.talk_seconds 192; "
            "2027-01-05 phone.dials 1"
        ),
        mapping=ColumnMapping(order="month"),
    ),
    "hubspot calls": File(
        "Record ID,Call Title,Activity date,Call outcome,Call duration,Call direction,Activity assigned to\n"
        "1001,Call,2027-01-04 09:05,Connected,00:02:10,Outbound,A\n"
        "1002,Call,2027-01-04 09:15,No answer,00:00:00,Outbound,A\n"
        "1003,Call,2027-01-04 09:25,Left voicemail,00:00:41,Outbound,A\n"
        "1004,Call,2027-01-05 10:25,Connected,00:05:00,Inbound,A\n",
        of("2027-01-04 phone.dials 3; 2027-01-04 phone.connected 1; 2027-01-04 phone.talk_seconds 130"),
    ),
    "talk time in h:mm:ss by rep and day": File(
        "Date,Rep,Dials,Connected,Talk Time\n"
        "2027-01-04,A,60,5,0:42:10\n"
        "2027-01-04,B,55,4,0:31:05\n"
        "2027-01-05,A,58,6,1:02:00\n",
        of(
            "2027-01-04 phone.dials 115; 2027-01-04 phone.connected 9; 2027-01-04 phone.talk_seconds 4395; "
            "2027-01-05 phone.dials 58; 2027-01-05 phone.connected 6; 2027-01-05 phone.talk_seconds 3720"
        ),
    ),
    "smartlead campaigns": File(
        "id,campaign_name,sent,opened,replied,bounced,open_rate,reply_rate,bounce_rate,positive_reply_rate,"
        "positive_replied,unique_lead_count,unique_open_count\n"
        "12345,Q1 Cold,500,250,45,8,50%,9%,1.6%,5%,25,480,230\n"
        "12346,Q1 Warm,300,150,30,2,50%,10%,0.7%,4%,12,290,140\n",
        of(
            "2027-01 email.sent 800; 2027-01 email.opened 370; 2027-01 email.replied 75; "
            "2027-01 email.bounces 10; 2027-01 email.positive 37"
        ),
        answers=Answers(month="2027-01"),
    ),
    "activecampaign campaigns": File(
        "Campaign,Send Date,Total Sends,Opens,Unique Opens,Open Rate,Clicks,Unique Link Clicks,Click Rate,"
        "Replies,Bounces,Unsubscribes,Forwards\n"
        "Newsletter 1,01/14/2027 9:00 AM,1200,610,402,33.5%,80,51,4.3%,6,14,3,1\n"
        "Newsletter 2,01/28/2027 9:00 AM,1180,600,390,33.1%,70,48,4.1%,4,12,2,0\n",
        of(
            "2027-01-14 email.sent 1200; 2027-01-14 email.opened 402; 2027-01-14 email.clicked 51; "
            "2027-01-14 email.replied 6; 2027-01-14 email.bounces 14; 2027-01-14 email.unsubscribed 3; "
            "2027-01-28 email.sent 1180; 2027-01-28 email.opened 390; 2027-01-28 email.clicked 48; "
            "2027-01-28 email.replied 4; 2027-01-28 email.bounces 12; 2027-01-28 email.unsubscribed 2"
        ),
    ),
    "klaviyo campaigns": File(
        "Campaign Name,Tags,Subject,List,Send Time,Send Weekday,Total Recipients,Unique Placed Order,Placed "
        "Order Rate,Revenue,Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,Total Clicks,"
        "Unsubscribes,Spam Complaints,Spam Complaints Rate,Successful Deliveries,Bounces,Bounce Rate,"
        "Campaign ID,Campaign Channel\n"
        "Jan,,Hi,All,2027-01-14 09:00:00,Thursday,1200,4,0.34%,412.50,400,33.9%,512,50,4.2%,71,3,1,0.08%,"
        "1180,20,1.7%,01ABC,email\n",
        of(
            "2027-01-14 email.sent 1200; 2027-01-14 email.opened 400; 2027-01-14 email.clicked 50; "
            "2027-01-14 email.unsubscribed 3; 2027-01-14 email.spam_complaint 1; "
            "2027-01-14 email.delivered 1180; 2027-01-14 email.bounces 20; 2027-01-14 email.revenue 412.5"
        ),
    ),
    "lemlist campaigns report": File(
        "Campaign,Status,Created At,Leads,Contacted,Delivered,Opened,Clicked,Replied,Interested,Not "
        "interested,Bounced,Unsubscribed,Meeting booked\n"
        "A,running,2027-01-04,500,420,410,200,12,22,9,7,10,2,3\n"
        "B,ended,2026-11-04,300,300,295,120,5,11,4,5,5,1,1\n",
    ),
    "salesloft cadences": File(
        "Cadence,Owner,People Added,Emails Sent,Email Views,Email Clicks,Email Replies,Email Bounces,Calls "
        "Logged,Conversations,Meetings Booked\n"
        "CFO,A,100,300,140,9,12,4,80,9,3\n"
        "CTO,B,80,200,90,5,7,2,60,6,2\n",
        of(
            "2027-01 email.sent 500; 2027-01 email.clicked 14; 2027-01 email.replied 19; "
            "2027-01 email.bounces 6; 2027-01 phone.dials 140; 2027-01 phone.connected 15; "
            "2027-01 sales.appointment 5"
        ),
        answers=Answers(month="2027-01"),
    ),
    "mixmax sequences": File(
        "Sequence,Recipients,Sent,Opened,Clicked,Downloaded,Replied,Bounced,Unsubscribed\n"
        "A,120 (100%),340,80 (66%),9 (7%),1,11 (9%),3 (2%),1\n",
        of(
            "2027-01 email.sent 340; 2027-01 email.opened 80; 2027-01 email.clicked 9; "
            "2027-01 email.replied 11; 2027-01 email.bounces 3; 2027-01 email.unsubscribed 1"
        ),
        answers=Answers(month="2027-01"),
    ),
    "google ads campaign state, range in preamble": File(
        "Campaign performance\n"
        '"January 1, 2027 - January 31, 2027"\n'
        "Campaign,Campaign state,Campaign type,Clicks,Impr.,CTR,Currency code,Avg. CPC,Cost,Impr. (Abs. Top) "
        "%,Impr. (Top) %,Conversions,View-through conv.,Cost / conv.,Conv. rate\n"
        'Brand,Enabled,Search,100,"5,000",2.00%,EUR,10.00,"1,500.00",80.0%,90.0%,5,2,300.00,5.00%\n'
        'Generic,Paused,Search,40,"2,000",2.00%,EUR,10.00,400.00,80.0%,90.0%,1,0,400.00,2.50%\n'
        'Total: Campaigns, --, --,140,"7,000",2.00%,EUR,13.57,"1,900.00",80%,90%,6,2,316.67,4.29%\n'
        'Total: Account, --, --,140,"7,000",2.00%,EUR,13.57,"1,900.00",80%,90%,6,2,316.67,4.29%\n',
        of("2027-01 ads.impressions 7000; 2027-01 ads.clicked 140; 2027-01 ads.cost 1900"),
        answers=Answers(month="2027-01"),
    ),
    "meta by ad, day, purchases": File(
        "Day,Campaign name,Ad set name,Ad name,Amount spent (EUR),Impressions,Link clicks,CPC (cost per link "
        "click) (EUR),Cost per result,Results,Purchase ROAS (return on ad spend)\n"
        "2027-01-04,Spring,S,A,100.00,5000,200,0.50,10.00,10,3.0\n"
        "2027-01-05,Spring,S,A,90.00,4800,190,0.47,9.00,10,3.0\n",
        of(
            "2027-01-04 ads.impressions 5000; 2027-01-04 ads.clicked 200; 2027-01-04 ads.cost 100; "
            "2027-01-05 ads.impressions 4800; 2027-01-05 ads.clicked 190; 2027-01-05 ads.cost 90"
        ),
    ),
    "meta only reporting starts, weekly rows": File(
        "Reporting starts,Campaign name,Ad set name,Ad name,Amount spent (EUR),Impressions,Link clicks,"
        "Purchases,Purchases conversion value\n"
        '2027-01-04,P,"US, 25-34",A,"1,200.00",84000,1260,42,"5,040.00"\n'
        '2027-01-04,P,"US, 25-34",B,800.00,52000,700,20,"2,000.00"\n'
        '2027-01-11,P,"US, 25-34",A,"1,100.00",80000,1200,40,"5,000.00"\n'
        '2027-01-18,P,"US, 25-34",A,"1,100.00",81000,1210,41,"5,000.00"\n',
        of(
            "2027-01-04/2027-01-10 ads.impressions 136000; 2027-01-04/2027-01-10 ads.clicked 1960; "
            "2027-01-04/2027-01-10 ads.cost 2000; 2027-01-11/2027-01-17 ads.impressions 80000; "
            "2027-01-11/2027-01-17 ads.clicked 1200; 2027-01-11/2027-01-17 ads.cost 1100; "
            "2027-01-18/2027-01-24 ads.impressions 81000; 2027-01-18/2027-01-24 ads.clicked 1210; "
            "2027-01-18/2027-01-24 ads.cost 1100"
        ),
        answers=Answers(values=(("(days that dates stand for)", "week"),)),
    ),
    "linkedin campaign manager no group": File(
        "Campaign Performance Report (in UTC)\n"
        '"Report Start: 01/04/2027, Report End: 01/05/2027"\n'
        "Date Generated: 2027-01-06\n"
        "\n"
        "Start Date (in UTC),Account Name,Campaign Name,Campaign ID,Total Spent,Impressions,Clicks,Clicks to "
        "Landing Page,Conversions,Total Conversion Value,Currency\n"
        '01/14/2027,Acme,"Leads, directors",11,"1,234.50",10000,200,150,3,300.00,EUR\n'
        "01/15/2027,Acme,Brand,12,10.25,500,4,2,0,0,EUR\n",
        of(
            "2027-01-14 ads.cost 1234.5; 2027-01-14 ads.impressions 10000; 2027-01-14 ads.clicked 150; "
            "2027-01-15 ads.cost 10.25; 2027-01-15 ads.impressions 500; 2027-01-15 ads.clicked 2"
        ),
    ),
    "ga4 by day and channel group": File(
        "Date,Session default channel group,Sessions,Event count (book_now_click)\n"
        "20270104,Paid Social,30,4\n"
        "20270104,Organic Search,20,2\n"
        "20270104,Email,10,1\n"
        "20270105,Paid Social,25,3\n"
        "20270105,Organic Search,22,2\n"
        "20270105,Email,8,0\n",
        of("2027-01-04 landing.visitors 60; 2027-01-05 landing.visitors 55"),
        mapping=ColumnMapping(channel="landing", columns=(("Session default channel group", "ignored"),)),
    ),
    "salesforce opps, lead source": File(
        "Opportunity Name,Stage,Amount,Close Date,Created Date,Lead Source,Opportunity Owner\n"
        "A,Closed Won,1000,20.01.2027,01.12.2026,Cold Call,X\n"
        "B,Closed Lost,2000,22.01.2027,05.12.2026,E-mail,X\n"
        "C,Closed Won,3000,02.02.2027,09.12.2026,LinkedIn,Y\n"
        "D,Negotiation,9000,30.04.2027,09.12.2026,LinkedIn,Y\n",
        of(
            "2027-01-20 phone.won 1; 2027-01-20 phone.revenue 1000; 2027-01-22 email.lost 1; "
            "2027-02-02 linkedin.won 1; 2027-02-02 linkedin.revenue 3000"
        ),
    ),
    "salesforce grouped report": File(
        "Lead Source  ↑,Opportunity Name,Stage,Amount,Close Date\n"
        "Cold Call,A,Closed Won,1000,2027-01-20\n"
        ",B,Closed Won,500,2027-01-21\n"
        "Subtotal,,Sum,1500,\n"
        ",,Count,2,\n"
        "LinkedIn,C,Closed Won,3000,2027-02-02\n"
        "Subtotal,,Sum,3000,\n"
        ",,Count,1,\n"
        "Total,,Sum,4500,\n"
        ",,Count,3,\n",
        of(
            "2027-01-20 phone.won 1; 2027-01-20 phone.revenue 1000; 2027-01-21 phone.won 1; "
            "2027-01-21 phone.revenue 500; 2027-02-02 linkedin.won 1; 2027-02-02 linkedin.revenue 3000"
        ),
    ),
    "hubspot deals, lead source": File(
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Original Source\n"
        "1,A,Closed won,1000,2027-01-20 10:00,2026-12-01 10:00,Offline Sources\n"
        "2,B,Closed lost,2000,2027-01-22 10:00,2026-12-05 10:00,Email Marketing\n"
        "3,C,Closed won,3000,2027-02-02 10:00,2026-12-09 10:00,Paid Social\n",
        of(
            "2027-01-20 sales.won 1; 2027-01-20 sales.revenue 1000; 2027-01-22 sales.lost 1; "
            "2027-02-02 sales.won 1; 2027-02-02 sales.revenue 3000"
        ),
    ),
    "pipedrive deals plain": File(
        "ID,Title,Value,Currency,Stage,Status,Expected close date,Won time,Lost time,Deal created,Owner,Label\n"
        "1,A,1000,EUR,Proposal,Won,2027-01-20,2027-01-19 10:00:00,,2026-12-01 10:00:00,X,\n"
        "2,B,2000,EUR,Contact,Lost,2027-01-20,,2027-01-22 10:00:00,2026-12-01 10:00:00,X,\n"
        "3,C,3000,EUR,Contact,Open,2027-03-20,,,2026-12-01 10:00:00,X,\n",
        of("2027-01-19 sales.won 1; 2027-01-19 sales.revenue 1000; 2027-01-22 sales.lost 1"),
    ),
    "pipedrive german": File(
        "Deal - ID;Deal - Titel;Deal - Wert;Deal - Währung des Wertes;Deal - Status;Deal - Deal erstellt;"
        "Deal - Deal abgeschlossen am;Deal - Datum der Gewinnung\n"
        "1;A;1.000;EUR;Gewonnen;2026-12-01;2027-01-19;2027-01-19\n"
        "2;B;2.000;EUR;Verloren;2026-12-01;2027-01-22;\n"
        "3;C;3.000;EUR;Offen;2026-12-01;;\n",
        of("2027-01-19 sales.won 1; 2027-01-19 sales.revenue 1000; 2027-01-22 sales.lost 1"),
        mapping=ColumnMapping(decimal=","),
    ),
    "dynamics opportunities": File(
        "Topic,Potential Customer,Status,Status Reason,Est. Revenue,Actual Revenue,Est. Close Date,Actual "
        "Close Date,Owner\n"
        "A,C1,Won,Won,1000,950,1/20/2027,1/19/2027,X\n"
        "B,C2,Lost,Canceled,2000,0,1/20/2027,1/22/2027,X\n"
        "C,C3,Open,In Progress,3000,,3/20/2027,,X\n",
        of("2027-01-19 sales.won 1; 2027-01-19 sales.revenue 950; 2027-01-22 sales.lost 1"),
    ),
    "close opportunities": File(
        "id,lead_name,status_label,status_type,value,value_currency,value_period,date_created,date_won,"
        "date_lost,confidence,user_name\n"
        "oppo_1,A,Won,won,500,EUR,one_time,2026-12-01,2027-01-20,,100,X\n"
        "oppo_2,B,Lost,lost,500,EUR,one_time,2026-12-01,,2027-01-22,0,X\n"
        "oppo_3,C,Active,active,700,EUR,one_time,2026-12-01,,,50,X\n",
        of("2027-01-20 sales.won 1; 2027-01-20 sales.revenue 500; 2027-01-22 sales.lost 1"),
    ),
    "close crm calls": File(
        "date_created,direction,duration,disposition,user_name,lead_name,phone\n"
        "2027-01-04T09:00:00,outbound,125,answered,A,L,+15550000001\n"
        "2027-01-04T09:10:00,outbound,0,no-answer,A,L,+15550000002\n"
        "2027-01-04T09:20:00,outbound,35,vm-left,A,L,+15550000003\n"
        "2027-01-05T09:20:00,inbound,300,answered,A,L,+15550000004\n",
        of("2027-01-04 phone.dials 3; 2027-01-04 phone.connected 1; 2027-01-04 phone.talk_seconds 125"),
    ),
    "twilio calls": File(
        "Sid,Parent Call Sid,Date Created,Start Time,End Time,Duration,Direction,From,To,Status,Price,Price Unit\n"
        "CA1,,2027-01-04 09:00:00,2027-01-04 09:00:02,2027-01-04 09:02:02,120,outbound-api,+15550000001,"
        "+15550000002,completed,-0.014,EUR\n"
        "CA2,,2027-01-04 09:10:00,2027-01-04 09:10:02,2027-01-04 09:10:12,10,outbound-api,+15550000001,"
        "+15550000003,no-answer,-0.001,EUR\n"
        "CA3,,2027-01-05 09:10:00,2027-01-05 09:10:02,2027-01-05 09:12:12,130,inbound,+15550000003,"
        "+15550000001,completed,-0.01,EUR\n",
        of(
            "2027-01-04 phone.dials 2; 2027-01-04 phone.connected 1; 2027-01-04 phone.talk_seconds 120; "
            "2027-01-04 phone.cost 0.015"
        ),
    ),
    "dripify stats by day": File(
        "Date,Invites sent,Invites accepted,Messages sent,Messages replied,Profile views,Follows,Endorsements\n"
        "Jan 04 2027,20,6,12,2,40,5,1\n"
        "Jan 05 2027,18,7,11,3,38,4,0\n",
        of(
            "2027-01-04 linkedin.invites 20; 2027-01-04 linkedin.accepted 6; 2027-01-04 linkedin.replied 2; "
            "2027-01-05 linkedin.invites 18; 2027-01-05 linkedin.accepted 7; 2027-01-05 linkedin.replied 3"
        ),
    ),
    "expandi campaigns": File(
        "Campaign,Contacted people,Connection requests sent,Connected,Connect rate,Replied first action,"
        "Replied other actions,Total replied\n"
        "A,120,100,31,31.0%,6,4,10\n"
        "B,90,80,22,27.5%,4,2,6\n",
        of("2027-01 linkedin.invites 180; 2027-01 linkedin.accepted 53; 2027-01 linkedin.replied 16"),
        answers=Answers(month="2027-01"),
    ),
    "instantly daily analytics": File(
        "date,sent,opened,unique_opened,replies,unique_replies,clicks,unique_clicks\n"
        "2027-01-04,300,120,90,9,8,6,5\n"
        "2027-01-05,310,130,95,7,7,4,4\n",
        of(
            "2027-01-04 email.sent 300; 2027-01-04 email.opened 90; 2027-01-04 email.replied 9; "
            "2027-01-04 email.responders 8; 2027-01-05 email.responders 7; 2027-01-04 email.clicked 5; "
            "2027-01-05 email.sent 310; 2027-01-05 email.opened 95; 2027-01-05 email.replied 7; "
            "2027-01-05 email.clicked 4"
        ),
    ),
    "gong outreach activity by week": File(
        "Week of,Rep,Emails sent,Calls made,LinkedIn touches,Meetings booked\n"
        "Jan 4 - Jan 10,A,120,80,20,2\n"
        "Jan 11 - Jan 17,A,110,85,22,3\n",
        of(
            "2027-01-04/2027-01-10 email.sent 120; 2027-01-11/2027-01-17 email.sent 110; "
            "2027-01-04/2027-01-10 phone.dials 80; 2027-01-11/2027-01-17 phone.dials 85; "
            "2027-01-04/2027-01-10 linkedin.invites 20; 2027-01-11/2027-01-17 linkedin.invites 22; "
            "2027-01-04/2027-01-10 sales.appointment 2; 2027-01-11/2027-01-17 sales.appointment 3"
        ),
        answers=Answers(year="2027"),
    ),
    "google ads stacked": File(
        "Brand Jan 2027 Google Campaign performance,,,,,\n,,,,,\n"
        "Campaign,Campaign state,Clicks,Cost,Conversions,Revenue\n"
        "Alpha PMX,Enabled,1000,800.00,40,20.00\n,,,,,\n"
        "Brand Jan 2027 Bing Campaign performance,,,,,\n"
        "Campaign,Status,Clicks,Spend,Conversions,Revenue\nGamma,Active,50,40.00,2,20.00\n",
    ),
}
