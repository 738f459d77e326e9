"""The trade's words, each in one sentence, and which of them a label holds."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import lru_cache

from planner.plan.metrics import METRICS

__all__ = ["GLOSSARY", "define", "explained", "terms"]

_PLAIN = {"Revenue", "Cost", "Profit", "Hours needed"}  # metrics whose name says what they are

_WORDS: Mapping[str, str] = {
    # touches and people
    "touches per contact": "How many touches one person gets: e-mails in a sequence, tries to call.",
    "new contacts": "How many people join the list each month; they are reached for the first time.",
    "contacts on the list": "How many people a channel can reach at all.",
    "how contacts are reached": "In order: each person in turn until the list is used up; at random: the more were reached, the fewer touches find somebody new.",
    "volume": "How many touches a channel plans for a month.",
    "pace": "The most touches a week that a platform, a mailbox or a person can do without being blocked or worn out.",
    "senders": "The mailboxes, numbers or accounts that a channel sends from; each has its own pace.",
    # the funnel
    "stage": "A point on the way from a touch to a deal that can be counted.",
    "side outcome": "An outcome that leads no further, such as a bounce or a no.",
    "completion rate": "Share of the planned touches that are carried out.",
    "impression": "One showing of an ad to somebody.",
    "click-through rate": "Share of the impressions that were clicked.",
    "click-to-open rate": "Share of those who opened an e-mail who also clicked in it.",
    "delivery rate": "Share of the messages sent that the receiving side accepted.",
    "hard bounce": "A message turned away for good, because the address does not exist.",
    "soft bounce": "A message turned away for the time being, because a mailbox is full or a server is down.",
    "bounce rate": "Share of the messages sent that came back.",
    "inbox placement": "Share of the e-mails delivered that reach the inbox, not the spam folder.",
    "spam complaint": "A reader reports the message as spam; from 0.3% of the messages on, providers block the sender.",
    "unsubscribe rate": "Share of the e-mails delivered whose reader left the list for good.",
    "opt-out rate": "Share of the messages delivered whose reader asked for no more.",
    "open rate": "Share of the e-mails delivered that were opened; inflated by programs that open every e-mail themselves.",
    "reply rate": "Share of the messages delivered that were answered, counted per message, not per person.",
    "positive reply rate": "Share of the replies that show interest.",
    "negative reply rate": "Share of the replies that say no.",
    "neutral reply rate": "Share of the replies that say neither yes nor no.",
    "return rate": "Share of the letters that come back undelivered.",
    "connect rate": "Share of the dials that led to a conversation with the person meant.",
    "gatekeeper": "Somebody who answers in place of the person meant, such as an assistant.",
    "off-target": "A conversation with somebody who cannot be a customer.",
    "acceptance rate": "Share of the invitations that were accepted.",
    "conversion rate": "Share of the visitors of a page who become leads.",
    "lead": "Somebody who has shown interest: a positive reply, or details left on a page.",
    "appointment rate": "Share of the stage before that leads to a booked meeting.",
    "unique appointment rate": "Share of the appointments that no other channel has booked with the same account.",
    "show rate": "Share of the unique appointments that take place.",
    "opportunity rate": "Share of the meetings held that become a deal worth working on.",
    "win rate": "Share of the opportunities that become deals.",
    "loss rate": "Share of the opportunities not won that are lost for good; the others stay open.",
    # time
    "delay": "How long an arrival takes from the stage before: half within one number of days, nine in ten within another.",
    "median": "The middle: half of the cases lie below it, half above.",
    "90th percentile": "The value that nine in ten cases stay below.",
    "in the plan": "What arrives before the plan’s last month ends.",
    "with what closes later": "In the plan, and what its own touches bring after its last month.",
    "last useful day": "The last day on which a touch still brings a given share of its deals before the plan ends.",
    "holidays and season": "Times of the year in which less is sent, fewer people answer and fewer meetings are agreed.",
    "under way": "Counts already on their way when the plan starts, or at the end of the actuals; they bring deals at no further touch.",
    "with time to arrive": "The part of what was sent that has had time to bring a result by the day of the actuals.",
    # channels together
    "lift": "How much the touches of one channel raise a rate of another at most: those who saw the ad reply more often.",
    # money
    "deal value": "Revenue of one deal.",
    "gross margin": "Share of revenue left after delivering what was sold.",
    "customer lifetime": "Years that a customer stays; they and the purchases a year make its lifetime value.",
    "net of hours": "Less what the hours of the team cost.",
    "one more deal": "What the next deal costs, not the average one.",
    # people
    "rep": "Somebody on the team who prospects and sells.",
    "cost per rep": "Everything one person costs a month: pay, taxes, tools, a desk.",
    "productive hours": "Hours of a working day that a rep spends on prospecting and selling.",
    "ramp-up": "The months a new rep needs to become fully productive.",
    # working with a plan
    "lever": "One number of the plan that can be moved.",
    "baseline": "The moment of the plan that changes are compared with.",
    "scenario": "Another version of the plan under a name of its own.",
    "actuals": "What really happened, as uploaded.",
    "measured": "What the actuals say of a rate, weighed against the plan’s own value by how much there is to tell from.",
    "rests on": "Where a number of the plan comes from: a published typical value, own data, or judgement.",
    "evidence": "Where a number of the plan comes from: a published typical value, own data, or judgement.",
    "target": "A figure the plan should reach.",
    "KPI": "Key performance indicator: one figure, with one formula, that tells how well something works.",
    "simple ratio": "What came divided by what was sent, without waiting for what is still to come.",
    "straight line": "The outcome if every coming month brought as much as the months so far.",
    # limits
    "constraint": "What keeps the answer from being better: hours, pace, a list, the budget, a minimum or a maximum.",
    "if relaxed by": "How much more of the constraint there would be.",
    "extra deals": "The deals that a little more of the constraint would add.",
    # what is not known
    "uncertain input": "A number of the plan that is known only within a range.",
    "range": "Low and high for a number that is not known exactly; in eight cases of ten the truth should lie between.",
    "80% range": "Low and high between which the truth should lie in eight cases of ten.",
    "P10": "A figure that comes out lower only one time in ten.",
    "P90": "A figure that comes out higher only one time in ten.",
    "correlation": "How far rates are good or bad together, because one offer goes out through all channels.",
    "chance": "What still varies when every rate is known: seven deals expected can be four or ten.",
    "share of the variance": "How much of the spread of a result one uncertain input explains.",
    "with interactions": "With what an input explains only together with others.",
    "noise floor": "Effects smaller than this cannot be told from chance in the draws.",
    "draws": "How many times the plan is run with other values and other chance; more are more exact and take longer.",
    "worth": "What it would bring on average to know this number before deciding.",
    "average profit": "Profit over all draws, on average.",
    "score": "How far the ranges of earlier months missed what came, on average; lower is better.",
}  # fmt: skip

GLOSSARY: Mapping[str, str] = {
    **_WORDS, **{metric.label: metric.meaning for metric in METRICS.values() if metric.label not in _PLAIN},
}  # fmt: skip


def _forms(word: str) -> str:
    """A pattern for a word in singular and plural: "Opportunities" → "Opportunit(?:y|ies)"."""
    for ending, forms in (("ies", "(?:y|ies)"), ("y", "(?:y|ies)"), ("ches", "ch(?:es)?"), ("s", "s?")):
        if word.endswith(ending) and not word.endswith("ss"):
            return re.escape(word.removesuffix(ending)) + forms
    return re.escape(word) + "s?"


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words, the longest first; the name of a group says which."""
    parts = (f"(?P<w{words.index(word)}>{_forms(word)})" for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


def define(word: str) -> str:
    """What a word of the trade means, "" for one that is not in the glossary; capitals and plurals do not matter."""
    words = tuple(GLOSSARY)
    match = _pattern(words).fullmatch(word)
    return GLOSSARY[words[int(str(match.lastgroup)[1:])]] if match else ""


def terms(label: str) -> tuple[str, ...]:
    """The words of the glossary that a label holds, in their order; of words within words the longest.

    >>> terms("Touches a month")
    ('Touches',)
    >>> terms("E-mail positive reply rate (of replies)")
    ('positive reply rate',)
    """
    words = tuple(GLOSSARY)
    matches = _pattern(words).finditer(label)
    return tuple(dict.fromkeys(words[int(str(match.lastgroup)[1:])] for match in matches))


def explained(label: str, besides: Container[str] = ()) -> str:
    """What the trade words of a label mean, in sentences, `besides` left out; "" where it has none.

    >>> explained("Extra deals")
    'The deals that a little more of the constraint would add.'
    """
    words = terms(label)
    if len(words) == 1:
        return "" if words[0] in besides else GLOSSARY[words[0]]
    return " ".join(f"{word[:1].upper()}{word[1:]}: {GLOSSARY[word]}" for word in words if word not in besides)
