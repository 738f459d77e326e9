"""Freezes what tokens of version 2 are told from: a reference plan, and tokens and files that must open forever.

    PYTHONPATH=. python tests/keep/freeze.py

writes `planner/keep/references/<NEWEST>.json` from today's starter plan, and then the tokens and files of this folder
that carry that number. Run it as long as no planner with that reference has been published: once the starter plan is
final, run it a last time and set RELEASED to the number. From then on it refuses that number, because links that people
have sent rest on it. A new starter plan takes the next one: raise `NEWEST` in `planner/keep/token_v2/reference.py`,
then run this again. Files of earlier numbers, and those of format 1, are never written again.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import astuple
from pathlib import Path

from planner.actuals.actuals import Actuals, Fact
from planner.keep.codec import to_json, to_token
from planner.keep.figures import figures
from planner.keep.steps import Changed, Scenario, Step
from planner.keep.token_v2.outline import outlined, short
from planner.keep.token_v2.reference import FOLDER, NEWEST, reference
from planner.keep.token_v2.table import PARTS, PLAN
from planner.keep.workspace import Workspace
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
    replace,
)
from planner.plan.levers import pull
from planner.plan.starter import starter

HERE = Path(__file__).parent
RELEASED = 3  # the newest reference that a published planner writes

# What else the texts of tokens often say: changes of single fields, rows and names, the likeliest last.
OFTEN = (
    '"profile":[[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0],"8":[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0]'
    ',"14":[0.0,0.0],"8":false,"7":null,"11":null,"9":"random","9":"in_order","12":"sender","13":0.0,"11":0.0,'
    '["new_channel","custom","New channel",0.0,[["touched","Touched",null,0.0],["replied","Replied","touched",0.0,null,'
    'true,false,true],["appointment","Appointment","replied",0.0,null,true]]],["lost_deals","once","hour","month",'
    '"revenue","sales.won",null,0,11,0.0],"sales.lost","sales.held",["email.sent",0.0],["email.replied",0.0],'
    '["email.appointment",0.0],["phone.appointment",0.0],["linkedin.appointment",0.0],["sms.appointment",0.0],'
    '["post.appointment",0.0],["landing.appointment",0.0],["email.replied.rate",0.0,0.0,0.0],["email",0.0,0.0],'
    '["phone",0.0,0.0],["linkedin",0.0,0.0],["sms",0.0,0.0],["post",0.0,0.0],["ads",0.0,0.0],["landing",0.0,0.0],'
    '["email",0.0],["revenue",0.0],["appointments",0.0],["unique_appointments",0.0],["gross_profit",0.0],["cost",0.0],'
    '["profit",0.0],["cac",0.0],["roi",0.0],["romi",0.0],["cost_per_appointment",0.0],["clv_to_cac",0.0],'
    '["payback_months",0.0],["opportunities",0.0],["deal.value","typed"],["email.replied.rate","own data",0.0,'
    '"2027-01-31"],["sales.won.rate","own data",0.0,"2027-12-31"],"typical value: https://www.","judgement","9":{"4":'
    '[[0,0.0],[3,0.0],[6,0.0]]},"1":"USD","1":"GBP","1":"CHF","1":"SEK","1":"DKK","1":"NOK","2":"2026-10","2":"2026-07",'
    '"2":"2027-04","2":"2027-07","2":"2028-01","3":24,"3":36,"3":6,"4":"DE","4":"SE","4":"DK","4":"GB","4":"US",'
    '"4":"FR","5":"en_GB","5":"de","5":"fr","5":"de_CH","5":"nb","6":{"":[0,1,2,7]},"7":{"":[0,3,5]},"10":{"":[0,13,11,'
    '12]},"11":{"":[0,11]},"12":[],"13":[],"15":{"":[0,24,22,23]},"17":[],"20":""My plan","Plan 2027","Copy of Starter '
    'plan",["email","2"]["email_2","email","Nordics"]["Cautious",{}],["Ambitious",{}],["Budget",["Best case",'
    '["Worst case",["Two more reps",{}],["Two more reps",{"8":false}]],null,[["1",["ads","email","phone","linkedin",'
    '"sms","post","landing"],{},{},[["'
)

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

SECTION_7 = {
    "channels": (
        replace(EVERYTHING.channels[0], fresh=120.0, deal=Deal(1500.0, 0.4)),
        replace(
            EVERYTHING.channels[1], coverage="in_order", pace=400.0, pace_per="sender", senders=3.0,
            stages=tuple(
                replace(stage, by_month=(1.0, 0.5, 1.2, 1.0, 0.0, 1.1)) if stage.key == "replied" else stage
                for stage in EVERYTHING.channels[1].stages
            ),
        ),
    ),
    "costs": (*EVERYTHING.costs, Cost("seat", "Lisens", 99.0, "email_2.sent", None, 1, 4, 1000.0)),
    "ranges": (Range("deal.value", 9e5, 1.1e6, 987654.32), EVERYTHING.ranges[1]),
}  # fmt: skip

WORKSPACE = Workspace(
    starter("email"),
    (
        Step("Set baseline", baseline=Changed(starter("sms"), starter("landing"))),
        Step("Changed the plan", Changed(starter("phone"), starter("email"))),
    ),
    (Step("Used actuals of “CRM”", actuals=Changed(None, Actuals(dt.date(2027, 3, 15), ()))),), starter("landing"),
    (Scenario("Forsiktig", EVERYTHING),),
    Actuals(dt.date(2027, 3, 15), (
        Fact("CRM", "2027-01", "email", "sent", 7990.0), Fact("CRM", "2027-02-14", "sales", "won", 0.5),
    )),
    (("Dato;Sendt", '{"date": "Dato"}'),),
)  # fmt: skip


def scenarios(plan: Plan) -> tuple[Scenario, ...]:
    """Named variants of a plan."""
    more = replace(plan, team=replace(plan.team, reps=plan.team.reps + 2), note="Two more from June.")
    off = replace(plan, channels=(replace(plan.channels[0], active=False), *plan.channels[1:]))
    return Scenario("Two more reps", more), Scenario("Uten annonser", off), Scenario("Dearer", _dearer(plan))


def _dearer(plan: Plan) -> Plan:
    return pull(plan, "deal.value", 21500.0)


def freeze() -> None:
    """Writes the reference, and with it the tokens and files."""
    if NEWEST <= RELEASED:
        raise SystemExit(f"Reference {NEWEST} is released: links rest on it. A new starter plan takes the next number.")
    _freeze_reference()
    reference.cache_clear()
    everything, whole = replace(EVERYTHING, **SECTION_7), starter()
    for name, plan in (("starter", whole), ("everything", everything)):
        token = to_token(plan, baseline=_dearer(plan), scenarios=scenarios(plan))
        (HERE / f"{name}_{NEWEST}.token").write_text(token + "\n", "utf-8")
        (HERE / f"{name}_{NEWEST}.json").write_text(to_json(plan) + "\n", "utf-8")
    rows = [astuple(figure) for figure in figures(whole)]
    (HERE / f"starter_{NEWEST}.figures.json").write_text(json.dumps(rows) + "\n", "utf-8")
    (HERE / f"workspace_{NEWEST}.json").write_text(to_json(WORKSPACE) + "\n", "utf-8")


def _freeze_reference() -> None:
    """The starter plan cut short where the table's defaults follow, and the words that texts of tokens begin with."""
    plan = _cut("Plan", starter())
    outline = json.dumps(short(PLAN, outlined(starter(), [])), ensure_ascii=False, separators=(",", ":"))
    frozen = {"plan": plan, "dictionary": outline + OFTEN}
    text = json.dumps(frozen, ensure_ascii=False, separators=(",", ":"))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{NEWEST}.json").write_text(text + "\n", "utf-8")


def _cut(part: str, value: object) -> list[object]:
    """The fields of a part of a plan as lists, without those at the end that are as the table has them."""
    cells: list[object] = []
    for field in PARTS[part]:
        cell = getattr(value, field.name)
        if field.rows:
            cell = [_cut(field.part, row) for row in cell]
        elif field.part and cell is not None:
            cell = _cut(field.part, cell)
        elif isinstance(cell, tuple):
            cell = list(cell)
        cells.append(cell)
    while cells and not (last := PARTS[part][len(cells) - 1]).needed and cells[-1] == last.default:
        cells.pop()
    return cells


if __name__ == "__main__":
    freeze()
