"""A client that keeps nothing: what tries credentials before they are saved."""

from __future__ import annotations

from datetime import datetime, timedelta

from utils.lightspeed.budget import BLOCK, Budget
from utils.lightspeed.client import LightspeedClient
from utils.lightspeed.oauth import Connection, Tokens
from utils.lightspeed.tokens import Kept, TokenKeeper
from utils.lightspeed.transport import verified


def trial_client(connection: Connection, currency: str) -> LightspeedClient:
    """A client of this connection, its tokens in memory; raises ``LightspeedConfigError`` for an unsafe address."""
    for url in (connection.base_url, connection.token_url):
        verified(url)
    return LightspeedClient(trial_keeper(connection), Budget(lambda _: (BLOCK, timedelta(0))), currency)


def trial_keeper(connection: Connection, tokens: Tokens | None = None) -> TokenKeeper:
    """The tokens of this connection, in memory: those given, or those that it is granted."""
    return TokenKeeper(_Memory(connection, tokens))


class _Memory:
    """A ``tokens.Store`` that forgets everything with itself."""

    def __init__(self, connection: Connection, tokens: Tokens | None = None) -> None:
        self._connection = connection
        self._tokens = tokens

    def load(self) -> Kept:
        return Kept(self._connection, self._tokens, 0, None, None, None, None, None)

    def take_lease(self, version: int, owner: str) -> bool:  # noqa: ARG002 - the protocol of a store
        return True

    def save(self, owner: str, tokens: Tokens) -> bool:  # noqa: ARG002
        self._tokens = tokens
        return True

    def give_up(self, owner: str, reauth_reason: str | None) -> None:
        """Nothing is kept."""

    def postpone(self, owner: str, until: datetime) -> None:
        """Nothing is kept."""

    def connect(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def begin_flow(self, flow_hash: str, verifier: str, until: datetime) -> None:
        """No page is opened here."""

    def take_flow(self, flow_hash: str) -> bool:  # noqa: ARG002
        return False

    def wipe(self) -> None:
        self._tokens = None
