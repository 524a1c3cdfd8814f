"""The administration of the MARSHA simulator: faults, dates that are final, signed messages of validation."""

from __future__ import annotations

import hmac
import json
import secrets
from typing import TYPE_CHECKING, Final, cast

from flask import Blueprint, Response, abort, current_app, jsonify, request

from utils import dates
from utils.lightspeed import transport
from utils.shapes import Document
from utils.simulators import webhooks
from utils.simulators.faults import OF_ANSWER, Fault
from utils.simulators.problem import Problem

if TYPE_CHECKING:
    from utils.simulators.marsha import Simulator

KINDS: Final = (*OF_ANSWER, "lost", "reject", "in-flight", "twist", "stuck")


pages = Blueprint("administration_marsha", __name__, url_prefix="/_admin")


@pages.before_request
def entitled() -> None:
    """Refuse whoever does not carry the key."""
    if not hmac.compare_digest(request.headers.get("X-Admin-Key", "").encode(), _simulator().admin_key.encode()):
        abort(401)


@pages.post("/accounts/<code>/faults")
def add_fault(code: str) -> Response:
    """A fault of a known kind, of every address or of the one that is named."""
    given = _given()
    if given.get("kind") not in KINDS:
        raise Problem(422, "not-understood", f"Panne inconnue. Pannes possibles : {', '.join(KINDS)}.")
    fault = Fault(given["kind"], str(given.get("detail", "")), int(given.get("times", -1)), given.get("report", ""))
    _simulator().faults.add(code, fault)
    return Response(status=204)


@pages.delete("/accounts/<code>/faults")
def clear_faults(code: str) -> Response:
    """Switch every fault of a property off."""
    _simulator().faults.clear(code)
    return Response(status=204)


@pages.post("/accounts/<code>/final")
def close_date(code: str) -> Response:
    """A date that takes no submission any more."""
    with _simulator().ledger.opened() as kept:
        kept["final"].append(f"{code}|{dates.read_date(str(_given().get('businessDate', '')))}")
    return Response(status=204)


@pages.post("/accounts/<code>/validation")
def validate(code: str) -> Response:
    """Decide of a submission (``errors`` reject it) and, with ``url`` and ``secret``, send the signed message."""
    given, simulator = _given(), _simulator()
    with simulator.ledger.opened() as kept:
        of_date = [one for one in kept["submissions"].values() if one["businessDate"] == given.get("businessDate")]
        mine = [one for one in of_date if one["propertyCode"] == code]
        if not mine:
            raise Problem(404, "unknown-submission", "Aucun envoi de cette date.")
        submission = max(mine, key=lambda one: int(one["submissionSeq"]))
        submission["errors"] = given.get("errors", submission["errors"])
        submission["validatedAt"] = simulator.clock().isoformat()
        message = message_of(submission, int(given.get("sequence", 1)))
    if not given.get("url"):
        return jsonify(status=None, message=message)
    body = json.dumps(message, ensure_ascii=False).encode()
    headers = webhooks.signed(given["secret"], f"msg_{secrets.token_hex(12)}", int(dates.now().timestamp()), body)
    sent = transport.post(given["url"], body, {**headers, "Content-Type": "application/json"})
    return jsonify(status=sent.status, message=message)


def message_of(submission: Document, sequence: int) -> Document:
    """The message of a validation."""
    result = "rejected" if submission["errors"] else "accepted"
    return {
        "type": "dbrs.rejected" if submission["errors"] else "dbrs.validated",
        "timestamp": dates.now().isoformat(),
        "data": {
            "submissionId": submission["id"],
            "propertyCode": submission["propertyCode"],
            "businessDate": submission["businessDate"],
            "submissionSeq": submission["submissionSeq"],
            "bodyDigest": submission["bodyDigest"],
            "sequence": sequence,
            "result": result,
            "errors": submission["errors"],
        },
    }


@pages.post("/rate")
def change_rate() -> Response:
    """Whether the rate limit is enforced."""
    _simulator().buckets.enforced = bool(_given().get("enforced", True))
    return Response(status=204)


@pages.get("/state")
def state() -> Response:
    """What was served, and every submission that it holds."""
    with _simulator().ledger.opened() as kept:
        known = list(kept["submissions"].values())
    return jsonify(served=_simulator().served, submissions=known)


def _simulator() -> Simulator:
    return cast("Simulator", current_app.extensions["simulateur"])


def _given() -> Document:
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise Problem(422, "not-understood", "Un objet JSON est attendu.")
    return given
