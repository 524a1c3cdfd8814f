"""What is expected of a night because it was there lately, or because somebody said so.

Revision: 0011
After: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KINDS = ("terminal", "caisse", "enveloppe", "rapport", "papier", "tache")


def upgrade() -> None:
    op.create_table(
        "attendus",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("hour", sa.String(5), nullable=True),
        sa.Column("said", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.CheckConstraint(f"kind IN ({', '.join(repr(one) for one in _KINDS)})", name=op.f("ck_attendus_kind")),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_attendus_property_id_properties"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendus")),
        sa.UniqueConstraint(
            "property_id",
            "kind",
            "key",
            "said",
            "from_date",
            name=op.f("uq_attendus_property_id_kind_key_said_from_date"),
        ),
    )


def downgrade() -> None:
    op.drop_table("attendus")
