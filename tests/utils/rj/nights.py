"""Nights made up at random, the same for the same seed: any field may be there, empty, nil, negative or enormous.

Everything follows from the declarations of the tabs: a field added there is filled here. Only what the night file
itself asks for is written down: persons named once, floats of the right sign, terminals that exist.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from utils.rj.catalogue import TABS
from utils.rj.check import SEVERITIES
from utils.rj.checks import DEFAULT_SEVERITIES, DEFAULT_TOLERANCES
from utils.rj.declaration import CHOICE, COUNT, DATE, FLAG, LINES, MONEY, TEXT, Field, Tab
from utils.rj.parse import columns_of, read_field
from utils.rj.previous import MONEY_KEYS, SUMS
from utils.rj.reading import ABSENT, Reader
from utils.rj.settings import DEFAULT_RATES, DEFAULT_TERMINALS
from utils.rj.writing import nested

DAYS = (
    *(date(2025, 12, 23), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)),
    *(date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2000, 1, 1), date(2099, 12, 30)),
)
TEXTS = (
    *("Réceptionniste 11", "Personne 9", "erreur de poste", "é" * 60, "« guillemets »", "l'apostrophe", "=1+1", "<b>"),
    *("ligne\nsuivante", "tab\tulation", "0", "-12,50", "👩‍🍳", " espace ", "a.b", "x ; y : 1,00", "null", "\\ud800"),
)
LARGEST = 10**14 - 1
FILLED = {
    tab.key: [
        (field, field.direct or field.key == "transelect_terminals")
        for field in tab
        if field.typed and field.key != "audit_date"
    ]
    for tab in TABS
}
CHANGEABLE = {
    f"{tab}.{field.key}": field
    for tab, fields in FILLED.items()
    for field, _ in fields
    if field.key != "transelect_terminals"
}


class Maker:
    """Draws the parts of one night."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.density = self.random.choice((0.02, 0.1, 0.3, 0.6, 0.95))
        self.huge = self.random.random() < 0.03
        self.terminals: list[dict[str, str]] = [dict(terminal) for terminal in DEFAULT_TERMINALS]
        self.special = {"transelect_terminals": lambda: self.terminals, "dueback_entries": self.duebacks}

    def sometimes(self, share: float) -> bool:
        return self.random.random() < share

    def money(self, sign: str = "") -> str:
        """An amount as the night file writes it, in any of the forms it allows."""
        cents = self.random.choice((0, 1, 5, 10, 50, 1023, 500_000, 10**7, 10**8))
        cents = self.random.randint(0, LARGEST if self.huge else cents) if self.sometimes(0.9) else cents
        minus = sign == "-" or (not sign and self.sometimes(0.35))
        text = f"{'-' * minus}{Decimal(cents).scaleb(-2):.2f}"
        return text.removesuffix("0").removesuffix(".0") if self.sometimes(0.1) else text

    def count(self) -> int:
        return self.random.choice((0, 1, 2, 74, 252, self.random.randint(0, 300), 999_999_999 if self.huge else 263))

    def rate(self, most: int = 20) -> str:
        places = self.random.randint(0, 3)
        return f"{Decimal(self.random.randint(0, most * 10**places)).scaleb(-places):.{places}f}"

    def text(self) -> str:
        return self.random.choice(TEXTS)

    def day(self) -> date:
        if self.sometimes(0.4):
            return self.random.choice(DAYS)
        return date(2024, 1, 1) + timedelta(days=self.random.randint(0, 1200))

    def value(self, kind: str, choices: tuple[str, ...] = (), sign: str = "") -> Any:
        if kind == MONEY:
            return self.money(sign)
        drawn = {COUNT: self.count, TEXT: self.text, DATE: lambda: self.day().isoformat()}
        if kind == CHOICE:
            return self.random.choice(choices)
        return self.sometimes(0.5) if kind == FLAG else drawn[kind]()

    def field(self, field: Field) -> Any:
        """The JSON of a field."""
        if self.sometimes(0.02):
            return self.random.choice((None, ""))
        if field.key in self.special:
            return self.special[field.key]()
        if field.kind == LINES:
            return [self.line(columns_of(field)) for _ in range(self.random.choice((0, 1, 2, 3, 8)))]
        if field.items:
            return self.items(field)
        return self.value(field.kind, field.choices, field.sign if self.sometimes(0.5) else "")

    def items(self, field: Field) -> Any:
        """A list of amounts, or a map of some of its keys."""
        if field.items == "list":
            return [self.money() for _ in range(self.random.choice((0, 1, 6)))]
        keys = list(field.keys) or [terminal["id"] for terminal in self.terminals]
        chosen = self.random.sample(keys, self.random.randint(0, min(9, len(keys))))
        return {key: self.value(field.items) for key in chosen}

    def line(self, columns: tuple[tuple[str, str, tuple[str, ...]], ...]) -> dict[str, Any]:
        return {key: self.value(kind, choices) for key, kind, choices in columns if self.sometimes(0.7)}

    def duebacks(self) -> list[dict[str, Any]]:
        """Persons once each; the carried float is never positive, the new one never negative."""
        names = self.random.sample(TEXTS, self.random.randint(0, 4))
        parts = {"previous": "-", "nouveau": "+"}
        return [
            {key: value for key, value in {"name": name}.items() if self.sometimes(0.9)}
            | {key: self.money(sign) for key, sign in parts.items() if self.sometimes(0.7)}
            for name in names
        ]

    def made_terminals(self) -> list[dict[str, str]]:
        names = self.random.sample(TEXTS, self.random.randint(1, 5))
        return [{"id": name, "group": self.random.choice(("pos", "banquet"))} for name in names]

    def tab(self, tab: Tab) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for field, rare in FILLED[tab.key]:
            if self.random.random() < (0.1 if rare else self.density):
                nested(given, field.key, self.field(field))
        return given

    def settings(self) -> dict[str, Any]:
        """What a property sets otherwise; nothing, most of the time."""
        if self.sometimes(0.6):
            return {}
        rates: dict[str, Any] = {}
        for key in DEFAULT_RATES:
            if self.sometimes(0.3):
                nested(rates, key, self.money("+") if key in ("internet_forfait", "g4_par_chambre") else self.rate())
        severities = {key: self.random.choice(SEVERITIES) for key in DEFAULT_SEVERITIES if self.sometimes(0.2)}
        tolerances = {key: self.rate(100) for key in DEFAULT_TOLERANCES if self.sometimes(0.2)}
        whole = {"rates": rates, "severities": severities, "tolerances": tolerances, "name": "Hôtel Démo"}
        whole |= {"rooms": self.random.choice((0, 1, 252, 300)), "staff": ["Personne 9"], "terminals": self.terminals}
        return {key: value for key, value in whole.items() if self.sometimes(0.5)}

    def previous(self) -> dict[str, Any]:
        """What the night before left; nothing, a third of the time."""
        if self.sometimes(0.33):
            return {}
        block: dict[str, Any] = {key: self.money() for key in MONEY_KEYS if self.sometimes(0.7)}
        for period, kinds in SUMS.items():
            if self.sometimes(0.6):
                block[period] = {key: self.value(kind) for key, kind in kinds.items() if self.sometimes(0.9)}
        if self.sometimes(0.5):
            block["dueback"] = [{"name": name, "nouveau": self.money("+")} for name in self.random.sample(TEXTS, 3)]
        return block

    def document(self) -> dict[str, Any]:
        """The night, as its file has it."""
        block = self.previous()
        if self.sometimes(0.2):
            self.terminals = self.made_terminals()
            block["transelect_terminals"] = self.terminals
        settings = self.settings()
        chosen = [tab for tab in TABS if self.sometimes(0.75)]
        tabs = {tab.key: given for tab in chosen if (given := self.tab(tab)) or self.sometimes(0.2)}
        night = {"audit_date": self.day().isoformat(), "property": settings, "previous": block, "tabs": tabs}
        return {key: value for key, value in night.items() if value or key == "tabs"}


def made(seed: int) -> dict[str, Any]:
    """The document of the night of a seed."""
    return Maker(seed).document()


def changes(night: Any, seed: int, count: int = 1) -> dict[str, Any]:
    """Some fields of a night with another value each, or emptied."""
    maker = Maker(seed)
    maker.terminals = [dict(terminal) for terminal in night.values["transelect.transelect_terminals"]]
    given = [name for name in night.inputs if name in CHANGEABLE]
    some = maker.random.sample(list(CHANGEABLE), count) + maker.random.sample(given, min(count, len(given)))
    return {name: None if maker.sometimes(0.3) else read(name, CHANGEABLE[name], maker) for name in some}


def read(name: str, field: Field, maker: Maker) -> Any:
    """A value of a field, as the domain holds it."""
    given, reader = maker.field(field), Reader()
    value = None if given in ABSENT else read_field(field, given, reader, name)
    reader.finish()
    return value
