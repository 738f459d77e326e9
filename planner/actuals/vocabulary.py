"""What people and tools call things, in the languages they export in: one table for columns, channels and figures.

Words are parted by semicolons; `names.plain` takes case, accents, plurals and signs away before they are compared.
"""

from __future__ import annotations

__all__ = ["CHANNEL_WORDS", "COLUMN_LABELS", "COLUMN_WORDS", "FIGURE_WORDS", "FIRST_STAGE", "UNATTRIBUTED_WORDS"]

FIRST_STAGE = "touches"  # the first stage of whatever channel is meant

# Columns that are no figure, by their headers. The first word alone is enough; the others need cells that fit.
COLUMN_WORDS: dict[str, str] = {
    "period": (
        "period; date; day; month; week; send date; sent date; sent at; start date; reporting starts; "
        "quarter; year; datum; tag; monat; zeitraum; woche; jour; mois; date d envoi; fecha; mes; dia; dato; "
        "dag; måned; periode; uke"
    ),
    "channel": "channel; outreach channel; kanal; canal; medium; platform; datasource; data source; source; type",
    "stage": (
        "stage; metric; measure; figure; kpi; step; event; status; outcome; stufe; phase; kennzahl; étape; "
        "etapa; trinn; steg; activity"
    ),
    "count": (
        "count; value; n; number; quantity; qty; total; amount; anzahl; wert; nombre; valeur; cantidad; "
        "valor; antall; verdi"
    ),
    "source": "source; origin; quelle; kilde; fuente",
    "as_of": "as of; known on; exported on; stand; stichtag",
}

COLUMN_LABELS: dict[str, str] = {
    "period": "Date",
    "channel": "Channel",
    "stage": "Stage (one row per figure)",
    "count": "Count (one row per figure)",
    "source": "Source",
    "as_of": "Known until (date)",
}

# Channels by their kind.
CHANNEL_WORDS: dict[str, str] = {
    "email": "email; e mail; cold email; mailing; newsletter; courriel; correo; epost; e post",
    "phone": (
        "phone; call; cold call; calling; cold calling; telephone; dialer; dialler; telefon; téléphone; teléfono; anruf"
    ),
    "linkedin": "linkedin; linked in; li; linkedin outreach; social selling",
    "sms": "sms; text; text message; texting",
    "post": "post; postal; postal mail; mail; direct mail; letter; mailpiece; brief; courrier; carta; brev",
    "ads": (
        "ads; ad; advertising; pretargeting; display; paid; paid social; google ads; meta ads; facebook ads; "
        "linkedin ads; anzeige"
    ),
    "landing": "landing; landing page; website; web; site; inbound; webseite; page",
}
UNATTRIBUTED_WORDS = "sales; shared; unassigned; unattributed; unknown; none; no channel; not attributed; n/a"

