"""Files too big to be read cell by cell: opened by an embedded DuckDB that may read that one file and nothing else."""

from __future__ import annotations

import csv
import datetime as dt
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from planner.actuals.formats import bare
from planner.actuals.mapping import ColumnMapping
from planner.actuals.matching import plan_names
from planner.actuals.questions import Answers
from planner.actuals.reading import Upload, header_tests
from planner.actuals.rollup import roll_up
from planner.actuals.rollup_query import Events
from planner.actuals.rows import Refusal
from planner.actuals.sheet import Sheet, decoded, sheet
from planner.errors import BadActuals
from planner.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["HEAD_BYTES", "Engine", "head_of", "roll_up_file"]

Report = Callable[[float], None]
HEAD_BYTES = 400_000  # from which the columns are recognised
MEMORY, SPILL = "320MB", "20GB"  # what the engine may take, and what it may put aside on disk
_MOST_REFUSED = 500
_CHUNK = 1 << 22
_NO_DUCKDB = "Files of this size are counted by DuckDB, which is not installed."
_MEND_TEXT = "Save it as CSV (UTF-8) and try again."
# How a file is read by the encoding of its first rows, what costs least first; "": rewritten as UTF-8 before.
_ATTEMPTS = {
    "utf-8": ("utf-8", "latin-1", ""), "utf-8-sig": ("utf-8", ""), "cp1252": ("latin-1", ""), "utf-16": ("",),
    "utf-16-le": ("",), "utf-16-be": ("",),
}  # fmt: skip
_SETTINGS = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    f"SET memory_limit = '{MEMORY}'",
    f"SET max_temp_directory_size = '{SPILL}'",
    "SET preserve_insertion_order = false",
    "SET enable_progress_bar = true",
    "SET enable_progress_bar_print = false",
)


