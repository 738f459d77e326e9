"""House rules that a machine can see: style, types, the size of pages, what stands at top level."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted(path for path in (ROOT / "pages").rglob("*.py") if path.parent.name not in ("parts", "shell", "widgets"))
SAYS_NOTHING = {"made", "at", "one", "found", "known", "held", "told", "seen", "said", "shown", "wished"}
TOP = {"pyproject.toml", "README.md", "app.py", "planner", "pages", "tests"}


def run(*command: str) -> str:
    """What a tool says; "" where it is content."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff_is_content() -> None:
    assert run("ruff", "check", "--output-format", "concise", ".") == ""
    assert run("ruff", "format", "--check", ".") == ""


@pytest.mark.minute
def test_mypy_is_content() -> None:
    assert run("mypy") == ""


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_takes_asks_and_shows(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.count("\n") <= 60
    assert not re.search(r"\b(numpy|pandas|np|pd)\b", text)


def test_nothing_else_stands_at_top_level() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no git checkout: the files of the project cannot be told from others")
    names = {name.split("/")[0] for name in listed.stdout.splitlines()}
    assert {name for name in names if not name.startswith(".")} == TOP


def test_the_planner_reads_no_clock_but_at_the_edge_of_the_command_line() -> None:
    """What is dated is given its date, so the same call gives the same answer on every day."""
    clock = re.compile(r"\.(today|now|utcnow)\(|\btime\.(time|localtime|gmtime|strftime)\(")
    readers = [path for path in (ROOT / "planner").rglob("*.py") if clock.search(path.read_text("utf-8"))]
    assert readers == [ROOT / "planner" / "__main__.py"]


def test_nothing_catches_everything() -> None:
    for path in [*(ROOT / "planner").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]:
        assert not re.search(r"except\s*(Exception|BaseException)?\s*:", path.read_text("utf-8")), path


def names_in(function: ast.AST) -> list[str]:
    """Locals and parameters of a function by name; one that is called by its type (known: Known) says what it holds."""
    names = [node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            kind = ast.unparse(node.annotation) if node.annotation else ""
            names += [] if node.arg.capitalize() in kind else [node.arg]
    return names


@pytest.mark.parametrize("root", ["planner", "pages", "tests"])
def test_locals_say_what_they_hold(root: str) -> None:
    """A forecast is called forecast, a workspace workspace: "made" is one here and another there."""
    silent = []
    for path in (ROOT / root).rglob("*.py"):
        functions = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
        names = {name for function in functions for name in names_in(function)}
        silent += [f"{path.relative_to(ROOT)}: {name}" for name in sorted(names & SAYS_NOTHING)]
    assert silent == []
