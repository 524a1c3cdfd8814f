"""Signing in and out: `/connexion`, `/deconnexion`; who one is: `/api/moi`; the hotel one works in: `/hotel`."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, session, url_for

from database import sessions
from database.setup import DEMO_PASSWORD, DEMO_PEOPLE
from database.transaction import read
from routes import access, poste
from routes.access import current_access, public, requires
from routes.api_formes import described, operation
from routes.erreurs import ApiError
from routes.lecture import asked_or_typed, typed
from utils import dates
from utils.accounts import sign_in
from utils.accounts.sign_in import NeedsCode, Refusal
from utils.presentation.words import ROLES
from utils.shapes import Document

connexion = Blueprint("connexion", __name__)

WRONG = "L’adresse courriel ou le mot de passe est incorrect."
NO_HOTEL = "Ce compte n’a accès à aucun hôtel. Demander à l’administration de l’hôtel de lui donner un rôle."


@connexion.get("/connexion")
@public
def page() -> Response:
    """The log-in form; whoever is signed in already goes on."""
    if access.signed_in():
        return onward()
    return form()


@connexion.post("/connexion")
@public
def entrer() -> Response:
    """Check the address and the password, open a session, go where one wanted to go."""
    given = demo_account() or {name: typed(name) for name in ("email", "password")}
    result = sign_in.sign_in(given["email"], given["password"], poste.origin(), dates.now())
    if isinstance(result, Refusal):
        return refused(given["email"], result)
    if isinstance(result, NeedsCode):
        return ask_code(result)
    if access.enter(result) is None:
        return form(given["email"], NO_HOTEL, HTTPStatus.FORBIDDEN)
    return onward()


def demo_account() -> dict[str, str] | None:
    """The account of the demonstration whose button was pressed: their password is known to everybody."""
    pressed = typed("compte")
    known = current_app.config["DEMO"] and pressed in {email for email, _, _ in DEMO_PEOPLE}
    return {"email": pressed, "password": DEMO_PASSWORD} if known else None


@connexion.post("/deconnexion")
@requires()
def deconnexion() -> Response:
    """End the session for good: its cookie opens nothing any more."""
    access.leave()
    return cast("Response", redirect(url_for("connexion.page"), HTTPStatus.SEE_OTHER))


@connexion.post("/hotel")
@requires()
def hotel() -> Response:
    """Work in another of one's hotels from now on."""
    code = typed("vers")
    with read() as connection:
        mine = sessions.role_in(connection, current_access().user_id, code)
    if mine is None:
        raise ApiError(404)
    access.work_in(current_access(), mine[0])
    return onward()


@connexion.get("/api/moi")
@requires()
@described(operation("Qui est connecté, dans quel hôtel", schema="Moi", refused=()))
def moi() -> Document:
    """Who is signed in, in which role, in which hotel."""
    me = current_access().signed_in
    return {"courriel": me.email, "nom": me.name, "role": me.role, "hotel": me.code}


def ask_code(needs: NeedsCode) -> Response:
    """The password was right: the server remembers it for a few minutes, in this browser; ask for the code."""
    session[access.PENDING] = needs.waiting
    poste.keep()
    return cast("Response", redirect(url_for("second_facteur.page", suite=destination()), HTTPStatus.SEE_OTHER))


def refused(email: str, refusal: Refusal) -> Response:
    """The form again, with what went wrong and, after too many attempts, when to come back."""
    if refusal.wait is None:
        return form(email, WRONG, HTTPStatus.UNAUTHORIZED)
    seconds = max(1, math.ceil(refusal.wait.total_seconds()))
    minutes = math.ceil(seconds / 60)
    delay = f"{minutes} minutes" if minutes > 1 else "une minute"
    response = form(email, f"Trop de tentatives. Réessayer dans {delay}.", HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(seconds)
    return response


def form(email: str = "", erreur: str = "", status: int = HTTPStatus.OK) -> Response:
    """The log-in page."""
    demo = current_app.config["DEMO"]
    accounts = [(address, ROLES[role]) for address, _, role in DEMO_PEOPLE] if demo else []
    known: dict[str, object] = {"comptes": accounts, "mot_de_passe": DEMO_PASSWORD if demo else ""}
    shown = render_template("connexion.html", email=email, erreur=erreur, suite=destination(), **known)
    response = make_response(shown, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def onward() -> Response:
    """Go to the page that was wanted."""
    return cast("Response", redirect(destination() or url_for("accueil.index"), HTTPStatus.SEE_OTHER))


def destination() -> str:
    """The page wanted after log-in when it is one of ours, else nothing: a link must not send people elsewhere."""
    wanted = asked_or_typed("suite")
    try:
        parts = urlsplit(wanted)
    except ValueError:  # brackets that hold no address
        return ""
    ours = wanted.startswith("/") and not parts.scheme and not parts.netloc
    plain = wanted.isprintable() and "\\" not in wanted and not wanted.startswith("//")
    return wanted if ours and plain else ""
