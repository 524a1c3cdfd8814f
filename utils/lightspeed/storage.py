"""Where the connection of a hotel is kept: the only module of this package that knows the database.

``client_for`` gives the client of a hotel; ``configure`` sets its connection; ``seed`` gives it that of the settings of
the installation, once, after which the database governs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Final, TypeVar

from sqlalchemy import Connection as Database

from database import integrations
from database.integrations import Rate, Stored
from database.properties import Hotel
from database.transaction import jot, read, write
from utils import dates
from utils.lightspeed.budget import Budget
from utils.lightspeed.client import SCHEMA, LightspeedClient
from utils.lightspeed.errors import LightspeedConfigError
from utils.lightspeed.oauth import Connection, Tokens
from utils.lightspeed.reports import About
from utils.lightspeed.tokens import UNREADABLE, Kept, TokenKeeper
from utils.lightspeed.transport import verified

PROVIDER: Final = "lightspeed"
SWITCHED_OFF: Final = "Lightspeed est arrêté par un réglage de l’installation (LIGHTSPEED_ENABLED=non)."
"""Said wherever somebody would otherwise look for what is wrong with a connection."""

_SAME_LINK: Final = (*integrations.DESTINATION, "account", "client_id", "grant_type")
_budgets: dict[tuple[str, str], Budget] = {}

T = TypeVar("T")


def client_for(hotel: Hotel, *, enabled: bool = True) -> LightspeedClient:
    """The client of a hotel; unconfigured, or with ``LIGHTSPEED_ENABLED=non``, it asks nobody and says so."""
    store = PropertyStore(hotel.id, enabled=enabled)
    return LightspeedClient(TokenKeeper(store), store.budget(), hotel.currency)


def configure(property_id: int, connection: Connection, provider: str = PROVIDER) -> None:
    """Set the connection of a hotel. To another account, server or client, the tokens and ETags are forgotten."""
    for url in (connection.base_url, connection.authorize_url, connection.token_url, connection.revoke_url):
        verified(url)
    at = dates.now()
    with write() as database:
        stored = integrations.integration(database, property_id, provider)
        row = stored.id if stored else integrations.create_integration(database, property_id, provider, at)
        same = stored is not None and all(stored.values[name] == getattr(connection, name) for name in _SAME_LINK)
        integrations.change(database, row, asdict(connection), at)
        if not same or (stored is not None and stored.lost):
            _forget(database, row, at)


@dataclass(frozen=True, slots=True, repr=False)
class Options:
    """What a hotel chose beside its connection; no repr: it holds a secret."""

    auto_sync: bool = False
    webhook_secret: str | None = None


def options_of(database: Database, property_id: int, provider: str = PROVIDER) -> Options:
    """What a hotel chose; nothing chosen when it has no connection."""
    stored = integrations.integration(database, property_id, provider)
    return Options(stored.values["auto_sync"], stored.values["webhook_secret"]) if stored else Options()


def choose(
    database: Database, property_id: int, chosen: Mapping[str, bool | str | None], provider: str = PROVIDER
) -> None:
    """Keep what a hotel chose in the caller's transaction: ``auto_sync``, ``webhook_secret`` (``None`` forgets it)."""
    at = dates.now()
    row = integrations.integration_id(database, property_id, provider)
    row = integrations.create_integration(database, property_id, provider, at) if row is None else row
    integrations.change(database, row, chosen, at)


def hotels_that_listen(database: Database, provider: str = PROVIDER) -> list[tuple[int, str]]:
    """The hotels that keep a secret of signed messages, each with its account of the PMS."""
    return integrations.listeners(database, provider)


