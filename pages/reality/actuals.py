"""Actuals: upload what happened, answer what the file leaves open, check it, use it."""

import streamlit as st

from pages.parts import completeness, sources, upload
from pages.shell import desk, present

present.page("Actuals", "What really happened: upload it, check it, use it.")
actuals = desk.workspace().actuals
present.answer(upload.headline(actuals))
left, right = st.columns([1.5, 1], gap="large")
with left:
    present.title("Upload", "CSV, Excel or OpenDocument, in any language; several files at once")
    upload.upload()
    if desk.pending():
        upload.preview()
with right:
    if actuals is None:
        present.title("Templates and sample data")
        sources.examples()
    else:
        present.title("Sources in use")
        sources.in_use(actuals)
        sources.examples_folded()
if actuals is not None:
    completeness.calendar(actuals)
    completeness.onwards()
