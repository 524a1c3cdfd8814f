"""A whole date read from the PMS: nine reports fetched, parsed and checked, beside bare HTTP of the same requests."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

import requests
from flask import Flask
from sqlalchemy import text

from bench.load import INSTANCE
from bench.measure import Measure
from config.settings import Settings
from database import properties, setup
from database.base import release
from database.transaction import read, write
from main import create_app
from utils import dates
from utils.lightspeed import invariants, night, storage
from utils.lightspeed.client import HEADERS, LIMIT, LightspeedClient
from utils.lightspeed.oauth import Connection
from utils.simulators import lightspeed as pms
from utils.simulators import serving
from utils.simulators.authorization import Client
from utils.simulators.faults import Fault
from utils.simulators.synthetic import SyntheticHotel

ACCOUNT: Final = "BANC"
DAY: Final = date(2025, 12, 23)
ROUNDS: Final = {0: 120, 100: 6}
_SECRET: Final = "secret-du-banc-sur-cette-machine-seulement"  # noqa: S105 - of a simulator that dies with it


def whole_date(latency_ms: int) -> tuple[Measure, Measure]:
    """Ours, and bare HTTP of the same requests in one session, at this latency a request."""
    with _simulator(latency_ms) as address, _application() as app, app.app_context():
        client = _connected(address)
        ours: list[float] = []
        bare: list[float] = []
        for number in range(ROUNDS[latency_ms] + 1):
            _refill()
            began = perf_counter()
            breaches = invariants.of_night({kind: night.read_report(client, kind, DAY) for kind in night.METHODS})
            ours += [perf_counter() - began] if number else []
            if breaches:
                raise RuntimeError("la nuit du banc ne tient pas")
            bare += [_bare(address, client)] if number else []
    return Measure.of(ours, sum(ours)), Measure.of(bare, sum(bare))


def ratios() -> dict[str, float]:
    """How many times bare HTTP a whole date takes, at 0 and at 100 ms; and both times."""
    values = {}
    for latency in ROUNDS:
        ours, bare = whole_date(latency)
        values[f"Date Lightspeed à {latency} ms (ms)"] = ours.median_ms
        values[f"HTTP nu des mêmes requêtes à {latency} ms (ms)"] = bare.median_ms
        values[f"Date Lightspeed à {latency} ms, sur HTTP nu"] = ours.median_ms / bare.median_ms
    return values


def _bare(address: str, client: LightspeedClient) -> float:
    """The same requests, headers included, with nothing around: one session, bodies read and thrown away."""
    token = client._keeper.ensure().tokens.access_token
    headers = {**HEADERS, "X-Request-Id": "banc", "Authorization": f"Bearer {token}"}
    with requests.Session() as session:
        session.trust_env = False
        began = perf_counter()
        for path, report in pms.PATHS.items():
            cursor: str | None = ""
            while cursor is not None:
                params = {"businessDate": DAY.isoformat()}
                if report in ("ArAging", "InHouse"):
                    params |= {"limit": str(LIMIT)} | ({"cursor": cursor} if cursor else {})
                answer = session.get(f"{address}/accounts/{ACCOUNT}{path}", params=params, headers=headers, timeout=10)
                following = answer.headers.get("Link", "")
                cursor = following.partition("cursor=")[2].partition(">")[0] if following else None
        return perf_counter() - began


@contextmanager
def _simulator(latency_ms: int) -> Iterator[str]:
    listening = serving.listening(0)
    address = f"http://{serving.HOST}:{listening.getsockname()[1]}"
    known = Client("banc", _SECRET, "", ACCOUNT, credentials=True)
    app = pms.create_app({ACCOUNT: SyntheticHotel(ACCOUNT)}, [known], address, _SECRET)
    simulator = app.extensions["simulateur"]
    simulator.buckets.enforced = False
    if latency_ms:
        simulator.faults.add(ACCOUNT, Fault("latency", str(latency_ms)))
    server = serving.server(app, listening)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _application() -> Iterator[Flask]:
    INSTANCE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=INSTANCE, prefix="bench-") as directory:
        app = create_app(Settings(demo=True, instance_path=str(Path(directory)), secret_key=_SECRET, log_level="ERROR"))
        setup.prepare(app, dates.now(), lambda password: password)
        yield app
        with app.app_context():
            release()


def _connected(address: str) -> LightspeedClient:
    with read() as connection:
        hotel = properties.property_by_code(connection, "DEMO")
    if hotel is None:
        raise RuntimeError("l’hôtel de démonstration manque")
    urls = {"base_url": address, "authorize_url": address, "token_url": f"{address}/oauth/token"}
    given = {"account": ACCOUNT, "client_id": "banc", "client_secret": _SECRET, "grant_type": "client_credentials"}
    storage.configure(
        hotel.id, Connection(**urls, revoke_url=f"{address}/oauth/revoke", issuer="", redirect_uri="", **given)
    )
    client = storage.client_for(hotel)
    client.authenticate()
    return client


def _refill() -> None:
    """Empty the bucket of the account: the rate is not what is measured; drawing from it is."""
    with write() as connection:
        connection.execute(text("UPDATE integration_budgets SET empty_at = '2000-01-01 00:00:00.000000'"))
    time.sleep(timedelta(milliseconds=5).total_seconds())
