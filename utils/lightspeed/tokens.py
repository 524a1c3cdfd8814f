"""The tokens of one hotel: connecting, renewing once however many processes need it, cutting.

A renewal is done by whoever takes a lease on the version of the tokens, outside any transaction, and is kept before
the new token is used. The others wait for the new version. A holder that died leaves a lease that runs out.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Protocol

from utils import dates
from utils.lightspeed import oauth
from utils.lightspeed.errors import LightspeedAPIError, LightspeedAuthError, LightspeedConfigError
from utils.lightspeed.oauth import Ambiguous, Connection, GrantLost, Tokens
from utils.lightspeed.transport import verified

LEEWAY: Final = timedelta(seconds=90)
"""Tokens are renewed this long before they expire."""

FLOW: Final = timedelta(minutes=10)
"""How long a person may take on the authorization page."""

POSTPONED: Final = timedelta(hours=1)
"""How long a renewal that is in doubt is left alone at most, while the access token still works."""

TRUSTED_S: Final = 1.0
"""How long a reading uses what it saw of the connection: one that was cut meanwhile is refused by the server anyway."""

UNREADABLE: Final = "illisible"
"""Why a person must connect again when the secrets of the link do not open any more."""

_PATIENCE_S: Final = 15
_POLL_S: Final = 0.07


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """A connection as it is kept, at one moment."""

    connection: Connection
    tokens: Tokens | None
    version: int
    lease_until: datetime | None
    reauth_reason: str | None
    flow_hash: str | None
    flow_verifier: str | None
    flow_until: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class Granted:
    """A connection that may be used, with its tokens and the version that a refusal of them must name."""

    kept: Kept
    tokens: Tokens
    version: int

    @property
    def connection(self) -> Connection:
        """The settings of the hotel's connection."""
        return self.kept.connection


class Store(Protocol):
    """Where a connection is kept; every method is one transaction, committed when it returns."""

    def load(self) -> Kept | None:
        """The connection, or nothing when the hotel has none."""

    def take_lease(self, version: int, owner: str) -> bool:
        """Be the one who renews this version."""

    def save(self, owner: str, tokens: Tokens) -> bool:
        """Keep renewed tokens as a new version, and give the lease back, if it is still ours."""

    def give_up(self, owner: str, reauth_reason: str | None) -> None:
        """Give the lease back; with a reason, say that a person must connect again."""

    def postpone(self, owner: str, until: datetime) -> None:
        """Keep the lease until an instant."""

    def connect(self, tokens: Tokens) -> None:
        """Keep the first tokens of a grant."""

    def begin_flow(self, flow_hash: str, verifier: str, until: datetime) -> None:
        """Remember that somebody is on the authorization page; a former one no longer counts."""

    def take_flow(self, flow_hash: str) -> bool:
        """Use it up; false when it was already."""

    def wipe(self) -> None:
        """Forget tokens, flow and ETags."""


