"""Where the connection of a hotel with MARSHA is kept: the only module of this package that knows the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Final

from sqlalchemy import Connection as Database

from database import integrations
from database.integrations import Rate
from utils.lightspeed import storage
from utils.lightspeed.oauth import OFFLINE, Connection
from utils.lightspeed.storage import PropertyStore
from utils.marsha.signing import Key, key_of

PROVIDER: Final = "marsha"
PER_MINUTE: Final = 8
"""Requests of a property in any minute, every process together; MARSHA allows ten."""

_BURST: Final = 2
RATE: Final = Rate(_BURST, timedelta(seconds=60 / (PER_MINUTE - _BURST)), 1)
"""A bucket of two that drains one in ten seconds: never more than 2 + 6 in a minute."""

WRITE: Final = "marsha.dbrs.write"
READ: Final = "marsha.benchmarks.read"


@dataclass(frozen=True, slots=True, repr=False)
class MarshaConnection(Connection):
    """The settings and secrets of one hotel’s connection; ``account`` is its property code."""

    tenant: str = ""
    signing_key: str = ""
    signing_key_id: str = ""

    scopes: ClassVar[tuple[str, ...]] = (WRITE, READ, OFFLINE)
    required: ClassVar[frozenset[str]] = frozenset({WRITE})

    def key(self) -> Key:
        """What signs its requests."""
        return key_of(self.signing_key_id, self.signing_key, self.client_id, self.client_secret)


class MarshaStore(PropertyStore):
    """The ``tokens.Store`` of one hotel for MARSHA."""

    provider: ClassVar[str] = PROVIDER
    link: ClassVar[type[Connection]] = MarshaConnection
    rate: ClassVar[Rate] = RATE


def configure(property_id: int, connection: MarshaConnection) -> None:
    """Set the connection of a hotel; to another tenant, server or client, the tokens are forgotten."""
    storage.configure(property_id, connection, PROVIDER)


def is_set(database: Database, property_id: int) -> bool:
    """Whether a hotel has a connection, in the caller’s transaction; opens no secret."""
    return bool(code_of(database, property_id))


def code_of(database: Database, property_id: int) -> str:
    """The property code of a connection, empty without one; opens no secret."""
    return integrations.account_of(database, property_id, PROVIDER)


def installed(base_url: str, auth_url: str, **given: str) -> MarshaConnection:
    """The connection of an installation to its addresses; ``auth_url`` empty is that of the API."""
    shared = storage.installed(base_url, auth_url)
    addresses = {name: getattr(shared, name) for name in ("authorize_url", "token_url", "revoke_url", "issuer")}
    return MarshaConnection(base_url=shared.base_url, **addresses, **given)
