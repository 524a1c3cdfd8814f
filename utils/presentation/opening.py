"""The form of the *reprise*: what the workbook closed with before the first night, typed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from utils import french
from utils.dates import DateError
from utils.money import AmountError, money_text
from utils.presentation.words import typographic
from utils.rj.declaration import COUNT, MONEY, TEXT
from utils.rj.previous import SUMS
from utils.rj.tabs.jour_statistics import MONTH_SUMS, YEAR_SUMS
from utils.rj.typed import read_typed
from utils.shapes import Document

FLOATS: Final = 8
"""How many open floats the form takes; more are typed on the night itself."""

_BALANCES: Final = (
    ("jour_new_balance", "Nouvelle balance de la veille", "Jour, colonne D; elle devient l’ouverture"),
    ("jour_guest_ledger", "Grand livre clients de la veille", "avec son vrai signe"),
    ("jour_diff_caisse_residu", "Reste à expliquer de la veille", "0,00 quand tout était expliqué"),
    ("geac_newbal_gl", "Nouveau solde du Guest Ledger", "Guest Ledger Summary de la veille"),
    ("geac_ar_new_balance", "Nouveau solde des comptes à recevoir", "A/R Summary de la veille"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of the form: its name, label and hint, the text in it, and what is wrong with that text."""

    name: str
    label: str
    kind: str
    hint: str = ""
    text: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Figures under a heading; ``heads`` names the two columns of a table whose entries go by pairs."""

    title: str
    entries: tuple[Entry, ...]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The form as shown, and the block it makes when nothing in it is refused."""

    parts: tuple[Part, ...]
    block: Document

    @property
    def refused(self) -> bool:
        """True when a text cannot be read."""
        return any(entry.error for part in self.parts for entry in part.entries)


def _parts() -> tuple[Part, ...]:
    month = tuple(
        Entry(f"mtd.{key}", typographic(label[:1].upper() + label[1:]), kind) for key, label, kind, _ in MONTH_SUMS
    )
    year = tuple(
        Entry(f"ytd_avant_mois.{key}", typographic(label[:1].upper() + label[1:]), kind)
        for key, label, kind, _ in YEAR_SUMS
    )
    floats = tuple(
        one
        for number in range(1, FLOATS + 1)
        for one in (
            Entry(f"dueback.{number}.name", f"Réceptionniste {number}", TEXT),
            Entry(f"dueback.{number}.nouveau", f"Fonds remis {number}", MONEY),
        )
    )
    return (
        Part("Soldes de fermeture", tuple(Entry(key, label, MONEY, hint) for key, label, hint in _BALANCES)),
        Part("Mois à date, jusqu’à la veille", month),
        Part("Année à date, avant ce mois", year),
        Part("Fonds encore chez les réceptionnistes", floats, ("Réceptionniste", "Fonds remis")),
    )


def form_of(block: Document) -> Form:
    """The form filled with a block."""
    known: dict[str, Any] = {}
    for key, value in block.items():
        if isinstance(value, Mapping):
            known |= {f"{key}.{inner}": figure for inner, figure in value.items()}
        elif key == "dueback":
            for number, line in enumerate(value, 1):
                known |= {f"dueback.{number}.{column}": given for column, given in line.items()}
        else:
            known[key] = value
    filled = (
        replace(part, entries=tuple(replace(one, text=_shown(one.kind, known.get(one.name))) for one in part.entries))
        for part in _parts()
    )
    return Form(tuple(filled), block)


def _shown(kind: str, value: Any) -> str:  # noqa: ANN401 - a JSON scalar
    if value is None:
        return ""
    if kind == MONEY:
        return french.number(Decimal(value))
    return french.count(value) if kind == COUNT else str(value)


def read_form(given: Mapping[str, str]) -> Form:
    """The form as it was sent: texts left in place, each with what is wrong with it, and the block they make."""
    block: Document = {}
    parts = []
    for part in _parts():
        entries = []
        for entry in part.entries:
            text = given.get(entry.name, "")
            try:
                value, _ = read_typed(entry.kind, text)
            except (AmountError, DateError) as error:
                entries.append(replace(entry, text=text, error=typographic(str(error))))
                continue
            entries.append(replace(entry, text=text))
            kept = money_text(value) if entry.kind == MONEY and value is not None else value
            head, *rest = entry.name.split(".")
            if kept is None:
                continue
            if head in SUMS:
                block.setdefault(head, {})[rest[0]] = kept
            elif head == "dueback":
                block.setdefault("floats", {}).setdefault(rest[0], {})[rest[1]] = kept
            else:
                block[head] = kept
        parts.append(replace(part, entries=tuple(entries)))
    block["dueback"] = [line for line in block.pop("floats", {}).values() if line.keys() == {"name", "nouveau"}]
    return Form(tuple(parts), {key: value for key, value in block.items() if value})
