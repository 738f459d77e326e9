"""What a file of any size, or a table of a warehouse, says: never refused by an error, always as something to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from planner.actuals.big_files import roll_up_file
from planner.actuals.mapping import ColumnMapping
from planner.actuals.questions import Answers
from planner.actuals.reading import Refusal, Upload, understand
from planner.actuals.rollup import NoEvents
from planner.actuals.sheet import MOST_BYTES, MOST_ROWS
from planner.actuals.warehouse import connected, roll_up_table
from planner.errors import BadActuals
from planner.plan import Plan

__all__ = ["named", "understand_file", "understand_table"]

Report = Callable[[float], None]


def understand_file(path: Path, plan: Plan, mapping: ColumnMapping, answers: Answers, *, report: Report) -> Upload:
    """As `understand` says of its bytes; beyond what that takes, the file's event rows are counted by DuckDB."""
    if path.stat().st_size <= MOST_BYTES:
        data = path.read_bytes()
        if data.count(b"\\n") <= MOST_ROWS:
            return understand(data, plan, mapping=mapping, answers=answers)
        del data
    limits = f"Files of figures may have {MOST_BYTES // 10**6} MB and {MOST_ROWS:,} rows: sum them by day first."
    return _shown(
        lambda: roll_up_file(path, plan, mapping=mapping, answers=answers, report=report), mapping, f" {limits}"
    )


def understand_table(
    address: str, table: str, schema: str | None, plan: Plan, mapping: ColumnMapping, answers: Answers,
    *, report: Report,
) -> Upload:  # fmt: skip
    """What a table of event rows says, counted by the database at an address, which no refusal names."""
    try:
        connection = connected(address)
    except BadActuals:
        refused = Refusal(None, None, "The warehouse cannot be reached.", "Check its address in Streamlit’s secrets.")
        return Upload(None, mapping, refused=(refused,))
    return _shown(
        lambda: roll_up_table(connection, table, plan, schema=schema, mapping=mapping, answers=answers, report=report),
        mapping,
    )


def _shown(count: Callable[[], Upload], mapping: ColumnMapping, limits: str = "") -> Upload:
    """What was counted; where nothing can be, why, and what the first rows leave to be asked and matched."""
    try:
        return count()
    except NoEvents as error:
        head, refused = error.head, Refusal(None, None, error.what, f"{error.mend}{limits}")
        asked = () if head.actuals else head.questions
        return replace(head, actuals=None, rows=0, refused=(refused,), remarks=(), questions=asked, unknown=())
    except BadActuals as error:
        return Upload(None, mapping, refused=(Refusal(error.line, error.column, error.what, error.mend),))


def named(upload: Upload, source: str) -> Upload | None:
    """The same figures under another source; None where the file itself names sources, and has to be read again."""
    if upload.mapping.header("source"):
        return None
    actuals = upload.actuals
    if actuals is None:
        return upload
    facts = tuple(replace(fact, source=source) for fact in actuals.facts)
    timings = tuple(replace(timing, source=source) for timing in actuals.timings)
    return replace(upload, actuals=replace(actuals, facts=facts, timings=timings))
