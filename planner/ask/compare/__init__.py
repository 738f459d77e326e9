"""The difference between two forecasts, or a plan and its actuals, explained cause by cause."""
