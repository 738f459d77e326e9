"""What actuals say of a plan's rates, and where the plan lands."""
