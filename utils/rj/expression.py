"""Formulas as data: one small tree read three ways, to calculate, to say in words and to show with figures.

A term is the name of a field or another expression. A value is a ``Decimal`` (money in dollars, percent in points,
factor), an ``int`` (count), a ``bool`` (flag), a ``str``, a ``date`` or a tuple of lines; an absent value is ``None``
and has no key among the values. Source of the rules of absence: the domain reference, section 0.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

from utils.money import ZERO
from utils.shapes import Values

Calculation: TypeAlias = Callable[[Values], Any]
Qualify: TypeAlias = Callable[[str], str]
_MINUS: Final = "\N{MINUS SIGN}"


class Page(Protocol):
    """What an expression needs in order to show itself: labels of names and figures of values."""

    def label(self, name: str) -> str:
        """French label of a field."""

    def figure(self, name: str) -> str:
        """French figure of a field tonight, « vide » when absent."""

    def value(self, name: str) -> Any:
        """Value of a field tonight."""

    @property
    def values(self) -> Values:
        """All values tonight."""


class Expression(ABC):
    """A node of a formula."""

    __slots__ = ()

    @abstractmethod
    def reads(self, qualify: Qualify) -> Iterator[str]:
        """Qualified names of the fields read."""

    @abstractmethod
    def compiled(self, qualify: Qualify) -> Calculation:
        """A function from the values of the night to the result, ``None`` when absent."""

    @abstractmethod
    def words(self, qualify: Qualify, page: Page) -> str:
        """The formula in French, with the labels of the fields."""

    @abstractmethod
    def figures(self, qualify: Qualify, page: Page) -> str:
        """The formula with tonight's figures, such that the arithmetic can be redone by hand."""


Term: TypeAlias = str | Expression


def term_reads(term: Term, qualify: Qualify) -> Iterator[str]:
    """Names read by a term."""
    if isinstance(term, str):
        yield qualify(term)
    else:
        yield from term.reads(qualify)


def term_compiled(term: Term, qualify: Qualify) -> Calculation:
    """Calculation of a term."""
    if isinstance(term, str):
        name = qualify(term)
        return lambda values: values.get(name)
    return term.compiled(qualify)


def term_words(term: Term, qualify: Qualify, page: Page) -> str:
    """A term in words; a sum or an opposite inside another formula stands in parentheses."""
    if isinstance(term, str):
        return page.label(qualify(term))
    text = term.words(qualify, page)
    return f"({text})" if isinstance(term, Total) or text.startswith(_MINUS) else text


def term_figures(term: Term, qualify: Qualify, page: Page) -> str:
    """A term with tonight's figures, negative ones and sums in parentheses."""
    text = page.figure(qualify(term)) if isinstance(term, str) else term.figures(qualify, page)
    compound = isinstance(term, Total) and " " in text
    return f"({text})" if (compound or text.startswith(_MINUS)) and bare(text) == text else text


def bare(text: str) -> str:
    """Without the parentheses that enclose the whole of it."""
    if not (text.startswith("(") and text.endswith(")")):
        return text
    depth = 0
    for character in text[:-1]:
        depth += (character == "(") - (character == ")")
        if not depth:
            return text
    return text[1:-1]


