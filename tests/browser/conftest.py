"""A running app and a real Chromium. Tests skip only where no Chromium exists, and say so."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

RATE, TYPED = "E-mail reply rate (%)", "E-mail reply rate, typed (%)"

expect.set_options(timeout=20_000)  # a busy machine is not a fault


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser its tests are left out, but never where the whole suite must run."""
    reason = "no Chromium on this machine: install Debian's chromium to run the browser tests"
    for item in items:
        if CHROMIUM is None and not os.environ.get("CI") and Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.skip(reason=reason))


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(store: Path, port: int, script: str = "app.py", url: str = "", more: Sequence[str] = ()) -> Iterator[str]:
    """The app on a port with its drafts in the file `store`, or in the database at `url`; yields its address.

    `more` stands behind the command that starts it.
    """
    env = {**os.environ, "OUTBOUND_PLANNER_STORE": url or f"sqlite:///{store}"}
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
        "--server.headless",
        "true",
        *more,
    ]
    log = store.with_suffix(".log").open("a")
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for all browser tests."""
    with served(tmp_path_factory.mktemp("store") / "drafts.sqlite", free_port()) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each test takes a context of its own."""
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh visitor: no cookies, own clipboard."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"], locale="en-GB"
    )
    context.set_default_timeout(20_000)
    yield context
    context.close()


def settled(page: Page) -> Page:
    """The page once the script has run and nothing is stale."""
    page.locator(".strip:visible, .facts:visible").first.wait_for()
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    return page


def figure(page: Page, key: str) -> str:
    """A key figure as it stands in the strip."""
    return page.locator(f"[data-figure={key}] .value").inner_text()
