"""The two hot paths of the night: read it whole as JSON, save a field durably."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from time import perf_counter
from typing import Final

from bench import application, floors
from bench.floors import CONCURRENCIES
from bench.load import Client, Server, Step, get, serve
from bench.measure import Measure
from config.settings import ROOT
from utils.dates import now

GOLDEN: Final = ROOT / "tests" / "fixtures" / "nuits" / "complet-2025-12-23.json"
FIELDS: Final = (
    "jour_massage",
    "jour_vestiaire",
    "jour_fax",
    "jour_boutique",
    "jour_socan",
    "jour_resonne",
    "jour_buanderette",
    "jour_repas_nb",
)

TURNS, A_TURN = 30, 20


def _address() -> str:
    """Yesterday's night, a date that the demonstration may always open."""
    return f"/api/rj/native/session/{(now() - timedelta(days=2)).date().isoformat()}"


def _sign_in(client: Client) -> None:
    application.sign_in(client)
    client.headers |= {"X-Hotel": "DEMO", "Content-Type": "application/json"}


def _fill(server: Server) -> None:
    """Open the night and type the golden figures in it."""
    client, night = Client(server.port), json.loads(GOLDEN.read_text(encoding="utf-8"))
    _sign_in(client)
    client.send("POST", _address())
    version = client.send("PUT", f"{_address()}/reprise", json.dumps(night["previous"]).encode()).json()["version"]
    for tab, values in night["tabs"].items():
        body = json.dumps({"version": version, "values": values}).encode()
        answer = client.send("PATCH", f"{_address()}/{tab}", body)
        version = answer.json()["version"]
    client.close()


@contextmanager
def _served() -> Iterator[Server]:
    with serve() as server:
        _fill(server)
        yield server


def read_night() -> dict[int, Measure]:
    """The whole golden night as JSON."""
    with _served() as server:
        return {each: server.under(get(_address()), each, sign_in=_sign_in) for each in CONCURRENCIES}


def save_field() -> dict[int, Measure]:
    """One field of the Jour saved durably, journal and projections included; each client types in its own field."""
    fields = itertools.cycle(FIELDS)

    def chosen(client: Client) -> None:
        _sign_in(client)
        client.headers |= {"X-Champ": next(fields), "X-Version": str(client.send("GET", _address()).json()["version"])}

    with _served() as server:
        return {each: server.under(_saving(), each, sign_in=chosen) for each in CONCURRENCIES}


def save_beside_floors() -> dict[str, float]:
    """A save, an empty signed-in view and a durable commit in turns: what passes on the machine weighs on all three."""
    saves, views, commits = [], [], []
    with serve("bench.application:with_empty_view()") as server, closing(Client(server.port)) as client:
        _fill(server)
        _sign_in(client)
        version = client.send("GET", _address()).json()["version"]
        client.headers |= {"X-Champ": FIELDS[0], "X-Version": str(version)}
        save, view, path = _saving(), get(application.EMPTY), server.instance / "floor.db"
        floors.create(path)
        for _ in range(TURNS):
            saves += _timed(save, client)
            views += _timed(view, client)
            commits += floors.commits(path, A_TURN)
    medians = [Measure.of(each, sum(each)).median_ms for each in (saves, views, commits)]
    return {
        "Enregistrement, à tour de rôle (ms)": medians[0],
        "Vue connectée vide, à tour de rôle (ms)": medians[1],
        "Écriture durable, à tour de rôle (ms)": medians[2],
        "Enregistrement, sur vue connectée vide + écriture durable": medians[0] / (medians[1] + medians[2]),
    }


def _timed(step: Step, client: Client) -> list[float]:
    durations = []
    for _ in range(A_TURN):
        begun = perf_counter()
        step(client)
        durations.append(perf_counter() - begun)
    return durations


def _saving() -> Step:
    cents = itertools.count(100)

    def step(client: Client) -> None:
        figure = next(cents)
        values = {client.headers["X-Champ"]: f"{figure // 100}.{figure % 100:02d}"}
        body = json.dumps({"version": int(client.headers["X-Version"]), "values": values}).encode()
        answer = client.send("PATCH", f"{_address()}/jour", body, Accept_Encoding="gzip")
        if answer.status != 200:  # noqa: PLR2004 - the status of success
            raise RuntimeError(f"{answer.status}, {answer.body[:300]!r}")
        client.headers["X-Version"] = gzip.decompress(answer.body)[11:30].partition(b",")[0].decode()

    return step
