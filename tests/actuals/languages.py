"""Sheets and lists in further languages. Every one is made up."""

from __future__ import annotations

from planner.actuals.questions import Answers
from planner.actuals.reading import ColumnMapping
from tests.actuals.files import File, of

__all__ = ["LANGUAGES"]

LANGUAGES: dict[str, File] = {
    "KW col": File(
        "KW;E-Mails;Antworten;Termine\nKW 12;400;5;2\nKW 13;420;6;1\nKW 14;380;3;0\n",
        of(
            "2027-03-22/2027-03-28 email.appointment 2; 2027-03-22/2027-03-28 email.replied 5; "
            "2027-03-22/2027-03-28 email.sent 400; 2027-03-29/2027-04-04 email.appointment 1; "
            "2027-03-29/2027-04-04 email.replied 6; 2027-03-29/2027-04-04 email.sent 420; "
            "2027-04-05/2027-04-11 email.replied 3; 2027-04-05/2027-04-11 email.sent 380"
        ),
        answers=Answers(year="2027"),
        mapping=ColumnMapping(columns=(("E-Mails", "sent"),), channel="email"),
    ),
    "Tsd": File(
        "Monat;Kanal;Versendet;Antworten\nJan 2027;E-Mail;12,4 Tsd.;132\nFeb 2027;E-Mail;11 Tsd;121\n",
        of("2027-01 email.replied 132; 2027-01 email.sent 12400; 2027-02 email.replied 121; 2027-02 email.sent 11000"),
    ),
    "cumul fr": File(
        "Mois;Canal;Envoyés (cumul);Réponses (cumul)\n"
        "01/2027;E-mail;1200;14\n"
        "02/2027;E-mail;2300;25\n"
        "03/2027;E-mail;3600;39\n",
        of(
            "2027-01 email.replied 14; 2027-01 email.sent 1200; 2027-02 email.replied 11; "
            "2027-02 email.sent 1100; 2027-03 email.replied 14; 2027-03 email.sent 1300"
        ),
        answers=Answers(rows="running totals"),
        mapping=ColumnMapping(columns=(("Envoyés (cumul)", "sent"), ("Réponses (cumul)", "replied"))),
    ),
    "hubspot norwegian deals": File(
        "Avtale-ID;Avtalenavn;Avtalefase;Beløp;Lukkedato;Opprettet dato\n"
        "1;Alfa;Vunnet;120 000,00;15.03.2027;02.01.2027\n"
        "2;Beta;Tapt;80 000,00;18.03.2027;03.01.2027\n"
        "3;Gamma;Tilbud sendt;60 000,00;30.06.2027;12.02.2027\n"
        "4;Delta;Vunnet;45 000,00;02.04.2027;13.01.2027\n",
        of(
            "2027-03-15 sales.revenue 120000; 2027-03-15 sales.won 1; 2027-03-18 sales.lost 1; "
            "2027-04-02 sales.revenue 45000; 2027-04-02 sales.won 1"
        ),
    ),
    "swedish deals": File(
        "Affär,Status,Värde,Stängningsdatum\n"
        "Alfa,Vunnen,120000,2027-03-15\n"
        "Beta,Förlorad,80000,2027-03-18\n"
        "Gamma,Öppen,60000,2027-06-30\n",
        of("2027-03-15 sales.revenue 120000; 2027-03-15 sales.won 1; 2027-03-18 sales.lost 1"),
    ),
    "dutch deals": File(
        "Deal;Fase;Waarde;Sluitingsdatum\n"
        "Alfa;Gewonnen;€ 12.000,00;15-03-2027\n"
        "Beta;Verloren;€ 8.000,00;18-03-2027\n"
        "Gamma;Offerte;€ 6.000,00;30-06-2027\n",
        of("2027-03-15 sales.revenue 12000; 2027-03-15 sales.won 1; 2027-03-18 sales.lost 1"),
    ),
    "spanish deals": File(
        "Negocio;Etapa;Importe;Fecha de cierre;Fecha de creación\n"
        "Alfa;Cierre ganado;12.000,00;15/03/2027;02/01/2027\n"
        "Beta;Cierre perdido;8.000,00;18/03/2027;03/01/2027\n"
        "Gamma;Negociación;6.000,00;30/06/2027;12/02/2027\n",
        of("2027-03-15 sales.revenue 12000; 2027-03-15 sales.won 1; 2027-03-18 sales.lost 1"),
    ),
    "french deals": File(
        "Affaire;Étape;Montant;Date de clôture\n"
        "Alfa;Gagnée;12 000,00 €;15/03/2027\n"
        "Beta;Perdue;8 000,00 €;18/03/2027\n"
        "Gamma;Négociation;6 000,00 €;30/06/2027\n",
        of("2027-03-15 sales.revenue 12000; 2027-03-15 sales.won 1; 2027-03-18 sales.lost 1"),
    ),
    "salesforce german": File(
        "Opportunity-Name;Phase;Betrag;Schlusstermin;Lead-Quelle\n"
        "Alfa;Geschlossen gewonnen;EUR 12.000,00;15.03.2027;Telefon\n"
        "Beta;Geschlossen verloren;EUR 8.000,00;18.03.2027;Telefon\n"
        "Gamma;Verhandlung;EUR 6.000,00;30.06.2027;E-Mail\n",
        of("2027-03-15 phone.revenue 12000; 2027-03-15 phone.won 1; 2027-03-18 phone.lost 1"),
    ),
    "linkedin german": File(
        "Monat;Vernetzungsanfragen gesendet;Anfragen angenommen;Nachrichten;Antworten;Termine\n"
        "Januar 2027;310;90;85;21;4\n"
        "Februar 2027;290;88;80;19;3\n",
        of(
            "2027-01 linkedin.accepted 90; 2027-01 linkedin.appointment 4; 2027-01 linkedin.invites 310; "
            "2027-01 linkedin.replied 21; 2027-02 linkedin.accepted 88; 2027-02 linkedin.appointment 3; "
            "2027-02 linkedin.invites 290; 2027-02 linkedin.replied 19"
        ),
    ),
    "campaign manager german": File(
        "Startdatum (in UTC);Kontoname;Kampagnenname;Währung;Gesamtausgaben;Impressionen;Klicks\n"
        "04.01.2027;X;A;EUR;125,50;9000;41\n"
        "05.01.2027;X;A;EUR;110,00;8000;38\n"
        ";;;;235,50;17000;79\n",
        of(
            "2027-01-04 ads.clicked 41; 2027-01-04 ads.cost 125.5; 2027-01-04 ads.impressions 9000; "
            "2027-01-05 ads.clicked 38; 2027-01-05 ads.cost 110; 2027-01-05 ads.impressions 8000"
        ),
    ),
    "channel words de no": File(
        "Kanal;Monat;Impressionen;Klicks;Kosten\nAnzeigen;01.2027;90000;410;1250\nAnzeigen;02.2027;80000;380;1100\n",
        of(
            "2027-01 ads.clicked 410; 2027-01 ads.cost 1250; 2027-01 ads.impressions 90000; "
            "2027-02 ads.clicked 380; 2027-02 ads.cost 1100; 2027-02 ads.impressions 80000"
        ),
    ),
    "channel words no": File(
        "Kanal;Måned;Visninger;Klikk;Kostnad\n"
        "Annonser;januar 2027;90000;410;1250\n"
        "Annonser;februar 2027;80000;380;1100\n",
        of(
            "2027-01 ads.clicked 410; 2027-01 ads.cost 1250; 2027-01 ads.impressions 90000; "
            "2027-02 ads.clicked 380; 2027-02 ads.cost 1100; 2027-02 ads.impressions 80000"
        ),
    ),
    "kw with emails": File(
        "Jahr;KW;E-Mails;Antworten;Termine\n2027;12;400;5;2\n2027;13;420;6;1\n",
        of(
            "2027-03-22/2027-03-28 email.appointment 2; 2027-03-22/2027-03-28 email.replied 5; "
            "2027-03-22/2027-03-28 email.sent 400; 2027-03-29/2027-04-04 email.appointment 1; "
            "2027-03-29/2027-04-04 email.replied 6; 2027-03-29/2027-04-04 email.sent 420"
        ),
        mapping=ColumnMapping(columns=(("E-Mails", "sent"),), channel="email"),
    ),
    "hubspot german deals": File(
        "Datensatz-ID,Deal-Name,Deal-Phase,Betrag,Abschlussdatum,Erstellungsdatum,Pipeline\n"
        "11,A,Geschlossen und gewonnen,12000,2027-03-15 10:00,2027-01-02 10:00,Sales\n"
        "12,B,Geschlossen und verloren,8000,2027-03-18 10:00,2027-01-03 10:00,Sales\n"
        "13,C,Termin geplant,6000,2027-06-30 10:00,2027-02-12 10:00,Sales\n",
        of("2027-03-15 sales.revenue 12000; 2027-03-15 sales.won 1; 2027-03-18 sales.lost 1"),
    ),
    "hubspot french deals": File(
        "ID de fiche,Nom de la transaction,Phase de la transaction,Montant,Date de fermeture,Date de création\n"
        "11,A,Fermé gagné,12000,2027-03-15 10:00,2027-01-02 10:00\n"
        "12,B,Fermée perdue,8000,2027-03-18 10:00,2027-01-03 10:00\n"
        "13,C,RDV planifié,6000,2027-06-30 10:00,2027-02-12 10:00\n",
        of("2027-03-15 sales.revenue 12000; 2027-03-15 sales.won 1; 2027-03-18 sales.lost 1"),
    ),
    "hubspot spanish deals": File(
        "ID de registro,Nombre del negocio,Etapa del negocio,Valor,Fecha de cierre\n"
        "11,A,Cierre ganado,12000,2027-03-15\n"
        "12,B,Cierre perdido,8000,2027-03-18\n",
        of("2027-03-15 sales.revenue 12000; 2027-03-15 sales.won 1; 2027-03-18 sales.lost 1"),
    ),
    "hubspot dutch deals": File(
        "Record-ID,Dealnaam,Dealfase,Bedrag,Sluitingsdatum\n"
        "11,A,Gesloten en gewonnen,12000,2027-03-15\n"
        "12,B,Gesloten en verloren,8000,2027-03-18\n",
        of("2027-03-15 sales.revenue 12000; 2027-03-15 sales.won 1; 2027-03-18 sales.lost 1"),
    ),
    "hubspot swedish": File(
        "Post-ID,Affärsnamn,Affärsfas,Belopp,Stängningsdatum\n"
        "11,A,Stängd - vunnen,12000,2027-03-15\n"
        "12,B,Stängd - förlorad,8000,2027-03-18\n",
        of("2027-03-15 sales.revenue 12000; 2027-03-15 sales.won 1; 2027-03-18 sales.lost 1"),
    ),
    "salesforce french": File(
        "Nom de l'opportunité,Étape,Montant,Date de clôture,Origine de la piste\n"
        "A,Fermée/Gagnée,12000,15/03/2027,Téléphone\n"
        "B,Fermée/Perdue,8000,18/03/2027,E-mail\n",
        of("2027-03-15 phone.revenue 12000; 2027-03-15 phone.won 1; 2027-03-18 email.lost 1"),
    ),
    "pipedrive norwegian": File(
        "Avtale - Tittel,Avtale - Verdi,Avtale - Status,Avtale - Vunnet tid,Avtale - Tapt tid\n"
        "A,12000,Vunnet,2027-03-15 10:00:00,\n"
        "B,8000,Tapt,,2027-03-18 10:00:00\n"
        "C,6000,Åpen,,\n",
        of("2027-03-15 sales.revenue 12000; 2027-03-15 sales.won 1; 2027-03-18 sales.lost 1"),
    ),
    "aircall german": File(
        "Datum;Richtung;Beantwortet;Dauer (Sekunden);Benutzer\n"
        "04.01.2027 09:10;Ausgehend;Ja;125;Ann\n"
        "04.01.2027 09:20;Ausgehend;Nein;0;Ann\n"
        "05.01.2027 09:20;Eingehend;Ja;60;Bob\n",
        of("2027-01-04 phone.connected 1; 2027-01-04 phone.dials 2; 2027-01-04 phone.talk_seconds 125"),
    ),
    "postal": File(
        "Month,Channel,Letters sent,Returned,Responses\nJan 2027,Direct mail,500,12,4\nFeb 2027,Direct mail,450,10,5\n",
        of(
            "2027-01 post.replied 4; 2027-01 post.returned 12; 2027-01 post.sent 500; 2027-02 post.replied 5; "
            "2027-02 post.returned 10; 2027-02 post.sent 450"
        ),
    ),
    "sms": File(
        "Month,Texts sent,Delivered,Opt-outs,Replies\nJan 2027,500,480,3,12\nFeb 2027,450,440,2,10\n",
        of(
            "2027-01 sms.delivered 480; 2027-01 sms.opt_out 3; 2027-01 sms.replied 12; 2027-01 sms.sent 500; "
            "2027-02 sms.delivered 440; 2027-02 sms.opt_out 2; 2027-02 sms.replied 10; 2027-02 sms.sent 450"
        ),
    ),
    "swedish months": File(
        "Månad;Kanal;Skickade;Svar;Möten\njanuari 2027;E-post;1 200;14;3\nfebruari 2027;E-post;1 100;11;2\n",
        of(
            "2027-01 email.appointment 3; 2027-01 email.replied 14; 2027-01 email.sent 1200; "
            "2027-02 email.appointment 2; 2027-02 email.replied 11; 2027-02 email.sent 1100"
        ),
    ),
    "dutch": File(
        "Maand;Kanaal;Verzonden;Reacties;Afspraken\njan 2027;E-mail;1.200;14;3\nfeb 2027;E-mail;1.100;11;2\n",
        of(
            "2027-01 email.appointment 3; 2027-01 email.replied 14; 2027-01 email.sent 1200; "
            "2027-02 email.appointment 2; 2027-02 email.replied 11; 2027-02 email.sent 1100"
        ),
    ),
}
