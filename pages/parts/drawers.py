"""What is folded away on the channels page: opened only when asked for, so that a move costs nothing for it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.parts import channel as one_channel
from pages.parts import details, ladder, months
from pages.shell import present
from planner import words
from planner.engine import Forecast
from planner.plan import Channel, Plan

NAMES = {
    "sides": "Side outcomes", "months": "Month by month", "delays": "Delays", "list": "List and pace",
    "costs": "Costs and time", "deal": "Deal", "itself": "This channel",
}  # fmt: skip


def drawers(key: str, **fills: Callable[[], None]) -> None:
    """One row of names; the one that is chosen is open below. Only what is open is made: a move costs little."""
    names = [NAMES[name] for name in fills]
    chosen = st.pills(
        "More", names, key=f"drawer:{key}", label_visibility="collapsed", persist_state="session", wrap=True
    )
    for name, fill in fills.items():
        if chosen == NAMES[name]:
            present.meanings([chosen])
            fill()


def of_channel(channel: Channel, forecast: Forecast) -> None:
    """The drawers of one channel."""
    key = channel.key
    drawers(
        "channel",
        sides=lambda: ladder.sides(key, channel.stages, forecast),
        months=lambda: months.of_channel(channel),
        delays=lambda: ladder.delays(key, channel.stages),
        list=lambda: details.contacts(channel),
        costs=lambda: details.costs(channel),
        deal=lambda: details.deal(channel),
        itself=lambda: one_channel.itself(channel),
    )


def of_sales(plan: Plan, forecast: Forecast) -> None:
    """The drawers of what every appointment passes."""
    if not plan.channels:
        present.quiet("No channel is left. “+ Channel” brings one; Undo brings back the last.")
    drawers(
        "sales",
        sides=lambda: ladder.sides(ladder.SALES, plan.sales, forecast),
        months=lambda: months.of_sales(plan),
        delays=lambda: ladder.delays(ladder.SALES, plan.sales),
    )


def sentence(forecast: Forecast, channel: Channel) -> None:
    """What a channel brings, in words."""
    plan = forecast.plan
    if not channel.active:
        present.quiet(f"{channel.label} is switched off: kept in the plan, not counted.")
        return
    booked = words.counted(plan, forecast.count("appointment", "plan", channel.key), "appointment")
    won = words.counted(plan, forecast.count("won", "all", channel.key), "deal")
    helping = {feed.source.partition(".")[0] for feed in plan.feeds} | {assist.source for assist in plan.assists}
    if any(stage.key == "appointment" for stage in channel.stages):
        present.quiet(f"{channel.label} brings {booked} in the plan and {won}, with those that close later.")
    elif channel.key in helping:
        present.quiet(f"{channel.label}: no appointments of its own; it feeds and helps other channels.")
    else:
        why = "it has no stage “Appointment” and feeds no other channel"
        present.quiet(f"{channel.label}: no appointments, because {why}.")
