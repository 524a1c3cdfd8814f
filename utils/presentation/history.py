"""The nights of a month: a calendar with their states, a list with their figures."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from dateutil.relativedelta import relativedelta

from utils import french
from utils.money import rounded
from utils.presentation.states import IMPORTED, NIGHT_STATES, State, verdict_state
from utils.presentation.words import figure, typographic
from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.verdict import BALANCED, Verdict, counted
from utils.shapes import Values

WEEK: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class Square:
    """A day of the calendar: its number, the state of its night, whether it is of the month and already there.

    ``shown`` are its rooms sold and its whole revenue in French (« 84,2 % », « 45 812 $ »), those that the book has.
    """

    day: date
    inside: bool
    state: State | None
    status: str = ""
    said: State | None = None
    shown: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The day of the month."""
        return self.day.day


@dataclass(frozen=True, slots=True)
class NightRow:
    """A night of the list."""

    day: date
    state: State
    status: str
    completeness: Decimal | None
    room_revenue: Decimal | None
    total_revenue: Decimal | None
    occupancy: Decimal | None
    diff_caisse: Decimal | None
    residue: Decimal | None
    quasimodo: Decimal | None
    said: State | None


class ToDate(NamedTuple):
    """A sum of the month and of the year to date, as the last night of the month has them; a ratio of sums too."""

    label: str
    month: str
    year: str


_TO_DATE: Final = (
    *("room_revenue", "total_fb", "total_revenue", "diff_caisse", "rooms_louees", "rooms_disponibles"),
    *("occupancy_rate", "adr", "revpar"),
)


def to_date(values: Values) -> list[ToDate]:
    """What a night says of its month and of its year; empty where a night lacks or where nobody adds the year."""

    def shown(name: str) -> str:
        field = FIELDS.get(name)
        return figure(field.kind, values.get(name)) if field else ""

    labels = ((key, typographic(FIELDS[f"jour.jour_{key}"].label)) for key in _TO_DATE)
    return [ToDate(label, shown(f"jour.jour_mtd_{key}"), shown(f"jour.jour_ytd_{key}")) for key, label in labels]


class Difference(NamedTuple):
    """A figure of two nights that differs: its tab, its words, what each has, and by how much."""

    tab: str
    label: str
    one: str
    other: str
    by: str


def differences(apart: Iterable[Any]) -> list[Difference]:
    """The figures that two nights do not share, in words, in the order of the paper."""
    return [
        Difference(
            typographic(BY_KEY[one.tab].short),
            typographic(one.field.label),
            figure(one.field.kind, one.one),
            figure(one.field.kind, one.other),
            figure(one.field.kind, one.difference),
        )
        for one in apart
    ]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of nights, with the months beside it."""

    first: date
    last: date
    title: str
    before: date
    after: date | None
    weeks: tuple[tuple[Square, ...], ...]
    nights: tuple[NightRow, ...]


def month_of(first: date, today: date, rows: Iterable[Any], verdicts: Mapping[date, Verdict]) -> Month:
    """A month, from the rows of its nights, latest first, and what each submitted one is."""
    nights = tuple(
        NightRow(
            day=row.audit_date,
            state=NIGHT_STATES[IMPORTED if is_imported(row) else row.status],
            status=row.status,
            completeness=row.completeness,
            room_revenue=row.room_revenue,
            total_revenue=row.total_revenue,
            occupancy=row.occupancy,
            diff_caisse=row.diff_caisse,
            residue=row.diff_caisse_residu,
            quasimodo=row.quasi_variance,
            said=_said(row, verdicts),
        )
        for row in rows
    )
    by_day = {night.day: night for night in nights}
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    following = first + relativedelta(months=1)
    return Month(
        first=first,
        last=following - relativedelta(days=1),
        title=f"{french.MONTHS[first.month - 1].capitalize()} {first.year}",
        before=first - relativedelta(months=1),
        after=following if following <= today else None,
        weeks=tuple(tuple(_square(day, first, today, by_day.get(day)) for day in week) for week in weeks),
        nights=nights,
    )


def is_imported(row: Any) -> bool:  # noqa: ANN401 - a row of the book
    """Whether a night stands as a workbook brought it; its checks were never asked of anybody."""
    return row.import_id is not None and row.status == "locked" and not row.revision


def _square(day: date, first: date, today: date, night: NightRow | None) -> Square:
    inside = day.month == first.month and day <= today
    if night is None:
        return Square(day, inside, NIGHT_STATES["absente"] if inside else None)
    shown = tuple(
        f"{french.number(rounded(figure, places), places)}{french.NBSP}{unit}"
        for figure, places, unit in ((night.occupancy, 1, "%"), (night.total_revenue, 0, "$"))
        if figure is not None
    )
    return Square(day, inside, night.state, night.status, night.said, shown)


def _said(row: Any, verdicts: Mapping[date, Verdict]) -> State | None:  # noqa: ANN401 - a row of the book
    """What there is to know of a night besides its state, in the words of its verdict; nothing when it balances."""
    if row.status in ("draft", "in_progress") or is_imported(row):
        return None  # a night being filled waits for its papers: nothing of it is to be seen yet
    found = verdicts.get(row.audit_date) or counted(row.blocking_count or 0, row.warning_count or 0)
    return None if found.code == BALANCED else verdict_state(found)
