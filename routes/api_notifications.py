"""The JSON API of the notifications: `/api/notifications/…`. Shapes: `documentation/api.md`."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, jsonify

from database.models import ROLES
from routes.access import current_access, requires
from routes.api_formes import an_object, described, operation, or_empty, writing
from routes.lecture import json_body
from utils import dates
from utils.actions.notifications import choices, desk
from utils.actions.notifications.given import MINUTES

api_notifications = Blueprint("api_notifications", __name__, url_prefix="/api/notifications")

_NUMBER: Final = {"type": "number", "minimum": 0, "maximum": 999_999_999, "multipleOf": 0.01}
_AMOUNT: Final = {"anyOf": [{"type": "string", "pattern": "^[0-9]{1,9}(\\.[0-9]{1,2})?$"}, _NUMBER]}
_HOUR: Final = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
_ROLES: Final = {"type": "array", "items": {"enum": list(ROLES)}}
_MINUTES: Final = {"type": "integer", "minimum": MINUTES[0], "maximum": MINUTES[-1]}
_CHOSEN: Final = {
    "actif": {"type": "boolean"},
    "roles": _ROLES,
    "personnes": {"type": "array", "items": {"type": "integer"}},
}
_KINDS: Final = {
    key: an_object(
        _CHOSEN
        | ({} if kind.threshold is None else {"seuil": or_empty(_AMOUNT)})
        | ({} if kind.critical is None else {"critique": or_empty(_AMOUNT)})
    )
    for key, kind in choices.EVERY_KIND.items()
}
_SETTINGS: Final = an_object(
    {
        "kinds": an_object(_KINDS),
        "silence": or_empty(an_object({"de": _HOUR, "a": _HOUR}, ("de", "a"))),
        "escalade": an_object({"roles": _ROLES, "minutes": _MINUTES}),
    }
)
"""What a hotel chooses for each kind of notice, for its silence and for its escalation."""

_PREFERENCE: Final = {
    "genre": {"enum": list(choices.EVERY_KIND)},
    "canal": {"enum": list(choices.CHANNEL_WORDS)},
    "seuil": or_empty(_AMOUNT),
}
_WANTED: Final = an_object(
    {"preferences": {"type": "array", "items": an_object(_PREFERENCE, ("genre", "canal"))}}, ("preferences",)
)
"""What somebody chooses of some kinds of notices."""


@api_notifications.post("/setup")
@requires("regler_avis")
@described(writing("Régler l’hôtel", _SETTINGS, schema="Reglages"))
def setup() -> Response:
    """Keep thresholds, recipients, silence and escalation of the hotel; answers all that is in force."""
    return _fresh(jsonify(choices.document_of(choices.save_choices(current_access(), json_body(), dates.now()))))


@api_notifications.post("/test")
@requires("regler_avis")
@described(writing("S’écrire un essai", ok=(202,), schema="Essai"))
def test() -> Response:
    """Write a trial mail to the one who asks."""
    access = current_access()
    address = desk.send_test(access, dates.now())
    answer = _fresh(jsonify(courriel=address, envoi=desk.sends_mail()))
    answer.status_code = HTTPStatus.ACCEPTED
    return answer


@api_notifications.get("/preferences")
@requires("lire")
@described(operation("Ses préférences", schema="Preferences", refused=()))
def preferences() -> Response:
    """How the one who asks wants to be told of each kind."""
    return _fresh(jsonify(preferences=[one.as_json() for one in choices.preferences_of(current_access())]))


@api_notifications.post("/preferences")
@requires("lire")
@described(writing("Garder ses préférences", _WANTED, schema="Preferences"))
def save_preferences() -> Response:
    """Keep some of them; answers them all."""
    choices.save_preferences(current_access(), json_body(), dates.now())
    return preferences()


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
