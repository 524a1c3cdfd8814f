"""The arithmetic of formulas: magnitudes, products, quotients, rounding, and plain functions of fields."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from utils.money import ZERO, rounded
from utils.rj.expression import (
    Calculation,
    Expression,
    Page,
    Qualify,
    Term,
    bare,
    given,
    term_compiled,
    term_figures,
    term_reads,
    term_words,
)
from utils.shapes import Values


@dataclass(frozen=True, slots=True)
class _Unary(Expression):
    term: Term

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """Names of the term."""
        yield from term_reads(self.term, qualify)

    def compiled(self, qualify: Qualify) -> Calculation:
        """The term, then the operation when it is present."""
        inner, apply = term_compiled(self.term, qualify), self.apply

        def run(values: Values) -> Any:
            value = inner(values)
            return None if value is None else apply(value)

        return run

    @abstractmethod
    def apply(self, value: Any) -> Any:
        """The operation itself."""

    @abstractmethod
    def frame(self, text: str) -> str:
        """How the operation is written around its term."""

    def words(self, qualify: Qualify, page: Page) -> str:
        """The operation around the words of its term."""
        return self.frame(bare(term_words(self.term, qualify, page)))

    def figures(self, qualify: Qualify, page: Page) -> str:
        """The operation around the figures of its term."""
        return self.frame(bare(term_figures(self.term, qualify, page)))


class Magnitude(_Unary):
    """Absolute value: the Daily Revenue prints credits without sign."""

    def apply(self, value: Any) -> Any:
        """|value|."""
        return abs(value)

    def frame(self, text: str) -> str:
        """« |x| »."""
        return f"|{text}|"


class AuMoinsZero(_Unary):
    """The value, or zero when it is negative."""

    def apply(self, value: Any) -> Any:
        """max(0, value)."""
        return max(0, value)

    def frame(self, text: str) -> str:
        """« max(0; x) »."""
        return f"max(0; {text})"


@dataclass(frozen=True, slots=True)
class Arrondi(Expression):
    """Rounded half away from zero, to the cent unless said otherwise."""

    term: Term
    places: int = 2

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """Names of the term."""
        yield from term_reads(self.term, qualify)

    def compiled(self, qualify: Qualify) -> Calculation:
        """The rounding of the term."""
        inner, places = term_compiled(self.term, qualify), self.places

        def run(values: Values) -> Any:
            value = inner(values)
            return None if value is None else rounded(value, places)

        return run

    def words(self, qualify: Qualify, page: Page) -> str:
        """« arrondi(x; 2) »."""
        return f"arrondi({bare(term_words(self.term, qualify, page))}; {self.places})"

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« arrondi(14 194,83 ÷ 74; 2) »."""
        return f"arrondi({bare(term_figures(self.term, qualify, page))}; {self.places})"


