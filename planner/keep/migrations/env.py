"""Runs migrations in the transaction of whoever opens the store."""

from __future__ import annotations

from alembic import context

from planner.keep.database import tables

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=tables().every)
context.run_migrations()
