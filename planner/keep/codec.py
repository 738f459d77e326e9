"""Plans as text: JSON for people to read and keep, tokens for links. Both carry a format number and open forever.

A token is base64url of a version byte, a deflated text (what the plan holds but its numbers, told from a frozen
reference), the packed numbers and a CRC-32 of all of it, which finds more than zlib's own frame would in fewer bytes.
Nothing in it means "as today's defaults". Files and tokens are hostile until read: sizes are capped, inflation has a
limit, and whatever is wrong raises a PlannerError.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from planner.engine import VERSION, Forecast, forecast
from planner.errors import BadLink
from planner.keep.refusals import refused
from planner.keep.token_v1 import outline, packing, reference
from planner.keep.workspace import Workspace
from planner.measure.metrics import read
from planner.plan import Plan

__all__ = [
    "HEADLINES", "Figure", "Link", "figures", "from_json", "from_token", "kept_token", "otherwise", "to_json",
    "to_token",
]  # fmt: skip

FILE_FORMAT, TOKEN_FORMAT = 1, 1
MOST_FILE, MOST_TOKEN, MOST_TEXT = 64_000_000, 9_000_000, 8_000_000  # more than the largest plan there can be
HEADLINES = ("appointments", "won", "revenue", "cost", "cac", "roi")  # in this order in a token
DIGITS = 6

_FILED: dict[str, type] = {"plan": Plan, "workspace": Workspace}
_WRONG = (zlib.error, ValueError, TypeError, LookupError, ArithmeticError, RecursionError)  # of bytes that are no token
_DAMAGED = "This link is damaged: characters are missing or were changed. Copy it again, whole."
_NO_FILE = "This is no plan file: it is not JSON as the planner saves it. Choose another file."


@dataclass(frozen=True)
class Figure:
    """A headline metric to six digits, nan where undefined: in the plan, and with the tail."""

    metric: str
    in_plan: float
    with_tail: float


@dataclass(frozen=True)
class Link:
    """What a token holds: the plan, the version of the engine that made it, and what that engine said then.

    `engine` is "" and `figures` empty where the token was made to be kept, not shared.
    """

    plan: Plan
    engine: str
    figures: tuple[Figure, ...]


def figures(plan: Plan, made: Forecast | None = None) -> tuple[Figure, ...]:
    """The headline figures of a plan; `made` is its forecast, where that is at hand."""
    made = made or forecast(plan)
    return tuple(Figure(key, _rounded(read(made, key)), _rounded(read(made, key, tail=True))) for key in HEADLINES)


def otherwise(link: Link) -> tuple[Figure, ...]:
    """Those of a link's figures, as today's engine gives them, that differ by more than one part in 10 000."""

    def alike(a: float, b: float) -> bool:
        return math.isclose(a, b, rel_tol=1e-4, abs_tol=1e-9) or (math.isnan(a) and math.isnan(b))

    return tuple(
        now
        for then, now in zip(link.figures, figures(link.plan) if link.figures else (), strict=True)
        if not (alike(then.in_plan, now.in_plan) and alike(then.with_tail, now.with_tail))
    )


def _rounded(value: Any) -> float:
    return float(f"{float(value):.{DIGITS}g}") if math.isfinite(value) else math.nan


# -- files ------------------------------------------------------------------------------------------------------------


@cache
def _adapter(cls: type) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def to_json(held: Plan | Workspace) -> str:
    """A plan or a workspace as JSON, every field named, indented for people."""
    holds = next(name for name, cls in _FILED.items() if isinstance(held, cls))
    told = _adapter(_FILED[holds]).dump_python(held, mode="json", exclude={"by"})
    return json.dumps({"format": FILE_FORMAT, "engine": VERSION, holds: told}, ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> Plan | Workspace:
    """The plan or workspace of a file.

    Raises BadLink for a file that is none, too large or from a newer format; PlanError, with the path of the field, for
    a plan that cannot be.
    """
    if len(text) > MOST_FILE:
        raise BadLink(f"This file is too large: a plan file has at most {MOST_FILE // 1_000_000} MB. Choose another.")
    try:
        given = dict(json.loads(text.removeprefix("\ufeff") if isinstance(text, str) else text))
        held = {name: json.dumps(given[name]) for name in _FILED if name in given}
    except (ValueError, TypeError, RecursionError):
        raise BadLink(_NO_FILE) from None
    version = given.get("format")
    if type(version) is not int or version < 1:
        raise BadLink(_NO_FILE)
    if version > FILE_FORMAT:
        raise BadLink(f"This file has format {version}; this planner reads up to {FILE_FORMAT}. Update the planner.")
    if not held:
        raise BadLink(_NO_FILE)
    name, told = next(iter(held.items()))
    return _checked(_FILED[name], told)  # type: ignore[no-any-return]


def _checked(cls: type, text: str) -> Any:
    try:
        return _adapter(cls).validate_json(text, strict=True)
    except ValidationError as error:
        raise refused(error, json.loads(text)) from None


# -- tokens -----------------------------------------------------------------------------------------------------------


def to_token(plan: Plan, made: Forecast | None = None) -> str:
    """The plan as a short text for a link, with the engine's version and the headline figures.

    `made` is the plan's forecast, where that is at hand.
    """
    return _written(plan, VERSION, figures(plan, made))


def kept_token(plan: Plan) -> str:
    """The plan as a token without figures, to be kept rather than shared."""
    return _written(plan, "", ())


def _written(plan: Plan, engine: str, told: tuple[Figure, ...]) -> str:
    numbers: list[float] = []
    outlined = outline.outlined(plan, numbers)
    text, expected = _told(engine, json.dumps(outlined, ensure_ascii=False))
    headlines = [value for figure in told for value in (figure.in_plan, figure.with_tail)]
    body = bytes((TOKEN_FORMAT,)) + text + packing.packed(numbers, expected, headlines)
    return _spelled(body + zlib.crc32(body).to_bytes(4, "big"))


def _spelled(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@lru_cache(maxsize=16)
def _told(engine: str, outlined: str) -> tuple[bytes, tuple[float | None, ...]]:
    """All of a plan but its numbers, deflated, and the number to expect in each place."""
    plan = json.loads(outlined)
    heads = reference.heads(plan)
    expected = reference.expected(heads)
    told = [engine, heads, outline.diff(plan, outline.outlined(expected, []))]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, reference.dictionary())
    return deflate.compress(text) + deflate.flush(), tuple(outline.likes(plan, expected))


def from_token(token: str) -> Link:
    """What a token holds.

    Raises BadLink for a token that is damaged, cut off, too large or from a newer format; PlanError, with the path of
    the field, for a plan that cannot be.
    """
    body = _framed(token.strip())
    inflate = zlib.decompressobj(-15, reference.dictionary())
    try:
        text = inflate.decompress(body, MOST_TEXT)
        if not inflate.eof:
            raise ValueError("more than a plan can hold, or cut off")
        engine, blanks, expected = _read(text)
        numbers, told = packing.unpacked(inflate.unused_data, expected, 2 * len(HEADLINES) if engine else 0)
        plan = blanks % tuple(map(repr, numbers))
    except _WRONG:
        raise BadLink(_DAMAGED) from None
    rows = zip(HEADLINES, told[::2], told[1::2], strict=False)
    return Link(_checked(Plan, plan), engine, tuple(Figure(*row) for row in rows))


def _framed(token: str) -> bytes:
    """The bytes between version and checksum."""
    if len(token) > MOST_TOKEN:
        raise BadLink(f"This link is too long: a link has at most {MOST_TOKEN:,} characters.")
    if not re.fullmatch(r"[A-Za-z0-9_-]{8,}", token) or len(token) % 4 == 1:
        raise BadLink(_DAMAGED)
    raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    if raw[0] > TOKEN_FORMAT:
        raise BadLink(f"This link has format {raw[0]}; this planner reads up to {TOKEN_FORMAT}. Update the planner.")
    sound = zlib.crc32(raw[:-4]).to_bytes(4, "big") == raw[-4:]
    if raw[0] != TOKEN_FORMAT or not sound or _spelled(raw) != token:
        raise BadLink(_DAMAGED)
    return raw[1:-4]


@lru_cache(maxsize=16)
def _read(text: bytes) -> tuple[str, str, tuple[float | None, ...]]:
    """The engine, the plan's JSON with a blank for each number, and the numbers to expect there."""
    engine, heads, patch = json.loads(text)
    if not re.fullmatch(r"[0-9A-Za-z.+-]{0,20}", engine):
        raise ValueError("no version")
    expected = reference.expected(heads)
    plan = outline.outlined(outline.patched(outline.outlined(expected, []), patch), [])
    return engine, outline.blanks(plan), tuple(outline.likes(plan, expected))
