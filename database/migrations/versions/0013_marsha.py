"""What leaves for MARSHA and what comes back; the key that signs, the tenant.

Revision: 0013
After: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database import types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_STATES = ("a_envoyer", "en_envoi", "recu", "accepte", "rejete", "refuse", "retire", "remplace")
_OF_THE_LINK = (("sealed_signing_key", sa.Text()), ("signing_key_id", sa.String(64)), ("tenant", sa.String(64)))


def upgrade() -> None:
    with op.batch_alter_table("property_integrations") as batch:
        for name, kind in _OF_THE_LINK:
            batch.add_column(sa.Column(name, kind, nullable=True))
    _submissions()
    _benchmarks()
    _exchanges()


def downgrade() -> None:
    for table in ("marsha_sync_log", "marsha_benchmarks", "marsha_submissions"):
        op.drop_table(table)
    with op.batch_alter_table("property_integrations") as batch:
        for name, _ in _OF_THE_LINK:
            batch.drop_column(name)


def _submissions() -> None:
    table = "marsha_submissions"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *_needed("property_id", "night_id", kind=sa.Integer()),
        *_needed("business_date", kind=sa.Date()),
        *_needed("sequence", "revision", "attempts", "message_sequence", kind=sa.Integer()),
        *_needed("idempotency_key", kind=sa.String(36)),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=True),
        *_needed("status", kind=sa.String(20)),
        *_needed("created_at", "due_at", "next_at", kind=types.UtcDateTime()),
        sa.Column("lease_owner", sa.String(64), nullable=True),
        sa.Column("lease_until", types.UtcDateTime(), nullable=True),
        sa.Column("marsha_id", sa.String(64), nullable=True),
        sa.Column("received_at", types.UtcDateTime(), nullable=True),
        sa.Column("settled_at", types.UtcDateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        *_needed("errors", kind=types.JsonText()),
        *_needed("source", kind=sa.String(10)),
        _one_of(table, "status", _STATES),
        *_points_to(table, property_id="properties", night_id="night_audit_sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "property_id", "business_date", "sequence", name=op.f(f"uq_{table}_property_id_business_date_sequence")
        ),
        sa.UniqueConstraint("property_id", "idempotency_key", name=op.f(f"uq_{table}_property_id_idempotency_key")),
    )
    op.create_index(op.f(f"ix_{table}_marsha_id"), table, ["marsha_id"])
    op.create_index(op.f(f"ix_{table}_status_next_at"), table, ["status", "next_at"])


def _benchmarks() -> None:
    table = "marsha_benchmarks"
    op.create_table(
        table,
        *_needed("property_id", kind=sa.Integer()),
        *_needed("business_date", kind=sa.Date()),
        *_needed("revision", kind=sa.Integer()),
        *_needed("status", kind=sa.String(20)),
        *_needed("shown", kind=sa.Boolean()),
        *_needed("set_size", kind=sa.Integer()),
        *_needed("includes_subject", kind=sa.Boolean()),
        *(sa.Column(name, types.Points(), nullable=True) for name in ("occupancy", "mpi", "ari", "rgi")),
        *(sa.Column(name, types.Cents(), nullable=True) for name in ("adr", "revpar")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("rank", "rank_of")),
        *_needed("metric", kind=sa.String(40)),
        *_needed("source", kind=sa.String(10)),
        *_needed("fetched_at", kind=types.UtcDateTime()),
        _one_of(table, "status", ("final", "preliminary", "unavailable")),
        *_points_to(table, property_id="properties"),
        sa.PrimaryKeyConstraint("property_id", "business_date", "revision", name=op.f(f"pk_{table}")),
    )


def _exchanges() -> None:
    table = "marsha_sync_log"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *_needed("property_id", kind=sa.Integer()),
        *_needed("business_date", kind=sa.Date()),
        sa.Column("sequence", sa.Integer(), nullable=True),
        *_needed("direction", kind=sa.String(10)),
        *_needed("what", "status", kind=sa.String(20)),
        *_needed("size", kind=sa.Integer()),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        *_needed("started_at", "ended_at", kind=types.UtcDateTime()),
        _one_of(table, "direction", ("sortant", "entrant")),
        *_points_to(table, property_id="properties"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_property_id_business_date"), table, ["property_id", "business_date"])


def _needed(*names: str, kind: sa.types.TypeEngine) -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _points_to(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}_{target}"), ondelete="RESTRICT")
        for name, target in columns.items()
    ]


def _one_of(table: str, column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    given = ", ".join(f"'{one}'" for one in values)
    return sa.CheckConstraint(f"{column} IN ({given})", name=op.f(f"ck_{table}_{column}"))
