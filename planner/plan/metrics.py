"""One table of the figures that can be read off a forecast: what each is called, what it is made of, where it is used.

A new metric that is a ratio or a difference of others is one record here and nothing else: `planner.measure.metrics`
forms it, and every page lists the metrics by their `uses`. A formula names other metrics, and the terms of
`planner.measure.explain`, in braces, so that a screen can fill in the plan's own numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["METRICS", "USES", "Metric", "Unit", "Use", "choices_for", "keys_for"]

Unit = Literal["count", "money", "percent", "ratio", "months", "hours", "month"]
Counts = Literal["arrivals", "revenue", "gross_profit", "cost"]
Use = Literal[
    "strip",  # the key figures always in view
    "simulated",  # read by every simulation
    "explored",  # a choice on Uncertainty and Sensitivity
    "outlook",  # has its 80 % range in the table of Uncertainty
    "sought",  # goal seek can bring it to a target
    "answer",  # stands in the table under an answer of goal seek
    "effect",  # named as what else an answer changes
    "aim",  # a budget can make most of it
    "offered_aim",  # a choice on the Budget page
    "compared",  # stands in the table of Scenarios
    "bridged",  # a choice of the bridge between plans
    "aside",  # named as what else differs between plans
    "reported",  # a choice of the bridge from plan to actuals
    "briefed",  # a key figure of the brief
    "by_channel",  # a column of the table of channels
    "by_month",  # a column of the table of months
    "channel_cost",  # a column of the comparison of channels beside a channel's sliders
    "channel_note",  # stands there beneath the channel's name
    "deal_figure",  # stands beside what a deal is worth
    "without",  # what would be lost without a channel is shown
]
USES: tuple[Use, ...] = get_args(Use)
ROUNDING = 1e-9  # of a target


@dataclass(frozen=True)
class Metric:
    """`better` is +1 for more, −1 for less; `formula` is the calculation, `meaning` what the figure says.

    What it is made of, for those that need no reader of their own: `counts` what comes at `stage` ("" for touches), in
    arrivals or in what they are worth, or all `cost`; `numerator` ÷ `denominator` less `less`; or `minuend` less
    `subtrahend`. `counts_openings`: whether what was under way at the start counts in the parts of a ratio.
    `spreads_fixed_cost`: more volume spreads fixed cost over more of what comes of it. `cumulative`: its months are
    already running totals. `uses` says where it is listed. `article` goes before the label with a figure ("an ROI of
    20 %"), "" where it takes none.
    """

    key: str
    label: str
    unit: Unit
    better: Literal[1, -1]
    formula: str
    meaning: str
    uses: tuple[Use, ...] = ()
    counts: Counts | None = None
    stage: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    less: float = 0.0
    minuend: str | None = None
    subtrahend: str | None = None
    counts_openings: bool = True
    spreads_fixed_cost: bool = False
    cumulative: bool = False
    article: Literal["a", "an", ""] = "a"

    def reaches(self, value: float, target: float) -> bool:
        """Whether a value is as good as a target, but for what rounding leaves."""
        return (value - target) * self.better >= -ROUNDING * abs(target)

    @property
    def parts(self) -> tuple[str, ...]:
        """The metrics it is formed of: numerator and denominator, or minuend and subtrahend; none for the others."""
        named = (self.numerator, self.denominator, self.minuend, self.subtrahend)
        return tuple(key for key in named if key is not None)

    @property
    def is_ratio(self) -> bool:
        """Whether it divides: the figures of its months, or of plan and tail, do not add up."""
        return self.denominator is not None


_ROWS = (
    Metric(
        "touches", "Touches", "count", 1, "{own_touches}",
        "What the team does: e-mails, dials, invitations, messages, letters, impressions, visitors.",
        ("by_channel", "by_month"), "arrivals", "",
    ),
    Metric(
        "contacts", "Contacts", "count", 1, "{touches} ÷ {touches_a_contact}",
        "People reached; whom two channels reach counts twice.",
    ),
    Metric(
        "appointments", "Appointments", "count", 1, "{booked}",
        "Meetings booked, before duplicates between channels are taken out.",
        ("strip", "simulated", "explored", "outlook", "sought", "answer", "aim", "offered_aim", "compared", "bridged",
         "reported", "by_channel", "by_month", "without", "briefed"), "arrivals", "appointment",
    ),
    Metric(
        "unique_appointments", "Unique appointments", "count", 1, "{appointments} × (1 − {duplicates})",
        "Meetings booked, each account counted once.",
        ("outlook", "sought", "aim", "by_channel"), "arrivals", "unique",
    ),
    Metric(
        "held", "Held", "count", 1, "{unique_appointments} × {show_rate}",
        "Appointments that took place.",
        ("outlook", "sought", "aim", "by_month"), "arrivals", "held",
    ),
    Metric(
        "opportunities", "Opportunities", "count", 1, "{held} × {opportunity_rate}",
        "Held appointments that became a deal worth working on.",
        ("outlook", "sought", "aim", "by_month"), "arrivals", "opportunity",
    ),
    Metric(
        "won", "Deals", "count", 1, "{opportunities} × {win_rate}, when they close",
        "Customers won.",
        ("strip", "simulated", "explored", "outlook", "sought", "answer", "effect", "aim", "offered_aim", "compared",
         "bridged", "reported", "by_channel", "by_month", "channel_cost", "without", "briefed"), "arrivals", "won",
    ),
    Metric(
        "revenue", "Revenue", "money", 1, "{won} × {deal_value}",
        "Revenue of the deals won, first purchase only.",
        ("strip", "simulated", "explored", "outlook", "sought", "answer", "aim", "compared", "bridged", "reported",
         "by_month", "without", "briefed"), "revenue", "won", article="",
    ),
    Metric(
        "gross_profit", "Gross profit", "money", 1, "{revenue} × {gross_margin}",
        "What is left of revenue after delivering what was sold.",
        ("outlook", "sought", "aim", "offered_aim", "deal_figure"), "gross_profit", "won", article="",
    ),
    Metric(
        "cost", "Cost", "money", -1, "{cost_rows}",
        "Everything prospecting and selling cost, people included.",
        ("strip", "simulated", "explored", "outlook", "sought", "answer", "effect", "compared", "bridged", "aside",
         "reported", "by_channel", "by_month", "without", "briefed"), "cost",
    ),
    Metric(
        "profit", "Profit", "money", 1, "{gross_profit} − {cost}",
        "Gross profit less everything prospecting cost.",
        ("simulated", "explored", "outlook", "sought", "answer", "aim", "compared", "bridged", "aside", "briefed"),
        minuend="gross_profit", subtrahend="cost", article="",
    ),
    Metric(
        "cost_per_appointment", "Cost per appointment", "money", -1, "{cost} ÷ {unique_appointments}",
        "Cost of one unique appointment.",
        ("outlook", "sought", "by_channel", "channel_note"),
        numerator="cost", denominator="unique_appointments", spreads_fixed_cost=True,
    ),
    Metric(
        "cac", "CAC", "money", -1, "{cost} ÷ {own_won}",
        "Customer acquisition cost: all cost, for one customer won by the plan’s own touches.",
        ("strip", "simulated", "explored", "outlook", "sought", "answer", "effect", "compared", "bridged", "aside",
         "reported", "by_channel", "channel_cost", "without", "briefed"),
        numerator="cost", denominator="won", counts_openings=False, spreads_fixed_cost=True,
    ),
    Metric(
        "roi", "ROI", "percent", 1, "({own_revenue} − {cost}) ÷ {cost}",
        "Return on investment, on revenue: revenue less cost, divided by cost.",
        ("strip", "simulated", "explored", "outlook", "sought", "answer", "compared", "bridged", "briefed",
         "by_channel"),
        numerator="revenue", denominator="cost", less=1.0, counts_openings=False, spreads_fixed_cost=True, article="an",
    ),
    Metric(
        "romi", "ROMI", "percent", 1, "({own_revenue} × {gross_margin} − {cost}) ÷ {cost}",
        "Return on marketing investment: gross profit less cost, divided by cost.",
        ("outlook", "sought"),
        numerator="gross_profit", denominator="cost", less=1.0, counts_openings=False, spreads_fixed_cost=True,
    ),
    Metric(
        "revenue_to_cost", "Revenue : cost", "ratio", 1, "{own_revenue} ÷ {cost}",
        "Revenue for each unit of cost; ROI plus one.",
        ("sought",),
        numerator="revenue", denominator="cost", counts_openings=False, spreads_fixed_cost=True,
    ),
    Metric(
        "clv", "CLV", "money", 1, "{deal_value} × {purchases} × {lifetime} × {gross_margin}",
        "Customer lifetime value: gross profit of one customer over all the years it stays.",
        ("deal_figure",),
    ),
    Metric(
        "clv_to_cac", "CLV : CAC", "ratio", 1, "{clv} ÷ {cac}",
        "What a customer is worth for what it cost to win; 3 is the common rule.",
        ("sought", "deal_figure"),
        numerator="clv", denominator="cac", spreads_fixed_cost=True,
    ),
    Metric(
        "payback_months", "Payback", "months", -1, "{cac} ÷ {monthly_profit}",
        "Months until the gross profit of a customer has paid back its CAC.",
        ("outlook", "sought", "deal_figure"), spreads_fixed_cost=True, article="",
    ),
    Metric(
        "conversion", "Conversion", "percent", 1, "{own_won} ÷ {contacts}",
        "Share of the contacts reached who become customers.",
        numerator="won", denominator="contacts", counts_openings=False,
    ),
    Metric(
        "hours", "Hours needed", "hours", -1, "minutes × arrivals ÷ 60",
        "Hours of reps that the plan needs.", article="",
    ),
    Metric(
        "utilisation", "Utilisation", "percent", -1, "{hours} ÷ {hours_available}",
        "Share of the team’s productive hours that the plan needs; above 100% it cannot be done.",
        ("sought", "answer", "compared", "by_month"), article="",
    ),
    Metric(
        "cash", "Cash at the end", "money", 1, "{gross_profit} − {cost}, added up",
        "Gross profit less cost, added up to the plan’s last month.",
        ("explored", "outlook", "by_month"), cumulative=True,
    ),
    Metric(
        "lowest_cash", "Lowest cash point", "money", 1, "the lowest of {gross_profit} − {cost}, added up by month",
        "The lowest that cash falls before the deals pay the plan back.",
        ("outlook", "sought", "compared"), cumulative=True,
    ),
    Metric(
        "break_even_month", "Break-even month", "month", -1,
        "the first month from which cash, added up, stays at 0 or above",
        "The month from which the plan has paid for itself, for good.",
        ("outlook", "briefed", "compared"), cumulative=True,
    ),
)  # fmt: skip

METRICS: Mapping[str, Metric] = {row.key: row for row in _ROWS}
_FIRST = "won"  # the figure that a choice begins with


def keys_for(use: Use) -> tuple[str, ...]:
    """The metrics of a use, in the table's order."""
    return tuple(key for key, metric in METRICS.items() if use in metric.uses)


def choices_for(use: Use) -> tuple[str, ...]:
    """The metrics of a use as a person chooses among them: deals first, then in the table's order."""
    return tuple(sorted(keys_for(use), key=lambda key: key != _FIRST))
