"""The direction's morning: six figures with what they are compared to, and what there is to see."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Final, NamedTuple, Protocol

from utils import french
from utils.money import rounded
from utils.presentation.last_year import MONEY, PERCENT, ratio
from utils.presentation.sommaire import CheckLine, Summary
from utils.presentation.states import CHECK_STATES, TAB_STATES, State
from utils.rj.calculate import Night
from utils.rj.check import BLOCKING, INFO, WARNING
from utils.rj.history import whole, whole_tonight
from utils.rj.verdict import COMPLETENESS
from utils.shapes import Values

YEAR: Final = timedelta(days=364)
_FIGURES: Final = (
    ("Occupation", "%", "occupancy", "occupancy_rate"),
    ("Prix moyen", "$", "adr", "adr"),
    ("RevPAR", "$", "revpar", "revpar"),
    ("Chambres", "$", "room_revenue", "room_revenue"),
    ("Restauration", "$", "total_fb", "total_fb"),
    ("Total des revenus", "$", "total_revenue", "total_revenue"),
)
"""Label, unit, column of the nights before, key of the Jour."""

_RATIOS: Final = {
    "occupancy_rate": ("rooms_louees", "rooms_disponibles", PERCENT),
    "adr": ("room_revenue", "rooms_louees", MONEY),
    "revpar": ("room_revenue", "rooms_disponibles", MONEY),
}
_BUDGETED: Final = "total_revenue"
_SHOWN: Final = (CHECK_STATES[BLOCKING], CHECK_STATES[WARNING], CHECK_STATES[INFO])


class Beside(Protocol):
    """What a night is held against; a figure that the book does not have is absent."""

    @property
    def eve(self) -> Values:
        """The figures of the night before."""

    @property
    def week(self) -> Values:
        """Those of the same weekday, a week before."""

    @property
    def year(self) -> Values:
        """Those of the same weekday, a year before."""

    @property
    def budget(self) -> Decimal | None:
        """Revenue planned for the day, in dollars."""

    @property
    def month_budget(self) -> Decimal | None:
        """Revenue planned for the month so far, in dollars."""

    @property
    def people(self) -> int:
        """How many persons are out by more than they may be."""


class Against(NamedTuple):
    """How far a figure is from another one (« +2,0 % »), and that one; empty when nobody can say."""

    gap: str = ""
    base: str = ""


class Figure(NamedTuple):
    """A line of the six: its figure of the night and of the month, each with what it is held against."""

    label: str
    unit: str
    href: str
    night: str
    beside: tuple[Against, ...]
    month: str
    month_beside: tuple[Against, ...]


class Head(NamedTuple):
    """The heading of what figures are held against, on two lines; ``narrow`` for one that a phone keeps."""

    over: str
    under: str
    narrow: bool = False


class Heads(NamedTuple):
    """The headings of the columns."""

    beside: tuple[Head, ...]
    month: str
    month_beside: tuple[Head, ...]


class See(NamedTuple):
    """Something to see: what, why as somebody said it, and where."""

    state: State
    title: str
    reason: str
    href: str


def heads(day: date, beside: Beside, last: date, sums: Values) -> Heads:
    """What stands above the columns; of what the book knows nothing there is none.

    ``last`` and ``sums`` are those of the same month a year ago. A phone keeps two columns.
    """
    budget, year = _is_budgeted(beside), bool(beside.year)
    found = [
        Head("Veille", _short(day - timedelta(days=1)), narrow=not (budget or year)),
        Head("Même jour", _short(day - timedelta(days=7)), narrow=True),
    ]
    found += [Head("Budget", "de la nuit", narrow=True)] if budget else []
    found += [Head("An dernier", _short(day - YEAR), narrow=not budget)] if year else []
    months = [Head("Budget", "à date")] if budget else []
    months += [Head("An dernier", f"au {last.day}")] if sums else []
    return Heads(tuple(found), f"Mois au {day.day}", tuple(months))


def _is_budgeted(beside: Beside) -> bool:
    return beside.budget is not None or beside.month_budget is not None


def _short(day: date) -> str:
    return f"{french.DAYS[day.weekday()][:3]}. {day.day}"


def figures(night: Night, beside: Beside, sums: Values, base: str) -> tuple[Figure, ...]:
    """The six figures; one that lacks a part is shown, and held against nothing.

    ``sums`` are those of the same month a year ago, to the same date.
    """
    values = night.values
    budgeted, found = _is_budgeted(beside), []
    for label, unit, column, key in _FIGURES:
        value = values.get(f"jour.jour_{key}")
        tonight = value if key in _RATIOS else whole_tonight(key, values)
        bases: list[Decimal | None] = [whole(column, past) for past in (beside.eve, beside.week)]
        months: list[Decimal | None] = []
        month, plan = values.get(f"jour.jour_mtd_{key}"), key == _BUDGETED
        if budgeted:
            bases.append(beside.budget if plan else None)
            months.append(beside.month_budget if plan else None)
        bases += [whole(column, beside.year)] if beside.year else []
        if sums:
            months.append(ratio(sums, *_RATIOS[key]) if key in _RATIOS else sums.get(key))
        found.append(
            Figure(
                label,
                unit,
                f"{base}/jour#jour.jour_{key}",
                _said(value),
                tuple(_against(tonight, one, unit) for one in bases),
                _said(month),
                tuple(_against(month, one, unit) for one in months),
            )
        )
    return tuple(found)


def _said(value: Decimal | None) -> str:
    return "" if value is None else french.number(value)


def _against(value: Decimal | None, base: Decimal | None, unit: str) -> Against:
    """Points of a share, per cent of an amount; a sign, never a colour."""
    if base is None:
        return Against()
    if value is None or (unit != "%" and base <= 0):
        return Against("", _said(base))
    gap = rounded(value - base if unit == "%" else (value - base) / base * 100, 1)
    sign = "+" if gap > 0 else ""
    return Against(f"{sign}{french.number(gap, 1)}{french.NBSP}{'pt' if unit == '%' else '%'}", _said(base))


def rooms_sold(night: Night) -> str:
    """« 171 chambres louées sur 252 », nothing of a night that does not say."""
    sold = night.values.get("jour.jour_rooms_louees")
    rooms = french.count(night.settings.rooms)
    return "" if sold is None else f"{french.counted(sold, 'chambre louée', 'chambres louées')} sur {rooms}"


def to_see(summary: Summary, people: int, base: str) -> tuple[See, ...]:
    """What was let pass, what is out of tolerance, what was left and why, and how many persons are out.

    A check that blocks leaves the Sommaire unfinished: the count of tabs would only say it again.
    """
    left = (See(CHECK_STATES[WARNING], one.label, one.said, one.href) for one in summary.given)
    waived = TAB_STATES["verrouillee"]._replace(meaning="diff")
    seen = [_line(line, waived, "dérogation") for line in summary.waived]
    lines = chain.from_iterable(part.lines for part in summary.parts)
    said_already = () if summary.left else (COMPLETENESS,)
    seen += [
        _line(line, line.state, "")
        for line in lines
        if not line.passed and line.state in _SHOWN and line.key not in said_already
    ]
    seen += left
    if people:
        said = french.counted(people, "personne", "personnes")
        seen.append(See(CHECK_STATES[WARNING], f"{said} au-dessus de l’écart permis", "6, SD.", f"{base}/sd"))
    return tuple(seen)


def _line(line: CheckLine, state: State, word: str) -> See:
    title = f"{line.label} : {line.amount}" if line.amount else line.label
    return See(state, f"{title}, {word}" if word else title, line.said, line.href)
