"""Event rows counted by an engine are the event rows counted one by one, to the last count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pytest

from planner.__main__ import main
from planner.actuals.actuals import Actuals
from planner.actuals.big_files import Engine, head_of, roll_up_file
from planner.actuals.facts import MONEY_NAMES
from planner.actuals.mapping import ColumnMapping
from planner.actuals.questions import Answers
from planner.actuals.reading import Upload, read_actuals, understand
from planner.errors import BadActuals
from planner.keep.codec import to_json
from planner.plan import Plan
from planner.plan.starter import starter
from tests.actuals.events import calls, deals, persons

PLAN = starter("email", "phone", "linkedin", locale="de", currency="EUR")
WRITERS: tuple[Callable[[np.random.Generator, Plan, int, bool], str], ...] = (persons, deals, calls)
AS_OF = dt.date(2027, 3, 31)


def figures(actuals: Actuals | None) -> dict[tuple[str, str, str, str], float]:
    """The facts by what they are of, money to a hundredth of a cent."""
    facts = actuals.facts if actuals else ()
    return {
        (f.source, f.period, f.channel, f.name): round(f.value, 4) if f.name in MONEY_NAMES else f.value for f in facts
    }


def rolled_up(path: Path, data: bytes, answers: Answers = Answers()) -> Upload:  # noqa: B008
    path.write_bytes(data)
    return roll_up_file(path, PLAN, answers=answers, as_of=AS_OF)


def agree(path: Path, text: str, encoding: str, rows: str) -> None:
    """Both readers say the same of a file."""
    data, answers = text.encode(encoding), Answers(source="CRM", rows=rows)
    small = understand(data, PLAN, answers=answers, as_of=AS_OF)
    big = rolled_up(path, data, answers)
    assert big.questions == small.questions
    assert figures(big.actuals) == figures(small.actuals)


@pytest.mark.parametrize("seed", range(24))
def test_a_big_file_is_counted_as_a_small_one_is(seed: int, tmp_path: Path) -> None:
    rng = np.random.default_rng(seed)
    text = WRITERS[seed % 3](rng, PLAN, int(rng.integers(1, 400)), bool(seed % 2))
    agree(
        tmp_path / "events.csv",
        text,
        ("utf-8", "cp1252", "utf-16", "utf-8-sig")[seed % 4],
        ("persons", "events")[seed // 3 % 2],
    )


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 1100))
def test_a_thousand_big_files_are_counted_as_small_ones_are(seed: int, tmp_path: Path) -> None:
    test_a_big_file_is_counted_as_a_small_one_is(seed, tmp_path)


def test_a_file_name_is_never_a_pattern_an_address_or_a_statement(tmp_path: Path) -> None:
    """A name that would match other files, or end the engine's statement, opens this file alone."""
    (tmp_path / "other.csv").write_text("date,channel,status,email\n2027-02-01,email,sent,x@example.com\n")
    data = b"date,channel,status,email\n2027-02-02,email,sent,a@example.com\n2027-02-02,email,replied,b@example.com\n"
    for name in ("*.csv", "a'); DROP TABLE x; --.csv", "events.csv.gz"):
        assert rolled_up(tmp_path / name, data, Answers(rows="events", source="CRM")).rows == 2


def test_the_engine_reads_its_one_file_and_nothing_else(tmp_path: Path) -> None:
    other = tmp_path / "secret.csv"
    other.write_text("a,b\n1,2\n")
    path = tmp_path / "events.csv"
    path.write_text("date,channel,status\n2027-02-01,email,sent\n")
    with Engine(tmp_path / "work", lambda _: None) as engine:
        table = engine.opened(path, head_of(path.read_bytes(), PLAN)[1], "utf-8", recode=False)
        assert len(engine.read(table)) == 1
        for statement in (
            f"SELECT * FROM read_csv('{other}')", f"SELECT * FROM '{other}'", "INSTALL httpfs", "SET threads = 1",
            "SET enable_external_access = true",
            f"COPY (SELECT 1) TO '{tmp_path}/out.csv'", f"ATTACH '{tmp_path}/x.db'",
            "SELECT * FROM read_text('https://example.com/')",
        ):  # fmt: skip
            with pytest.raises(duckdb.Error):
                engine.connection.raw_sql(statement)
    assert not (tmp_path / "out.csv").exists()


def test_rows_that_do_not_fit_the_header_are_refused_by_line(tmp_path: Path) -> None:
    data = b"date,channel,status,email\n2027-02-01,email,sent,a@example.com\n2027-02-01,email,sent\n"
    data += b"2027-02-02,email,replied,b@example.com\n"
    upload = rolled_up(tmp_path / "events.csv", data, Answers(rows="events", source="CRM"))
    assert [refusal.line for refusal in upload.refused] == [3]
    assert upload.rows == 2


def test_what_cannot_be_counted_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadActuals, match="no events"):
        rolled_up(tmp_path / "events.csv", b"colour,size\nred,3\nblue,4\n")
    with pytest.raises(BadActuals, match="cannot be read"):
        roll_up_file(tmp_path / "missing.csv", PLAN)
    amounts = b"Deal ID,Stage,Amount,Close Date\na,Closed Won,1.234,2027-02-01\nb,Closed Won,2.500,2027-02-02\n"
    (asked,) = rolled_up(tmp_path / "events.csv", amounts).questions
    assert (asked.topic, asked.subject) == ("decimal", "Amount")


@pytest.mark.parametrize(("sign", "revenue"), [(".", 3.734), (",", 3734.0)])
def test_the_decimal_sign_that_was_answered_is_taken(tmp_path: Path, sign: str, revenue: float) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(b"Deal ID,Stage,Amount,Close Date\na,Closed Won,1.234,2027-02-01\nb,Closed Won,2.500,2027-02-02\n")
    upload = roll_up_file(path, PLAN, mapping=ColumnMapping(decimal=sign))
    assert upload.actuals is not None
    assert sum(fact.value for fact in upload.actuals.facts if fact.name == "revenue") == pytest.approx(revenue)
    assert "decimal" not in {asked.topic for asked in upload.questions}


def test_how_far_the_work_is_never_goes_back(tmp_path: Path) -> None:
    shares: list[float] = []
    path = tmp_path / "events.csv"
    path.write_text("date,channel,status,email\n" + "2027-02-01,email,sent,a@example.com\n" * 1000)
    roll_up_file(path, PLAN, answers=Answers(rows="persons", source="CRM"), report=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_the_command_line_counts_a_file_of_any_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, events, out = tmp_path / "plan.json", tmp_path / "events.csv", tmp_path / "actuals.csv"
    plan.write_text(to_json(PLAN), "utf-8")
    events.write_text("date,status,email\n2027-02-01,Posted over,a@example.com\n2027-02-03,replied,a@example.com\n")
    command = ["count", str(plan), str(events), "--rows", "persons", "--source", "CRM", "--channel", "email"]
    assert main(command) == 2
    assert "Posted over" in capsys.readouterr().err
    assert main([*command, "--value", "Posted over=sent", "--to", str(out)]) == 0
    again = read_actuals(out.read_bytes(), PLAN)
    counts = {(f.period, f.name): f.value for f in again.facts if f.value}
    assert counts == {("2027-02-01", "sent"): 1, ("2027-02-03", "replied"): 1}
