"""The administration of a simulator: faults, tokens, revisions, webhooks. Every call carries ``X-Admin-Key``."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, abort, jsonify, request

from utils import dates
from utils.simulators import webhooks
from utils.simulators.faults import KINDS, Fault
from utils.simulators.problem import Problem

if TYPE_CHECKING:
    from utils.simulators.lightspeed import Simulator


def blueprint(simulator: Simulator) -> Blueprint:
    """``/_admin``: JSON in, 204 or JSON out; 401 without the key, 422 for what is not understood."""
    pages = Blueprint("administration", __name__, url_prefix="/_admin")

    def entitled() -> None:
        if not hmac.compare_digest(request.headers.get("X-Admin-Key", "").encode(), simulator.admin_key.encode()):
            abort(401)

    pages.before_request(entitled)
    for path, method, action in _ACTIONS:
        pages.add_url_rule(
            path, action.__name__, lambda action=action, **place: action(simulator, **place), methods=[method]
        )
    return pages


def _add_fault(simulator: Simulator, account: str) -> Response:
    simulator.faults.add(account, _fault(_given(), simulator.reports))
    return Response(status=204)


def _clear_faults(simulator: Simulator, account: str) -> Response:
    simulator.faults.clear(account)
    return Response(status=204)


def _correct(simulator: Simulator, account: str) -> Response:
    """A correction after the closing: the revision of a date rises."""
    day = dates.read_date(str(_given().get("businessDate", "")))
    simulator.revisions[account, day] = simulator.revisions.get((account, day), 1) + 1
    return Response(status=204)


def _authority(simulator: Simulator) -> Response:
    """Tokens that last ``lasts`` seconds; ``scope``: one that is added, or taken away when it begins by « - »."""
    given = _given()
    simulator.authority.lasts = given.get("lasts")
    simulator.authority.scope_change = str(given.get("scope", ""))
    return Response(status=204)


def _rate(simulator: Simulator) -> Response:
    """Whether the rate limit is enforced."""
    simulator.buckets.enforced = bool(_given().get("enforced", True))
    return Response(status=204)


def _state(simulator: Simulator) -> Response:
    """How many requests and renewals were served."""
    return jsonify(served=simulator.served, refreshes=simulator.authority.refreshes)


def _webhook(_simulator: Simulator) -> Response:
    """Send a signed message to ``url``; answers the status that it met."""
    given = _given()
    return jsonify(status=webhooks.send(given["url"], given["secret"], given["type"], given.get("data", {})))


_ACTIONS: Final[tuple[tuple[str, str, Callable[..., Response]], ...]] = (
    ("/accounts/<account>/faults", "POST", _add_fault),
    ("/accounts/<account>/faults", "DELETE", _clear_faults),
    ("/accounts/<account>/revision", "POST", _correct),
    ("/authority", "POST", _authority),
    ("/rate", "POST", _rate),
    ("/state", "GET", _state),
    ("/webhooks", "POST", _webhook),
)


def _fault(given: dict[str, Any], reports: Sequence[str]) -> Fault:
    """A fault that would spoil something: of a known kind, of every report or of one that exists."""
    kind, report, times = given.get("kind"), given.get("report", ""), given.get("times", -1)
    if kind not in KINDS:
        raise _refusal(f"Panne inconnue. Pannes possibles : {', '.join(KINDS)}.")
    if report not in ("", *reports):
        raise _refusal(f"Rapport inconnu : « {report} ». Rapports possibles : {', '.join(reports)}.")
    if type(times) is not int:
        raise _refusal("« times » est le nombre de réponses à gâter, −1 pour toutes.")
    return Fault(kind, str(given.get("detail", "")), times, report)


def _given() -> dict[str, Any]:
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise _refusal("Un objet JSON est attendu.")
    return given


def _refusal(sentence: str) -> Problem:
    return Problem(422, "not-understood", sentence)
