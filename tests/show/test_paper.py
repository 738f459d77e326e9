"""A table that is edited in place stands on paper with every row, in the plan's own signs."""

from __future__ import annotations

import pandas as pd

from planner.plan import replace
from planner.plan.starter import starter
from planner.show.paper import printed

GERMAN = replace(starter("email", start="2027-01"), locale="de_DE")


def test_numbers_are_written_with_the_signs_of_the_plan_and_nothing_is_a_dash() -> None:
    frame = pd.DataFrame({"Input": ["E-mail"], "Low": [0.4], "High": [float("nan")], "Locked": [True]})
    table = printed(GERMAN, frame, {"Low": "Least"}, {})
    assert table.heads == ("Input", "Least", "High", "Locked")
    assert table.rows == (("E-mail", "0,4", "–", "✓"),)
    assert table.numbers == 1


def test_a_choice_stands_by_its_name() -> None:
    frame = pd.DataFrame({"Cost": ["CRM"], "Per": ["month"], "To": [-1]})
    table = printed(GERMAN, frame, {}, {"Cost": {}, "Per": {"month": "a month"}, "To": {-1: "plan end"}})
    assert table.rows == (("CRM", "a month", "plan end"),)
    assert table.numbers == 3  # words, set to the left