class TokenKeeper:
    """The tokens of one hotel, renewed as needed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: Granted | None = None
        self._seen_until = 0.0

    def kept(self) -> Kept:
        """The connection; raises ``LightspeedConfigError`` when it is missing or incomplete."""
        kept = self._store.load()
        if kept is not None and kept.reauth_reason == UNREADABLE:
            raise LightspeedConfigError("Les secrets gardés ne s’ouvrent plus : les taper de nouveau.", UNREADABLE)
        if kept is None or not is_complete(kept.connection):
            raise LightspeedConfigError("Lightspeed n’est pas configuré pour cet hôtel.")
        for url in (kept.connection.base_url, kept.connection.authorize_url, kept.connection.token_url):
            verified(url)
        return kept

    def begin(self, person: str) -> str:
        """The address of the authorization page, for one person (an opaque text of her session), for ten minutes."""
        connection = self.kept().connection
        if connection.grant_type != "authorization_code":
            raise LightspeedConfigError("Cet hôtel se relie sans page d’autorisation.")
        if not connection.redirect_uri:
            raise LightspeedConfigError("L’adresse de retour (LIGHTSPEED_REDIRECT_URI) n’est pas configurée.")
        state, verifier = secrets.token_urlsafe(32), oauth.new_verifier()
        self._store.begin_flow(_flow_hash(state, person), verifier, dates.now() + FLOW)
        return oauth.authorization_url(connection, state, verifier)

    def finish(self, callback: Mapping[str, str], person: str) -> None:
        """Keep the tokens that the answer of the authorization page leads to.

        The state is compared in constant time and used up before anything else, even when the page says no.
        """
        kept = self.kept()
        given = _flow_hash(callback.get("state", ""), person)
        expected = kept.flow_hash or ""
        in_time = dates.holds(kept.flow_until, dates.now(), FLOW)
        if not hmac.compare_digest(given, expected) or not self._store.take_flow(expected) or not in_time:
            raise LightspeedAuthError("Ce retour de Lightspeed n’est pas attendu : recommencer la liaison.", "etat")
        issuer, ours = callback.get("iss"), kept.connection.issuer
        if ours and issuer != ours:
            raise LightspeedAuthError("Ce retour ne vient pas du serveur de Lightspeed attendu.", "etat")
        if "error" in callback or not callback.get("code") or not kept.flow_verifier:
            raise LightspeedAuthError("La liaison avec Lightspeed a été refusée.", "refus")
        self._connect(kept.connection, oauth.exchange_code(kept.connection, callback["code"], kept.flow_verifier))

    def connect_by_credentials(self) -> None:
        """Connect an account that is set to client credentials."""
        connection = self.kept().connection
        self._connect(connection, oauth.client_credentials(connection))

    def _connect(self, connection: Connection, tokens: Tokens) -> None:
        if oauth.missing_scopes(tokens.scope, connection.required):
            raise LightspeedAuthError("Lightspeed n’a pas accordé la lecture des rapports.", "portee")
        self._store.connect(tokens)
        self._seen = None

    def ensure(self) -> Granted:
        """An access token that is good for a while; renewed first if it is about to expire."""
        recent = self._seen if time.monotonic() < self._seen_until else None
        granted = recent or self._remembered(self._usable())
        return granted if _fresh(granted.kept) else self.renew(granted.version)

    def renew(self, failed_version: int) -> Granted:
        """Another token than the one of this version, which was refused; many refusals of one make one renewal."""
        self._seen = None
        granted = self._usable()
        return self._remembered(granted if granted.version != failed_version else self._renewed(failed_version))

    def _remembered(self, granted: Granted) -> Granted:
        self._seen, self._seen_until = granted, time.monotonic() + TRUSTED_S
        return granted

    def _usable(self) -> Granted:
        kept = self.kept()
        if kept.reauth_reason is not None:
            raise GrantLost
        if kept.tokens is None and kept.connection.grant_type == "client_credentials":
            self.connect_by_credentials()  # nobody has to consent: whoever asks first connects
            kept = self.kept()
        if kept.tokens is None:
            raise LightspeedAuthError("L’hôtel n’est pas relié à Lightspeed.", "reconnecter")
        return Granted(kept, kept.tokens, kept.version)

    def _renewed(self, version: int) -> Granted:
        """Renew the tokens of a version, or wait for whoever does."""
        owner, until = secrets.token_hex(16), time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            if self._store.take_lease(version, owner):
                return self._renew_as_holder(owner)
            time.sleep(_POLL_S)
            granted = self._usable()
            if granted.version != version:
                return granted
        raise LightspeedAPIError("Le renouvellement de la liaison tarde.", "delai", retry_after=30)

    def _renew_as_holder(self, owner: str) -> Granted:
        granted = self._usable()
        tokens = granted.tokens
        try:
            if granted.connection.grant_type == "client_credentials":
                renewed = oauth.client_credentials(granted.connection)
            elif tokens.refresh_token is None:
                raise GrantLost
            else:
                renewed = oauth.refresh(granted.connection, tokens.refresh_token)
        except GrantLost:
            self._store.give_up(owner, "invalid_grant")
            raise
        except Ambiguous:
            # The answer may have held the next token: asking again at once could look like theft. While the access
            # token still works, it is used; once it has expired the lease is free and somebody asks once more.
            if tokens.expires_at is not None and dates.now() < tokens.expires_at:
                self._store.postpone(owner, min(tokens.expires_at, dates.now() + POSTPONED))
                return granted
            raise
        except Exception:
            self._store.give_up(owner, None)
            raise
        merged = Tokens(
            renewed.access_token,
            renewed.refresh_token or tokens.refresh_token,
            renewed.scope or tokens.scope,
            renewed.expires_at,
        )
        if not self._store.save(owner, merged):
            return self._usable()  # the hotel was cut or connected anew meanwhile
        version = granted.version + 1
        return Granted(replace(granted.kept, tokens=merged, version=version, lease_until=None), merged, version)

    def disconnect(self) -> bool:
        """Have the server forget the tokens, then forget them; whether the server said that it did."""
        kept, self._seen = self._store.load(), None
        revoked = True
        if kept is not None and kept.tokens is not None:
            if kept.tokens.refresh_token:
                revoked = oauth.revoke(kept.connection, kept.tokens.refresh_token, "refresh_token")
            revoked = oauth.revoke(kept.connection, kept.tokens.access_token, "access_token") and revoked
        self._store.wipe()
        return revoked


def is_complete(connection: Connection) -> bool:
    """Whether client, secret and account are there: without them nothing leaves the machine."""
    return bool(connection.client_id and connection.client_secret and connection.account and connection.base_url)


def _fresh(kept: Kept) -> bool:
    """Whether the access token may be used as it is; while somebody renews it, it may until it expires."""
    expires: Any = kept.tokens.expires_at if kept.tokens else None
    if expires is None:
        return True
    now = dates.now()
    renewing = dates.holds(kept.lease_until, now, POSTPONED)
    return bool(now < (expires if renewing else expires - LEEWAY))


def _flow_hash(state: str, person: str) -> str:
    """What is kept of a state: its digest with the person who began, so that nobody finishes for another."""
    return sha256(f"{state}|{person}".encode()).hexdigest() if state else "aucun"
