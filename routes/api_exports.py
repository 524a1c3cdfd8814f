"""Nights as files: `/api/rj/native/session/<date>/exports/<forme>`; a month: `/api/rj/native/exports/<forme>`."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Blueprint, Response

from routes import lecture
from routes.access import current_access, requires
from routes.api_formes import Operation, described, refusals
from routes.erreurs import ApiError
from routes.historique import wanted_month
from utils import dates
from utils.actions.reports.export import TYPES, File, export_month, export_night

api_exports = Blueprint("api_exports", __name__, url_prefix="/api/rj/native")

lecture.dates_of_addresses(api_exports, 422, "date")

_MONTH: Final = {
    "name": "mois",
    "in": "query",
    "description": "Le mois, AAAA-MM; sans lui, celui de la nuit en cours",
    "schema": {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"},
}


def giving(summary: str) -> Operation:
    """An operation that answers a file."""
    content = {one: {"schema": {"type": "string", "format": "binary"}} for one in TYPES.values()}
    answers = {"200": {"description": "Le fichier", "content": content}, **refusals(400, 401, 403, 404, 409, 422, 503)}
    return {"summary": summary, "responses": answers}


@api_exports.get("/session/<jour>/exports/<forme>")
@requires("lire")
@described(giving("La nuit en fichier"))
def nuit(jour: date, forme: str) -> Response:
    """A night as a file."""
    return given(export_night(current_access(), jour, known(forme), dates.now()))


@api_exports.get("/exports/<forme>")
@requires("exporter")
@described(giving("Le mois en fichier") | {"parameters": [_MONTH]})
def mois(forme: str) -> Response:
    """A month as a file."""
    access = current_access()
    first = wanted_month(lecture.asked("mois"), access.business_date)
    return given(export_month(access, first, known(forme), dates.now()))


def known(form: str) -> str:
    """A form that there is, 404 otherwise."""
    if form not in TYPES:
        raise ApiError(404, f"Il n’y a pas de fichier de cette forme. Formes : {', '.join(TYPES)}.")
    return form


def given(file: File) -> Response:
    """The answer that a browser keeps as a file."""
    response = Response(file.content, content_type=file.type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
