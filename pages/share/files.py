"""Share and files: a link that holds the plan, a short one that can be withdrawn, files of plan and workspace."""

import streamlit as st

from pages.parts import documents, files, links
from pages.shell import present

present.page("Share and files", "Links to the plan and files of it, for others and for later.")
present.answer("A link holds the whole plan, opens read-only in any browser and keeps today’s headline figures.")
left, right = st.columns(2, gap="large")
with left:
    present.title("The link", "the plan only: no uploads, no undo")
    files.link()
    present.title("A link that can be withdrawn", "short, and counted when it is opened")
    links.stored()
with right:
    present.title("Save as a file")
    documents.downloads()
    present.title("Open a file", "a plan or a whole workspace")
    files.opening()
    present.title("Your draft")
    files.draft()
