"""*Remplir le classeur de l’hôtel*, `/rj/native/<date>/classeur`: the hotel's workbook dropped, given back filled."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, render_template

from routes import lecture
from routes.access import current_access, requires
from routes.fichiers import given
from utils.actions import reading
from utils.actions.reports.fill_hotel_book import Refused, fill_hotel_book

classeur = Blueprint("classeur", __name__, url_prefix="/rj/native/<jour>/classeur")

lecture.dates_of_addresses(classeur)

FILE, LOOK = "classeur", "voir"


@classeur.get("")
@requires("lire")
def page(jour: date) -> str:
    """Where the workbook is dropped."""
    return shown(jour)


@classeur.post("")
@requires("lire")
def remplir(jour: date) -> Response | str:
    """The workbook filled, or the page of the cells that would be written; nothing of it is kept."""
    sent = lecture.files(FILE)
    if not sent:
        return Response(shown(jour, erreur="Choisir le classeur de l’hôtel."), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        found = fill_hotel_book(current_access(), jour, *sent[0])
    except Refused as refused:
        return Response(shown(jour, fautes=refused.flaws), HTTPStatus.UNPROCESSABLE_ENTITY)
    if LOOK in lecture.form():
        return shown(jour, rempli=found.filled)
    return given(found.file)


def shown(day: date, **known: Any) -> str:  # noqa: ANN401 - of the template
    """The page of a night that is open."""
    reading.night_view(current_access(), day)
    page: dict[str, Any] = {"erreur": "", "fautes": (), "rempli": None} | known
    return render_template("rapports/classeur.html", jour=day, champ=FILE, voir=LOOK, **page)
