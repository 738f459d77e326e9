"""Deals by the channel they came from, where a column of their file says: “Lead Source” and what it is called."""

from __future__ import annotations

from dataclasses import replace

from planner.actuals.facts import UNATTRIBUTED
from planner.actuals.formats import Recognised
from planner.actuals.matching import PlanNames, plain, plain_words
from planner.actuals.questions import Answers
from planner.actuals.sheet import Cells, Sheet

__all__ = ["by_source"]

_SOURCES = frozenset(
    plain_words(
        "lead source; source; original source; deal source; opportunity source; channel; outreach channel;"
        "deal channel; origin; lead origin; kanal; quelle; leadquelle; lead quelle; herkunft; origine; source du lead;"
        "fuente; origen; kilde; bron; origine de la piste; origine du prospect; origen del prospecto;"
        "leadkilde; lead kilde; leadbron; lead bron; leadkälla; lead källa; fonte do lead; fonte del lead"
    )
)
_MOST_SOURCES = 200  # different ones; more are names, not sources


def by_source(deals: Recognised, sheet: Sheet, names: PlanNames, answers: Answers) -> Recognised:
    """The deals with the channel that their source names, none where it names no channel of the plan.

    As they are where they have a channel already, or no source of theirs is a channel.
    """
    export = deals.export
    if {counted.channel for counted in export.counts} != {UNATTRIBUTED}:
        return deals
    source = next((cells for cells in sheet.columns if _names_channels(cells, names, answers)), None)
    if source is None:
        return deals
    counts = tuple(replace(counted, channel=None) for counted in export.counts)
    columns = tuple((header, "channel" if header == source.header else meaning) for header, meaning in deals.columns)
    return replace(deals, export=replace(export, counts=counts, elsewhere=UNATTRIBUTED), columns=columns)


def _names_channels(cells: Cells, names: PlanNames, answers: Answers) -> bool:
    unfilled = cells.header.endswith(("↑", "↓")) and bool(cells.blank.any())  # groups whose rows do not name theirs
    if plain(cells.header) not in _SOURCES or len(cells.texts) > _MOST_SOURCES or unfilled:
        return False
    keys = {answers.value(text) or names.channel(text) for text in cells.texts if text}
    return bool(keys - {None, UNATTRIBUTED})
