"""The administration of a simulator: faults, tokens, revisions, webhooks. Every call carries ``X-Admin-Key``.

``/_admin``: JSON in, 204 or JSON out; 401 without the key, 422 for what is not understood.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, cast

from flask import Blueprint, Response, abort, current_app, jsonify, request

from utils import dates
from utils.shapes import Document
from utils.simulators import webhooks
from utils.simulators.faults import KINDS, Fault
from utils.simulators.problem import Problem

if TYPE_CHECKING:
    from utils.simulators.lightspeed import Simulator

pages = Blueprint("administration", __name__, url_prefix="/_admin")


@pages.before_request
def entitled() -> None:
    """Refuse whoever does not carry the key."""
    if not hmac.compare_digest(request.headers.get("X-Admin-Key", "").encode(), _simulator().admin_key.encode()):
        abort(401)


@pages.post("/accounts/<account>/faults")
def add_fault(account: str) -> Response:
    """A fault that would spoil something: of a known kind, of every report or of one that exists."""
    given, reports = _given(), _simulator().reports
    kind, report, times = given.get("kind"), given.get("report", ""), given.get("times", -1)
    if kind not in KINDS:
        raise _refusal(f"Panne inconnue. Pannes possibles : {', '.join(KINDS)}.")
    if report not in ("", *reports):
        raise _refusal(f"Rapport inconnu : « {report} ». Rapports possibles : {', '.join(reports)}.")
    if type(times) is not int:
        raise _refusal("« times » est le nombre de réponses à gâter, −1 pour toutes.")
    _simulator().faults.add(account, Fault(kind, str(given.get("detail", "")), times, report))
    return Response(status=204)


@pages.delete("/accounts/<account>/faults")
def clear_faults(account: str) -> Response:
    """Switch every fault of an account off."""
    _simulator().faults.clear(account)
    return Response(status=204)


@pages.post("/accounts/<account>/revision")
def correct(account: str) -> Response:
    """A correction after the closing: the revision of a date rises."""
    day, revisions = dates.read_date(str(_given().get("businessDate", ""))), _simulator().revisions
    revisions[account, day] = revisions.get((account, day), 1) + 1
    return Response(status=204)


@pages.post("/authority")
def change_authority() -> Response:
    """Tokens that last ``lasts`` seconds; ``scope``: one that is added, or taken away when it begins by « - »."""
    given, authority = _given(), _simulator().authority
    authority.lasts, authority.scope_change = given.get("lasts"), str(given.get("scope", ""))
    return Response(status=204)


@pages.post("/rate")
def change_rate() -> Response:
    """Whether the rate limit is enforced."""
    _simulator().buckets.enforced = bool(_given().get("enforced", True))
    return Response(status=204)


@pages.get("/state")
def state() -> Response:
    """How many requests and renewals were served."""
    return jsonify(served=_simulator().served, refreshes=_simulator().authority.refreshes)


@pages.post("/webhooks")
def send_webhook() -> Response:
    """Send a signed message to ``url``; answers the status that it met."""
    given = _given()
    return jsonify(status=webhooks.send(given["url"], given["secret"], given["type"], given.get("data", {})))


def _simulator() -> Simulator:
    return cast("Simulator", current_app.extensions["simulateur"])


def _given() -> Document:
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise _refusal("Un objet JSON est attendu.")
    return given


def _refusal(sentence: str) -> Problem:
    return Problem(422, "not-understood", sentence)
