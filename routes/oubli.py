"""A password that was forgotten: `/mot-de-passe-oublie`. The answer never says whether the account exists."""

from __future__ import annotations

import math
from http import HTTPStatus

from flask import Blueprint, Response, make_response, render_template

from routes import poste
from routes.access import public
from routes.lecture import typed
from utils import dates
from utils.accounts import reset
from utils.accounts.later import later
from utils.actions.notifications import desk

oubli = Blueprint("oubli", __name__, url_prefix="/mot-de-passe-oublie")


@oubli.get("")
@public
def page() -> Response:
    """The form, or where to ask when no mail leaves."""
    return _shown()


@oubli.post("")
@public
def demander() -> Response:
    """Answer the same to everybody, then write to the account if there is one.

    The mail is written a moment later, on a thread that serves nobody: neither this answer nor the next of this
    connection tells anything, and no request of anybody waits for it.
    """
    email = typed("email")
    if not desk.sends_mail():
        return _shown()
    wait = reset.count_request(email, poste.origin(), dates.now())
    if wait:
        answer = _shown(erreur="Trop de demandes. Réessayer plus tard.", status=HTTPStatus.TOO_MANY_REQUESTS)
        answer.headers["Retry-After"] = str(max(1, math.ceil(wait.total_seconds())))
        return answer
    later(lambda: reset.send_link(email, desk.mail_link))
    return _shown(fait=True)


def _shown(*, fait: bool = False, erreur: str = "", status: int = HTTPStatus.OK) -> Response:
    known = {"envoie": desk.sends_mail(), "fait": fait, "erreur": erreur}
    answer = make_response(render_template("profil/oubli.html", **known), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
