"""Multi-channel outbound prospecting planned: volumes and rates to appointments, deals, CAC and ROI.

A `Plan` is a frozen value, a `Forecast` a pure function of it, a lever the one name of one number of a plan. All that a
user of the package needs is named here.
"""

from planner.actuals.actuals import Actuals, Fact
from planner.actuals.reading import Upload, read_actuals, understand
from planner.actuals.sample import sample_actuals
from planner.actuals.writing import actuals_template, to_csv
from planner.ask.budget.allocation import Allocation, allocate
from planner.ask.compare.bridge import Bar, bridge
from planner.ask.evidence.calibrate import Calibration, calibrate
from planner.ask.evidence.land import Landing, land
from planner.ask.goal.seeking import seek, seek_sure
from planner.ask.information import value_of_information
from planner.ask.sensitivity import grid, tornado, variance_shares
from planner.ask.still_time import last_day
from planner.ask.uncertainty.simulation import Simulation, simulate
from planner.ask.uncertainty.variants import ambitious, cautious
from planner.ask.variance.to_date import ToDate, to_date
from planner.ask.without import WithoutChannel, without_channel
from planner.engine import VERSION, Forecast, forecast
from planner.errors import BadActuals, BadLink, LibraryError, OutOfReach, PlanError, PlannerError, StoreError
from planner.export.deck import to_pptx
from planner.export.document import to_pdf
from planner.export.formats import EXPORTS, Export, exported
from planner.export.workbook import to_xlsx
from planner.keep.codec import SharedPlan, from_json, from_token, to_json, to_token
from planner.keep.library import Library
from planner.keep.steps import Scenario
from planner.keep.store import Store
from planner.keep.workspace import Workspace
from planner.measure.alerts import Alert, alerts
from planner.measure.kpi_table import KPI, KPIS
from planner.measure.kpis import kpi
from planner.measure.metrics import METRICS, Metric, measure
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
from planner.plan.diff import differing
from planner.plan.edit import seasonal
from planner.plan.levers import Lever, levers, pull
from planner.plan.starter import add_channel, starter
from planner.show.brief.text import brief_text
from planner.show.brief.value import Brief
from planner.show.brief.whole import brief

__all__ = [
    "EXPORTS",
    "KPI",
    "KPIS",
    "METRICS",
    "VERSION",
    "Actuals",
    "Alert",
    "Allocation",
    "Assist",
    "BadActuals",
    "BadLink",
    "Bar",
    "Brief",
    "Calibration",
    "Channel",
    "Cost",
    "Deal",
    "Delay",
    "Effort",
    "Evidence",
    "Export",
    "Fact",
    "Feed",
    "Forecast",
    "Hire",
    "Landing",
    "Lever",
    "Library",
    "LibraryError",
    "Limit",
    "Metric",
    "Opening",
    "OutOfReach",
    "Plan",
    "PlanError",
    "PlannerError",
    "Range",
    "Scenario",
    "SharedPlan",
    "Simulation",
    "Stage",
    "Store",
    "StoreError",
    "Target",
    "Team",
    "ToDate",
    "Upload",
    "WithoutChannel",
    "Workspace",
    "actuals_template",
    "add_channel",
    "alerts",
    "allocate",
    "ambitious",
    "bridge",
    "brief",
    "brief_text",
    "calibrate",
    "cautious",
    "differing",
    "exported",
    "forecast",
    "from_json",
    "from_token",
    "grid",
    "kpi",
    "land",
    "last_day",
    "levers",
    "measure",
    "pull",
    "read_actuals",
    "sample_actuals",
    "seasonal",
    "seek",
    "seek_sure",
    "simulate",
    "starter",
    "to_csv",
    "to_date",
    "to_json",
    "to_pdf",
    "to_pptx",
    "to_token",
    "to_xlsx",
    "tornado",
    "understand",
    "value_of_information",
    "variance_shares",
    "without_channel",
]  # fmt: skip
