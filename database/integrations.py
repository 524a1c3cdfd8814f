"""Named reads and writes of the connections to other services: settings, tokens, lease, ETags, rate.

A secret is sealed when it enters and opened when it leaves (``envelope.py``); nobody else reads these columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final, NamedTuple

from flask import current_app
from sqlalchemy import Connection, Update, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from database.envelope import SealingKey, Unreadable, is_current, seal, sealing_keys, unseal
from database.models import IntegrationBudget, IntegrationEtag, PropertyIntegration
from database.prepared import Prepared
from database.types import canonical
from utils.dates import farthest
from utils.shapes import Values

_OF_THE_LINK: Final = ("client_secret", "access_token", "refresh_token", "signing_key")
SEALED: Final = (*_OF_THE_LINK, "webhook_secret", "flow_verifier")
"""The secrets of a connection; each lies in the column of its name after ``sealed_``."""

NO_TOKENS: Final[Values] = {
    "access_token": None,
    "refresh_token": None,
    "scope": "",
    "expires_at": None,
    "connected_at": None,
}
NO_FLOW: Final[Values] = {"flow_hash": None, "flow_verifier": None, "flow_until": None}
NO_LEASE: Final[Values] = {"lease_owner": None, "lease_until": None}
SOUND: Final[Values] = {"requires_reauth": False, "reauth_reason": None}

DESTINATION: Final = ("base_url", "token_url", "revoke_url")
"""Where the secrets of a link are sent: each is sealed with them, and opens for no other address."""

_ADDRESSES: Final = ("base_url", "authorize_url", "token_url", "revoke_url", "issuer", "redirect_uri")
NO_LINK: Final[Values] = {
    **dict.fromkeys((*_ADDRESSES, "account", "client_id"), ""),
    "grant_type": "authorization_code",
    "client_secret": None,
    "webhook_secret": None,
    "signing_key": None,
    **dict.fromkeys(("tenant", "signing_key_id")),
}
"""A connection that was forgotten, or not begun."""

LEASE: Final = timedelta(seconds=30)
"""How long a lease lasts: more than connecting and reading may take together."""

POSTPONED: Final = timedelta(hours=1)
"""How long a lease may be kept at most, while an access token still works although its renewal is in doubt."""

FLOW: Final = timedelta(minutes=10)
"""How long a person may take on the authorization page."""


class Rate(NamedTuple):
    """A bucket of so many requests, that drains one in so long; a process draws at most a block of them at once."""

    burst: int
    every: timedelta
    block: int


RATE: Final = Rate(20, timedelta(milliseconds=1667), 10)
"""A bucket of 20 requests that drains one every 1.667 s: under 60 in any minute (20 + 36), with every process."""

_table = PropertyIntegration.__table__
_ROW: Final = Prepared(
    select(_table).where(_table.c.property_id == bindparam("p"), _table.c.provider == bindparam("s"))
)


LONGEST_DRAIN: Final = timedelta(minutes=1)
"""How far ahead the bucket of any service may be empty again: a minute, and less for each of them."""


class Stored(NamedTuple):
    """A connection as it is kept, its secrets opened; its repr shows none."""

    id: int
    values: Values
    stale: bool
    """Whether a secret is still under a former key."""

    lost: bool = False
    """Whether a secret of the link does not open, its key gone or its place changed: it is kept as it lies."""

    def __repr__(self) -> str:
        return f"Stored(id={self.id})"


def keys() -> tuple[SealingKey, ...]:
    """The keys of this installation, the current one first."""
    config = current_app.config
    return sealing_keys(config["SECRET_KEY"], *config.get("FORMER_KEYS", ()))


def integration(connection: Connection, property_id: int, provider: str) -> Stored | None:
    """The connection of a hotel to a service, or nothing; a secret that does not open is absent."""
    where = (_table.c.property_id == property_id, _table.c.provider == provider)
    row = connection.execute(select(_table).where(*where)).mappings().one_or_none()
    if row is None:
        return None
    values, known = dict(row), keys()
    envelopes = {name: values.pop(f"sealed_{name}") for name in SEALED}
    opened = {name: _opened(known, _place(row["id"], name, values), envelope) for name, envelope in envelopes.items()}
    stale = any(envelopes[name] and value and not is_current(known, envelopes[name]) for name, value in opened.items())
    lost = any(envelopes[name] and opened[name] is None for name in _OF_THE_LINK)
    return Stored(row["id"], values | opened, stale, lost)


def _opened(known: Sequence[SealingKey], place: str, envelope: str | None) -> str | None:
    try:
        return None if envelope is None else unseal(known, place, envelope)
    except Unreadable:
        return None


def sealed_row(connection: Connection, property_id: int, provider: str) -> tuple[Any, ...] | None:
    """The row of a connection as it lies, to see whether it changed; opens no secret."""
    return _ROW.first(connection, {"p": property_id, "s": provider})


def create_integration(connection: Connection, property_id: int, provider: str, at: datetime) -> int:
    """Begin the connection of a hotel, without settings nor tokens; returns its id."""
    row = {name: value for name, value in NO_LINK.items() if name not in SEALED}
    row |= {"scope": "", "token_version": 0, "requires_reauth": False, "auto_sync": False}
    created = connection.execute(
        insert(PropertyIntegration)
        .values(property_id=property_id, provider=provider, updated_at=at, **row)
        .returning(PropertyIntegration.id)
    )
    return int(created.scalar_one())


def change(connection: Connection, row: int, values: Values, at: datetime) -> None:
    """Set columns of a connection by name, secrets in clear: they are sealed here."""
    connection.execute(_changed(connection, row, values, at))


def change_tokens(connection: Connection, row: int, values: Values, at: datetime) -> None:
    """The same, and what was kept of tokens becomes a former version."""
    change(connection, row, {**values, "token_version": _table.c.token_version + 1}, at)


def integration_id(connection: Connection, property_id: int, provider: str) -> int | None:
    """The id of a connection, or nothing; opens no secret."""
    where = (_table.c.property_id == property_id, _table.c.provider == provider)
    return connection.execute(select(_table.c.id).where(*where)).scalar_one_or_none()


def account_of(connection: Connection, property_id: int, provider: str) -> str:
    """The account that a connection leads to, empty without one; opens no secret."""
    where = (_table.c.property_id == property_id, _table.c.provider == provider)
    return connection.execute(select(_table.c.account).where(*where)).scalar_one_or_none() or ""


def place_of_book() -> str:
    """Which database this is, for what a process keeps by database."""
    return str(current_app.config["SQLALCHEMY_DATABASE_URI"])


def take_lease(connection: Connection, row: int, version: int, owner: str, at: datetime) -> bool:
    """Be the only one to renew the tokens of this version, for thirty seconds; false when another one is."""
    lease = _table.c.lease_until
    free = or_(lease.is_(None), lease < at, lease > farthest(at, POSTPONED))
    statement = (
        update(PropertyIntegration)
        .where(_table.c.id == row, _table.c.token_version == version, free)
        .values(lease_owner=owner, lease_until=at + LEASE)
    )
    return connection.execute(statement).rowcount == 1


def extend_lease(connection: Connection, row: int, owner: str, until: datetime) -> bool:
    """Keep a lease that is ours until an instant."""
    mine = (_table.c.id == row, _table.c.lease_owner == owner)
    return connection.execute(update(PropertyIntegration).where(*mine).values(lease_until=until)).rowcount == 1


def change_as_holder(connection: Connection, row: int, owner: str, values: Values, at: datetime) -> bool:
    """Set columns and give the lease back, if it is still ours; tokens among them begin a new version."""
    renewed = {"token_version": _table.c.token_version + 1} if "access_token" in values else {}
    statement = _changed(connection, row, {**values, **renewed, **NO_LEASE}, at).where(_table.c.lease_owner == owner)
    return connection.execute(statement).rowcount == 1


def take_flow(connection: Connection, row: int, flow_hash: str) -> bool:
    """Use up a connection that was begun; false when somebody else did, or began another."""
    statement = (
        update(PropertyIntegration)
        .where(_table.c.id == row, _table.c.flow_hash == flow_hash)
        .values(flow_hash=None, sealed_flow_verifier=None, flow_until=None)
    )
    return connection.execute(statement).rowcount == 1


def reseal(connection: Connection, stored: Stored, at: datetime) -> None:
    """Put every secret of a connection that opens under the current key."""
    opened = {name: stored.values[name] for name in SEALED if stored.values[name] is not None}
    change(connection, stored.id, opened, at)


def etag(connection: Connection, row: int, report: str, day: date, schema_version: int) -> str | None:
    """The ETag of the body that the book holds of a report, or nothing."""
    kept = IntegrationEtag
    statement = select(kept.etag).where(
        kept.integration_id == row,
        kept.report == report,
        kept.business_date == day,
        kept.schema_version == schema_version,
    )
    return connection.execute(statement).scalar_one_or_none()


def keep_etag(connection: Connection, row: int, values: Values) -> None:
    """Keep the ETag of a body, in the transaction that keeps the body: one is never there without the other.

    ``values``: report, business_date, schema_version, etag, revision.
    """
    kept = IntegrationEtag
    same = (kept.report == values["report"], kept.business_date == values["business_date"])
    connection.execute(delete(kept).where(kept.integration_id == row, *same))
    connection.execute(insert(kept).values(integration_id=row, **values))


def forget_etags(connection: Connection, row: int) -> None:
    """Forget every ETag of a connection: it was cut, or leads to another account."""
    connection.execute(delete(IntegrationEtag).where(IntegrationEtag.integration_id == row))


_OF_ACCOUNT: Final = IntegrationBudget.subject == bindparam("account")
_BUCKET: Final = select(IntegrationBudget.empty_at).where(_OF_ACCOUNT).with_for_update()
_DRAWN: Final = Prepared(update(IntegrationBudget).where(_OF_ACCOUNT).values(empty_at=bindparam("emptied")))


def draw(connection: Connection, subject: str, wanted: int, at: datetime, rate: Rate = RATE) -> tuple[int, timedelta]:
    """Draw at most ``wanted`` requests from the bucket of an account: how many, or zero and how long to wait."""
    key = {"account": sha256(subject.encode()).hexdigest()}
    until = connection.execute(_BUCKET, key).scalar_one_or_none()
    if until is None:
        engine = postgresql if connection.dialect.name == "postgresql" else sqlite
        new = {"subject": key["account"], "empty_at": at}
        connection.execute(engine.insert(IntegrationBudget).values(new).on_conflict_do_nothing())
        until = connection.execute(_BUCKET, key).scalar_one()
    full = at + rate.burst * rate.every
    begins = at if until > farthest(full) else min(max(until, at), full)  # the clock was set back: a bucket of its own
    free = int((full - begins) / rate.every)
    if free < 1:
        if begins < until:
            _DRAWN.run(connection, key | {"emptied": begins})
        return 0, begins + rate.every - full
    drawn = min(free, wanted)
    _DRAWN.run(connection, key | {"emptied": begins + drawn * rate.every})
    return drawn, timedelta(0)


def _changed(connection: Connection, row: int, values: Values, at: datetime) -> Update:
    columns, known = {"updated_at": at, **values}, keys()
    given = [name for name in SEALED if columns.get(name) is not None]
    destination = select(*(_table.c[name] for name in DESTINATION)).where(_table.c.id == row)
    addresses = {**connection.execute(destination).mappings().one(), **columns} if given else {}
    for name in SEALED:
        if name in columns:
            clear = columns.pop(name)
            columns[f"sealed_{name}"] = None if clear is None else seal(known, _place(row, name, addresses), clear)
    return update(PropertyIntegration).where(_table.c.id == row).values(**columns)


def _place(row: int, name: str, addresses: Values) -> str:
    """What a secret is sealed with: its row, its column, and where it is sent when it is."""
    place = f"property_integrations:{row}:sealed_{name}"
    return place if name == "webhook_secret" else place + canonical([addresses[one] for one in DESTINATION])


def listeners(connection: Connection, provider: str) -> list[tuple[int, str]]:
    """The hotels whose connection keeps a secret of signed messages, each with the account it leads to."""
    where = (_table.c.provider == provider, _table.c.sealed_webhook_secret.is_not(None), _table.c.account != "")
    found = select(_table.c.property_id, _table.c.account).where(*where).order_by(_table.c.property_id)
    return [(row.property_id, row.account) for row in connection.execute(found)]
