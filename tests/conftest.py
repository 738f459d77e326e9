"""Hypothesis runs the same examples each time; what takes long begins first."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from tests.strategies import EXAMPLES, LONG

for name, examples in EXAMPLES.items():
    settings.register_profile(
        name, deadline=None, derandomize=True, max_examples=examples, database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """With `-m long` every law is tried on as many examples as it takes to be sure."""
    settings.load_profile(LONG if config.option.markexpr == LONG else "suite")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Laws belong to `-m long`, too; in the suite no worker waits in the end for a test of a minute."""
    if config.option.markexpr == LONG:
        for item in items:
            if is_hypothesis_test(getattr(item, "function", None)):
                item.add_marker(LONG)
    items.sort(key=lambda item: item.get_closest_marker("minute") is None)
