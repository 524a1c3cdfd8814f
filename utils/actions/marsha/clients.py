"""Who answers for a hotel: MARSHA where it is connected, the simulator inside this process for a demonstration.

    client_of(hotel).submit(body, key)

A demonstration without a connection of its own never leaves the process, and one that has one only reaches this
machine; a real hotel without credentials asks nobody.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from flask import Flask, current_app
from sqlalchemy import Connection as Database

from database.properties import Hotel
from utils import dates
from utils.lightspeed.budget import Budget
from utils.lightspeed.oauth import Tokens
from utils.lightspeed.tokens import TokenKeeper
from utils.lightspeed.transport import is_plain_loopback
from utils.lightspeed.trial import trial_keeper
from utils.marsha import storage
from utils.marsha.client import CALL_S, MarshaClient
from utils.marsha.errors import MarshaConfigError, understood
from utils.marsha.storage import MarshaConnection, MarshaStore
from utils.simulators import marsha as simulator
from utils.simulators.authorization import Client, Grant
from utils.simulators.inside import InsideAdapter
from utils.simulators.marsha_ledger import Ledger
from utils.simulators.marsha_signature import Signatures

SIMULATION: Final = "Simulation"
CODE: Final = re.compile(r"[A-Z0-9]{3,12}", re.ASCII)
_EXTENSION: Final = "rj_marsha"
_NOWHERE: Final = "https://simulation.invalid"
_TOKEN: Final = "simulation"  # noqa: S105 - it opens nothing but the simulator inside
_FOR_EVER: Final = 10**12


class Installation(NamedTuple):
    """What the installation says of MARSHA, whatever the hotel."""

    enabled: bool
    base_url: str
    auth_url: str
    redirect_uri: str
    grant: str


def installation() -> Installation:
    """The settings of this application."""
    settings = current_app.config["SETTINGS"]
    local = f"http://{settings.host}:{settings.port}/api/marsha/callback" if settings.demo else ""
    return Installation(
        settings.marsha_enabled,
        settings.marsha_base_url,
        settings.marsha_auth_url,
        settings.marsha_redirect_uri or local,
        {"code": "authorization_code", "client": "client_credentials"}[settings.marsha_grant],
    )


def is_linked(database: Database, hotel: Hotel) -> bool:
    """Whether what this hotel submits goes somewhere; opens no secret."""
    return installation().enabled and (hotel.demo or storage.is_set(database, hotel.id))


def is_connected_elsewhere(database: Database, hotel: Hotel) -> bool:
    """Whether a hotel has a connection of its own, rather than the simulator inside."""
    return storage.is_set(database, hotel.id)


def source_of(hotel: Hotel) -> str:
    """``live``, or ``demo`` for what a demonstration hotel sends, wherever it goes."""
    return "demo" if hotel.demo else "live"


def property_code(database: Database, hotel: Hotel) -> str:
    """The code of the hotel at MARSHA, the simulator’s for a demonstration without a connection."""
    return storage.code_of(database, hotel.id) or simulated_code(hotel)


def client_of(hotel: Hotel, *, patience_s: float = CALL_S) -> MarshaClient:
    """The client of a hotel; raises ``MarshaConfigError`` when nobody answers for it.

    ``patience_s``: how long its turn in the budget is waited for.
    """
    here = installation()
    if not here.enabled:
        raise MarshaConfigError
    with understood():
        kept = MarshaStore(hotel.id).load()
        if kept is not None and kept.connection.account:
            if hotel.demo and not is_plain_loopback(kept.connection.base_url):
                raise MarshaConfigError
            store = MarshaStore(hotel.id)
            return MarshaClient(TokenKeeper(store), store.budget(), patience_s=patience_s)
    if not hotel.demo:
        raise MarshaConfigError
    return simulated(hotel, patience_s=patience_s)


def simulated(
    hotel: Hotel, *, patience_s: float = CALL_S, budget: Budget | None = None, clock: Callable[[], datetime] = dates.now
) -> MarshaClient:
    """The client of a demonstration hotel on the simulator inside; ``budget`` and ``clock`` are its own by default."""
    if not hotel.demo:
        raise MarshaConfigError
    app, connection = _inside(hotel)
    app.extensions["simulateur"].clock = clock
    keeper = trial_keeper(connection, Tokens(_TOKEN, None, " ".join(simulator.SCOPES), None))
    mine = budget or MarshaStore(hotel.id).budget()
    return MarshaClient(keeper, mine, inside=InsideAdapter(app), patience_s=patience_s)


def free_budget() -> Budget:
    """A budget that never makes anybody wait: for the nights that a demonstration is made with."""
    return Budget(lambda wanted: (wanted, timedelta(0)))


def simulated_code(hotel: Hotel) -> str:
    """The code of a demonstration hotel at the simulator: its own, letters and figures alone."""
    return re.sub(r"[^A-Z0-9]", "", hotel.code.upper())[:12].ljust(3, "0")


def _inside(hotel: Hotel) -> tuple[Flask, MarshaConnection]:
    """The simulator of a hotel in this process, and a connection to it; its memory is a file of the installation."""
    known: dict[str, Any] = current_app.extensions.setdefault(_EXTENSION, {})
    if hotel.code not in known:
        code = simulated_code(hotel)
        given = {"account": code, "client_id": "simulation", "client_secret": secrets.token_urlsafe(32)}
        connection = storage.installed(
            _NOWHERE, "", redirect_uri="", grant_type="client_credentials", tenant="simulation", **given
        )
        key = connection.key()
        properties = {code: simulator.Property(hotel.name, Signatures({key.id: key.secret}))}
        client = Client("simulation", given["client_secret"], "", code, credentials=True)
        ledger = Ledger(current_app.config["SETTINGS"].instance_dir / "simulateur-marsha.json")
        app = simulator.create_app(properties, [client], _NOWHERE, secrets.token_urlsafe(24), ledger)
        inside = app.extensions["simulateur"]
        inside.authority.grants.append(Grant(client, " ".join(simulator.SCOPES), access={_TOKEN: _FOR_EVER}))
        inside.buckets.enforced = False  # the client’s own limiter is the one that a demonstration shows
        known[hotel.code] = app, connection
    found: tuple[Flask, MarshaConnection] = known[hotel.code]
    return found