def seed(hotel: Hotel, settings: Mapping[str, str]) -> bool:
    """Give a hotel the connection of ``LIGHTSPEED_*``, once in its life; whether it was given.

    ``settings``: base_url, auth_url, client_id, client_secret, property_id, redirect_uri, and grant if need be. Without
    client, secret and property nothing is done. A mark stays whatever happens next: a hotel that was cut, or emptied,
    is not given it again; one that people had connected keeps what they chose, and is marked too. Raises
    ``LightspeedConfigError`` for an address that is not safe.
    """
    if not all(settings[name] for name in ("client_id", "client_secret", "property_id")):
        return False
    given = replace(
        installed(settings["base_url"], settings["auth_url"]),
        redirect_uri=settings["redirect_uri"],
        account=settings["property_id"],
        client_id=settings["client_id"],
        client_secret=settings["client_secret"],
        grant_type=settings.get("grant", "authorization_code"),
    )
    for url in (given.base_url, given.authorize_url):
        verified(url)
    at = dates.now()
    with write() as database:
        stored = integrations.integration(database, hotel.id, PROVIDER)
        if stored is not None and stored.values["seeded_at"] is not None:
            return False
        row = stored.id if stored else integrations.create_integration(database, hotel.id, PROVIDER, at)
        taken = stored is not None and bool(stored.values["account"])
        integrations.change(database, row, {"seeded_at": at} | ({} if taken else asdict(given)), at)
    return not taken


def is_marked(database: Database, property_id: int) -> bool:
    """Whether the settings of the installation were considered for this hotel already."""
    stored = integrations.integration(database, property_id, PROVIDER)
    return stored is not None and stored.values["seeded_at"] is not None


def installed(base_url: str, auth_url: str) -> Connection:
    """The addresses of an installation, without account nor client; ``auth_url`` empty is that of the API."""
    base = base_url.rstrip("/")
    auth = (auth_url or base).rstrip("/")
    return Connection(
        base_url=base,
        authorize_url=f"{auth}/oauth/authorize",
        token_url=f"{auth}/oauth/token",
        revoke_url=f"{auth}/oauth/revoke",
        issuer=auth,
        redirect_uri="",
        account="",
        client_id="",
        client_secret="",
        grant_type="authorization_code",
    )


def known_etag(database: Database, property_id: int, report: str, day: date) -> str | None:
    """The ETag of the body that the book holds of a report (the name of its class), to give to a ``get_…``."""
    stored = integrations.integration(database, property_id, PROVIDER)
    return integrations.etag(database, stored.id, report, day, SCHEMA) if stored else None


def keep_etag(database: Database, property_id: int, report: str, about: About) -> None:
    """Keep the ETag of a report in the caller's transaction, the one that keeps its figures: both or neither."""
    stored = integrations.integration(database, property_id, PROVIDER)
    if stored and about.etag:
        values = {"report": report, "business_date": about.business_date, "schema_version": SCHEMA}
        integrations.keep_etag(database, stored.id, {**values, "etag": about.etag, "revision": about.revision})


