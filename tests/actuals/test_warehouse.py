"""The same roll-up on several engines: DuckDB, Postgres and Spark count a table as a file is counted."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import product
from typing import Any
from urllib.parse import parse_qs, urlsplit

import ibis
import numpy as np
import pandas as pd
import pytest

from planner.actuals.questions import Answers
from planner.actuals.reading import understand
from planner.actuals.warehouse import connected, roll_up_table
from planner.errors import BadActuals
from tests.actuals.events import calls, deals, persons
from tests.actuals.test_rollup import AS_OF, PLAN, figures
from tests.keep.conftest import cluster, lacking, postgres

__all__ = ["cluster", "postgres"]
# PySpark leaves its sockets to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

Load = Callable[[pd.DataFrame], tuple[Any, str]]


def _of_duckdb(frame: pd.DataFrame) -> tuple[Any, str]:
    connection = ibis.duckdb.connect()
    connection.con.register("frame", frame)
    connection.raw_sql("CREATE TABLE events AS SELECT * FROM frame")
    connection.con.unregister("frame")
    return connection, "events"


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Spark in local mode, where it is installed."""
    if find_spec("pyspark") is None:
        lacking("PySpark is not installed: pip install -e '.[spark]'")
    if shutil.which("java") is None:
        lacking("Java is not installed: apt-get install default-jre-headless")
    from pyspark.sql import SparkSession

    folder = str(tmp_path_factory.mktemp("spark"))
    settings = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.sql.warehouse.dir": folder,
        "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.memory": "1g",
    }  # fmt: skip
    builder = SparkSession.builder.master("local[1]").appName("planner")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(params=["duckdb", "postgres", "spark"])
def load(request: pytest.FixtureRequest) -> Iterator[Load]:
    """What puts rows into each engine."""
    if request.param == "duckdb":
        yield _of_duckdb
        return
    if request.param == "spark":
        session = request.getfixturevalue("spark")

        def of_spark(frame: pd.DataFrame) -> tuple[Any, str]:
            rows = [tuple(row) for row in frame.itertuples(index=False)]
            session.createDataFrame(rows, list(frame.columns)).createOrReplaceTempView("events")
            return ibis.pyspark.connect(session), "events"

        yield of_spark
        return
    address = urlsplit(request.getfixturevalue("postgres"))
    user, host = str(address.username), parse_qs(address.query)["host"][0]

    connection = ibis.postgres.connect(host=host, user=user, database=address.path.strip("/"))

    def of_postgres(frame: pd.DataFrame) -> tuple[Any, str]:
        connection.create_table("events", frame)
        return connection, "events"

    yield of_postgres
    connection.disconnect()


def _table(text: str, separator: str) -> pd.DataFrame:
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    return pd.DataFrame(rows[1:], columns=rows[0])


def _tables() -> list[Any]:
    """Each kind of table in each engine; Spark takes half a minute for one, so in the suite it counts persons alone."""
    dear = [pytest.param("spark", seed, marks=pytest.mark.long) for seed in (1, 5)]
    return [*product(("duckdb", "postgres"), (0, 1, 5)), ("spark", 0), *dear]


@pytest.mark.parametrize(("load", "seed"), _tables(), indirect=["load"])
def test_every_engine_counts_a_table_as_a_file_is_counted(load: Load, seed: int) -> None:
    rng, messy = np.random.default_rng(seed), bool(seed % 2)
    text = (persons, deals, calls)[seed % 3](rng, PLAN, 200, messy)
    answers = Answers(source="CRM", rows=("persons", "events")[seed // 3])
    connection, table = load(_table(text, ";" if messy else ","))
    whole = roll_up_table(connection, table, PLAN, answers=answers, as_of=AS_OF)
    expected = figures(understand(text.encode(), PLAN, answers=answers, as_of=AS_OF).actuals)
    assert expected
    assert figures(whole.actuals) == expected


def test_columns_with_types_of_their_own_say_what_their_text_would(load: Load) -> None:
    rows = [
        ("a", "Closed Won", 1250.5, dt.date(2027, 2, 1), False),
        ("a", "Closed Won", 1300.0, dt.date(2027, 2, 9), False),
        ("b", "Closed Lost", 80.0, dt.date(2027, 2, 3), False),
        ("c", "Closed Won", 70.25, dt.date(2027, 2, 3), True),
    ]
    frame = pd.DataFrame(rows, columns=["deal_id", "stage", "amount", "close_date", "is_deleted"])
    connection, table = load(frame)
    facts = figures(roll_up_table(connection, table, PLAN, answers=Answers(source="CRM"), as_of=AS_OF).actuals)
    assert {key[1:]: value for key, value in facts.items() if value} == {
        ("2027-02-09", "sales", "won"): 1,
        ("2027-02-09", "sales", "revenue"): 1300.0,
        ("2027-02-03", "sales", "lost"): 1,
    }


def test_what_a_database_refuses_is_said_without_its_address() -> None:
    with pytest.raises(BadActuals, match="none of a database"):
        connected("nonsense://user:hidden@host/name")
    connection, _ = _of_duckdb(pd.DataFrame({"colour": ["red"], "size": ["3"]}))
    with pytest.raises(BadActuals, match="no events"):
        roll_up_table(connection, "events", PLAN)
    with pytest.raises(BadActuals, match="The database says") as refusal:
        roll_up_table(connection, "missing", PLAN)
    assert "hidden" not in str(refusal.value)


def test_only_counts_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten thousand persons none but those of the first rows is ever fetched."""
    people = pd.DataFrame({
        "date": ["2027-02-01"] * 10_000, "channel": ["email"] * 10_000, "status": ["sent"] * 10_000,
        "email": [f"p{n}@example.com" for n in range(10_000)],
    })  # fmt: skip
    connection, table = _of_duckdb(people)
    fetched: list[int] = []
    fetch = ibis.expr.types.Table.to_pandas

    def counted(expression: Any) -> pd.DataFrame:
        frame = fetch(expression)
        fetched.append(len(frame))
        return frame

    monkeypatch.setattr(ibis.expr.types.Table, "to_pandas", counted)
    upload = roll_up_table(connection, table, PLAN, answers=Answers(source="CRM", rows="persons"), as_of=AS_OF)
    assert fetched == [200, 1, 1]
    assert upload.rows == 10_000
    assert figures(upload.actuals) == {("CRM", "2027-02-01", "email", "sent"): 10_000}
