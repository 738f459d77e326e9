"""Plan against actuals to date."""
