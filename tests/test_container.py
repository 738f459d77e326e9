"""The container file is tried line by line without a daemon: what it copies is enough to start and to keep drafts."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINES = [
    re.match(r"(\w+)\s+(.*)", line).groups()  # type: ignore[union-attr]
    for line in (ROOT / ".container" / "Containerfile").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def said(instruction: str) -> list[str]:
    """What stands behind an instruction, once for each of its lines."""
    return [rest for name, rest in LINES if name == instruction]


def copied(to: Path) -> None:
    """The files of the image's working folder."""
    for line in said("COPY"):
        *sources, target = shlex.split(line)
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, to / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, to / target)


def test_it_installs_every_extra_that_the_planner_runs_with() -> None:
    """pip itself is not run, as tests have no network."""
    (install,) = [line for line in said("RUN") if "pip install" in line]
    chosen = set(re.search(r"\.\[(.+?)\]", install)[1].split(","))  # type: ignore[index]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert chosen == extras.keys() - {"test", "spark"}  # Spark runs where the rows live, and brings Java


def test_it_runs_as_nobody_special_on_a_python_that_the_project_takes() -> None:
    assert said("USER") == ["planner"]
    assert any("useradd" in line and " planner" in line for line in said("RUN"))
    minor = re.fullmatch(r"python:3\.(\d+)-slim", said("FROM")[0])[1]  # type: ignore[index]
    assert int(minor) >= 11


def test_its_command_starts_the_planner_and_its_health_check_passes(tmp_path: Path) -> None:
    app, data = tmp_path / "app", tmp_path / "data"
    app.mkdir()
    data.mkdir()
    copied(app)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(app)} | dict(line.split("=", 1) for line in said("ENV"))
    env["OUTBOUND_PLANNER_STORE"] = env["OUTBOUND_PLANNER_STORE"].replace("/data", str(data))
    env["STREAMLIT_SERVER_PORT"] = port
    check = re.search(r"CMD (.+)", said("HEALTHCHECK")[0])[1]  # type: ignore[index]
    command = json.loads(said("CMD")[0])
    server = subprocess.Popen(command, cwd=app, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(60):
            if subprocess.run(check, shell=True, env=env, capture_output=True, check=False).returncode == 0:
                break
            assert server.poll() is None
            time.sleep(0.5)
        else:
            pytest.fail("the health check never passed")
        with sqlite3.connect(data / "planner.sqlite") as store:
            names = {name for (name,) in store.execute("select name from sqlite_master where type = 'table'")}
        assert {"drafts", "links"} <= names
    finally:
        server.terminate()
        server.wait(20)
