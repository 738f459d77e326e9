"""A file of any size comes back as something to show: counted where it can be, else with why not and what to answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.actuals import any_size
from planner.actuals.any_size import named, understand_file, understand_table
from planner.actuals.mapping import ColumnMapping
from planner.actuals.questions import Answers
from planner.actuals.reading import Upload, understand
from tests.actuals.events import deals, persons
from tests.actuals.files import FILES, File
from tests.actuals.test_rollup import PLAN, figures
from tests.actuals.vendors import VENDORS

ANSWERS = Answers(source="CRM", rows="persons")


def understood(path: Path, text: str, answers: Answers = ANSWERS, mapping: ColumnMapping | None = None) -> Upload:
    path.write_text(text, "utf-8")
    return understand_file(path, PLAN, mapping or ColumnMapping(), answers, report=lambda _: None)


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every file were beyond what is read cell by cell."""
    monkeypatch.setattr(any_size, "MOST_BYTES", 10)


def test_a_file_within_the_limits_is_read_as_ever(tmp_path: Path) -> None:
    text = "date,channel,stage,count\n2027-01-04,email,sent,500\n"
    assert understood(tmp_path / "a.csv", text) == understand(text.encode(), PLAN, answers=ANSWERS)


@pytest.mark.usefixtures("small_limits")
def test_beyond_them_event_rows_are_counted_and_asked_about_alike(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    files = [File(persons(rng, PLAN, 300, False)), File(deals(rng, PLAN, 200, True), answers=ANSWERS)]
    files += [VENDORS[name] for name in ("hubspot calls", "salesforce opps, lead source", "pipedrive german")]
    for file in (*files, FILES["invitations of LinkedIn"]):
        answers, mapping = file.answers or Answers(), file.mapping or ColumnMapping()
        small = understand(file.text.encode(), PLAN, answers=answers, mapping=mapping)
        large = understood(tmp_path / "a.csv", file.text, answers, mapping)
        assert (large.questions, large.columns) == (small.questions, small.columns)
        assert figures(large.actuals) == figures(small.actuals)


@pytest.mark.usefixtures("small_limits")
def test_beyond_them_a_file_of_figures_says_what_it_may_have_and_leaves_its_columns_to_be_matched(
    tmp_path: Path,
) -> None:
    upload = understood(tmp_path / "a.csv", "date,channel,stage,count\n2027-01-04,email,sent,500\n")
    (refused,) = upload.refused
    assert upload.actuals is None
    assert not upload.questions
    assert "sum them by day" in refused.mend
    assert [header for header, _ in upload.mapping.columns] == ["date", "channel", "stage", "count"]


@pytest.mark.usefixtures("small_limits")
def test_a_status_under_an_unusual_header_is_counted_once_its_channel_is_given(tmp_path: Path) -> None:
    text = "date,status,email\n" + "2027-01-04,sent,a@example.com\n2027-01-05,replied,b@example.com\n"
    upload = understood(tmp_path / "a.csv", text, Answers(source="CRM", rows="events"))
    assert upload.actuals is None
    assert [question.topic for question in upload.questions] == ["channel"]
    upload = understood(tmp_path / "a.csv", text, Answers(source="CRM", rows="events"), ColumnMapping(channel="email"))
    assert {(name, value) for (_, _, _, name), value in figures(upload.actuals).items()} == {
        ("sent", 1.0), ("replied", 1.0), ("sent", 0.0), ("replied", 0.0),
    }  # fmt: skip


def test_a_table_that_cannot_be_reached_is_a_refusal_without_the_address(tmp_path: Path) -> None:
    for address in (f"duckdb://{tmp_path}/none/secret.db", "nonsense"):
        upload = understand_table(address, "calls", None, PLAN, ColumnMapping(), Answers(), report=lambda _: None)
        assert len(upload.refused) == 1
        assert "secret" not in upload.refused[0].what


def test_a_source_that_is_named_afterwards_is_the_source_that_was_named_before() -> None:
    text = b"date,channel,stage,count\n2027-01-04,email,sent,500\n"
    first, meant = understand(text, PLAN), understand(text, PLAN, answers=Answers(source="CRM"))
    assert named(first, "CRM") == meant
    own = understand(b"date,channel,stage,count,source\n2027-01-04,email,sent,500,Tool\n", PLAN)
    assert named(own, "CRM") is None
    assert named(replace(first, actuals=None), "CRM") == replace(first, actuals=None)
