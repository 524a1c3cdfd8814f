"""Reading values given as JSON: every error is kept with its path and a French sentence, nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from utils.dates import DateError, read_date
from utils.money import AmountError, read_json_money, read_json_rate, shown
from utils.rj.declaration import CHOICE, COUNT, DATE, FLAG, MONEY, TEXT
from utils.shapes import Document
from utils.text import CODE, LABEL, PERSON, TextError, short

MAX_COUNT: Final = 999_999_999
MAX_TEXT: Final = 4_000
MAX_DIGITS: Final = 18
MAX_DEPTH: Final = 40
MAX_LINES: Final = 500
"""Lines of a list and keys of a map: many times what a hotel has, and what a page still shows at once."""

SHORT: Final = {
    **dict.fromkeys(("name", "auditor_name", "autorise_par"), PERSON),
    **dict.fromkeys(("label", "temperature"), LABEL),
    **dict.fromkeys(("id", "column_letter"), CODE),
}
"""The texts of a night that identify, by the key of their field or column; every other text is free."""

_HALF: Final = re.compile("[\ud800-\udfff]")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_TOO_DEEP: Final = "Le document est trop imbriqué."
_HALF_CHARACTER: Final = "Le texte contient une moitié de caractère."
ABSENT: Final = (None, "")


@dataclass(frozen=True, slots=True)
class Problem:
    """One error of what was given: the path of the value and a sentence that says what to do."""

    path: str
    message: str

    def as_json(self) -> dict[str, str]:
        """The shape of errors everywhere: ``{"chemin", "message"}``."""
        return {"chemin": self.path, "message": self.message}


class Refused(ValueError):
    """What was given cannot be read; carries every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems; the message is the first one's."""
        super().__init__(problems[0].message if problems else "")
        self.problems = problems

    def as_json(self) -> dict[str, list[dict[str, str]]]:
        """``{"erreurs": [...]}``."""
        return {"erreurs": [problem.as_json() for problem in self.problems]}


class _Flaw:
    """A place of the text that JSON readers usually let pass: a key twice, or a number that is not one."""

    def __init__(self, message: str) -> None:
        self.message = message


def _object(pairs: list[tuple[str, Any]]) -> Document:
    read: Document = {}
    for key, value in pairs:
        read[key] = _Flaw(f"La clé « {shown(key)} » est donnée deux fois.") if key in read else value
    return read


class JsonNumber(str):
    """A number written with decimals or an exponent, kept as text: no field of a night accepts it."""

    __slots__ = ()


def load_json(text: str | bytes) -> Any:
    """Read one JSON document strictly; raises ``Refused`` for what is malformed, repeated or not a number."""
    try:
        decoded = text if isinstance(text, str) else text.decode("utf-8-sig")
        document = json.loads(
            decoded,
            object_pairs_hook=_object,
            parse_constant=lambda said: _Flaw(f"« {said} » n'est pas un nombre."),
            parse_float=JsonNumber,
            parse_int=lambda said: (
                int(said) if len(said) <= MAX_DIGITS else _Flaw(f"Nombre trop grand : « {shown(said)} ».")
            ),
        )
    except RecursionError:
        raise Refused([Problem("", _TOO_DEEP)]) from None
    except UnicodeDecodeError:
        raise Refused([Problem("", "Le document n'est pas en UTF-8.")]) from None
    except ValueError as error:
        line = f", ligne {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Refused([Problem("", f"Le document n'est pas du JSON bien formé{line}.")]) from None
    if flaws := list(_flaws(document, "")):
        raise Refused(flaws)
    return document


def _flaws(value: Any, path: str, depth: int = 0) -> Iterator[Problem]:
    if isinstance(value, _Flaw):
        yield Problem(path, value.message)
    elif isinstance(value, str) and _HALF.search(value):
        yield Problem(path, _HALF_CHARACTER)
    elif isinstance(value, dict | list) and depth == MAX_DEPTH:
        yield Problem(path, _TOO_DEEP)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if _HALF.search(key):
                yield Problem(joined(path, key), _HALF_CHARACTER)
            yield from _flaws(inner, joined(path, key), depth + 1)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _flaws(inner, f"{path}[{position}]", depth + 1)


def too_many(label: str, count: int) -> str:
    """Why a list or a map is refused whole."""
    return f"La liste « {label} » a au plus {MAX_LINES} lignes; {count} sont données."


def joined(path: str, key: str) -> str:
    """``path.key``."""
    return f"{path}.{shown(key)}" if path else shown(key)


