"""Share and files: a link that holds the plan, a short one that can be withdrawn, files of plan and workspace."""

import streamlit as st

from pages.parts import files, show

show.answer("A link holds the whole plan, opens read-only in any browser and keeps today’s headline figures beside it.")
left, right = st.columns(2, gap="large")
with left:
    show.title("The link", "the plan only: no uploads, no undo")
    files.link()
    show.title("A short link", "kept in this planner’s store; you can withdraw it")
    files.short_links()
with right:
    show.title("Save as a file")
    files.downloads()
    show.title("Open a file", "a plan or a whole workspace")
    files.opening()
    show.title("Your draft")
    files.draft()
