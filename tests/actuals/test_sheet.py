"""Bytes to columns: encodings, separators, headers; and the short way agrees with the long one."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.actuals.fast_sheet import regular
from planner.actuals.sheet import Sheet, _RowReader, decoded, sheet
from planner.errors import BadActuals

HEADERS = {"period", "channel", "stage", "count"}


def read(text: str) -> Sheet:
    return sheet(text, lambda header: header in HEADERS)


def rows(table: Sheet) -> list[tuple[str, ...]]:
    return [tuple(c.texts[c.codes[i]] for c in table.columns) for i in range(len(table.lines))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    text = "période;coût (€)\n2027-01;12,50 €\n"
    assert decoded(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "text", ["Öffnungen;März;Größe\n", "Envoyés;août\n1\xa0200;\n", "Måned;Beløp\n", "año;señal\n"]
)
def test_what_was_saved_on_an_old_mac_is_told_from_what_was_saved_on_windows(text: str) -> None:
    assert [decoded(text.encode(encoding)).text for encoding in ("mac_roman", "cp1252")] == [text, text]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b" \n\n", "empty"), (b"\x00" * 40, "not text"), (b"a,b\x00\n1,2", "not text"),
     (bytes(range(256)) * 9, "not text"),
     (b"PK\x03\x04rest", "workbook"), (b"%PDF-1.7", "PDF"), (b"x" * 50_000_001, "50 MB")],
)  # fmt: skip
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadActuals, match=reason):
        decoded(data)


def test_the_header_stands_below_a_preamble_and_lines_keep_their_numbers() -> None:
    table = read(
        'Report,"made\nby hand"\n\nperiod,channel,stage,count,,\n'
        "2027-01,email,sent,5,,\n,,,,,\n2027-02,email,sent,6,,\n"
    )
    assert (table.header_line, table.above) == (4, 3)
    assert [c.header for c in table.columns] == ["period", "channel", "stage", "count"]
    assert table.lines.tolist() == [5, 7]


def test_a_row_that_does_not_fit_is_named_by_line() -> None:
    table = read("period,channel,stage,count\n2027-01,email,sent,5\n2027-01,email,sent,1,742\n2027-01,email\n")
    assert [(odd.line, len(odd.cells)) for odd in table.odd] == [(3, 4), (4, 2)]
    assert rows(table) == [("2027-01", "email", "sent", "5")]


def test_a_quotation_mark_that_never_closes_swallows_nothing_silently() -> None:
    table = read('period,channel,stage,count\n2027-01,email,sent,5\n2027-01,"email,sent,6\n2027-01,email,sent,7\n')
    assert [odd.line for odd in table.odd] == [3]
    assert "quotation mark" in table.odd[0].what


@pytest.mark.parametrize("text", ["a\nb\n", "x," * 9_999 + "x\n1\n", "1,2,3\n4,5,6\n", ";;;;\n"])
def test_a_file_without_a_header_is_refused(text: str) -> None:
    with pytest.raises(BadActuals, match="header"):
        read(text)


def test_a_line_that_names_the_separator_is_no_header() -> None:
    table = read("sep=;\r\nperiod;count\r\n2027-01;5\r\n")
    assert (table.separator, rows(table)) == (";", [("2027-01", "5")])


cells = st.text(st.sampled_from(" aZé0.,;\"'\n-=€"), max_size=6)


@given(
    st.lists(st.lists(cells, min_size=3, max_size=3), max_size=12),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_the_short_way_agrees_with_the_long_one(table: list[list[str]], separator: str, newline: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=newline).writerows([["period", "channel", "count"], *table])
    text = out.getvalue()
    short = regular(text, separator, 1, 3)
    reader = _RowReader(text, separator)
    reader.header(0)
    long = reader.columns(3)
    if short is not None:
        assert short.lines.tolist() == long.lines.tolist()
        for column in range(3):
            fast, slow = short.texts[column], long.texts[column]
            assert [fast[i] for i in short.codes[column]] == [slow[i] for i in long.codes[column]]


def test_a_regular_file_takes_the_short_way() -> None:
    text = 'period;count\n2027-01;"1;742"\n\n2027-02;007\n'
    table = regular(text, ";", 1, 2)
    assert table is not None
    assert [table.texts[1][i] for i in table.codes[1]] == ["1;742", "007"]
    assert table.lines.tolist() == [2, 4]
    assert regular("period;count\n2027-01;1;742\n", ";", 1, 2) is None
    assert regular('period;count\n2027-01;"1\n2"\n', ";", 1, 2) is None
