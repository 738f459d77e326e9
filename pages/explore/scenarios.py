"""Scenarios: save several plans by name, see up to five side by side, open any of them."""

from pages.parts import scenarios
from pages.shell import desk, present

present.page("Scenarios", "Plans kept under a name, up to five side by side.")
scenarios.standing()
if not desk.read_only():
    scenarios.saving()
present.title("Saved scenarios")
scenarios.saved()
present.title("Side by side")
scenarios.side_by_side()
