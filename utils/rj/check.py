"""What a check of the Sommaire is: its status, and the arithmetic that several of them share."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from utils.rj.arithmetic import Magnitude
from utils.rj.declaration import MONEY
from utils.rj.expression import Copie, Expression, Term, bare, ecart
from utils.rj.lines import shown_figure
from utils.shapes import Line
from utils.text import person_key

OK: Final = "ok"
INFO: Final = "info"
WARNING: Final = "avertissement"
BLOCKING: Final = "bloquant"
NOT_APPLICABLE: Final = "na"
WAITING: Final = "attente"
"""How a check is shown while a paper it needs is not typed: no status of the night file, which knows only figures."""
SEVERITIES: Final = (INFO, WARNING, BLOCKING)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the Sommaire; ``leads_to`` is the field an auditor must look at first.

    ``needs`` are inputs that no required field of a tab asks for, and without which it would judge half a sum.
    """

    key: str
    label: str
    formula: Expression
    tolerance: str
    default_tolerance: str
    severity: str
    message: str
    advice: str
    leads_to: str
    kind: str = MONEY
    needs: tuple[str, ...] = ()

    @property
    def judges(self) -> str:
        """The figure of a tab that it copies, empty when it compares several."""
        return self.formula.name if isinstance(self.formula, Copie) else ""


def status(value: Decimal | int | None, tolerance: Decimal, severity: str) -> str:
    """``ok`` within the tolerance, else the severity; ``na`` without a value."""
    if value is None:
        return NOT_APPLICABLE
    return OK if -tolerance <= value <= tolerance else severity


def status_shown(value: Decimal | int | None, tolerance: Decimal, severity: str) -> str:
    """« |−9 609,77| > 0,01 »."""
    if value is None:
        return "vide"
    sign = "≤" if status(value, tolerance, severity) == OK else ">"
    return f"|{bare(shown_figure(value))}| {sign} {shown_figure(tolerance)}"


def gap(first: Term, second: Term) -> Magnitude:
    """|first − second|, absent when one of them is."""
    return Magnitude(ecart((first,), (second,)))


def open_floats(last: tuple[Line, ...] | None) -> dict[str, Decimal]:
    """Last night's due back by person (``person_key``), lines of one person together."""
    floats: dict[str, Decimal] = {}
    for line in last or ():
        if "name" in line and "nouveau" in line:
            who = person_key(line["name"])
            floats[who] = floats.get(who, Decimal(0)) + line["nouveau"]
    return floats


def _repeated_floats(entries: tuple[Line, ...] | None, last: tuple[Line, ...] | None) -> list[tuple[Any, Any]]:
    """Carried float and last night's due back, for persons of tonight who repay something and had one."""
    before = open_floats(last)
    return [
        (line["previous"], before[who])
        for line in entries or ()
        if line.get("previous") and (who := person_key(line.get("name", ""))) in before
    ]


def float_gap(entries: tuple[Line, ...] | None, last: tuple[Line, ...] | None) -> Decimal | None:
    """Σ |carried float + last night's due back|, in dollars; absent when nobody repays a float of last night."""
    pairs = _repeated_floats(entries, last)
    return sum((abs(carried + before) for carried, before in pairs), Decimal(0)) if pairs else None


def float_gap_shown(entries: tuple[Line, ...] | None, last: tuple[Line, ...] | None) -> str:
    """« |(−300,00) + 350,00| »."""
    pairs = _repeated_floats(entries, last)
    return " + ".join(f"|{shown_figure(carried)} + {shown_figure(before)}|" for carried, before in pairs)
