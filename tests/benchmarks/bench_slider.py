"""A slider move in Chromium: key press to key figure and to the last chart, beside a page of one slider and one chart.

Run: python -m tests.benchmarks.bench_slider [moves]. Both run at once and are moved in turn; medians and ratios.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, RATE, free_port, served

PLAIN = """
import pandas as pd, streamlit as st
SPEC = {"mark": "bar", "encoding": {
    "x": {"field": "month", "type": "nominal"}, "y": {"field": "value", "type": "quantitative"},
}}
reply = st.slider("Replied", 0.0, 5.0, 0.5, 0.01)
st.metric("Deals", f"{reply * 33.333:.3f}")
rows = pd.DataFrame({"month": list("abcdefghijkl"), "value": [reply * i for i in range(12)]})
st.vega_lite_chart(rows, SPEC, key="chart")
"""
WATCH = """(figure) => {
  window.moved = {};
  document.addEventListener("keydown", () => {
    window.moved = {start: performance.now(), text: document.querySelector(figure).innerText};
  }, true);
  new MutationObserver((found) => {
    const now = performance.now(), m = window.moved;
    const shown = document.querySelector(figure);
    if (m.start && !m.figure && shown && shown.innerText !== m.text) m.figure = now - m.start;
    const charts = document.querySelectorAll("[data-testid=stVegaLiteChart]"), last = charts[charts.length - 1];
    if (m.start && last && found.some((one) => last.contains(one.target))) m.chart = now - m.start;
  }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
}"""


def move(page: Page, key: str) -> tuple[float, float]:
    """Milliseconds from a key press to the figure and to the last change of the last chart."""
    page.keyboard.press(key)
    page.wait_for_function("window.moved.figure && window.moved.chart")
    page.wait_for_timeout(600)  # the chart may change more than once
    return page.evaluate("window.moved.figure"), page.evaluate("window.moved.chart")


def opened(page: Page, address: str, slider: str, figure: str) -> Page:
    """A page ready to be moved."""
    page.goto(address)
    page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas").last.wait_for()
    page.wait_for_timeout(1500)
    page.evaluate(WATCH, figure)
    page.get_by_role("slider", name=slider).first.focus()
    return page


def main(moves: int) -> None:
    """Print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        plain = Path(folder) / "plain.py"
        plain.write_text(PLAIN)
        with (
            served(Path(folder) / "a.sqlite", free_port()) as ours,
            served(Path(folder) / "b.sqlite", free_port(), str(plain)) as theirs,
        ):
            browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            pages = {
                "planner, first screen": opened(
                    browser.new_context(bypass_csp=True).new_page(), ours, RATE, "[data-figure=won] .value"
                ),
                "one slider, one chart": opened(
                    browser.new_context(bypass_csp=True).new_page(), theirs, "Replied", "[data-testid=stMetricValue]"
                ),
            }
            times: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
            for i in range(moves):
                for name, page in pages.items():
                    page.bring_to_front()
                    times[name].append(move(page, "ArrowRight" if i % 20 < 10 else "ArrowLeft"))
            browser.close()
    medians = {
        name: [statistics.median(column) for column in zip(*rows[2:], strict=True)] for name, rows in times.items()
    }
    for name, (figure, chart) in medians.items():
        print(f"{name:24} figure {figure:6.0f} ms   last chart {chart:6.0f} ms")
    (a, b), (c, d) = medians.values()
    print(f"{'ratio':24} figure {a / c:6.2f}      last chart {b / d:6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