@dataclass(frozen=True, slots=True)
class Produit(Expression):
    """Product of two terms, both needed; ``percent`` divides by 100, the second term being in points."""

    left: Term
    right: Term
    percent: bool = False

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """Names of both terms."""
        yield from term_reads(self.left, qualify)
        yield from term_reads(self.right, qualify)

    def compiled(self, qualify: Qualify) -> Calculation:
        """The product."""
        left, right = term_compiled(self.left, qualify), term_compiled(self.right, qualify)
        scale = -2 if self.percent else 0

        def run(values: Values) -> Any:
            a = left(values)
            b = None if a is None else right(values)
            return None if b is None else Decimal(a * b).scaleb(scale)

        return run

    def words(self, qualify: Qualify, page: Page) -> str:
        """« A × B » or « A × B ÷ 100 »."""
        text = f"{term_words(self.left, qualify, page)} × {term_words(self.right, qualify, page)}"
        return text + " ÷ 100" * self.percent

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« 10 079,99 × 1,70 ÷ 100 »."""
        left, right = term_figures(self.left, qualify, page), term_figures(self.right, qualify, page)
        return f"{left} × {right}" + " ÷ 100" * self.percent


@dataclass(frozen=True, slots=True)
class Quotient(Expression):
    """``times`` × numerator ÷ denominator; absent when the denominator is absent, zero (or, if asked, negative)."""

    numerator: Term
    denominator: Term
    times: int = 1
    nil_is_zero: bool = field(default=False, kw_only=True)
    positive: bool = field(default=False, kw_only=True)

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """Names of both terms."""
        yield from term_reads(self.numerator, qualify)
        yield from term_reads(self.denominator, qualify)

    def compiled(self, qualify: Qualify) -> Calculation:
        """The quotient, unrounded."""
        numerator, denominator = term_compiled(self.numerator, qualify), term_compiled(self.denominator, qualify)
        times, nil_is_zero, positive = Decimal(self.times), self.nil_is_zero, self.positive

        def run(values: Values) -> Any:
            above, below = numerator(values), denominator(values)
            if above is None or below is None:
                return None
            if nil_is_zero and not above:
                return ZERO
            if not below or (positive and below < 0):
                return None
            return times * above / below

        return run

    def words(self, qualify: Qualify, page: Page) -> str:
        """« 100 × A ÷ B »."""
        return self._written(term_words(self.numerator, qualify, page), term_words(self.denominator, qualify, page))

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« 100 × 74 ÷ 252 »."""
        above = term_figures(self.numerator, qualify, page)
        below = term_figures(self.denominator, qualify, page)
        nil = self.nil_is_zero and below.strip("(),0") == ""
        return above if nil else self._written(above, below)

    def _written(self, above: str, below: str) -> str:
        return f"{self.times} × {above} ÷ {below}" if self.times != 1 else f"{above} ÷ {below}"


@dataclass(frozen=True, slots=True)
class PlusGrand(Expression):
    """The greatest of the terms that are present."""

    terms: tuple[Term, ...]

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """Names of all terms."""
        for term in self.terms:
            yield from term_reads(term, qualify)

    def compiled(self, qualify: Qualify) -> Calculation:
        """The maximum."""
        terms = tuple(term_compiled(term, qualify) for term in self.terms)
        return lambda values: max((x for term in terms if (x := term(values)) is not None), default=None)

    def words(self, qualify: Qualify, page: Page) -> str:
        """« le plus grand de A; B »."""
        return f"max({'; '.join(bare(term_words(term, qualify, page)) for term in self.terms)})"

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« max(0,00; 25,85) »."""
        shown = [term for term in self.terms if given(term, qualify, page)]
        return f"max({'; '.join(bare(term_figures(term, qualify, page)) for term in shown)})"


@dataclass(frozen=True, slots=True)
class Computed(Expression):
    """A plain function of named fields, for what arithmetic cannot say; ``said`` and ``shown`` are its French."""

    function: Callable[..., Any]
    names: tuple[str, ...]
    said: str
    shown: Callable[..., str]

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """The names, which become the arguments in order."""
        yield from map(qualify, self.names)

    def compiled(self, qualify: Qualify) -> Calculation:
        """The function called with the values, ``None`` for those absent."""
        names, function = tuple(map(qualify, self.names)), self.function
        return lambda values: function(*[values.get(name) for name in names])

    def words(self, qualify: Qualify, page: Page) -> str:  # noqa: ARG002 - the words are given
        """What it does, as written at its declaration."""
        return self.said

    def figures(self, qualify: Qualify, page: Page) -> str:
        """What it did tonight."""
        return self.shown(*[page.value(qualify(name)) for name in self.names])


@dataclass(frozen=True, slots=True)
class Constante(Expression):
    """A number that belongs to the form itself, such as its fourteen tabs."""

    number: int

    def reads(self, qualify: Qualify) -> Iterator[str]:  # noqa: ARG002 - a constant reads nothing
        """Nothing."""
        return iter(())

    def compiled(self, qualify: Qualify) -> Calculation:  # noqa: ARG002
        """The number."""
        number = self.number
        return lambda _values: number

    def words(self, qualify: Qualify, page: Page) -> str:  # noqa: ARG002
        """« 14 »."""
        return str(self.number)

    def figures(self, qualify: Qualify, page: Page) -> str:  # noqa: ARG002
        """« 14 »."""
        return str(self.number)
