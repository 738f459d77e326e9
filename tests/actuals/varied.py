"""Sheets as many hands make them: plans beside actuals, signs, units, notes. Every one is made up."""

from __future__ import annotations

from planner.actuals.questions import Answers
from planner.actuals.reading import ColumnMapping
from tests.actuals.files import File, of

__all__ = ["VARIED"]

VARIED: dict[str, File] = {
    "plan ist two level": File(
        "Kennzahl;Jan 27;;Feb 27;\n;Plan;Ist;Plan;Ist\nAnrufe;600;540;600;610\nTermine;12;9;12;13\n",
        of(
            "2027-01 phone.appointment 9; 2027-01 phone.dials 540; 2027-02 phone.appointment 13; "
            "2027-02 phone.dials 610"
        ),
    ),
    "emoji headers": File(
        "📅 Month,📧 Emails sent,💬 Replies,🤝 Meetings\nJan 2027,1200,14,5\nFeb 2027,1100,11,4\n",
        of(
            "2027-01 email.appointment 5; 2027-01 email.replied 14; 2027-01 email.sent 1200; "
            "2027-02 email.appointment 4; 2027-02 email.replied 11; 2027-02 email.sent 1100"
        ),
    ),
    "markdown pipe": File(
        "| Week | Dials | Conversations | Meetings |\n"
        "|------|-------|------|------|\n"
        "| 2027-W02 | 300 | 25 | 3 |\n"
        "| 2027-W03 | 310 | 28 | 2 |\n",
        of(
            "2027-01-11/2027-01-17 phone.appointment 3; 2027-01-11/2027-01-17 phone.connected 25; "
            "2027-01-11/2027-01-17 phone.dials 300; 2027-01-18/2027-01-24 phone.appointment 2; "
            "2027-01-18/2027-01-24 phone.connected 28; 2027-01-18/2027-01-24 phone.dials 310"
        ),
    ),
    "week commencing uk": File(
        "Week commencing,Dials,Conversations,Meetings booked,Comments\n"
        "04/01/27,300,25,3,Bank holiday Monday\n"
        "11/01/27,310,28,2,\n"
        '18/01/27,290,22,4,"Ann off sick, 2 days"\n',
        of(
            "2027-01-04/2027-01-10 phone.appointment 3; 2027-01-04/2027-01-10 phone.connected 25; "
            "2027-01-04/2027-01-10 phone.dials 300; 2027-01-11/2027-01-17 phone.appointment 2; "
            "2027-01-11/2027-01-17 phone.connected 28; 2027-01-11/2027-01-17 phone.dials 310; "
            "2027-01-18/2027-01-24 phone.appointment 4; 2027-01-18/2027-01-24 phone.connected 22; "
            "2027-01-18/2027-01-24 phone.dials 290"
        ),
    ),
    "k suffix": File(
        "Month,Channel,Sent,Replies\nJan-27,Email,12.4k,132\nFeb-27,Email,11k,121\n",
        of("2027-01 email.replied 132; 2027-01 email.sent 12400; 2027-02 email.replied 121; 2027-02 email.sent 11000"),
    ),
    "rates rows": File(
        "KPI,Jan 2027,Feb 2027,Mar 2027,Q1\n"
        "Emails sent,1200,1100,1300,3600\n"
        "Reply rate,1.2 %,1.0 %,1.1 %,1.1 %\n"
        "Replies,14,11,14,39\n"
        "Meetings,5,4,6,15\n"
        "Conversion,36%,36%,43%,38%\n",
        of(
            "2027-01 email.appointment 5; 2027-01 email.replied 14; 2027-01 email.sent 1200; "
            "2027-02 email.appointment 4; 2027-02 email.replied 11; 2027-02 email.sent 1100; "
            "2027-03 email.appointment 6; 2027-03 email.replied 14; 2027-03 email.sent 1300"
        ),
    ),
    "notes beneath": File(
        "Month,Channel,Dials,Connects\n"
        "2027-01,Phone,300,25\n"
        "2027-02,Phone,310,28\n"
        "\n"
        "* Excludes calls under 10 seconds\n"
        "Source: Aircall, exported 3 March 2027\n",
        of("2027-01 phone.connected 25; 2027-01 phone.dials 300; 2027-02 phone.connected 28; 2027-02 phone.dials 310"),
    ),
    "paren negative": File(
        "Month,Channel,Impressions,Clicks,Spend\n"
        '2027-01,Ads,90000,410,"$1,250.00"\n'
        '2027-02,Ads,80000,380,"$1,100.00"\n'
        '2027-02,Ads,0,0,"($50.00)"\n',
        of(
            "2027-01 ads.clicked 410; 2027-01 ads.cost 1250; 2027-01 ads.impressions 90000; "
            "2027-02 ads.clicked 380; 2027-02 ads.cost 1050; 2027-02 ads.impressions 80000"
        ),
    ),
    "fiscal": File(
        "Fiscal period,Channel,Sent,Replies\nFY27 P01,Email,1200,14\nFY27 P02,Email,1100,11\n",
    ),
    "total on top": File(
        "Month,Channel,Dials,Connects\n"
        "Total 2027,,910,75\n"
        "2027-01,Phone,300,25\n"
        "2027-02,Phone,310,28\n"
        "2027-03,Phone,300,22\n"
        "Average,,303.3,25\n",
        of(
            "2027-01 phone.connected 25; 2027-01 phone.dials 300; 2027-02 phone.connected 28; "
            "2027-02 phone.dials 310; 2027-03 phone.connected 22; 2027-03 phone.dials 300"
        ),
    ),
    "sdr quota": File(
        "SDR,Month,Dials,Quota,Meetings booked,% of quota\n"
        "Ann,Jan-27,300,10,8,80%\n"
        "Bob,Jan-27,280,10,11,110%\n"
        "Ann,Feb-27,310,10,9,90%\n",
        of(
            "2027-01 phone.appointment 19; 2027-01 phone.dials 580; 2027-02 phone.appointment 9; "
            "2027-02 phone.dials 310"
        ),
    ),
    "two currency cols": File(
        "Month,Channel,Impressions,Clicks,Spend (EUR),Spend (USD)\n"
        "2027-01,Ads,90000,410,1250,1375\n"
        "2027-02,Ads,80000,380,1100,1210\n",
        of(
            "2027-01 ads.clicked 410; 2027-01 ads.cost 1250; 2027-01 ads.impressions 90000; "
            "2027-02 ads.clicked 380; 2027-02 ads.cost 1100; 2027-02 ads.impressions 80000"
        ),
        mapping=ColumnMapping(columns=(("Spend (EUR)", "cost"), ("Spend (USD)", "ignored"))),
    ),
    "numbers export": File(
        "Table 1\nMonth;Channel;Sent;Replies;Note\n1. Jan 2027;Email;1’200;14;ok\n1. Feb 2027;Email;1’100;11;\n",
        of("2027-01 email.replied 14; 2027-01 email.sent 1200; 2027-02 email.replied 11; 2027-02 email.sent 1100"),
    ),
    "title range": File(
        "Activity report: 1 Jan 2027 - 31 Jan 2027\n"
        "User,Calls made,Conversations,Emails sent,Meetings\n"
        "Ann,300,25,400,5\n"
        "Bob,280,22,380,4\n"
        "Total,580,47,780,9\n",
        of("2027-01 email.sent 780; 2027-01 phone.connected 47; 2027-01 phone.dials 580; 2027-01 sales.appointment 9"),
        answers=Answers(month="2027-01"),
    ),
    "figures over plan/ist": File(
        "Monat;Anrufe;;Termine;\n;Soll;Ist;Soll;Ist\nJan 2027;600;540;12;9\nFeb 2027;600;610;12;13\n",
        of(
            "2027-01 phone.appointment 9; 2027-01 phone.dials 540; 2027-02 phone.appointment 13; "
            "2027-02 phone.dials 610"
        ),
    ),
    "channel over plan/actual": File(
        "Month,Email,,LinkedIn,\n,Target,Actual,Target,Actual\nJan 2027,1000,900,300,280\nFeb 2027,1000,950,300,310\n",
        of(
            "2027-01 email.sent 900; 2027-01 linkedin.invites 280; 2027-02 email.sent 950; 2027-02 linkedin.invites 310"
        ),
        mapping=ColumnMapping(columns=(("Email", "email.sent"), ("LinkedIn", "linkedin.invites"))),
    ),
    "plan actual variance": File(
        "KPI,Jan 2027,,,Feb 2027,,\n"
        ",Plan,Actual,Var,Plan,Actual,Var\n"
        "Dials,600,540,-60,600,610,10\n"
        "Conversations,60,50,-10,60,61,1\n",
        of("2027-01 phone.connected 50; 2027-01 phone.dials 540; 2027-02 phone.connected 61; 2027-02 phone.dials 610"),
    ),
    "k with currency": File(
        "Month,Channel,Impressions,Spend\nJan 2027,Ads,90k,€1.2k\nFeb 2027,Ads,85k,€1.1k\n",
        of(
            "2027-01 ads.cost 1200; 2027-01 ads.impressions 90000; 2027-02 ads.cost 1100; 2027-02 ads.impressions 85000"
        ),
    ),
    "date ranges one col": File(
        "Period,Emails Sent,Replies\n01/01/2027 - 31/01/2027,1200,14\n01/02/2027 - 28/02/2027,1100,11\n",
        of("2027-01 email.replied 14; 2027-01 email.sent 1200; 2027-02 email.replied 11; 2027-02 email.sent 1100"),
    ),
    "ytd col beside": File(
        "Channel,KPI,Jan 2027,Feb 2027,YTD 2027,Target 2027\n"
        "E-mail,Sent,1200,1100,2300,14000\n"
        "E-mail,Replies,14,11,25,150\n",
        of("2027-01 email.replied 14; 2027-01 email.sent 1200; 2027-02 email.replied 11; 2027-02 email.sent 1100"),
    ),
    "subtotal blank channel": File(
        "Channel,Campaign,Month,Sent,Replies\n"
        "Email,A,Jan 2027,700,8\n"
        "Email,B,Jan 2027,500,6\n"
        ",Subtotal,Jan 2027,1200,14\n"
        "Email,A,Feb 2027,600,7\n"
        "Email,B,Feb 2027,500,4\n"
        ",Subtotal,Feb 2027,1100,11\n",
        of("2027-01 email.replied 14; 2027-01 email.sent 1200; 2027-02 email.replied 11; 2027-02 email.sent 1100"),
    ),
    "month weeks W1": File(
        "Week,Dials,Connects\nW1 Jan 2027,300,25\nW2 Jan 2027,310,28\n",
    ),
    "people rows status dates": File(
        "Name,Channel,Date contacted,Status\n"
        "A,Email,2027-01-04,Replied\n"
        "B,Email,2027-01-04,Sent\n"
        "C,Email,2027-01-05,Meeting booked\n",
    ),
}
