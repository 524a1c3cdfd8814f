"""The formulas of a night as a spreadsheet has them, from the very expressions that calculate it.

An absent figure is an empty text there: nothing is added to it, nothing is made of it. ``COUNT`` sees only what is
given, ``SUM`` passes over what is not: an empty cell and an absent figure behave alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from utils.registry import Registry
from utils.reports.places import Cell, Places, reference, span
from utils.rj.arithmetic import Arrondi, AuMoinsZero, Constante, Magnitude, PlusGrand, Produit, Quotient
from utils.rj.calculate import Night, qualifier
from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.declaration import CHOICE, FLAG, LINES, Field
from utils.rj.expression import Copie, Expression, Qualify, Term, Total
from utils.rj.lines import GroupTotal, LinesLacking, LinesMax, LinesTotal, ListTotal, MapTotal, own

LONGEST: Final = 8_000
"""A spreadsheet takes formulas up to 8,192 characters."""


class NoFormulaError(LookupError):
    """What a figure rests on stands nowhere in the workbook, or no formula says it."""


@dataclass(frozen=True, slots=True)
class Formulas:
    """The formulas of a night, its figures standing in ``places``; ``shown`` writes the code of a choice."""

    night: Night
    places: Places
    shown: Callable[[str, str], str]

    def of(self, name: str) -> str:
        """The formula of a field (with its equal sign); raises ``NoFormulaError``."""
        declared = FIELDS[name]
        if declared.formula is None or declared.kind in (LINES, CHOICE, FLAG) or declared.items:
            raise NoFormulaError(name)
        sheet = self.places.one[name].sheet
        return self._checked(Writing(self, sheet, qualifier(BY_KEY[name.partition(".")[0]])).text(declared.formula))

    def of_column(self, lines: str, column: Field, position: int) -> str:
        """The formula of a calculated column in one of the lines of a list."""
        place = self.places.columns[lines, column.key].cells[position]

        def cell_of(key: str) -> str:
            found = self.places.columns.get((lines, key))
            if found is None:
                raise NoFormulaError(f"{lines}[].{key}")
            return reference(found.cells[position], place.sheet)

        assert column.formula is not None  # noqa: S101 - the caller chose calculated columns
        return self._checked(Writing(self, place.sheet, own, cell_of).text(column.formula))

    def link(self, name: str, sheet: str) -> str:
        """A formula that shows a figure standing elsewhere, empty when it is."""
        place = reference(self.places.one[name], sheet)
        return f'=IF({place}="","",{place})'

    @staticmethod
    def _checked(text: str) -> str:
        if len(text) > LONGEST:
            raise NoFormulaError(text[:60])
        return f"={text}"


@dataclass(frozen=True, slots=True)
class Writing:
    """One formula being written, in a sheet; ``cell_of`` names the columns of a line."""

    formulas: Formulas
    sheet: str
    qualify: Qualify
    cell_of: Callable[[str], str] | None = None

    def text(self, expression: Expression) -> str:
        """The expression, an empty text when it is absent."""
        write = _WRITERS.get(type(expression))
        if write is None:
            raise NoFormulaError(type(expression).__name__)
        return write(self, expression)

    def term(self, term: Term) -> str:
        """A term: the cell of a field, the number that it is, or its own formula."""
        if not isinstance(term, str):
            return self.text(term)
        if self.cell_of is not None:
            return self.cell_of(term)
        return self.named(self.qualify(term))

    def named(self, name: str) -> str:
        """A field by its qualified name."""
        formulas = self.formulas
        if (place := formulas.places.one.get(name)) is not None:
            return reference(place, self.sheet)
        if name.startswith(("previous.", "property.", "entered.")):
            value = formulas.night.values.get(name)
            return '""' if value is None else literal(value)
        declared = FIELDS[name]
        if name in formulas.night.inputs or declared.formula is None or declared.kind in (LINES, CHOICE, FLAG):
            value = formulas.night.values.get(name)
            if value is None:
                return '""'
            raise NoFormulaError(name)
        return Writing(formulas, self.sheet, qualifier(BY_KEY[name.partition(".")[0]])).text(declared.formula)

    def lines(self, lines: str, column: Term) -> tuple[Cell, ...]:
        """The cells of a column of a list: one that it names, or the calculated one whose formula this is."""
        name = self.qualify(lines)
        key = column if isinstance(column, str) else None
        if key is None:
            key = next((one.key for one in FIELDS[name].columns if one.formula == column), None)
        found = self.formulas.places.columns.get((name, key or ""))
        if found is None:
            raise NoFormulaError(f"{name}[].{column}")
        return found.cells

    def nil(self, names: Iterable[str]) -> str:
        """Whether one of these fields makes « nothing entered » nil: a list or a map is known, a flag is live."""
        parts, values = [], self.formulas.night.values
        for name in map(self.qualify, names):
            place = self.formulas.places.one.get(name)
            if place is not None:
                at = reference(place, self.sheet)
                parts.append(f"{at}=TRUE" if FIELDS[name].kind == FLAG else f'{at}<>""')
            elif values.get(name):
                parts.append("TRUE")
        return f"OR({','.join(parts)})" if parts else "FALSE"


def literal(value: Any) -> str:  # noqa: ANN401 - a value of the night
    """A value inside a formula."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | Decimal):
        return f"({value})" if value < 0 else str(value)
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    raise NoFormulaError(str(type(value)))


