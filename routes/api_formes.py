"""How a view of the API describes itself, beside its rule of access, and the forms of which descriptions are made.

@api_nuit.post("/rouvrir")
@requires("corriger")
@described(writing("Ouvrir une correction", an_object({"motif": REASON}, ("motif",))))
def rouvrir(jour): ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from utils.rj.reading import MAX_COUNT, MAX_TEXT
from utils.rj.reason import LEAST
from utils.shapes import Document

View = TypeVar("View", bound=Callable[..., Any])
Operation = Document

BUSINESS_DATE: Final = {"type": "string", "format": "date", "pattern": "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
"""A business date."""

REASON: Final = {"type": "string", "minLength": LEAST, "maxLength": MAX_TEXT, "pattern": "\\S"}
"""Why something is done that the book will ask about."""

VERSION: Final = {"type": "integer", "minimum": 0, "maximum": MAX_COUNT}
"""The version of a night."""

_DESCRIBED: Final = "described"
_WRITES: Final = (413, 415, 422, 423)


def described(operation: Operation | Callable[..., Operation | None]) -> Callable[[View], View]:
    """What the description of the API says of a view; a function of the parts of the address that it writes out."""

    def marked(view: View) -> View:
        setattr(view, _DESCRIBED, operation)
        return view

    return marked


def description_of(view: Callable[..., Any], parts: Mapping[str, str]) -> Operation | None:
    """What a view says of itself at one address; nothing where it does not serve. Refuses a view that is silent."""
    said = getattr(view, _DESCRIBED, None)
    if said is None:
        raise LookupError(f"{view.__name__} is a view of the API and does not describe itself.")
    found: Operation | None = said(**parts) if callable(said) else said
    return found


def an_object(properties: Document, required: tuple[str, ...] = ()) -> Document:
    """An object that has no other keys."""
    found: Document = {"type": "object", "additionalProperties": False, "properties": properties}
    return found | {"required": list(required)} if required else found


def or_empty(schema: Document) -> Document:
    """``null`` empties a field."""
    return {"anyOf": [schema, {"type": "null"}]}


def headers(*names: str) -> list[Document]:
    """Headers that must come with a request."""
    return [{"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in names]


def taking(body: Document) -> Document:
    """The JSON that must come with a request."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": body}}}}


def refusals(*statuses: int) -> Document:
    """Statuses that are all answered by the same problem."""
    return {str(status): {"$ref": "#/components/responses/Probleme"} for status in statuses}


def operation(
    summary: str,
    body: Document | None = None,
    *,
    schema: str = "Nuit",
    ok: tuple[int, ...] = (200,),
    bare: Mapping[int, str] | None = None,
    refused: tuple[int, ...] = (422,),
) -> Operation:
    """An operation: what it does and takes, which schema it answers; ``bare`` answers have a sentence and no body."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    answers: Document = {str(status): {"description": "Réponse", "content": content} for status in ok}
    answers |= {str(status): {"description": said} for status, said in (bare or {}).items()}
    answers |= refusals(400, 401, 403, 404, 409, *refused, 503)
    return {"summary": summary, "responses": answers} | (taking(body) if body is not None else {})


def writing(summary: str, body: Document | None = None, **answers: Any) -> Operation:  # noqa: ANN401
    """An operation that writes: it wants the token and the hotel of the page."""
    said = operation(summary, body, refused=_WRITES, **answers)
    return said | {"parameters": headers("X-CSRFToken", "X-Hotel")}
