"""Seals of nights, moved with every version.

Revision: 0008
After: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "night_seals",
        sa.Column("night_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("parts", types.JsonText(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["night_id"],
            ["night_audit_sessions.id"],
            name=op.f("fk_night_seals_night_id_night_audit_sessions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("night_id", name=op.f("pk_night_seals")),
    )
    op.create_table(
        "journal_witnesses",
        sa.Column("property_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("fk_journal_witnesses_property_id_properties"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("property_id", "seq", name=op.f("pk_journal_witnesses")),
    )
    with op.batch_alter_table("pms_readings") as readings:
        readings.add_column(sa.Column("checksum", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("pms_readings") as readings:
        readings.drop_column("checksum")
    op.drop_table("journal_witnesses")
    op.drop_table("night_seals")
