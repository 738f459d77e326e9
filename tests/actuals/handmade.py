"""Sheets as people in sales operations make them by hand, in the languages they do it in. Every one is made up."""

from __future__ import annotations

from planner.actuals.questions import Answers
from planner.actuals.reading import ColumnMapping
from tests.actuals.files import File, of

__all__ = ["HANDMADE"]

HANDMADE: dict[str, File] = {
    "de soll ist abweichung": File(
        "Monat;Kanal;Anrufe Soll;Anrufe Ist;Abweichung;Termine Soll;Termine Ist\n"
        "01/2027;Telefon;600;540;-60;12;9\n"
        "02/2027;Telefon;600;610;10;12;13\n",
        of(
            "2027-01 phone.dials 540; 2027-01 phone.appointment 9; 2027-02 phone.dials 610; "
            "2027-02 phone.appointment 13"
        ),
    ),
    "de kw quer": File(
        "Kennzahl;KW 1;KW 2;KW 3\nAnrufe;120;130;125\nGespräche;11;12;9\nTermine;2;1;3\n",
        of(
            "2027-01-04/2027-01-10 phone.dials 120; 2027-01-11/2027-01-17 phone.dials 130; "
            "2027-01-18/2027-01-24 phone.dials 125; 2027-01-04/2027-01-10 phone.connected 11; "
            "2027-01-11/2027-01-17 phone.connected 12; 2027-01-18/2027-01-24 phone.connected 9; "
            "2027-01-04/2027-01-10 phone.appointment 2; 2027-01-11/2027-01-17 phone.appointment 1; "
            "2027-01-18/2027-01-24 phone.appointment 3"
        ),
        answers=Answers(year="2027"),
    ),
    "de vertriebsreport zusammengefasst": File(
        "Vertriebsreport Q1 2027;;;;;\n"
        "Stand: 31.03.2027;;;;;\n"
        ";;;;;\n"
        "Monat;Kanal;Versendet;Antworten;Antwortquote;Termine\n"
        "Januar;E-Mail;12.400;132;1,1 %;9\n"
        ";LinkedIn;410;51;12,4 %;4\n"
        "Februar;E-Mail;11.900;121;1,0 %;8\n"
        ";LinkedIn;395;48;12,2 %;5\n"
        "Summe;;25.105;352;;26\n",
        of(
            "2027-01 email.sent 12400; 2027-01 email.replied 132; 2027-01 email.appointment 9; "
            "2027-01 linkedin.invites 410; 2027-01 linkedin.replied 51; 2027-01 linkedin.appointment 4; "
            "2027-02 email.sent 11900; 2027-02 email.replied 121; 2027-02 email.appointment 8; "
            "2027-02 linkedin.invites 395; 2027-02 linkedin.replied 48; 2027-02 linkedin.appointment 5"
        ),
        answers=Answers(year="2027", values=(("(no date)", "above"),)),
    ),
    "de datum mit wochentag": File(
        "Tag;Anrufe;Gespräche\nMo, 04.01.2027;60;5\nDi, 05.01.2027;55;4\n",
        of(
            "2027-01-04 phone.dials 60; 2027-01-04 phone.connected 5; 2027-01-05 phone.dials 55; "
            "2027-01-05 phone.connected 4"
        ),
    ),
    "de wochen von bis kurz": File(
        "Zeitraum;Anrufe\n04.01.-10.01.2027;300\n11.01.-17.01.2027;310\n",
        of("2027-01-04/2027-01-10 phone.dials 300; 2027-01-11/2027-01-17 phone.dials 310"),
    ),
    "en week ranges as text": File(
        "Week,Dials,Connects\n4 - 10 Jan 2027,300,25\n11 - 17 Jan 2027,310,26\n25 - 31 Jan 2027,290,24\n",
        of(
            "2027-01-04/2027-01-10 phone.dials 300; 2027-01-04/2027-01-10 phone.connected 25; "
            "2027-01-11/2027-01-17 phone.dials 310; 2027-01-11/2027-01-17 phone.connected 26; "
            "2027-01-25/2027-01-31 phone.dials 290; 2027-01-25/2027-01-31 phone.connected 24"
        ),
    ),
    "en week ranges without year": File(
        "Week,Rep,Emails sent,Calls made\nJan 4 - Jan 10,A,120,80\nJan 11 - Jan 17,A,110,85\n",
        of(
            "2027-01-04/2027-01-10 email.sent 120; 2027-01-11/2027-01-17 email.sent 110; "
            "2027-01-04/2027-01-10 phone.dials 80; 2027-01-11/2027-01-17 phone.dials 85"
        ),
        answers=Answers(year="2027"),
    ),
    "en actual and forecast in header": File(
        "Metric,Jan 2027 A,Feb 2027 A,Mar 2027 F,Apr 2027 F\nDials,600,610,650,700\nMeetings,6,7,8,9\n",
        of(
            "2027-01 phone.dials 600; 2027-02 phone.dials 610; 2027-01 phone.appointment 6; 2027-02 phone.appointment 7"
        ),
    ),
    "de prozent als zahl unter zahlname": File(
        "Monat;Kanal;Versendet;Geöffnet;Geantwortet\n01/2027;E-Mail;1000;41,2;1,1\n02/2027;E-Mail;1200;39,8;1,2\n",
    ),
    "fr objectif realise": File(
        "Mois;Commercial;Objectif appels;Appels réalisés;% atteint;RDV\n"
        "janvier 2027;A;300;280;93%;3\n"
        "janvier 2027;B;300;310;103%;4\n",
        of("2027-01 phone.dials 590; 2027-01 phone.appointment 7"),
    ),
    "fr semaines": File(
        "Semaine;Canal;Invitations;Acceptées;Réponses\nS02 2027;LinkedIn;80;25;6\nS03 2027;LinkedIn;85;22;7\n",
        of(
            "2027-01-11/2027-01-17 linkedin.invites 80; 2027-01-11/2027-01-17 linkedin.accepted 25; "
            "2027-01-11/2027-01-17 linkedin.replied 6; 2027-01-18/2027-01-24 linkedin.invites 85; "
            "2027-01-18/2027-01-24 linkedin.accepted 22; 2027-01-18/2027-01-24 linkedin.replied 7"
        ),
    ),
    "no maaned": File(
        "Måned;Kanal;Sendt;Svar;Møter booket\njan.27;E-post;1 200;14;2\nfeb.27;E-post;1 150;12;1\nSum;;2 350;26;3\n",
        of(
            "2027-01 email.sent 1200; 2027-01 email.replied 14; 2027-01 email.appointment 2; "
            "2027-02 email.sent 1150; 2027-02 email.replied 12; 2027-02 email.appointment 1"
        ),
    ),
    "no budsjett mot faktisk": File(
        "Måned;Anrop budsjett;Anrop faktisk;Møter budsjett;Møter faktisk\n"
        "2027-01;600;540;12;9\n"
        "2027-02;600;610;12;13\n",
        of(
            "2027-01 phone.dials 540; 2027-02 phone.dials 610; 2027-01 phone.appointment 9; "
            "2027-02 phone.appointment 13"
        ),
    ),
    "nl maand": File(
        "Maand;Kanaal;Verstuurd;Reacties;Afspraken;% reactie\n"
        "jan-27;E-mail;1.200;14;2;1,2%\n"
        "feb-27;E-mail;1.150;12;1;1,0%\n"
        "Totaal;;2.350;26;3;1,1%\n",
        of(
            "2027-01 email.sent 1200; 2027-01 email.replied 14; 2027-01 email.appointment 2; "
            "2027-02 email.sent 1150; 2027-02 email.replied 12; 2027-02 email.appointment 1"
        ),
    ),
    "en cost per channel across with total": File(
        "Month,Email cost,LinkedIn cost,Ads cost,Total cost\n2027-01,500,300,1200,2000\n2027-02,520,310,1100,1930\n",
        of(
            "2027-01 email.cost 500; 2027-01 linkedin.cost 300; 2027-01 ads.cost 1200; "
            "2027-02 email.cost 520; 2027-02 linkedin.cost 310; 2027-02 ads.cost 1100"
        ),
    ),
    "en meetings by source across": File(
        "Month,Meetings from email,Meetings from calls,Meetings from LinkedIn,Total meetings\n"
        "2027-01,4,9,3,16\n"
        "2027-02,5,8,2,15\n",
        of(
            "2027-01 email.appointment 4; 2027-01 phone.appointment 9; 2027-01 linkedin.appointment 3; "
            "2027-02 email.appointment 5; 2027-02 phone.appointment 8; 2027-02 linkedin.appointment 2"
        ),
    ),
    "en date ranges in two years short": File(
        "Period,Sent\nJan 1-15 2027,500\nJan 16-31 2027,520\n",
        of("2027-01-01/2027-01-15 email.sent 500; 2027-01-16/2027-01-31 email.sent 520"),
        mapping=ColumnMapping(channel="email"),
    ),
    "en fiscal": File(
        "Fiscal period,Channel,Sent,Replies\nFY27 P01,E-mail,1000,11\nFY27 P02,E-mail,1100,12\n",
    ),
}
