"""How Alembic runs: on the connection it is given, in one transaction, without the triggers."""

from __future__ import annotations

from alembic import context

from database import models
from database.base import Base

assert models.__all__  # noqa: S101 - importing the models is what makes the metadata complete
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
    user_module_prefix="types.",
)
with context.begin_transaction():
    context.run_migrations()
