"""What people and tools call things, in the languages they export in: one table for columns, channels and figures.

Words are parted by semicolons; `names.plain` takes case, accents, plurals and signs away before they are compared.
"""

from __future__ import annotations

__all__ = [
    "CHANNEL_HEADERS",
    "COLUMN_LABELS",
    "COLUMN_WORDS",
    "CURRENCY_HEADERS",
    "DEAL_IDS",
    "EVENT_IDS",
    "FIGURE_WORDS",
    "FIRST_STAGE",
    "FORTNIGHT_HEADERS",
    "MONTH_HEADERS",
    "QUARTER_HEADERS",
    "RANGE_STARTS",
    "STAGE_WORDS",
    "TECHNICAL_WORDS",
    "UNATTRIBUTED_WORDS",
    "WEEK_END_HEADERS",
    "WEEK_HEADERS",
]  # fmt: skip

FIRST_STAGE = "touches"  # the first stage of whatever channel is meant

# Columns that are no figure, by their headers. The first word alone is enough; the others need cells that fit.
COLUMN_WORDS: dict[str, str] = {
    "period": (
        "period; date; day; month; week; send date; sent date; sent at; start date; reporting starts; "
        "send time; sent time; call date; activity date; quarter; year; start; from; since; week of; week starting; week start; week beginning; week commencing; week ending; kw; von; beginn; début; debut; desde; fra; "
        "datum; tag; monat; zeitraum; woche; jour; mois; date d envoi; fecha; mes; dia; dato; "
        "dag; måned; periode; uke; maand; miesiąc; mês; mese; månad; vecka; data; settimana; semaine; semana; fiscal period; fiscal month; fiscal week; timestamp; datetime; date time; occurred at; zeitpunkt"
    ),
    "period_end": "period end; end; end date; reporting ends; to; until; ende; bis; enddatum; fin; hasta; slutt; til",
    "channel": "channel; outreach channel; campaign channel; send channel; kanal; canal; kanaal; kanał; canale; medium; platform; datasource; data source; source; type",
    "stage": (
        "stage; metric; measure; figure; kpi; step; event; status; outcome; stufe; phase; kennzahl; étape; "
        "etapa; trinn; steg; activity"
    ),
    "count": (
        "count; value; n; number; quantity; qty; total; amount; anzahl; wert; nombre; valeur; cantidad; "
        "valor; antall; verdi; actual; ist; record count; number of record; faktisk; réalisé"
    ),
    "source": "source; origin; quelle; kilde; fuente",
    "as_of": "as of; known on; exported on; stand; stichtag",
}

# Of the headers of a period those that name the first day of a range, where another column names the last.
RANGE_STARTS = "start; start date; reporting starts; from; since; von; beginn; début; debut; desde; fra"

# Headers that say how long the period is that their dates begin, or end.
WEEK_HEADERS = (
    "week; week of; week starting; week start; week beginning; week commencing; w c; kw; kalenderwoche; woche; "
    "woche ab; semaine; semaine du; semana; semana del; uke; vecka"
)
WEEK_END_HEADERS = "week ending; week end; week ended; woche bis"
MONTH_HEADERS = (
    "month; monat; mois; mes; mês; måned; månad; month start; month of; month beginning; month starting; month end; "
    "month ending; month ended; monatsende; monatsanfang; fin de mois; début de mois"
)
QUARTER_HEADERS = "quarter; quarter start; quarter starting; quarter beginning; quartal; trimestre; kvartal; kwartaal"
FORTNIGHT_HEADERS = "fortnight; fortnight of; two weeks; two weeks of; two weeks from; biweekly; bi weekly; bi week"
CURRENCY_HEADERS = frozenset(
    ["currency", "currency code", "währung", "wahrung", "devise", "moneda", "valuta", "price unit"]
)

# What tells one deal from another, whatever its name; a tool in no table may use the name alone.
DEAL_IDS = frozenset(
    ["id", "deal id", "deal number", "deal no", "deal nr", "deal key", "record id", "object id", "hs object id",
     "opportunity id", "opportunity number", "opportunity no", "crm id", "lead id", "case id"]
)  # fmt: skip

# What tells one call, message or activity from another: of rows with the same one only one counts.
EVENT_IDS = frozenset(
    ["id", "call id", "call sid", "call uuid", "sid", "uuid", "event id", "activity id", "engagement id", "message id",
     "task id", "record id"]
)  # fmt: skip

# Headers of dates that tell when a tool wrote the row or may close it, and of channels that must be matched.
TECHNICAL_WORDS = frozenset(
    [
        "synced",
        "updated",
        "modified",
        "extracted",
        "loaded",
        "imported",
        "exported",
        "ingested",
        "refreshed",
        "create",
        "created",
        "creation",
        "erstellt",
        "expected",
        "estimated",
        "est",
    ]
)
CHANNEL_HEADERS = (
    "channel; outreach channel; campaign channel; send channel; kanal; canal; platform; datasource; data source; medium"
)

