"""A shared desk left alone: `/verrou` ends the session, and brings the same person back to the same page."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final, cast

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    session,
    url_for,
)

from routes import access, poste
from routes.access import current_access, public, requires
from routes.connexion import NO_HOTEL, WRONG, ask_code, destination, onward
from routes.lecture import typed
from utils import dates
from utils.accounts import sign_in
from utils.accounts.sign_in import NeedsCode, Refusal

verrou = Blueprint("verrou", __name__, url_prefix="/verrou")

RETURN: Final = "retour"
"""Where the cookie keeps who left, and the pass by which the server knows that their second factor was given."""


@verrou.record_once
def _known_to_templates(state: Any) -> None:  # noqa: ANN401 - of Flask
    """Pages say after how long they lock."""
    app: Flask = state.app
    app.jinja_env.globals["verrou_minutes"] = app.config["SETTINGS"].verrou_minutes


@verrou.get("")
@public
def page() -> Response:
    """The password of the person who left; without one, the log-in page."""
    return form() if RETURN in session else again()


@verrou.post("")
@requires()
def fermer() -> Response:
    """End the session in the book; only the password of the same person opens another."""
    me = current_access()
    kept = {"courriel": me.signed_in.email, "nom": me.label, "hotel": me.property_id, "compte": me.user_id}
    left = sign_in.lock(me.user_id, me.signed_in.session_id, poste.origin(), dates.now())
    access.forget()
    poste.keep()
    session[RETURN] = kept | {"laissez_passer": left}
    return cast("Response", redirect(url_for("verrou.page", suite=destination() or None), HTTPStatus.SEE_OTHER))


@verrou.post("/ouverture")
@public
def ouvrir() -> Response:
    """Check the password and go back to the page that was left."""
    left: Any = session.get(RETURN)
    if not left:
        return again()
    now = dates.now()
    result = sign_in.sign_in(left["courriel"], typed("password"), poste.origin(), now)
    if isinstance(result, Refusal):
        wait = result.wait is not None
        status = HTTPStatus.TOO_MANY_REQUESTS if wait else HTTPStatus.UNAUTHORIZED
        return form("Trop de tentatives. Attendre quelques minutes." if wait else WRONG, status)
    if isinstance(result, NeedsCode):
        longest = timedelta(hours=current_app.config["SETTINGS"].session_hours)
        token = sign_in.come_back(result, left.get("laissez_passer", ""), poste.origin(), now, longest)
        if token is None:
            return ask_code(result)
        result = token
    if access.enter(result, left["hotel"]) is None:
        return form(NO_HOTEL, HTTPStatus.FORBIDDEN)
    return onward()


def again() -> Response:
    """The log-in page."""
    return cast("Response", redirect(url_for("connexion.page", suite=destination() or None), HTTPStatus.SEE_OTHER))


def form(erreur: str = "", status: int = HTTPStatus.OK) -> Response:
    """The locked page."""
    shown = render_template("profil/verrou.html", nom=session[RETURN]["nom"], erreur=erreur, suite=destination())
    response = make_response(shown, status)
    response.headers["Cache-Control"] = "no-store"
    return response
