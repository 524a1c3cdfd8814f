"""Exact money: the only place that rounds and the only place that reads an amount.

Amounts are Canadian dollars as ``Decimal`` with at most two decimals; columns hold integer cents. No binary
float is ever accepted. Source of the rules: the domain reference, section 0, and the interfaces document.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

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
_SPACE: Final = re.compile(r"\s")
_OPERAND: Final = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)?(?:[.,][0-9]+)?", re.ASCII)
_PARENTHESES: Final = re.compile(r"\(([^()]*)\)( *\$)?", re.ASCII)


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
    return _SPACE.sub(" ", text).lstrip().startswith("=") or len(_operands(_body(text))) > 1


def read_typed_money(text: str) -> Decimal:
    """Read an amount as a person types it, or a sum of amounts.

    Accepts ``1 234,56``, ``1234.56``, ``-12,5``, ``12,5-``, ``(12,50)``, ``12,34 $`` and sums of those with + and
    −, a leading ``=`` being optional. Refuses with an ``AmountError`` whatever could be read two ways.
    """
    body = _body(text)
    if not body:
        raise AmountError("Le champ est vide : tapez un montant.")
    operands = _operands(body)
    total = sum((_signed(operand, alone=len(operands) == 1) for operand in operands), ZERO)
    if abs(total) > _MAX_MONEY:
        raise AmountError(f"Montant trop grand : « {shown(text)} ».")
    return total


def read_typed_count(text: str) -> int:
    """Read a whole number, or a sum of them, as a person types it; negative results are refused."""
    total = read_typed_money(text)
    if "," in text or "." in text or "$" in text:
        raise AmountError(f"Il faut un nombre entier : « {shown(text)} ».")
    if total < 0:
        raise AmountError(f"Le nombre ne peut pas être négatif : « {shown(text)} ».")
    return int(total)


def _body(text: str) -> str:
    """What is typed after an optional ``=``, every space being the plain one."""
    return _SPACE.sub(" ", text).strip().removeprefix("=").strip()


def _operands(body: str) -> list[str]:
    """Cut a sum before each operator; the first sign and a single trailing minus belong to their number."""
    if body[-1:] and body[-1:] in _MINUS and not _has_operator(body[1:-1]):
        return [body]
    parts, start = [], 0
    for position, character in enumerate(body):
        if position and character in "+" + _MINUS:
            parts.append(body[start:position])
            start = position
    return [*parts, body[start:]]


def _has_operator(text: str) -> bool:
    return any(character in "+" + _MINUS for character in text)


def _signed(operand: str, *, alone: bool) -> Decimal:
    text, negative, signs = operand.strip(), False, 0
    if text[:1] and text[:1] in "+" + _MINUS:
        negative, signs, text = text[0] != "+", 1, text[1:].strip()
    if alone and text[-1:] and text[-1:] in _MINUS:
        negative, signs, text = True, signs + 1, text[:-1].strip()
    if enclosed := _PARENTHESES.fullmatch(text):
        negative, signs, text = True, signs + (operand.strip()[:1] != "+"), enclosed[1].strip()
    if signs > 1:
        raise AmountError(f"Deux signes pour un seul nombre : « {shown(operand)} ».")
    value = _unsigned(text)
    return -value if negative else value


def _unsigned(text: str) -> Decimal:
    number = text.removesuffix("$").strip()
    if not number:
        raise AmountError("Il manque un nombre de part et d'autre d'un signe.")
    if not _OPERAND.fullmatch(number):
        raise AmountError(_why_refused(number))
    whole, _, decimals = number.replace(" ", "").replace(",", ".").partition(".")
    if len(decimals) > _DECIMALS:
        raise AmountError(f"Plus de deux décimales : « {shown(number)} ». Tapez les milliers sans virgule ni point.")
    if len(whole.lstrip("0")) > _MAX_DIGITS:
        raise AmountError(f"Montant trop grand : « {shown(number)} ».")
    return Decimal(f"{whole or 0}.{decimals or 0}")


def _why_refused(number: str) -> str:
    letters = sorted({c for c in number if c.isalpha()})
    if letters:
        return f"« {shown(number)} » contient « {''.join(letters)[:8]} », qui n'est pas un chiffre."
    if number.count(",") + number.count(".") > 1:
        return f"« {shown(number)} » a plus d'un séparateur décimal. Tapez par exemple 1 234,56."
    return f"« {shown(number)} » n'est pas un montant. Tapez par exemple 1 234,56."
