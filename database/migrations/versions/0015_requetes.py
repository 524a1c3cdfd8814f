"""What each synchronisation asked of the PMS, without a body.

Revision: 0015
After: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database import types

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TABLE = "sync_requests"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("run_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("path", sa.String(80), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{target}.id"], name=op.f(f"fk_{_TABLE}_{name}_{target}"), ondelete="RESTRICT"
            )
            for name, target in (("run_id", "sync_runs"), ("property_id", "properties"))
        ),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f(f"pk_{_TABLE}")),
    )


def downgrade() -> None:
    op.drop_table(_TABLE)
