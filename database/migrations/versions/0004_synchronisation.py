"""Synchronisation: what the PMS said of a night, each time that it was asked, its signed messages.

Revision: 0004
After: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database import types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pms_readings",
        sa.Column("property_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("read_at", types.UtcDateTime(), nullable=False),
        sa.Column("figures", types.JsonText(), nullable=False),
        sa.Column("controls", types.JsonText(), nullable=False),
        sa.Column("notes", types.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_pms_readings_property_id_properties"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("property_id", "business_date", "report", name=op.f("pk_pms_readings")),
    )
    op.create_table(
        "sync_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("audit_date", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("started_at", types.UtcDateTime(), nullable=False),
        sa.Column("ended_at", types.UtcDateTime(), nullable=True),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("beside", sa.Integer(), nullable=False),
        sa.Column("retry_minutes", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("reports", types.JsonText(), nullable=False),
        sa.Column("tabs", types.JsonText(), nullable=False),
        sa.CheckConstraint(
            "cause IN ('personne', 'ouverture', 'automatisme', 'avis')", name=op.f("ck_sync_runs_cause")
        ),
        sa.CheckConstraint(
            "status IN ('en_cours', 'complete', 'partielle', 'inchangee', 'apercu', 'proposee', 'echouee', "
            "'interrompue')",
            name=op.f("ck_sync_runs_status"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.id"], name=op.f("fk_sync_runs_actor_id_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_sync_runs_property_id_properties"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_runs")),
    )
    with op.batch_alter_table("sync_runs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sync_runs_property_id_audit_date"), ["property_id", "audit_date"], unique=False
        )

    op.create_table(
        "webhook_messages",
        sa.Column("property_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("received_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("fk_webhook_messages_property_id_properties"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("property_id", "provider", "message_id", name=op.f("pk_webhook_messages")),
    )
    with op.batch_alter_table("night_audit_sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ls_sync_tabs", types.JsonText(), nullable=True))

    with op.batch_alter_table("property_integrations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("auto_sync", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("property_integrations", schema=None) as batch_op:
        batch_op.alter_column("auto_sync", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("property_integrations", schema=None) as batch_op:
        batch_op.drop_column("auto_sync")

    with op.batch_alter_table("night_audit_sessions", schema=None) as batch_op:
        batch_op.drop_column("ls_sync_tabs")

    op.drop_table("webhook_messages")
    with op.batch_alter_table("sync_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sync_runs_property_id_audit_date"))

    op.drop_table("sync_runs")
    op.drop_table("pms_readings")
