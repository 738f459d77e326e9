"""What a command answers: text for people, values for programs, and the exit code."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import PlannerError

__all__ = ["BROKEN", "DONE", "UNUSABLE", "Answer", "defined", "written"]

DONE, BROKEN, UNUSABLE = 0, 1, 2  # exit codes


@dataclass(frozen=True)
class Answer:
    """`text` as it is printed ("" for nothing), `values` as JSON, and the exit code; `content` goes out as it is."""

    text: str
    values: Any = None
    code: int = DONE
    content: bytes | None = None


def written(path: Path, content: bytes) -> None:
    """Writes a file; PlannerError where that cannot be."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise PlannerError(f"“{path}” cannot be written: {error.strerror or error}.") from None


def defined(value: Any) -> float | None:
    """A number for JSON; None where it is undefined."""
    number = float(value)
    return number if math.isfinite(number) else None
