"""What columns of event rows are called, and what they hold, in the languages that tools export in."""

from __future__ import annotations

import re

__all__ = [
    "AMOUNT", "BOOKED", "CALLED_AT", "CLOSED_ON", "DIRECTION", "DURATION", "ENDS_OF_STATUS", "ENTITY", "HOPED_FOR",
    "INBOUND", "LOST_ON", "MACHINES", "NAMED", "PERSON", "STATUS", "TALK", "WON_ON",
]  # fmt: skip

_DAY = r"(?: (?:date|at|on|time|am|dato|datum|tid|tidspunkt|zeit|zeitpunkt|op|le|el|hora))?"
CLOSED_ON = re.compile(
    r"(?:date |fecha |data |dato )?(?:de |da |di |del )?(?:closed?|closing|won|abschluss|schluss|cloture|fermeture"
    r"|cierre|fechamento|chiusura|lukke|zamkniecia|uzavreni)\b.*"
    r"|(?:.* )?(?:closed?|won) ?(?:date|at|on|time)"
    r"|(?:abschluss|schluss|lukke|luknings|stangnings|avsluts|sluitings|afsluit)(?:dat\w+|termin)"
    r"|(?:.* )?(?:abgeschlossen|geschlossen|lukket|stangd|gesloten)(?: am| op)?"
)
WON_ON = re.compile(
    rf"(?:date )?(?:won|gewonnen|gagnee?|ganad[ao]|ganh[ao]|vint[ao]|vunnet|vunnen|vundet){_DAY}|datum der gewinnung"
)
LOST_ON = re.compile(
    rf"(?:date )?(?:lost|verloren|perdue?|perdid[ao]|pers[ao]|tapt|forlorad|tabt){_DAY}|datum des verlusts?"
)
HOPED_FOR = re.compile(
    r"\b(?:expected|est|estimated|planned|forecast|target|erwartet\w*|geplant\w*|prev[ui]\w*|forventet|forvantad\w*"
    r"|verwacht\w*|attendue?|esperad\w*|estimad\w*)\b"
)
ENTITY = re.compile(
    r"^(?:deal|lead|activity|geschäft|angebot|affaire|transaction|negocio|trato|negócio|avtale|affär|aftale|trattativa"
    r"|szansa|obchod) - ",
    re.IGNORECASE,
)
STATUS = frozenset(
    ["stage", "status", "statu", "statu label", "statu type", "state", "outcome", "disposition", "result", "phase",
     "stufe", "etape", "etapa", "trinn", "resultat", "ergebnis", "event", "activity", "action", "fase", "steg", "etap",
     "skede"]
)  # fmt: skip
ENDS_OF_STATUS = ("fase", "phase", "stage", "status", "statu", "sfa")  # of words made of two, as they are compared
AMOUNT = frozenset(
    ["amount", "value", "deal value", "deal amount", "revenue", "actual revenue", "betrag", "wert", "montant",
     "importe", "belop", "beløp", "belopp", "bedrag", "importo", "tcv", "acv", "valore", "valor", "verdi", "varde",
     "waarde", "værdi", "valeur", "wartosc", "hodnota", "kwota"]
)  # fmt: skip
NAMED = frozenset(
    ["opportunity", "opportunity name", "deal", "deal name", "affaire", "negocio", "affar", "trato", "dealnaam",
     "avtalenavn", "affarsnamn", "nom de la transaction", "nom de l opportunite", "nombre del negocio"]
)  # fmt: skip
PERSON = frozenset(
    ["email", "e mail", "lead", "lead email", "contact", "person", "prospect", "recipient", "profile url",
     "linkedin url", "name", "contact id"]
)  # fmt: skip
DIRECTION = frozenset(["direction", "call direction", "type", "call type", "richtung", "sens", "direccion", "retning"])
INBOUND = (
    "inbound", "incoming", "in", "eingehend", "entrant", "entrante", "innkommende", "inngående", "inkommande",
    "inkomend", "indgående",
)  # fmt: skip
DURATION = frozenset(
    ["duration", "call duration", "talk duration", "talk time", "duration second", "in call duration", "dauer",
     "gesprächsdauer", "anrufdauer", "duree", "duracion", "varighet", "varaktighet", "duur"]
)  # fmt: skip
TALK = frozenset(["talk", "call"])  # of a call, what was spoken says more than how long it rang
CALLED_AT = frozenset(
    ["started at", "called at", "call time", "datetime", "start time", "date started", "date created", "created at"]
)
MACHINES = frozenset(
    ["voicemail", "voice mail", "left voicemail", "vm left", "vm answer", "answering machine", "machine", "mailbox",
     "anrufbeantworter", "no answer", "busy", "failed", "blocked"]
)  # fmt: skip
BOOKED = (
    "meeting", "meeting booked", "meeting set", "meeting scheduled", "booked meeting", "appointment", "appointment set",
    "appointment booked", "appointment scheduled", "demo booked", "demo scheduled", "termin", "termin vereinbart",
    "rdv", "rdv pris", "cita", "reunión agendada", "møte booket", "möte bokat", "afspraak", "afspraak gemaakt",
)  # fmt: skip
