"""EXPORTS, the one table of export formats: a row is a button on the share page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.keep.codec import to_json
from planner.keep.workspace import Workspace

__all__ = ["EXPORTS", "Export"]


@dataclass(frozen=True)
class Export:
    """A format that a workspace can be saved in.

    `ending` goes behind the plan's name in the file's name; `private`: it holds more than the plan, so a shared plan
    does not offer it. `write` makes the file's bytes.
    """

    key: str
    label: str
    ending: str
    mime: str
    write: Callable[[Workspace], bytes]
    private: bool = False


EXPORTS: dict[str, Export] = {
    export.key: export
    for export in (
        Export("plan", "Plan", "plan.json", "application/json", lambda work: to_json(work.plan).encode()),
        Export(
            "workspace", "Workspace", "workspace.json", "application/json", lambda work: to_json(work).encode(),
            private=True,
        ),
    )
}  # fmt: skip
