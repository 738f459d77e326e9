"""Stored links in words and as QR codes: what one opens, who made it, how often it was opened."""

from __future__ import annotations

import datetime as dt
import io

from markupsafe import Markup

from planner import words
from planner.errors import TooLarge
from planner.keep.codec import SharedPlan
from planner.keep.short_links import MadeLink, StoredLink
from planner.keep.workspace import COUNTED
from planner.measure.metrics import METRICS
from planner.plan.naming import capital
from planner.show.errors import said
from planner.show.library import moment
from planner.show.tables import Table
from planner.show.uncertainty.sentences import figure

__all__ = ["figures_of_old", "leads_to", "opened", "outgrown", "qr_png", "qr_svg", "rests_on"]

SCALE = 8  # pixels a module of a QR code
LINE = 26  # characters of an address in a line below a QR code
LETTER = 14  # pixels of a letter there


def rests_on(link: StoredLink) -> str:
    """What the reader of a link looks at: "Budget 2027, version 3, saved by Finance on 3 Dec 2026."."""
    on = words.day(link.saved_on)
    if link.plan is None:
        return f"A shared plan, made by {link.author} on {on}." if link.author else f"A shared plan, made on {on}."
    text = f"“{link.name}”, version {link.number}, saved by {link.author} on {on}."
    return f"{text} This link always shows the newest version." if link.live else text


def leads_to(link: MadeLink) -> str:
    """What a link opens, for whoever made it: "Budget 2027, always the newest version · read-only · no expiry"."""
    if not link.name:
        what = f"The plan as it stood on {words.day(link.made_on)}"
    elif link.live:
        what = f"{link.name}, always the newest version"
    else:
        what = f"{link.name}, version {link.number}"
    can = "readers can work on it" if link.editable else "read-only"
    until = f"until {words.day(link.expires_on)}" if link.expires_on else "no expiry"
    return f"{what} · {can} · {until}"


def opened(link: MadeLink, zone: dt.tzinfo) -> str:
    """How often a link was opened."""
    if link.last is None:
        return "Not opened yet"
    times = "once" if link.times == 1 else f"{link.times} times"
    readers = "one browser" if link.readers == 1 else f"{link.readers} browsers"
    return f"Opened {times} in {readers}, last {moment(link.last, zone)}"


def outgrown(error: TooLarge, shared: SharedPlan) -> str:
    """Why a plan of an earlier version can only be looked at."""
    what = said(error, shared.plan).rstrip(".")
    kept = "Below are its key figures, as they were when the link was made." if shared.figures else ""
    return f"This plan was made with an earlier version and holds more than a plan can today. {what}. {kept}".strip()


def figures_of_old(shared: SharedPlan) -> Table:
    """The key figures that a link brought with it, by what they count."""
    plan = shared.plan
    rows = tuple(
        (METRICS[row.metric].label, figure(plan, row.metric, row.in_plan), figure(plan, row.metric, row.with_tail))
        for row in shared.figures
    )
    return Table(("Key figure", *map(capital, COUNTED.values())), rows, caption="Key figures when the link was made")


MOST_IN_CODE = 2331  # bytes that a QR code of level M holds (ISO/IEC 18004)


def qr_svg(address: str) -> bytes:
    """The QR code of an address as an SVG file, black on white, with the address in words below it."""
    import segno

    code = segno.make(address, error="m")
    width, height = code.symbol_size(scale=SCALE)
    lines = [address[i : i + LINE] for i in range(0, len(address), LINE)]
    rows = (
        Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(
            width / 2, height + LETTER * (i + 0.5), line
        )
        for i, line in enumerate(lines)
    )
    drawn = Markup(code.svg_inline(scale=SCALE))
    total = height + LETTER * (len(lines) + 1)
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"><title>{2}</title>'
    whole = Markup(
        head + '<rect width="{0}" height="{1}" fill="#fff"/>{3}<g font-family="monospace" font-size="{4}">{5}</g></svg>'
    )
    return str(whole.format(width, total, address, drawn, LETTER, Markup().join(rows))).encode()


def qr_png(address: str) -> bytes:
    """The QR code of an address as a PNG picture, black on white."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="png", scale=SCALE)
    return out.getvalue()
