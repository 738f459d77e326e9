"""What is to be said once is said in full, also where the next move stops the run that says it."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.widgets import preview
from tests.app.conftest import Opener


def told(app: AppTest) -> tuple[list[str], list[str]]:
    """The warnings and toasts on the page."""
    return [warning.value for warning in app.warning], [toast.value for toast in app.toast]


def test_a_message_of_a_stopped_run_is_said_by_the_next_and_then_no_more(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened()
    quiet = told(app)
    app.session_state["desk"].messages.append("Another tab has changed the plan.")
    app.session_state["desk"].change = "Baseline set"
    with monkeypatch.context() as moved:
        moved.setattr(preview, "curves", st.stop)  # as a next move does it
        app.run()
    news = told(app.run())
    assert news == (
        [*quiet[0], "Another tab has changed the plan."],
        [*quiet[1], "Baseline set. Ctrl+Z takes it back."],
    )
    assert told(app.run()) == quiet
