"""Whatever a plan, a scenario, a source or a file is called, it is text: nowhere Markdown, nowhere HTML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from pages.parts.drawers import NAMES
from pages.widgets.texts import plain
from planner.actuals.actuals import Actuals, Fact
from planner.keep.workspace import Workspace
from planner.plan import Plan, Stage, Target, replace
from planner.plan.starter import starter
from tests.app.conftest import Opener

NAME = "$a$ *b* `c` [d](https://x.example) :material/delete: :red[e] <u>f</u> _g_"
MARKDOWN = {"label", "help", "body", "content", "delta"}  # fields that Streamlit reads as Markdown
LITERAL = {"html", "arrow_data_frame", "arrow_vega_lite_chart", "vega_lite_chart", "bidi_component", "code"}
LIVE = re.compile(r"(?<!\\)(\$|\*b\*|`c`|\[d\]|:material/delete|:red\[e\]|<u>f)", re.IGNORECASE)
PAGES = [
    "plan/channels.py", "plan/money.py", "plan/forecast.py", "explore/uncertainty.py", "explore/sensitivity.py",
    "explore/goal.py", "explore/budget.py", "explore/compare.py", "explore/scenarios.py", "reality/actuals.py",
    "reality/variance.py", "reality/kpis.py", "share/files.py",
]  # fmt: skip


def hostile() -> Plan:
    """A plan in dollars in which everything that can be named is called what nobody should read as anything else."""

    def named(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        return tuple(replace(stage, label=f"{stage.key[:4]} {NAME}"[:80]) for stage in stages)

    plan = starter("email", "phone", currency="USD")
    return replace(
        plan,
        name=NAME,
        note=NAME,
        channels=tuple(
            replace(channel, label=f"{channel.key[0]}{NAME}"[:80], stages=named(channel.stages))
            for channel in plan.channels
        ),
        sales=named(plan.sales),
        costs=tuple(replace(cost, label=f"{cost.key[:4]}{NAME}"[:80]) for cost in plan.costs),
        targets=(Target("won", 40.0), Target("cac", 5000.0)),
    )


def workspace() -> Workspace:
    """The hostile plan with scenarios and two sources that disagree, named alike."""
    plan = hostile()
    month = plan.start
    facts = [Fact(f"{source}{NAME}", month, "email", "sent", 900.0 + i) for i, source in enumerate(("x", "y"))]
    year, number = map(int, month.split("-"))
    work = Workspace(
        plan, baseline=starter("email", currency="USD"), actuals=Actuals(dt.date(year, number, 28), tuple(facts))
    )
    return work.with_scenario(NAME, starter("phone", currency="USD")).with_scenario(f"x{NAME}", plan)


def texts(message: Message, inside: str = "") -> Iterator[tuple[str, str]]:
    """Every text in what was sent to the browser that is read as Markdown, with where it stands."""
    for field, content in message.ListFields():
        if field.name in LITERAL:
            continue
        for part in content if field.is_repeated else [content]:
            if isinstance(part, Message):
                yield from texts(part, f"{inside}.{field.name}")
            elif isinstance(part, str) and field.name in MARKDOWN:
                yield f"{inside}.{field.name}", part


def nodes(node: Any) -> Iterator[Any]:
    """Every block and element of a page."""
    yield node
    for child in getattr(node, "children", {}).values():
        yield from nodes(child)


def live(app: AppTest) -> list[tuple[str, str]]:
    """What on the page would be read as Markdown or HTML though it comes from a plan."""
    places = []
    for node in nodes(app._tree):
        message = getattr(node, "proto", None)
        if isinstance(message, Message) and node.type not in LITERAL:
            places += [place for place in texts(message, node.type) if LIVE.search(place[1])]
        if node.type == "html" and re.search("<u>f", message.body, re.IGNORECASE):
            places.append(("html", message.body[:200]))
        if node.type in ("selectbox", "multiselect"):  # their options are no Markdown: an escape would be seen
            places += [(f"{node.type} option", option) for option in node.options if "\\" in option]
    return places


def opened_with(opened: Opener, page: str) -> AppTest:
    app = opened()
    app.session_state["desk"].workspace = workspace()
    app.session_state["desk"].messages.append(NAME)
    app.session_state["desk"].change = NAME
    app.switch_page(page).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("page", PAGES)
def test_no_name_is_markdown_on_a_page(opened: Opener, page: str) -> None:
    assert live(opened_with(opened, page)) == []


@pytest.mark.parametrize("drawer", list(NAMES.values()))
def test_no_name_is_markdown_in_a_drawer(opened: Opener, drawer: str) -> None:
    app = opened_with(opened, "plan/channels.py")
    app.pills(key="drawer:channel").set_value(drawer).run()
    assert not app.exception
    assert live(app) == []


def test_no_header_of_an_upload_is_markdown(opened: Opener) -> None:
    app = opened_with(opened, "reality/actuals.py")
    table = f"{NAME},period,{NAME} 2,€ {NAME}\n{NAME},2027-01,12,3\n"
    key = next(node.key for node in app.file_uploader)
    app.file_uploader(key=key).upload(f"{NAME}.csv", table.encode(), "text/csv").run()
    assert not app.exception
    assert live(app) == []


def test_a_link_cannot_pass_its_name_off_as_ours(opened: Opener) -> None:
    app = opened_with(opened, "plan/forecast.py")
    app.session_state["desk"].unsaved = NAME
    app.session_state["desk"].kept = Workspace(starter("sms"))
    app.session_state["desk"].tried = 1e18
    app.run()
    assert live(app) == []


@pytest.mark.parametrize("address", ["https://x.example", "www.x.example", "me@x.example"])
def test_an_address_in_a_name_is_no_link(address: str) -> None:
    assert address not in plain(address)
    assert plain(address).replace("\\", "").replace("\u2060", "") == address
