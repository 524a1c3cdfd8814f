"""Why this figure: the formula in French, tonight's figures in it, and where each of them came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from utils import french
from utils.rj.calculate import Night, qualifier
from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.declaration import CARRIED, CHOICE, COUNT, DATE, LINES, MONEY, PERCENT, Field
from utils.rj.expression import Copie, term_reads
from utils.rj.lines import own, shown_figure
from utils.shapes import Document, Line, Values

_PREVIOUS: Final = {
    "jour_new_balance": "jour.jour_new_balance",
    "jour_guest_ledger": "jour.jour_guest_ledger",
    "jour_diff_caisse_residu": "jour.jour_diff_caisse_residu",
    "geac_newbal_gl": "geac.geac_balance_sheet.newbal_gl",
    "geac_ar_new_balance": "geac.geac_ar_new_balance",
    "transelect_terminals": "transelect.transelect_terminals",
    "dueback": "dueback.dueback_entries",
}
_CARRIED: Final = {n: f.formula.name for n, f in FIELDS.items() if f.role == CARRIED and isinstance(f.formula, Copie)}
_MAPS: Final = {name: field for name, field in FIELDS.items() if field.items and field.formula}
_LINE: Final = re.compile(r"(?P<lines>[a-z_]+\.[a-z_]+)\[(?P<position>[0-9]{1,4})\]\.(?P<column>[a-z_]+)", re.ASCII)


class UnknownField(LookupError):
    """The name is no calculated figure of the night; its message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """One figure read by a formula: its name, label, French figure and where it came from."""

    name: str
    label: str
    figure: str
    origin: str

    def as_json(self) -> dict[str, str]:
        """Keys as the API shows them."""
        return {"champ": self.name, "libelle": self.label, "valeur": self.figure, "origine": self.origin}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A calculated figure explained: in words, in figures, part by part."""

    name: str
    label: str
    figure: str
    formula: str
    sentence: str
    parts: tuple[Part, ...]

    def as_json(self) -> Document:
        """Keys as the API shows them."""
        return {
            "champ": self.name,
            "libelle": self.label,
            "valeur": self.figure,
            "formule": self.formula,
            "phrase": self.sentence,
            "termes": [part.as_json() for part in self.parts],
        }


def shown(field: Field, value: Any) -> str:
    """A value as a French sentence shows it; « vide » when absent."""
    if value is None:
        return "vide"
    if field.kind == DATE or isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    if isinstance(value, dict):
        return "; ".join(f"{key} {shown_figure(inner)}" for key, inner in value.items()) or "aucun"
    if isinstance(value, tuple):
        lines = len(value)
        return f"{lines} ligne{'s' * (lines > 1)}"
    formats: dict[str, Callable[[Any], str]] = {MONEY: french.money, PERCENT: french.percent, COUNT: french.count}
    return formats[field.kind](value) if field.kind in formats else french.number(value, 3)


@dataclass(frozen=True, slots=True)
class NightPage:
    """A calculated night as the expressions of one tab need it in order to show themselves."""

    night: Night
    tab: str = ""

    def label(self, name: str) -> str:
        """French label of any name a formula may read."""
        area, _, key = name.partition(".")
        if area == "previous":
            if key in _PREVIOUS:
                return f"{FIELDS[_PREVIOUS[key]].label} (veille)"
            period, _, figure = key.partition(".")
            name = f"jour.jour_{'mtd' if period == 'mtd' else 'ytd'}_{figure}"
            return f"{FIELDS[name].label} (avant cette nuit)"
        if area == "property":
            return f"réglage {key.removeprefix('rates.')}"
        lines, _, column = name.partition("[].")
        if column:
            return next(c.label for c in FIELDS[lines].columns if c.key == column)
        if area == "entered":
            return f"saisie dans {BY_KEY[key].short}"
        return FIELDS[name].label + (f" [{BY_KEY[area].short}]" if self.tab and area != self.tab else "")

    @property
    def values(self) -> Values:
        """All values tonight."""
        return self.night.values

    def value(self, name: str) -> Any:
        """Value tonight."""
        return self.night.values.get(name)

    def figure(self, name: str) -> str:
        """Bare French figure, without unit, so that the arithmetic reads well."""
        value = self.value(name)
        if value is None:
            return "vide"
        field = FIELDS.get(name)
        if isinstance(value, bool | str | tuple | dict) or (field and field.kind == DATE):
            return shown(field or FIELDS["controle.notes"], value)
        return french.number(value, 0 if isinstance(value, int) else 2)

    def unit_figure(self, name: str) -> str:
        """French figure with its unit."""
        field = FIELDS.get(name)
        return shown(field, self.value(name)) if field else self.figure(name)


@dataclass(frozen=True, slots=True)
class _EntryPage(NightPage):
    """The same page, where only one entry of the maps is seen."""

    key: str = ""

    def value(self, name: str) -> Any:
        """Value tonight, a map being cut to its entry."""
        found = NightPage.value(self, name)
        return {key: value for key, value in found.items() if key == self.key} if isinstance(found, dict) else found


def explain(night: Night, name: str, origins: Mapping[str, str] | None = None) -> Explanation:
    """Explain a calculated figure by its qualified name; a line's figure is ``tab.list[0].column``.

    ``origins`` says for given values where they came from; without it a given value is « saisi ». Raises
    ``UnknownField`` for a name that is not a calculated figure.
    """
    if matched := _LINE.fullmatch(name):
        return _explain_line(night, name, matched["lines"], int(matched["position"]), matched["column"])
    # one entry of a calculated map has the name of the map before its key
    whole = name if name in FIELDS else next((one for one in _MAPS if name.startswith(f"{one}.")), name)
    field, key = FIELDS.get(whole), name.removeprefix(whole).removeprefix(".")
    if field is None or field.formula is None:
        raise UnknownField(f"« {name} » n'est pas un chiffre calculé de la nuit.")
    tab = name.partition(".")[0]
    page, qualify = NightPage(night, tab), qualifier(BY_KEY[tab])
    value = night.values.get(f"{tab}.{field.key}")
    value = value.get(key) if key and value is not None else value
    typed = name in night.inputs
    source = night.sources.get(name) if typed else value
    seen = _EntryPage(night, tab, key) if key else page
    figures = field.formula.figures(qualify, seen).removeprefix(f"{key} : ") if source is not None else ""
    sentence = _sentence(field, figures, source)
    if typed:
        sentence = f"saisi : {shown(field, value)}" + f"; la source donne {sentence}" * (source is not None)
    parts = tuple(
        Part(read, page.label(read), page.unit_figure(read), _origin(night, read, origins or {}))
        for read in dict.fromkeys(term_reads(field.formula, qualify))
    )
    formula = f"{field.label} = {field.formula.words(qualify, page)}"
    return Explanation(name, field.label, shown(field, value), formula, sentence, parts)


def _sentence(field: Field, figures: str, value: Any) -> str:
    if value is None:
        return "vide : il manque un chiffre"
    return f"{figures}{' : ' if field.kind == CHOICE else ' = '}{shown(field, value)}"


def _explain_line(night: Night, name: str, lines: str, position: int, column_key: str) -> Explanation:
    entries = night.values.get(lines, ())
    columns = {column.key: column for column in FIELDS[lines].columns} if lines in FIELDS else {}
    column = columns.get(column_key)
    if column is None or column.formula is None or position >= len(entries):
        raise UnknownField(f"« {name} » n'est pas un chiffre calculé de la nuit.")
    page = _LinePage(columns, entries[position])
    value = night.values[f"{lines}[].{column_key}"][position]
    sentence = _sentence(column, column.formula.figures(own, page), value)
    parts = tuple(
        Part(f"{lines}[{position}].{key}", columns[key].label, page.unit_figure(key), "saisi")
        for key in dict.fromkeys(term_reads(column.formula, own))
    )
    words = f"{column.label} = {column.formula.words(own, page)}"
    return Explanation(name, column.label, shown(column, value), words, sentence, parts)


class _LinePage:
    """One line, whose columns are its names."""

    def __init__(self, columns: Mapping[str, Field], line: Line) -> None:
        self._columns, self.values = columns, dict(line)

    def label(self, name: str) -> str:
        """Label of a column."""
        return self._columns[name].label

    def value(self, name: str) -> Any:
        """Value of the line."""
        return self.values.get(name)

    def figure(self, name: str) -> str:
        """Bare French figure."""
        value = self.value(name)
        return "vide" if value is None else french.number(value, 0 if isinstance(value, int) else 2)

    def unit_figure(self, name: str) -> str:
        """French figure with its unit."""
        return shown(self._columns[name], self.value(name))


def _origin(night: Night, name: str, origins: Mapping[str, str]) -> str:
    """Where a figure came from, in French."""
    if name in night.inputs:
        return origins.get(name, "saisi")
    if name not in night.values:
        return "vide"
    if name.startswith(("entered.", "property.")):
        return "saisi" if name.startswith("entered.") else "réglage de l'établissement"
    before = _CARRIED.get(name, name)
    if not before.startswith("previous."):
        return "calculé"
    # the night before, unless a period starts tonight or no list of terminals was given yet
    key = before.removeprefix("previous.")
    if key in night.previous and night.previous[key] == night.values[before]:
        return "repris de la veille"
    return "réglage de l'établissement" if key == "transelect_terminals" else "début de période"


def listed_names(night: Night) -> list[str]:
    """Every calculated figure that has a value tonight, entries of maps and lines one by one."""
    names: list[str] = []
    for name, field in FIELDS.items():
        value = night.values.get(name)
        if field.formula is not None and field.kind != LINES and value is not None:
            names += [f"{name}.{key}" for key in value] if isinstance(value, dict) else [name]
        for column in field.columns:
            if column.formula is not None:
                figures = night.values.get(f"{name}[].{column.key}") or ()
                names += [f"{name}[{i}].{column.key}" for i, figure in enumerate(figures) if figure is not None]
    return names


def formula_in_words(night: Night, tab: str, key: str, field: Field) -> str:
    """The formula of a field, or of a column of ``key``, as the catalogue prints it; empty without one."""
    if field.formula is None:
        return ""
    lines = key.partition("[].")[0] if "[]." in key else ""
    page = NightPage(night, tab)
    if lines:
        return field.formula.words(lambda name: f"{tab}.{lines}[].{name}", page)
    return field.formula.words(qualifier(BY_KEY[tab]), page)