def activated(values: Values, names: tuple[str, ...]) -> bool:
    """True when one of the fields is given: a value, a declared flag, a list with a line, a map."""
    for name in names:
        value = values.get(name)
        if value or (value is not None and value is not False and type(value) is not tuple):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Total(Expression):
    """Signed sum: absent terms count nothing; absent when every term is.

    Also absent when one of ``needs`` is, or all of ``needs_one``.
    ``strict`` asks for every term (a comparison, the *écart* of the reference). ``zero_when`` names the fields whose
    presence turns « nothing entered » into zero.
    """

    plus: tuple[Term, ...] = ()
    minus: tuple[Term, ...] = ()
    needs: tuple[str, ...] = ()
    needs_one: tuple[str, ...] = ()
    zero_when: tuple[str, ...] = ()
    strict: bool = False

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """Names of the terms, of the needed fields and of those that make it nil."""
        for term in self.plus + self.minus:
            yield from term_reads(term, qualify)
        yield from map(qualify, self.needs + self.needs_one + self.zero_when)

    def compiled(self, qualify: Qualify) -> Calculation:
        """A loop over names where every term is one, else over calculations."""
        needs, one = tuple(map(qualify, self.needs)), tuple(map(qualify, self.needs_one))
        total = self._loop(qualify)
        nil = tuple(map(qualify, self.zero_when))
        if not needs and not one and not nil:
            return total

        def run(values: Values) -> Any:
            for name in needs:
                if name not in values:
                    return None
            if one and not any(name in values for name in one):
                return None
            result = total(values)
            return ZERO if result is None and nil and activated(values, nil) else result

        return run

    def _loop(self, qualify: Qualify) -> Calculation:
        strict = self.strict
        if all(isinstance(term, str) for term in self.plus + self.minus):
            added = tuple(qualify(term) for term in self.plus if isinstance(term, str))
            taken = tuple(qualify(term) for term in self.minus if isinstance(term, str))
            return lambda values: _sum_names(values, added, taken, strict)
        plus = tuple(term_compiled(term, qualify) for term in self.plus)
        minus = tuple(term_compiled(term, qualify) for term in self.minus)
        return lambda values: _sum_terms(values, plus, minus, strict)

    def words(self, qualify: Qualify, page: Page) -> str:
        """« A + B − C »."""
        return signed_list([*_signs(self.plus, "+"), *_signs(self.minus, _MINUS)], qualify, page, term_words) or "0"

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« 521,20 + 696,05 »; empty terms are left out."""
        terms = [(s, t) for s, t in [*_signs(self.plus, "+"), *_signs(self.minus, _MINUS)] if given(t, qualify, page)]
        return signed_list(terms, qualify, page, term_figures) or "0"


def _sum_names(values: Values, added: tuple[str, ...], taken: tuple[str, ...], strict: bool) -> Any:
    total = None
    get = values.get
    for name in added:
        value = get(name)
        if value is not None:
            total = value if total is None else total + value
        elif strict:
            return None
    for name in taken:
        value = get(name)
        if value is not None:
            total = -value if total is None else total - value
        elif strict:
            return None
    return total


def _sum_terms(values: Values, plus: tuple[Calculation, ...], minus: tuple[Calculation, ...], strict: bool) -> Any:
    total = None
    for term in plus:
        value = term(values)
        if value is not None:
            total = value if total is None else total + value
        elif strict:
            return None
    for term in minus:
        value = term(values)
        if value is not None:
            total = -value if total is None else total - value
        elif strict:
            return None
    return total


def _signs(terms: tuple[Term, ...], sign: str) -> list[tuple[str, Term]]:
    return [(sign, term) for term in terms]


def given(term: Term, qualify: Qualify, page: Page) -> bool:
    """True when a term has a value tonight."""
    return term_compiled(term, qualify)(page.values) is not None


def signed_list(
    terms: list[tuple[str, Term]], qualify: Qualify, page: Page, render: Callable[[Term, Qualify, Page], str]
) -> str:
    """Terms one after the other, each after its sign."""
    text = " ".join(f"{sign} {render(term, qualify, page)}" for sign, term in terms)
    return text.removeprefix("+ ")


def ecart(plus: tuple[Term, ...], minus: tuple[Term, ...]) -> Total:
    """A comparison: absent as soon as one term is absent."""
    return Total(plus, minus, strict=True)


@dataclass(frozen=True, slots=True)
class Copie(Expression):
    """The figure of another field, or its opposite."""

    name: str
    sign: int = 1

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """The field copied."""
        yield qualify(self.name)

    def compiled(self, qualify: Qualify) -> Calculation:
        """A look-up."""
        name = qualify(self.name)
        if self.sign > 0:
            return lambda values: values.get(name)

        def opposite(values: Values) -> Any:
            value = values.get(name)
            return None if value is None else -value

        return opposite

    def words(self, qualify: Qualify, page: Page) -> str:
        """« A » or « − A »."""
        return ("" if self.sign > 0 else f"{_MINUS} ") + page.label(qualify(self.name))

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« 459,40 » or « − 459,40 »."""
        if self.sign > 0:
            return page.figure(qualify(self.name))
        return f"{_MINUS} {term_figures(self.name, qualify, page)}"