class PropertyStore:
    """The ``tokens.Store`` of one hotel; each method is a transaction of its own.

    Another service that is connected as the PMS is says which it is, of what its connection is made, and its rate.
    """

    provider: ClassVar[str] = PROVIDER
    link: ClassVar[type[Connection]] = Connection
    rate: ClassVar[Rate] = integrations.RATE
    switched_off: ClassVar[str] = SWITCHED_OFF

    def __init__(self, property_id: int, *, enabled: bool = True) -> None:
        self._property = property_id
        self._enabled = enabled
        self._sealed: tuple[Any, ...] | None = None
        self._opened: Kept | None = None

    def load(self) -> Kept | None:
        """The connection; its secrets pass under the current key when they were under a former one.

        Raises ``LightspeedConfigError`` when the installation switched Lightspeed off.

        The row is read each time, since another process may renew or cut, and opened again only when it changed.
        """
        if not self._enabled:
            raise LightspeedConfigError(self.switched_off)
        with read() as database:
            sealed = integrations.sealed_row(database, self._property, self.provider)
            if sealed != self._sealed:
                stored = integrations.integration(database, self._property, self.provider)
        if sealed != self._sealed:
            if stored is not None and stored.stale and not stored.lost:
                with write() as database:
                    stored = integrations.integration(database, self._property, self.provider)
                    if stored is not None:
                        integrations.reseal(database, stored, dates.now())
            self._opened = None if stored is None else _kept(stored, self.link)
            self._sealed = sealed
        return self._opened

    def take_lease(self, version: int, owner: str) -> bool:
        """Be the one who renews this version."""
        return self._written(lambda database, row, at: integrations.take_lease(database, row, version, owner, at))

    def save(self, owner: str, tokens: Tokens) -> bool:
        """Keep renewed tokens as a new version."""
        values = {**asdict(tokens), **integrations.SOUND}
        return self._written(lambda database, row, at: integrations.change_as_holder(database, row, owner, values, at))

    def give_up(self, owner: str, reauth_reason: str | None) -> None:
        """Give the lease back, with the reason why a person must connect again, if any."""
        lost = {"requires_reauth": True, "reauth_reason": reauth_reason} if reauth_reason else {}
        self._written(lambda database, row, at: integrations.change_as_holder(database, row, owner, lost, at))

    def postpone(self, owner: str, until: datetime) -> None:
        """Keep the lease until an instant: nobody renews before."""
        self._written(lambda database, row, _at: integrations.extend_lease(database, row, owner, until))

    def connect(self, tokens: Tokens) -> None:
        """Keep the first tokens of a grant; a renewal that was under way no longer counts."""

        def connected(database: Database, row: int, at: datetime) -> None:
            values = {**asdict(tokens), **integrations.SOUND, **integrations.NO_LEASE, "connected_at": at}
            integrations.change_tokens(database, row, values, at)

        self._written(connected)

    def begin_flow(self, flow_hash: str, verifier: str, until: datetime) -> None:
        """Remember that somebody is on the authorization page."""
        values = {"flow_hash": flow_hash, "flow_verifier": verifier, "flow_until": until}
        self._written(lambda database, row, at: integrations.change(database, row, values, at))

    def take_flow(self, flow_hash: str) -> bool:
        """Use it up."""
        return self._written(lambda database, row, _at: integrations.take_flow(database, row, flow_hash))

    def wipe(self) -> None:
        """Forget tokens, flow and ETags."""
        self._written(_forget)

    def erase(self) -> None:
        """Forget the whole connection: account, client, secrets, tokens, ETags. The mark of ``seed`` stays."""

        def erased(database: Database, row: int, at: datetime) -> None:
            _forget(database, row, at)
            integrations.change(database, row, integrations.NO_LINK, at)

        self._written(erased)

    def budget(self) -> Budget:
        """The rate of this hotel's account, one in this process."""
        kept = self.load() if self._enabled else None
        subject = f"{kept.connection.base_url}|{kept.connection.account}" if kept else f"|{self._property}"

        def draw(wanted: int) -> tuple[int, timedelta]:
            with jot() as database:
                return integrations.draw(database, subject, wanted, dates.now(), self.rate)

        return _budgets.setdefault((integrations.place_of_book(), subject), Budget(draw, self.rate.block))

    def _written(self, action: Callable[[Database, int, datetime], T]) -> T:
        with write() as database:
            row = integrations.integration_id(database, self._property, self.provider)
            if row is None:
                raise LightspeedConfigError("Lightspeed n’est pas configuré pour cet hôtel.")
            return action(database, row, dates.now())


def _forget(database: Database, row: int, at: datetime) -> None:
    empty = {**integrations.NO_TOKENS, **integrations.NO_FLOW, **integrations.NO_LEASE, **integrations.SOUND}
    integrations.change_tokens(database, row, empty, at)
    integrations.forget_etags(database, row)


def _kept(stored: Stored, link: type[Connection]) -> Kept:
    """The connection as it is used; of one whose secrets do not open, nothing is."""
    values, tokens = stored.values, None
    if values["access_token"] is not None and not stored.lost:
        tokens = Tokens(*(values[name] for name in ("access_token", "refresh_token", "scope", "expires_at")))
    known = {one.name: values[one.name] or "" for one in fields(link)}
    return Kept(
        link(**known),
        tokens,
        values["token_version"],
        values["lease_until"],
        UNREADABLE if stored.lost else values["reauth_reason"],
        values["flow_hash"],
        values["flow_verifier"],
        values["flow_until"],
    )
