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
    request,
    session,
    url_for,
)

from routes import access
from routes.access import current_access, public, requires
from routes.connexion import NO_HOTEL, WRONG, destination, onward
from utils import dates
from utils.accounts import second_factor, sign_in
from utils.accounts.sign_in import NeedsCode, Refusal

verrou = Blueprint("verrou", __name__, url_prefix="/verrou")

RETURN: Final = "retour"
"""Where the cookie keeps who left, and since when a second factor given before counts."""


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
    since = int(dates.now().timestamp())
    kept = {"courriel": me.signed_in.email, "nom": me.label, "hotel": me.property_id, "compte": me.user_id}
    device = second_factor.enrolled(me.user_id)
    access.leave()
    session[RETURN] = kept | {"code_depuis": since if device else 0}
    return cast("Response", redirect(url_for("verrou.page", suite=destination() or None), HTTPStatus.SEE_OTHER))


@verrou.post("/ouverture")
@public
def ouvrir() -> Response:
    """Check the password and go back to the page that was left."""
    left: Any = session.get(RETURN)
    if not left:
        return again()
    now = dates.now()
    result = sign_in.sign_in(left["courriel"], request.form.get("password", ""), request.remote_addr or "", now)
    if isinstance(result, Refusal):
        wait = result.wait is not None
        status = HTTPStatus.TOO_MANY_REQUESTS if wait else HTTPStatus.UNAUTHORIZED
        return form("Trop de tentatives. Attendre quelques minutes." if wait else WRONG, status)
    if isinstance(result, NeedsCode):
        longest = timedelta(hours=current_app.config["SETTINGS"].session_hours)
        if result.user_id != left["compte"] or not dates.lasts(left.get("code_depuis", 0), now, longest):
            session[access.PENDING] = [result.user_id, int(now.timestamp())]
            return cast("Response", redirect(url_for("second_facteur.page", suite=destination()), HTTPStatus.SEE_OTHER))
        result = sign_in.open_session(result.user_id, now)
    if access.enter(result) is None:
        return form(NO_HOTEL, HTTPStatus.FORBIDDEN)
    session[access.HOTEL] = left["hotel"]
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