class Engine:
    """A DuckDB of its own that can read one file, in a folder that is emptied afterwards."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.folder, self.report, self.queries = folder, report, 0

    def __enter__(self) -> Engine:
        try:
            import duckdb  # noqa: F401
            import ibis
        except ImportError:
            raise BadActuals(_NO_DUCKDB, mend="Install the extra: pip install -e '.[bigfiles]'.") from None
        self.folder.mkdir(exist_ok=True)
        self.connection = ibis.duckdb.connect(threads=min(4, os.cpu_count() or 1))
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.disconnect()

    def opened(self, path: Path, head: Sheet, encoding: str, *, recode: bool) -> Any:
        """The file as a table of text. Under a name of our own, so that no name is ever a pattern or an address."""
        file = self.folder / "events.csv"
        if recode:
            _recoded(path, file, "cp1252" if encoding == "utf-8" else encoding)
        else:
            file.symlink_to(path.resolve())
        spill = self.folder / "spill"
        place, put_aside = str(file).replace("'", "''"), str(spill).replace("'", "''")
        for setting in (
            *_SETTINGS, f"SET temp_directory = '{put_aside}'", f"SET allowed_paths = ['{place}']",
            "SET enable_external_access = false", "SET lock_configuration = true",
        ):  # fmt: skip
            self.connection.raw_sql(setting)
        return self.connection.read_csv(
            file, header=True, delim=head.separator, quote='"', escape='"', auto_detect=False, compression="none",
            columns={f"c{i}": "VARCHAR" for i in range(_width(path, head, encoding))}, nullstr="\\N", skip=head.above,
            encoding="utf-8" if recode else encoding, ignore_errors=True, store_rejects=True,
            rejects_limit=_MOST_REFUSED,
        )  # fmt: skip

    def read(self, expression: Any) -> pd.DataFrame:
        """Runs an expression; each query is taken for half of what is left to do."""
        import duckdb

        ended, begun = Event(), 1 - 0.5**self.queries
        self.queries += 1
        watch = Thread(target=self._watch, args=(ended, begun, 0.5**self.queries), daemon=True)
        watch.start()
        try:
            frame: pd.DataFrame = expression.to_pandas()
        except duckdb.Error as error:
            text = str(error)
            if "encoded" in text or "unicode" in text.casefold():
                raise _WrongEncoding from None
            raise BadActuals(f"The file cannot be read as a table: {text.splitlines()[0][:200]}") from None
        finally:
            ended.set()
            watch.join()
        return frame

    def _watch(self, ended: Event, begun: float, share: float) -> None:
        while not ended.wait(0.2):
            self.report(begun + share * min(1.0, max(0.0, self.connection.con.query_progress() / 100)))

    def refused(self) -> tuple[Refusal, ...]:
        """The rows that do not fit the header, each once."""
        query = "SELECT DISTINCT line, error_type, csv_line, error_message FROM reject_errors ORDER BY line"
        rows = self.connection.raw_sql(query).fetchall()
        if any(kind == "INVALID ENCODING" for _, kind, _, _ in rows):
            raise _WrongEncoding
        mend = "Put text that contains the separator in quotation marks, or add the missing cells."
        return tuple(
            Refusal(int(line), None, str(message).splitlines()[0][:200], mend)
            for line, _, text, message in rows
            if str(text).strip("\r\n ")
        )


def _width(path: Path, head: Sheet, encoding: str) -> int:
    """How many cells the header has, empty ones at its end included."""
    with path.open(encoding="cp1252" if encoding == "latin-1" else encoding, errors="replace", newline="") as file:
        rows = csv.reader(file, delimiter=head.separator)
        row = next((row for row in rows if rows.line_num > head.above), [])
    return max(len(row), len(head.columns))


def _recoded(path: Path, to: Path, encoding: str) -> None:
    """Writes a file again as UTF-8, piece by piece."""
    try:
        with path.open(encoding=encoding, newline="") as file, to.open("w", encoding="utf-8", newline="") as out:
            while piece := file.read(_CHUNK):
                out.write(piece)
    except UnicodeError:
        raise _WrongEncoding from None


def roll_up_file(
    path: str | Path, plan: Plan, *, mapping: ColumnMapping | None = None, answers: Answers | None = None,
    as_of: dt.date | None = None, report: Report = lambda _: None,
) -> Upload:  # fmt: skip
    """What a file of event rows says, whatever its size, in bounded memory; BadActuals where it cannot be counted.

    `report` is told the share that is done, 0 to 1.

    >>> import tempfile, pathlib
    >>> from planner import starter
    >>> from planner.actuals.questions import Answers
    >>> rows = "date,status,email\\n2027-01-04,sent,a@example.com\\n2027-01-05,replied,a@example.com\\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "events.csv")
    ...     _ = path.write_text(rows)
    ...     upload = roll_up_file(path, starter("email"), answers=Answers(rows="persons"))
    >>> [(fact.period, fact.name, fact.value) for fact in upload.actuals.facts if fact.value]
    [('2027-01-04', 'sent', 1.0), ('2027-01-05', 'replied', 1.0)]
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            start = file.read(HEAD_BYTES)
    except OSError as error:
        raise BadActuals(f"{path.name} cannot be read: {error.strerror or error}.") from None
    encoding, head = head_of(start, plan)
    for n, attempt in enumerate(_ATTEMPTS[encoding], 1):
        with tempfile.TemporaryDirectory(prefix="planner-") as folder, Engine(Path(folder), report) as engine:
            try:
                table = engine.opened(path, head, attempt if attempt else encoding, recode=not attempt)
                events = Events(
                    table, {bare(cells.header): f"c{i}" for i, cells in enumerate(head.columns)}, engine.read
                )
                upload = roll_up(
                    events, head, plan, mapping=mapping, answers=answers, as_of=as_of, encoding=encoding
                )  # fmt: skip
                refused = engine.refused()
            except _WrongEncoding:
                if n < len(_ATTEMPTS[encoding]):
                    continue
                raise BadActuals("The file is not text in one encoding.", mend=_MEND_TEXT) from None
            report(1.0)
            return replace(upload, refused=(*refused, *upload.refused))
    raise AssertionError(encoding)


class _WrongEncoding(ValueError):
    """The file is not in the encoding it was read in."""


def head_of(start: bytes, plan: Plan) -> tuple[str, Sheet]:
    """The encoding of a file, and its first rows as a sheet."""
    names = plan_names(plan)
    if len(start) == HEAD_BYTES:  # to the end of a row; a UTF-16 file's lines end in two bytes
        end = start.rfind(b"\n")
        wide = end + 1 < len(start) and start[end + 1] == 0
        start = start[: end + 1 + wide] if end >= 0 else start
    text = decoded(start)
    return text.encoding, sheet(text.text, *header_tests(names))
