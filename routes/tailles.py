"""How much a request may carry, said before anything of it is read: a stranger may send little, a view says how much.

A view that needs another limit says it: ``@carries(256 * 1024)``, under its rule of access.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import Flask, current_app, request
from werkzeug.routing import IntegerConverter, Map

from routes.erreurs import ApiError

View = TypeVar("View", bound=Callable[..., Any])

OF_A_STRANGER: Final = 16 * 1024
"""Bytes of a body where nobody needs to be signed in: an address, a password, a code."""

LONGEST_ADDRESS: Final = 2_000
"""Characters of an address with its question."""

FORM_FIELDS: Final = 1_000
"""Fields of a form; a list of lines travels as JSON."""


LARGEST_ID: Final = 2**63 - 1
"""What a column of either engine holds: a larger identifier is that of nothing."""


class Identifier(IntegerConverter):
    """The ``int`` of our addresses: ASCII digits, bounded; anything else is an address that does not exist."""

    regex = "[0-9]{1,19}"

    def __init__(self, url_map: Map, *args: Any, **given: Any) -> None:  # noqa: ANN401 - those of a rule
        super().__init__(url_map, *args, **({"max": LARGEST_ID} | given))


def carries(size: int) -> Callable[[View], View]:
    """A view that may be sent so many bytes, and no more, whoever sends them."""

    def marked(view: View) -> View:
        view.carries = size  # type: ignore[attr-defined]
        return view

    return marked


def register(app: Flask) -> None:
    """Set the limit of every request; registered before whatever reads one."""
    app.url_map.converters["int"] = Identifier
    app.config["MAX_FORM_PARTS"] = FORM_FIELDS
    app.before_request(limit)


def limit() -> None:
    """Bound the body, told by its length or in chunks, and the address; 413 and 414 for more."""
    if len(request.full_path) > LONGEST_ADDRESS:
        raise ApiError(414)
    longest = longest_body()
    request.max_content_length = longest
    request.max_form_memory_size = longest
    length = request.content_length or 0
    if request.content_length is None and "Transfer-Encoding" in request.headers:
        # a body in chunks is read one byte beyond its limit: else it would only be cut there, without a word
        request.max_content_length = longest + 1
        length = len(request.get_data())
    if length > longest:
        raise ApiError(413)


def longest_body() -> int:
    """How many bytes this request may carry: what its view says, else little from a stranger, else the setting."""
    view = current_app.view_functions.get(request.endpoint or "")
    allowed: int = current_app.config["MAX_CONTENT_LENGTH"]
    usual = OF_A_STRANGER if view is None or getattr(view, "public", False) else allowed
    return min(allowed, getattr(view, "carries", usual))
