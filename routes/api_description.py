"""`/api/openapi.json`: the API described for programs, by its own views and by the declarations of the fields."""

from __future__ import annotations

import re
from typing import Final

from flask import Blueprint, Flask, Response, current_app

from routes.access import public
from routes.api_formes import BUSINESS_DATE, VERSION, an_object, description_of, or_empty
from utils.actions.documents import encoded
from utils.actions.reports.export import FORMS
from utils.actions.state import LABELS, TYPED_TABS
from utils.rj.catalogue import BY_KEY
from utils.rj.declaration import CHOICE, COUNT, DATE, FLAG, LINES, MONEY, Field
from utils.rj.reading import MAX_COUNT, MAX_TEXT
from utils.rj.writing import nested
from utils.shapes import Document

api_description = Blueprint("api_description", __name__)

_MONEY: Final = {"type": "string", "pattern": "^-?[0-9]{1,12}(\\.[0-9]{1,2})?$", "examples": ["1234.56"]}
_COUNT: Final = {"type": "integer", "minimum": 0, "maximum": MAX_COUNT}
_TEXT: Final = {
    "type": "string",
    "maxLength": MAX_TEXT,
    "pattern": "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]*$",
}
_SCALARS: Final[dict[str, Document]] = {
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
_OF_PROGRAMS: Final = ("/api/", "/webhooks/")
_OURS: Final = "api_description.openapi"
_EXTENSION: Final = "rj_api_description"
_CONVERTED: Final = re.compile(r"<(?:\w+:)?(\w+)>")
_NAMED: Final = re.compile(r"{(\w+)}")
_PARTS: Final[dict[str, Document]] = {
    name: {"name": name, "in": "path", "required": True, "schema": schema}
    for name, schema in (
        ("jour", BUSINESS_DATE),
        ("champ", {"type": "string"}),
        *((name, {"type": "integer", "minimum": 1}) for name in ("avant", "apres")),
        ("forme", {"enum": list(FORMS)}),
        ("tache", {"type": "string", "pattern": "^[a-z_]{1,40}$"}),
    )
}
"""What may stand in an address."""


def _scalar(field: Field) -> Document:
    if field.kind == CHOICE:
        return {"enum": list(field.choices)}
    return _SCALARS.get(field.kind, _TEXT)


def field_schema(field: Field) -> Document:
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


def tab_schema(tab: str) -> Document:
    """What may be changed in a tab, nested as the night file."""
    tree: Document = {}
    for field in BY_KEY[tab]:
        if field.typed and field.key != "audit_date":
            nested(tree, field.key, field)
    return _tree(tree)


def _tree(tree: Document) -> Document:
    inner = {key: _tree(part) if isinstance(part, dict) else field_schema(part) for key, part in tree.items()}
    return an_object(inner)


def paths_of(app: Flask) -> Document:
    """Each address of the API, from the map of addresses, with what its views say of themselves."""
    paths: Document = {}
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(_OF_PROGRAMS) or rule.endpoint == _OURS:
            continue
        [method] = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        address = _CONVERTED.sub(r"{\1}", rule.rule)
        for parts in [{"onglet": tab} for tab in BY_KEY] if "{onglet}" in address else [{}]:
            said = description_of(app.view_functions[rule.endpoint], parts)
            if said is not None:
                written = address.replace("{onglet}", parts.get("onglet", ""))
                named = [_PARTS[name] for name in _NAMED.findall(written)]
                path = paths.setdefault(written, {"parameters": named} if named else {})
                path[method.lower()] = said
    return paths


def document_of(app: Flask) -> Document:
    """The whole document; raises ``LookupError`` when a view of the API does not describe itself."""
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleme"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "RJ Natif", "version": "1", "description": "La vérification de nuit d'un hôtel."},
        "security": [{"session": []}],
        "paths": paths_of(app),
        "components": {
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "rj_session"}},
            "responses": {"Probleme": {"description": "Refus, en français", "content": problem}},
            "schemas": _schemas(),
        },
    }


def _schemas() -> Document:
    tab = {"type": "object", "required": ["version", "values", "computed", "differences", "origines", "saisies"]}
    night = {
        "type": "object",
        "required": ["version", "revision", "etat", "completude", "onglets", "bande", "remarques"],
        "properties": {"etat": {"enum": list(LABELS)}, "version": VERSION},
    }
    return {
        "Probleme": _PROBLEM,
        "Nuit": night,
        "Onglet": tab,
        "Journal": {"type": "object", "required": ["entrees"]},
        "Revisions": {"type": "object", "required": ["revisions"]},
        "Comparaison": {"type": "object", "required": ["de", "a", "changements", "chiffres"]},
        "Habitudes": {"type": "object", "required": ["jour", "cases"]},
        "Explication": {"type": "object", "required": ["champ", "libelle", "valeur", "formule", "phrase", "termes"]},
        "Liaison": {"type": "object", "required": ["connected", "token_expired", "requires_re_auth", "last_sync"]},
        "Reponse": {"type": "object", "required": ["auth_url"]},
        "Synchronisation": {"type": "object", "required": ["date", "statut", "onglets", "completude"]},
        "Coupure": {"type": "object", "required": ["connected", "revoked"]},
        "Envoi": {"type": "object", "required": ["etat"]},
        "Reperes": {"type": "object", "required": ["date", "statut"]},
        "Rang": {"type": "object", "required": ["date", "rang", "sur"]},
        "Automatismes": {"type": "object", "required": ["taches", "passages", "ennuis"]},
        "Passage": {"type": "object", "required": ["tache", "etat", "message", "nouvel_essai"]},
        "Reglages": {"type": "object", "required": ["kinds", "silence", "escalade"]},
        "Essai": {"type": "object", "required": ["courriel", "envoi"]},
        "Preferences": {"type": "object", "required": ["preferences"]},
        "Moi": {"type": "object", "required": ["courriel", "nom", "role", "hotel"]},
        **{f"Saisie_{key}": tab_schema(key) for key in TYPED_TABS},
    }


def register(app: Flask) -> None:
    """Make the description, once every address is known; refuses an application with a view that it cannot describe."""
    app.extensions[_EXTENSION] = encoded(document_of(app))


@api_description.get("/api/openapi.json")
@public
def openapi() -> Response:
    """The description, open to anybody: it says nothing of any hotel."""
    response = Response(current_app.extensions[_EXTENSION], mimetype="application/json")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
