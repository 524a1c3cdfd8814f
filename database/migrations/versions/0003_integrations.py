"""Connections to other services: their tokens sealed, what is kept of them, their rate.

Revision: 0003
After: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from database import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "integration_budgets",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("empty_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_integration_budgets")),
    )
    op.create_table(
        "property_integrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("grant_type", sa.String(length=20), nullable=False),
        sa.Column("base_url", sa.String(length=200), nullable=False),
        sa.Column("authorize_url", sa.String(length=200), nullable=False),
        sa.Column("token_url", sa.String(length=200), nullable=False),
        sa.Column("revoke_url", sa.String(length=200), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("redirect_uri", sa.String(length=200), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("sealed_client_secret", sa.Text(), nullable=True),
        sa.Column("sealed_webhook_secret", sa.Text(), nullable=True),
        sa.Column("sealed_access_token", sa.Text(), nullable=True),
        sa.Column("sealed_refresh_token", sa.Text(), nullable=True),
        sa.Column("scope", sa.String(length=300), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=True),
        sa.Column("token_version", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", types.UtcDateTime(), nullable=True),
        sa.Column("requires_reauth", sa.Boolean(), nullable=False),
        sa.Column("reauth_reason", sa.String(length=40), nullable=True),
        sa.Column("flow_hash", sa.String(length=64), nullable=True),
        sa.Column("sealed_flow_verifier", sa.Text(), nullable=True),
        sa.Column("flow_until", types.UtcDateTime(), nullable=True),
        sa.Column("connected_at", types.UtcDateTime(), nullable=True),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "grant_type IN ('authorization_code', 'client_credentials')",
            name=op.f("ck_property_integrations_grant_type"),
        ),
        sa.CheckConstraint("provider IN ('lightspeed', 'marsha')", name=op.f("ck_property_integrations_provider")),
        sa.ForeignKeyConstraint(
            ["property_id"],
            ["properties.id"],
            name=op.f("fk_property_integrations_property_id_properties"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_property_integrations")),
        sa.UniqueConstraint("property_id", "provider", name=op.f("uq_property_integrations_property_id_provider")),
    )
    op.create_table(
        "integration_etags",
        sa.Column("integration_id", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["integration_id"],
            ["property_integrations.id"],
            name=op.f("fk_integration_etags_integration_id_property_integrations"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("integration_id", "report", "business_date", name=op.f("pk_integration_etags")),
    )


def downgrade() -> None:
    op.drop_table("integration_etags")
    op.drop_table("property_integrations")
    op.drop_table("integration_budgets")
