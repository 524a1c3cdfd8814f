"""The papers of a night of the demonstration: `/papiers/<date>`, to type it by hand and learn."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, render_template

from routes.access import current_access, requires
from routes.erreurs import ApiError
from utils import dates, french
from utils.actions.demonstration.night_papers import night_papers
from utils.rj.catalogue import BY_KEY, FIELDS

papiers = Blueprint("papiers", __name__, url_prefix="/papiers")


@papiers.get("/<jour>")
@requires("lire")
def lire(jour: str) -> str:
    """Every paper of the night, with the field that each line feeds; 404 outside a demonstration."""
    try:
        day = dates.read_date(jour)
    except dates.DateError as error:
        raise ApiError(404, str(error)) from None
    feuilles = night_papers(current_access(), day)
    return render_template("papiers.html", jour=day, feuilles=feuilles, onglets=BY_KEY, dit=said, champ=label_of)


def said(value: Any) -> str:  # noqa: ANN401 - a value of a paper, or none
    """A value as the paper prints it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return french.money(value) if isinstance(value, Decimal) else str(value)


def label_of(name: str) -> str:
    """The field of a line, as the night's page names it."""
    found = FIELDS.get(name) or FIELDS.get(name.rpartition(".")[0])
    return found.label if found else name
