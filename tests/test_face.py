"""The face of the planner: one sorted list of names, each of which is there."""

from __future__ import annotations

import doctest
import importlib
import inspect
from pathlib import Path

import pytest

import planner

PROMISED = """
Plan Channel Stage Delay Cost Effort Team Hire Deal Feed Assist Opening Range Target Lever Metric KPI Forecast Actuals
Simulation starter levers pull forecast METRICS measure KPIS kpi simulate tornado grid seek allocate bridge calibrate
land last_day seasonal read_actuals from_json to_json from_token to_token Store brief to_xlsx to_pdf
"""
MODULES = sorted(
    ".".join(file.relative_to(Path(planner.__path__[0]).parent).with_suffix("").parts).removesuffix(".__init__")
    for file in Path(planner.__path__[0]).rglob("*.py")
    if file.stem != "__main__" and "migrations" not in file.parts
)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_lists_what_it_offers_in_order_and_has_it(name: str) -> None:
    module = importlib.import_module(name)
    offered = getattr(module, "__all__", [])
    assert list(offered) == sorted(offered, key=lambda thing: (not thing.isupper(), thing[0].islower(), thing))
    assert not [thing for thing in offered if not hasattr(module, thing)]


def test_the_face_is_what_was_promised_as_far_as_it_is_built() -> None:
    """Everything of the face that exists is found on the face, under its promised name."""
    offered = getattr(planner, "__all__", [])
    built = {thing for name in MODULES for thing in getattr(importlib.import_module(name), "__all__", [])}
    assert not offered or not [name for name in PROMISED.split() if name in built and name not in offered]


EXPLAINED = [name for name in MODULES if ">>>" in inspect.getsource(importlib.import_module(name))]


@pytest.mark.parametrize("name", EXPLAINED)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_every_function_of_the_face_has_an_example() -> None:
    functions = {name: getattr(planner, name) for name in planner.__all__ if inspect.isfunction(getattr(planner, name))}
    assert [name for name, function in functions.items() if ">>>" not in (function.__doc__ or "")] == []
