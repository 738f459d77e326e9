"""Whatever bytes come, they are read or refused, and nothing else happens."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

import pytest

from planner.actuals.actuals import Actuals
from planner.actuals.reading import read_actuals, understand
from planner.errors import BadActuals
from planner.plan.starter import starter
from tests.actuals.files import FILES

PLAN = starter()
TEXTS = [file.text for file in FILES.values()]
HEADERS = sorted({cell for text in TEXTS for line in text.splitlines()[:4] for cell in line.split(",") if cell})
CELLS = [
    "2027-01", "2027-01-04", "4/1/2027", "Jan 27", "2027-W02", "46391", "email", "E-mail", "Phone", "sent", "Won", "",
    " ", "1,000", "1.000,50", "-3", "(5)", "12 %", "€ 9", "$5", "Total", "=1+1", "\u0000", "'", '"', "é", "\ufeff",
    "1e309", "NaN", "9" * 40, "x" * 2_000, "true", "00:45", "a@x.example", "\U0001f600", "\u202f", "2027", "13", "٣",
    "½", "²",
]  # fmt: skip
SEPARATORS = ",;\t|"


def some_bytes(random: random.Random) -> bytes:
    head = random.choice(
        [b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0", b"period,channel,stage,count\n"]
    )
    return head + random.randbytes(random.randrange(200))


def some_table(random: random.Random) -> bytes:
    """Cells people might write, under headers that tools write, in rows that may not fit."""
    separator, width = random.choice(SEPARATORS), random.randrange(1, 9)
    rows = [[random.choice(HEADERS) for _ in range(width)]]
    for _ in range(random.randrange(8)):
        odd = random.random() < 0.1
        rows.append([random.choice(CELLS) for _ in range(width + (random.randrange(-1, 3) if odd else 0))])
    quote = random.choice(["", "", '"'])
    lines = (separator.join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
    return random.choice(["\n", "\r\n", "\r"]).join(lines).encode(random.choice(["utf-8", "utf-16"]), "replace")


def some_damage(random: random.Random) -> bytes:
    """A real file with pieces cut, doubled, replaced or put elsewhere."""
    text = random.choice(TEXTS)
    for _ in range(random.randrange(1, 6)):
        begin = random.randrange(len(text) + 1)
        end = min(len(text), begin + random.randrange(12))
        piece = random.choice([random.choice(CELLS), random.choice(SEPARATORS), "\n", '"', text[begin:end] * 2, ""])
        text = text[:begin] + piece + text[end:]
        if random.random() < 0.2:
            text = text.replace(*random.sample(SEPARATORS + "\n", 2))
    return text.encode("utf-8", "replace")


KINDS: tuple[Callable[[random.Random], bytes], ...] = (some_bytes, some_table, some_damage, some_damage)


def check(seed: int) -> None:
    rolled = random.Random(seed)
    data = rolled.choice(KINDS)(rolled)
    upload = understand(data, PLAN)
    assert upload.actuals is None or isinstance(upload.actuals, Actuals)
    assert upload.actuals is not None or upload.refused or upload.questions
    with suppress(BadActuals):
        assert isinstance(read_actuals(data, PLAN), Actuals)


@pytest.mark.parametrize("hundred", range(10))
def test_a_file_is_read_or_refused(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("thousand", range(100))
def test_a_hundred_thousand_files_are_read_or_refused(thousand: int) -> None:
    for seed in range(1_000 * thousand + 1_000_000, 1_000 * thousand + 1_001_000):
        check(seed)
