"""`python -m planner`: the command line, which stands in `planner.command`; here alone the calendar is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from planner.command.table import run

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command as of today and returns its exit code."""
    return run(arguments, dt.date.today())


if __name__ == "__main__":
    raise SystemExit(main())
