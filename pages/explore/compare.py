"""What differs between two plans, what it does, and why, to the last deal."""

import streamlit as st

from pages.parts import compare
from pages.shell import desk, present

present.page("What differs?", "Which figures differ between two plans, and why. Always in the plan.")
both = compare.sides()
if both:
    before, after = both
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        compare.difference(before, after)
    with right:
        present.title("Only what differs")
        compare.numbers(before, after)
        if not desk.read_only():
            compare.back()
