"""The connection of a hotel to another service, what it keeps of it, and the rate at which it may ask."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import one_of, points_to
from database.types import UtcDateTime

PROVIDERS: Final = ("lightspeed", "marsha")
GRANTS: Final = ("authorization_code", "client_credentials")


class PropertyIntegration(Base):
    """One service of one hotel. Columns named ``sealed_…`` hold envelopes, never a secret in clear."""

    __tablename__ = "property_integrations"
    __table_args__ = (
        UniqueConstraint("property_id", "provider"),
        one_of("provider", PROVIDERS),
        one_of("grant_type", GRANTS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    provider: Mapped[str] = mapped_column(String(20))
    grant_type: Mapped[str] = mapped_column(String(20))
    base_url: Mapped[str] = mapped_column(String(200))
    authorize_url: Mapped[str] = mapped_column(String(200))
    token_url: Mapped[str] = mapped_column(String(200))
    revoke_url: Mapped[str] = mapped_column(String(200))
    issuer: Mapped[str] = mapped_column(String(200))
    redirect_uri: Mapped[str] = mapped_column(String(200))
    account: Mapped[str] = mapped_column(String(64))
    client_id: Mapped[str] = mapped_column(String(200))
    sealed_client_secret: Mapped[str | None] = mapped_column(Text)
    sealed_webhook_secret: Mapped[str | None] = mapped_column(Text)
    sealed_signing_key: Mapped[str | None] = mapped_column(Text)
    signing_key_id: Mapped[str | None] = mapped_column(String(64))
    tenant: Mapped[str | None] = mapped_column(String(64))
    sealed_access_token: Mapped[str | None] = mapped_column(Text)
    sealed_refresh_token: Mapped[str | None] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(String(300))
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    token_version: Mapped[int]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    requires_reauth: Mapped[bool]
    reauth_reason: Mapped[str | None] = mapped_column(String(40))
    flow_hash: Mapped[str | None] = mapped_column(String(64))
    sealed_flow_verifier: Mapped[str | None] = mapped_column(Text)
    flow_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    connected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    auto_sync: Mapped[bool]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seeded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the settings of the installation were considered for this hotel: they are once in its life."""


class IntegrationEtag(Base):
    """The ETag of a report whose body the book holds; written in the transaction that kept the body."""

    __tablename__ = "integration_etags"

    integration_id: Mapped[int] = mapped_column(points_to("property_integrations.id"), primary_key=True)
    report: Mapped[str] = mapped_column(String(40), primary_key=True)
    business_date: Mapped[date] = mapped_column(primary_key=True)
    schema_version: Mapped[int]
    etag: Mapped[str] = mapped_column(String(200))
    revision: Mapped[int]


class IntegrationBudget(Base):
    """A leaky bucket: the instant at which it will be empty again; ``subject`` is a digest of service and account."""

    __tablename__ = "integration_budgets"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    empty_at: Mapped[datetime] = mapped_column(UtcDateTime)
