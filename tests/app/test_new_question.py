"""A question is a value, its words and a page that takes, asks and shows: followed with one that is in no table."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from planner.engine import forecast
from planner.plan.starter import starter


def page() -> None:
    """Which month is the busiest? The recipe in one file: a value, its sentence, the page."""
    from dataclasses import dataclass

    import numpy as np

    from pages.shell import addresses, desk, present
    from planner import words
    from planner.plan import Plan

    @dataclass(frozen=True)
    class Busiest:
        month: int
        hours: float

    def busiest(plan: Plan) -> Busiest:
        hours = desk.forecast(plan).hours("months")
        return Busiest(int(np.argmax(hours)), float(hours.max()))

    def sentence(plan: Plan, busiest_month: Busiest) -> str:
        month, hours = words.month_name(plan, busiest_month.month), words.write(plan, busiest_month.hours, "hours")
        return f"{month} is the busiest month: {hours} are needed."

    addresses.boot()
    plan = desk.plan()
    present.page("When are we busiest?", "The month that needs the most hours.")
    present.answer(sentence(plan, busiest(plan)))


def test_a_question_is_a_value_its_sentence_and_a_page() -> None:
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    text = "\n".join(block.proto.body for block in app.get("html"))
    most = forecast(starter(start="2026-12")).hours("months").max()
    assert "is the busiest month" in text
    assert f"{most:.0f}" in text.replace("\u00a0", " ")
