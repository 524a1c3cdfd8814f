"""The papers of a night of the demonstration: `/papiers/<date>`, to type it by hand and learn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Response, redirect, render_template, url_for

from routes.access import current_access, requires
from routes.lecture import dates_of_addresses
from utils import dates, french
from utils.actions import reading
from utils.actions.demonstration import exercise
from utils.actions.demonstration.night_papers import night_papers
from utils.actions.refusals import Conflict
from utils.presentation.night_page import SUMMARY
from utils.presentation.places import REPRISE, places_of
from utils.presentation.words import CHOICES, choice_label
from utils.rj.catalogue import BY_KEY
from utils.rj.night_file import read_night

papiers = Blueprint("papiers", __name__, url_prefix="/papiers")
dates_of_addresses(papiers)


@papiers.get("/<jour>")
@requires("lire")
def lire(jour: date) -> str:
    """Every paper of the night, each line with the field that it feeds; 404 outside a demonstration."""
    return page(jour)


def page(jour: date, erreur: str = "") -> str:
    """The papers, and the exercise of the night: to begin it, or how far it is."""
    access = current_access()
    feuilles = night_papers(access, jour)
    state = reading.night_if_open(access, jour)
    night = state.night if state else read_night({"audit_date": jour.isoformat(), "tabs": {}})
    places = places_of(night, {area for feuille in feuilles for area in feuille.areas})
    known = {"places": places, "adresse": partial(address_of, jour), "dit": said, "nom": title_of}
    hidden = exercise.exercise_of(access, jour)
    return render_template(
        "papiers.html",
        jour=jour,
        ouverte=state,
        feuilles=feuilles,
        exercice=hidden,
        montant=lambda text: "" if text is None else french.money(Decimal(text)),
        peut_exercer=access.may("remplir") and exercise.may_begin(access, jour),
        erreur=erreur,
        **known,
    )


@papiers.post("/<jour>/exercice")
@requires("remplir")
def exercer(jour: date) -> Response:
    """Fill the night from its papers with two errors to find, then lead to its Sommaire."""
    try:
        exercise.begin_exercise(current_access(), jour, dates.now())
    except Conflict as refusal:
        return Response(page(jour, refusal.sentence), refusal.status)
    return cast(
        "Response", redirect(url_for("nuit.onglet", jour=jour.isoformat(), onglet=SUMMARY), HTTPStatus.SEE_OTHER)
    )


def said(value: Any, field: str) -> str:  # noqa: ANN401 - a value of a paper, or none
    """A value as the paper prints it; a code as the list of choices says it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "à cocher" if value else ""
    if isinstance(value, Decimal):
        return french.money(value)
    return choice_label(field.partition(".")[0], value) if value in CHOICES else str(value)


def title_of(area: str) -> str:
    """The name of a tab, as the rail has it, or of the *reprise*."""
    return "Reprise" if area == REPRISE else BY_KEY[area].short


def address_of(day: date, field: str) -> str:
    """Where a field is typed."""
    area, _, name = field.partition(".")
    if area == REPRISE:
        return url_for("nuit.reprise", jour=day.isoformat(), _anchor=name)
    return url_for("nuit.onglet", jour=day.isoformat(), onglet=area, _anchor=field)
