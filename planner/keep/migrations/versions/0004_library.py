"""The library: plans under a name, their versions, who may do what with them, and what people are called."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
    )
    op.create_table(
        "plans",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("archived", sa.Boolean, nullable=False),
    )
    op.create_table(
        "versions",
        sa.Column("plan", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("saved_at", sa.DateTime, nullable=False),
        sa.Column("engine", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("restores", sa.Integer),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("token", sa.Text, nullable=False),
    )
    op.create_table(
        "members",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("plan", sa.String(32), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
    )
