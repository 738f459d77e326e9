"""A budget session in a real browser: move, compare, upload, read, share; and nothing is lost on the way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from planner.actuals.sample import sample_actuals
from planner.actuals.writing import to_csv
from planner.keep.codec import from_token
from planner.plan.starter import starter
from tests.browser.conftest import RATE, TYPED, figure, free_port, served, settled


def moved(page: Page, name: str, presses: int) -> None:
    """The reply-rate slider moved by arrow keys, and the address and the figures there."""
    slider = page.get_by_role("slider", name=name)
    slider.focus()
    for _ in range(presses):
        page.keyboard.press("ArrowRight")
    for _ in range(200):
        if "p=" in page.url and replied(page) == pytest.approx(float(slider.input_value()) / 100):
            break
        page.wait_for_timeout(100)
    expect(page.locator("[data-figure=won] .under")).to_contain_text("▲")
    settled(page)


def replied(page: Page) -> float:
    """The e-mail reply rate of the plan in the address."""
    plan = from_token(keyed(page.url)).plan
    return next(s.rate for s in plan.channels[1].stages if s.key == "replied")


def to_page(page: Page, name: str) -> None:
    """Another page by the menu."""
    page.get_by_role("link", name=name, exact=True).click()
    expect(page).to_have_title(re.compile(re.escape(name)))
    settled(page)


def keyed(address: str) -> str:
    """The plan of an address."""
    return re.search(r"[?&][ps]=([\w-]+)", address)[1]  # type: ignore[index]


def test_the_whole_session(address: str, visitor: BrowserContext, chromium: Browser, tmp_path: Path) -> None:
    page = visitor.new_page()
    page.goto(address)
    settled(page)
    before = figure(page, "appointments")
    moved(page, RATE, 5)
    after = figure(page, "appointments")
    assert after != before
    expect(page).to_have_url(re.compile(r"\?p="))
    plan = from_token(keyed(page.url)).plan
    assert next(s.rate for s in plan.channels[1].stages if s.key == "replied") == 0.0055

    to_page(page, "Actuals")
    sample = tmp_path / "sample.csv"
    sample.write_bytes(to_csv(sample_actuals(starter(start=plan.start)), plan))
    page.locator("input[type=file]").set_input_files(sample)
    page.get_by_role("button", name="Use these actuals").click()
    expect(page.get_by_text("Actuals up to")).to_be_visible()
    to_page(page, "Plan against actual")
    expect(page.get_by_role("cell", name="behind", exact=True).first).to_be_visible()
    assert figure(page, "appointments") == after

    page.locator("[data-testid=stBidiComponentRegular] button, .st-key-copy_share button").first.click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    other = chromium.new_context(viewport={"width": 390, "height": 800})
    phone = other.new_page()
    phone.goto(link)
    settled(phone)
    for key in ("appointments", "won", "cac"):
        expect(phone.locator(f"[data-fact={key}] b")).to_have_text(figure(page, key))
    expect(phone.get_by_text("read-only").first).to_be_visible()
    assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    other.close()


def test_reload_back_and_a_second_page_lose_nothing(address: str, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(address)
    settled(page)
    moved(page, RATE, 3)
    kept = figure(page, "won")
    to_page(page, "Money and team")
    assert figure(page, "won") == kept
    page.reload()
    settled(page)
    assert figure(page, "won") == kept
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-figure=won] .under")).not_to_contain_text("▲")
    expect(page.get_by_role("button", name="Redo")).to_be_enabled()
    page.keyboard.press("Control+y")
    expect(page.locator("[data-figure=won] .under")).to_contain_text("▲")
    page.close()
    again = visitor.new_page()
    again.goto(address)
    settled(again)
    assert figure(again, "won") == kept


def test_two_visitors_never_see_each_other(address: str, visitor: BrowserContext, chromium: Browser) -> None:
    page = visitor.new_page()
    page.goto(address)
    settled(page)
    moved(page, RATE, 4)
    stranger = chromium.new_context()
    other = stranger.new_page()
    other.goto(address)
    settled(other)
    assert figure(other, "won") != figure(page, "won")
    expect(other.locator(".title").first).to_contain_text("as the baseline")
    stranger.close()


def test_a_restart_of_the_server_loses_nothing(visitor: BrowserContext, tmp_path: Path) -> None:
    store, port = tmp_path / "drafts.sqlite", free_port()
    page = visitor.new_page()
    with served(store, port) as address:
        page.goto(address)
        settled(page)
        moved(page, RATE, 3)
        kept = figure(page, "won")
        page.goto("about:blank")
    with served(store, port) as address:
        page.goto(address)
        settled(page)
        assert figure(page, "won") == kept
        expect(page.get_by_role("button", name="Undo")).to_be_enabled()


def test_quick_key_presses_all_count(address: str, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(address)
    settled(page)
    slider = page.get_by_role("slider", name=RATE)
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(30)
    page.wait_for_timeout(1500)
    expect(slider).to_have_value("0.6")
    expect(page).to_have_url(re.compile(r"\?p="))
    assert replied(page) == 0.006


def test_figures_follow_while_a_thumb_is_dragged(address: str, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(address)
    settled(page)
    before = figure(page, "won")
    box = page.get_by_role("slider", name=RATE).bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    steps = page.evaluate("history.length")
    page.mouse.move(box["x"] + box["width"] * 0.1, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, middle, steps=12)
    expect(page.locator("[data-figure=won] .value")).not_to_have_text(before)  # the button is still down
    assert "?p=" not in page.url
    page.mouse.up()
    settled(page)
    expect(page).to_have_url(re.compile(r"\?p="))
    assert page.evaluate("history.length") == steps + 1  # one drag is one step of Back
    page.go_back()
    settled(page)
    page.go_forward()
    expect(page.locator("[data-figure=won] .value")).not_to_have_text(before)
    typed = page.get_by_role("textbox", name=TYPED)
    assert 2.0 < float(typed.input_value()) < 3.0


def test_a_typed_value_out_of_bounds_is_refused_where_it_is_typed(address: str, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(address)
    settled(page)
    before = figure(page, "won")
    typed = page.get_by_role("textbox", name=TYPED)
    typed.fill("120")
    typed.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("E-mail reply rate is 120%; a rate lies between 0% and 100%")
    assert typed.input_value() == "120"  # nothing that was typed is lost
    typed.fill("0.75")
    typed.press("Enter")
    expect(page.locator("[data-figure=won] .value")).not_to_have_text(before)
    expect(page.get_by_role("slider", name=RATE)).to_have_value("0.75")
