"""What is on the books at the close of each date.

Revision: 0012
After: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database import types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _table(
        "books_snapshots",
        (),
        sa.Column("pms_revision", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("taken_at", types.UtcDateTime(), nullable=False),
        sa.Column("first_stay", sa.Date(), nullable=False),
        sa.Column("last_stay", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("notes", types.JsonText(), nullable=False),
    )
    _table(
        "books_segments",
        (sa.Column("stay_date", sa.Date(), nullable=False), sa.Column("segment", sa.String(40), nullable=False)),
        sa.Column("segment_group", sa.String(20), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("revenue", types.Cents(), nullable=False),
        sa.Column("blocked", sa.Integer(), nullable=False),
    )
    names = ("available", "out_of_order", "complimentary", "house_use")
    _table(
        "books_days",
        (sa.Column("stay_date", sa.Date(), nullable=False),),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in names),
    )


def downgrade() -> None:
    for table in ("books_days", "books_segments", "books_snapshots"):
        op.drop_table(table)


def _table(name: str, keys: tuple[sa.Column, ...], *columns: sa.Column) -> None:
    of = [one.name for one in keys]
    op.create_table(
        name,
        sa.Column("property_id", sa.Integer(), nullable=False),
        *keys,
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f(f"fk_{name}_property_id_properties"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("property_id", *of, "as_of", "revision", name=op.f(f"pk_{name}")),
    )
