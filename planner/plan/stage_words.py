"""What the trade calls a stage: its rate, one arrival, several arrivals, and those that did not get there."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ACCEPTED", "APPOINTMENT", "BOOKING_REQUEST", "BOOKING_RESPONSE", "CHATS", "CLICKED", "CLICKED_AD", "CONNECTED",
    "DELIVERED", "DIALS", "DM_READ", "GATEKEEPER", "HARD_BOUNCE", "HELD", "IMPRESSIONS", "INBOXED", "INVITES", "LEADS",
    "LOST", "NEGATIVE", "NEGATIVE_ANSWER", "NEUTRAL", "NO_ANSWER", "OFF_TARGET", "OPENED", "OPPORTUNITY", "OPT_OUT",
    "OTHER", "POSITIVE", "RECONTACT", "REFERRAL", "REPLIED", "RETURNED", "SENT", "SENT_EMAIL", "SENT_LETTER",
    "SENT_SMS", "SOFT_BOUNCE", "SPAM_COMPLAINT", "UNIQUE", "UNREACHABLE", "UNSUBSCRIBED", "VISITORS", "VOICEMAIL",
    "WON", "StageWords",
]  # fmt: skip


@dataclass(frozen=True)
class StageWords:
    """The words for one stage, as they stand inside a sentence.

    `rate` is what its rate is called, `one` an arrival ("reply"), `many` several ("replies"); `without` follows the
    parent's `many` and says of it what a side outcome shares out ("replies that are not positive").
    """

    rate: str
    one: str
    many: str
    without: str = ""
    delay: str = ""  # what the time to it is called; empty: "reply delay" where the rate is "reply rate"

    @property
    def wait(self) -> str:
        """What the time between the parent and this stage is called."""
        return self.delay or f"{self.rate.removesuffix(' rate')} delay"


_COMPLETION = "completion rate"  # planned touches that are carried out

SENT = StageWords(_COMPLETION, "message", "sent")
SENT_EMAIL = StageWords(_COMPLETION, "e-mail", "sent")
SENT_SMS = StageWords(_COMPLETION, "message", "sent")
SENT_LETTER = StageWords(_COMPLETION, "letter", "sent")
DIALS = StageWords(_COMPLETION, "dial", "dials")
INVITES = StageWords(_COMPLETION, "invitation", "invitations")
IMPRESSIONS = StageWords(_COMPLETION, "impression", "impressions")
VISITORS = StageWords(_COMPLETION, "visitor", "visitors")

DELIVERED = StageWords("delivery rate", "delivery", "delivered", "but not delivered")
HARD_BOUNCE = StageWords("hard bounce rate", "hard bounce", "hard bounces")
SOFT_BOUNCE = StageWords("soft bounce rate", "soft bounce", "soft bounces")
INBOXED = StageWords("inbox placement", "inbox placement", "in the inbox")
OPENED = StageWords("open rate", "open", "opened")
CLICKED = StageWords("click-to-open rate", "click", "clicks", delay="click delay")
CLICKED_AD = StageWords("click-through rate", "click", "clicks", delay="click delay")
UNSUBSCRIBED = StageWords("unsubscribe rate", "unsubscribe", "unsubscribes")
SPAM_COMPLAINT = StageWords("spam complaint rate", "spam complaint", "spam complaints")
OPT_OUT = StageWords("opt-out rate", "opt-out", "opt-outs")
RETURNED = StageWords("return rate", "returned letter", "returned letters")
REPLIED = StageWords("reply rate", "reply", "replies", "without a reply")
POSITIVE = StageWords("positive reply rate", "positive reply", "positive replies", "that are not positive")
NEGATIVE = StageWords("negative reply rate", "negative reply", "negative replies")
NEUTRAL = StageWords("neutral reply rate", "neutral reply", "neutral replies")
CONNECTED = StageWords("connect rate", "conversation", "conversations", "without a conversation")
UNREACHABLE = StageWords("unreachable rate", "unreachable number", "unreachable numbers")
NO_ANSWER = StageWords("no-answer rate", "unanswered dial", "unanswered dials")
VOICEMAIL = StageWords("voicemail rate", "voicemail", "voicemails")
GATEKEEPER = StageWords("gatekeeper rate", "gatekeeper call", "gatekeeper calls")
RECONTACT = StageWords("call-back rate", "call-back request", "call-back requests")
REFERRAL = StageWords("referral rate", "referral", "referrals")
NEGATIVE_ANSWER = StageWords("negative answer rate", "negative answer", "negative answers")
OFF_TARGET = StageWords("off-target rate", "off-target conversation", "off-target conversations")
OTHER = StageWords("other outcome rate", "other outcome", "other outcomes")
ACCEPTED = StageWords("acceptance rate", "acceptance", "accepted", "not accepted")
DM_READ = StageWords("message read rate", "message read", "messages read")
BOOKING_REQUEST = StageWords("booking request rate", "booking request", "booking requests")
BOOKING_RESPONSE = StageWords("booking response rate", "booking response", "booking responses")
CHATS = StageWords("chat rate", "chat", "chats")
LEADS = StageWords("conversion rate", "lead", "leads", "without a lead", "lead delay")
APPOINTMENT = StageWords("appointment rate", "appointment", "appointments", "without an appointment")

UNIQUE = StageWords("unique appointment rate", "unique appointment", "unique appointments", "that are not unique")
HELD = StageWords("show rate", "meeting held", "meetings held", "not held", "time to meeting")
OPPORTUNITY = StageWords("opportunity rate", "opportunity", "opportunities", "without an opportunity")
WON = StageWords("win rate", "deal", "deals", "not won", "time to win")
LOST = StageWords("loss rate", "lost deal", "lost deals", "not lost", "time to loss")
