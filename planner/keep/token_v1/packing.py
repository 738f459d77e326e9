"""Numbers as few bytes: an entropy coder whose counts learn as it goes.

Part of token versions 1 and 2, so frozen: another weight or order of symbols would read old links wrongly. A number
equal to the one expected in its place costs a fraction of a bit; another costs its decimal digits, with the power of
ten told from that of the expected one. The coder is asymmetric numeral systems on whole integers, a block at a time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

__all__ = [
    "TYPED", "Counts", "Reader", "Writer", "packed", "read_figures", "read_numbers", "unpacked", "write_figures",
    "write_numbers",
]  # fmt: skip

BLOCK = 512  # symbols that share one integer: keeps the time linear
ZERO, NAN, QUOTIENT, FORMS = 0, 18, 19, 20  # forms 1 to 17: how many decimal digits
NEAR, FAR, LOWEST, POWERS = 8, 17, -330, 660
GAIN = 6

Expected = Sequence[float | None]


class Writer:
    """Symbols on their way into bytes."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int, int]] = []

    def even(self, symbol: int, total: int) -> None:
        self.steps.append((symbol, 1, total))

    def put(self, counts: list[int], symbol: int) -> None:
        self.steps.append((sum(counts[:symbol]), counts[symbol], sum(counts)))
        counts[symbol] += GAIN

    def blocks(self) -> bytes:
        out = bytearray()
        for begin in range(0, len(self.steps), BLOCK):
            state = 1
            for start, width, total in reversed(self.steps[begin : begin + BLOCK]):
                rest, inside = divmod(state, width)
                state = rest * total + start + inside
            raw = state.to_bytes((state.bit_length() + 7) // 8, "big")
            out += len(raw).to_bytes(2, "big") + raw
        return bytes(out)


class Reader:
    """Symbols out of bytes; ValueError where the bytes are none of ours."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at, self.left, self.state = data, 0, 0, 1

    def _draw(self, total: int) -> int:
        if not self.left:
            self.end(block=True)
            begin = self.at + 2
            self.at = begin + int.from_bytes(self.data[self.at : begin], "big")
            self.state, self.left = int.from_bytes(self.data[begin : self.at], "big"), BLOCK
        self.left -= 1
        self.state, inside = divmod(self.state, total)
        return inside

    def even(self, total: int) -> int:
        return self._draw(total)

    def take(self, counts: list[int]) -> int:
        inside, symbol = self._draw(sum(counts)), 0
        while inside >= counts[symbol]:
            inside -= counts[symbol]
            symbol += 1
        self.state = self.state * counts[symbol] + inside
        counts[symbol] += GAIN
        return symbol

    def end(self, block: bool = False) -> None:
        """Nothing may be left over: of the block, or (not `block`) of the bytes."""
        if self.state != 1 or not (block or self.at == len(self.data)):
            raise ValueError("left over")


class Counts:
    """What has been seen so far. `forms` weigh the number of digits at the start."""

    def __init__(self, forms: dict[int, int]) -> None:
        self.same = ([4, 4], [4, 4])  # after a number that was as expected, and after one that was not
        self.form = [forms.get(form, 1) for form in range(FORMS)]
        self.divided = list(self.form)
        self.sign = [40, 1]
        self.near = [[30 if d == NEAR else 12 if abs(d - NEAR) == 1 else 1 for d in range(FAR + 1)] for _ in "ab"]


TYPED = {1: 20, 2: 30, 3: 40, 4: 6, 5: 3, 16: 4, 17: 3, QUOTIENT: 2}
FIGURES = {5: 10, 6: 100, NAN: 2}


@lru_cache(maxsize=4096)
def _digits(text: str) -> tuple[int, int, int]:
    """Digits without trailing zeros as a whole number, how many, and the power of ten of the first."""
    _, digits, exponent = Decimal(text).normalize().as_tuple()
    if not digits or digits == (0,) or not isinstance(exponent, int):
        return 0, 0, 0
    return int("".join(map(str, digits))), len(digits), exponent + len(digits) - 1


def _numerator(value: float, divisor: float) -> float | None:
    """The short number that, divided by `divisor`, gives `value` to the bit; None where there is none."""
    if not 0 < divisor < 1e9 or not 0 < value < 1e9:
        return None
    numerator = float(f"{value * divisor:.6g}")
    return numerator if numerator / divisor == value else None


def _write(writer: Writer, counts: Counts, value: float, expected: float | None, before: float) -> None:
    if math.isnan(value):
        writer.put(counts.form, NAN)
        return
    size, forms = abs(value), counts.form
    digits, form, power = _digits(repr(size))
    if form > 12 and (numerator := _numerator(value, before)) is not None:
        writer.put(forms, QUOTIENT)
        size, forms = numerator, counts.divided
        digits, form, power = _digits(repr(size))
    writer.put(forms, form)
    writer.put(counts.sign, int(math.copysign(1.0, value) < 0))
    if form:
        off = power - _digits(repr(abs(expected or 0.0)))[2]
        writer.put(counts.near[expected is None], off + NEAR if abs(off) <= NEAR else FAR)
        if abs(off) > NEAR:
            writer.even(power - LOWEST, POWERS)
        least = 10 ** (form - 1)
        writer.even(digits - least, 9 * least)


def _read(reader: Reader, counts: Counts, expected: float | None, before: float) -> float:
    form = reader.take(counts.form)
    if form == NAN:
        return math.nan
    divisor = 1.0
    if form == QUOTIENT:
        divisor, form = before, reader.take(counts.divided)
    sign = "-" if reader.take(counts.sign) else ""
    if form == ZERO:
        return float(sign + "0")
    if form > 17:
        raise ValueError("no number of digits")
    near = reader.take(counts.near[expected is None])
    power = reader.even(POWERS) + LOWEST if near == FAR else near - NEAR + _digits(repr(abs(expected or 0.0)))[2]
    least = 10 ** (form - 1)
    value = float(f"{sign}{reader.even(9 * least) + least}e{power - form + 1}") / divisor
    if math.isinf(value):
        raise OverflowError("no number")
    return value


def packed(values: Sequence[float], expected: Expected, figures: Sequence[float]) -> bytes:
    """The numbers of a plan, each beside the one expected there (None: nothing is), then its figures, in like pairs."""
    writer = Writer()
    write_numbers(writer, Counts(TYPED), values, expected)
    write_figures(writer, figures)
    return writer.blocks()


def write_numbers(writer: Writer, counts: Counts, values: Sequence[float], expected: Expected) -> None:
    """The numbers of a plan, each beside the one expected there."""
    changed, before = 0, 0.0
    for value, like in zip(values, expected, strict=True):
        if like is not None:
            differs = int(value != like or math.copysign(1.0, value) != math.copysign(1.0, like))
            writer.put(counts.same[changed], differs)
            changed = differs
        if like is None or changed:
            _write(writer, counts, value, like, before)
        before = value


def write_figures(writer: Writer, figures: Sequence[float]) -> None:
    """Figures, each beside the one before it."""
    counts, before = Counts(FIGURES), 0.0
    for figure in figures:
        _write(writer, counts, figure, before, 0.0)
        before = 0.0 if math.isnan(figure) else figure


def unpacked(data: bytes, expected: Expected, figures: int) -> tuple[list[float], list[float]]:
    """The numbers and the figures back; ValueError or ArithmeticError for bytes that are not packed numbers."""
    reader = Reader(data)
    values = read_numbers(reader, Counts(TYPED), expected)
    read = read_figures(reader, figures)
    reader.end()
    return values, read


def read_numbers(reader: Reader, counts: Counts, expected: Expected) -> list[float]:
    """The numbers of a plan, as they were written beside those expected."""
    changed, before = 0, 0.0
    values: list[float] = []
    for like in expected:
        if like is not None:
            changed = reader.take(counts.same[changed])
        before = like if like is not None and not changed else _read(reader, counts, like, before)
        if math.isnan(before):
            raise ValueError("no number")
        values.append(before)
    return values


def read_figures(reader: Reader, many: int) -> list[float]:
    """Figures, as they were written."""
    counts, before = Counts(FIGURES), 0.0
    figures: list[float] = []
    for _ in range(many):
        figures.append(_read(reader, counts, before, 0.0))
        before = 0.0 if math.isnan(figures[-1]) else figures[-1]
    return figures
