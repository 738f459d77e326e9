"""Stored links lead into the library, too, and may expire; their openings are counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("links", sa.Column("author", sa.String(80), nullable=False, server_default=""))
    op.add_column("links", sa.Column("plan", sa.String(32)))
    op.add_column("links", sa.Column("number", sa.Integer))
    op.add_column("links", sa.Column("role", sa.String(16), nullable=False, server_default="viewer"))
    op.add_column("links", sa.Column("expires_on", sa.Date))
    op.create_table(
        "openings",
        sa.Column("link", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("reader", sa.String(64), primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("last_at", sa.DateTime, nullable=False),
    )
