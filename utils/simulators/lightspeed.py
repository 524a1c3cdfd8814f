"""The PMS simulator: the contract ``lightspeed.openapi.json`` over HTTP, an application of its own.

Administration (``X-Admin-Key``): ``POST /_admin/accounts/<account>/faults``, ``DELETE`` of the same, and what
``utils/simulators/administration.py`` says. Accounts, codes and tokens live in memory.
"""

from __future__ import annotations

import base64
import re
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from flask import Flask, Response, json, request

from utils import dates
from utils.demo.books import HORIZON, totals_of
from utils.lightspeed.client import SOURCE
from utils.shapes import Document
from utils.simulators import administration, authorization, problem
from utils.simulators.authorization import Authority, Client
from utils.simulators.bucket import Buckets
from utils.simulators.faults import OF_ANSWER, OF_BODY, Faults, retry_after, spoil_answer, spoil_document
from utils.simulators.problem import Problem
from utils.simulators.source import Hotel

BOOKS: Final = "OnTheBooks"
PATHS: Final = {
    "/reports/DailyRevenue": "DailyRevenue",
    "/rooms": "RoomStatistics",
    "/receivables": "Receivables",
    "/reports/ArAging": "ArAging",
    "/reports/Cashier": "Cashier",
    "/reports/CardSettlements": "CardSettlements",
    "/reports/InHouse": "InHouse",
    "/reports/NoShows": "NoShows",
    "/reports/MarketSegments": "MarketSegments",
    "/reports/OnTheBooks": BOOKS,
}
ACCOUNT: Final = "Account"
_PAGED: Final = {"ArAging": "accounts", "InHouse": "guests"}
_ACCOUNT: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_REQUEST_ID: Final = re.compile(r"[\w-]{1,64}", re.ASCII)
_OWN: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "RoomStatistics": {"expand": ("rooms",)},
    "ArAging": {"ledger": ("city",)},
    "Cashier": {"shift": tuple("123456789")},
}


@dataclass
class Simulator:
    """What one simulator serves and remembers."""

    hotels: dict[str, Hotel]
    authority: Authority
    admin_key: str
    faults: Faults = field(default_factory=Faults)
    buckets: Buckets = field(default_factory=Buckets)
    revisions: dict[tuple[str, date], int] = field(default_factory=dict)
    served: dict[str, int] = field(default_factory=dict)

    @property
    def reports(self) -> tuple[str, ...]:
        """The names by which a fault asks for one report."""
        return (ACCOUNT, *PATHS.values())


def create_app(hotels: dict[str, Hotel], clients: list[Client], issuer: str, admin_key: str) -> Flask:
    """The application; ``issuer`` is its own address, ``admin_key`` opens its administration."""
    app = Flask("simulateur_lightspeed", static_folder=None)
    simulator = Simulator(hotels, Authority(clients), admin_key)
    app.extensions["simulateur"] = simulator
    app.register_blueprint(authorization.blueprint(simulator.authority, issuer))
    app.register_blueprint(administration.pages)
    for path, report in PATHS.items():
        app.add_url_rule(
            f"/accounts/<account>{path}", report, lambda account, report=report: _answer(simulator, account, report)
        )
    app.add_url_rule("/accounts/<account>", ACCOUNT, lambda account: _answer(simulator, account, ACCOUNT))
    app.register_error_handler(404, lambda _: problem.answer(Problem(404, "not-found", "Adresse inconnue.")))
    app.register_error_handler(
        405, lambda _: problem.answer(Problem(405, "method", "Méthode refusée.", {"Allow": "GET, HEAD, OPTIONS"}))
    )
    app.register_error_handler(Problem, problem.answer)
    return app


def _answer(simulator: Simulator, account: str, report: str) -> Response:
    """One report, or the problem that keeps it from being given; then the faults."""
    simulator.served[report] = simulator.served.get(report, 0) + 1
    try:
        hotel = _authorized(simulator, account, "pms.guests.read" if report == "InHouse" else "pms.reports.read")
        for fault in simulator.faults.take(account, report, ("unauthorized", "throttle", "status")):
            if fault.kind == "unauthorized":
                simulator.authority.kill_access(account)
                raise _unauthorized()
            if fault.kind == "throttle":
                raise Problem(429, "rate-limited", "Trop de requêtes.", retry_after(fault.detail))
            raise Problem(int(fault.detail or 500), "unavailable", "Panne simulée.")
        if wait := simulator.buckets.draw(account):
            raise Problem(429, "rate-limited", "Trop de requêtes.", {"Retry-After": str(wait)})
        if report == ACCOUNT:
            about = {"accountId": account, "name": hotel.name, "propertyCode": hotel.property_code}
            about |= {"currency": hotel.currency, "timeZone": hotel.time_zone}
            response = _json({**about, "currentBusinessDate": hotel.current_date().isoformat()})
        else:
            response = _dated(simulator, account, report, hotel)
    except Problem as found:
        response = problem.answer(found)
    for name, value in simulator.buckets.headers(account).items():
        response.headers[name] = value
    given = request.headers.get("X-Request-Id", "")
    response.headers["X-Request-Id"] = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    response.headers["X-Api-Version"] = "1"
    return spoil_answer(response, simulator.faults.take(account, report, ("latency", *OF_ANSWER[4:])))