# Figures by the stage, named sum or money they are. A word stands for the first of them that a channel has.
FIGURE_WORDS: dict[str, str] = {
    FIRST_STAGE: "touches; volume; attempt; made; sent; activity; action",
    "sent": (
        "sent; recipient; message sent; mailed; dispatched; gesendet; versandt; versendet; "
        "versendet; envoyé; enviado; sendt; gesendete; versendete; envois; envíos; sendte; nachrichten"
    ),
    "delivered": (
        "delivered; delivery; successful delivery; zugestellt; livré; entregado; levert; zugestellte; leveret"
    ),
    "hard_bounce": "hard bounce; hard bounced",
    "soft_bounce": "soft bounce; soft bounced",
    "inboxed": "inboxed; inbox; in inbox; inbox placement",
    "opened": (
        "opened; open; unique open; opener; geöffnet; öffnung; ouverture; ouvert; abierto; apertura; åpnet; "
        "öffnungen; aperturas"
    ),
    "clicked": (
        "clicked; click; unique click; link click; clicker; klick; geklickt; clic; clic en el enlace; "
        "clic sur le lien; klikk"
    ),
    "unsubscribed": (
        "unsubscribed; unsubscribe; unsubscription; opt out; opted out; abgemeldet; abmeldung; "
        "désinscription; baja; avmeldt; abmeldungen; bajas"
    ),
    "opt_out": "opt out; opted out; unsubscribed; unsubscribe; stop",
    "spam_complaint": "spam complaint; abuse complaint; complaint; spam report; spam",
    "replied": (
        "replied; reply; response; responded; answer; message reply; antwort; geantwortet; réponse; répondu; "
        "respuesta; respondido; svar; svart; antworten; antworten gesamt; réponses"
    ),
    "positive": "positive; positive reply; positive response; interested; interested yes; interest; positiv",
    "negative": (
        "negative; negative reply; negative response; negative answer; not interested; interested no; negativ"
    ),
    "neutral": "neutral; neutral reply; neutral response; interested maybe; maybe; nøytral",
    "dials": (
        "dial; dialed; dialled; call; call made; outbound call; outgoing call; anruf; appel; llamada; "
        "oppringning; anrufe; appels; llamadas; samtaler; ringt"
    ),
    "connected": (
        "connected; connect; conversation; live conversation; answered; gespräch; erreicht; gespräche; "
        "echte gespräche; reached"
    ),
    "no_answer": "no answer; unanswered; not answered; missed",
    "voicemail": "voicemail; voice mail; answering machine",
    "gatekeeper": "gatekeeper; gate keeper; reception; switchboard",
    "unreachable": "unreachable; wrong number; invalid number; bad number",
    "recontact": "recontact; call back; callback; call later; follow up later",
    "referral": "referral; referred; wrong person",
    "off_target": "off target; not on target; not qualified; disqualified; bad fit",
    "invites": (
        "invite; invitation; invited; invite sent; invitation sent; connection sent; connection request; "
        "request; request sent; einladungen; invitations envoyées; invitaciones; invitasjoner"
    ),
    "accepted": (
        "accepted; acceptance; connection accepted; accept; new connection; invitation accepted; angenommen; "
        "accepté; aceptado; angenommene; akzeptiert; akseptert"
    ),
    "dm_read": "dm read; message read; read; seen",
    "impressions": "impression; impr; view; impresion; impressionen; visning; impresiones; visninger",
    "visitors": (
        "visitor; unique visitor; session; user; visit; besucher; visiteur; visitante; besøkende; besøk; besuche"
    ),
    "chats": "chat; chat started; conversation started",
    "leads": (
        "lead; new lead; form fill; submission; sign up; conversion; result; ergebnis; résultat; konversion; "
        "conversión; ergebnisse; konversionen; conversiones"
    ),
    "returned": "returned; return; returned to sender; undeliverable; retour",
    "appointment": (
        "appointment; meeting; meeting booked; booked; booked meeting; booking; demo; demo booked; "
        "discovery call; appointment set; meeting set; meeting scheduled; termin; rendez vou; rdv; cita; "
        "reunión; møte; avtale; termine; rendez-vous; citas; reuniones; møter; avtaler; appointments set"
    ),
    "unique": "unique appointment; unique meeting",
    "held": (
        "held; meeting held; appointment held; show; showed; attended; demo held; meeting completed; demoed; "
        "gehalten; tenu; gjennomført"
    ),
    "opportunity": (
        "opportunity; opp; pipeline; proposal; qualified; sql; sale opportunity; oportunidad; opportunité; mulighet"
    ),
    "won": (
        "won; win; deal; deal won; closed won; customer; new customer; closed; sale; order; purchase; "
        "gewonnen; abschluss; gagné; ganado; vunnet; kunde; abschlüsse; kunden; deals won; clientes; "
        "clients; kunder; vunne"
    ),
    "lost": "lost; deal lost; closed lost; loss; verloren; perdu; perdido; tapt; verlorene",
    "cost": (
        "cost; spend; spent; amount spent; money spent; expense; campaign cost; fee; price; kosten; "
        "ausgegebener betrag; ausgabe; coût; dépense; montant dépensé; coste; costo; gasto; importe gastado; "
        "kostnad; utgift"
    ),
    "revenue": (
        "revenue; turnover; won value; deal value; won amount; order value; umsatz; chiffre d affaire; "
        "ingreso; omsetning; inntekt"
    ),
    "planned": "planned; target; planned touche; quota; geplant; planlagt",
    "contacts_touched": (
        "contact; contact touched; contacted; prospect contacted; people contacted; new lead contacted; person"
    ),
    "talk_seconds": "talk second; talk time; talk time second; call duration; duration second; in call duration",
    "accounts_reached": "account reached; reach; reichweite; company reached",
    "visits": "visit; session",
    "responders": "responder; people who responded; unique reply; unique responder",
    "surveys": "survey; survey answer; survey response",
    "satisfied": "satisfied; happy; satisfied customer",
}
