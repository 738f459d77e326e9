"""The forecast as charts and tables."""
