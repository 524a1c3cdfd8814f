"""A password that was forgotten: `/mot-de-passe-oublie`. The answer never says whether the account exists."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import cast

from flask import Blueprint, Flask, Response, current_app, make_response, render_template

from routes import poste
from routes.access import public
from routes.lecture import typed
from utils import dates
from utils.accounts import reset
from utils.accounts.later import evenly
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

    The mail is written once the answer has gone, in a time that is the same with and without an account: neither this
    answer nor the next of this connection tells anything.
    """
    email = typed("email")
    if not desk.sends_mail():
        return _shown()
    wait = reset.count_request(email, poste.origin(), dates.now())
    if wait:
        answer = _shown(erreur="Trop de demandes. Réessayer plus tard.", status=HTTPStatus.TOO_MANY_REQUESTS)
        answer.headers["Retry-After"] = str(max(1, math.ceil(wait.total_seconds())))
        return answer
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    answer = _shown(fait=True)
    answer.call_on_close(lambda: evenly(app, lambda: reset.send_link(email, desk.mail_link)))
    return answer


def _shown(*, fait: bool = False, erreur: str = "", status: int = HTTPStatus.OK) -> Response:
    known = {"envoie": desk.sends_mail(), "fait": fait, "erreur": erreur}
    answer = make_response(render_template("profil/oubli.html", **known), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
