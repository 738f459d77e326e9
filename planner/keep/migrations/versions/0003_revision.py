"""Drafts count their revisions: a tab sees that another has saved since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("drafts", sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
