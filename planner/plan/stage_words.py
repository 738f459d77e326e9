# ruff: noqa: E501  a stage is a line
"""What the trade calls a stage: its rate, one arrival, several, those that did not get there, its names in exports."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ACCEPTED", "APPOINTMENT", "BOOKING_REQUEST", "BOOKING_RESPONSE", "CHATS", "CLICKED", "CLICKED_AD", "CONNECTED",
    "DELIVERED", "DIALS", "DM_READ", "GATEKEEPER", "HARD_BOUNCE", "HELD", "IMPRESSIONS", "INBOXED", "INVITES", "LEADS",
    "LOST", "NEGATIVE", "NEGATIVE_ANSWER", "NEUTRAL", "NO_ANSWER", "OFF_TARGET", "OPENED", "OPPORTUNITY", "OPT_OUT",
    "OTHER", "POSITIVE", "RECONTACT", "REFERRAL", "REPLIED", "RETURNED", "SENT_EMAIL", "SENT_LETTER",
    "SENT_SMS", "SOFT_BOUNCE", "SPAM_COMPLAINT", "UNIQUE", "UNREACHABLE", "UNSUBSCRIBED", "VISITORS", "VOICEMAIL",
    "WON", "StageWords",
]  # fmt: skip


@dataclass(frozen=True)
class StageWords:
    """The words for one stage, as they stand inside a sentence.

    `rate` is what its rate is called, `singular` an arrival ("reply"), `many` several ("replies"); `without` follows the
    parent's `many` and says of it what a side outcome shares out ("replies that are not positive"). `uploads` are the
    names of its counts in the exports of tools, in the languages they export in, parted by semicolons.
    """

    rate: str
    singular: str
    many: str
    without: str = ""
    delay: str = ""  # what the time to it is called; empty: "reply delay" where the rate is "reply rate"
    uploads: str = ""

    @property
    def wait(self) -> str:
        """What the time between the parent and this stage is called."""
        return self.delay or f"{self.rate.removesuffix(' rate')} delay"


# fmt: off
_COMPLETION = "completion rate"  # planned touches that are carried out

_SENT = "sent; recipient; message sent; mailed; dispatched; gesendet; versandt; versendet; envoyé; enviado; sendt; gesendete; versendete; envois; envíos; sendte; nachrichten"
_CLICKS = "clicked; click; unique click; link click; clicker; klick; geklickt; clic; clic en el enlace; clic sur le lien; klikk"
_NO = "negative; negative reply; negative response; negative answer; not interested; interested no; negativ"

SENT_EMAIL = StageWords(_COMPLETION, "e-mail", "sent", uploads=_SENT)
SENT_SMS = StageWords(_COMPLETION, "message", "sent", uploads=_SENT)
SENT_LETTER = StageWords(_COMPLETION, "letter", "sent", uploads=_SENT)
DIALS = StageWords(_COMPLETION, "dial", "dials", uploads="dial; dialed; dialled; call; call made; outbound call; outgoing call; anruf; appel; llamada; oppringning; anrufe; appels; llamadas; samtaler; ringt")
INVITES = StageWords(_COMPLETION, "invitation", "invitations", uploads="invite; invitation; invited; invite sent; invitation sent; connection sent; connection request; request; request sent; einladungen; invitations envoyées; invitaciones; invitasjoner")
IMPRESSIONS = StageWords(_COMPLETION, "impression", "impressions", uploads="impression; impr; ad view; impresion; impressionen; visning; impresiones; visninger")
VISITORS = StageWords(_COMPLETION, "visitor", "visitors", uploads="visitor; unique visitor; session; user; visit; besucher; visiteur; visitante; besøkende; besøk; besuche")

DELIVERED = StageWords("delivery rate", "delivery", "delivered", "but not delivered", uploads="delivered; delivery; successful delivery; zugestellt; livré; entregado; levert; zugestellte; leveret")
HARD_BOUNCE = StageWords("hard bounce rate", "hard bounce", "hard bounces", uploads="hard bounce; hard bounced")
SOFT_BOUNCE = StageWords("soft bounce rate", "soft bounce", "soft bounces", uploads="soft bounce; soft bounced")
INBOXED = StageWords("inbox placement", "inbox placement", "in the inbox", uploads="inboxed; inbox; in inbox; inbox placement")
OPENED = StageWords("open rate", "open", "opened", uploads="opened; open; unique open; opener; geöffnet; öffnung; ouverture; ouvert; abierto; apertura; åpnet; öffnungen; aperturas")
CLICKED = StageWords("click-to-open rate", "click", "clicks", delay="click delay", uploads=_CLICKS)
CLICKED_AD = StageWords("click-through rate", "click", "clicks", delay="click delay", uploads=_CLICKS)
UNSUBSCRIBED = StageWords("unsubscribe rate", "unsubscribe", "unsubscribes", uploads="unsubscribed; unsubscribe; unsubscription; opt out; opted out; abgemeldet; abmeldung; désinscription; baja; avmeldt; abmeldungen; bajas")
SPAM_COMPLAINT = StageWords("spam complaint rate", "spam complaint", "spam complaints", uploads="spam complaint; abuse complaint; complaint; spam report; spam")
OPT_OUT = StageWords("opt-out rate", "opt-out", "opt-outs", uploads="opt out; opted out; unsubscribed; unsubscribe; stop")
RETURNED = StageWords("return rate", "returned letter", "returned letters", uploads="returned; return; returned to sender; undeliverable; retour")
REPLIED = StageWords("reply rate", "reply", "replies", "without a reply", uploads="replied; reply; response; responded; answer; message reply; antwort; geantwortet; réponse; répondu; respuesta; respondido; svar; svart; antworten; antworten gesamt; réponses")
POSITIVE = StageWords("positive reply rate", "positive reply", "positive replies", "that are not positive", uploads="positive; positive reply; positive response; interested; interested yes; interest; positiv")
NEGATIVE = StageWords("negative reply rate", "negative reply", "negative replies", uploads=_NO)
NEUTRAL = StageWords("neutral reply rate", "neutral reply", "neutral replies", uploads="neutral; neutral reply; neutral response; interested maybe; maybe; nøytral")
CONNECTED = StageWords("connect rate", "conversation", "conversations", "without a conversation", uploads="connected; connect; conversation; live conversation; answered; gespräch; erreicht; gespräche; echte gespräche; reached")
UNREACHABLE = StageWords("unreachable rate", "unreachable number", "unreachable numbers", uploads="unreachable; wrong number; invalid number; bad number")
NO_ANSWER = StageWords("no-answer rate", "unanswered dial", "unanswered dials", uploads="no answer; unanswered; not answered; missed")
VOICEMAIL = StageWords("voicemail rate", "voicemail", "voicemails", uploads="voicemail; voice mail; answering machine")
GATEKEEPER = StageWords("gatekeeper rate", "gatekeeper call", "gatekeeper calls", uploads="gatekeeper; gate keeper; reception; switchboard")
RECONTACT = StageWords("call-back rate", "call-back request", "call-back requests", uploads="recontact; call back; callback; call later; follow up later")
REFERRAL = StageWords("referral rate", "referral", "referrals", uploads="referral; referred; wrong person")
NEGATIVE_ANSWER = StageWords("negative answer rate", "negative answer", "negative answers", uploads=_NO)
OFF_TARGET = StageWords("off-target rate", "off-target conversation", "off-target conversations", uploads="off target; not on target; not qualified; disqualified; bad fit")
OTHER = StageWords("other outcome rate", "other outcome", "other outcomes")
ACCEPTED = StageWords("acceptance rate", "acceptance", "accepted", "not accepted", uploads="accepted; acceptance; connection accepted; accept; new connection; invitation accepted; angenommen; accepté; aceptado; angenommene; akzeptiert; akseptert")
DM_READ = StageWords("message read rate", "message read", "messages read", uploads="dm read; message read; read; seen")
BOOKING_REQUEST = StageWords("booking request rate", "booking request", "booking requests")
BOOKING_RESPONSE = StageWords("booking response rate", "booking response", "booking responses")
CHATS = StageWords("chat rate", "chat", "chats", uploads="chat; chat started; conversation started")
LEADS = StageWords("conversion rate", "lead", "leads", "without a lead", "lead delay", uploads="lead; new lead; form fill; submission; sign up; conversion; result; ergebnis; résultat; konversion; conversión; ergebnisse; konversionen; conversiones")
APPOINTMENT = StageWords("appointment rate", "appointment", "appointments", "without an appointment", uploads="appointment; meeting; meeting booked; booked; booked meeting; booking; demo; demo booked; call booked; booked call; discovery call; appointment set; meeting set; meeting scheduled; termin; rendez vou; rdv; cita; reunión; møte; avtale; termine; rendez-vous; citas; reuniones; møter; avtaler; appointments set")

UNIQUE = StageWords("unique appointment rate", "unique appointment", "unique appointments", "that are not unique", uploads="unique appointment; unique meeting")
HELD = StageWords("show rate", "meeting held", "meetings held", "not held", "time to meeting", uploads="held; meeting held; appointment held; show; showed; attended; demo held; meeting completed; demoed; gehalten; tenu; gjennomført")
OPPORTUNITY = StageWords("opportunity rate", "opportunity", "opportunities", "without an opportunity", uploads="opportunity; opp; proposal; qualified; sql; sale opportunity; oportunidad; opportunité; mulighet")
WON = StageWords("win rate", "deal", "deals", "not won", "time to win", uploads="won; win; deal; deal won; closed won; customer; new customer; closed; sale; order; purchase; gewonnen; abschluss; gagné; ganado; vunnet; kunde; abschlüsse; kunden; deals won; clientes; clients; kunder; vunne")
LOST = StageWords("loss rate", "lost deal", "lost deals", "not lost", "time to loss", uploads="lost; deal lost; closed lost; loss; verloren; perdu; perdido; tapt; verlorene")
