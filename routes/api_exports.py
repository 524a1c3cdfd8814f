"""Nights as files: `/api/rj/native/session/<date>/exports/<forme>`; a period: `/api/rj/native/exports/<forme>`."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Blueprint, Response

from routes import lecture
from routes.access import current_access, requires
from routes.api_formes import Operation, described, refusals
from routes.erreurs import ApiError
from routes.fichiers import given, known
from utils import dates
from utils.actions.reports.export import CSV_TYPE, FORMS, XLSX_TYPE, export_month, export_night, export_period

api_exports = Blueprint("api_exports", __name__, url_prefix="/api/rj/native")

lecture.dates_of_addresses(api_exports, 422, "date")

_DAY: Final = {"type": "string", "format": "date"}
_PERIOD: Final = [
    {
        "name": "mois",
        "in": "query",
        "description": "Le mois, AAAA-MM; sans lui ni dates, celui de la nuit en cours",
        "schema": {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"},
    },
    {"name": "du", "in": "query", "description": "Le premier jour d’une période", "schema": _DAY},
    {"name": "au", "in": "query", "description": "Le dernier jour d’une période, d’au plus un an", "schema": _DAY},
]


def giving(summary: str) -> Operation:
    """An operation that answers a file."""
    content = {one: {"schema": {"type": "string", "format": "binary"}} for one in (XLSX_TYPE, CSV_TYPE)}
    answers = {"200": {"description": "Le fichier", "content": content}, **refusals(400, 401, 403, 404, 409, 422, 503)}
    return {"summary": summary, "responses": answers}


@api_exports.get("/session/<jour>/exports/<forme>")
@requires("lire")
@described(giving("La nuit en fichier"))
def nuit(jour: date, forme: str) -> Response:
    """A night as a file."""
    return given(export_night(current_access(), jour, known(forme, FORMS), dates.now()))


@api_exports.get("/exports/<forme>")
@requires("exporter")
@described(giving("Un mois ou une période en fichier") | {"parameters": _PERIOD})
def mois(forme: str) -> Response:
    """A month, or the nights from one day to another, as a file."""
    access = current_access()
    start, end = (lecture.asked_day(name, 422) for name in ("du", "au"))
    if start and end:
        return given(export_period(access, start, end, known(forme, FORMS), dates.now()))
    if start or end:
        raise ApiError(422, "Une période a deux dates : du et au.")
    first = lecture.read_month(lecture.asked("mois"), access.business_date)
    return given(export_month(access, first, known(forme, FORMS), dates.now()))
