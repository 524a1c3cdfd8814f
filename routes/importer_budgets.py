"""Budgets from a file, `/importer/budgets`, and the templates that are filled: read, shown, then accepted."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any, Final, cast

from flask import Blueprint, Response, redirect, render_template, url_for

from routes import lecture
from routes.access import current_access, requires
from routes.fichiers import given, known
from utils import dates
from utils.actions.imports import templates
from utils.actions.notifications.budgets import COLUMNS, save_months
from utils.actions.refusals import Refusal

importer_budgets = Blueprint("importer_budgets", __name__, url_prefix="/importer")

FILE: Final = "fichier"
MONTHS: Final = "mois"
MOST: Final = 120


@importer_budgets.get("/modele/<forme>")
@requires("importer")
def modele(forme: str) -> Response:
    """The template of the nights of a month."""
    return given(templates.nights_to_fill(current_access(), asked_month(), known(forme, templates.TYPES)))


@importer_budgets.get("/budgets/modele/<forme>")
@requires("budgeter")
def modele_budgets(forme: str) -> Response:
    """The template of the budgets of a month and of its days."""
    return given(templates.budgets_to_fill(current_access(), asked_month(), known(forme, templates.TYPES)))


@importer_budgets.get("/budgets")
@requires("budgeter")
def page() -> str:
    """Where the template is taken and dropped."""
    return shown()


@importer_budgets.post("/budgets")
@requires("budgeter")
def deposer() -> Response:
    """What a file would change, figure by figure; nothing of it is kept."""
    sent = lecture.files(FILE)
    if not sent:
        return Response(shown(erreur="Choisir le modèle rempli."), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        found = templates.read_budget_file(current_access(), sent[0][1])
    except templates.Refused as refused:
        return Response(shown(fautes=refused.flaws), HTTPStatus.UNPROCESSABLE_ENTITY)
    except Refusal as refusal:
        return Response(shown(erreur=refusal.sentence), refusal.status)
    return Response(shown(lu=found))


@importer_budgets.post("/budgets/acceptes")
@requires("budgeter")
def accepter() -> Response:
    """Keep what was read, as if it had been typed."""
    months = [lecture.read_month(one, date.min) for one in lecture.form().getlist(MONTHS)[:MOST]]
    try:
        count = save_months(current_access(), months, lecture.form(), dates.now())
    except Refusal as refusal:
        return Response(shown(erreur=refusal.sentence), refusal.status)
    return cast("Response", redirect(url_for("importer_budgets.page", fait=count), HTTPStatus.SEE_OTHER))


def asked_month() -> date:
    """The month asked for, that of the night without."""
    return lecture.read_month(lecture.asked(MONTHS), current_access().business_date)


def shown(**said: Any) -> str:  # noqa: ANN401 - of the template
    """The page."""
    page: dict[str, Any] = {"erreur": "", "fautes": (), "lu": None} | said
    month = f"{current_access().business_date:%Y-%m}"
    return render_template(
        "importer/budgets.html", champ=FILE, mois=month, colonnes=COLUMNS, fait=lecture.asked("fait"), **page
    )
