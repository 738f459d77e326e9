"""Uploads that would keep everybody waiting are read beside the page, and asked about as small ones are."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import upload_reading
from tests.app.conftest import Opener, bodies

ROOT = Path(__file__).parents[2]
ROWS = "date,channel,status,email\n2027-01-04,E-mail,sent,a@example.com\n2027-01-05,E-mail,replied,a@example.com\n"


def awaited(page: AppTest) -> AppTest:
    """The page once no file is being read."""
    (file,) = page.session_state["desk"].pending["files"]
    if file.reading:
        assert file.reading.work.wait(120)
    page.run()
    assert not page.exception
    return page


def counted(page: AppTest) -> dict[tuple[str, str], float]:
    """Answers what is asked, uses the rows and returns the counts that are in use."""
    page.selectbox(key="answer:rows:status").set_value("events").run()
    assert page.button(key="use_actuals").disabled
    awaited(page.button(key="again").click().run())
    page.text_input(key="answer:source").set_value("CRM").run()
    page.button(key="use_actuals").click().run()
    assert not page.exception
    facts = page.session_state["desk"].workspace.actuals.facts
    assert {fact.source for fact in facts} == {"CRM"}
    return {(fact.period, fact.name): fact.value for fact in facts if fact.value}


def test_a_large_file_is_read_beside_the_page_matched_and_used(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_reading, "AT_ONCE", 10)
    page = opened("reality/actuals.py")
    page.file_uploader(key="actuals_file").upload("rows.csv", ROWS.encode(), "text/csv").run()
    assert not page.exception
    assert counted(awaited(page)) == {("2027-01-04", "sent"): 1.0, ("2027-01-05", "replied"): 1.0}
    assert page.session_state["desk"].pending == {}


def test_reading_is_stopped_begun_again_and_ended_with_the_file(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_reading, "AT_ONCE", 10)
    page = opened("reality/actuals.py")
    page.file_uploader(key="actuals_file").upload("rows.csv", ROWS.encode(), "text/csv").run()
    page.button(key="stop_reading").click().run()
    page.run()
    assert "The calculation was stopped." in bodies(page)
    page.button(key="read_again").click().run()
    work = page.session_state["desk"].pending["files"][0].reading.work
    page.button(key="drop_actuals").click().run()
    assert work.done
    assert page.session_state["desk"].pending == {}


def test_a_table_of_the_warehouse_in_the_secrets_is_counted(opened: Opener, tmp_path: Path) -> None:
    path = tmp_path / "warehouse.db"
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE touches (date DATE, channel TEXT, status TEXT, email TEXT)")
        database.execute(
            "INSERT INTO touches VALUES ('2027-01-04', 'E-mail', 'sent', 'a'), ('2027-01-05', 'E-mail', 'replied', 'a')"
        )
    page = opened()
    page.secrets["warehouse"] = {"address": f"duckdb://{path}", "tables": ["touches", "calls"]}
    page.switch_page("reality/actuals.py").run()
    assert page.selectbox(key="table").options == ["touches", "calls"]
    page.button(key="count_table").click().run()
    assert counted(awaited(page)) == {("2027-01-04", "sent"): 1.0, ("2027-01-05", "replied"): 1.0}


def test_without_a_warehouse_nothing_asks_for_a_table(opened: Opener) -> None:
    page = opened("reality/actuals.py")
    assert "count_table" not in [button.key for button in page.button]
    assert "python -m planner count" in bodies(page)


def test_readme_and_page_name_the_limit_that_is_set() -> None:
    limit = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["server"]["maxUploadSize"]
    assert re.search(rf"uploads {limit} MB", (ROOT / "README.md").read_text())
