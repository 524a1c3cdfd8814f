"""What a supervisor counts: `/metrics`, in the text format of Prometheus; for its token, or for the machine itself."""

from __future__ import annotations

import hmac
import shutil
from time import perf_counter
from typing import Final, NamedTuple

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from database import journal_rows, nights
from database.transaction import StorageError, read
from routes.access import public
from routes.erreurs import ApiError

metriques = Blueprint("metriques", __name__)

_LOOPBACK: Final = ("127.0.0.1", "::1")
_PROXIED: Final = ("X-Forwarded-For", "X-Real-IP", "Forwarded")
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_UNKNOWN: Final = "inconnue"
_EXTENSION: Final = "rj_metrics"


class Counts(NamedTuple):
    """What is counted, for one application."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    nights: Gauge
    changes: Gauge
    disk: Gauge
    database: Gauge


def register(app: Flask) -> None:
    """Count every request of the application, from zero, in a registry of its own."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    views = ("vue",)
    app.extensions[_EXTENSION] = Counts(
        registry,
        Counter("rj_requetes", "Requêtes servies, par vue et par statut.", (*views, "statut"), registry=registry),
        Histogram("rj_requete_secondes", "Durée des requêtes.", views, buckets=_BUCKETS, registry=registry),
        Gauge("rj_nuits", "Nuits ouvertes dans le livre.", registry=registry),
        Gauge("rj_journal_lignes", "Lignes du journal.", registry=registry),
        Gauge("rj_disque_libre_octets", "Place libre là où sont les données.", registry=registry),
        Gauge("rj_base_repond", "1 quand la base de données répond, 0 sinon.", registry=registry),
    )
    app.after_request(count)


def count(response: Response) -> Response:
    """Count one request, under the name of its view: no address, date or person becomes a label."""
    counts: Counts = current_app.extensions[_EXTENSION]
    view = request.endpoint or _UNKNOWN
    counts.requests.labels(view, response.status_code).inc()
    counts.seconds.labels(view).observe(perf_counter() - g.started)
    return response


@metriques.get("/metrics")
@public
def metrics() -> Response:
    """The counts, for whoever may read them; a visitor learns that there is nothing here.

    What is asked of the disk and of the base is read at that moment only.
    """
    if not _may_read():
        raise ApiError(404)
    counts: Counts = current_app.extensions[_EXTENSION]
    counts.disk.set(shutil.disk_usage(current_app.instance_path).free)
    try:
        with read() as connection:
            counts.nights.set(nights.count(connection))
            counts.changes.set(journal_rows.count(connection))
        counts.database.set(1)
    except (StorageError, SQLAlchemyError):
        counts.database.set(0)
    return Response(generate_latest(counts.registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_read() -> bool:
    """The token of METRIQUES_JETON; without one, the machine itself, unless a proxy may speak for somebody else."""
    settings = current_app.config["SETTINGS"]
    token = settings.metriques_jeton
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    return (
        not settings.trusted_proxies
        and request.remote_addr in _LOOPBACK
        and not any(name in request.headers for name in _PROXIED)
    )
