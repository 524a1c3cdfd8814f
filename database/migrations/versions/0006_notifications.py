"""Notifications: preferences, rules of the hotel, alerts, budgets, and the mails that wait or left.

Revision: 0006
After: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _hotel(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_property_id_properties")
    return sa.ForeignKeyConstraint(["property_id"], ["properties.id"], name=name, ondelete="RESTRICT")


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["users.id"], name=op.f(f"fk_{table}_{column}_users"), ondelete="RESTRICT")


def upgrade() -> None:
    op.create_table(
        "email_preferences",
        sa.Column("property_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("threshold", types.Cents(), nullable=True),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('courriel', 'application', 'les_deux', 'aucun')", name=op.f("ck_email_preferences_channel")
        ),
        _hotel("email_preferences"),
        _person("email_preferences", "user_id"),
        sa.PrimaryKeyConstraint("property_id", "user_id", "kind", name=op.f("pk_email_preferences")),
    )
    op.create_table(
        "notification_config",
        sa.Column("property_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", types.JsonText(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        _hotel("notification_config"),
        _person("notification_config", "updated_by"),
        sa.PrimaryKeyConstraint("property_id", name=op.f("pk_notification_config")),
    )
    op.create_table(
        "budgets",
        sa.Column("property_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("span", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("revenue", types.Cents(), nullable=True),
        sa.Column("labour_budget", types.Cents(), nullable=True),
        sa.Column("labour_cost", types.Cents(), nullable=True),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("span IN ('mois', 'jour')", name=op.f("ck_budgets_span")),
        _hotel("budgets"),
        _person("budgets", "updated_by"),
        sa.PrimaryKeyConstraint("property_id", "span", "day", name=op.f("pk_budgets")),
    )
    _create_alerts()
    _create_outbox()


def _create_alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("audit_date", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("audience", types.JsonText(), nullable=False),
        sa.Column("raised_at", types.UtcDateTime(), nullable=False),
        sa.Column("acknowledged_at", types.UtcDateTime(), nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("escalated_at", types.UtcDateTime(), nullable=True),
        sa.Column("resolved_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("severity IN ('info', 'avertissement', 'critique')", name=op.f("ck_alerts_severity")),
        _hotel("alerts"),
        _person("alerts", "acknowledged_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint(
            "property_id",
            "kind",
            "audit_date",
            "cause",
            "severity",
            name=op.f("uq_alerts_property_id_kind_audit_date_cause_severity"),
        ),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alerts_property_id_raised_at"), ["property_id", "raised_at"], unique=False)


def _create_outbox() -> None:
    op.create_table(
        "outbox_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("audit_date", sa.Date(), nullable=True),
        sa.Column("alert_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body_text", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("leave_url", sa.Text(), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("next_at", types.UtcDateTime(), nullable=False),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", types.UtcDateTime(), nullable=True),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('en_attente', 'en_envoi', 'envoye', 'echoue', 'consigne')",
            name=op.f("ck_outbox_messages_status"),
        ),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_outbox_messages_alert_id_alerts"), ondelete="RESTRICT"
        ),
        _hotel("outbox_messages"),
        _person("outbox_messages", "user_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
        sa.UniqueConstraint("property_id", "key", name=op.f("uq_outbox_messages_property_id_key")),
    )
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_messages_property_id_created_at"), ["property_id", "created_at"])
        batch_op.create_index(batch_op.f("ix_outbox_messages_status_next_at"), ["status", "next_at"])


def downgrade() -> None:
    op.drop_table("outbox_messages")
    op.drop_table("alerts")
    op.drop_table("budgets")
    op.drop_table("notification_config")
    op.drop_table("email_preferences")
