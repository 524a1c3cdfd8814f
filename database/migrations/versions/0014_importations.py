"""Books of past months; nights that came from one, whose ids are never given twice, the journal keeping them.

Revision: 0014
After: 0013
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from database import types
from database.models import IMPORT_STATES

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TABLE, _NIGHTS = "month_imports", "night_audit_sessions"
_KEPT = "fk_changes_night_id_night_audit_sessions"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("files", types.JsonText(), nullable=False),
        sa.Column("document", types.JsonText(), nullable=False),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", types.UtcDateTime(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", types.UtcDateTime(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("opening_before", sa.Date(), nullable=True),
        sa.CheckConstraint(
            f"status IN ({', '.join(repr(one) for one in IMPORT_STATES)})", name=op.f(f"ck_{_TABLE}_status")
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{target}.id"], name=op.f(f"fk_{_TABLE}_{name}_{target}"), ondelete="RESTRICT"
            )
            for name, target in (
                ("property_id", "properties"),
                ("created_by", "users"),
                ("entered_by", "users"),
                ("undone_by", "users"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(op.f(f"ix_{_TABLE}_property_id_month"), _TABLE, ["property_id", "month"])
    with op.batch_alter_table(_NIGHTS, **_made_again({"sqlite_autoincrement": True})) as batch:
        batch.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f(f"fk_{_NIGHTS}_import_id_{_TABLE}"), _TABLE, ["import_id"], ["id"], ondelete="RESTRICT"
        )
    with op.batch_alter_table("changes", **_made_again({"sqlite_with_rowid": False})) as batch:
        batch.drop_constraint(op.f(_KEPT), type_="foreignkey")


def downgrade() -> None:
    with op.batch_alter_table("changes", **_made_again({"sqlite_with_rowid": False})) as batch:
        batch.create_foreign_key(op.f(_KEPT), _NIGHTS, ["night_id"], ["id"], ondelete="RESTRICT")
    with op.batch_alter_table(_NIGHTS, **_made_again({})) as batch:
        batch.drop_constraint(op.f(f"fk_{_NIGHTS}_import_id_{_TABLE}"), type_="foreignkey")
        batch.drop_column("import_id")
    op.drop_table(_TABLE)


def _made_again(kept: dict[str, bool]) -> dict[str, Any]:
    """On SQLite a table is made again; what it says beside its columns must then be said."""
    return {"recreate": "always", "table_kwargs": kept} if op.get_bind().dialect.name == "sqlite" else {}
