"""Twenty people who move levers at once in one process, beside as many on a page of one slider and one chart.

Run: python -m tests.benchmarks.bench_room [people] [moves]. The two rooms are measured in turn; medians, 95th
percentiles and the ratio of these, of the key figure and of the last chart.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from tests.benchmarks.bench_slider import PLAIN, WATCH
from tests.browser.conftest import CHROMIUM, FLAGS, RATE, free_port, served

PAUSE = (0.5, 2.5)  # seconds between two moves of one person
PATIENCE = 180_000  # milliseconds: a busy machine opens twenty pages slowly

Times = list[tuple[float, float]]


async def opened(page: Page, address: str, slider: str, figure: str) -> Page:
    """A page ready to be moved."""
    page.set_default_timeout(PATIENCE)
    await page.goto(address)
    await page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas").last.wait_for()
    await page.wait_for_timeout(1500)
    await page.evaluate(WATCH, figure)
    await page.get_by_role("slider", name=slider).first.focus()
    return page


async def moved(page: Page, moves: int, seed: int) -> Times:
    """Milliseconds to the figure and to the last chart of one person's moves; the first warms the page up."""
    rng, times = random.Random(seed), []
    for number in range(moves + 1):
        await page.wait_for_timeout(1000 * rng.uniform(*PAUSE))
        await page.keyboard.press("ArrowRight" if number % 2 else "ArrowLeft")
        await page.wait_for_function("window.moved.figure && window.moved.chart")
        await page.wait_for_timeout(600)  # the chart may change more than once
        times.append((await page.evaluate("window.moved.figure"), await page.evaluate("window.moved.chart")))
    return times[1:]


async def room(address: str, slider: str, figure: str, people: int, moves: int) -> Times:
    """The moves of all people of a room."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pages = [
            await opened(await (await browser.new_context(bypass_csp=True)).new_page(), address, slider, figure)
            for _ in range(people)
        ]
        times = await asyncio.gather(*(moved(page, moves, seed) for seed, page in enumerate(pages)))
        await browser.close()
    return [pair for person in times for pair in person]


def percentiles(times: Times) -> list[tuple[float, float]]:
    """Median and 95th percentile of the figure and of the last chart."""
    return [(statistics.median(column), statistics.quantiles(column, n=20)[-1]) for column in zip(*times, strict=True)]


def main(people: int, moves: int) -> None:
    """Print both rooms and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.py"
        plain.write_text(PLAIN)
        with served(Path(folder) / "a.sqlite", free_port()) as address:
            ours = percentiles(asyncio.run(room(address, RATE, "[data-figure=won] .value", people, moves)))
        with served(Path(folder) / "b.sqlite", free_port(), str(plain)) as address:
            theirs = percentiles(asyncio.run(room(address, "Replied", "[data-testid=stMetricValue]", people, moves)))
    for name, rows in (("planner, first screen", ours), ("one slider, one chart", theirs)):
        (figure, figure_95), (chart, chart_95) = rows
        print(f"{name:24} figure {figure:6.0f} / {figure_95:6.0f} ms   last chart {chart:6.0f} / {chart_95:6.0f} ms")
    ratios = [mine[1] / other[1] for mine, other in zip(ours, theirs, strict=True)]
    print(f"{'ratio of the 95th':24} figure {ratios[0]:6.2f}               last chart {ratios[1]:6.2f}")


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(*(given + [20, 6][len(given) :]))
