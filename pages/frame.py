"""The frame around every page: address, draft, navigation, key figures, the page."""

from __future__ import annotations

import streamlit as st

from pages.shell import access, addresses, counting, desk, first, imprint, keeping, linked, paper, sign_in, strip
from pages.widgets import preview

nav = st.navigation(
    {
        "Plan": [
            st.Page("plan/channels.py", title="Channels", default=True),
            st.Page("plan/money.py", title="Money and team"),
            st.Page("plan/forecast.py", title="Forecast"),
        ],
        "Explore": [
            st.Page("explore/uncertainty.py", title="How sure are we?"),
            st.Page("explore/sensitivity.py", title="What matters most?"),
            st.Page("explore/goal.py", title="What would it take?"),
            st.Page("explore/budget.py", title="Where should the money go?"),
            st.Page("explore/compare.py", title="What differs?"),
            st.Page("explore/scenarios.py", title="Scenarios"),
        ],
        "Reality": [
            st.Page("reality/actuals.py", title="Actuals"),
            st.Page("reality/variance.py", title="Plan against actual"),
            st.Page("reality/kpis.py", title="Every KPI"),
        ],
        "Share": [
            st.Page("share/brief.py", title="Brief"),
            st.Page("share/library.py", title="Library"),
            st.Page("share/files.py", title="Share and files"),
        ],
    },
    expanded=True,  # or five pages hide behind “View 5 more” where someone is signed in
    position="hidden" if sign_in.wanted() and not sign_in.person() else "sidebar",
)
sign_in.stop_without()
addresses.boot()
keeping.keep()  # before anything is shown: what has been seen is never lost
first.dress(nav.title)
linked.stop_at_nothing()
with st.container(key="top"):
    bar = st.container()  # stands first, is made after the page: figures and charts answer a move before anything else
    strip.figures(desk.forecast(desk.plan()), desk.forecast(desk.baseline()))
    below = st.container()
news = strip.said()
counting.switch()
nav.run()
strip.controls(bar)
with below:
    strip.ranges(desk.plan())
    keeping.warning()
preview.curves()
sign_in.show_who()
access.announce()
first.whole()
paper.foot(imprint.version() or desk.plan().name)
desk.heard(news)