def added(terms: list[str]) -> str:
    """The sum of terms, absent ones counting nothing; a formula among them gives a number or nothing."""
    return f"SUM({','.join(f'N({one})' if one[:2] == 'IF' or one == _EMPTY else one for one in terms)})"


_WRITERS: Final[Registry[type, Callable[[Writing, Any], str]]] = Registry()
_EMPTY: Final = '""'


@_WRITERS.of(Total)
def _total(at: Writing, one: Total) -> str:
    plus, minus = [at.term(term) for term in one.plus], [at.term(term) for term in one.minus]
    every = f"COUNT({','.join([*plus, *minus])})"
    body = (added(plus) if plus else "") + (f"-{added(minus)}" if minus else "")
    if one.strict:
        text = f'IF({every}<{len(plus) + len(minus)},"",{body})'
    else:
        nothing = f'IF({at.nil(one.zero_when)},0,"")' if one.zero_when else '""'
        text = f"IF({every}=0,{nothing},{body})"
    for name in one.needs:
        text = f'IF(COUNT({at.term(name)})=0,"",{text})'
    if one.needs_one:
        text = f'IF(COUNT({",".join(map(at.term, one.needs_one))})=0,"",{text})'
    return text


@_WRITERS.of(Copie)
def _copy(at: Writing, one: Copie) -> str:
    term = at.term(one.name)
    return f'IF({term}="","",{"-" * (one.sign < 0)}{term})'


def _given(terms: Iterable[str], body: str) -> str:
    """A formula that needs all of its terms."""
    found = list(terms)
    return f'IF(COUNT({",".join(found)})<{len(found)},"",{body})'


@_WRITERS.of(Arrondi)
def _rounded(at: Writing, one: Arrondi) -> str:
    term = at.term(one.term)
    return _given([term], f"ROUND({term},{one.places})")


@_WRITERS.of(Magnitude)
def _magnitude(at: Writing, one: Magnitude) -> str:
    term = at.term(one.term)
    return _given([term], f"ABS({term})")


@_WRITERS.of(AuMoinsZero)
def _at_least_nil(at: Writing, one: AuMoinsZero) -> str:
    term = at.term(one.term)
    return _given([term], f"MAX(0,{term})")


@_WRITERS.of(Produit)
def _product(at: Writing, one: Produit) -> str:
    left, right = at.term(one.left), at.term(one.right)
    return _given([left, right], f"{left}*{right}{'/100' * one.percent}")


@_WRITERS.of(Quotient)
def _quotient(at: Writing, one: Quotient) -> str:
    above, below = at.term(one.numerator), at.term(one.denominator)
    refused = f"{below}<=0" if one.positive else f"{below}=0"
    body = f'IF({refused},"",{one.times}*{above}/{below})'
    return _given([above, below], f"IF({above}=0,0,{body})" if one.nil_is_zero else body)


@_WRITERS.of(PlusGrand)
def _greatest(at: Writing, one: PlusGrand) -> str:
    terms = [at.term(term) for term in one.terms]
    each = ",".join(f"IF(COUNT({term})=0,-1E+15,{term})" for term in terms)
    return f'IF(COUNT({",".join(terms)})=0,"",MAX({each}))'


