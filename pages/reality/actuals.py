"""Actuals: upload what happened, see what was understood and refused, mend the columns, use it."""

import streamlit as st

from pages.parts import desk, intake, show

work = desk.workspace()
show.answer(intake.sentence(work.actuals))
left, right = st.columns([1.5, 1], gap="large")
with left:
    show.title("Upload", "CSV of any separator, encoding, language")
    intake.upload()
    if desk.pending():
        intake.preview()
with right:
    show.title("No file at hand?")
    intake.help_yourself()
    if work.actuals is not None:
        show.title("On the desk")
        intake.sources(work.actuals)
    intake.before()
