"""What is read off a forecast or actuals: metrics, KPIs, alerts, and the formulas and words that explain them."""
