"""The MARSHA simulator: the contract ``marsha.openapi.json`` over HTTP, an application of its own.

It is a simulator and says so (``X-Source: simulation``). Administration (``X-Admin-Key``): ``POST`` and ``DELETE``
``/_admin/accounts/<code>/faults``, ``POST /_admin/accounts/<code>/validation``, ``POST /_admin/accounts/<code>/final``,
``POST /_admin/rate``, ``GET /_admin/state``.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from flask import Flask, Response, json, request

from utils import dates
from utils.marsha.client import SIMULATED, SOURCE
from utils.shapes import Document
from utils.simulators import authorization, marsha_admin, marsha_rules, problem
from utils.simulators.authorization import Authority, Client
from utils.simulators.bucket import Buckets
from utils.simulators.faults import OF_ANSWER, Faults, retry_after, spoil_answer
from utils.simulators.marsha_ledger import Ledger
from utils.simulators.marsha_signature import Signatures
from utils.simulators.problem import Problem

PER_MINUTE: Final = 10
VALIDATED_AFTER: Final = timedelta(seconds=5)
WRITE, READ = "marsha.dbrs.write", "marsha.benchmarks.read"
SCOPES: Final = (WRITE, READ, "offline_access")
PARTS: Final = ("property", "dbrs", "status", "benchmarks", "position")
"""The names by which a fault asks for one address."""

LOST: Final = "lost"
OWN: Final = (LOST, "reject", "in-flight", "twist", "stuck")
"""Faults of this simulator: an acceptance whose answer is lost, a rejection, a key in flight, a set spoiled, no
validation."""

_CODE: Final = re.compile(r"[A-Z0-9]{3,12}", re.ASCII)
_KEY: Final = re.compile(r'"[0-9a-f-]{36}"', re.ASCII)
_LARGEST: Final = 1_000_000


@dataclass
class Property:
    """A property that may submit: its name, the keys that sign for it."""

    name: str
    signatures: Signatures


@dataclass
class Simulator:
    """What one simulator serves and remembers."""

    properties: dict[str, Property]
    authority: Authority
    admin_key: str
    ledger: Ledger = field(default_factory=Ledger)
    faults: Faults = field(default_factory=Faults)
    buckets: Buckets = field(default_factory=lambda: Buckets(PER_MINUTE, 60 / PER_MINUTE))
    served: dict[str, int] = field(default_factory=dict)
    clock: Callable[[], datetime] = dates.now


def create_app(
    properties: dict[str, Property], clients: list[Client], issuer: str, admin_key: str, ledger: Ledger | None = None
) -> Flask:
    """The application; ``issuer`` is its own address, ``admin_key`` opens its administration."""
    app = Flask("simulateur_marsha", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST
    simulator = Simulator(properties, Authority(clients), admin_key, ledger or Ledger())
    app.extensions["simulateur"] = simulator
    app.register_blueprint(authorization.blueprint(simulator.authority, issuer, SCOPES))
    app.register_blueprint(marsha_admin.pages)
    base = "/api/v1/properties/<code>"
    views: tuple[tuple[str, str, str, Any], ...] = (
        ("GET", "", "property", _property),
        ("POST", "/dbrs", "dbrs", _submit),
        ("GET", "/dbrs", "status", _search),
        ("GET", "/dbrs/<submission>", "status", _status),
        ("GET", "/comp-set/benchmarks", "benchmarks", _benchmarks),
        ("GET", "/market-position", "position", _position),
    )
    for method, path, part, view in views:
        app.add_url_rule(f"{base}{path}", f"{method}{path}", _serving(simulator, part, view), methods=[method])
    app.register_error_handler(404, lambda _: problem.answer(Problem(404, "not-found", "Adresse inconnue.")))
    app.register_error_handler(405, lambda _: problem.answer(Problem(405, "method", "Méthode refusée.")))
    app.register_error_handler(413, lambda _: problem.answer(Problem(413, "too-large", "Document trop gros.")))
    app.register_error_handler(Problem, problem.answer)
    return app


def _serving(simulator: Simulator, part: str, view: Callable[..., Response]) -> Callable[..., Response]:
    def serve(code: str, **given: str) -> Response:
        simulator.served[part] = simulator.served.get(part, 0) + 1
        try:
            _admit(simulator, code, part)
            response = view(simulator, code, **given)
        except Problem as found:
            response = problem.answer(found)
        response.headers[SOURCE] = SIMULATED
        response.headers["X-Request-Id"] = request.headers.get("X-Request-Id", "")[:64] or secrets.token_hex(8)
        for name, value in simulator.buckets.headers(code).items():
            response.headers[name] = value
        spoiled = simulator.faults.take(code, part, ("latency", *OF_ANSWER[4:]))
        if simulator.faults.take(code, part, (LOST,)):
            response.headers["X-Fault"] = "reset;"
        return spoil_answer(response, spoiled)

    return serve


def _admit(simulator: Simulator, code: str, part: str) -> None:
    """Refuse whoever does not sign, has no token, asks for another property, or asks too often."""
    known = simulator.properties.get(code) if _CODE.fullmatch(code) else None
    header = request.headers.get("Authorization", "")
    grant = simulator.authority.grant_of(header[7:]) if header.startswith("Bearer ") else None
    if grant is None:
        raise Problem(401, "invalid-token", "Jeton refusé.", {"WWW-Authenticate": 'Bearer error="invalid_token"'})
    if known is None or grant.client.account != code:
        raise Problem(404, "unknown-property", "Hôtel inconnu.")
    if known.signatures.fault(request):
        raise Problem(401, "bad-signature", "Signature refusée.")
    scope = WRITE if part in ("dbrs", "status", "property") else READ
    if scope not in grant.scope.split():
        raise Problem(403, "insufficient-scope", "Portée insuffisante.")
    for fault in simulator.faults.take(code, part, ("unauthorized", "throttle", "status")):
        if fault.kind == "unauthorized":
            simulator.authority.kill_access(code)
            raise Problem(401, "invalid-token", "Jeton refusé.")
        if fault.kind == "throttle":
            raise Problem(429, "rate-limited", "Trop de requêtes.", retry_after(fault.detail))
        raise Problem(int(fault.detail or 500), "unavailable", "Panne simulée.")
    if wait := simulator.buckets.draw(code):
        raise Problem(429, "rate-limited", "Trop de requêtes.", {"Retry-After": str(wait)})


def _property(simulator: Simulator, code: str) -> Response:
    return _json({"propertyCode": code, "name": simulator.properties[code].name})


def _submit(simulator: Simulator, code: str) -> Response:
    key, body = request.headers.get("Idempotency-Key", ""), request.get_data()
    if not _KEY.fullmatch(key):
        raise Problem(400, "idempotency-key-required", "Une clé d’idempotence est nécessaire.")
    if not request.is_json:
        raise Problem(415, "media-type", "Un corps JSON est attendu.")
    if simulator.faults.take(code, "dbrs", ("in-flight",)):
        raise Problem(409, "in-flight", "Cette clé est en cours de réception.")
    digest = sha256(body).hexdigest()
    with simulator.ledger.opened() as kept:
        known = kept["keys"].get(f"{code}|{key}")
        if known is not None:
            if known["digest"] != digest:
                raise Problem(422, "idempotency-mismatch", "Cette clé portait un autre document.")
            return _receipt(simulator, kept["submissions"][known["id"]], 201, replayed=True)
        submission = _new(simulator, code, kept, body, digest)
        kept["submissions"][submission["id"]] = submission
        kept["keys"][f"{code}|{key}"] = {"digest": digest, "id": submission["id"]}
    return _receipt(simulator, submission, 201)


def _new(simulator: Simulator, code: str, kept: Document, body: bytes, digest: str) -> Document:
    """A submission that was never seen; raises when its date or its sequence is taken."""
    try:
        document = json.loads(body)
        day, sequence = dates.read_date(str(document["businessDate"])), document["submissionSeq"]
        if type(sequence) is not int or sequence < 1 or document.get("propertyCode") != code:
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, dates.DateError):
        raise Problem(422, "unreadable", "Le document ne se lit pas.") from None
    of_date = [
        one
        for one in kept["submissions"].values()
        if (one["propertyCode"], one["businessDate"]) == (code, day.isoformat())
    ]
    if f"{code}|{day}" in kept["final"] or any(one["submissionSeq"] >= sequence for one in of_date):
        raise Problem(409, "already-final", "Cette date est fermée, ou cette séquence est déjà reçue.")
    errors = [*marsha_rules.reproaches(document), *marsha_rules.misplaced(document, of_date)]
    for fault in simulator.faults.take(code, "dbrs", ("reject",)):
        pointer, _, message = fault.detail.partition("|")
        errors.append({"pointer": pointer, "code": "refused", "message": message or "Refus simulé."})
    received = simulator.clock()
    stuck = bool(simulator.faults.take(code, "dbrs", ("stuck",)))
    return {
        "id": f"dbrs_{sha256(f'{code}|{day}|{sequence}|{digest}'.encode()).hexdigest()[:24]}",
        "propertyCode": code,
        "businessDate": day.isoformat(),
        "submissionSeq": sequence,
        "idempotencyKey": request.headers["Idempotency-Key"].strip('"'),
        "bodyDigest": digest,
        "receivedAt": received.isoformat(),
        "validatedAt": None if stuck else (received + VALIDATED_AFTER).isoformat(),
        "errors": errors,
        "occupancy": document.get("occupancy"),
    }


def _receipt(simulator: Simulator, submission: Document, status: int = 200, *, replayed: bool = False) -> Response:
    """A submission as it is told; its validation comes a few seconds after its reception."""
    validated = submission["validatedAt"]
    ready = validated is not None and datetime.fromisoformat(validated) <= simulator.clock()
    state = ("rejected" if submission["errors"] else "accepted") if ready else "queued"
    document = {
        name: submission[name]
        for name in ("id", "propertyCode", "businessDate", "submissionSeq", "bodyDigest", "receivedAt")
    }
    document |= {"status": state, "errors": submission["errors"] if ready else []}
    code, day = submission["propertyCode"], date.fromisoformat(submission["businessDate"])
    twists = simulator.faults.take(code, "dbrs", ("twist",))
    if not twists:
        document["benchmarks"] = marsha_rules.benchmarks(code, day, submission)
    response = _json(document, status)
    if status != 200:  # noqa: PLR2004 - HTTP
        response.headers["Location"] = f"{request.path}/{submission['id']}"
    if replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def _status(simulator: Simulator, code: str, submission: str) -> Response:
    with simulator.ledger.opened() as kept:
        found = kept["submissions"].get(submission)
    if found is None or found["propertyCode"] != code:
        raise Problem(404, "unknown-submission", "Aucun envoi de ce nom.")
    return _receipt(simulator, found)


def _search(simulator: Simulator, code: str) -> Response:
    sequence = request.args.get("submissionSeq", "")
    if not re.fullmatch(r"[1-9][0-9]{0,5}", sequence, re.ASCII):
        raise Problem(400, "bad-request", "Paramètre « submissionSeq » refusé.")
    of_date = simulator.ledger.of_date(code, _day().isoformat())
    found = [one for one in of_date if one["submissionSeq"] == int(sequence)]
    if not found:
        raise Problem(404, "unknown-submission", "Aucun envoi de cette séquence.")
    return _receipt(simulator, found[0])


def _benchmarks(simulator: Simulator, code: str) -> Response:
    day = _day()
    of_date = simulator.ledger.of_date(code, day.isoformat())
    twists = simulator.faults.take(code, "benchmarks", ("twist",))
    twist = twists[0].detail if twists else ""
    return _json(marsha_rules.benchmarks(code, day, of_date[-1] if of_date else None, twist))


def _position(simulator: Simulator, code: str) -> Response:  # noqa: ARG001 - the shape of a view
    return _json(marsha_rules.position(code, _day()))


def _day() -> date:
    try:
        return dates.read_date(request.args.get("businessDate", ""))
    except dates.DateError:
        raise Problem(400, "bad-request", "Paramètre « businessDate » refusé.") from None


def _json(document: Document, status: int = 200) -> Response:
    return Response(json.dumps(document, ensure_ascii=False), status, mimetype="application/json")
