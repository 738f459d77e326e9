"""Every page, visited once: what it writes to the console, how it jumps, what axe and a look at its charts find."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import settled

PAGES = (
    "", "money", "forecast", "uncertainty", "sensitivity", "goal", "budget", "compare", "scenarios", "actuals",
    "variance", "kpis", "brief", "library", "files",
)  # fmt: skip
WATCH = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
NARROW = 390  # a phone
GROUNDS = (("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 24, 28)"))
GRAVE = ("serious", "critical")
# what Streamlit itself draws: the rule of axe, where, and why it is not ours to mend
STREAMLITS_OWN = {
    "list": ('[data-testid="stSidebarNav"]', "each section of the menu stands in a div between the list and its items"),
    "listitem": ('[data-testid="stSidebarNav"]', "for the same div the items of the menu have no list around them"),
}
FAINT = """() => {
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const parsed = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const over = ([r, g, b, a = 1], ground, opacity) =>
    [r, g, b].map((v, i) => v * a * opacity + ground[i] * (1 - a * opacity));
  const ground = parsed(getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor);
  const faint = [];
  for (const text of document.querySelectorAll("[data-testid=stVegaLiteChart] svg text")) {
    const style = getComputedStyle(text), box = text.getBoundingClientRect();
    if (!text.textContent.trim() || !box.width || style.opacity === "0" || style.visibility === "hidden") continue;
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    let below = ground;
    for (const path of text.closest("svg").querySelectorAll(".mark-rect path")) {
      const area = path.getBoundingClientRect(), look = getComputedStyle(path);
      const inside = area.left < x && x < area.right && area.top < y && y < area.bottom;
      if (inside && look.fill !== "none") below = over(parsed(look.fill), below, look.fillOpacity * look.opacity);
    }
    const front = over(parsed(style.fill), below, style.opacity * style.fillOpacity);
    const [dark, bright] = [light(front), light(below)].sort((a, b) => a - b);
    const contrast = (bright + 0.05) / (dark + 0.05);
    const least = /[\\p{L}\\p{N}]/u.test(text.textContent) ? 4.5 : 3; // a mark without letters is a graphic
    if (contrast < least) faint.push(`${text.textContent} ${contrast.toFixed(1)} ${style.fill}`);
  }
  return faint;
}"""


@dataclass
class Visit:
    """What a visit of one page found: console messages, layout shift, findings of axe and faint labels by mode."""

    name: str
    console: list[str] = field(default_factory=list)
    shifted: float = 0.0
    axe: dict[str, list[str]] = field(default_factory=dict)
    faint: dict[str, list[str]] = field(default_factory=dict)
    headings: int = 0


def listened(page: Page) -> list[str]:
    """Everything that the page writes to the console as an error or a warning, and every answer that is refused."""
    messages: list[str] = []
    page.on("console", lambda m: messages.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: messages.append(f"error: {error}"))
    page.on(
        "response", lambda answer: messages.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
    )
    return messages


def with_sample_data(context: BrowserContext, address: str) -> None:
    """Actuals on the desk of this visitor."""
    page = context.new_page()
    page.goto(f"{address}/actuals")
    settled(page).get_by_role("button", name="Load sample data").click()
    expect(page.get_by_text("Sources in use")).to_be_visible()
    settled(page)
    page.close()


def findings(page: Page) -> list[tuple[str, Any, str]]:
    """What axe finds of serious and critical weight: rule, target and markup of every node."""
    violations = Axe().run(page).response["violations"]
    grave = [violation for violation in violations if violation["impact"] in GRAVE]
    return [(violation["id"], node["target"], node["html"]) for violation in grave for node in violation["nodes"]]


def streamlits(page: Page, rule: str, target: Any) -> bool:
    """Whether a finding is on the list of what Streamlit itself draws."""
    place, _ = STREAMLITS_OWN.get(rule, ("", ""))
    inside = "([target, place]) => Boolean(document.querySelector(target)?.closest(place))"
    return bool(place) and isinstance(target[0], str) and bool(page.evaluate(inside, [target[0], place]))


def ours(page: Page) -> list[str]:
    """What axe finds that is not Streamlit's own."""
    return [f"{rule}: {html[:200]}" for rule, target, html in findings(page) if not streamlits(page, rule, target)]


def visited(context: BrowserContext, address: str, name: str, width: int) -> Visit:
    """One page opened cold, then looked at in light and, at a desk, in dark: colours are the same at every width."""
    page, visit = context.new_page(), Visit(name)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="light")
    page.add_init_script(WATCH)
    visit.console = listened(page)
    page.goto(f"{address}/{name}")
    settled(page)
    page.wait_for_selector("body.whole", state="attached")
    page.wait_for_timeout(1200)
    visit.shifted = page.evaluate("window.shifted")
    for scheme, ground in GROUNDS[: 2 if width > NARROW else 1]:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        settled(page)
        visit.axe[scheme], visit.faint[scheme] = ours(page), page.evaluate(FAINT)
    visit.headings = page.locator("h1").count()
    page.close()
    return visit
