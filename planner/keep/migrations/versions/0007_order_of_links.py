"""Of links made on one day the newest is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("links", sa.Column("place", sa.Integer, nullable=False, server_default="0"))
