"""Event rows where they live: a table of any database that Ibis reaches, which does the counting itself.

Its first rows tell what the columns are; beyond them only counts come back.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.actuals.formats import bare
from planner.actuals.mapping import ColumnMapping
from planner.actuals.questions import Answers
from planner.actuals.reading import Upload
from planner.actuals.rollup import roll_up
from planner.actuals.rollup_cells import readable
from planner.actuals.rollup_query import Events, first_rows
from planner.actuals.rollup_rows import Texts
from planner.actuals.sheet import MOST_COLUMNS, Sheet
from planner.errors import BadActuals
from planner.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["connected", "roll_up_table"]

HEAD_ROWS = 200  # by which the columns are recognised
# The errors of the drivers behind Ibis: what they say of a table or a network is for who asked.
_FAULTS = (
    ("ibis.common.exceptions", "IbisError"), ("ibis.common.exceptions", "TableNotFound"), ("psycopg", "Error"),
    ("duckdb", "Error"), ("sqlite3", "Error"),
    ("pyspark.errors", "PySparkException"), ("snowflake.connector.errors", "Error"),
    ("google.api_core.exceptions", "GoogleAPIError"), ("trino.exceptions", "Error"), ("pymysql", "Error"),
)  # fmt: skip


@contextmanager
def _worded() -> Iterator[None]:
    """Says what a database refuses as BadActuals, without the address, which may hold a password."""
    try:
        yield
    except (OSError, ImportError) as error:
        mend = "Install its extra, such as ibis-framework[snowflake]." if isinstance(error, ImportError) else ""
        raise BadActuals(f"The database cannot be reached ({type(error).__name__}).", mend=mend) from None
    except _faults() as error:
        what = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        mend = "Check the connection, the table and what may be read."
        raise BadActuals(f"The database says: {what}", mend=mend) from None


def _faults() -> tuple[type[Exception], ...]:
    classes = [getattr(sys.modules.get(module), name, None) for module, name in _FAULTS]
    return tuple(fault for fault in classes if fault is not None)


def connected(address: str) -> Any:
    """A connection by its address, such as postgres://reader@host/sales; BadActuals where there is none."""
    import ibis

    with _worded():
        try:
            return ibis.connect(address)
        except ValueError as error:
            raise BadActuals(
                "The address is none of a database that Ibis knows.", mend="Write it as postgres://reader@host/sales."
            ) from error


def roll_up_table(
    connection: Any, table: str, plan: Plan, *, schema: str | None = None, mapping: ColumnMapping | None = None,
    answers: Answers | None = None, as_of: dt.date | None = None, report: Callable[[float], None] = lambda _: None,
) -> Upload:  # fmt: skip
    """What a table of event rows says, counted by its database; BadActuals where it cannot be counted.

    The table is named as the database lists it: its name is never part of a statement that is put together here.
    """
    queries = 0

    def read(expression: Any) -> pd.DataFrame:
        nonlocal queries
        with _worded():
            frame: pd.DataFrame = expression.to_pandas()
        queries += 1
        report(1 - 0.5**queries)
        return frame

    with _worded():
        rows = connection.table(table, database=schema)
    columns = [name for name in rows.columns if readable(rows[name])][:MOST_COLUMNS]
    if not columns:
        raise BadActuals(f"Table “{table}” has no columns that can be read.", mend="Choose another table.")
    frame = read(first_rows(rows, columns, HEAD_ROWS))
    texts = [Texts(frame[f"c{i}"]) for i in range(len(columns))]
    cells = tuple(text.cells(name, text.trimmed) for name, text in zip(columns, texts, strict=True))
    head = Sheet("", 0, 0, cells, np.zeros(len(frame), np.int32), ())
    events = Events(rows, {bare(name): name for name in columns}, read)
    upload = roll_up(events, head, plan, mapping=mapping, answers=answers, as_of=as_of, encoding="table")
    report(1.0)
    return upload
