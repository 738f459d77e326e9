"""Functions for workers of their own to run; an interpreter finds them by their module."""

from __future__ import annotations

import os
import time

from pages.shell.long_work import Report
from planner.errors import PlanError
from planner.plan import Plan


def doubled(number: float, *, report: Report) -> float:
    report(0.5)
    print("not an answer")
    return 2 * number


def process(*, report: Report) -> int:
    return os.getpid()


def endless(*, report: Report) -> None:
    share = 0.0
    while True:
        share += (1 - share) / 10
        report(share)
        time.sleep(0.02)


def refused(plan: Plan, *, report: Report) -> None:
    raise PlanError("email.volume", f"is wrong in {plan.name}")


def broken(*, report: Report) -> None:
    raise ZeroDivisionError
