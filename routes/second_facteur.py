"""The second step of signing in: `/connexion/code`."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, make_response, redirect, render_template, session, url_for

from routes import access, poste
from routes.access import public
from routes.connexion import NO_HOTEL, destination, onward
from routes.lecture import typed
from utils import dates
from utils.accounts import second_factor, sign_in
from utils.accounts.create import AccountError

second_facteur = Blueprint("second_facteur", __name__, url_prefix="/connexion/code")


@second_facteur.get("")
@public
def page() -> Response:
    """The form of the code; without a password given just before, the log-in page."""
    return again() if waiting() is None else form()


@second_facteur.post("")
@public
def entrer() -> Response:
    """Check the code, then open the session."""
    user_id = waiting()
    if user_id is None:
        return again()
    try:
        second_factor.check(user_id, typed("code"), poste.origin())
    except AccountError as error:
        return form(str(error), HTTPStatus.UNAUTHORIZED)
    token = sign_in.finish(session[access.PENDING], poste.origin(), dates.now())
    if token is None:
        return again()
    if access.enter(token) is None:
        return form(NO_HOTEL, HTTPStatus.FORBIDDEN)
    return onward()


def waiting() -> int | None:
    """The account whose password was right a moment ago."""
    token = session.get(access.PENDING)
    return sign_in.awaited(token, poste.origin(), dates.now()) if isinstance(token, str) else None


def again() -> Response:
    """Back to the password."""
    return cast("Response", redirect(url_for("connexion.page", suite=destination() or None), HTTPStatus.SEE_OTHER))


def form(erreur: str = "", status: int = HTTPStatus.OK) -> Response:
    """The page of the code."""
    response = make_response(render_template("profil/code.html", erreur=erreur, suite=destination()), status)
    response.headers["Cache-Control"] = "no-store"
    return response
