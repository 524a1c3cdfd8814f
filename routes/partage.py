"""What is shared of a night: `/rj/native/<date>/partage`, by forms of the page or as JSON for who asks for it."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Flask, Response, jsonify, redirect, url_for

from routes.access import automatic, current_access, requires
from routes.erreurs import ApiError, FieldError, wants_json
from routes.lecture import dates_of_addresses, form, given
from utils import dates
from utils.actions import share_night
from utils.actions.night_presence import presence
from utils.actions.reading import night_view
from utils.money import AmountError, read_typed_count
from utils.shapes import Document

partage = Blueprint("partage", __name__, url_prefix="/rj/native/<jour>/partage")


@partage.record_once
def _known_to_templates(state: Any) -> None:  # noqa: ANN401 - of Flask
    """The panel of a night asks for what it shows."""
    app: Flask = state.app
    app.jinja_env.globals["partage_de"] = share_night.shared


dates_of_addresses(partage)


@partage.get("")
@requires("lire")
def lire(jour: date) -> Response:
    """Everything that is shared, as JSON."""
    return jsonify(document(jour))


@partage.post("/presence")
@requires("lire")
@automatic
def ici(jour: date) -> Response:
    """Say that one is on this night; who else is."""
    return jsonify({"presents": presence().note(current_access(), jour, dates.now())})


@partage.post("/releve")
@requires("remplir", "corriger")
def releve(jour: date) -> Response:
    """Leave a note for the next shift."""
    share_night.leave_note(current_access(), jour, given("texte"), dates.now())
    return after(jour)


@partage.post("/signature")
@requires("deroger")
def signature(jour: date) -> Response:
    """Sign for the variance of a person."""
    share_night.sign(current_access(), jour, given("ligne"), dates.now())
    return after(jour)


@partage.post("/enveloppes")
@requires("remplir", "corriger")
def enveloppes(jour: date) -> Response:
    """Count the sealed envelopes before a witness."""
    try:
        number = read_typed_count(given("nombre"))
    except AmountError as error:
        raise ApiError(422, str(error), [FieldError("nombre", str(error))]) from None
    share_night.count_envelopes(current_access(), jour, number, given("temoin"), dates.now())
    return after(jour)


@partage.post("/vu")
@requires("lire")
def vu(jour: date) -> Response:
    """Say that one has seen the night, from the first page."""
    share_night.mark_seen(current_access(), jour, dates.now())
    return cast("Response", redirect(url_for("accueil.index"), HTTPStatus.SEE_OTHER))


def after(jour: date) -> Response:
    """What is shared now, for a program; the page one was on, for a person."""
    if wants_json():
        return jsonify(document(jour))
    tab = form().get("onglet", "controle")
    page = url_for("nuit.onglet", jour=jour.isoformat(), onglet=tab if tab.isidentifier() else "controle")
    return cast("Response", redirect(f"{page}#partage", HTTPStatus.SEE_OTHER))


def document(jour: date) -> Document:
    """What is shared, as JSON has it."""
    found = share_night.shared(night_view(current_access(), jour))
    return {
        "notes": [
            {"nuit": one.night.isoformat(), "a": one.at.isoformat(), "par": one.by, "texte": one.text}
            for one in found.notes
        ],
        "enveloppes": [
            {"a": one.at.isoformat(), "par": one.by, "nombre": one.number, "temoin": one.witness}
            for one in found.counts
        ],
        "signatures": [
            {
                **{"ligne": one.line, "nom": one.name, "variance": str(one.variance)},
                **{"par": one.by or None, "a": one.at.isoformat() if one.at else None},
            }
            for one in found.signatures
        ],
    }
