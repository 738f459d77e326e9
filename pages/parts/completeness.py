"""What is known on a page: the calendar of channels and months, and a banner where something is missing."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from pages.shell import desk, present, session
from planner.actuals.actuals import Actuals
from planner.actuals.completeness import ChannelKnown, completeness
from planner.plan import Plan
from planner.show import completeness as shown

MOST = 3  # gaps in the banner; the calendar has them all


def calendar(actuals: Actuals) -> None:
    """Which months of which channel are known in full, in part or not at all."""
    plan = desk.plan()
    rows = _rows(plan, actuals)
    present.title("What is known", "by channel and month")
    present.quiet(shown.summary(rows))
    if rows and rows[0].months:
        present.table(shown.calendar(plan, rows), "what-is-known")
    for gap in shown.gaps(plan, rows):
        present.quiet(gap)


def onwards() -> None:
    """A link to the page that holds the plan against the actuals."""
    st.page_link("reality/variance.py", label="See plan against actual", icon=":material/arrow_forward:")


def banner(actuals: Actuals) -> None:
    """Where data is missing: which channel, which months, what to upload."""
    plan = desk.plan()
    gaps = shown.gaps(plan, _rows(plan, actuals))
    if not gaps:
        return
    more = f" {len(gaps) - MOST} more channels have gaps." if len(gaps) > MOST + 1 else ""
    listed = gaps if len(gaps) <= MOST + 1 else gaps[:MOST]
    items = Markup().join(Markup("<li>{}</li>").format(gap) for gap in listed)
    st.html(
        Markup(
            '<div class="banner" role="status"><b>Some actuals are missing; missing is not counted as zero.{}</b>'
            "<ul>{}</ul></div>"
        ).format(more, items)
    )
    st.page_link("reality/actuals.py", label="Upload what is missing")


def _rows(plan: Plan, actuals: Actuals) -> tuple[ChannelKnown, ...]:
    return session.current().results.of(completeness, plan, actuals)
