"""Exact money: the only place that rounds and the only place that reads an amount.

Amounts are Canadian dollars as ``Decimal`` with at most two decimals; columns hold integer cents. No binary
float is ever accepted. Source of the rules: the domain reference, section 0, and the interfaces document.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from utils.lookalikes import as_difference, lookalike
from utils.text import plain

ZERO: Final = Decimal(0)
CENT: Final = Decimal("0.01")
_QUANTA: Final = {places: Decimal(1).scaleb(-places) for places in range(7)}

_JSON_MONEY: Final = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,2})?", re.ASCII)
_JSON_RATE: Final = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,3})?", re.ASCII)
_MAX_MONEY: Final = Decimal("999999999999.99")
_MAX_DIGITS: Final = 12
_DECIMALS: Final = 2
_SHOWN: Final = 40

_MINUS: Final = "-−"
_ADDED: Final = "+" + _MINUS
_TIMES: Final = "*×"
_OVER: Final = "/÷"
_SIGNS: Final = _ADDED + _TIMES + _OVER + "()"
_LACKING: Final = "Il manque un nombre de part et d'autre d'un signe."
_OPERAND: Final = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)?(?:[.,][0-9]+)?", re.ASCII)
_PARENTHESES: Final = re.compile(r"\(([^()]*)\)( *\$)?", re.ASCII)

_LONGEST_FORMULA: Final = 500
_LONGEST_SUM: Final = 5000
_DEEPEST_FORMULA: Final = 20
_TRAILING: Final = re.compile(r"[^-+−*×/÷()]+[-−]")
_NUMBER: Final = "nombre"
_ENCLOSED: Final = "entre parenthèses"
_PIECE: Final = re.compile(r"[-+−*×/÷()]|[^-+−*×/÷()]+")


class AmountError(ValueError):
    """A text that is not an amount; its message is a French sentence for the person who typed it."""


def r2(value: Decimal) -> Decimal:
    """Round to the cent, half away from zero: 0.005 gives 0.01, -0.005 gives -0.01; never -0.00."""
    return value.quantize(CENT, ROUND_HALF_UP) + ZERO


def r3(value: Decimal) -> Decimal:
    """Round to three decimals, half away from zero."""
    return value.quantize(_QUANTA[3], ROUND_HALF_UP) + ZERO


def rounded(value: Decimal, places: int) -> Decimal:
    """Round to ``places`` decimals (0 to 6), half away from zero."""
    return value.quantize(_QUANTA[places], ROUND_HALF_UP) + ZERO


def to_cents(value: Decimal) -> int:
    """Integer cents of an amount; raises ``AmountError`` when it has a fraction of a cent."""
    cents = value.scaleb(2)
    if cents != cents.to_integral_value():
        raise AmountError("Un montant a au plus deux décimales.")
    return int(cents)


def from_cents(cents: int) -> Decimal:
    """The amount of that many cents, with two decimals."""
    return Decimal(cents).scaleb(-2)


def money_text(value: Decimal) -> str:
    """The JSON form of an amount: two decimals, a point, never ``-0.00``."""
    return f"{value:.2f}" if value else "0.00"


def read_json_money(text: str) -> Decimal:
    """Read the JSON form ``-?1 to 12 digits(.1 or 2 digits)``; raises ``AmountError`` otherwise."""
    if not _JSON_MONEY.fullmatch(text):
        raise AmountError(f"Montant invalide : « {shown(text)} ».")
    return Decimal(text) + ZERO


def read_json_rate(text: str) -> Decimal:
    """Read a rate or a tolerance of at most three decimals; raises ``AmountError`` otherwise."""
    if not _JSON_RATE.fullmatch(text):
        raise AmountError(f"Taux invalide : « {shown(text)} ».")
    return Decimal(text) + ZERO


def shown(text: str) -> str:
    """The text as an error may repeat it: at most forty characters, printable."""
    cut = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return cut if cut.isprintable() else "".join(c if c.isprintable() else " " for c in cut)


def is_sum(text: str) -> bool:
    """True when what was typed is a sum, whose text is worth keeping beside its value."""
    body = plain(text)
    return body.startswith("=") or len(_operands(body)) > 1


def read_typed_money(text: str) -> Decimal:
    """Read an amount as a person types it, or a sum of amounts; after a leading ``=``, a calculation.

    Accepts ``1 234,56``, ``1234.56``, ``-12,5``, ``12,5-``, ``(12,50)``, ``12,34 $`` and sums of those with + and
    −, a leading ``=`` being optional. After it also ``* × / ÷ ( )`` on decimals of any length: exact, rounded once
    to the cent. Refuses with an ``AmountError`` whatever could be read two ways.
    """
    exact = _exact(plain(text))
    cents, rest = divmod(abs(exact) * 100, 1)
    amount = from_cents(cents + (2 * rest >= 1))
    if amount > _MAX_MONEY:
        raise AmountError(f"Montant trop grand : « {shown(plain(text))} ».")
    return -amount if amount and exact < 0 else amount


def read_typed_count(text: str) -> int:
    """Read a whole number, a sum of them, or after ``=`` a calculation that gives one; never negative."""
    body = plain(text)
    total = _exact(body)
    if abs(total) > _MAX_MONEY:
        raise AmountError(f"Nombre trop grand : « {shown(body)} ».")
    if re.search(r"[,.$]", body) or total.denominator != 1:
        raise AmountError(f"Il faut un nombre entier : « {shown(body)} ».")
    if total < 0:
        raise AmountError(f"Le nombre ne peut pas être négatif : « {shown(body)} ».")
    return int(total)


def _exact(text: str) -> Fraction:
    """The exact value of a plain text."""
    body = text.removeprefix("=").strip(" ")
    if not body:
        raise AmountError("Le champ est vide : tapez un montant.")
    if len(body) > _LONGEST_SUM:
        raise AmountError(f"Le calcul est trop long : au plus {_LONGEST_SUM} caractères.")
    if body == text and (what := lookalike(body)):
        hints = {"une fraction": f" Pour diviser, tapez ={shown(body)}.", "un tiret": " Pour zéro, tapez 0."}
        how = hints.get(what, "")
        if difference := as_difference(body):
            how = f" Pour soustraire, tapez {shown(difference)}."
        raise AmountError(f"« {shown(body)} » est {what}, pas un montant.{how}")
    if body != text and not _TRAILING.fullmatch(body):
        return _Formula(body).value()
    operands = _operands(body)
    return sum((_signed(operand, alone=len(operands) == 1) for operand in operands), Fraction(0))


class _Formula:
    """What follows ``=``, read from left to right as a spreadsheet does, in exact fractions."""

    def __init__(self, body: str) -> None:
        """Cut the text into numbers, signs and parentheses."""
        if len(body) > _LONGEST_FORMULA:
            raise AmountError(f"Le calcul est trop long : au plus {_LONGEST_FORMULA} caractères.")
        self.body = body
        self.pieces = [piece for found in _PIECE.findall(body) if (piece := found.strip(" "))]
        self.free = sum(piece not in _SIGNS for piece in self.pieces) > 1
        self.at = self.depth = 0

    def value(self) -> Fraction:
        """The exact value of the whole; raises ``AmountError`` where it cannot be read."""
        total, _ = self._sum()
        if self.at < len(self.pieces):
            raise AmountError(f"Le calcul ne se lit pas à partir de « {shown(self.pieces[self.at])} ».")
        return total

    def _take(self, wanted: str) -> str:
        """The next piece when it is one of these signs, else an empty text."""
        piece = self.pieces[self.at] if self.at < len(self.pieces) else ""
        if not piece or piece not in wanted:
            return ""
        self.at += 1
        return piece

    def _sum(self) -> tuple[Fraction, bool]:
        """Products added up; whether it is one number and nothing else."""
        sign = first = self._take(_ADDED)
        total, alone = Fraction(0), True
        while True:
            value, kind = self._product()
            if kind == _ENCLOSED:
                raise AmountError(f"Un nombre seul entre parenthèses se lit de deux façons : « {shown(self.body)} ».")
            total += -value if sign and sign in _MINUS else value
            sign = self._take(_ADDED)
            if not sign:
                return total, alone and not first and kind == _NUMBER
            alone = False

    def _product(self) -> tuple[Fraction, str]:
        """Factors multiplied or divided, and what it is made of when there is but one."""
        value, kind = self._factor()
        while sign := self._take(_TIMES + _OVER):
            opposite = self._take(_ADDED)
            factor, _ = self._factor()
            kind = ""
            factor = -factor if opposite and opposite in _MINUS else factor
            if sign in _OVER and not factor:
                raise AmountError(f"On ne divise pas par zéro : « {shown(self.body)} ».")
            value = value / factor if sign in _OVER else value * factor
        return value, kind

    def _factor(self) -> tuple[Fraction, str]:
        """A number, or a calculation between parentheses."""
        if self._take("("):
            self.depth += 1
            if self.depth > _DEEPEST_FORMULA:
                raise AmountError(f"Le calcul a trop de parenthèses : au plus {_DEEPEST_FORMULA} l'une dans l'autre.")
            value, alone = self._sum()
            if not self._take(")"):
                raise AmountError(f"Une parenthèse n'est pas fermée : « {shown(self.body)} ».")
            self.depth -= 1
            return value, _ENCLOSED if alone else ""
        piece = self.pieces[self.at] if self.at < len(self.pieces) else ""
        if piece and piece in _ADDED:
            raise AmountError(f"Deux signes pour un seul nombre : « {shown(self.body)} ».")
        if not piece or piece in _SIGNS:
            raise AmountError(_LACKING)
        self.at += 1
        return _unsigned(piece, free=self.free), _NUMBER


def _operands(body: str) -> list[str]:
    """Cut a sum before each operator; the first sign and a single trailing minus belong to their number."""
    if body[-1:] and body[-1:] in _MINUS and not any(one in _ADDED for one in body[1:-1]):
        return [body]
    parts, start = [], 0
    for position, character in enumerate(body):
        if position and character in _ADDED:
            parts.append(body[start:position])
            start = position
    return [*parts, body[start:]]


def _signed(operand: str, *, alone: bool) -> Fraction:
    text, negative, signs = operand.strip(), False, 0
    if text[:1] and text[:1] in _ADDED:
        negative, signs, text = text[0] != "+", 1, text[1:].strip(" ")
    if alone and text[-1:] and text[-1:] in _MINUS:
        negative, signs, text = True, signs + 1, text[:-1].strip()
    if enclosed := _PARENTHESES.fullmatch(text):
        negative, signs, text = True, signs + (operand.strip()[:1] != "+"), enclosed[1].strip()
    if signs > 1:
        raise AmountError(f"Deux signes pour un seul nombre : « {shown(operand)} ».")
    value = _unsigned(text)
    return -value if negative else value


def _unsigned(text: str, *, free: bool = False) -> Fraction:
    """The number that a text without sign is; ``free`` lets it have decimals of any length."""
    number = text.removesuffix("$").strip(" ")
    if not number:
        raise AmountError(_LACKING)
    if not _OPERAND.fullmatch(number):
        raise AmountError(_why_refused(number))
    whole, _, decimals = number.replace(" ", "").replace(",", ".").partition(".")
    if len(decimals) > _DECIMALS and not free:
        raise AmountError(f"Plus de deux décimales : « {shown(number)} ». Tapez les milliers sans virgule ni point.")
    if len(whole.lstrip("0")) > _MAX_DIGITS:
        raise AmountError(f"Montant trop grand : « {shown(number)} ».")
    return Fraction(int((whole.lstrip("0") + decimals) or "0"), 10 ** len(decimals))


def _why_refused(number: str) -> str:
    letters = list(dict.fromkeys(c for c in number if c.isalpha()))
    if letters:
        return f"« {shown(number)} » contient « {''.join(letters[:8])} », qui n'est pas un chiffre."
    if number.count(",") + number.count(".") > 1:
        return f"« {shown(number)} » a plus d'un séparateur décimal. Tapez par exemple 1 234,56."
    if any(sign in number for sign in _TIMES + _OVER):
        return f"« {shown(number)} » : pour multiplier ou diviser, commencez par « = »."
    return f"« {shown(number)} » n'est pas un montant. Tapez par exemple 1 234,56."
