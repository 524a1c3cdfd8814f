"""No number of a payment card comes in: every text of every write is looked at before a view sees it.

One door for the API, the pages that are and those that will be: a form or a JSON body that holds one is refused whole.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any, Final, TypeVar

from flask import Flask, current_app, request

from routes import lecture
from routes.erreurs import ApiError, FieldError
from utils.actions.card_numbers import SENTENCE, cards_in

View = TypeVar("View", bound=Callable[..., Any])

NOT_TEXT: Final = frozenset({"csrf_token", "password", "actuel", "nouveau", "encore"})
"""Fields of forms that are never kept as they are given."""

_NAMED: Final = 50
"""How many places a refusal names."""

_FEWEST: Final = 13
_NOT_DIGITS: Final = bytes(set(range(256)) - set(b"0123456789"))


def keeps_no_text(view: View) -> View:
    """A view of programs that keeps nothing of the texts that it is sent: its signature is looked at first."""
    view.keeps_no_text = True  # type: ignore[attr-defined]
    return view


def register(app: Flask) -> None:
    """Look at every request that carries something; registered last: who may not write hears that first."""
    app.before_request(refuse_cards)


def refuse_cards() -> None:
    """Refuse with 422 when a card stands in the body; the sentence names the field, never the number."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in ("GET", "HEAD", "OPTIONS") or view is None or hasattr(view, "keeps_no_text"):
        return
    if any("\0" in text for texts in lecture.form().listvalues() for text in texts):
        raise ApiError(422, "Le texte contient un caractère interdit.")
    found = dict.fromkeys(islice(cards_in(lecture.everything(NOT_TEXT, _may_hold_a_card)), _NAMED))
    if found:
        raise ApiError(422, SENTENCE, [FieldError(path, SENTENCE) for path in found])


def _may_hold_a_card(body: bytes) -> bool:
    """Whether a body has digits enough; those of other alphabets, and written escapes, are looked at anyway."""
    plain = body.isascii() and b"\\u" not in body
    return not plain or len(body.translate(None, _NOT_DIGITS)) >= _FEWEST
