"""The plan and the baseline can neither be hidden by a scenario's name nor lose their own."""

from __future__ import annotations

import pytest

from planner.errors import PlanError
from planner.show.names import free, told_apart


def test_scenarios_never_stand_under_the_names_of_the_plan_and_the_baseline() -> None:
    names = told_apart(["Baseline", "Baseline (scenario)", "the plan", "Push"])
    assert names == ("Baseline (scenario)", "Baseline (scenario) (scenario)", "the plan (scenario)", "Push")
    assert len(set(told_apart(["Baseline (scenario)", "Baseline"]))) == 2


@pytest.mark.parametrize("name", ["Baseline", " the PLAN ", "", "  ", "push"])
def test_a_name_that_is_taken_is_refused(name: str) -> None:
    with pytest.raises(PlanError):
        free(name, ["Push"])


def test_a_free_name_loses_the_white_space_around_it() -> None:
    assert free(" Next year ", ["Push"]) == "Next year"
