"""The list of a channel, its pace, its costs and what its deals are worth."""

from __future__ import annotations

import streamlit as st

from pages.shell import desk, present
from pages.widgets import inputs, sliders
from planner import words
from planner.plan import Channel, edit
from planner.plan.edit import with_coverage, with_deal, with_pace, with_senders
from planner.plan.levers import lever
from planner.plan.naming import unit_of

LIST_SIZE = 10_000.0  # contacts of a list that is given where there was none
COVERAGE = {"in_order": "Worked through in order", "random": "Reached at random"}


def contacts(channel: Channel) -> None:
    """The list or audience of a channel, how it is worked, and how fast."""
    key, audience = channel.key, channel.audience
    rows = [sliders.rung(f"{key}.touches_per_contact", "Touches per contact", plain=True)]
    if audience is not None:
        rows.insert(0, sliders.rung(f"{key}.audience", "Contacts on the list", plain=True))
        rows.insert(1, sliders.rung(f"{key}.fresh", "New contacts per month", "join the list", plain=True))
    if channel.pace is not None:
        per = f"a week per {channel.pace_per}"
        rows.append(sliders.rung(f"{key}.pace", "Maximum pace", f"{unit_of(channel)} {per}", plain=True))
    if channel.senders is not None:
        rows.append(sliders.rung(f"{key}.senders", "Senders", "mailboxes or numbers", plain=True))
    sliders.ladder(f"{key}:list", rows)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if audience is None:
            inputs.button("Limit the list", edit.with_audience, key, LIST_SIZE, key=f"limit:{key}")
        else:
            inputs.choice(
                f"coverage:{key}", "How contacts are reached", list(COVERAGE), channel.coverage,
                with_coverage, key, format_func=COVERAGE.__getitem__, width=260,
            )  # fmt: skip
            inputs.button("No limit", edit.with_audience, key, None, key=f"unlimit:{key}")
        if channel.pace is None:
            pace = round(12 * channel.volume / 52) or 1.0
            inputs.button("Set a maximum pace", with_pace, key, float(pace), key=f"pace:{key}")
        else:
            inputs.button("No maximum pace", with_pace, key, None, key=f"no_pace:{key}")
            if channel.pace_per == "sender" and channel.senders is None:
                inputs.button("Set the number of senders", with_senders, key, 1.0, key=f"senders:{key}")


def costs(channel: Channel) -> None:
    """Unit costs, minutes, and what other channels carry over to this one."""
    plan, key = desk.plan(), channel.key
    paths = [f"costs.{c.key}.amount" for c in plan.costs if c.channel == key or c.per.startswith(f"{key}.")]
    paths += [f"efforts.{effort.stage}.minutes" for effort in plan.efforts if effort.stage.startswith(f"{key}.")]
    paths += [f"feeds.{feed.key}.share" for feed in plan.feeds if feed.channel == key]
    for assist in plan.assists:
        if assist.source == key or assist.stage.startswith(f"{key}."):
            paths.append(f"assists.{assist.key}.lift")
    if not paths:
        present.quiet("No costs or minutes yet. Add them under “Money and team”.")
        return
    units = {path: lever(plan, path).kind for path in paths}
    rows = [
        sliders.rung(path, under=plan.currency if units[path].written == "money" else units[path].unit, plain=True)
        for path in paths
    ]
    sliders.ladder(f"{key}:costs", rows)


def deal(channel: Channel) -> None:
    """What a deal won in this channel is worth, where that differs from the plan's."""
    plan, key = desk.plan(), channel.key
    if channel.deal is None:
        present.quiet(f"Deals from {words.in_text(channel.label)} are worth what all deals are worth.")
        inputs.button("Give this channel its own deal", with_deal, key, plan.deal, key=f"deal:{key}")
        return
    rows = [
        sliders.rung(f"{key}.deal.value", "Deal value", f"{plan.currency} per deal", plain=True),
        sliders.rung(f"{key}.deal.gross_margin", "Gross margin", "of revenue", plain=True),
        sliders.rung(f"{key}.deal.purchases_per_year", "Purchases", "per customer per year", plain=True),
        sliders.rung(f"{key}.deal.lifetime_years", "Customer lifetime", "years", plain=True),
    ]
    sliders.ladder(f"{key}:deal", rows)
    inputs.button("Use the plan’s deal", with_deal, key, None, key=f"no_deal:{key}")
