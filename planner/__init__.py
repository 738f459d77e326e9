"""Multi-channel outbound prospecting planned: volumes and rates to appointments, deals, CAC and ROI.

A `Plan` is a frozen value, a `Forecast` a pure function of it, a lever the one name of one number of a plan. All that a
user of the package needs is named here.
"""

from planner.ask.bridge import Bar, bridge
from planner.ask.budget import Allocation, allocate
from planner.ask.differing import differing
from planner.ask.goal import seek, seek_sure
from planner.ask.learning import worth_learning
from planner.ask.sensitivity import grid, tornado, variance_shares
from planner.ask.todate import ToDate, to_date
from planner.ask.uncertainty import Simulation, ambitious, cautious, simulate
from planner.channels import add_channel, starter
from planner.engine import VERSION, Forecast, forecast
from planner.errors import BadActuals, BadLink, OutOfReach, PlanError, PlannerError, StoreError
from planner.facts.actuals import Actuals, Fact
from planner.facts.reading import Reading, read_actuals, understand
from planner.facts.sample import sample_actuals
from planner.facts.writing import template, to_csv
from planner.keep.codec import Link, from_json, from_token, to_json, to_token
from planner.keep.store import Store
from planner.keep.workspace import Scenario, Workspace
from planner.kpis import KPI, KPIS, kpi
from planner.levers import Lever, levers, pull
from planner.limits import Breach, broken
from planner.metrics import METRICS, Metric, measure
from planner.plan import (
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
)

__all__ = [
    "KPI",
    "KPIS",
    "METRICS",
    "VERSION",
    "Actuals",
    "Allocation",
    "Assist",
    "BadActuals",
    "BadLink",
    "Bar",
    "Breach",
    "Channel",
    "Cost",
    "Deal",
    "Delay",
    "Effort",
    "Evidence",
    "Fact",
    "Feed",
    "Forecast",
    "Hire",
    "Lever",
    "Limit",
    "Link",
    "Metric",
    "Opening",
    "OutOfReach",
    "Plan",
    "PlanError",
    "PlannerError",
    "Range",
    "Reading",
    "Scenario",
    "Simulation",
    "Stage",
    "Store",
    "StoreError",
    "Target",
    "Team",
    "ToDate",
    "Workspace",
    "add_channel",
    "allocate",
    "ambitious",
    "bridge",
    "broken",
    "cautious",
    "differing",
    "forecast",
    "from_json",
    "from_token",
    "grid",
    "kpi",
    "levers",
    "measure",
    "pull",
    "read_actuals",
    "sample_actuals",
    "seek",
    "seek_sure",
    "simulate",
    "starter",
    "template",
    "to_csv",
    "to_date",
    "to_json",
    "to_token",
    "tornado",
    "understand",
    "variance_shares",
    "worth_learning",
]  # fmt: skip
