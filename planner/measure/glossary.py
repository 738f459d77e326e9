"""The trade's words, each in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["GLOSSARY", "define"]

GLOSSARY: Mapping[str, str] = {
    # touches and people
    "touch": "One thing the team does to reach somebody: an e-mail, a dial, an invitation, a message, a letter, an impression.",
    "contact": "A person; several touches can go to one.",
    "touches a contact": "How many touches one person gets: e-mails in a sequence, tries to call.",
    "audience": "How many people a channel can reach at all.",
    "wear": "What repeated touches cost: the more of an audience has been reached before, the fewer of the next touches find somebody fresh.",
    "target volume": "How many touches a channel plans for a month.",
    "profile": "A multiplier for each month on the target volume: season, ramp, holidays.",
    # the funnel
    "stage": "A point on the way from a touch to a deal that can be counted.",
    "rate": "The share of one stage's arrivals that reaches the next.",
    "main path": "The stages that lead to an appointment and a deal; the others are counted beside it.",
    "side outcome": "An outcome that leads no further, such as a bounce or a no.",
    "delivery rate": "Share of the messages sent that the receiving side accepted.",
    "open rate": "Share of the e-mails delivered that were opened; inflated by programs that open every e-mail themselves.",
    "reply rate": "Share of the messages delivered that were answered, counted a message, not a person.",
    "connect rate": "Share of the dials that led to a conversation with the person meant.",
    "acceptance rate": "Share of the invitations that were accepted.",
    "lead": "Somebody who has shown interest: a positive reply, or details left on a page.",
    "appointment": "A meeting that was booked.",
    "unique appointment": "An appointment that no other channel has booked with the same account.",
    "duplicates": "Appointments of an account that another channel has booked too.",
    "show rate": "Share of the unique appointments that take place.",
    "held": "An appointment that took place.",
    "opportunity": "A held appointment that became a deal worth working on.",
    "win rate": "Share of the opportunities that become deals.",
    "deal": "A customer won.",
    "conversion": "Share of the contacts reached who become customers.",
    # time
    "delay": "How long an arrival takes from the stage before: half within one number of days, nine in ten within another.",
    "in the plan": "What arrives before the plan's last month ends.",
    "last useful day": "The last day on which a touch still brings a given share of its deals before the plan ends.",
    "season": "Times of the year in which less is sent, fewer people answer and fewer meetings are agreed.",
    "tail": "What the plan's own touches bring after its last month.",
    "with the tail": "Everything the plan's touches bring in the end.",
    "under way": "Counts already on their way when the plan starts; they bring deals but cost it no touches.",
    "young month": "A month so recent that much of what it will bring has not arrived.",
    "timing": "What differs only because arrivals land in other months.",
    # channels together
    "feed": "Arrivals of one channel that become touches of another: ad clicks become visitors of the landing page.",
    "assist": "One channel that raises a rate of another: those who saw the ad reply more often.",
    "lift": "How much an assist raises the rate at most.",
    # money
    "CAC": "Customer acquisition cost: everything prospecting and selling cost, divided by the customers won.",
    "cost per appointment": "Everything prospecting and selling cost, divided by the unique appointments.",
    "ROI": "Return on investment, on revenue: revenue less cost, divided by cost.",
    "ROMI": "Return on marketing investment: gross profit less cost, divided by cost.",
    "revenue : cost": "Revenue for each unit of cost; ROI plus one.",
    "gross margin": "Share of revenue left after delivering what was sold.",
    "gross profit": "Revenue less what it takes to deliver what was sold.",
    "CLV": "Customer lifetime value: gross profit of one customer over all the years it stays.",
    "CLV : CAC": "What a customer is worth for what it cost to win; 3 is the common rule.",
    "payback": "Months until the gross profit of a customer has paid back its CAC.",
    "lowest cash point": "The deepest that cumulated gross profit less cost goes.",
    "break-even month": "The month from which cumulated gross profit covers cumulated cost for good.",
    "shared cost": "A cost of no channel in particular, divided among them by the hours they need.",
    "fully loaded": "With everything a person costs: pay, taxes, tools, a desk.",
    # people
    "rep": "Somebody on the team who prospects and sells.",
    "ramp": "The months a new rep needs to become fully productive.",
    "utilisation": "Share of the team's productive hours that the plan needs; above 100 % it cannot be done.",
    # working with a plan
    "lever": "One number of the plan that can be moved.",
    "baseline": "The moment of the plan that changes are compared with.",
    "scenario": "Another version of the plan under a name of its own.",
    "bridge": "The steps from one figure to another, each for one cause; they add up exactly.",
    "actuals": "What really happened, as uploaded.",
    "calibration": "Moving a plan's rates towards what the actuals show, as far as they are old and many enough to tell.",
    "evidence": "What a number of the plan rests on: a published typical value, own data, or judgement.",
    "target": "A figure the plan should reach.",
    "limit": "The least and the most touches a month that a channel may get.",
    # what is not known
    "range": "Low and high for a number that is not known exactly; eight times in ten the truth should lie between.",
    "P10": "A figure that comes out lower only one time in ten.",
    "P50": "The middle: as often higher as lower.",
    "P90": "A figure that comes out higher only one time in ten.",
    "correlation": "How far rates are good or bad together, because one offer goes out through all channels.",
    "chance": "What still varies when every rate is known: seven deals expected can be four or ten.",
    "tornado": "The levers in order of how far each alone moves a figure when it goes from its low to its high.",
    "goal seek": "The value of one lever at which a figure reaches a target.",
    "marginal cost": "What the next one costs, not the average one.",
}  # fmt: skip


def define(word: str) -> str:
    """What a word of the trade means, "" for one that is not in the glossary; capitals do not matter."""
    return _BY_LOWER.get(word.lower(), "")


_BY_LOWER = {word.lower(): meaning for word, meaning in GLOSSARY.items()}