COLUMN_LABELS: dict[str, str] = {
    "period": "Date",
    "period_end": "Last day (of a range)",
    "channel": "Channel",
    "stage": "Stage (one row per figure)",
    "count": "Count (one row per figure)",
    "source": "Source",
    "as_of": "Known until (date)",
}

UNATTRIBUTED_WORDS = "sales; shared; unassigned; unattributed; unknown; none; no channel; not attributed; n/a"

# What stages are called in further languages, by their keys; in the first ones it stands in the templates.
STAGE_WORDS: dict[str, str] = {
    "sent": "send; total send; total sent; verzonden; verstuurd; wysłane; wyslane; enviados; enviadas; inviate; inviati; skickade; skickat; sendte; lähetetty",
    "delivered": "afgeleverd; bezorgd; dostarczone; entregues; consegnate; levererade",
    "opened": "geopend; otwarte; abertos; abertas; aperte; öppnade; åbnede",
    "replied": "reactie; reacties; antwoorden; beantwoord; odpowiedzi; respostas; respondidas; risposte; svar; besvarade; vastaukset",
    "positive": "positief; pozytywne; positivas; positive; positiva",
    "dials": "call logged; anrop; oppringninger; anwahlen; anwahlversuche; gebeld; oproepen; telefoontjes; połączenia; polaczenia; chamadas; ligações; chiamate; samtal; opkald",
    "connected": "connected call; call connected; calls connected; gesprekken; rozmowy; conversas; conversazioni; conversaciones; conversations téléphoniques; samtaler ført",
    "invites": "verzoeken; anfragen; linkedin anfragen; vernetzungsanfragen; vernetzungsanfragen gesendet; kontaktanfragen; kontaktanfragen gesendet; einladungen; einladungen gesendet; invitations envoyées; demandes de connexion; solicitudes enviadas; solicitudes de conexión; connection request; forespørsler sendt; kontaktforespørsler; zaproszenia; convites; inviti; inbjudningar; invitationer",
    "appointment": "appointment booked; booked appointment; appointment made; appointment scheduled; scheduled meeting; meeting arranged; rdv obtenu; rdv pris; møter booket; møter avtalt; møte booket; termine vereinbart; vereinbarte termine; afspraken; spotkania; reuniões; reunioes; appuntamenti; möten; moten; møder; termine",
    "accepted": "anfragen angenommen; angenommene anfragen; angenommene einladungen; invitations acceptées; demandes acceptées; solicitudes aceptadas; forespørsler godtatt; acceptée; acceptées; invite accepted; invites accepted; connection accepted; aceptadas; aangenomen; geaccepteerd",
    "won": "gewonnen deals; wygrane; ganhos; ganhas; vinte; vunna; vundne",
}

# Figures that are no stage, by the named sum or money they are; what stages are called stands in the templates.
FIGURE_WORDS: dict[str, str] = {
    FIRST_STAGE: "touches; volume; attempt; made; sent; activity; action",
    "cost": (
        "cost; spend; spent; amount spent; money spent; expense; campaign cost; fee; price; kosten; "
        "ausgegebener betrag; ausgabe; gesamtausgaben; gesamtkosten; dépenses totales; coût; dépense; montant dépensé; coste; costo; gasto; importe gastado; "
        "kostnad; utgift; custo; gasto total; koszt; koszty; spesa; uitgave; uitgaven; uitgegeven"
    ),
    "revenue": (
        "revenue; turnover; won value; deal value; won amount; order value; umsatz; chiffre d affaire; "
        "ingreso; omsetning; inntekt"
    ),
    "planned": "planned; planned touche; geplant; planlagt",
    "contacts_touched": (
        "contact; contact touched; contacted; prospect contacted; people contacted; new lead contacted; person"
    ),
    "bounces": "bounce; bounced; bounced email; email bounced; email bounce; total bounce; rebote; gebounced; retour",
    "talk_seconds": "talk second; talk time; talk time second; call duration; duration second; in call duration",
    "key_answers": "key answer; key question answered; question answered; qualifying answer; qualification point",
    "first_response_days": "day to first response; first response day; response day; reaction day",
    "days_to_close": "day to close; sales cycle day; cycle day",
    "days_in_opportunity": "day in opportunity; opportunity day",
    "leads_responded": "lead responded; lead responded to; lead answered; lead contacted back",
    "promoters": "promoter; promoter 9 10",
    "detractors": "detractor; detractor 0 6",
    "follow_ups": "follow up; followup",
    "accounts_reached": "account reached; reach; reichweite; company reached",
    "visits": "visit; session",
    "responders": "responder; people who responded; unique reply; unique responder",
    "surveys": "survey; survey answer; survey response",
    "satisfied": "satisfied; happy; satisfied customer",
}
