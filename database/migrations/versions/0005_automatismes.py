"""Automation: each run of each job, and the pulse of the process that starts them.

Revision: 0005
After: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("due_at", types.UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("steps", types.JsonText(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("started_at", types.UtcDateTime(), nullable=False),
        sa.Column("ended_at", types.UtcDateTime(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("next_at", types.UtcDateTime(), nullable=True),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("cause IN ('heure', 'rattrapage', 'personne')", name=op.f("ck_job_runs_cause")),
        sa.CheckConstraint(
            "status IN ('en_cours', 'attente', 'faite', 'sans_objet', 'abandonnee', 'echouee', 'manquee')",
            name=op.f("ck_job_runs_status"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.id"], name=op.f("fk_job_runs_actor_id_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_runs")),
        sa.UniqueConstraint(
            "property_id", "job", "business_date", name=op.f("uq_job_runs_property_id_job_business_date")
        ),
    )
    with op.batch_alter_table("job_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_runs_due_at"), ["due_at"], unique=False)

    op.create_table(
        "scheduler_pulse",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("began_at", types.UtcDateTime(), nullable=False),
        sa.Column("beat_at", types.UtcDateTime(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduler_pulse")),
    )


def downgrade() -> None:
    op.drop_table("scheduler_pulse")
    with op.batch_alter_table("job_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_runs_due_at"))

    op.drop_table("job_runs")
