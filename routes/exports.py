"""Files of a period, `/exporter`: from which day to which, in which form; the file, or why there is none."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, Response, render_template

from routes import lecture
from routes.access import Access, current_access, requires
from routes.fichiers import given, known
from utils import dates
from utils.actions.refusals import Forbidden, Refusal
from utils.actions.reports.export import FORMS, File, export_night, export_period

exports = Blueprint("exports", __name__, url_prefix="/exporter")


@exports.get("")
@requires("lire")
def page() -> str:
    """The form, filled with the days and the form that the address says."""
    access = current_access()
    usual = access.business_date - timedelta(days=1)
    return shown(lecture.asked_day("du") or usual, lecture.asked_day("au") or usual)


@exports.get("/fichier")
@requires("lire")
def fichier() -> Response:
    """The file of the period asked for, or the form with why it is refused."""
    start, end = lecture.asked_day("du"), lecture.asked_day("au")
    form = known(lecture.asked("forme"), FORMS)
    if start is None or end is None:
        today = current_access().business_date
        return Response(shown(start or today, end or today, "Une période a deux dates."), 422)
    try:
        return given(file_of(current_access(), start, end, form))
    except Refusal as refusal:
        return Response(shown(start, end, refusal.sentence, form), refusal.status)


def file_of(access: Access, start: date, end: date, form: str) -> File:
    """The file of a night to whoever may read it, of more nights to those who may export."""
    if start == end:
        return export_night(access, start, form, dates.now())
    if not access.may("exporter"):
        raise Forbidden("Votre rôle exporte une nuit à la fois.")
    return export_period(access, start, end, form, dates.now())


def shown(start: date, end: date, error: str = "", form: str = "csv") -> str:
    """The page."""
    return render_template("rapports/exporter.html", du=start, au=end, formes=FORMS, choisie=form, erreur=error)
