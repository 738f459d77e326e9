"""Files to take away: one choice of format, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.shell import desk, filing, present
from pages.shell.long_work import Work
from pages.shell.waiting import watched
from planner.errors import PlannerError
from planner.export.archives import file_stem
from planner.export.formats import EXPORTS, Export, exported
from planner.keep.workspace import Workspace
from planner.show.errors import said

MAKING = "Preparing the file …"


def file_name(name: str, ending: str) -> str:
    """A file's name out of a plan's: letters, digits and hyphens only, never a path."""
    return f"{file_stem(name)}.{ending}"


def on_screen() -> Workspace:
    """What a file is made of; of a shared plan no more than the link holds."""
    if desk.read_only():
        return Workspace(desk.plan(), baseline=desk.baseline(), scenarios=desk.scenarios(), tail=desk.tail())
    return desk.workspace()


def downloads() -> None:
    """A choice among the formats; a shared plan offers only what holds no more than the plan."""
    offered = {key: export for key, export in EXPORTS.items() if not (export.private and desk.read_only())}
    key = st.selectbox(
        "Format", list(offered), format_func=lambda key: offered[key].label, key="file_format", persist_state="session"
    )
    export, work = offered[key], on_screen()
    if export.about:
        present.quiet(export.about)
    if not export.slow:
        _button(export, partial(exported, key, work), work)
        return
    document = filing.document(key, work)
    if document is None:
        st.button("Prepare file", key="prepare_file", on_click=filing.order_document, args=(key, work), type="primary")
    else:
        _made(export, work, document)


def _button(export: Export, data: bytes | Callable[[], bytes], work: Workspace) -> None:
    name = file_name(work.plan.name, export.ending)
    st.download_button(
        f"Download {name.rpartition('.')[2].upper()}", data, name, export.mime, key=f"save_{export.key}",
        on_click="ignore", icon=":material/download:", type="primary" if export.slow else "secondary",
    )  # fmt: skip


def _made(export: Export, work: Workspace, making: Work[bytes]) -> None:
    """Shows how far the file is, with a way to stop it; then the button that saves it."""
    if not making.done:
        watched(making, lambda: MAKING, filing.drop_document, key="stop_file")
        return
    try:
        data = making.result
    except PlannerError as error:
        st.error(said(error, work.plan))
    except RuntimeError:
        st.error("The file could not be made. Try again; if it fails again, save the plan as a file instead.")
        st.button("Try again", key="prepare_file", on_click=filing.order_document, args=(export.key, work))
    else:
        _button(export, data, work)
