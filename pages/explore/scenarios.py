"""Scenarios: keep several plans by name, put up to five side by side, take any of them up."""

import streamlit as st

from pages.parts import compare
from pages.shell import desk, present

present.answer(compare.standing())
if not desk.read_only():
    compare.keeping()
left, right = st.columns([1.25, 1], gap="large")
with left:
    present.title("Side by side")
    compare.side_by_side()
with right:
    present.title("On the desk")
    compare.shelf()
