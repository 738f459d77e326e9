"""Actuals: upload what happened, see what was understood and refused, mend the columns, use it."""

import streamlit as st

from pages.parts import upload
from pages.shell import desk, present

work = desk.workspace()
present.answer(upload.sentence(work.actuals))
left, right = st.columns([1.5, 1], gap="large")
with left:
    present.title("Upload", "CSV of any separator, encoding, language")
    upload.upload()
    if desk.pending():
        upload.preview()
with right:
    present.title("No file at hand?")
    upload.help_yourself()
    if work.actuals is not None:
        present.title("On the desk")
        upload.sources(work.actuals)
    upload.before()
