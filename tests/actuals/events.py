"""Random files of event rows, as tools write them: persons with a status, deals, calls; clean, or with messy cells."""

from __future__ import annotations

import numpy as np

from planner.plan import Plan, merged

__all__ = ["calls", "deals", "persons"]

_DAYS = [np.datetime_as_string(day) for day in np.arange("2027-01-25", "2027-03-05", dtype="datetime64[D]")]


def _days(rng: np.random.Generator, rows: int, messy: bool) -> list[str]:
    """Days, some of them empty or none; where messy in three ways of writing, with and without a time."""
    out = []
    for n, way in zip(rng.integers(len(_DAYS), size=rows).tolist(), rng.integers(40, size=rows).tolist(), strict=True):
        day = _DAYS[n]
        year, month, number = day.split("-")
        if way == 0:
            out.append("")
        elif not messy:
            out.append(day if way < 20 else f"{day}T0{way % 10}:15:00Z")
        elif way == 1:
            out.append("soon")
        else:
            out.append(
                (f"{number}.{month}.{year}", f"{day} 1{way % 10}:05", f" {day}", f"{number}.{month}.{year} 08:00")[
                    way % 4
                ]
            )
    return out


def _chosen(rng: np.random.Generator, rows: int, words: list[str]) -> list[str]:
    return [words[n] for n in rng.integers(len(words), size=rows).tolist()]


def _text(rows: list[list[str]], header: list[str], separator: str) -> str:
    return "\n".join(separator.join(row) for row in [header, *rows]) + "\n"


def _ids(rng: np.random.Generator, rows: int) -> list[str]:
    """Ids of events: none twice, some twice, many twice, or so many that they tell no events apart; some empty."""
    most = (rows * 1000, rows * 2, rows * 2, rows, rows // 4 + 1)[int(rng.integers(5))]
    return [f"e{n}" if n % 20 else "" for n in rng.integers(1, most + 1, size=rows).tolist()]


def persons(rng: np.random.Generator, plan: Plan, rows: int, messy: bool) -> str:
    """Persons with the last status reached, of one channel or of several; some without an address, some deleted."""
    channels = list(plan.channels)[: 1 + int(rng.integers(len(plan.channels)))]
    chosen = [channels[n] for n in rng.integers(len(channels), size=rows).tolist()]
    statuses = [_chosen(rng, 1, [stage.key for stage in merged(c.stages, plan.sales)])[0] for c in chosen]
    who = _chosen(rng, rows, ["", " ", *(f"p{n}@example.com" for n in range(rows // 3 + 1))])
    gone = _chosen(rng, rows, ["false", "false", "FALSE", "true", "1", ""])
    labels = [c.label if messy and n % 2 else c.key for n, c in enumerate(chosen)]
    cells = [list(row) for row in zip(_days(rng, rows, messy), labels, statuses, who, gone, strict=True)]
    header = ["date", "channel", "status", "email", "is_deleted"]
    if len(channels) == 1:
        cells, header = [row[:1] + row[2:] for row in cells], header[:1] + header[2:]
    if rng.integers(2):
        cells, header = [[*row, of] for row, of in zip(cells, _ids(rng, rows), strict=True)], [*header, "event_id"]
    return _text(cells, header, ";" if messy else ",")


def deals(rng: np.random.Generator, plan: Plan, rows: int, messy: bool) -> str:
    """Deals with amounts, some reopened, some without an id, some still open."""
    stages = ["Closed Won", "closed lost", "Closed Won (Sales pipeline)", "Negotiation", "Closed Lost"]
    cents = rng.integers(-1000, 900_000, size=rows).tolist()
    point = "," if messy else "."
    amounts = [f"{abs(c) // 100}{point}{abs(c) % 100:02d}" for c in cents]
    amounts = ["" if c < -500 else f"-{text}" if c < 0 else text for c, text in zip(cents, amounts, strict=True)]
    if messy:
        amounts[::7] = [f"1.{n % 900 + 100},50" for n in range(len(amounts[::7]))]
        amounts[3::11] = ["12,00 €"] * len(amounts[3::11])
    ids = _chosen(rng, rows, ["", *(f"d{n}" for n in range(rows // 2 + 1))])
    by = _chosen(rng, rows, [channel.key for channel in plan.channels])
    cells = zip(ids, _chosen(rng, rows, stages), amounts, _days(rng, rows, messy), by, strict=True)
    return _text(
        [list(row) for row in cells], ["Deal ID", "Stage", "Amount", "Close Date", "channel"], ";" if messy else ","
    )


def calls(rng: np.random.Generator, plan: Plan, rows: int, messy: bool) -> str:
    """Calls in and out, with durations in seconds or as a clock shows them; some come twice under one id."""
    seconds = rng.integers(90, size=rows).tolist()
    ways = [
        str,
        lambda n: f"00:0{n // 60}:{n % 60:02d}",
        lambda n: f"0{n // 60}:{n % 60:02d}",
        lambda n: f"{n}.5",
        lambda _: "",
    ]
    durations = [ways[n % (5 if messy else 1)](second) for n, second in enumerate(seconds)]
    ways_out = _chosen(rng, rows, ["outbound", "Inbound", "OUTGOING"])
    cells = [list(row) for row in zip(_days(rng, rows, messy), ways_out, durations, _ids(rng, rows), strict=True)]
    return _text(cells, ["date", "direction", "duration", "call_id"], ";" if messy else ",")