@_WRITERS.of(Constante)
def _constant(_: Writing, one: Constante) -> str:
    return str(one.number)


@_WRITERS.of(LinesTotal)
def _lines_total(at: Writing, one: LinesTotal) -> str:
    return _over_lines(at, one, lambda cells, where: f"SUMPRODUCT({where}{cells})" if where else f"SUM({cells})")


@_WRITERS.of(LinesMax)
def _lines_max(at: Writing, one: LinesMax) -> str:
    if one.where or not isinstance(one.column, Magnitude):
        raise NoFormulaError("LinesMax")
    inner = LinesMax(one.lines, one.column.term, zero_when=one.zero_when, empty_is_nil=one.empty_is_nil)
    return _over_lines(at, inner, lambda cells, _: f"MAX(MAX({cells}),-MIN({cells}))")


def _over_lines(at: Writing, one: LinesTotal | LinesMax, gather: Callable[[str, str], str]) -> str:
    """The figures of a column, gathered; nil when nothing says that there is none, else absent."""
    entries = at.formulas.night.values.get(at.qualify(one.lines))
    empty = "TRUE" if one.empty_is_nil and entries == () else at.nil(one.zero_when)
    nothing = f'IF({empty},0,"")'
    if not entries:
        return nothing
    if isinstance(one.column, Produit):
        left, right = (span(at.lines(one.lines, term), at.sheet) for term in (one.column.left, one.column.right))
        return f"IF(SUMPRODUCT(ISNUMBER({left})*ISNUMBER({right}))=0,{nothing},SUMPRODUCT({left},{right}))"
    cells, where = span(at.lines(one.lines, one.column), at.sheet), ""
    for name, allowed in one.where:
        read = span(at.lines(one.lines, name), at.sheet)
        said = [literal("" if code is None else at.formulas.shown(at.qualify(one.lines), code)) for code in allowed]
        where += f"(({'+'.join(f'({read}={text})' for text in said)})>0)*"
    where = f"{where[:-1]}*1," if where else ""
    present = f"SUMPRODUCT({where[:-1]}*ISNUMBER({cells}))" if where else f"COUNT({cells})"
    return f"IF({present}=0,{nothing},{gather(cells, where)})"


@_WRITERS.of(ListTotal)
def _list_total(at: Writing, one: ListTotal) -> str:
    if not at.formulas.night.values.get(at.qualify(one.name)):
        return '""'
    return f"SUM({span(at.lines(one.name, ''), at.sheet)})"


@_WRITERS.of(LinesLacking)
def _lines_lacking(at: Writing, one: LinesLacking) -> str:
    if not at.formulas.night.values.get(at.qualify(one.lines)):
        return f'IF({at.nil(one.zero_when)},0,"")'
    empty = "+".join(f'({span(at.lines(one.lines, column), at.sheet)}="")' for column in one.columns)
    return f"SUMPRODUCT((({empty})>0)*1)"


@_WRITERS.of(MapTotal)
def _map_total(at: Writing, one: MapTotal) -> str:
    entries = at.formulas.places.entries
    name = at.qualify(one.map)
    every = tuple(cell for (owner, _), cell in entries.items() if owner == name)
    cells = [reference(entries[name, key], at.sheet) for key in one.keys if (name, key) in entries]
    if not every:
        return '""'
    return f'IF(COUNT({span(every, at.sheet)})=0,"",SUM({",".join(cells) or 0}))'


@_WRITERS.of(GroupTotal)
def _group_total(at: Writing, one: GroupTotal) -> str:
    values = at.formulas.night.values
    name = at.qualify(one.batches)
    if values.get(name) is None:
        return '""'
    group = [line["id"] for line in values[at.qualify(one.terminals)] if line.get("group") == one.group]
    entries = at.formulas.places.entries
    cells = [entries[name, key] for key in group if (name, key) in entries]
    row = tuple(cell for cell in cells if cell.sheet == at.sheet)  # side by side; the others have no column there
    parts = [span(row, at.sheet)] if row else []
    parts += [reference(cell, at.sheet) for cell in cells if cell.sheet != at.sheet]
    return f"SUM({','.join(parts) or 0})"
