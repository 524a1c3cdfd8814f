"""The first page: `/`."""

from __future__ import annotations

from flask import Blueprint, render_template

accueil = Blueprint("accueil", __name__)


@accueil.get("/")
def index() -> str:
    """What RJ Natif is, in a page."""
    return render_template("accueil.html")
