"""The first tables: drafts and links. Stores made before there were migrations have them already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("kept_on", sa.Date, nullable=False),
        sa.Column("draft", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "links",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("kept_on", sa.Date, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("maker", sa.String(64), nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_links_maker", "links", ["maker"], if_not_exists=True)
