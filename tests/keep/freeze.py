"""Freezes what token version 1 is told from: before version 1 is published, and never after, for old links rest on it.

    PYTHONPATH=. python tests/keep/freeze.py

writes the reference plan of `planner/keep/token_v1/dictionary.txt` from today's starter plan (its third line, what
else tokens often say, stays as it stands), and then the tokens and files of this folder, which must open forever.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import astuple
from pathlib import Path

from planner.actuals.actuals import Actuals, Fact
from planner.keep.codec import figures, to_json, to_token
from planner.keep.token_v1 import outline
from planner.keep.workspace import Scenario, Workspace
from planner.plan import (
    Assist,
    Channel,
    Cost,
    Deal,
    Delay,
    Effort,
    Evidence,
    Feed,
    Hire,
    Limit,
    Opening,
    Plan,
    Range,
    Stage,
    Target,
    Team,
)
from planner.plan.starter import starter

HERE = Path(__file__).parent
DICTIONARY = Path(outline.__file__).with_name("dictionary.txt")

EVERYTHING = Plan(
    "Årsplan „2028“ – 計画 🎯", "NOK", "2027-10", 6, "NO", "nb_NO",
    (
        Channel("ads", "ads", "Annonser 100 %", 1e5, (
            Stage("impressions", "Visninger", None, 1.0), Stage("clicked", "Klikk", "impressions", 1 / 1250),
        ), (1.0, 0.5, 0.0, 1.5, 2.0, 1 / 3), 40.0),
        Channel("email_2", "email", 'E-post "kald"', 2500.0, (
            Stage("sent", "Sendt", None, 1.0),
            Stage("delivered", "Levert", "sent", 0.97, None, True),
            Stage("bounced", "Avvist\n%s", "sent", 1.0, None, False, True),
            Stage("replied", "Svar", "delivered", 0.0125, Delay(2.5, 180 / 84), True, False, True),
            Stage("appointment", "Møte", "replied", 0.2, None, True),
            Stage("won", "Vunnet", "opportunity", 0.3, Delay(30.0, 1.0000001), True),
        ), (), 4.0, 12345.678, False),
    ),
    (
        Stage("unique", "Unikt møte", "appointment", 0.9, None, True),
        Stage("held", "Holdt", "unique", 0.7, None, True),
        Stage("opportunity", "Mulighet", "held", 0.5, None, True),
        Stage("won", "Vunnet", "opportunity", 0.2, None, True),
        Stage("lost", "Tapt", "opportunity", 0.0, Delay(84.0, 2.0), False, True),
    ),
    Deal(987654.32, 0.55, 1.5, 4.0),
    Team(1.5, 61000.0, 7.5, 2.0, (Hire(0, 1.0), Hire(5, -0.5))),
    (
        Cost("fee", "Honorar", 1e-7, "email_2.sent"), Cost("rent", "Leie", 1234.5, "month", "ads"),
        Cost("cut", "Provisjon", 0.05, "revenue"),
    ),
    (Effort("sales.held", 45.0),),
    (Feed("clicks", "ads.clicked", "email_2", 0.25),),
    (Assist("lift", "ads", "email_2.replied", 0.1, 250000.0),),
    (Opening("email_2.opportunity", 7.0), Opening("email_2.appointment", -0.0)),
    (Range("deal.value", 9e5, 1.1e6), Range("email_2.replied.rate", 0.01, 0.02)),
    0.35,
    (Target("won", 12.0), Target("lowest_cash", -0.0)),
    (Limit("email_2", 100.0, 5000.0), Limit("ads")),
    (Evidence("deal.value", "Regnskap 2026", 42.0, "2027-09-30"), Evidence("email_2.replied.rate", "")),
    "Første utkast.\nTil styret.",
)  # fmt: skip

WORKSPACE = Workspace(
    starter("email"), (starter("phone"), starter("sms")), (starter("post"),), starter("landing"),
    (Scenario("Forsiktig", EVERYTHING),),
    Actuals(dt.date(2027, 3, 15), (
        Fact("CRM", "2027-01", "email", "sent", 7990.0), Fact("CRM", "2027-02-14", "sales", "won", 0.5),
    )),
    (("Dato;Sendt", '{"date": "Dato"}'),),
)  # fmt: skip


def freeze() -> None:
    """Writes the dictionary, and with it the tokens and files."""
    numbers: list[float] = []
    lists = outline.outlined(starter(), numbers)
    lines = [json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (lists, numbers)]
    often = DICTIONARY.read_text("utf-8").splitlines()[2]
    DICTIONARY.write_text("\n".join([*lines, often]) + "\n", "utf-8")
    for name, plan in (("starter_1", starter()), ("everything_1", EVERYTHING)):
        (HERE / f"{name}.token").write_text(to_token(plan) + "\n", "utf-8")
        (HERE / f"{name}.json").write_text(to_json(plan) + "\n", "utf-8")
    told = [astuple(figure) for figure in figures(starter())]
    (HERE / "starter_1.figures.json").write_text(json.dumps(told) + "\n", "utf-8")
    (HERE / "workspace_1.json").write_text(to_json(WORKSPACE) + "\n", "utf-8")


if __name__ == "__main__":
    freeze()
