"""Plans small enough to work out on paper."""

from __future__ import annotations

from planner.plan import Channel, Deal, Plan, Range, Stage, Team, replace


def chain(**fields: object) -> Plan:
    """10 000 e-mails in one month, 6.86 deals expected: 0.98 · 0.03 · ⅓ · ½ · 0.7 · 0.2 of them."""
    email = Channel(
        "email", "email", "E-mail", 10_000.0, (
            Stage("sent", "Sent", None, 1.0),
            Stage("delivered", "Delivered", "sent", 0.98, main=True),
            Stage("replied", "Replied", "delivered", 0.03, main=True),
            Stage("appointment", "Appointment", "replied", 1 / 3, main=True),
        ),
    )  # fmt: skip
    sales = (
        Stage("unique", "Unique", "appointment", 1.0, main=True),
        Stage("held", "Held", "unique", 0.5, main=True),
        Stage("opportunity", "Opportunity", "held", 0.7, main=True),
        Stage("won", "Won", "opportunity", 0.2, main=True),
    )
    plan = Plan("Chain", "EUR", "2027-01", 1, "NO", "en", (email,), sales, Deal(15_000.0, 0.75), Team(1.0, 6_500.0))
    return replace(plan, **fields)  # type: ignore[arg-type]


RATES = (
    Range("email.delivered.rate", 0.95, 0.99),
    Range("email.replied.rate", 0.02, 0.05),
    Range("email.appointment.rate", 0.2, 0.5),
    Range("sales.won.rate", 0.1, 0.3),
)
