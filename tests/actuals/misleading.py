"""Small files written to mislead: other languages and tools, ids, targets, running totals, subtotals, repeated rows.

Each with the figures it holds, or None where only a question or a refusal is right. Every one is made up.
"""

from __future__ import annotations

__all__ = ["MISLEADING"]


def _right(*figures: str) -> dict[str, float]:
    """Figures written as “period channel.name value”."""
    return {name: float(value) for name, _, value in (figure.rpartition(" ") for figure in figures)}


MISLEADING: dict[str, tuple[str, dict[str, float] | None]] = {
    "dutch calls": (
        "Datum;Kanaal;Gebeld;Afspraken\n4-1-2027;Telefoon;120;3\n15-1-2027;Telefoon;130;2\n",
        _right(
            "2027-01-04 phone.dials 120",
            "2027-01-04 phone.appointment 3",
            "2027-01-15 phone.dials 130",
            "2027-01-15 phone.appointment 2",
        ),
    ),
    "polish months": (
        "Miesiąc;Kanał;Wysłane;Odpowiedzi\nsty 2027;E-mail;1 200;14\nlut 2027;E-mail;1 100;11\n",
        _right(
            "2027-01 email.sent 1200",
            "2027-01 email.replied 14",
            "2027-02 email.sent 1100",
            "2027-02 email.replied 11",
        ),
    ),
    "portuguese": (
        "Mês;Canal;Enviados;Respostas;Custo\njan/27;E-mail;900;10;1.250,50\nfev/27;E-mail;800;9;1.100,00\n",
        _right(
            "2027-01 email.sent 900",
            "2027-01 email.replied 10",
            "2027-01 email.cost 1250.5",
            "2027-02 email.sent 800",
            "2027-02 email.replied 9",
            "2027-02 email.cost 1100",
        ),
    ),
    "italian": (
        "Mese;Canale;Inviate;Risposte\ngennaio 2027;E-mail;900;10\nfebbraio 2027;E-mail;800;9\n",
        _right(
            "2027-01 email.sent 900",
            "2027-01 email.replied 10",
            "2027-02 email.sent 800",
            "2027-02 email.replied 9",
        ),
    ),
    "swedish weeks": (
        "Vecka;Kanal;Skickade;Svar\n2027-v02;E-post;300;4\n2027-v03;E-post;310;5\n",
        _right(
            "2027-01-11/2027-01-17 email.sent 300",
            "2027-01-11/2027-01-17 email.replied 4",
            "2027-01-18/2027-01-24 email.sent 310",
            "2027-01-18/2027-01-24 email.replied 5",
        ),
    ),
    "french weeks over month end": (
        "Semaine du;Canal;Envoyés;Réponses\n25/01/2027;E-mail;700;7\n01/02/2027;E-mail;700;8\n",
        _right(
            "2027-01-25/2027-01-31 email.sent 700",
            "2027-01-25/2027-01-31 email.replied 7",
            "2027-02-01/2027-02-07 email.sent 700",
            "2027-02-01/2027-02-07 email.replied 8",
        ),
    ),
    "spanish pivot": (
        "Envíos por canal\nCanal,ene-27,feb-27,mar-27\nCorreo,1000,900,800\nTeléfono,300,310,320\n",
        None,
    ),
    "contact id column called contacts": (
        "Date,Channel,Contacts,Sent\n2027-01-04,email,900012345,12\n2027-01-05,email,900012346,14\n",
        None,
    ),
    "call sid numeric under calls": (
        "Date,Calls,Agent\n2027-01-04,480015550,Ann\n2027-01-05,480015551,Bob\n",
        None,
    ),
    "ticket numbers rising": (
        "Date,Channel,Meeting no\n2027-01-04,phone,10231\n2027-01-05,phone,10232\n2027-01-06,phone,10233\n",
        None,
    ),
    "postcodes": (
        "Date,Channel,Sent,PLZ\n2027-01-04,post,120,50667\n2027-01-05,post,130,80331\n",
        _right(
            "2027-01-04 post.sent 120",
            "2027-01-05 post.sent 130",
        ),
    ),
    "years in count": (
        "Month,Channel,Stage,Count\n2027-01,email,sent,2027\n2027-02,email,sent,2027\n",
        _right(
            "2027-01 email.sent 2027",
            "2027-02 email.sent 2027",
        ),
    ),
    "score column": (
        "Date,Channel,Sent,Lead score\n2027-01-04,email,120,77\n",
        _right(
            "2027-01-04 email.sent 120",
        ),
    ),
    "target rows": (
        "Month,Channel,Type,Sent\n"
        "2027-01,email,Target,1000\n"
        "2027-01,email,Actual,900\n"
        "2027-02,email,Target,1000\n"
        "2027-02,email,Actual,950\n",
        _right(
            "2027-01 email.sent 900",
            "2027-02 email.sent 950",
        ),
    ),
    "plan and ist columns": (
        "Monat;Kanal;Versendet Plan;Versendet Ist\n2027-01;E-Mail;1000;900\n",
        _right("2027-01 email.sent 900"),
    ),
    "vs target block": (
        "Month,Channel,Sent,Sent vs target\n2027-01,email,900,-100\n",
        _right(
            "2027-01 email.sent 900",
        ),
    ),
    "forecast months among actuals": (
        "Month,Channel,Scenario,Won\n2027-01,email,Actuals,3\n2027-02,email,Actuals,4\n2027-03,email,Forecast,5\n",
        _right(
            "2027-01 email.won 3",
            "2027-02 email.won 4",
        ),
    ),
    "budget vs actual cost": (
        "Month,Channel,Budget,Cost\n2027-01,email,5000,4200\n",
        _right(
            "2027-01 email.cost 4200",
        ),
    ),
    "running totals ytd rows": (
        "Month,Channel,Sent YTD\n2027-01,email,1000\n2027-02,email,2100\n2027-03,email,3300\n",
        None,
    ),
    "running by week unmarked": (
        "Week,Channel,Dials\n2027-W01,phone,100\n2027-W02,phone,210\n2027-W03,phone,330\n2027-W04,phone,470\n",
        None,
    ),
    "running two stages one grows": (
        "Date,Channel,Sent,Replied\n2027-01-31,email,1000,10\n2027-02-28,email,1900,22\n2027-03-31,email,2950,30\n",
        None,
    ),
    "week range text": (
        "Period,Channel,Sent\n25 Jan - 31 Jan 2027,email,70\n1 Feb - 7 Feb 2027,email,70\n",
        _right(
            "2027-01-25/2027-01-31 email.sent 70",
            "2027-02-01/2027-02-07 email.sent 70",
        ),
    ),
    "week commencing us": (
        "Week commencing,Channel,Dials\n01/25/2027,phone,70\n02/01/2027,phone,75\n02/22/2027,phone,60\n",
        _right(
            "2027-01-25/2027-01-31 phone.dials 70",
            "2027-02-01/2027-02-07 phone.dials 75",
            "2027-02-22/2027-02-28 phone.dials 60",
        ),
    ),
    "kw ohne jahr": (
        "KW;Kanal;Versendet\nKW 4;E-Mail;70\nKW 5;E-Mail;75\n",
        None,
    ),
    "week number and year": (
        "Year,Week,Channel,Sent\n2026,53,email,70\n2027,1,email,75\n",
        _right(
            "2026-12-28/2027-01-03 email.sent 70",
            "2027-01-04/2027-01-10 email.sent 75",
        ),
    ),
    "two currencies symbols": (
        "Month,Channel,Cost\n2027-01,email,€100\n2027-01,phone,$200\n",
        None,
    ),
    "currency column mixed": (
        "Month,Channel,Currency,Spend\n2027-01,ads,EUR,100\n2027-01,ads,USD,90\n",
        None,
    ),
    "foreign currency header": (
        "Month,Channel,Spend (USD)\n2027-01,ads,100\n2027-02,ads,110\n",
        None,
    ),
    "thousands of euros": (
        "Month,Channel,Cost (k€)\n2027-01,ads,1.2\n2027-02,ads,1.4\n",
        None,
    ),
    "cost in cents": (
        "Month,Channel,Cost (cents)\n2027-01,ads,120000\n2027-02,ads,140000\n",
        None,
    ),
    "heyreach two workspaces": (
        "workspace,date,profile_views,connections_sent,connections_accepted,total_message_replies\n"
        "North,2027-01-04,3,20,5,1\n"
        "South,2027-01-04,2,10,2,0\n",
        _right(
            "2027-01-04 linkedin.invites 30",
            "2027-01-04 linkedin.accepted 7",
            "2027-01-04 linkedin.replied 1",
        ),
    ),
    "accounts total row mid": (
        "Date,Account,Channel,Sent\n2027-01-04,A,email,10\n2027-01-04,B,email,20\n2027-01-04,A + B,email,30\n",
        None,
    ),
    "correction rows": (
        "Date,Channel,Stage,Count\n2027-01-04,email,sent,100\n2027-01-04,email,sent,-5\n",
        _right(
            "2027-01-04 email.sent 95",
        ),
    ),
    "version column": (
        "Date,Version,Channel,Sent\n2027-01-04,1,email,100\n2027-01-04,2,email,95\n",
        None,
    ),
    "duplicate export rows": (
        "Date,Channel,Campaign,Sent\n"
        "2027-01-04,email,A,100\n"
        "2027-01-04,email,A,100\n"
        "2027-01-05,email,A,90\n"
        "2027-01-05,email,A,90\n",
        None,
    ),
    "merged channel cells": (
        "Channel,Month,Sent\nE-mail,2027-01,100\n,2027-02,110\nPhone,2027-01,50\n,2027-02,60\n",
        _right(
            "2027-01 email.sent 100",
            "2027-01 phone.dials 50",
            "2027-02 email.sent 110",
            "2027-02 phone.dials 60",
        ),
    ),
    "merged months over two rows": (
        ",Jan 2027,,Feb 2027,\nChannel,Sent,Replied,Sent,Replied\nE-mail,100,2,110,3\n",
        _right(
            "2027-01 email.sent 100",
            "2027-01 email.replied 2",
            "2027-02 email.sent 110",
            "2027-02 email.replied 3",
        ),
    ),
    "lone pivot title": (
        "Sum of Sent,Column Labels,\nRow Labels,E-mail,LinkedIn\n2027-01,100,20\n2027-02,110,25\nGrand Total,210,45\n",
        _right(
            "2027-01 email.sent 100",
            "2027-01 linkedin.invites 20",
            "2027-02 email.sent 110",
            "2027-02 linkedin.invites 25",
        ),
    ),
    "quarter columns": (
        "Channel,Stage,Q1 2027,Q2 2027\nemail,sent,3000,3300\n",
        None,
    ),
    "quarter rows": (
        "Quarter,Channel,Sent\nQ1 2027,email,3000\n",
        None,
    ),
    "pipedrive czech": (
        "Obchod - Název,Obchod - Hodnota,Obchod - Stav,Obchod - Datum uzavření\n"
        "A,12000,Vyhráno,2027-01-20\n"
        "B,9000,Prohráno,2027-01-21\n",
        None,
    ),
    "open deals with planned close": (
        "Deal,Stage,Amount,Close Date\nA,Negotiation,10000,2027-05-01\nB,Proposal,20000,2027-06-01\n",
        None,
    ),
    "won and open deals": (
        "Deal,Stage,Amount,Close Date\nA,Closed Won,10000,2027-02-01\nB,Proposal,20000,2027-06-01\n",
        _right(
            "2027-02-01 sales.won 1",
            "2027-02-01 sales.lost 0",
            "2027-02-01 sales.revenue 10000",
        ),
    ),
    "calls inbound and outbound no duration": (
        "Date,Direction,Result\n"
        "2027-01-04,Outbound,Connected\n"
        "2027-01-04,Inbound,Connected\n"
        "2027-01-05,Outbound,No answer\n",
        None,
    ),
    "person list no dates": (
        "First name,Last name,Company,LinkedIn profile URL\nA,B,C,https://x.example/1\n",
        None,
    ),
    "meetings calendar export": (
        "Subject,Start Date,End Date,Organizer\nIntro call,2027-01-04,2027-01-04,Ann\nDemo,2027-01-05,2027-01-05,Ann\n",
        None,
    ),
    "percent column named replied": (
        "Month,Channel,Sent,Replied\n2027-01,email,1000,1.2%\n2027-02,email,900,1.1%\n",
        _right(
            "2027-01 email.sent 1000",
            "2027-02 email.sent 900",
        ),
    ),
    "replied as 0.012": (
        "Month,Channel,Sent,Replied\n2027-01,email,1000,0.012\n2027-02,email,900,0.011\n",
        None,
    ),
    "K suffix": (
        "Month,Channel,Impressions\n2027-01,ads,12.5K\n2027-02,ads,13.1K\n",
        _right("2027-01 ads.impressions 12500", "2027-02 ads.impressions 13100"),
    ),
    "avg per day": (
        "Month,Channel,Dials per day\n2027-01,phone,40\n",
        None,
    ),
    "both channels in one file by header language": (
        "Datum;E-Mails versendet;Anrufe;LinkedIn Anfragen;Termine\n04.01.2027;100;30;12;1\n",
        _right(
            "2027-01-04 email.sent 100",
            "2027-01-04 phone.dials 30",
            "2027-01-04 linkedin.invites 12",
            "2027-01-04 sales.appointment 1",
        ),
    ),
    "hours of calls": (
        "Month,Channel,Calls,Call hours\n2027-01,phone,500,42\n",
        _right(
            "2027-01 phone.dials 500",
        ),
    ),
    "unsubscribed negative": (
        "Month,Channel,Sent,Unsubscribed\n2027-01,email,1000,-4\n",
        None,
    ),
    "future zeros": (
        "Month,Channel,Sent\n2027-01,email,1000\n2027-02,email,900\n2027-03,email,0\n2027-04,email,0\n",
        _right(
            "2027-01 email.sent 1000",
            "2027-02 email.sent 900",
        ),
    ),
    "no data dash future": (
        "Month,Channel,Sent\n2027-01,email,1000\n2027-02,email,-\n",
        _right(
            "2027-01 email.sent 1000",
        ),
    ),
    "two header years": (
        "Channel,Stage,2027,,2026,\n,,Jan,Feb,Jan,Feb\nemail,sent,10,20,30,40\n",
        _right(
            "2027-01 email.sent 10",
            "2027-02 email.sent 20",
            "2026-01 email.sent 30",
            "2026-02 email.sent 40",
        ),
    ),
    "mailbox warmup rows": (
        "Date,Mailbox,Sent,Warmup sent\n2027-01-04,a@x.example,40,20\n",
        None,
    ),
    "sequence cumulative snapshot": (
        "Snapshot date,Sequence,Delivered,Replied\n2027-01-31,A,500,5\n2027-02-28,A,900,9\n",
        None,
    ),
    "unique and total opens": (
        "Date,Channel,Sent,Opens,Unique opens\n2027-01-04,email,100,60,31\n",
        _right(
            "2027-01-04 email.sent 100",
            "2027-01-04 email.opened 31",
        ),
    ),
    "booked vs held": (
        "Month,Channel,Meetings booked,Meetings held,Meetings cancelled\n2027-01,email,10,8,2\n",
        _right(
            "2027-01 email.appointment 10",
            "2027-01 email.held 8",
        ),
    ),
    "per rep rows": (
        "Rep,Month,Dials,Conversations,Meetings\nAnn,2027-01,400,40,4\nBob,2027-01,300,30,3\nTeam,2027-01,700,70,7\n",
        _right(
            "2027-01 phone.dials 700",
            "2027-01 phone.connected 70",
            "2027-01 phone.appointment 7",
        ),
    ),
    "average row below": (
        "Month,Channel,Sent\n2027-01,email,1000\n2027-02,email,900\nAverage,email,950\n",
        _right(
            "2027-01 email.sent 1000",
            "2027-02 email.sent 900",
        ),
    ),
    "mtd label": (
        "Month,Channel,Sent MTD\n2027-01,email,1000\n2027-02,email,400\n",
        None,
    ),
    "last year beside": (
        "Month,Channel,Sent,Sent last year\n2027-01,email,1000,800\n",
        _right(
            "2027-01 email.sent 1000",
        ),
    ),
    "prior period header": (
        "Month,Channel,Won,Won (PY)\n2027-01,email,3,2\n",
        _right(
            "2027-01 email.won 3",
        ),
    ),
    "delta header": (
        "Month,Channel,Sent,Δ Sent\n2027-01,email,1000,200\n",
        _right(
            "2027-01 email.sent 1000",
        ),
    ),
    "team named by rep company": (
        "Seller;Monat;Anrufe;Termine\n"
        "Anna;2027-01;400;4\n"
        "Bernd;2027-01;300;3\n"
        "Alle zusammen;2027-01;700;7\n"
        "Anna;2027-02;410;5\n"
        "Bernd;2027-02;310;2\n"
        "Alle zusammen;2027-02;720;7\n",
        _right(
            "2027-01 phone.dials 700",
            "2027-01 phone.appointment 7",
            "2027-02 phone.dials 720",
            "2027-02 phone.appointment 7",
        ),
    ),
    "campaign group subtotals": (
        "Month,Channel,Group,Campaign,Sent,Replied\n"
        "2027-01,email,DACH,A,100,2\n"
        "2027-01,email,DACH,B,200,3\n"
        "2027-01,email,DACH,All DACH,300,5\n"
        "2027-01,email,UK,C,50,1\n"
        "2027-01,email,UK,All UK,50,1\n",
        _right(
            "2027-01 email.replied 6",
            "2027-01 email.sent 350",
        ),
    ),
    "paste twice of a wide file": (
        "Month,Channel,Sent,Replied\n"
        "2027-01,email,100,2\n"
        "2027-02,email,110,3\n"
        "2027-01,email,100,2\n"
        "2027-02,email,110,3\n",
        None,
    ),
    "sum of days and month row": (
        "Date,Channel,Sent\n2027-01-04,email,100\n2027-01-05,email,120\nJan 2027,email,220\n",
        _right(
            "2027-01 email.sent 220",
            "2027-01-04 email.sent 100",
            "2027-01-05 email.sent 120",
        ),
    ),
    "q totals between months": (
        "Month,Channel,Sent\n2027-01,email,100\n2027-02,email,110\n2027-03,email,120\nQ1,email,330\n",
        None,
    ),
    "week and month tables in one": (
        "Period,Channel,Sent\nW01 2027,email,100\nW02 2027,email,120\n2027-01,email,480\n",
        _right(
            "2027-01 email.sent 480",
            "2027-01-04/2027-01-10 email.sent 100",
            "2027-01-11/2027-01-17 email.sent 120",
        ),
    ),
    "clicks in ads and landing sessions": (
        "Date,Source,Campaign,Clicks\n2027-01-04,Google Ads,A,40\n2027-01-04,Google Analytics,A,38\n",
        None,
    ),
    "norwegian dates dotted short": (
        "Dato;Kanal;Sendt;Svar\n4.1.27;E-post;100;2\n5.1.27;E-post;90;1\n",
        _right(
            "2027-01-04 email.sent 100",
            "2027-01-04 email.replied 2",
            "2027-01-05 email.sent 90",
            "2027-01-05 email.replied 1",
        ),
    ),
    "us date ambiguous": (
        "Date,Channel,Sent\n02/03/2027,email,100\n04/05/2027,email,90\n",
        None,
    ),
    "serial dates": (
        "Date,Channel,Sent\n46391,email,100\n46392,email,90\n",
        _right(
            "2027-01-04 email.sent 100",
            "2027-01-05 email.sent 90",
        ),
    ),
    "decimal three digits impressions": (
        "Month,Channel,Impressions\n2027-01,ads,412.000\n2027-02,ads,99.990\n",
        _right(
            "2027-01 ads.impressions 412000",
            "2027-02 ads.impressions 99990",
        ),
    ),
    "cost three decimals": (
        "Month,Channel,Cost\n2027-01,ads,412.500\n2027-02,ads,99.990\n",
        None,
    ),
    "swiss thousands": (
        "Month,Channel,Cost\n2027-01,ads,1'250.50\n2027-02,ads,980.00\n",
        _right(
            "2027-01 ads.cost 1250.5",
            "2027-02 ads.cost 980",
        ),
    ),
    "negative refunds in cost": (
        "Month,Channel,Cost\n2027-01,ads,1200\n2027-01,ads,-200\n",
        _right(
            "2027-01 ads.cost 1000",
        ),
    ),
    "reach summed over campaigns": (
        "Day,Channel,Campaign,Impressions,Reach\n2027-01-04,ads,A,1000,700\n2027-01-04,ads,B,900,650\n",
        _right(
            "2027-01-04 ads.impressions 1900",
        ),
    ),
    "lead status persons": (
        "Email,Status,Date\na@x.example,Replied,2027-01-04\nb@x.example,Sent,2027-01-04\n",
        None,
    ),
    "meta no day": (
        "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions,Link clicks\n"
        "2027-01-01,2027-01-31,A,100.00,1000,20\n",
        _right(
            "2027-01 ads.clicked 20",
            "2027-01 ads.cost 100",
            "2027-01 ads.impressions 1000",
        ),
    ),
    "meta usd": (
        "Reporting starts,Reporting ends,Campaign name,Amount spent (USD),Impressions,Link clicks\n"
        "2027-01-01,2027-01-31,A,100.00,1000,20\n",
        None,
    ),
    "aircall with answering": (
        "line,datetime (UTC),direction,answered,missed_call_reason,duration (in call)\n"
        "L,2027-01-04 10:00:00,outbound,Yes,,12\n"
        "L,2027-01-04 11:00:00,outbound,Yes,,95\n"
        "L,2027-01-04 12:00:00,inbound,Yes,,95\n",
        _right(
            "2027-01-04 phone.dials 2",
            "2027-01-04 phone.connected 1",
            "2027-01-04 phone.talk_seconds 95",
        ),
    ),
    "hubspot expected revenue": (
        "Deal Name,Deal Stage,Expected revenue,Close Date\nA,Closed Won,10000,2027-01-04\n",
        _right(
            "2027-01-04 sales.won 1",
        ),
    ),
    "mrr": (
        "Deal Name,Deal Stage,MRR,Close Date\nA,Closed Won,500,2027-01-04\n",
        _right(
            "2027-01-04 sales.won 1",
        ),
    ),
    "created beside close": (
        "Deal,Stage,Amount,Create Date,Close Date\nA,Closed Won,500,2026-11-02,2027-01-04\n",
        _right(
            "2027-01-04 sales.won 1",
            "2027-01-04 sales.lost 0",
            "2027-01-04 sales.revenue 500",
        ),
    ),
    "header repeated mid file": (
        "Month,Channel,Sent\n2027-01,email,100\nMonth,Channel,Sent\n2027-02,email,110\n",
        None,
    ),
    "second table below": (
        "Month,Channel,Sent\n2027-01,email,100\n\nMonth,Channel,Dials\n2027-01,phone,50\n",
        None,
    ),
    "notes row": (
        "Month,Channel,Sent\n2027-01,email,100\n* without holidays,,\n",
        None,
    ),
    "percent signs of target": (
        "Month,Channel,Sent,% of target\n2027-01,email,100,83%\n",
        _right(
            "2027-01 email.sent 100",
        ),
    ),
    "last-year rows": (
        "Year,Month,Channel,Sent\n2026,Jan,email,80\n2027,Jan,email,100\n",
        _right(
            "2026-01 email.sent 80",
            "2027-01 email.sent 100",
        ),
    ),
    "linkedin inmail separate": (
        "Date,Connection requests,Accepted,InMails sent,InMail replies\n2027-01-04,20,5,10,2\n",
        _right(
            "2027-01-04 linkedin.accepted 5",
            "2027-01-04 linkedin.invites 20",
        ),
    ),
    "sms segments": (
        "Date,Channel,Messages,Segments\n2027-01-04,sms,100,180\n",
        _right(
            "2027-01-04 sms.sent 100",
        ),
    ),
    "visits and visitors": (
        "Date,Visitors,Visits,Leads\n2027-01-04,80,120,3\n",
        _right(
            "2027-01-04 landing.leads 3",
            "2027-01-04 landing.visitors 80",
            "2027-01-04 landing.visits 120",
        ),
    ),
    "total first column in german": (
        "Monat;Gesamt;E-Mail;Telefon\n2027-01;150;100;50\n",
        None,
    ),
    "semicolon decimals mix": (
        "Monat;Kanal;Kosten\n2027-01;E-Mail;1.250,50\n2027-02;E-Mail;980,5\n",
        _right(
            "2027-01 email.cost 1250.5",
            "2027-02 email.cost 980.5",
        ),
    ),
    "as of in preamble": (
        "Report as of 15.02.2027\n\nMonat;Kanal;Versendet\n2027-01;E-Mail;100\n2027-02;E-Mail;50\n",
        _right(
            "2027-01 email.sent 100",
            "2027-02 email.sent 50",
        ),
    ),
    "mixed channel names": (
        "Month,Channel,Sent\n2027-01,Email outreach,100\n2027-01,Cold mail,40\n",
        None,
    ),
    "stage with of-rate count": (
        "Month,Channel,Metric,Value\n2027-01,email,Sent,100\n2027-01,email,Reply rate,0.02\n",
        None,
    ),
    "goal columns suffix": (
        "Month,Channel,Sent,Sent goal,Replied,Replied goal\n2027-01,email,100,120,2,3\n",
        _right(
            "2027-01 email.sent 100",
            "2027-01 email.replied 2",
        ),
    ),
    "actual suffix": (
        "Month,Channel,Sent actual,Sent plan\n2027-01,email,100,120\n",
        _right("2027-01 email.sent 100"),
    ),
    "french decimals spaces": (
        "Mois;Canal;Envoyés;Coût\n2027-01;E-mail;1 250;1 250,50 €\n",
        _right(
            "2027-01 email.sent 1250",
            "2027-01 email.cost 1250.5",
        ),
    ),
    "two mail channels": (
        "Month,Email,Direct mail,Phone\n2027-01,100,40,50\n",
        None,
    ),
    "bounces percent": (
        "Month,Channel,Sent,Bounced (%)\n2027-01,email,100,2\n",
        _right(
            "2027-01 email.sent 100",
        ),
    ),
    "appointments by sdr pivot": (
        "Meetings booked by rep\nRep,2027-01,2027-02\nAnn,3,4\nBob,2,1\n",
        None,
    ),
    "cumulative german header": (
        "Monat;Kanal;Versendet (kumuliert)\n2027-01;E-Mail;100\n2027-02;E-Mail;210\n",
        None,
    ),
    "seit jahresbeginn": (
        "Monat;Kanal;Versendet seit Jahresbeginn\n2027-01;E-Mail;100\n2027-02;E-Mail;210\n",
        None,
    ),
    "reopened deals under an id of ones own": (
        "Deal ID,Deal Name,Deal Stage,Amount,Close Date\n"
        "1,A,Closed Won,1000,2027-01-10\n"
        "1,A,Closed Won,1200,2027-02-15\n"
        "2,B,Closed Lost,500,2027-01-12\n"
        "2,B,Closed Won,500,2027-03-01\n",
        _right(
            "2027-02-15 sales.won 1",
            "2027-02-15 sales.revenue 1200",
            "2027-03-01 sales.won 1",
            "2027-03-01 sales.revenue 500",
        ),
    ),
    "deals told apart by a number": (
        "Deal Number,Stage,Amount,Close Date\n"
        "1,Closed Won,1000,2027-01-10\n"
        "1,Closed Won,1000,2027-02-10\n"
        "2,Closed Won,300,2027-02-11\n",
        _right(
            "2027-02-10 sales.won 1",
            "2027-02-10 sales.revenue 1000",
            "2027-02-11 sales.won 1",
            "2027-02-11 sales.revenue 300",
        ),
    ),
    "a day of deletion": (
        "id,date,channel,stage,count,deleted_at\n"
        "1,2027-01-04,email,sent,100,\n"
        "2,2027-01-05,email,sent,120,2027-01-06T10:00:00Z\n"
        "3,2027-01-06,email,sent,90,\n",
        _right("2027-01-04 email.sent 100", "2027-01-06 email.sent 90"),
    ),
    "month ending": (
        "Month ending,Channel,Sent\n2027-01-31,email,1000\n2027-02-28,email,1100\n",
        _right("2027-01 email.sent 1000", "2027-02 email.sent 1100"),
    ),
    "two weeks from": (
        "Two weeks from,Channel,Dials\n2027-01-04,phone,200\n2027-01-18,phone,210\n2027-02-01,phone,190\n",
        _right(
            "2027-01-04/2027-01-17 phone.dials 200",
            "2027-01-18/2027-01-31 phone.dials 210",
            "2027-02-01/2027-02-14 phone.dials 190",
        ),
    ),
    "quarters by their first days": (
        "Quarter,Channel,Sent\n2027-01-01,email,3000\n2027-04-01,email,3100\n",
        _right("2027-01-01/2027-03-31 email.sent 3000", "2027-04-01/2027-06-30 email.sent 3100"),
    ),
    "week with its weekday in brackets": (
        "Week (Mon),Channel,Sent\n2027-01-04,email,300\n2027-01-11,email,310\n2027-01-18,email,310\n",
        _right(
            "2027-01-04/2027-01-10 email.sent 300",
            "2027-01-11/2027-01-17 email.sent 310",
            "2027-01-18/2027-01-24 email.sent 310",
        ),
    ),
    "appointments booked held and cancelled": (
        "Month,Channel,Appointments booked,Appointments held,No-shows,Appointments cancelled\n"
        "2027-01,phone,12,9,2,1\n"
        "2027-02,phone,11,8,2,1\n",
        _right(
            "2027-01 phone.appointment 12",
            "2027-01 phone.held 9",
            "2027-02 phone.appointment 11",
            "2027-02 phone.held 8",
        ),
    ),
    "spanish calls": (
        "Fecha;Canal;Llamadas;Conversaciones;Citas\n04/01/2027;Teléfono;120;30;3\n15/01/2027;Teléfono;130;28;2\n",
        _right(
            "2027-01-04 phone.dials 120",
            "2027-01-04 phone.connected 30",
            "2027-01-04 phone.appointment 3",
            "2027-01-15 phone.dials 130",
            "2027-01-15 phone.connected 28",
            "2027-01-15 phone.appointment 2",
        ),
    ),
    "rising ids under conversations": (
        "Date,Channel,Conversations\n2027-01-04,phone,88120034\n2027-01-04,phone,88120035\n2027-01-05,phone,88120036\n",
        None,
    ),
    "first and second attempts": (
        "Date,Channel,Attempt,Connected\n2027-01-04,Phone,1,0\n2027-01-04,Phone,2,1\n2027-01-05,Phone,3,0\n",
        None,
    ),
    "a window of seven days": (
        "Date,Channel,Sent (last 7 days)\n2027-01-10,email,700\n2027-01-11,email,690\n2027-01-12,email,710\n",
        None,
    ),
    "a window of days in german": (
        "Datum;Kanal;Versendet (30 Tage)\n10.01.2027;E-Mail;700\n11.01.2027;E-Mail;690\n",
        None,
    ),
    "words behind numbers": (
        "Month,Channel,Sent,Cost\n2027-01,email,900 emails,120 EUR\n2027-02,email,950 emails,130 EUR\n",
        None,
    ),
    "signs at numbers": ("Month,Channel,Sent,Replied\n2027-01,email,900+,9\n2027-02,email,~950,8\n", None),
    "row numbers under number": (
        "Number,Date,Channel,Stage\n1,2027-01-04,email,sent\n2,2027-01-04,email,sent\n3,2027-01-05,email,replied\n",
        None,
    ),
    "row numbers under a hash": (
        "#,Date,Channel,Status\n1,2027-01-04,email,sent\n2,2027-01-04,email,sent\n3,2027-01-05,email,replied\n",
        None,
    ),
    "what deals are worth under value": (
        "Month,Channel,Stage,Value\n2027-01,email,won,12000\n2027-02,email,won,9000\n",
        None,
    ),
    "one header over two columns": ("Month,Channel,Sent,Sent\n2027-01,email,900,850\n2027-02,email,950,900\n", None),
    "a target among the reps": (
        "Month,Rep,Dials\n"
        "2027-01,Target,600\n"
        "2027-01,Ann,300\n"
        "2027-01,Bob,200\n"
        "2027-02,Target,600\n"
        "2027-02,Ann,290\n"
        "2027-02,Bob,210\n",
        None,
    ),
    "leads by number in a log of changes": (
        "Lead,Date,Channel,Old status,New status\n"
        "1,2027-01-04,email,sent,replied\n"
        "1,2027-01-09,email,replied,appointment\n"
        "2,2027-01-06,email,sent,replied\n",
        None,
    ),
    "dates that are firsts of months": (
        "Date,Channel,Sent\n2027-01-01,email,1000\n2027-02-01,email,900\n2027-03-01,email,950\n2027-04-01,email,930\n",
        None,
    ),
    "dates that are mondays": (
        "Period,Channel,Sent\n"
        "2027-01-04,email,300\n"
        "2027-01-11,email,310\n"
        "2027-01-18,email,305\n"
        "2027-01-25,email,290\n"
        "2027-02-01,email,290\n",
        None,
    ),
    "half a minute on a voicemail": (
        "Date,Direction,Duration,Outcome\n2027-01-04,Outbound,45,Voicemail\n2027-01-04,Outbound,120,Connected\n"
        "2027-01-05,Outbound,3,No answer\n",
        _right(
            "2027-01-04 phone.dials 2",
            "2027-01-04 phone.connected 1",
            "2027-01-04 phone.talk_seconds 120",
            "2027-01-05 phone.dials 1",
        ),
    ),
    "swiss calls": (
        "Monat;Kanal;Anwahlen;Gespräche;Termine vereinbart\nJan. 27;Telefon;1'250;310;22\n",
        _right("2027-01 phone.dials 1250", "2027-01 phone.connected 310", "2027-01 phone.appointment 22"),
    ),
    "interest called opportunities": ("Month,Sent,Replies,Opportunities\n2027-01,900,12,3\n", None),
    "opportunities after meetings": (
        "Month,Sent,Replies,Meetings,Opportunities\n2027-01,900,12,5,3\n",
        _right(
            "2027-01 email.sent 900",
            "2027-01 email.replied 12",
            "2027-01 email.appointment 5",
            "2027-01 email.opportunity 3",
        ),
    ),
}
