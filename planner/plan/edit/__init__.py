"""Every change of a plan's shape: channels, stages, costs, months, beliefs and heading, one file per subject.

Each change takes a plan and gives a valid one, or raises PlanError. Numbers are moved by `plan.levers.pull`.
"""

from planner.plan.edit.beliefs import (
    with_limit,
    with_range,
    with_target,
    without_limit,
    without_range,
    without_ranges,
    without_target,
)
from planner.plan.edit.channels import (
    duplicate_channel,
    move_channel,
    remove_channel,
    rename_channel,
    switch,
    with_audience,
    with_coverage,
    with_deal,
    with_pace,
    with_senders,
)
from planner.plan.edit.costs import add_cost, remove_cost
from planner.plan.edit.heading import (
    with_ask,
    with_author,
    with_country,
    with_currency,
    with_locale,
    with_name,
    with_note,
    with_start,
)
from planner.plan.edit.months import ramped, set_profile, with_months, with_rates_by_month
from planner.plan.edit.season import seasonal
from planner.plan.edit.stages import add_stage, may_wait, remove_stage, rename_stage, with_delay
from planner.plan.starter import add_channel

__all__ = [
    "add_channel", "add_cost", "add_stage", "duplicate_channel", "may_wait", "move_channel", "ramped",
    "remove_channel", "remove_cost", "remove_stage", "rename_channel", "rename_stage", "seasonal",
    "set_profile", "switch", "with_ask", "with_audience", "with_author", "with_country", "with_coverage",
    "with_currency", "with_deal",
    "with_delay", "with_limit", "with_locale", "with_months", "with_name", "with_note", "with_pace",
    "with_range", "with_rates_by_month", "with_senders", "with_start", "with_target", "without_limit",
    "without_range", "without_ranges", "without_target",
]  # fmt: skip
