"""The first page: `/`."""

from __future__ import annotations

from flask import Blueprint, render_template

from routes.access import public

accueil = Blueprint("accueil", __name__)


@accueil.get("/")
@public
def index() -> str:
    """What RJ Natif is, in a page."""
    return render_template("accueil.html")
