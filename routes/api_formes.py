"""The forms of which the description of the API is made: objects, operations, answers."""

from __future__ import annotations

from typing import Any, Final

BUSINESS_DATE: Final = {"type": "string", "format": "date", "pattern": "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
"""A business date."""


def an_object(properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    """An object that has no other keys."""
    found: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": properties}
    return found | {"required": list(required)} if required else found


def or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """``null`` empties a field."""
    return {"anyOf": [schema, {"type": "null"}]}


def answered(*statuses: int, ok: int = 200, schema: str = "Nuit") -> dict[str, Any]:
    """Each status that may be answered."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    answers: dict[str, Any] = {str(ok): {"description": "Réponse", "content": content}}
    for status in (400, 401, 403, 404, 409, *statuses, 503):
        answers[str(status)] = {"$ref": "#/components/responses/Probleme"}
    return answers


def operation(summary: str, body: dict[str, Any] | None = None, **answers: Any) -> dict[str, Any]:  # noqa: ANN401
    """An operation: what it does, what it takes, what it answers."""
    found: dict[str, Any] = {"summary": summary, "responses": answered(*answers.pop("statuses", (422,)), **answers)}
    if body is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return found


_WRITE_HEADERS: Final = [
    {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
    for name in ("X-CSRFToken", "X-Hotel")
]


def writing(summary: str, body: dict[str, Any] | None = None, **answers: Any) -> dict[str, Any]:  # noqa: ANN401
    """An operation that writes: it wants the token and the hotel of the page."""
    found = operation(summary, body, statuses=(413, 415, 422, 423), **answers)
    return found | {"parameters": _WRITE_HEADERS}
