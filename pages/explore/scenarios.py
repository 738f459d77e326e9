"""Scenarios: keep several plans by name, put up to five side by side, take any of them up."""

import streamlit as st

from pages.parts import compared, desk, show

show.answer(compared.standing())
if not desk.read_only():
    compared.keeping()
left, right = st.columns([1.25, 1], gap="large")
with left:
    show.title("Side by side")
    compared.side_by_side()
with right:
    show.title("On the desk")
    compared.shelf()
