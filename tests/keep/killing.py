"""Kills a process with signal 9 again and again while it saves versions, and checks each time that none is lost.

Run with the address of a store, how many kills, and a seed; prints how many versions were confirmed in all. Each
process saves one version after another and confirms each number through a pipe once the library has returned it.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys
import time

from planner.keep.codec import from_token, to_token
from planner.keep.library import Library
from planner.keep.store import Store
from planner.plan.starter import starter

NOON = dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC)
LONGEST = 0.02  # seconds that a process may go on saving


def saving(address: str, plan: str, token: str, confirmations: int) -> None:
    """Saves versions until it is killed."""
    library = Library(Store(address))
    while True:
        number = library.save_version("me", plan, token, "Sales", NOON).number
        os.write(confirmations, b"%d\n" % number)


def killed(address: str, plan: str, token: str, seconds: float) -> list[int]:
    """The versions that a process confirmed before it was killed, so many seconds after the first."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        saving(address, plan, token, writing)
    os.close(writing)
    text = os.read(reading, 100)
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with os.fdopen(reading, "rb") as pipe:
        text += pipe.read()
    return [int(line) for line in text.splitlines()]


def main(address: str, kills: int, seed: int) -> None:
    """Kills so many times, and looks after each."""
    rng, token = random.Random(seed), to_token(starter("email"))
    store = Store(address)
    plan = Library(store).save("me", "Budget", token, "Sales", NOON).plan
    confirmed = 0
    for _ in range(kills):
        store.close()  # a process never inherits an open database
        numbers = killed(address, plan, token, rng.uniform(0, LONGEST))
        versions = Library(store).entry("me", plan).versions
        assert [version.number for version in versions] == list(range(1, len(versions) + 1)), "numbers are missing"
        assert numbers[-1] <= len(versions), "a version is lost"
        for number in numbers:
            assert Library(store).token("me", plan, number) == token, "a version is damaged"
        confirmed += len(numbers)
    from_token(Library(store).token("me", plan, numbers[-1]))
    store.close()
    print(confirmed)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
