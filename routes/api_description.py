"""`/api/openapi.json`: the API described for programs, its schemas made from the declarations of the fields."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from flask import Blueprint, Response

from database.models import ROLES
from routes.access import public
from routes.api_formes import BUSINESS_DATE, an_object, operation, or_empty, writing
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
    DATE: BUSINESS_DATE,
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


def _scalar(field: Field) -> dict[str, Any]:
    if field.kind == CHOICE:
        return {"enum": list(field.choices)}
    return _SCALARS.get(field.kind, _TEXT)


def field_schema(field: Field) -> dict[str, Any]:
    """What a field accepts in a change."""
    if field.kind == LINES:
        columns = {column.key: or_empty(_scalar(column)) for column in field.columns if column.formula is None}
        if field.key == "transelect_terminals":
            return or_empty({"type": "array", "items": an_object(columns, ("id",))})
        line = {"id": {"type": "string", "pattern": "^[a-z0-9-]{8,36}$"}, "_supprimer": {"const": True}}
        return or_empty({"type": "array", "items": an_object({**line, **columns})})
    if field.items == "list":
        return or_empty({"type": "array", "items": _MONEY})
    if field.items:
        inner = or_empty(_SCALARS[field.items])
        if field.keys:
            return or_empty(an_object(dict.fromkeys(field.keys, inner)))
        return or_empty({"type": "object", "additionalProperties": inner})
    return or_empty(_scalar(field))


def tab_schema(tab: str) -> dict[str, Any]:
    """What may be changed in a tab, nested as the night file."""
    tree: dict[str, Any] = {}
    for field in BY_KEY[tab]:
        if field.typed and field.key != "audit_date":
            nested(tree, field.key, field)
    return _tree(tree)


def _tree(tree: dict[str, Any]) -> dict[str, Any]:
    inner = {key: _tree(part) if isinstance(part, dict) else field_schema(part) for key, part in tree.items()}
    return an_object(inner)


def _day_paths() -> dict[str, Any]:
    said = "Par contrôle, case ou onglet laissé (onglets.recap) : dix caractères au moins, en mots."
    motifs = {"type": "object", "additionalProperties": {"type": "string", "maxLength": MAX_TEXT, "description": said}}
    opening = writing("Ouvrir la nuit", ok=201)
    opening["responses"]["200"] = opening["responses"]["201"]
    submission = an_object({"motifs": motifs, "en_attente": {"type": "boolean"}})
    override = an_object({"check": {"enum": [c.key for c in CHECKS]}, "motif": _REASON}, ("check", "motif"))
    choice = {"version": _VERSION, "case": {"type": "string"}, "choix": {"enum": ["garder", "prendre"]}}
    reading = operation("La nuit entière")
    reading["responses"]["304"] = {"description": "Inchangée depuis l'ETag donné"}
    return {
        "": {"get": reading, "post": opening},
        "/reprise": {"put": writing("Reprise d'une première nuit", {"type": "object"})},
        "/reprendre-veille": {"post": writing("Reprendre la fermeture de la veille")},
        "/journal": {"get": operation("Ce qui est arrivé à la nuit", schema="Journal")},
        "/soumettre": {"post": writing("Soumettre", submission)},
        "/derogations": {"post": writing("Laisser passer un contrôle bloquant", override)},
        "/verrouiller": {"post": writing("Verrouiller")},
        "/rouvrir": {"post": writing("Ouvrir une correction", an_object({"motif": _REASON}, ("motif",)))},
        "/trancher": {"post": writing("Garder ou prendre", an_object(choice, tuple(choice)), schema="Onglet")},
    }


def _tab_path(tab: str) -> dict[str, Any]:
    reading = operation(f"Onglet {BY_KEY[tab].short}", schema="Onglet")
    reading["responses"]["304"] = {"description": "Inchangé depuis l'ETag donné"}
    if tab not in FILLED:
        return {"get": reading}
    texts = {"type": "object", "additionalProperties": {"type": "string", "maxLength": MAX_TEXT}}
    body = {"version": _VERSION, "values": {"$ref": f"#/components/schemas/Saisie_{tab}"}, "saisies": texts}
    body["annule"] = {"type": "array", "items": {"type": "string"}}
    return {
        "get": reading,
        "patch": writing(
            f"Enregistrer des cases de l'onglet {BY_KEY[tab].short}", an_object(body, ("version",)), schema="Onglet"
        ),
    }


def _lightspeed_paths(day: dict[str, Any]) -> dict[str, Any]:
    """The PMS: its connection, and the synchronisation of a night."""
    secret = {"type": "string", "maxLength": 500}
    forgettable = or_empty(secret)
    account = {"type": "string", "pattern": "^[A-Za-z0-9_-]{0,64}$"}
    grant = {"enum": ["authorization_code", "client_credentials"]}
    fields = {"account": account, "client_id": secret, "client_secret": secret, "webhook_secret": forgettable}
    settings = an_object({**fields, "grant_type": grant, "auto_sync": {"type": "boolean"}})
    connecting = an_object({"action": {"enum": ["enregistrer", "tester", "autoriser"]}, "reglages": settings})
    coming_back = operation("Retour de la page d’autorisation", statuses=())
    coming_back["responses"]["303"] = {"description": "La page dit comment cela s’est passé"}
    synchronising = writing("Synchroniser une nuit", schema="Synchronisation")
    following = operation("Où en est la synchronisation d’une nuit", schema="Synchronisation")
    standing = operation("La liaison avec Lightspeed", schema="Liaison", statuses=())
    return {
        "/api/lightspeed/status": {"get": standing},
        "/api/lightspeed/connect": {"post": writing("Configurer, tester, autoriser", connecting, schema="Reponse")},
        "/api/lightspeed/callback": {"get": coming_back},
        "/api/lightspeed/disconnect": {"post": writing("Couper la liaison", schema="Liaison")},
        "/api/lightspeed/sync/{jour}": {"parameters": [day], "post": synchronising},
        "/api/lightspeed/sync/status/{jour}": {"parameters": [day], "get": following},
    }


def _webhook_paths() -> dict[str, Any]:
    """What the PMS sends by itself: signed (Standard Webhooks), without session nor token."""
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    headers = [{"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in names]
    data = an_object({"accountId": {"type": "string"}, "businessDate": BUSINESS_DATE}, ("accountId", "businessDate"))
    message = an_object(
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
    reading = operation("Ce qui se fait tout seul", schema="Automatismes", statuses=())
    launching = writing("Faire une tâche maintenant", schema="Passage")
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
        kinds[key] = an_object(chosen | {name: or_empty(amount) for name, value in has.items() if value is not None})
    silence = or_empty(an_object({"de": hour, "a": hour}, ("de", "a")))
    minutes = {"type": "integer", "minimum": MINUTES[0], "maximum": MINUTES[-1]}
    document = {
        "kinds": an_object(kinds),
        "silence": silence,
        "escalade": an_object({"roles": roles, "minutes": minutes}),
    }
    genre, canal = {"enum": list(EVERY_KIND)}, {"enum": list(CHANNEL_WORDS)}
    one = an_object({"genre": genre, "canal": canal, "seuil": or_empty(amount)}, ("genre", "canal"))
    wanted = an_object({"preferences": {"type": "array", "items": one}}, ("preferences",))
    reading = operation("Ses préférences", schema="Preferences", statuses=())
    return {
        "/api/notifications/setup": {"post": writing("Régler l’hôtel", an_object(document), schema="Reglages")},
        "/api/notifications/test": {"post": writing("S’écrire un essai", ok=202, schema="Essai")},
        "/api/notifications/preferences": {
            "get": reading,
            "post": writing("Garder ses préférences", wanted, schema="Preferences"),
        },
    }


@cache
def description() -> bytes:
    """The whole document, made once a process."""
    day = {"name": "jour", "in": "path", "required": True, "schema": BUSINESS_DATE}
    root = "/api/rj/native/session/{jour}"
    paths: dict[str, Any] = {root + end: {"parameters": [day], **path} for end, path in _day_paths().items()}
    field = {"name": "champ", "in": "path", "required": True, "schema": {"type": "string"}}
    why = {"parameters": [day, field], "get": operation("Pourquoi ce chiffre", schema="Explication")}
    paths[f"{root}/pourquoi/{{champ}}"] = why
    paths |= {f"{root}/{tab}": {"parameters": [day], **_tab_path(tab)} for tab in BY_KEY}
    paths |= _lightspeed_paths(day) | _automation_paths() | _notification_paths()
    paths |= _webhook_paths()
    paths["/api/moi"] = {"get": operation("Qui est connecté, dans quel hôtel", schema="Moi", statuses=())}
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
