"""A drag is followed by the browser itself, with the figures that the server then confirms."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from planner import words
from planner.engine import forecast
from planner.measure.metrics import METRICS, read
from planner.plan import Plan, replace
from planner.plan.levers import pull
from planner.plan.metrics import keys_for
from planner.plan.starter import starter
from planner.show.preview import writer
from tests.browser.conftest import RATE, settled

SCRIPT = Path(__file__).parents[2] / "pages" / "widgets" / "preview.js"
MOVE = """async (slider, places) => {
  const strip = () => document.querySelector(".strip:not(.ranges)");
  const previews = [];
  slider.dispatchEvent(new PointerEvent("pointerdown"));
  for (const place of places) {
    slider.value = place;
    slider.dispatchEvent(new Event("input"));
    await new Promise(requestAnimationFrame);
    previews.push(Object.fromEntries([...strip().querySelectorAll("[data-figure]")].map(
      (tile) => [tile.dataset.figure, tile.querySelector(".value").textContent])));
  }
  slider.dispatchEvent(new PointerEvent("pointerup"));
  return previews;
}"""


@pytest.fixture
def page(visitor: BrowserContext, address: str) -> Page:
    """The first page of the app, opened."""
    opened = visitor.new_page()
    opened.goto(address)
    return settled(opened)


@pytest.fixture
def script(visitor: BrowserContext) -> Page:
    """A page that has the preview's functions."""
    page = visitor.new_page()
    page.evaluate("async (text) => { window.m = await import('data:text/javascript,' + encodeURIComponent(text)) }",
                  SCRIPT.read_text("utf-8"))  # fmt: skip
    return page


@pytest.mark.parametrize(("locale", "currency"), [("en", "EUR"), ("nb_NO", "NOK"), ("de_CH", "CHF"), ("en_IN", "INR")])
def test_the_browser_writes_numbers_as_the_planner_does(script: Page, locale: str, currency: str) -> None:
    plan, dice = replace(starter("email"), locale=locale, currency=currency), random.Random(7)
    values = [dice.choice([1, 1, -1]) * 10 ** dice.uniform(-4, 13) for _ in range(10_000)] + [0.0, 99.95, 12.25, 268.5]
    for unit in ("count", "money", "percent"):
        texts = script.evaluate(
            "([values, unit, locale]) => values.map((value) => m.written(value, unit, locale))",
            [values, unit, json.loads(json.dumps(writer(plan)))],
        )
        assert [pair for pair in zip(texts, (words.short(plan, value, unit) for value in values), strict=True)
                if pair[0] != pair[1]] == []  # fmt: skip


def shown(plan: Plan, path: str, value: float) -> dict[str, str]:
    """The key figures as the server writes them with the lever there."""
    moved = forecast(pull(plan, path, value))
    return {key: words.short(plan, read(moved, key), METRICS[key].unit) for key in keys_for("strip")}


def places_of(slider: Locator, count: int) -> list[float]:
    low, high, step = (float(slider.get_attribute(name) or 0) for name in ("min", "max", "step"))
    last = round((high - low) / step)
    return [round(low + step * round(i * last / (count - 1)), 9) for i in range(count)]


VOLUME = "E-mail volume (e-mails a month)"


@pytest.mark.parametrize(
    ("name", "path", "factor"), [(RATE, "email.replied.rate", 100.0), (VOLUME, "email.volume", 1.0)]
)
def test_a_drag_is_followed_within_a_frame_with_what_the_server_confirms(
    page: Page, name: str, path: str, factor: float
) -> None:
    slider = page.get_by_role("slider", name=name, exact=True)
    expect(slider).to_be_visible()
    page.wait_for_timeout(500)
    places, plan = places_of(slider, 101), starter()
    previews = slider.evaluate(MOVE, places)
    wanted = [shown(plan, path, place / factor) for place in places]
    wrong = [(place, key) for place, preview, want in zip(places, previews, wanted, strict=True)
             for key in want if preview[key] != want[key]]  # fmt: skip
    assert len(wrong) <= len(places) * len(wanted[0]) / 100, wrong
    for key, text in wanted[-1].items():  # and the server says the same in the end
        expect(page.locator(f'.strip:not(.ranges):not(.previewing) [data-figure="{key}"] .value')).to_have_text(text)
