"""Every KPI: definition, planned and actual value, and what the sources' other formulas would give."""

from pages.parts import kpis
from pages.shell import desk, present

forecast, actuals = desk.forecast(desk.plan()), desk.workspace().actuals
present.page("Every KPI", "Each with one formula, used everywhere, as planned and as it happened.")
searched, conflicts = kpis.tools()
kpis.listed(forecast, actuals, kpis.chosen(searched), conflicts=conflicts)
if actuals is None:
    present.quiet("No actuals yet: upload them, or load sample data, under “Actuals”.")
