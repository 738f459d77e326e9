"""Plan and moves to arrivals, costs and hours."""

from planner.engine.forecast import VERSION, CostRow, Forecast, forecast

__all__ = ["VERSION", "CostRow", "Forecast", "forecast"]
