"""What a request brings, read in one place: the texts of a form, JSON, what the address says; one refusal for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from datetime import date
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from routes.erreurs import ApiError, FieldError
from utils import dates
from utils.rj.reading import JsonNumber, Refused, load_json

_MONTH: Final = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])", re.ASCII)

_A_TEXT: Final = "Il faut un texte."
_DIGITS: Final = 4


def raw_json() -> bytes:
    """The bytes of a JSON body, as they were signed or written; 415 for anything else."""
    if not request.is_json:
        raise ApiError(415)
    try:
        return request.get_data()
    except RequestEntityTooLarge:
        raise ApiError(413) from None


def json_body() -> Any:  # noqa: ANN401 - JSON
    """The JSON of the request, read strictly: malformed 400, repeated keys and numbers that are none 422."""
    try:
        return load_json(raw_json())
    except Refused as refused:
        status = 422 if refused.problems[0].path else 400
        erreurs = [FieldError(problem.path, problem.message) for problem in refused.problems]
        raise ApiError(status, refused.problems[0].message, erreurs) from None


def form() -> MultiDict[str, str]:
    """Every text of the form; empty without one."""
    return request.form


def typed(name: str) -> str:
    """A text of the form, empty when it is absent."""
    return form().get(name, "")


def files(name: str) -> list[tuple[str, bytes]]:
    """The files that a form brings under a name, those left empty apart: their name, as sent, and their bytes."""
    sent = request.files.getlist(name)
    return [(one.filename or "", one.read()) for one in sent if one.filename]


def given(name: str) -> str:
    """A field of the form, or of the JSON body: a text, or a whole number."""
    if not request.is_json:
        return typed(name)
    body = json_body()
    value = body.get(name, "") if isinstance(body, dict) else ""
    if isinstance(value, bool | JsonNumber) or not isinstance(value, str | int):
        raise ApiError(422, _A_TEXT, [FieldError(name, _A_TEXT)])
    return str(value)


def address() -> dict[str, str]:
    """What the address asks, after its question mark."""
    return request.args.to_dict()


def asked(name: str) -> str:
    """One text of it, empty when it is absent."""
    return request.args.get(name, "")


def asked_or_typed(name: str) -> str:
    """A text that an address brings first and a form then carries on."""
    return str(request.values.get(name, ""))


def asked_number(name: str, usual: int) -> int:
    """A whole number that the address asks for, the usual one without; there is no page of anything else."""
    text = asked(name) or str(usual)
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise ApiError(HTTPStatus.NOT_FOUND)
    return int(text)


def asked_day(name: str, refusal: int = HTTPStatus.NOT_FOUND) -> date | None:
    """A date that the address asks for, when it does."""
    text = asked(name)
    return read_day(text, refusal) if text else None


def read_day(text: str, refusal: int = HTTPStatus.NOT_FOUND, field: str = "") -> date:
    """A date, read strictly: without one there is no such page, or there is a field that a program must correct."""
    try:
        return dates.read_date(text)
    except dates.DateError as error:
        raise ApiError(refusal, str(error), [FieldError(field, str(error))] if field else ()) from None


def read_month(text: str, today: date) -> date:
    """The first day of the month asked for; refuses with 404 what is no month."""
    if not text:
        return today.replace(day=1)
    found = _MONTH.fullmatch(text)
    if found is None:
        raise ApiError(404, "Un mois s’écrit AAAA-MM, par exemple 2025-12.")
    return date(int(found[1]), int(found[2]), 1)


def dates_of_addresses(blueprint: Blueprint, refusal: int = HTTPStatus.NOT_FOUND, field: str = "") -> None:
    """Read the ``jour`` that stands in the addresses of a blueprint, once for all its views."""

    @blueprint.url_value_preprocessor
    def read(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "jour" in values:
            try:
                values["jour"] = read_day(values["jour"], refusal, field)
            except ApiError as error:
                request.routing_exception = error


def everything(but: Container[str], worth_reading: Callable[[bytes], bool]) -> Any:  # noqa: ANN401 - JSON
    """All that was sent as JSON has it, some fields of forms apart; nothing of a body that the view will refuse."""
    if not request.is_json:
        forms = form().to_dict(flat=False)
        return {name: texts[0] if len(texts) == 1 else texts for name, texts in forms.items() if name not in but}
    body = request.get_data()
    try:
        return load_json(body) if worth_reading(body) else None
    except Refused:
        return None