def names_over(cell: str) -> Iterator[str]:
    """The name of a cell, then of all it lies under: ``a.b.c``, ``a.b``, ``a``."""
    while cell:
        yield cell
        cell = cell.rpartition(".")[0]


def _text_wanted(value: Any, example: str) -> str:
    if isinstance(value, JsonNumber) or not isinstance(value, str):
        raise AmountError(f"Il faut un texte entre guillemets, par exemple {example}.")
    return value


def read_money(value: Any) -> Decimal:
    """A decimal string of at most two decimals."""
    return read_json_money(_text_wanted(value, '"1234.56"'))


def read_rate(value: Any) -> Decimal:
    """A decimal string of at most three decimals, not negative."""
    rate = read_json_rate(_text_wanted(value, '"1.75"'))
    if rate < 0:
        raise AmountError("Le taux ne peut pas être négatif.")
    return rate


def read_price(value: Any) -> Decimal:
    """A decimal string of at most two decimals, not negative."""
    price = read_money(value)
    if price < 0:
        raise AmountError("Le prix ne peut pas être négatif.")
    return price


def read_count(value: Any) -> int:
    """A whole number from 0."""
    count = read_whole(value)
    if not 0 <= count <= MAX_COUNT:
        raise AmountError("Le nombre est négatif ou trop grand.")
    return count


def read_whole(value: Any) -> int:
    """A whole number of either sign: a sum that another night left."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise AmountError("Il faut un nombre entier, sans guillemets ni décimales.")
    return value


def read_text(value: Any) -> str:
    """A text of at most four thousand characters, without control characters other than line ends and tabs."""
    if isinstance(value, JsonNumber) or not isinstance(value, str):
        raise AmountError("Il faut un texte.")
    if len(value) > MAX_TEXT:
        raise AmountError(f"Le texte dépasse {MAX_TEXT} caractères.")
    if _FORBIDDEN.search(value):
        raise AmountError("Le texte contient un caractère interdit.")
    return value


def read_short(kind: str, value: Any) -> str:
    """A short text in its one spelling, empty when nothing of it can be seen."""
    try:
        return short(read_text(value), kind)
    except TextError as error:
        raise AmountError(str(error)) from None


def reading_of(key: str, kind: str) -> str:
    """How the value of a field or a column is read: by its kind, or as the short text that it is."""
    return SHORT.get(key, kind) if kind == TEXT else kind


def read_flag(value: Any) -> bool:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        raise AmountError("Il faut vrai ou faux (true, false).")
    return value


def read_day(value: Any) -> date:
    """``YYYY-MM-DD``."""
    return read_date(value if isinstance(value, str) else "")


READERS: Final[dict[str, Callable[[Any], Any]]] = {
    MONEY: read_money,
    COUNT: read_count,
    TEXT: read_text,
    **{kind: partial(read_short, kind) for kind in (PERSON, LABEL, CODE)},
    CHOICE: read_text,
    FLAG: read_flag,
    DATE: read_day,
    "rate": read_rate,
    "price": read_price,
    "whole": read_whole,
}


class Reader:
    """Reads values one by one and gathers the problems."""

    def __init__(self) -> None:
        """Start without any problem."""
        self.problems: list[Problem] = []

    def refuse(self, path: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(path, message))

    def value(self, kind: str, given: Any, path: str, choices: tuple[str, ...] = ()) -> Any:
        """The value of a kind, or ``None`` after noting why it cannot be read."""
        try:
            value = READERS[kind](given)
        except (AmountError, DateError) as error:
            self.refuse(path, str(error))
            return None
        if choices and value not in choices:
            self.refuse(path, f"Choix inconnu : « {shown(value)} ». Choix possibles : {', '.join(choices)}.")
            return None
        return value

    def object(self, given: Any, path: str) -> Document:
        """A JSON object, or an empty one after noting that it is not."""
        if isinstance(given, dict):
            return given
        self.refuse(path, "Il faut un objet JSON.")
        return {}

    def array(self, given: Any, path: str) -> list[Any]:
        """A JSON array, or an empty one after noting that it is not."""
        if isinstance(given, list):
            return given
        self.refuse(path, "Il faut une liste JSON.")
        return []

    def lines(self, given: Any, path: str, label: str) -> list[Any]:
        """A JSON array of at most ``MAX_LINES``, or an empty one after noting what it is."""
        found = self.array(given, path)
        if len(found) <= MAX_LINES:
            return found
        self.refuse(path, too_many(label, len(found)))
        return []

    def finish(self) -> None:
        """Raise ``Refused`` when anything was noted."""
        if self.problems:
            raise Refused(self.problems)
