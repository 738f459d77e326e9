"""Small files as people and tools make them, each with the figures it holds or what has to be asked about it.

Every one is made up; the shapes are those of real exports.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.actuals.questions import Answers
from planner.actuals.reading import ColumnMapping

__all__ = ["FILES", "File", "of"]


@dataclass(frozen=True)
class File:
    """A file, and the figures that are right by "period channel.name"; None where only a question is right.

    With `answers` and `mapping` those figures must come out, whatever was asked before.
    """

    text: str
    figures: dict[str, float] | None = None
    answers: Answers | None = None
    mapping: ColumnMapping | None = None


def _as(channel: str) -> ColumnMapping:
    return ColumnMapping(channel=channel)


def of(text: str) -> dict[str, float]:
    """Figures written as "period channel.name value", parted by semicolons."""
    rows = [part.rsplit(" ", 1) for part in text.split(";") if part.strip()]
    return {name.strip(): float(value) for name, value in rows}


FILES: dict[str, File] = {
    # -- months across, several header rows, merged cells ---------------------------------------------------------------
    "months across with channel and metric": File(
        "Channel,Metric,2027-01,2027-02\nE-mail,Sent,1000,1100\nE-mail,Replied,12,15\nPhone,Dials,300,\n",
        of("2027-01 email.sent 1000; 2027-02 email.sent 1100; 2027-01 email.replied 12; 2027-02 email.replied 15;"
            "2027-01 phone.dials 300"),
    ),
    "months across in German with totals right and below": File(
        "Kanal;Kennzahl;Jan 27;Feb 27;Mrz 27;Summe\nE-Mail;Gesendet;1.000;1.100;900;3.000\n"
        "Telefon;Anrufe;300;310;290;900\nGesamt;;1.300;1.410;1.190;3.900\n",
        of("2027-01 email.sent 1000; 2027-02 email.sent 1100; 2027-03 email.sent 900; 2027-01 phone.dials 300;"
            "2027-02 phone.dials 310; 2027-03 phone.dials 290"),
    ),
    "months across with paths as labels": File(
        "Outbound report\n\nMetric,Jan 2027,Feb 2027,YTD\nEmails sent,1000,1100,2100\nCalls made,300,310,610\n"
        "Meetings booked,4,5,9\n",
        of("2027-01 email.sent 1000; 2027-02 email.sent 1100; 2027-01 phone.dials 300; 2027-02 phone.dials 310;"
            "2027-01 sales.appointment 4; 2027-02 sales.appointment 5"),
    ),
    "months across without a channel": File(
        "Metric,Jan 2027,Feb 2027\nSent,1000,1100\nReplied,12,15\n",
        of("2027-01 email.sent 1000; 2027-02 email.sent 1100; 2027-01 email.replied 12; 2027-02 email.replied 15"),
        mapping=_as("email"),
    ),
    "French months across": File(
        "Canal;Indicateur;janv. 2027;févr. 2027\nCourriel;Envoyés;1 000;1 100\nTéléphone;Appels;300;310\n",
        of("2027-01 email.sent 1000; 2027-02 email.sent 1100; 2027-01 phone.dials 300; 2027-02 phone.dials 310"),
    ),
    "Spanish months across, one channel": File(
        "Canal;Métrica;ene-27;feb-27\nLinkedIn;Invitaciones;80;90\nLinkedIn;Aceptado;20;22\n",
        of("2027-01 linkedin.invites 80; 2027-02 linkedin.invites 90; 2027-01 linkedin.accepted 20;"
            "2027-02 linkedin.accepted 22"),
    ),
    "Polish months across": File(
        "channel,metric,sty.27,lut.27\nemail,sent,10,20\n", of("2027-01 email.sent 10; 2027-02 email.sent 20"),
    ),
    "Portuguese months across": File(
        "channel,metric,jan/27,fev/27\nemail,sent,10,20\n", of("2027-01 email.sent 10; 2027-02 email.sent 20"),
    ),
    "weeks across": File(
        "channel,stage,2027-W02,2027-W03\nphone,dials,70,80\n",
        of("2027-01-11/2027-01-17 phone.dials 70; 2027-01-18/2027-01-24 phone.dials 80"),
    ),
    "days across with shares below": File(
        "Metric,2027-01-04,2027-01-05\nDials,50,60\nConnected,5,9\nConnect rate,10.0%,15.0%\n",
        of("2027-01-04 phone.dials 50; 2027-01-05 phone.dials 60; 2027-01-04 phone.connected 5;"
            "2027-01-05 phone.connected 9"),
    ),
    "months without a year across": File("Channel,Metric,Jan,Feb\nemail,Sent,1000,1100\n"),
    "the year in a row above the months": File(
        ",,2027,,\nChannel,Metric,Jan,Feb,Mar\nemail,Sent,10,20,30\nphone,Dials,1,2,3\n",
        of("2027-01 email.sent 10; 2027-02 email.sent 20; 2027-03 email.sent 30; 2027-01 phone.dials 1;"
            "2027-02 phone.dials 2; 2027-03 phone.dials 3"),
    ),
    "two header rows, channels above": File(
        ",E-mail,,Phone,\nMonth,Sent,Replied,Dials,Connected\n2027-01,1000,12,300,21\n2027-02,1100,15,310,22\n",
        of("2027-01 email.sent 1000; 2027-02 email.sent 1100; 2027-01 email.replied 12; 2027-02 email.replied 15;"
            "2027-01 phone.dials 300; 2027-02 phone.dials 310; 2027-01 phone.connected 21; 2027-02 phone.connected 22"),
    ),
    "two header rows, months above": File(
        ",January 2027,,February 2027,\nChannel,Sent,Replied,Sent,Replied\nE-mail,1000,12,1100,13\nSMS,50,2,60,3\n",
        of("2027-01 email.sent 1000; 2027-01 email.replied 12; 2027-02 email.sent 1100; 2027-02 email.replied 13;"
            "2027-01 sms.sent 50; 2027-01 sms.replied 2; 2027-02 sms.sent 60; 2027-02 sms.replied 3"),
    ),
    "channels across of one figure": File(
        "Meetings booked by channel\nMonth,Email,Phone\n2027-01,4,9\n",
        of("2027-01 email.appointment 4; 2027-01 phone.appointment 9"),
        mapping=ColumnMapping((("Email", "email.appointment"), ("Phone", "phone.appointment"))),
    ),
    "merged cells": File(
        "channel,period,won\nemail,2027-03,1\n,2027-04,2\n", of("2027-03 email.won 1; 2027-04 email.won 2"),
        answers=Answers(values=(("", "above"),)),
    ),
    "merged months": File(
        "month,channel,sent\n2027-01,email,10\n,sms,20\n2027-02,email,30\n,sms,40\n",
        of("2027-01 email.sent 10; 2027-01 sms.sent 20; 2027-02 email.sent 30; 2027-02 sms.sent 40"),
        answers=Answers(values=(("(no date)", "above"),)),
    ),
    # -- totals in any column ---------------------------------------------------------------------------------------------
    "subtotals in a campaign column": File(
        "month,channel,campaign,sent\n2027-01,email,A,10\n2027-01,email,B,20\n2027-01,email,Total,30\n",
        of("2027-01 email.sent 30"),
    ),
    "subtotals as a pivot table writes them": File(
        "channel,month,sent\nemail,2027-01,10\nemail,2027-02,20\nemail Total,,30\nsms,2027-01,5\nsms Total,,5\n"
        "Grand Total,,35\n",
        of("2027-01 email.sent 10; 2027-02 email.sent 20; 2027-01 sms.sent 5"),
    ),
    "a German pivot table": File(
        "Zeilenbeschriftungen;Gesendet;Antworten\n2027-01;10;2\n2027-02;20;3\nGesamtergebnis;30;5\n",
        of("2027-01 email.sent 10; 2027-01 email.replied 2; 2027-02 email.sent 20; 2027-02 email.replied 3"),
        mapping=_as("email"),
    ),
    "a subtotal without a campaign": File(
        "month,channel,campaign,sent,replied\n2027-01,email,A,10,1\n2027-01,email,B,20,2\n2027-01,email,,30,3\n",
        of("2027-01 email.sent 30; 2027-01 email.replied 3"),
    ),
    "the sum of the channels": File(
        "month,channel,sent\n2027-01,email,10\n2027-01,sms,20\n2027-01,All channels,30\n",
        of("2027-01 email.sent 10; 2027-01 sms.sent 20"),
    ),
    "a total of a team": File(
        "date,rep,dials,conversations\n2027-01-04,Ann,30,3\n2027-01-04,Bob,40,5\n2027-01-04,Team total,70,8\n",
        of("2027-01-04 phone.dials 70; 2027-01-04 phone.connected 8"),
    ),
    "quarters among the months": File(
        "period,channel,sent\n2027-01,email,10\n2027-02,email,20\n2027-03,email,30\nQ1 2027,email,60\n",
        of("2027-01 email.sent 10; 2027-02 email.sent 20; 2027-03 email.sent 30"),
    ),
    "a last row without a name": File(
        "month,channel,sent\n2027-01,email,10\n2027-02,email,20\n,,30\n",
        of("2027-01 email.sent 10; 2027-02 email.sent 20"),
    ),
    # -- dates ------------------------------------------------------------------------------------------------------------
    "year and month apart": File(
        "Year,Month,Channel,Sent\n2027,1,email,1000\n2027,2,email,1100\n",
        of("2027-01 email.sent 1000; 2027-02 email.sent 1100"),
    ),
    "year and month apart, in German": File(
        "Jahr;Monat;Kanal;Gesendet\n2027;Januar;E-Mail;1.000\n2027;März;E-Mail;1.100\n",
        of("2027-01 email.sent 1000; 2027-03 email.sent 1100"),
    ),
    "year and week apart": File(
        "year,week,channel,dials\n2027,2,phone,300\n", of("2027-01-11/2027-01-17 phone.dials 300"),
    ),
    "year, month and day apart": File(
        "Year,Month,Day,Channel,Dials\n2027,1,4,phone,30\n2027,1,5,phone,40\n",
        of("2027-01-04 phone.dials 30; 2027-01-05 phone.dials 40"),
    ),
    "a month's number without a year": File("Month,Channel,Sent\n1,email,1000\n2,email,1100\n"),
    "serial dates": File(
        "date,channel,sent\n46391,email,10\n46392,email,20\n",
        of("2027-01-04 email.sent 10; 2027-01-05 email.sent 20"),
    ),
    "serial dates with a time": File(
        "date,channel,sent\n46391.375,email,10\n46392.5,email,20\n",
        of("2027-01-04 email.sent 10; 2027-01-05 email.sent 20"),
    ),
    "ISO weeks": File("KW;Kanal;Anrufe\nKW 2/2027;Telefon;70\n", of("2027-01-11/2027-01-17 phone.dials 70")),
    "weeks by their Monday": File(
        "Week,Channel,Dials\n2027-03-22,phone,70\n2027-03-29,phone,80\n",
        of("2027-03-22/2027-03-28 phone.dials 70; 2027-03-29/2027-04-04 phone.dials 80"),
    ),
    "weeks by their Sunday": File(
        "Week ending,Channel,Dials\n2027-03-28,phone,70\n2027-04-04,phone,80\n",
        of("2027-03-22/2027-03-28 phone.dials 70; 2027-03-29/2027-04-04 phone.dials 80"),
    ),
    "months by their first day": File(
        "Month,Channel,Sent\n2027-01-01,email,1000\n2027-02-01,email,900\n",
        of("2027-01 email.sent 1000; 2027-02 email.sent 900"),
    ),
    "a range of days, in German": File(
        "Start;Ende;Kanal;Gesendet\n01.01.2027;31.01.2027;E-Mail;1.000\n", of("2027-01 email.sent 1000"),
    ),
    "day and month both ways": File("date,channel,sent\n8/6/2027,email,5\n9/6/2027,email,7\n"),
    "American dates": File(
        "Date,Channel,Dials\n1/4/2027,phone,5\n1/15/2027,phone,7\n",
        of("2027-01-04 phone.dials 5; 2027-01-15 phone.dials 7"),
    ),
    "zeros of months to come": File(
        "month,channel,sent,replied\n2027-01,email,900,9\n2027-02,email,0,0\n2027-03,email,0,0\n",
        of("2027-01 email.sent 900; 2027-01 email.replied 9"),
    ),
    "zeros of months to come across": File(
        "channel,metric,Jan 2027,Feb 2027,Mar 2027\nemail,sent,900,0,0\nemail,replied,9,0,0\n",
        of("2027-01 email.sent 900; 2027-01 email.replied 9"),
    ),
    "technical timestamps": File("channel,sent,updated_at,_synced\nemail,500,2027-05-01,2027-05-02\n"),
    "Tags are no days": File("Tags,Kanal,Gesendet,Datum\nVIP,email,500,2027-05-01\n", of("2027-05-01 email.sent 500")),
    "undated": File("channel,sent\nemail,5\n", of("2027-03 email.sent 5"), answers=Answers(month="2027-03")),
    "a Norwegian file": File(
        "Dato;Kanal;Sendt;Svar;Kostnad\n04.01.2027;E-post;1 000;12;99,50\n05.01.2027;Telefon;;;10,00\n",
        of("2027-01-04 email.sent 1000; 2027-01-04 email.replied 12; 2027-01-04 email.cost 99.5;"
            "2027-01-05 phone.cost 10"),
    ),
    # -- numbers ------------------------------------------------------------------------------------------------------------
    "ids and phone numbers": File("Date,Status,To Number\n2027-03-02,Answered,15550000001\n"),
    "an order number": File("month,channel,Order Number\n2027-01,email,7\n"),
    "a template's id": File(
        "month,channel,sent,template_id\n2027-01,email,70,4711\n", of("2027-01 email.sent 70"),
    ),
    "money as a count": File("month,channel,Pipeline ($)\n2027-01,email,45000.00\n"),
    "a percent column": File(
        "month,channel,sent,reply rate,open %\n2027-01,email,100,5,33\n", of("2027-01 email.sent 100"),
    ),
    "fractions": File("month,channel,conversions\n2027-01,landing,0.031\n2027-02,landing,0.028\n"),
    "a target": File("month,channel,Dials (target),Dials\n2027-01,phone,900,850\n", of("2027-01 phone.dials 850")),
    "a budget": File(
        "month,channel,impressions,Cost (budget)\n2027-01,ads,900,50\n", of("2027-01 ads.impressions 900"),
        mapping=ColumnMapping((("Cost (budget)", "ignored"),)),
    ),
    "running totals by their name": File("month,channel,Sent (cumulative)\n2027-01,email,900\n2027-02,email,1900\n"),
    "running totals by their figures": File(
        "date,channel,sent,replied\n2027-01-04,email,1000,3\n2027-01-05,email,1040,5\n2027-01-06,email,1080,6\n"
        "2027-01-07,email,1105,6\n2027-01-08,email,1160,9\n",
    ),
    "minutes for seconds": File("month,channel,Talk time (min)\n2027-01,phone,95\n"),
    "three decimals": File(
        "month,channel,impressions,cost\n2027-01,ads,1000,412.000\n2027-02,ads,1100,99.990\n",
        of("2027-01 ads.impressions 1000; 2027-02 ads.impressions 1100; 2027-01 ads.cost 412; 2027-02 ads.cost 99.99"),
        mapping=ColumnMapping(decimal="."),
    ),
    "two decimal signs in two columns": File(
        "month;channel;sent;cost\n2027-01;email;1.742;1250.50\n2027-02;email;1.800;1100.25\n",
        of("2027-01 email.sent 1742; 2027-02 email.sent 1800; 2027-01 email.cost 1250.5; 2027-02 email.cost 1100.25"),
    ),
    "two currencies in one column": File(
        "month,channel,impressions,cost\n2027-01,ads,1000,€12.50\n2027-02,ads,1100,$99.90\n",
    ),
    "a column that names two currencies": File(
        "month,channel,impressions,cost,currency\n2027-01,ads,1000,12.50,EUR\n2027-01,ads,1100,99.90,USD\n",
    ),
    "Swiss and narrow spaces": File(
        "month;channel;sent;cost\n2027-01;email;1'742;CHF 12.50\n2027-02;sms;1\u202f800;CHF 8.00\n",
        of("2027-01 email.sent 1742; 2027-02 sms.sent 1800; 2027-01 email.cost 12.5; 2027-02 sms.cost 8"),
    ),
    "counts with their share in brackets": File(
        'month,channel,sent,opened\n2027-01,email,"1,742","141 (8.1%)"\n',
        of("2027-01 email.sent 1742; 2027-01 email.opened 141"),
    ),
    "two columns of one stage": File("month,channel,deals,customers\n2027-01,email,10,2\n"),
    "unique beside total": File(
        "month,channel,Total opens,Unique opens\n2027-01,email,900,400\n", of("2027-01 email.opened 400"),
    ),
    # -- channels -----------------------------------------------------------------------------------------------------------
    "channel words of one's own": File(
        "month,channel,touches\n2027-01,Kaltakquise,900\n2027-01,email,50\n",
        of("2027-01 phone.dials 900; 2027-01 email.sent 50"), answers=Answers(values=(("Kaltakquise", "phone"),)),
    ),
    "cold e-mail": File(
        "month,channel,sent\n2027-01,Cold e-mail,900\n2027-01,sms,5\n", of("2027-01 email.sent 900; 2027-01 sms.sent 5"),
        answers=Answers(values=(("Cold e-mail", "email"),)),
    ),
    "a header that names another channel than the row": File(
        "month,channel,touches,ad_spend\n2027-01,phone,300,100\n", of("2027-01 phone.dials 300"),
        mapping=ColumnMapping((("ad_spend", "ignored"),)),
    ),
    "calls booked in a LinkedIn report": File(
        "date,connections_sent,connections_accepted,replies,calls_booked\n2027-01-04,100,30,8,2\n",
        of("2027-01-04 linkedin.invites 100; 2027-01-04 linkedin.accepted 30; 2027-01-04 linkedin.replied 8;"
            "2027-01-04 linkedin.appointment 2"),
    ),
    "money without a channel": File(
        "date,email.sent,phone.dials,cost\n2027-01-04,5,6,70\n",
        of("2027-01-04 email.sent 5; 2027-01-04 phone.dials 6; 2027-01-04 email.cost 70"),
        mapping=ColumnMapping((("cost", "email.cost"),)),
    ),
    "inbound is a direction": File(
        "date,direction,calls\n2027-01-04,outbound,30\n2027-01-04,inbound,7\n", of("2027-01-04 phone.dials 30"),
    ),
    "an unknown platform": File("date,platform,clicks,impressions\n2027-01-04,Zorp,5,900\n"),
    "ad clicks in two sources": File(
        "Date,Datasource,Campaign,Clicks,Impressions\n04.01.2027,Google Ads,C,50,9000\n04.01.2027,Analytics,C,48,0\n",
    ),
    # -- reports of one thing ---------------------------------------------------------------------------------------------
    "one campaign of Mailchimp": File(
        'Email Campaign Report\nTitle:,"Spring"\nSubject Line:,"Hello, you"\nDelivery Date/Time:,'
        '"Mon, Apr 26, 2027 12:25 pm"\n\nOverall Stats\nTotal Recipients:,"1,742"\nSuccessful Deliveries:,"1,700"\n'
        'Bounces:,"42 (2.4%)"\nTimes Forwarded:,0\nForwarded Opens:,0\nRecipients Who Opened:,"624 (36.7%)"\n'
        'Total Opens:,"1,204"\nLast Open Date:,"5/3/27 10:01AM"\nRecipients Who Clicked:,"141 (8.3%)"\n'
        'Total Clicks:,580\nLast Click Date:,"5/3/27 10:02AM"\nTotal Unsubs:,"4 (0.2%)"\nTotal Abuse Complaints:,"1 (0.1%)"\n'
        'Times Liked on Facebook:,0\n\nClicks by URL\nURL,Total Clicks,Unique Clicks\nhttps://x.example,580,141\n',
        of("2027-04-26 email.sent 1742; 2027-04-26 email.delivered 1700; 2027-04-26 email.opened 624;"
            "2027-04-26 email.clicked 141; 2027-04-26 email.unsubscribed 4; 2027-04-26 email.spam_complaint 1;"
            "2027-04-26 email.bounces 42"),
    ),
    "one campaign of MailerLite": File(
        "Subject:;Hello\nSent;2027-02-03 10:00:00\nTotal emails sent:;500\nOpened:;120 (24.5%)\nClicked:;12 (2.4%)\n"
        "Unsubscribed:;3 (0.6%)\nSpam complaints:;0\nHard bounce:;6\nSoft bounce:;4\n",
        of("2027-02-03 email.sent 500; 2027-02-03 email.opened 120; 2027-02-03 email.clicked 12;"
            "2027-02-03 email.unsubscribed 3; 2027-02-03 email.spam_complaint 0; 2027-02-03 email.hard_bounce 6;"
            "2027-02-03 email.soft_bounce 4"),
    ),
    "a report of a newsletter in no table": File(
        "Campaign name:,Spring\nSend date:,2027-02-03\nE-mails sent:,500\nDelivered:,490\nUnique opens:,120\n"
        "Open rate:,24.5%\nReplies:,9\n",
        of("2027-02-03 email.sent 500; 2027-02-03 email.delivered 490; 2027-02-03 email.opened 120;"
            "2027-02-03 email.replied 9"),
    ),
    # -- event rows -------------------------------------------------------------------------------------------------------
    "deals of HubSpot": File(
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Deal owner\n"
        "1,A,Closed Won,Sales,12000,2027-03-20,2027-01-05,x\n2,B,Closed Lost,Sales,9000,2027-03-21,2027-01-06,x\n"
        "3,C,Proposal,Sales,7000,2027-06-30,2027-02-01,x\n4,D,Closed Won,Sales,8000,2027-03-25,2027-02-02,y\n",
        of("2027-03-20 sales.won 1; 2027-03-25 sales.won 1; 2027-03-20 sales.revenue 12000;"
            "2027-03-25 sales.revenue 8000; 2027-03-21 sales.lost 1"),
    ),
    "a report of Salesforce": File(
        "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Close Date,Created Date,Fiscal Period,Type\n"
        "x,Acme,A,Closed Won,12000,3/20/2027,1/5/2027,Q1-2027,New\nx,Beta,B,Closed Lost,9000,3/21/2027,1/6/2027,Q1-2027,New\n"
        "x,Gama,C,Negotiation,9000,4/21/2027,1/6/2027,Q2-2027,New\n",
        of("2027-03-20 sales.won 1; 2027-03-20 sales.revenue 12000; 2027-03-21 sales.lost 1"),
    ),
    "deals of Pipedrive": File(
        "Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Status,Deal - Won time,Deal - Lost time\n"
        "A,1200,EUR,Contract,Won,2027-03-20 10:00:00,\nB,900,EUR,Contract,Lost,,2027-03-21 11:00:00\n"
        "C,700,EUR,Demo,Open,,\n",
        of("2027-03-20 sales.won 1; 2027-03-20 sales.revenue 1200; 2027-03-21 sales.lost 1"),
    ),
    "deals in no table": File(
        "Deal,Stage,Amount,Close Date,Created\nA,Closed Won,12000.00,2027-03-20,2027-01-05\n"
        "B,Closed Lost,9000.00,2027-03-21,2027-01-06\nC,Negotiation,5000.00,2027-05-01,2027-01-06\n",
        of("2027-03-20 sales.won 1; 2027-03-20 sales.revenue 12000; 2027-03-21 sales.lost 1"),
    ),
    "a deal won, reopened and won again": File(
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date\n"
        "1,A,Closed Won,Sales,12000,2027-02-20,2027-01-05\n1,A,Closed Won,Sales,13000,2027-03-20,2027-01-05\n",
        of("2027-03-20 sales.won 1; 2027-03-20 sales.revenue 13000"),
    ),
    "opportunities of a warehouse": File(
        "id,name,stage_name,amount,close_date,created_date,is_deleted,is_won,is_closed,_fivetran_synced\n"
        "006a,A,Closed Won,12000,2027-03-20,2027-01-05,false,true,true,2027-06-01\n"
        "006b,B,Closed Won,5000,2027-03-22,2027-01-05,true,true,true,2027-06-01\n"
        "006c,C,Negotiation,7000,2027-09-20,2027-01-05,false,false,false,2027-06-01\n",
        of("2027-03-20 sales.won 1; 2027-03-20 sales.revenue 12000"),
    ),
    "deals of a warehouse": File(
        "deal_id,deal_pipeline_stage_id,property_dealname,property_amount,property_closedate,property_createdate,"
        "is_deleted,_fivetran_synced\n"
        "1,closedwon,A,12000,2027-03-20,2027-01-05,false,2027-06-01\n"
        "2,closedlost,B,9000,2027-03-21,2027-01-06,false,2027-06-01\n"
        "3,closedwon,C,9000,2027-03-21,2027-01-06,true,2027-06-01\n",
        of("2027-03-20 sales.won 1; 2027-03-20 sales.revenue 12000; 2027-03-21 sales.lost 1"),
    ),
    "calls of Aircall": File(
        "line,datetime (UTC),direction,from,to,answered,missed_call_reason,user,duration (total),duration (in call)\n"
        "Main,2027-01-04 09:00:00,outbound,1,2,Yes,,x,80,66\nMain,2027-01-04 09:05:00,outbound,1,2,Yes,,x,20,8\n"
        "Main,2027-01-04 09:06:00,outbound,1,2,No,,x,20,0\nMain,2027-01-04 09:07:00,inbound,1,2,Yes,,x,200,190\n",
        of("2027-01-04 phone.dials 3; 2027-01-04 phone.connected 1; 2027-01-04 phone.talk_seconds 66"),
    ),
    "calls of Kixie": File(
        "Date,Time,Agent First Name,Agent Email,Type,Status,Duration,Disposition,Source,To Number\n"
        "1/14/2027,9:00,x,x@x.example,Outgoing,Answered,02:10,Meeting booked,x,15550000001\n"
        "1/14/2027,9:05,x,x@x.example,Outgoing,Answered,00:08,Voicemail,x,15550000002\n"
        "1/14/2027,9:09,x,x@x.example,Incoming,Answered,01:00,,x,15550000003\n",
        of("2027-01-14 phone.dials 2; 2027-01-14 phone.connected 1; 2027-01-14 phone.appointment 1;"
            "2027-01-14 phone.talk_seconds 130"),
    ),
    "calls of Cloud Dial": File(
        "SystemContactId,LogDate,LogTime,LogType,AgentName,DialledFromNumber,DialledToNumber,Result,ResultNotes,"
        "WrapUpReasonName\n1,2027-01-04,09:00,Outbound,x,1,15550000001,Connected,,Appointment\n"
        "2,2027-01-04,09:04,Outbound,x,1,15550000002,No Answer,,\n3,2027-01-04,09:09,Outbound,x,1,15550000003,Connected,,Callback\n",
        of("2027-01-04 phone.dials 3; 2027-01-04 phone.connected 2; 2027-01-04 phone.appointment 1;"
            "2027-01-04 phone.no_answer 1; 2027-01-04 phone.recontact 1"),
    ),
    "messages of Twilio": File(
        "From,To,Body,Status,SentDate,ApiVersion,NumSegments,ErrorCode,AccountSid,Sid,Direction,Price,PriceUnit\n"
        "1,2,Hi,delivered,2027-01-04T09:00:00Z,x,1,,AC1,SM1,outbound-api,-0.0075,EUR\n"
        "1,3,Hi,undelivered,2027-01-04T09:00:00Z,x,1,,AC1,SM2,outbound-api,-0.0075,EUR\n"
        "2,1,Yes,received,2027-01-05T09:00:00Z,x,1,,AC1,SM3,inbound,-0.0075,EUR\n",
        of("2027-01-04 sms.sent 2; 2027-01-04 sms.delivered 1; 2027-01-05 sms.replied 1; 2027-01-04 sms.cost 0.015;"
            "2027-01-05 sms.cost 0.0075"),
    ),
    "statistics of Smartlead": File(
        "lead_name,lead_email,lead_category,sequence_number,sent_time,open_time,reply_time,is_unsubscribed,is_bounced\n"
        "A,a@x.example,Interested,1,2027-01-04 09:00:00,2027-01-05 10:00:00,,false,false\n"
        "A,a@x.example,Interested,2,2027-01-08 09:00:00,2027-01-08 10:00:00,2027-01-09 08:00:00,false,false\n"
        "B,b@x.example,,1,2027-01-04 09:00:00,,,false,true\n",
        of("2027-01-04 email.sent 2; 2027-01-08 email.sent 1; 2027-01-05 email.opened 1; 2027-01-09 email.replied 1;"
            "2027-01-09 email.positive 1; 2027-01-04 email.bounces 1; 2027-01-04 email.contacts_touched 2"),
    ),
    "leads of lemlist": File(
        "email,firstName,status,lastContactedDate,campaign\na@x.example,A,contacted,2027-01-04,C\n"
        "b@x.example,B,warmed,2027-01-05,C\nc@x.example,C,interested,2027-01-05,C\n",
        of("2027-01-04 email.contacts_touched 1; 2027-01-05 email.contacts_touched 2; 2027-01-05 email.replied 2;"
            "2027-01-05 email.positive 1"),
    ),
    "contacts of Apollo": File(
        "First Name,Last Name,Company,Email,Stage,Lists,Last Contacted,Account Owner,Email Sent,Email Open,"
        "Email Bounced,Replied,Demoed\nA,A,X,a@x.example,Cold,L,2027-01-04,o,true,true,false,true,false\n"
        "B,B,X,b@x.example,Cold,L,2027-01-04,o,true,false,false,false,false\n"
        "C,C,X,c@x.example,Cold,L,2027-01-06,o,true,true,false,true,true\n",
        of("2027-01-04 email.sent 2; 2027-01-06 email.sent 1; 2027-01-04 email.opened 1; 2027-01-06 email.opened 1;"
            "2027-01-04 email.replied 1; 2027-01-06 email.replied 1; 2027-01-06 email.appointment 1"),
    ),
    "activities of Salesloft": File(
        "Company / Account,Date,SalesLoft Type,Assigned,Subject,Contact,Account ID\n"
        "X,2027-01-04,Email,o,Hello,A,1\nX,2027-01-04,Call,o,Call,A,1\nX,2027-01-05,Meeting,o,Demo,A,1\n"
        "Y,2027-01-04,Email,o,Hello,B,2\n",
        of("2027-01-04 email.sent 2; 2027-01-04 phone.dials 1; 2027-01-05 sales.appointment 1"),
    ),
    "invitations of LinkedIn": File(
        'From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\nMe,A,"1/29/27, 2:37 PM",,OUTGOING,m,a\n'
        'Me,B,"1/30/27, 2:37 PM",,OUTGOING,m,b\nC,Me,"1/30/27, 9:37 AM",,INCOMING,c,m\n',
        of("2027-01-29 linkedin.invites 1; 2027-01-30 linkedin.invites 1"),
    ),
    "connections of LinkedIn": File(
        'Notes:\n"When exporting your connection data, some are missing."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nA,A,a,,X,y,08 Feb 2027\n"
        "B,B,b,,X,y,09 Feb 2027\n",
        None,
    ),
    "people without a stage": File(
        "First name,Last name,Occupation,Company,LinkedIn profile URL\nA,A,CEO,X,https://a.example\n",
    ),
    "events in no table": File(
        "Date,Channel,Lead,Status\n2027-01-04,email,a@x.example,Sent\n2027-01-04,email,b@x.example,Sent\n"
        "2027-01-06,email,a@x.example,Replied\n2027-01-07,email,c@x.example,Replied\n",
        None,
    ),
    # -- totals of tools --------------------------------------------------------------------------------------------------
    "Woodpecker by campaign": File(
        "client,campaign_owner,campaign_id,campaign,campaign_status,step,version,sent,bounced,bounce_rate,opened,"
        "opened_rate,clicked,opt_out,opt_out_rate,delivered,responded,responded_rate,interested_yes,interested_maybe,"
        "interested_no\nACME,o,1,C,RUNNING,1,A,427,6,1.4,80,19.0,3,1,0.2,421,9,2.1,4,1,2\n",
        of("2027-01 email.sent 427; 2027-01 email.opened 80; 2027-01 email.clicked 3; 2027-01 email.unsubscribed 1;"
            "2027-01 email.delivered 421; 2027-01 email.replied 9; 2027-01 email.positive 4; 2027-01 email.neutral 1;"
            "2027-01 email.negative 2; 2027-01 email.bounces 6"),
        answers=Answers(month="2027-01"),
    ),
    "Instantly by campaign": File(
        "campaign_name,leads_count,contacted_count,new_leads_contacted_count,emails_sent_count,open_count,reply_count,"
        "link_click_count,bounced_count,unsubscribed_count,completed_count,total_opportunities,total_opportunity_value\n"
        "C,500,400,380,900,300,12,9,6,2,300,3,9000\n",
        of("2027-01 email.sent 900; 2027-01 email.contacts_touched 380; 2027-01 email.bounces 6;"
            "2027-01 email.unsubscribed 2; 2027-01 email.replied 12"),
        answers=Answers(month="2027-01"),
    ),
    "Google Ads with a preamble": File(
        "Campaign report\n1 January 2027 - 31 January 2027\nCampaign status,Campaign,Campaign ID,Day,Currency code,Cost,"
        "Impr.,Clicks\nEnabled,C,123456789,2027-01-04,EUR,12.50,\"1,000\",8\nEnabled,D,123456780,2027-01-04,EUR,--,500,0\n"
        "Total: Campaigns,,,,EUR,12.50,\"1,500\",8\nTotal: Account,,,,EUR,12.50,\"1,500\",8\n",
        of("2027-01-04 ads.impressions 1500; 2027-01-04 ads.clicked 8; 2027-01-04 ads.cost 12.5"),
    ),
    "Google Ads in German, costs per conversion beside costs": File(
        "Kampagne;Tag;Impressionen;Klicks;Kosten/Conv.;Kosten;Conversions\nC;04.01.2027;1.000;8;6,25;12,50;2,00\n",
        of("2027-01-04 ads.impressions 1000; 2027-01-04 ads.clicked 8; 2027-01-04 ads.cost 12.5"),
    ),
    "Meta Ads without days": File(
        "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions,Reach,Link clicks,Results,"
        "Result indicator\n2027-01-01,2027-02-28,C,59.00,5900,900,59,7,actions:link_click\n",
        of("2027-01-01/2027-02-28 ads.impressions 5900; 2027-01-01/2027-02-28 ads.clicked 59;"
            "2027-01-01/2027-02-28 ads.cost 59"),
    ),
    "LinkedIn Campaign Manager": File(
        "Campaign Performance Report (in UTC)\nReport Start: January 1, 2027\n\n"
        "Start Date (in UTC),Account Name,Currency,Campaign Group Name,Campaign Name,Campaign ID,Total Spent,Impressions,"
        "Clicks,Clicks to Landing Page,Conversions,Total Conversion Value\n"
        "1/14/2027,ACME,EUR,G,C,1234567,12.50,1000,20,8,1,0\nTotal,,,,,,12.50,1000,20,8,1,0\n",
        of("2027-01-14 ads.impressions 1000; 2027-01-14 ads.clicked 8; 2027-01-14 ads.cost 12.5"),
    ),
    "X Ads in Spanish": File(
        "Fecha;Nombre de la campaña;Importe gastado;Impresiones;Clics en el enlace;Conversiones\n"
        '14/01/2027;C;"12,50 €";"3.000";8;1\n',
        of("2027-01-14 ads.impressions 3000; 2027-01-14 ads.clicked 8; 2027-01-14 ads.cost 12.5"),
    ),
    "Microsoft Ads of a warehouse": File(
        "date,account_id,campaign_id,currency_code,device_type,impressions,clicks,spend,conversions,_fivetran_synced\n"
        "2027-01-04,1,2,EUR,pc,900,7,5.5,1,2027-06-01\n2027-01-04,1,2,EUR,phone,100,1,0.5,0,2027-06-01\n",
        of("2027-01-04 ads.impressions 1000; 2027-01-04 ads.clicked 8; 2027-01-04 ads.cost 6"),
    ),
    "LinkedIn Ads of a warehouse": File(
        "campaign_id,day,clicks,landing_page_clicks,impressions,cost_in_local_currency,cost_in_usd,_fivetran_synced\n"
        "1,2027-01-04,20,8,1000,12.5,13.6,2027-06-01\n",
        of("2027-01-04 ads.impressions 1000; 2027-01-04 ads.clicked 8; 2027-01-04 ads.cost 12.5"),
    ),
    "accounts reached by campaign and month": File(
        "Month,Channel,Campaign,Impressions,Reach\n2027-01,ads,A,1000,300\n2027-01,ads,B,2000,500\n",
        of("2027-01 ads.impressions 3000"),
    ),
    # -- and more of each kind ----------------------------------------------------------------------------------------------
    "a target beside what happened": File(
        "month,channel,metric,actual,target\n2027-01,email,sent,100,120\n2027-01,email,replied,5,6\n",
        of("2027-01 email.sent 100; 2027-01 email.replied 5"),
    ),
    "planned rows among the actual ones": File(
        "month,channel,type,sent\n2027-01,email,plan,100\n2027-01,email,actual,90\n", of("2027-01 email.sent 90"),
    ),
    "bills below zero": File(
        "date,channel,sent,cost\n2027-01-04,sms,10,-0.75\n2027-01-05,sms,12,-0.90\n",
        of("2027-01-04 sms.sent 10; 2027-01-05 sms.sent 12; 2027-01-04 sms.cost 0.75; 2027-01-05 sms.cost 0.9"),
    ),
    "a pipeline is money": File(
        "month,channel,meetings,pipeline\n2027-01,email,5,45000\n", of("2027-01 email.appointment 5"),
    ),
    "days without a year": File("date,channel,sent\nJan 27,email,5\nJan 28,email,6\n"),
    "months of no year with their answer": File(
        "Channel,Metric,Jan,Feb,2027 Total\nemail,Sent,10,20,30\nphone,Calls,1,2,3\n",
        of("2027-01 email.sent 10; 2027-02 email.sent 20; 2027-01 phone.dials 1; 2027-02 phone.dials 2"),
        answers=Answers(year="2027"),
    ),
    "months across of one figure": File(
        "Channel,Jan 2027,Feb 2027\nE-mail,4,9\nPhone,5,6\n",
        of("2027-01 email.appointment 4; 2027-02 email.appointment 9; 2027-01 phone.appointment 5; 2027-02 phone.appointment 6"),
        mapping=ColumnMapping((("Figures of the months", "appointment"),)),
    ),
    "the same month twice across": File("Channel,Metric,Jan-27,Feb-27,Jan-27\nemail,Sent,1,2,3\n"),
    "running totals of months": File("month,email sent\n2027-01,1000\n2027-02,1040\n2027-03,1080\n"),
    "a running total with its answer": File(
        "date,channel,sent\n2027-01-04,email,1000\n2027-01-05,email,1040\n2027-01-06,email,1075\n",
        of("2027-01-05 email.sent 40; 2027-01-06 email.sent 35"), answers=Answers(rows="running totals"),
    ),
    "calls of a dialer in no table": File(
        "Call ID,Date,Direction,Duration (s),Outcome\n1,2027-01-04,Outbound,45,Connected\n2,2027-01-04,Outbound,3,No answer\n"
        "3,2027-01-04,Inbound,90,Connected\n",
        of("2027-01-04 phone.dials 2; 2027-01-04 phone.connected 1; 2027-01-04 phone.talk_seconds 45"),
    ),
    "deals in Danish order, open ones without a date": File(
        "Deal;Status;Value;Closed\nA;Won;100;05.01.2027\nB;Lost;500;06.01.2027\nC;Open;900;\n",
        of("2027-01-05 sales.won 1; 2027-01-05 sales.revenue 100; 2027-01-06 sales.lost 1"),
    ),
    "a deal won and then lost": File(
        "Opportunity ID,Opportunity Name,Stage,Close Date,Amount\n1,A,Closed Won,2027-01-05,10\n1,A,Closed Lost,2027-02-05,10\n",
        of("2027-02-05 sales.lost 1"),
    ),
    "a deal by the channel of its row": File(
        "Deal,Channel,Stage,Amount,Close Date\nA,E-mail,Closed Won,12000.00,2027-03-20\nB,Phone,Closed Won,9000.00,2027-03-21\n",
        of("2027-03-20 email.won 1; 2027-03-21 phone.won 1; 2027-03-20 email.revenue 12000; 2027-03-21 phone.revenue 9000"),
    ),
    "messages as events, with their answer": File(
        "timestamp,channel,recipient,event\n2027-01-04T10:00:00Z,email,a@x.example,sent\n2027-01-05T10:01:00Z,email,a@x.example,opened\n"
        "2027-01-05T10:05:00Z,email,a@x.example,opened\n2027-01-06T10:05:00Z,email,a@x.example,replied\n",
        of("2027-01-04 email.sent 1; 2027-01-05 email.opened 1; 2027-01-06 email.replied 1"),
        answers=Answers(rows="events"),
    ),
    "persons with their last status, with their answer": File(
        "Date,Channel,Lead,Status\n2027-01-04,email,a@x.example,Sent\n2027-01-05,email,b@x.example,Replied\n"
        "2027-01-06,email,c@x.example,Positive\n2027-01-07,email,d@x.example,Nirvana\n",
        of("2027-01-04 email.sent 1; 2027-01-05 email.sent 1; 2027-01-06 email.sent 1; 2027-01-05 email.replied 1;"
            "2027-01-06 email.replied 1; 2027-01-06 email.positive 1"),
        answers=Answers(rows="persons", values=(("Nirvana", "ignored"),)),
    ),
    "phone numbers beside a status": File("Date,Status,To Number\n2027-03-02,Answered,15550000001\n2027-03-03,Missed,15550000002\n"),
    "a table with deleted rows": File(
        "id,day,clicks,impressions,_active\n1,2027-01-04,5,100,true\n2,2027-01-04,7,200,false\n",
        of("2027-01-04 ads.clicked 5; 2027-01-04 ads.impressions 100"),
    ),
    "Austrian months": File(
        "Monat;Kanal;Gesendet\nJänner 2027;E-Mail;5\nMärz 2027;E-Mail;6\n", of("2027-01 email.sent 5; 2027-03 email.sent 6"),
    ),
    "a total as the first row": File(
        "month,channel,sent\nTotal,,30\n2027-01,email,10\n2027-01,sms,20\n", of("2027-01 email.sent 10; 2027-01 sms.sent 20"),
    ),
    "an agent's day": File(
        "date,agent,calls,calls answered,appointments\n2027-01-04,A,50,9,1\n2027-01-04,B,40,7,0\n",
        of("2027-01-04 phone.dials 90; 2027-01-04 phone.connected 16; 2027-01-04 phone.appointment 1"),
    ),
    "a range in one column": File(
        "Period,Channel,Sent\n1 Jan 2027 - 7 Jan 2027,email,5\n", of("2027-01-01/2027-01-07 email.sent 5"),
    ),
    "a quarter": File("Quarter,Channel,Sent\n2027-Q1,email,300\n"),
    "two blocks in one sheet": File(
        "E-mail\nMonth,Sent,Replied\n2027-01,10,1\n2027-02,20,2\n\nPhone\nMonth,Dials,Connected\n2027-01,5,1\n2027-02,6,2\n",
    ),
    "a percentage in brackets beside a count": File(
        "month,channel,sent,replied (% of sent)\n2027-01,email,100,5\n", of("2027-01 email.sent 100"),
    ),
}  # fmt: skip
