"""A whole synchronisation: reports read, six tabs written and journaled, beside bare HTTP of the same requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from time import perf_counter
from typing import Final

import requests

from bench import lightspeed
from bench.lightspeed import ACCOUNT, DAY
from bench.measure import Measure
from database import properties
from database.transaction import read
from utils import dates
from utils.actions.lightspeed import LightspeedSync
from utils.actions.open_night import open_night
from utils.actions.person import Machine
from utils.simulators import lightspeed as pms

ROUNDS: Final = {0: 20, 100: 5}
NOT_ASKED: Final = ("InHouse",)
"""The report that a synchronisation leaves alone."""


def ratios() -> dict[str, float]:
    """A first synchronisation, one that changes nothing, and the floor, at 0 and at 100 ms a request."""
    values = {}
    for latency in ROUNDS:
        first, again, bare = _measured(latency)
        values[f"Synchronisation à {latency} ms (ms)"] = first.median_ms
        values[f"Synchronisation sans changement à {latency} ms (ms)"] = again.median_ms
        values[f"HTTP nu de ses requêtes à {latency} ms (ms)"] = bare.median_ms
        values[f"Synchronisation à {latency} ms, sur HTTP nu"] = first.median_ms / bare.median_ms
    return values


def _measured(latency: int) -> tuple[Measure, Measure, Measure]:
    first: list[float] = []
    again: list[float] = []
    bare: list[float] = []
    with lightspeed._simulator(latency) as address, lightspeed._application() as app, app.app_context():
        lightspeed._connected(address)
        for number, (property_id, day) in enumerate(_nights(ROUNDS[latency] + 1)):
            durations = [_once(property_id, day), _once(property_id, day), _bare(address, day)]
            if number:
                for kept, spent in zip((first, again, bare), durations, strict=True):
                    kept.append(spent)
    return tuple(Measure.of(kept, sum(kept)) for kept in (first, again, bare))  # type: ignore[return-value]


def _nights(count: int) -> Iterator[tuple[int, date]]:
    """Nights of the demonstration, open and empty."""
    with read() as connection:
        hotel = properties.property_by_code(connection, "DEMO")
    if hotel is None:
        raise RuntimeError("l’hôtel de démonstration manque")
    for number in range(count):
        day = DAY - timedelta(days=number)
        open_night(Machine(hotel.id), day, dates.now())
        yield hotel.id, day


def _once(property_id: int, day: date) -> float:
    lightspeed._refill()
    began = perf_counter()
    result = LightspeedSync(property_id).sync_session(day)
    if not result.final:
        raise RuntimeError(f"la synchronisation du banc n’est pas entière : {result.message}")
    return perf_counter() - began


def _bare(address: str, day: date) -> float:
    """The same requests with nothing around, with a token of their own."""
    with requests.Session() as session:
        session.trust_env = False
        form = {"grant_type": "client_credentials"}
        answer = session.post(f"{address}/oauth/token", data=form, auth=("banc", lightspeed._SECRET), timeout=10)
        headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        began = perf_counter()
        for path, report in pms.PATHS.items():
            if report not in NOT_ASKED:
                url = f"{address}/accounts/{ACCOUNT}{path}"
                session.get(url, params={"businessDate": day.isoformat()}, headers=headers, timeout=10)
        return perf_counter() - began
