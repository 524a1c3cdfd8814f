"""The book: hotels, people, nights, the journal.

Revision: 0001
After: nothing
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "login_throttles",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", types.UtcDateTime(), nullable=False),
        sa.Column("blocked_until", types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_login_throttles")),
    )
    op.create_table(
        "properties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("opening_date", sa.Date(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_properties")),
        sa.UniqueConstraint("code", name=op.f("uq_properties_code")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=10), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("last_login_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_users_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "journal_heads",
        sa.Column("property_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("broken_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("fk_journal_heads_property_id_properties"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("property_id", name=op.f("pk_journal_heads")),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.CheckConstraint(
            "role IN ('night_auditor', 'front_desk_supervisor', 'accounting', 'controller', 'gsm', 'gm', 'admin')",
            name=op.f("ck_memberships_role"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_memberships_property_id_properties"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_memberships_user_id_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("user_id", "property_id", name=op.f("uq_memberships_user_id_property_id")),
    )
    op.create_index(op.f("ix_memberships_property_id"), "memberships", ["property_id"])

    op.create_table(
        "night_audit_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("audit_date", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("carry_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", types.UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", types.UtcDateTime(), nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("locked_at", types.UtcDateTime(), nullable=True),
        sa.Column("locked_by", sa.Integer(), nullable=True),
        sa.Column("awaiting_override", sa.Boolean(), nullable=False),
        sa.Column("previous", types.JsonText(), nullable=True),
        sa.Column("reprise", sa.Boolean(), nullable=False),
        sa.Column("settings_version", sa.Text(), nullable=True),
        sa.Column("rules_version", sa.Text(), nullable=True),
        sa.Column("frozen", types.JsonText(), nullable=True),
        sa.Column("checksum", sa.String(length=64), nullable=True),
        sa.Column("ls_sync_timestamp", types.UtcDateTime(), nullable=True),
        sa.Column("ls_sync_status", sa.String(length=20), nullable=True),
        sa.Column("marsha_status", sa.String(length=20), nullable=True),
        sa.Column("marsha_submission_id", sa.String(length=64), nullable=True),
        sa.Column("marsha_submitted_at", types.UtcDateTime(), nullable=True),
        sa.Column("room_revenue", types.Cents(), nullable=True),
        sa.Column("total_fb", types.Cents(), nullable=True),
        sa.Column("total_revenue", types.Cents(), nullable=True),
        sa.Column("adr", types.Cents(), nullable=True),
        sa.Column("revpar", types.Cents(), nullable=True),
        sa.Column("rooms_sold", sa.Integer(), nullable=True),
        sa.Column("rooms_occupied", sa.Integer(), nullable=True),
        sa.Column("rooms_available", sa.Integer(), nullable=True),
        sa.Column("guests", sa.Integer(), nullable=True),
        sa.Column("occupancy", types.Points(), nullable=True),
        sa.Column("pct_occupees", types.Points(), nullable=True),
        sa.Column("recap_balance", types.Cents(), nullable=True),
        sa.Column("transelect_variance", types.Cents(), nullable=True),
        sa.Column("geac_ar_variance", types.Cents(), nullable=True),
        sa.Column("diff_caisse", types.Cents(), nullable=True),
        sa.Column("diff_caisse_residu", types.Cents(), nullable=True),
        sa.Column("quasi_variance", types.Cents(), nullable=True),
        sa.Column("opening_balance", types.Cents(), nullable=True),
        sa.Column("new_balance", types.Cents(), nullable=True),
        sa.Column("net_banque", types.Cents(), nullable=True),
        sa.Column("deposit_cdn", types.Cents(), nullable=True),
        sa.Column("completeness", types.Points(), nullable=True),
        sa.Column("blocking_count", sa.Integer(), nullable=True),
        sa.Column("warning_count", sa.Integer(), nullable=True),
        sa.Column("is_fully_balanced", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'in_progress', 'submitted', 'locked', 'correcting')",
            name=op.f("ck_night_audit_sessions_status"),
        ),
        sa.ForeignKeyConstraint(
            ["auditor_id"], ["users.id"], name=op.f("fk_night_audit_sessions_auditor_id_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["locked_by"], ["users.id"], name=op.f("fk_night_audit_sessions_locked_by_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["users.id"], name=op.f("fk_night_audit_sessions_opened_by_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("fk_night_audit_sessions_property_id_properties"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["users.id"], name=op.f("fk_night_audit_sessions_submitted_by_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_audit_sessions")),
        sa.UniqueConstraint("property_id", "audit_date", name=op.f("uq_night_audit_sessions_property_id_audit_date")),
    )
    op.create_index(
        op.f("ix_night_audit_sessions_property_id_status"), "night_audit_sessions", ["property_id", "status"]
    )

    op.create_table(
        "property_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", types.JsonText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_property_settings_created_by_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("fk_property_settings_property_id_properties"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_property_settings")),
    )
    op.create_index(
        op.f("ix_property_settings_property_id_effective_from"), "property_settings", ["property_id", "effective_from"]
    )

    op.create_table(
        "user_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("seen_at", types.UtcDateTime(), nullable=False),
        sa.Column("ended_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_user_sessions_user_id_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_sessions_token_hash")),
    )
    op.create_index(op.f("ix_user_sessions_user_id"), "user_sessions", ["user_id"])

    op.create_table(
        "changes",
        sa.Column("property_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("night_id", sa.Integer(), nullable=True),
        sa.Column("audit_date", sa.Date(), nullable=True),
        sa.Column("tab", sa.String(length=20), nullable=True),
        sa.Column("field", sa.String(length=120), nullable=True),
        sa.Column("line_id", sa.String(length=40), nullable=True),
        sa.Column("origin", sa.String(length=40), nullable=True),
        sa.Column("night_version", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("actor_label", sa.Text(), nullable=True),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("erasure", types.JsonText(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.id"], name=op.f("fk_changes_actor_id_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["night_id"],
            ["night_audit_sessions.id"],
            name=op.f("fk_changes_night_id_night_audit_sessions"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_changes_property_id_properties"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("property_id", "seq", name=op.f("pk_changes")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_changes_night_id_seq"), "changes", ["night_id", "seq"])

    op.create_table(
        "night_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("night_id", sa.Integer(), nullable=False),
        sa.Column("audit_date", sa.Date(), nullable=False),
        sa.Column("tab", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.String(length=40), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("amount", types.Cents(), nullable=False),
        sa.ForeignKeyConstraint(
            ["night_id"],
            ["night_audit_sessions.id"],
            name=op.f("fk_night_lines_night_id_night_audit_sessions"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_night_lines_property_id_properties"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_lines")),
        sa.UniqueConstraint(
            "night_id", "tab", "position", "measure", name=op.f("uq_night_lines_night_id_tab_position_measure")
        ),
    )
    op.create_index(op.f("ix_night_lines_property_id_audit_date"), "night_lines", ["property_id", "audit_date"])

    op.create_table(
        "night_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("night_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("snapshot", types.JsonText(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.CheckConstraint("cause IN ('lock', 'correction')", name=op.f("ck_night_revisions_cause")),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_night_revisions_by_users"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["night_id"],
            ["night_audit_sessions.id"],
            name=op.f("fk_night_revisions_night_id_night_audit_sessions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_revisions")),
        sa.UniqueConstraint("night_id", "revision", "cause", name=op.f("uq_night_revisions_night_id_revision_cause")),
    )
    op.create_table(
        "night_tabs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("night_id", sa.Integer(), nullable=False),
        sa.Column("tab", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("inputs", types.JsonText(), nullable=False),
        sa.Column("origins", types.JsonText(), nullable=False),
        sa.Column("typed_texts", types.JsonText(), nullable=False),
        sa.Column("field_versions", types.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["night_id"],
            ["night_audit_sessions.id"],
            name=op.f("fk_night_tabs_night_id_night_audit_sessions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_tabs")),
        sa.UniqueConstraint("night_id", "tab", name=op.f("uq_night_tabs_night_id_tab")),
    )
    op.create_table(
        "overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("night_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("check_key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_overrides_by_users"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["night_id"],
            ["night_audit_sessions.id"],
            name=op.f("fk_overrides_night_id_night_audit_sessions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
    )
    op.create_index(op.f("ix_overrides_night_id_revision"), "overrides", ["night_id", "revision"])

    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("night_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("checks", types.JsonText(), nullable=False),
        sa.Column("motifs", types.JsonText(), nullable=False),
        sa.Column("en_attente", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_submissions_by_users"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["night_id"],
            ["night_audit_sessions.id"],
            name=op.f("fk_submissions_night_id_night_audit_sessions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
    )
    op.create_index(op.f("ix_submissions_night_id_revision"), "submissions", ["night_id", "revision"])


def downgrade() -> None:
    for table in (
        "submissions",
        "overrides",
        "night_tabs",
        "night_revisions",
        "night_lines",
        "changes",
        "user_sessions",
        "property_settings",
        "night_audit_sessions",
        "memberships",
        "journal_heads",
        "users",
        "properties",
        "login_throttles",
    ):
        op.drop_table(table)
