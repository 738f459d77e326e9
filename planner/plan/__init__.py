"""The plan: its types, the levers that move it, the templates it starts from, and every change of it."""

from planner.plan.types import (
    RESERVED,
    Assist,
    Channel,
    Cost,
    Deal,
    Delay,
    Effort,
    Evidence,
    Feed,
    Hire,
    Limit,
    Opening,
    Plan,
    Range,
    Stage,
    Target,
    Team,
    deal_of,
    main_path,
    merged,
    replace,
    the,
)

__all__ = [
    "RESERVED", "Assist", "Channel", "Cost", "Deal", "Delay", "Effort", "Evidence", "Feed", "Hire", "Limit", "Opening",
    "Plan", "Range", "Stage", "Target", "Team", "deal_of", "main_path", "merged", "replace", "the",
]  # fmt: skip
