"""The JSON API of the notifications: `/api/notifications/…`. Shapes: `documentation/api.md`."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, jsonify

from routes.access import current_access, requires
from routes.lecture import json_body
from utils import dates
from utils.actions.notifications import choices, desk

api_notifications = Blueprint("api_notifications", __name__, url_prefix="/api/notifications")


@api_notifications.post("/setup")
@requires("regler_avis")
def setup() -> Response:
    """Keep thresholds, recipients, silence and escalation of the hotel; answers all that is in force."""
    return _fresh(jsonify(choices.document_of(choices.save_choices(current_access(), json_body(), dates.now()))))


@api_notifications.post("/test")
@requires("regler_avis")
def test() -> Response:
    """Write a trial mail to the one who asks."""
    access = current_access()
    address = desk.send_test(access, dates.now())
    answer = _fresh(jsonify(courriel=address, envoi=desk.sends_mail()))
    answer.status_code = HTTPStatus.ACCEPTED
    return answer


@api_notifications.get("/preferences")
@requires("lire")
def preferences() -> Response:
    """How the one who asks wants to be told of each kind."""
    return _fresh(jsonify(preferences=choices.preferences_of(current_access())))


@api_notifications.post("/preferences")
@requires("lire")
def save_preferences() -> Response:
    """Keep some of them; answers them all."""
    choices.save_preferences(current_access(), json_body(), dates.now())
    return preferences()


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
