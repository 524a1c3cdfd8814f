"""Settings as a person types them, read one by one; what cannot be read gives a sentence and stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from utils.actions.settings.fields import (
    CHOICE,
    COUNT,
    FLAG,
    HOUR,
    IS_LEDGER_NUMBER,
    LEDGER_NUMBER,
    NAMES,
    PRICE,
    RATE,
    TERMINALS,
    TEXT,
    WORDS,
    Setting,
)
from utils.money import AmountError, money_text, read_json_rate, read_typed_count, read_typed_money, shown
from utils.registry import Registry
from utils.text import LONGEST as LONGEST_TEXTS
from utils.text import PERSON, person_key, plain, spelled

LONGEST: Final = 60
MOST: Final = 200
_HOUR: Final = re.compile(r"([01]?[0-9]|2[0-3])\s*[:hH]\s*([0-5][0-9])?", re.ASCII)
_SPACES: Final = str.maketrans("", "", " %$")


Form = MultiDict[str, str]
"""What was typed: one value or several under a name."""


class TypedError(ValueError):
    """What was typed is not a value of this setting; its message is a French sentence."""


_READERS: Final[Registry[str, Callable[[Setting, Form], Any]]] = Registry()


def read_typed(setting: Setting, form: Form) -> Any:
    """The value of a setting as its document keeps it; raises ``TypedError``."""
    try:
        return _READERS[setting.kind](setting, form)
    except AmountError as error:
        raise TypedError(str(error)) from None


@_READERS.of(TEXT)
def _text(setting: Setting, form: Form) -> str:
    text = plain(form.get(setting.path, ""))
    if not text:
        raise TypedError("Il faut une valeur.")
    if len(text) > LONGEST or not text.isprintable():
        raise TypedError(f"Il faut au plus {LONGEST} caractères, sur une rangée.")
    return text


@_READERS.of(RATE)
def _rate(setting: Setting, form: Form) -> str:
    typed = _text(setting, form)
    plain = typed.translate(_SPACES)
    plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
    try:
        rate = read_json_rate(plain)
    except AmountError:
        raise TypedError(f"« {shown(typed)} » n’est pas un nombre d’au plus trois décimales.") from None
    if rate < 0 or (setting.unit == "%" and rate > 100):  # noqa: PLR2004 - the whole
        raise TypedError("Il faut un nombre de 0 à 100." if setting.unit == "%" else "Il faut un nombre positif.")
    return str(rate)


@_READERS.of(PRICE)
def _price(setting: Setting, form: Form) -> str:
    price = read_typed_money(_text(setting, form))
    if price < 0:
        raise TypedError("Le prix ne peut pas être négatif.")
    return money_text(price)


@_READERS.of(COUNT)
def _count(setting: Setting, form: Form) -> int:
    count = read_typed_count(_text(setting, form))
    low, high = setting.bounds
    if not low <= count <= high:
        raise TypedError(f"Il faut un nombre entier de {low} à {high}.")
    return count


@_READERS.of(HOUR)
def _hour(setting: Setting, form: Form) -> str:
    typed = _text(setting, form)
    found = _HOUR.fullmatch(typed.translate(_SPACES))
    if found is None:
        raise TypedError(f"« {shown(typed)} » n’est pas une heure, de 00:00 à 23:59.")
    hours, minutes = int(found[1]), int(found[2] or 0)
    low, high = setting.bounds
    if not low <= 60 * hours + minutes <= high:
        raise TypedError(f"Il faut une heure de {_clock(low)} à {_clock(high)}.")
    return _clock(60 * hours + minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@_READERS.of(LEDGER_NUMBER)
def _ledger_number(setting: Setting, form: Form) -> str:
    typed: str = _text(setting, form)
    if not IS_LEDGER_NUMBER.fullmatch(typed):
        raise TypedError("Il faut un numéro de compte : au plus 30 chiffres, lettres, points ou traits.")
    return typed


@_READERS.of(FLAG)
def _flag(setting: Setting, form: Form) -> bool:
    typed = form.get(setting.path, "")
    if typed not in ("oui", "non"):
        raise TypedError("Choisir oui ou non.")
    return typed == "oui"


@_READERS.of(CHOICE)
def _choice(setting: Setting, form: Form) -> str:
    typed = form.get(setting.path, "")
    if typed not in setting.choices:
        raise TypedError("Choisir dans la liste.")
    return typed


@_READERS.of(WORDS)
def _words(setting: Setting, form: Form) -> list[str]:
    chosen = set(form.getlist(setting.path))
    if not chosen or not chosen <= set(setting.choices):
        raise TypedError("Cocher au moins un rôle.")
    return [one for one in setting.choices if one in chosen]


@_READERS.of(NAMES)
def _names(setting: Setting, form: Form) -> list[str]:
    names = [name for line in form.get(setting.path, "").splitlines() if (name := spelled(line))]
    keys = [person_key(name) for name in names]
    twice = next((name for position, name in enumerate(names) if keys[position] in keys[:position]), None)
    if twice is not None:
        raise TypedError(f"« {shown(twice)} » est écrit deux fois.")
    if len(names) > MOST or any(len(name) > LONGEST_TEXTS[PERSON] or not name.isprintable() for name in names):
        raise TypedError(f"Il faut au plus {MOST} noms de {LONGEST_TEXTS[PERSON]} caractères.")
    return names


@_READERS.of(TERMINALS)
def _terminals(_setting: Setting, form: Form) -> list[dict[str, str]]:
    rows = typed_terminals(form)
    for row in rows:
        if not all(row.values()):
            raise TypedError("Chaque terminal a un identifiant, un nom et un groupe.")
        if not row["id"].isidentifier() or not row["id"].isascii() or len(row["id"]) > LONGEST:
            raise TypedError(f"« {shown(row['id'])} » : l’identifiant a des lettres, des chiffres et « _ ».")
        if len(row["label"]) > LONGEST or not row["label"].isprintable():
            raise TypedError(f"Le nom d’un terminal a au plus {LONGEST} caractères.")
    return rows


def typed_terminals(form: Form) -> list[dict[str, str]]:
    """The rows of the form that are not empty, as they were typed."""
    columns: Sequence[list[str]] = [form.getlist(f"terminal_{key}") for key in ("id", "label", "group")]
    rows = zip(*columns, strict=False)
    cut = ({"id": spelled(one), "label": spelled(two), "group": spelled(three)} for one, two, three in rows)
    return [row for row in cut if row["id"] or row["label"]][:MOST]


def written(setting: Setting, value: Any) -> str:
    """A value as the form shows it: a comma, no zero that says nothing of a rate."""
    if setting.kind in (RATE, PRICE):
        return f"{Decimal(value)}".replace(".", ",")
    if setting.kind == FLAG:
        return "oui" if value else "non"
    return "\n".join(value) if setting.kind == NAMES else str(value)
