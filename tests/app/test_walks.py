"""Random walks over every page: whatever is pressed, chosen, typed, uploaded or gone back to, no page ever fails."""

from __future__ import annotations

import random
import traceback
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import exec_code
from streamlit.testing.v1 import AppTest

from pages.widgets import sliders
from planner import words
from planner.actuals.sample import sample_actuals
from planner.actuals.writing import to_csv
from planner.engine import forecast
from planner.errors import PlannerError
from planner.keep.codec import to_token
from planner.measure.metrics import read
from planner.plan.starter import starter
from tests.app.conftest import Opener, rungs, strip

PAGES = (
    "plan/channels.py", "plan/money.py", "plan/forecast.py", "explore/uncertainty.py", "explore/sensitivity.py",
    "explore/goal.py", "explore/budget.py", "explore/compare.py", "explore/scenarios.py", "reality/actuals.py",
    "reality/variance.py", "reality/kpis.py", "share/brief.py", "share/library.py", "share/files.py",
)  # fmt: skip
TEXTS = (
    "", " ", "0", "1", "-1", "0,8", "1.234", "1e9", "250 000", "99999999999", "50 %", "abc", "=1+1", "<b>x</b>",
    "$a$ *b*", "2027-02", "2031-12", "30.02.2027", "2027-02-28", "EUR", "NOK", "E-mail", "ø" * 81, "a\nb",
    "\u202e", "🦊",
)  # fmt: skip
KINDS = (
    "button", "selectbox", "text_input", "text_area", "number_input", "checkbox", "toggle", "radio", "slider",
    "select_slider", "multiselect", "button_group", "date_input",
)  # fmt: skip
SLOW = ("draws", "precision")  # more draws show nothing that few do not
FILES = (
    ("empty.csv", b""), ("zeros.bin", bytes(range(256)) * 40), ("header.csv", b"period,channel,stage,count\n"),
    ("wrong.csv", b"a;b;c\n1;2;3\n"), ("book.xlsx", b"PK\x03\x04 this is no workbook"),
    ("twice.csv", b"period,channel,stage,count\n2027-01,E-mail,sent,8000\n2027-01,E-mail,sent,8000\n"),
    ("ask.csv", b"Month;Channel;Sent;Replies\n01/02/2027;Cold e-mail;1.234;12\n"),
)  # fmt: skip


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The traceback of every fault, which the page itself never shows."""
    traces: list[str] = []
    monkeypatch.setattr(
        exec_code,
        "handle_user_script_exception",
        lambda error, _shown: traces.append("".join(traceback.format_exception(error))),
    )
    return traces


class Walk:
    """One visitor who does anything at all; `steps` is what was done so far."""

    def __init__(self, app: AppTest, seed: int) -> None:
        self.app, self.random, self.steps = app, random.Random(seed), [f"seed {seed}"]
        self.addresses: list[str] = []

    def step(self, faults: list[str]) -> None:
        """One thing done, or two before the page could answer; then the page stands and says what the plan says."""
        if not rungs(self.app) and not self.app.button:
            self.turn()
        for _ in range(self.random.choice((1, 1, 1, 2))):
            self.random.choices((self.use, self.slide, self.turn, self.back, self.upload), (12, 4, 3, 1, 1))[0]()
        self.app.run()
        trail = "\n".join(self.steps[-12:])
        assert not faults, "\n".join([*faults, trail])
        assert not self.app.exception, trail
        desk = self.app.session_state["desk"]
        if not desk.link and not desk.gone:
            assert deals(desk.workspace.plan) in strip(self.app), trail
        if desk.address:
            self.addresses.append(desk.address)

    def use(self) -> None:
        """One of the page's own widgets."""
        widgets = [(kind, widget) for kind in KINDS for widget in self.app.get(kind) if usable(widget)]
        if not widgets:
            return
        kind, widget = self.random.choice(widgets)
        self.steps.append(f"{kind} {widget.key} {getattr(widget, 'label', '')!r}")
        if kind == "button":
            widget.click()
        else:
            value = self.value(kind, widget)
            self.steps[-1] += f" -> {value!r}"
            widget.set_value(value)

    def value(self, kind: str, widget: Any) -> Any:
        """Something that a hand could put into a widget of this kind."""
        if kind in ("text_input", "text_area"):
            return self.random.choice(TEXTS)
        if kind in ("checkbox", "toggle"):
            return not widget.value
        if kind == "multiselect" or (kind == "button_group" and not widget._is_single_select):
            return self.random.sample(list(widget.options), self.random.randint(0, len(widget.options)))
        if kind in ("selectbox", "radio", "select_slider", "button_group"):
            options = [option for option in widget.options if taken(widget, option)]
            return self.random.choice(options) if options else widget.value
        if kind == "date_input":
            return widget.value
        low, high = widget.min, widget.max
        numbers = [
            edge for edge in (low, high, widget.value) if edge is not None and not isinstance(edge, (list, tuple))
        ]
        return self.random.choice(numbers) if numbers else widget.value

    def slide(self) -> None:
        """A lever of the page to a number of its slider, of far outside, or of nothing."""
        levers = rungs(self.app)
        if not levers:
            return
        path = self.random.choice(sorted(levers))
        row, visit = levers[path], self.app.session_state["desk"]
        ends = (row["low"], row["high"], self.random.uniform(row["low"], row["high"]), 0.0, row["high"] * 1e3, 1e12)
        number = self.random.choice(ends)
        self.steps.append(f"slide {path} -> {number}")
        try:
            moved = sliders.after(visit.workspace.plan, {path: number}, {path: row["factor"]})
        except PlannerError:
            return
        if not (row["off"] or visit.link or visit.gone):
            visit.workspace = visit.workspace.committed(moved)

    def turn(self) -> None:
        """Another page."""
        page = self.random.choice(PAGES)
        self.steps.append(f"turn to {page}")
        self.app.switch_page(page)

    def back(self) -> None:
        """An address of before, a bookmark, somebody else's link, or a damaged one."""
        shared = to_token(starter("email", "phone"), baseline=starter())
        asked = [("p", address) for address in self.addresses[-5:]]
        asked += [("p", ""), ("p", "broken"), ("s", shared), ("s", shared[:-3]), ("s", ""), ("l", "gone"), ("l", "")]
        name, address = self.random.choice(asked)
        self.steps.append(f"address {name} = {address[:20]!r}")
        for other in "sl":
            self.app.session_state[other] = ""
        self.app.session_state[name] = address

    def upload(self) -> None:
        """A file, good, odd or broken."""
        places = [place for place in self.app.get("file_uploader") if not place.disabled]
        if not places:
            return
        plan = self.app.session_state["desk"].workspace.plan
        own = ("own.csv", to_csv(sample_actuals(plan), plan)) if self.random.random() < 0.5 else None
        name, data = own or self.random.choice(FILES)
        place = self.random.choice(places)
        endings = list(place.proto.type) or [".csv"]
        if not name.endswith(tuple(endings)):  # the browser offers no other file
            name = f"other{self.random.choice(endings)}"
        self.steps.append(f"upload {name} to {place.key}")
        place.upload(name, data if isinstance(data, bytes) else data.encode(), "text/csv")


def usable(widget: Any) -> bool:
    """Whether a hand can use a widget; what is deleted for good or takes minutes is left out of a walk."""
    key = str(widget.key or "")
    return not widget.disabled and not any(word in key for word in SLOW) and key not in ("p", "s", "l")


def taken(widget: Any, option: str) -> bool:
    """Whether the testing tool takes an option, which it knows by its text alone: it writes that text once more."""
    try:
        return str(widget.format_func(option)) in widget.options
    except (LookupError, ValueError):
        return False


def deals(plan: Any) -> str:
    """The number of deals as the strip writes it."""
    return words.short(plan, read(forecast(plan), "won"), "count")


def walked(opened: Opener, faults: list[str], seed: int, steps: int) -> None:
    """A walk of so many steps from a fresh visit."""
    walk = Walk(opened(), seed)
    for _ in range(steps):
        walk.step(faults)


@pytest.mark.parametrize("seed", [0, 2])
def test_no_page_fails_whatever_is_done(opened: Opener, faults: list[str], seed: int) -> None:
    walked(opened, faults, seed, 50)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1040))
def test_no_page_fails_in_twenty_thousand_steps(opened: Opener, faults: list[str], seed: int) -> None:
    walked(opened, faults, seed, 500)
