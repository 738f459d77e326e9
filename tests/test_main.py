"""The command line prints what the engine gives, and says what it cannot use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.__main__ import main
from planner.engine import forecast
from planner.keep.codec import to_json, to_token
from planner.measure.metrics import measure
from planner.plan.levers import pull
from planner.plan.starter import starter

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


def test_strict_tells_a_broken_limit_by_the_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(to_json(pull(PLAN, "team.reps", 0.5)), "utf-8")
    assert main(["forecast", str(path)]) == 0
    assert main(["forecast", str(path), "--strict"]) == 1
