"""Long work runs in a process of its own, says how far it is, can be ended, and never holds up who started it."""

from __future__ import annotations

import gc
import os
import time

import pytest

from pages.shell.long_work import Cancelled, start
from planner.errors import PlanError
from planner.plan.starter import starter
from tests.shell.works import broken, doubled, endless, process, refused

PATIENCE = 30.0


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_result_comes_back_from_another_process() -> None:
    work = start(process)
    assert work.wait(PATIENCE)
    assert work.result != os.getpid()
    assert work.progress == 1.0


def test_what_a_function_prints_is_no_answer() -> None:
    work = start(doubled, 21.0)
    assert work.wait(PATIENCE)
    assert work.result == 42.0


def test_progress_rises_until_the_work_is_cancelled() -> None:
    work = start(endless)
    shares = []
    deadline = time.monotonic() + PATIENCE
    while len(set(shares)) < 4 and time.monotonic() < deadline:
        shares.append(work.progress)
        time.sleep(0.02)
    assert shares == sorted(shares)
    assert len(set(shares)) >= 4
    with pytest.raises(RuntimeError, match="still running"):
        _ = work.result
    pid = work._state.process.pid
    work.cancel()
    assert work.done
    with pytest.raises(Cancelled):
        _ = work.result
    work._state.process.wait(PATIENCE)
    assert not alive(pid)


def test_work_that_nobody_holds_any_more_ends() -> None:
    work = start(endless)
    while work.progress == 0.0:
        time.sleep(0.02)
    worker = work._state.process
    del work
    gc.collect()
    assert worker.wait(PATIENCE) != 0


def test_a_refusal_keeps_its_path() -> None:
    work = start(refused, starter("email"))
    assert work.wait(PATIENCE)
    with pytest.raises(PlanError, match=r"^email.volume is wrong in Starter plan$") as error:
        _ = work.result
    assert error.value.path == "email.volume"


def test_a_failure_is_told_from_a_cancellation() -> None:
    work = start(broken)
    assert work.wait(PATIENCE)
    with pytest.raises(RuntimeError, match="failed"):
        _ = work.result


def test_work_that_is_cancelled_before_its_turn_never_begins() -> None:
    running = [start(endless) for _ in range(8)]
    for work in running:
        work.cancel()
    assert all(work.done for work in running)
    after = start(doubled, 1.0)
    assert after.wait(PATIENCE)
    assert after.result == 2.0
