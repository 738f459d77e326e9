"""The command line prints what the engine gives, says what it cannot use, and tells both by its exit code."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from planner.__main__ import main
from planner.actuals.actuals import Actuals, Fact
from planner.actuals.sample import sample_actuals
from planner.actuals.writing import to_csv
from planner.ask.budget.allocation import allocate
from planner.ask.evidence.land import land
from planner.ask.variance.since import left_range, reported_by
from planner.ask.variance.to_date import to_date
from planner.command.table import COMMANDS
from planner.engine import forecast
from planner.keep.codec import from_json, to_json, to_token
from planner.keep.short_links import Links
from planner.keep.store import SETTING, Store
from planner.keep.workspace import Workspace
from planner.measure.metrics import measure
from planner.plan.levers import pull
from planner.plan.starter import starter
from planner.show.brief.whole import brief

PLAN = starter("email", "phone")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(to_json(PLAN), "utf-8")
    return path


def test_a_forecast_of_a_file_a_link_and_a_token_is_the_same(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    token = to_token(PLAN)
    printed = []
    for source in (str(saved), f"https://planner.example/forecast?s={token}", token):
        assert main(["forecast", source, "--json"]) == 0
        printed.append(json.loads(capsys.readouterr().out))
    assert printed[0] == printed[1] == printed[2]
    assert printed[0]["figures"]["won"]["plan"] == pytest.approx(float(forecast(PLAN).count("won", "plan")))


def test_a_comparison_names_the_lever_and_its_whole_effect(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    better = to_token(pull(PLAN, "sales.won.rate", 0.3))
    assert main(["compare", str(saved), better, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    (effect,) = result["effects"]
    assert effect["lever"] == "Win rate (of opportunities)"
    assert effect["effect"] == pytest.approx(
        float(measure(PLAN, "won", {"sales.won.rate": 0.3}) - measure(PLAN, "won"))
    )


def test_what_cannot_be_used_is_said_and_told_by_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forecast", str(tmp_path / "nothing.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main(["forecast", "no token at all"]) == 2
    assert "damaged" in capsys.readouterr().err
    (tmp_path / "figures.csv").write_text("month,sent\n")
    for name in ("figures.csv", "."):
        assert main(["forecast", str(tmp_path / name)]) == 2
        error = capsys.readouterr().err
        assert error.startswith(str(tmp_path / name))
        assert "link" not in error.partition(". Name a plan file")[0]


def test_strict_tells_a_broken_limit_by_the_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(to_json(pull(PLAN, "team.reps", 0.5)), "utf-8")
    assert main(["forecast", str(path)]) == 0
    assert main(["forecast", str(path), "--strict"]) == 1


@pytest.fixture
def reported(tmp_path: Path) -> Path:
    path = tmp_path / "actuals.csv"
    path.write_bytes(to_csv(sample_actuals(PLAN, seed=1), PLAN))
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a command that succeeds prints."""
    assert main([*map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_one_link_is_compared_with_its_own_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    token = to_token(pull(PLAN, "sales.won.rate", 0.3), baseline=PLAN)
    assert "Win rate (of opportunities)" in printed(capsys, "compare", token)
    assert main(["compare", to_token(PLAN)]) == 2
    assert "holds no baseline" in capsys.readouterr().err


def test_a_stored_link_opens_in_all_its_spellings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(SETTING, f"sqlite:///{tmp_path}/drafts.sqlite")
    link = Links(Store()).keep_link(to_token(PLAN), dt.date(2027, 1, 4))
    texts = {printed(capsys, "forecast", f"https://planner.example/{end}{link}") for end in ("l/", "brief?l=")}
    assert len(texts) == 1
    assert main(["forecast", "https://planner.example/l/" + "x" * 16]) == 2
    assert "withdrawn" in capsys.readouterr().err


def test_a_link_that_expires_opens_on_a_day_before_and_not_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(SETTING, f"sqlite:///{tmp_path}/drafts.sqlite")
    link = Links(Store()).keep_link(to_token(PLAN), dt.date(2027, 1, 4), days=30)
    address = f"https://planner.example/l/{link}"
    assert main(["forecast", address, "--on", "2027-01-10"]) == 0
    capsys.readouterr()
    assert main(["forecast", address, "--on", "2027-02-10"]) == 2
    assert "expired" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["forecast", address, "--on", "tomorrow"])
    assert "“tomorrow” is no date. Write it as 2027-03-31." in capsys.readouterr().err


def test_the_best_mix_is_that_of_the_library(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(printed(capsys, "allocate", saved, "--budget", "5000", "--json"))
    best = allocate(PLAN, 5000.0)
    assert answer["value"] == pytest.approx(best.value)
    assert answer["channels"]["email"]["spend"] == pytest.approx(best.spend["email"])
    assert "Touches a month" in printed(capsys, "allocate", saved, "--budget", "5000")


def test_the_brief_of_a_file_is_the_brief_of_its_plan(
    saved: Path, reported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert brief(PLAN).ask in printed(capsys, "brief", saved).replace("\n", " ")
    assert "WHAT HAS HAPPENED SO FAR" in printed(capsys, "brief", saved, reported)
    assert json.loads(printed(capsys, "brief", saved, "--json"))["ask"] == brief(PLAN).ask


def test_actuals_to_date_are_those_of_the_library(
    saved: Path, reported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    comparison = to_date(PLAN, sample_actuals(PLAN, seed=1))
    values = json.loads(printed(capsys, "actuals", saved, reported, "--json"))
    assert values["total"]["deals"]["plan"] == pytest.approx(comparison.total.deals.plan)
    assert [row["stage"] for row in values["off_plan"]] == [row.stage for row in comparison.stages if row.off]
    assert main(["actuals", str(saved), str(reported), "--strict"]) == bool(values["off_plan"])
    assert "31 May 2027" in capsys.readouterr().out


def test_the_landing_is_that_of_the_library(saved: Path, reported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    won = land(PLAN, sample_actuals(PLAN, seed=1)).figure("won")
    values = json.loads(printed(capsys, "land", saved, reported, "--json"))
    assert values["figures"]["won"]["total"] == pytest.approx(won.total)
    assert (values["figures"]["won"]["low"], values["figures"]["won"]["high"]) == (won.low, won.high)
    assert "Seen from 31 May 2027, the plan lands at" in printed(capsys, "land", saved, reported)


def test_a_workspace_brings_its_own_actuals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "work.json"
    path.write_text(to_json(Workspace(PLAN).with_actuals(sample_actuals(PLAN, seed=1), "Sample")), "utf-8")
    assert "31 May 2027" in printed(capsys, "actuals", path)
    path.write_text(to_json(PLAN), "utf-8")
    assert main(["actuals", str(path)]) == 2
    assert "There are no actuals" in capsys.readouterr().err


def test_a_file_of_actuals_that_cannot_be_used_is_named(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("period,sent\n2027-01,many\n", "utf-8")
    assert main(["actuals", str(saved), str(path)]) == 2
    assert str(path) in capsys.readouterr().err


def weekly(day: dt.date, dials: dict[int, float]) -> Actuals:
    """Dials of the first weeks of 2027, from Monday 4 January on."""
    first = dt.date(2027, 1, 4)
    weeks = [(first + dt.timedelta(7 * week), value) for week, value in dials.items()]
    facts = [Fact("dialer", f"{monday}/{monday + dt.timedelta(6)}", "phone", "dials", value) for monday, value in weeks]
    return Actuals(day, tuple(facts))


def test_the_monday_note_names_what_left_its_range_and_is_silent_otherwise() -> None:
    """1,800 dials a month are 88 in each of the 20.4 working days: 400 a week are on plan, 40 are not."""
    plan = pull(PLAN, "phone.volume", 1800.0)
    usual = dict.fromkeys(range(7), 440.0)
    steady = left_range(plan, weekly(dt.date(2027, 2, 21), usual))
    assert not steady.left
    fallen = left_range(plan, weekly(dt.date(2027, 2, 21), {**usual, 5: 440.0, 6: 0.0}))
    assert [(row.channel, row.stage) for row in fallen.left] == [("phone", "dials")]
    later = left_range(plan, weekly(dt.date(2027, 2, 28), {**usual, 6: 0.0, 7: 440.0}))
    assert not later.left


def test_what_was_known_then_are_periods_that_had_ended() -> None:
    actuals = weekly(dt.date(2027, 2, 14), {0: 1.0, 1: 2.0, 2: 3.0})
    then = reported_by(actuals, dt.date(2027, 1, 20))
    assert then is not None
    assert (then.as_of, [fact.value for fact in then.facts]) == (dt.date(2027, 1, 17), [1.0, 2.0])
    assert reported_by(actuals, dt.date(2027, 1, 9)) is None


def test_the_note_prints_nothing_where_nothing_left_its_range(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "work.json"
    for dials, silent in ((440.0, True), (0.0, False)):
        actuals = weekly(dt.date(2027, 2, 21), {**dict.fromkeys(range(6), 440.0), 6: dials})
        path.write_text(to_json(Workspace(PLAN).with_actuals(actuals, "Dialer")), "utf-8")
        assert (printed(capsys, "note", path) == "") is silent
        assert main(["note", str(path), "--strict"]) == (0 if silent else 1)
        assert ("phone dials" in capsys.readouterr().out) is not silent


def test_an_export_is_the_file_that_the_page_offers(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "again.json"
    assert printed(capsys, "export", saved, "plan", "--to", path).strip() == str(path)
    assert from_json(path.read_bytes()) == PLAN
    assert printed(capsys, "export", saved, "plan", "--to", "-") == to_json(PLAN)
    assert main(["export", str(saved), "plan", "--to", str(tmp_path / "no" / "where")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_reader_that_hangs_up_leaves_no_traceback(saved: Path) -> None:
    line = f"{sys.executable} -m planner brief {saved} | head -n 1"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (f"{PLAN.name}\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_answer_that_cannot_be_written_is_said(saved: Path) -> None:
    line = f"{sys.executable} -m planner forecast {saved} > /dev/full"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "The answer cannot be written: No space left on device.\n")


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_says_what_it_takes(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert "Exit codes: 0 done" in " ".join(capsys.readouterr().out.split())


def test_what_a_count_cannot_use_is_said_before_anything_is_counted(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = tmp_path / "events.csv"
    events.write_text("date,status\n2027-01-04,sent\n2027-01-05,sent\n", "utf-8")
    assert main(["count", str(saved), str(events), "--rows", "events", "--channel", "pigeon"]) == 2
    assert "“pigeon” is no channel of the plan" in capsys.readouterr().err
    counted = ["count", str(saved), str(events), "--rows", "events", "--channel", "E-mail"]
    assert main([*counted, "--to", str(tmp_path / "nowhere" / "out.csv")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert main(counted) == 0
    assert "email" in capsys.readouterr().out
