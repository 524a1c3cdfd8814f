"""Passes held by the server, browsers that are known, invitations; what a session proved and where it works.

Revision: 0009
After: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database import types
from database.models import ROLES
from database.models.session import PASSES

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_OF_SESSIONS = (
    ("coded_at", types.UtcDateTime()),
    ("works_in", sa.Integer()),
    ("pending_secret", sa.Text()),
    ("pending_at", types.UtcDateTime()),
)


def upgrade() -> None:
    _passes()
    _browsers()
    _invitations()
    with op.batch_alter_table("user_sessions") as batch:
        for name, kind in _OF_SESSIONS:
            batch.add_column(sa.Column(name, kind, nullable=True))
    with op.batch_alter_table("login_throttles") as batch:
        batch.add_column(sa.Column("account", sa.String(64), nullable=True))
        batch.create_index(op.f("ix_login_throttles_account"), ["account"])


def downgrade() -> None:
    with op.batch_alter_table("login_throttles") as batch:
        batch.drop_index(op.f("ix_login_throttles_account"))
        batch.drop_column("account")
    with op.batch_alter_table("user_sessions") as batch:
        for name, _ in _OF_SESSIONS:
            batch.drop_column(name)
    for table in ("invitations", "known_browsers", "access_passes"):
        op.drop_table(table)


def _passes() -> None:
    op.create_table(
        "access_passes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("browser", sa.String(64), nullable=False),
        sa.Column("coded_at", types.UtcDateTime(), nullable=True),
        sa.Column("until_at", types.UtcDateTime(), nullable=False),
        _one_of("access_passes", "kind", PASSES),
        *_points_to("access_passes", user_id="users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_passes")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_passes_token_hash")),
    )
    op.create_index(op.f("ix_access_passes_user_id"), "access_passes", ["user_id"])


def _browsers() -> None:
    op.create_table(
        "known_browsers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("seen_at", types.UtcDateTime(), nullable=False),
        *_points_to("known_browsers", user_id="users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_browsers")),
        sa.UniqueConstraint("user_id", "token_hash", name=op.f("uq_known_browsers_user_id_token_hash")),
    )


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        _one_of("invitations", "role", ROLES),
        *_points_to("invitations", user_id="users", property_id="properties", invited_by="users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("user_id", "property_id", name=op.f("uq_invitations_user_id_property_id")),
    )
    op.create_index(op.f("ix_invitations_property_id"), "invitations", ["property_id"])


def _points_to(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}_{target}"), ondelete="RESTRICT")
        for name, target in columns.items()
    ]


def _one_of(table: str, column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    given = ", ".join(f"'{one}'" for one in values)
    return sa.CheckConstraint(f"{column} IN ({given})", name=op.f(f"ck_{table}_{column}"))
