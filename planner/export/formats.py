"""EXPORTS, the one table of export formats: a row is a choice on the share page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from planner.errors import PlannerError
from planner.export.pictures import LIBRARY
from planner.keep.codec import to_json
from planner.keep.workspace import Workspace
from planner.show.brief.value import NO_IMPRINT, Imprint

__all__ = ["EXPORTS", "Export", "Report", "exported"]

Report = Callable[[float], None]  # what is told the share that is done, 0 to 1


@dataclass(frozen=True)
class Export:
    """A format that a workspace can be saved in.

    `ending` goes behind the plan's name in the file's name; `private`: it holds more than the plan, so a shared plan
    does not offer it. `write` makes the file's bytes and reports how far it is; `slow`: nobody should wait for it.
    `signed`: its pages say which version they show, so `write` takes an Imprint, too. `libraries` are the modules it
    needs, `about` says what the file is good for, in a sentence.
    """

    key: str
    label: str
    ending: str
    mime: str
    write: Callable[..., bytes]
    private: bool = False
    slow: bool = False
    signed: bool = False
    libraries: tuple[str, ...] = ()
    about: str = ""


def exported(key: str, work: Workspace, report: Report = lambda share: None, *, imprint: Imprint = NO_IMPRINT) -> bytes:
    """The file of a format; PlannerError where its library is not installed, or where the plan does not fit into it.

    >>> from planner import Workspace, from_json, starter
    >>> plan = starter("email")
    >>> from_json(exported("plan", Workspace(plan))) == plan
    True
    """
    export = EXPORTS[key]
    for library in export.libraries:
        try:
            import_module(library)
        except ImportError:
            what = f"“{export.label}” needs the library {library}, which is not installed."
            raise PlannerError(f"{what} Install the planner with its extra “documents”.") from None
    return export.write(work, report, imprint) if export.signed else export.write(work, report)


def _workbook(work: Workspace, report: Report) -> bytes:
    from planner.export.workbook import to_xlsx

    return to_xlsx(work, report)


def _document(work: Workspace, report: Report, imprint: Imprint) -> bytes:
    from planner.export.document import to_pdf

    return to_pdf(work, report, imprint)


def _deck(work: Workspace, report: Report, imprint: Imprint) -> bytes:
    from planner.export.deck import to_pptx

    return to_pptx(work, report, imprint)


def _tables(work: Workspace, report: Report) -> bytes:
    from planner.export.archives import tables

    return tables(work, report)


def _charts(work: Workspace, report: Report) -> bytes:
    from planner.export.archives import charts

    return charts(work, report)


EXPORTS: dict[str, Export] = {
    export.key: export
    for export in (
        Export(
            "workbook", "Workbook with formulas (Excel, LibreOffice)", "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook, slow=True,
            libraries=("xlsxwriter",),
            about="Change an input and every figure follows; baseline and scenarios are chosen in one cell.",
        ),
        Export(
            "document", "Brief (PDF)", "pdf", "application/pdf", _document, slow=True, signed=True,
            libraries=("typst", LIBRARY),
            about="The plan on A4 for somebody who decides: the ask, figures, money, options, assumptions, limits.",
        ),
        Export(
            "deck", "Slides (PowerPoint)", "pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation", _deck, slow=True,
            signed=True, libraries=("pptx",), about="The brief as slides; charts and tables can be edited there.",
        ),
        Export(
            "tables", "Tables (CSV, zipped)", "tables.zip", "application/zip", _tables, slow=True,
            about="Every table of the forecast as a CSV file; every other table has its CSV button beside it.",
        ),
        Export(
            "charts", "Charts (PNG and SVG, zipped)", "charts.zip", "application/zip", _charts, slow=True,
            libraries=(LIBRARY,), about="The charts of the forecast, for slides and documents.",
        ),
        Export(
            "plan", "Plan", "plan.json", "application/json", lambda work, report: to_json(work.plan).encode(),
            about="Opens in the planner again, with every number, range and note.",
        ),
        Export(
            "workspace", "Workspace", "workspace.json", "application/json", lambda work, report: to_json(work).encode(),
            private=True,
            about="The plan with undo, baseline, scenarios, actuals and column mappings.",
        ),
    )
}  # fmt: skip
