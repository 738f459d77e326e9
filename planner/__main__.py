"""`python -m planner`: the command line, which stands in `planner.command`."""

from planner.command.table import main

__all__ = ["main"]

if __name__ == "__main__":
    raise SystemExit(main())
