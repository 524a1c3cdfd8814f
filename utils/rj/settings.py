"""Settings of a property as the formulas read them: typed, dated, never constants in a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, TypeVar

from utils.rj.check import SEVERITIES
from utils.rj.checks import DEFAULT_SEVERITIES, DEFAULT_TOLERANCES
from utils.rj.declaration import CHOICE, COUNT, TEXT
from utils.rj.reading import ABSENT, Reader, joined, reading_of
from utils.rj.tabs.jour_cells import OUTLETS
from utils.rj.tabs.transelect import GROUPS
from utils.shapes import Document, Line, Values
from utils.text import LABEL, PERSON, person_key

T = TypeVar("T")

DEFAULT_RATES: Final = {
    **{f"transelect.{card}": Decimal(rate) for card, rate in (("debit", "0"), ("visa", "1.75"), ("mc", "1.40"))},
    **{f"transelect.{card}": Decimal(rate) for card, rate in (("discover", "2.80"), ("amex", "2.65"))},
    **{f"rj.{card}": Decimal(rate) for card, rate in (("amex", "2.65"), ("discover", "2.80"), ("mc", "1.40"))},
    **{"rj.visa": Decimal("1.70"), "tps": Decimal(5), "tvq": Decimal("9.975"), "taxe_hebergement": Decimal("3.5")},
    **{"internet_forfait": Decimal("10.00"), "g4_par_chambre": Decimal("10.00")},
}


def _terminal(key: str, label: str, group: str) -> Line:
    return {"id": key, "label": label, "group": group}


DEFAULT_TERMINALS: Final[tuple[Line, ...]] = (
    *(_terminal(f"bar_{letter}", f"Bar {letter.upper()}", "pos") for letter in "abc"),
    _terminal("spesa_d", "Spesa D", "pos"),
    _terminal("room_e", "Room E", "pos"),
    *(_terminal(f"extra_{number}", f"Extra {number}", "pos") for number in range(1, 4)),
    *(_terminal(f"banquet_{number}", f"Banquet {number}", "banquet") for number in range(1, 13)),
)
_KNOWN: Final = ("name", "rooms", "rates", "tolerances", "severities", "terminals", "staff", "outlets")
_PRICES: Final = ("internet_forfait", "g4_par_chambre")
TERMINAL_COLUMNS: Final = (("id", TEXT, ()), ("label", TEXT, ()), ("group", CHOICE, GROUPS))


@dataclass(frozen=True)
class Settings:
    """What the formulas of one night read: rates in points, tolerances in dollars or units."""

    name: str | None
    rooms: int
    rates: Mapping[str, Decimal]
    tolerances: Mapping[str, Decimal]
    severities: Mapping[str, str]
    terminals: tuple[Line, ...]
    staff: tuple[str, ...]
    outlets: Mapping[str, str]

    @cached_property
    def values(self) -> Values:
        """The settings by the names the formulas use, ``property.…``."""
        return {
            "property.rooms": self.rooms,
            **({} if self.name is None else {"property.name": self.name}),
            **{f"property.rates.{key}": rate for key, rate in self.rates.items()},
            **{f"property.tolerances.{key}": tolerance for key, tolerance in self.tolerances.items()},
            **{f"property.severities.{key}": severity for key, severity in self.severities.items()},
        }


def read_settings(document: Any, reader: Reader, path: str = "property") -> Settings:
    """Settings from a document that gives only what differs from the defaults; problems go to the reader."""
    given = {} if document in ABSENT else reader.object(document, path)
    for key in given:
        if key not in _KNOWN:
            reader.refuse(joined(path, key), "Réglage inconnu.")
    name, rooms = given.get("name"), given.get("rooms")
    return Settings(
        name=None if name in ABSENT else reader.value(LABEL, name, joined(path, "name")),
        rooms=252 if rooms in ABSENT else reader.value(COUNT, rooms, joined(path, "rooms")),
        rates=_rates(given.get("rates"), reader, joined(path, "rates")),
        tolerances=_table(given.get("tolerances"), DEFAULT_TOLERANCES, "rate", reader, joined(path, "tolerances")),
        severities=_severities(given.get("severities"), reader, joined(path, "severities")),
        terminals=DEFAULT_TERMINALS
        if given.get("terminals") in ABSENT
        else read_terminals(given["terminals"], reader, joined(path, "terminals")),
        staff=_staff(given.get("staff"), reader, joined(path, "staff")),
        outlets=_table(given.get("outlets"), OUTLETS, LABEL, reader, joined(path, "outlets")),
    )


def _table(given: Any, defaults: Mapping[str, T], kind: str, reader: Reader, path: str) -> dict[str, T]:
    table = dict(defaults)
    for key, value in ({} if given in ABSENT else reader.object(given, path)).items():
        if key not in defaults:
            reader.refuse(joined(path, key), "Réglage inconnu.")
        elif value not in ABSENT:
            read = reader.value("price" if key in _PRICES else kind, value, joined(path, key))
            table[key] = table[key] if read == "" else read
    return table


def _rates(given: Any, reader: Reader, path: str) -> dict[str, Decimal]:
    flat: Document = {}
    for key, value in ({} if given in ABSENT else reader.object(given, path)).items():
        if key in ("transelect", "rj"):
            cards = {} if value in ABSENT else reader.object(value, joined(path, key))
            flat |= {f"{key}.{card}": rate for card, rate in cards.items()}
        elif "." in key:
            reader.refuse(joined(path, key), "Réglage inconnu.")
        else:
            flat[key] = value
    return _table(flat, DEFAULT_RATES, "rate", reader, path)


def _severities(given: Any, reader: Reader, path: str) -> dict[str, str]:
    table = _table(given, DEFAULT_SEVERITIES, CHOICE, reader, path)
    for key, severity in table.items():
        if severity not in (*SEVERITIES, None):
            reader.refuse(joined(path, key), f"Sévérité inconnue. Choix possibles : {', '.join(SEVERITIES)}.")
    return table


def read_terminals(given: Any, reader: Reader, path: str) -> tuple[Line, ...]:
    """A list of terminals ``{id, label, group}``; ids are needed and unique, and so is the group of each."""
    terminals: list[Line] = []
    seen: set[str] = set()
    for position, entry in enumerate(reader.lines(given, path, "Terminaux")):
        where = f"{path}[{position}]"
        terminals.append(read_line(entry, TERMINAL_COLUMNS, reader, where))
        if "id" not in terminals[-1]:
            reader.refuse(where, "Le terminal n'a pas d'identifiant.")
        elif terminals[-1]["id"] in seen:
            reader.refuse(where, f"Le terminal « {terminals[-1]['id']} » est donné deux fois.")
        seen.add(terminals[-1].get("id", ""))
        if "group" not in terminals[-1]:
            reader.refuse(where, f"Le terminal n'a pas de groupe. Choix possibles : {', '.join(GROUPS)}.")
    return tuple(terminals)


def read_line(entry: Any, columns: Iterable[tuple[str, str, tuple[str, ...]]], reader: Reader, path: str) -> Line:
    """One line: its present columns, unknown ones refused."""
    given = reader.object(entry, path)
    line = {}
    kinds = {key: (reading_of(key, kind), choices) for key, kind, choices in columns}
    for key, value in given.items():
        if key not in kinds:
            reader.refuse(joined(path, key), "Champ inconnu.")
        elif value not in ABSENT:
            read = reader.value(kinds[key][0], value, joined(path, key), kinds[key][1])
            if read != "":
                line[key] = read
    return line


def _staff(given: Any, reader: Reader, path: str) -> tuple[str, ...]:
    names = [] if given in ABSENT else reader.lines(given, path, "Personnel")
    read = (reader.value(PERSON, name, f"{path}[{position}]") for position, name in enumerate(names))
    persons: dict[str, str] = {}
    for name in filter(None, read):
        persons.setdefault(person_key(name), name)
    return tuple(persons.values())


def in_force(documents: Iterable[tuple[date, Document]], day: date) -> Document:
    """The settings document of a day: those in force by then, merged key by key in order of date."""
    merged: Document = {}
    for start, document in sorted(documents, key=lambda dated: dated[0]):
        if start <= day:
            _merge(merged, document)
    return merged


def _merge(into: Document, document: Document) -> None:
    """Key by key and map by map, so that no document is ever changed by a later one."""
    for key, value in document.items():
        if isinstance(value, dict):
            into[key] = into[key] if isinstance(into.get(key), dict) else {}
            _merge(into[key], value)
        else:
            into[key] = value
