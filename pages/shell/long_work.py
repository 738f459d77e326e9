"""Long work in a process of its own: it is started here, says how far it is, and can be ended at any moment.

The interpreter that answers moves only reads what the worker sends; a few workers run at once, the rest wait. A worker
ends with its result, when it is cancelled, when nobody holds its `Work` any more, and with the planner itself.

    work = start(simulation, plan, 1_000_000)      # simulation(plan, 1_000_000, report=…) in a new interpreter
    work.progress                                  # 0.0 to 1.0, as the function last reported
    work.result                                    # once work.done
    work.cancel()
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from threading import BoundedSemaphore, Event, Thread
from typing import Any, BinaryIO, Generic, TypeVar

from planner.errors import PlannerError

__all__ = ["Cancelled", "Report", "Work", "start"]

AT_ONCE = max(1, (os.cpu_count() or 2) - 1)  # one processor is left to those who move sliders
GENTLE = 10  # the worker's niceness

Report = Callable[[float], None]  # what a function calls with the share it has done, 0 to 1
T = TypeVar("T")

_places = BoundedSemaphore(AT_ONCE)


class Cancelled(RuntimeError):
    """The work was ended before it had a result."""


@dataclass(frozen=True)
class _Progress:
    share: float


@dataclass(frozen=True)
class _Finished:
    value: Any


@dataclass(frozen=True)
class _Refused:
    """An error of the planner: its class and its parts, which its constructor would not take back as they are."""

    kind: type[PlannerError]
    words: tuple[Any, ...]
    fields: dict[str, Any]

    @classmethod
    def of(cls, error: PlannerError) -> _Refused:
        return cls(type(error), error.args, error.__dict__)

    def error(self) -> PlannerError:
        error = self.kind.__new__(self.kind, *self.words)
        error.__dict__.update(self.fields)
        return error


class _State:
    """What the thread that listens to a worker knows; it holds no `Work`, so that one can be let go."""

    def __init__(self) -> None:
        self.progress = 0.0
        self.ended = Event()
        self.answer: _Finished | _Refused | None = None
        self.cancelled = False
        self.process: subprocess.Popen[bytes] | None = None

    def end(self) -> None:
        """Ends the worker, or lets it never begin."""
        self.cancelled = self.cancelled or not self.ended.is_set()
        if self.process is not None:
            self.process.kill()
        self.ended.set()


class Work(Generic[T]):
    """Work under way in a process of its own."""

    def __init__(self, state: _State) -> None:
        self._state = state
        weakref.finalize(self, state.end)

    @property
    def progress(self) -> float:
        """The share done, 0 to 1, as last reported; 0 while it waits for its turn."""
        return 1.0 if self._state.answer is not None else self._state.progress

    @property
    def done(self) -> bool:
        """Whether there is a result, an error, or the work was cancelled."""
        return self._state.ended.is_set()

    @property
    def result(self) -> T:
        """What the function returned, once the work is done.

        Raises what the function refused as a PlannerError, Cancelled after a cancellation, RuntimeError where the
        worker failed or is not done.
        """
        answer = self._state.answer
        if isinstance(answer, _Refused):
            raise answer.error()
        if isinstance(answer, _Finished):
            return answer.value  # type: ignore[no-any-return]
        if self._state.cancelled:
            raise Cancelled("The calculation was stopped.")
        raise RuntimeError("The calculation failed." if self.done else "The calculation is still running.")

    def wait(self, seconds: float | None = None) -> bool:
        """Waits until the work is done, at most `seconds`; returns whether it is."""
        return self._state.ended.wait(seconds)

    def cancel(self) -> None:
        """Ends the worker at once; a result that is there already stays."""
        self._state.end()


def start(function: Callable[..., T], *args: Any, **named: Any) -> Work[T]:
    """Runs `function(*args, **named, report=…)` in a new interpreter; all of it must be of modules and picklable."""
    order, state = pickle.dumps((function, args, named)), _State()
    Thread(target=_attend, args=(order, state), daemon=True).start()
    return Work(state)


def _attend(order: bytes, state: _State) -> None:
    """Waits for a place, starts the worker and hears what it has to say until it ends."""
    with _places:
        if not state.cancelled:
            _listen(order, state)
    state.ended.set()


def _listen(order: bytes, state: _State) -> None:
    path = os.pathsep.join(dict.fromkeys(filter(None, (os.getcwd(), *sys.path))))
    command = [sys.executable, "-m", "pages.shell.long_work"]
    state.process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
    )
    with state.process as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        if state.cancelled:  # between the question and the start
            worker.kill()
        try:
            worker.stdin.write(len(order).to_bytes(8, "big") + order)
            worker.stdin.flush()
            while state.answer is None:
                _hear(pickle.load(worker.stdout), state)
        except (EOFError, pickle.UnpicklingError, OSError):
            pass  # it was ended, or it failed and said so on standard error
        worker.kill()


def _hear(message: _Progress | _Finished | _Refused, state: _State) -> None:
    if isinstance(message, _Progress):
        state.progress = message.share
    else:
        state.answer = message


# -- in the worker ----------------------------------------------------------------------------------------------------


def _work(orders: BinaryIO, answers: BinaryIO) -> None:
    """Reads an order, runs it, and sends progress and the result."""

    def send(message: Any) -> None:
        pickle.dump(message, answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()

    size = int.from_bytes(orders.read(8), "big")
    function, args, named = pickle.loads(orders.read(size))
    Thread(target=_end_with, args=(orders,), daemon=True).start()
    try:
        send(_Finished(function(*args, **named, report=lambda share: send(_Progress(min(1.0, max(0.0, share)))))))
    except PlannerError as error:
        send(_Refused.of(error))


def _end_with(orders: BinaryIO) -> None:
    """Ends this process when the planner that gave the order is gone."""
    orders.read(1)
    os._exit(1)


def _main() -> None:
    from pages.shell import long_work  # under its own name, by which messages are pickled

    answers = io.BufferedWriter(io.FileIO(os.dup(1), "w"))
    os.dup2(2, 1)  # what the function prints is no answer
    if hasattr(os, "nice"):
        os.nice(GENTLE)
    long_work._work(sys.stdin.buffer, answers)


if __name__ == "__main__":
    _main()
