"""`/api/openapi.json`: the API described for programs, its schemas made from the declarations of the fields."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from flask import Blueprint, Response

from database.models import ROLES
from routes.access import public
from utils.actions.documents import encoded
from utils.actions.notifications.choices import CHANNEL_WORDS, EVERY_KIND
from utils.actions.notifications.given import MINUTES
from utils.actions.state import FILLED, LABELS
from utils.actions.sync.messages import KINDS as WEBHOOKS
from utils.rj.catalogue import BY_KEY
from utils.rj.checks import CHECKS
from utils.rj.declaration import CHOICE, COUNT, DATE, FLAG, LINES, MONEY, Field
from utils.rj.reading import MAX_COUNT, MAX_TEXT
from utils.rj.reason import LEAST
from utils.rj.writing import nested

api_description = Blueprint("api_description", __name__)

_DATE: Final = {"type": "string", "format": "date", "pattern": "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
_MONEY: Final = {"type": "string", "pattern": "^-?[0-9]{1,12}(\\.[0-9]{1,2})?$", "examples": ["1234.56"]}
_COUNT: Final = {"type": "integer", "minimum": 0, "maximum": MAX_COUNT}
_TEXT: Final = {
    "type": "string",
    "maxLength": MAX_TEXT,
    "pattern": "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]*$",
}
_SCALARS: Final[dict[str, dict[str, Any]]] = {
    MONEY: _MONEY,
    COUNT: _COUNT,
    DATE: _DATE,
    FLAG: {"type": "boolean"},
}
_PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "erreurs"],
    "properties": {
        **{key: {"type": "string"} for key in ("type", "title", "detail", "instance")},
        "status": {"type": "integer"},
        "erreurs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["chemin", "message"],
                "properties": {"chemin": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
_REASON: Final = {"type": "string", "minLength": LEAST, "maxLength": MAX_TEXT, "pattern": "\\S"}
_VERSION: Final = {"type": "integer", "minimum": 0, "maximum": MAX_COUNT}


def _object(properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": properties}
    return found | {"required": list(required)} if required else found


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """``null`` empties a field."""
    return {"anyOf": [schema, {"type": "null"}]}


def _scalar(field: Field) -> dict[str, Any]:
    if field.kind == CHOICE:
        return {"enum": list(field.choices)}
    return _SCALARS.get(field.kind, _TEXT)


def field_schema(field: Field) -> dict[str, Any]:
    """What a field accepts in a change."""
    if field.kind == LINES:
        columns = {column.key: _or_empty(_scalar(column)) for column in field.columns if column.formula is None}
        if field.key == "transelect_terminals":
            return _or_empty({"type": "array", "items": _object(columns, ("id",))})
        line = {"id": {"type": "string", "pattern": "^[a-z0-9-]{8,36}$"}, "_supprimer": {"const": True}}
        return _or_empty({"type": "array", "items": _object({**line, **columns})})
    if field.items == "list":
        return _or_empty({"type": "array", "items": _MONEY})
    if field.items:
        inner = _or_empty(_SCALARS[field.items])
        if field.keys:
            return _or_empty(_object(dict.fromkeys(field.keys, inner)))
        return _or_empty({"type": "object", "additionalProperties": inner})
    return _or_empty(_scalar(field))


def tab_schema(tab: str) -> dict[str, Any]:
    """What may be changed in a tab, nested as the night file."""
    tree: dict[str, Any] = {}
    for field in BY_KEY[tab]:
        if field.typed and field.key != "audit_date":
            nested(tree, field.key, field)
    return _tree(tree)


def _tree(tree: dict[str, Any]) -> dict[str, Any]:
    inner = {key: _tree(part) if isinstance(part, dict) else field_schema(part) for key, part in tree.items()}
    return _object(inner)


def _answers(*statuses: int, ok: int = 200, schema: str = "Nuit") -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    answers: dict[str, Any] = {str(ok): {"description": "Réponse", "content": content}}
    for status in (400, 401, 403, 404, 409, *statuses, 503):
        answers[str(status)] = {"$ref": "#/components/responses/Probleme"}
    return answers


def _operation(summary: str, body: dict[str, Any] | None = None, **answers: Any) -> dict[str, Any]:  # noqa: ANN401
    found: dict[str, Any] = {"summary": summary, "responses": _answers(*answers.pop("statuses", (422,)), **answers)}
    if body is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return found


_WRITE_HEADERS: Final = [
    {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
    for name in ("X-CSRFToken", "X-Hotel")
]


def _writing(summary: str, body: dict[str, Any] | None = None, **answers: Any) -> dict[str, Any]:  # noqa: ANN401
    found = _operation(summary, body, statuses=(413, 415, 422, 423), **answers)
    return found | {"parameters": _WRITE_HEADERS}


def _day_paths() -> dict[str, Any]:
    said = "Par contrôle, case ou onglet laissé (onglets.recap) : dix caractères au moins, en mots."
    motifs = {"type": "object", "additionalProperties": {"type": "string", "maxLength": MAX_TEXT, "description": said}}
    opening = _writing("Ouvrir la nuit", ok=201)
    opening["responses"]["200"] = opening["responses"]["201"]
    submission = _object({"motifs": motifs, "en_attente": {"type": "boolean"}})
    override = _object({"check": {"enum": [c.key for c in CHECKS]}, "motif": _REASON}, ("check", "motif"))
    choice = {"version": _VERSION, "case": {"type": "string"}, "choix": {"enum": ["garder", "prendre"]}}
    reading = _operation("La nuit entière")
    reading["responses"]["304"] = {"description": "Inchangée depuis l'ETag donné"}
    return {
        "": {"get": reading, "post": opening},
        "/reprise": {"put": _writing("Reprise d'une première nuit", {"type": "object"})},
        "/reprendre-veille": {"post": _writing("Reprendre la fermeture de la veille")},
        "/journal": {"get": _operation("Ce qui est arrivé à la nuit", schema="Journal")},
        "/soumettre": {"post": _writing("Soumettre", submission)},
        "/derogations": {"post": _writing("Laisser passer un contrôle bloquant", override)},
        "/verrouiller": {"post": _writing("Verrouiller")},
        "/rouvrir": {"post": _writing("Ouvrir une correction", _object({"motif": _REASON}, ("motif",)))},
        "/trancher": {"post": _writing("Garder ou prendre", _object(choice, tuple(choice)), schema="Onglet")},
    }


def _tab_path(tab: str) -> dict[str, Any]:
    reading = _operation(f"Onglet {BY_KEY[tab].short}", schema="Onglet")
    reading["responses"]["304"] = {"description": "Inchangé depuis l'ETag donné"}
    if tab not in FILLED:
        return {"get": reading}
    texts = {"type": "object", "additionalProperties": {"type": "string", "maxLength": MAX_TEXT}}
    body = {"version": _VERSION, "values": {"$ref": f"#/components/schemas/Saisie_{tab}"}, "saisies": texts}
    body["annule"] = {"type": "array", "items": {"type": "string"}}
    return {
        "get": reading,
        "patch": _writing(
            f"Enregistrer des cases de l'onglet {BY_KEY[tab].short}", _object(body, ("version",)), schema="Onglet"
        ),
    }


def _lightspeed_paths(day: dict[str, Any]) -> dict[str, Any]:
    """The PMS: its connection, and the synchronisation of a night."""
    secret = {"type": "string", "maxLength": 500}
    forgettable = _or_empty(secret)
    account = {"type": "string", "pattern": "^[A-Za-z0-9_-]{0,64}$"}
    grant = {"enum": ["authorization_code", "client_credentials"]}
    fields = {"account": account, "client_id": secret, "client_secret": secret, "webhook_secret": forgettable}
    settings = _object({**fields, "grant_type": grant, "auto_sync": {"type": "boolean"}})
    connecting = _object({"action": {"enum": ["enregistrer", "tester", "autoriser"]}, "reglages": settings})
    coming_back = _operation("Retour de la page d’autorisation", statuses=())
    coming_back["responses"]["303"] = {"description": "La page dit comment cela s’est passé"}
    synchronising = _writing("Synchroniser une nuit", schema="Synchronisation")
    following = _operation("Où en est la synchronisation d’une nuit", schema="Synchronisation")
    standing = _operation("La liaison avec Lightspeed", schema="Liaison", statuses=())
    return {
        "/api/lightspeed/status": {"get": standing},
        "/api/lightspeed/connect": {"post": _writing("Configurer, tester, autoriser", connecting, schema="Reponse")},
        "/api/lightspeed/callback": {"get": coming_back},
        "/api/lightspeed/disconnect": {"post": _writing("Couper la liaison", schema="Liaison")},
        "/api/lightspeed/sync/{jour}": {"parameters": [day], "post": synchronising},
        "/api/lightspeed/sync/status/{jour}": {"parameters": [day], "get": following},
    }


def _webhook_paths() -> dict[str, Any]:
    """What the PMS sends by itself: signed (Standard Webhooks), without session nor token."""
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    headers = [{"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in names]
    data = _object({"accountId": {"type": "string"}, "businessDate": _DATE}, ("accountId", "businessDate"))
    message = _object(
        {"type": {"enum": list(WEBHOOKS)}, "data": data | {"additionalProperties": True}}, ("type", "data")
    )
    receiving = {
        "summary": "Un avis signé du PMS : date fermée, rapport révisé",
        "security": [],
        "parameters": headers,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": message | {"additionalProperties": True}}},
        },
        "responses": {
            "200": {"description": "Déjà reçu"},
            "202": {"description": "Reçu"},
            **{status: {"$ref": "#/components/responses/Probleme"} for status in ("400", "401", "413", "415", "503")},
        },
    }
    return {"/webhooks/lightspeed": {"post": receiving}}


def _automation_paths() -> dict[str, Any]:
    """What the product does by itself."""
    job = {"name": "tache", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[a-z_]{1,40}$"}}
    reading = _operation("Ce qui se fait tout seul", schema="Automatismes", statuses=())
    launching = _writing("Faire une tâche maintenant", schema="Passage")
    return {
        "/api/automatismes": {"get": reading},
        "/api/automatismes/{tache}/lancer": {"parameters": [job], "post": launching},
    }


def _notification_paths() -> dict[str, Any]:
    """What people are told, and how."""
    roles = {"type": "array", "items": {"enum": list(ROLES)}}
    number = {"type": "number", "minimum": 0, "maximum": 999_999_999, "multipleOf": 0.01}
    amount = {"anyOf": [{"type": "string", "pattern": "^[0-9]{1,9}(\\.[0-9]{1,2})?$"}, number]}
    hour = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
    chosen = {
        "actif": {"type": "boolean"},
        "roles": roles,
        "personnes": {"type": "array", "items": {"type": "integer"}},
    }
    kinds = {}
    for key, kind in EVERY_KIND.items():
        has = {"seuil": kind.threshold, "critique": kind.critical}
        kinds[key] = _object(chosen | {name: _or_empty(amount) for name, value in has.items() if value is not None})
    silence = _or_empty(_object({"de": hour, "a": hour}, ("de", "a")))
    minutes = {"type": "integer", "minimum": MINUTES[0], "maximum": MINUTES[-1]}
    document = {"kinds": _object(kinds), "silence": silence, "escalade": _object({"roles": roles, "minutes": minutes})}
    genre, canal = {"enum": list(EVERY_KIND)}, {"enum": list(CHANNEL_WORDS)}
    one = _object({"genre": genre, "canal": canal, "seuil": _or_empty(amount)}, ("genre", "canal"))
    wanted = _object({"preferences": {"type": "array", "items": one}}, ("preferences",))
    reading = _operation("Ses préférences", schema="Preferences", statuses=())
    return {
        "/api/notifications/setup": {"post": _writing("Régler l’hôtel", _object(document), schema="Reglages")},
        "/api/notifications/test": {"post": _writing("S’écrire un essai", ok=202, schema="Essai")},
        "/api/notifications/preferences": {
            "get": reading,
            "post": _writing("Garder ses préférences", wanted, schema="Preferences"),
        },
    }


@cache
def description() -> bytes:
    """The whole document, made once a process."""
    day = {"name": "jour", "in": "path", "required": True, "schema": _DATE}
    root = "/api/rj/native/session/{jour}"
    paths: dict[str, Any] = {root + end: {"parameters": [day], **path} for end, path in _day_paths().items()}
    field = {"name": "champ", "in": "path", "required": True, "schema": {"type": "string"}}
    why = {"parameters": [day, field], "get": _operation("Pourquoi ce chiffre", schema="Explication")}
    paths[f"{root}/pourquoi/{{champ}}"] = why
    paths |= {f"{root}/{tab}": {"parameters": [day], **_tab_path(tab)} for tab in BY_KEY}
    paths |= _lightspeed_paths(day) | _automation_paths() | _notification_paths()
    paths |= _webhook_paths()
    paths["/api/moi"] = {"get": _operation("Qui est connecté, dans quel hôtel", schema="Moi", statuses=())}
    return encoded(
        {
            "openapi": "3.1.0",
            "info": {"title": "RJ Natif", "version": "1", "description": "La vérification de nuit d'un hôtel."},
            "security": [{"session": []}],
            "paths": paths,
            "components": {
                "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "rj_session"}},
                "responses": {
                    "Probleme": {
                        "description": "Refus, en français",
                        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleme"}}},
                    }
                },
                "schemas": _schemas(),
            },
        }
    )


def _schemas() -> dict[str, Any]:
    tab = {"type": "object", "required": ["version", "values", "computed", "differences", "origines", "saisies"]}
    night = {
        "type": "object",
        "required": ["version", "revision", "etat", "completude", "onglets", "bande", "remarques"],
        "properties": {"etat": {"enum": list(LABELS)}, "version": _VERSION},
    }
    return {
        "Probleme": _PROBLEM,
        "Nuit": night,
        "Onglet": tab,
        "Journal": {"type": "object", "required": ["entrees"]},
        "Explication": {"type": "object", "required": ["champ", "libelle", "valeur", "formule", "phrase", "termes"]},
        "Liaison": {"type": "object", "required": ["connected", "token_expired", "requires_re_auth", "last_sync"]},
        "Reponse": {"type": "object", "required": ["auth_url"]},
        "Synchronisation": {"type": "object", "required": ["date", "statut", "onglets", "completude"]},
        "Automatismes": {"type": "object", "required": ["taches", "passages", "ennuis"]},
        "Passage": {"type": "object", "required": ["tache", "etat", "message", "nouvel_essai"]},
        "Reglages": {"type": "object", "required": ["kinds", "silence", "escalade"]},
        "Essai": {"type": "object", "required": ["courriel", "envoi"]},
        "Preferences": {"type": "object", "required": ["preferences"]},
        "Moi": {"type": "object", "required": ["courriel", "nom", "role", "hotel"]},
        **{f"Saisie_{key}": tab_schema(key) for key in FILLED},
    }


@api_description.get("/api/openapi.json")
@public
def openapi() -> Response:
    """The description, open to anybody: it says nothing of any hotel."""
    response = Response(description(), mimetype="application/json")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
