"""`brief`: a plan on one page, read in two minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planner.actuals.actuals import Actuals
from planner.engine import VERSION, Forecast, forecast
from planner.keep.landings import KeptLanding
from planner.keep.steps import Scenario
from planner.plan import Plan
from planner.show.brief.ask import headline_metric, period, proposed
from planner.show.brief.bounds import excluded, limits
from planner.show.brief.certainty import assumptions, certainty
from planner.show.brief.figures import key_figures
from planner.show.brief.money import money
from planner.show.brief.options import change, options
from planner.show.brief.people import people
from planner.show.brief.reality import landing, reality, track
from planner.show.brief.value import NO_IMPRINT, Brief, Imprint, Section
from planner.show.uncertainty.outlook import Outlook, detail, outlook

__all__ = ["DRAWS", "brief"]

DRAWS = 2000


def brief(
    plan: Plan, *, baseline: Plan | None = None, scenarios: Sequence[Scenario] = (), actuals: Actuals | None = None,
    landings: Sequence[KeptLanding] = (), imprint: Imprint = NO_IMPRINT, draws: int = DRAWS, tail: bool = False,
) -> Brief:  # fmt: skip
    """The plan on one page: the ask, key figures, money, options, assumptions, people, limits, and what is left out.

    `baseline` and `scenarios` are what it is held against, `actuals` what has happened, `landings` those kept;
    `imprint` says which version it is and who saved it. 0 `draws` leave out ranges and chances, which take longest;
    with `tail` figures count what closes after the plan. The same arguments always give the same brief.

    >>> from planner import brief, starter
    >>> made = brief(starter("email", start="2027-01"), draws=0)
    >>> made.ask.startswith("We ask for €") and made.figures[1].label == "Deals"
    True
    """
    here = forecast(plan)
    drawn = outlook(plan, draws) if draws else None
    sections = _sections(here, baseline, scenarios, actuals, landings, drawn, tail)
    summary = proposed(here, drawn, tail=tail)
    asked = plan.ask.strip()
    return Brief(
        plan, plan.name, asked or summary, bool(asked), summary, plan.author.strip(), imprint, period(plan),
        key_figures(here, forecast(baseline) if baseline else None, drawn, tail=tail), tuple(sections),
        plan.note, VERSION, draws, tail,
    )  # fmt: skip


def _sections(
    here: Forecast, baseline: Plan | None, scenarios: Sequence[Scenario], actuals: Actuals | None,
    landings: Sequence[KeptLanding], drawn: Outlook | None, tail: bool,
) -> Iterable[Section]:  # fmt: skip
    """What the brief has to say, in the order in which it is read."""
    plan = here.plan
    if baseline is not None:
        yield from _there(change(baseline, here))
    yield money(here, tail=tail)
    if drawn is not None:
        yield certainty(here, drawn, detail(plan, drawn.draws, headline_metric(plan), tail=tail))
    if actuals is not None:
        yield reality(plan, actuals)
        if drawn is not None:
            yield landing(here, actuals, landings, drawn.draws)
        yield from _there(track(plan, actuals, landings))
    yield from _there(options(here, scenarios, tail=tail))
    yield from _there(assumptions(plan, tail=tail))
    yield people(here)
    yield limits(here)
    yield excluded(here, tail=tail)


def _there(section: Section | None) -> Iterator[Section]:
    if section is not None:
        yield section
