"""The mark of a connection that the settings of the installation gave: they give it once.

Revision: 0007
After: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("property_integrations") as batch:
        batch.add_column(sa.Column("seeded_at", types.UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("property_integrations") as batch:
        batch.drop_column("seeded_at")
