"""Roles can be given by e-mail address, which an owner of the plan sees again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("members", sa.Column("address", sa.String(254), nullable=False, server_default=""))
    op.create_index("ix_members_plan", "members", ["plan"])
