"""Imports run down: the floors of planner/ in order, no cycle, no Streamlit, and nothing below looks up to a page."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent
FILES = sorted(file for file in (HERE / "planner").rglob("*.py") if "migrations" not in file.parts)
FLOORS = ("command", "export", "show", "ask", "keep", "measure", "actuals", "engine", "words", "plan")  # from the top
GROUND = {"planner.calendar", "planner.errors"}  # what every floor stands on


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(HERE).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(file) for file in FILES}


def imports(file: Path, *, at_import: bool = False) -> set[str]:
    """Modules a file imports; `at_import` only those it imports before any function runs or for types alone."""
    names: set[str] = set()
    queue: list[ast.AST] = [ast.parse(file.read_text())]
    while queue:
        node = queue.pop()
        late = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        typed = isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        if not (at_import and (late or typed)):
            queue += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= (inner & NAMES) | ({node.module} if inner - NAMES else set())
    return names


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_the_planner_knows_no_page(file: Path) -> None:
    roots = {name.split(".")[0] for name in imports(file)}
    assert not roots & {"streamlit", "pages", "app", "tests"}


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_heavy_libraries_wait_until_they_are_needed(file: Path) -> None:
    heavy = ("scipy.stats", "scipy.optimize", "clevercsv", "sqlalchemy", "holidays")
    assert not [name for name in imports(file, at_import=True) if name.startswith(heavy)]


def test_no_module_imports_itself_in_the_end() -> None:
    below = {name_of(file): imports(file) & NAMES for file in FILES}
    settled: set[str] = set()
    while ready := {name for name, needs in below.items() if name not in settled and needs <= settled}:
        settled |= ready
    assert below.keys() - settled == set()


def floor(name: str) -> int:
    """How far a module stands from the top; every module of planner/ has its floor."""
    return len(FLOORS) if name in GROUND else FLOORS.index(name.split(".")[1])


@pytest.mark.parametrize("file", [f for f in FILES if name_of(f) not in ("planner", "planner.__main__")], ids=name_of)
def test_no_floor_looks_up(file: Path) -> None:
    """Plans and forecasts know nothing of uploads, questions, files or pictures; and so on down."""
    up = [name for name in imports(file) & NAMES if name == "planner" or floor(name) < floor(name_of(file))]
    assert not up, f"{name_of(file)} imports {up}"