def _dated(simulator: Simulator, account: str, report: str, hotel: Hotel) -> Response:
    day = _day()
    for name, accepted in _OWN.get(report, {}).items():
        if name in request.args and request.args[name] not in accepted:
            raise _bad(name)
    body = hotel.report(report, day)
    if body is None:
        raise Problem(404, "unknown-business-date", "Aucun rapport pour cette date.")
    part = _PARTS.get(report)
    document = {**_envelope(simulator, account, hotel, day), **(part(body, day) if part else body)}
    document = spoil_document(document, simulator.faults.take(account, report, OF_BODY))
    etag = '"' + sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:32] + '"'
    if request.headers.get("If-None-Match") == etag and "cursor" not in request.args:
        return Response(status=304, headers={"ETag": etag})
    following = None
    if report in _PAGED:
        document, following = _page(document, _PAGED[report])
    response = _json({**document, "generatedAt": dates.now().isoformat()})
    response.headers["ETag"], response.headers["Cache-Control"] = etag, "private, no-cache"
    if hotel.invented:
        response.headers[SOURCE] = "demo"
    if following:
        response.headers["Link"] = f'<{request.path}?businessDate={day}&cursor={following}>; rel="next"'
    if simulator.faults.take(account, report, ("revision",)):
        simulator.revisions[account, day] = simulator.revisions.get((account, day), 1) + 1
    return response


def _span(body: Document, day: date) -> Document:
    """The nights that were asked for, with the totals of those."""
    last = day + timedelta(days=HORIZON)
    first, final = _day("from", day), _day("to", last)
    if not day <= first <= final <= last:
        raise _bad("from, to")
    days = [one for one in body["days"] if first.isoformat() <= one["stayDate"] <= final.isoformat()]
    return {"days": days, "totals": totals_of(days)}


def _shift(body: Document, _day: date) -> Document:
    """The drawer that was asked for, or all of them."""
    wanted = request.args.get("shift")
    return {**body, "shifts": [one for one in body["shifts"] if wanted in (None, str(one["shift"]))]}


_PARTS: Final = {"Cashier": _shift, BOOKS: _span}
"""The reports of which a part may be asked for."""


def _page(document: Document, items: str) -> tuple[Document, str | None]:
    """The page that was asked; a cursor holds the place and the revision."""
    asked = request.args.get("limit", "100")
    if not re.fullmatch(r"[0-9]{1,6}", asked, re.ASCII) or not 1 <= (limit := int(asked)) <= 200:  # noqa: PLR2004
        raise _bad("limit")
    start, revision = 0, document["revision"]
    if "cursor" in request.args:
        try:
            text = base64.urlsafe_b64decode(request.args["cursor"]).decode()
            start, pinned = (int(part) for part in text.split(":"))
        except ValueError:
            raise _bad("cursor") from None
        if start < 0:
            raise _bad("cursor")
        if pinned != revision:
            raise Problem(409, "snapshot-changed", "La révision a changé.")
    every = document[items]
    stop = start + limit
    following = base64.urlsafe_b64encode(f"{stop}:{revision}".encode()).decode() if stop < len(every) else None
    page = {"nextCursor": following, "revision": revision}
    return {**document, items: every[start:stop], "page": page}, following


def _authorized(simulator: Simulator, account: str, scope: str) -> Hotel:
    """The hotel of the account, for a living token of that account and scope; another account does not exist."""
    header = request.headers.get("Authorization", "")
    grant = simulator.authority.grant_of(header[7:]) if header.startswith("Bearer ") else None
    if grant is None:
        raise _unauthorized()
    hotel = simulator.hotels.get(account) if _ACCOUNT.fullmatch(account) else None
    if hotel is None or grant.client.account != account:
        raise Problem(404, "unknown-account", "Compte inconnu.")
    if scope not in grant.scope.split():
        raise Problem(
            403, "insufficient-scope", "Portée insuffisante.", {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}
        )
    return hotel


def _unauthorized() -> Problem:
    return Problem(401, "invalid-token", "Jeton refusé.", {"WWW-Authenticate": 'Bearer error="invalid_token"'})


def _bad(name: str) -> Problem:
    return Problem(400, "bad-request", f"Paramètre « {name} » refusé.")


def _day(name: str = "businessDate", usual: date | None = None) -> date:
    """A date of the address; the usual one when it is not given."""
    if usual is not None and name not in request.args:
        return usual
    try:
        return dates.read_date(request.args.get(name, ""))
    except dates.DateError:
        raise _bad(name) from None


def _envelope(simulator: Simulator, account: str, hotel: Hotel, day: date) -> Document:
    """What every report carries; the day goes from 03:00 local to 03:00, so that it may last 23 or 25 hours."""
    closed = day < hotel.current_date()
    opened, shut = (dates.strikes(one, "03:00", hotel.time_zone) for one in (day, dates.next_day(day)))
    return {
        "accountId": account,
        "propertyCode": hotel.property_code,
        "businessDate": day.isoformat(),
        "businessDateStatus": "closed" if closed else "open",
        "dataComplete": closed,
        "revision": simulator.revisions.get((account, day), 1),
        "currency": hotel.currency,
        "timeZone": hotel.time_zone,
        "openedAt": opened.isoformat(),
        "closedAt": shut.isoformat() if closed else None,
    }


def _json(document: Document) -> Response:
    return Response(json.dumps(document, ensure_ascii=False), mimetype="application/json")
