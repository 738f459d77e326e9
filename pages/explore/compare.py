"""What differs between two plans, what it does, and why, to the last deal."""

import streamlit as st

from pages.parts import compared, desk, show

before, after = compared.sides()
show.answer(compared.sentence(before, after))
left, right = st.columns([1.25, 1], gap="large")
with left:
    compared.bridge(before, after)
with right:
    show.title("Only what differs")
    compared.differences(before, after)
    if not desk.read_only():
        compared.helpers()
