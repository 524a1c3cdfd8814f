"""From the tab to the figure: what each report gave, the seven last nights as marks, the month, a trial in words."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from dateutil.relativedelta import relativedelta

from utils import dates, french
from utils.presentation.lightspeed import NEVER, RUN_STATES, SYNC_STATES, Indicator
from utils.presentation.night_page import short
from utils.presentation.states import State
from utils.presentation.words import typographic
from utils.rj.catalogue import BY_KEY, TABS

REPORT_STATES: Final[dict[str, State]] = {
    "lu": State("ok", "lu", "ok"),
    "inchange": State("ok", "inchangé", "ok"),
    "partiel": State("warn", "en partie", "wait"),
    "ouvert": State("note", "date ouverte", "wait"),
    "absent": State("dash", "absent", "wait"),
    "echec": State("warn", "échec", "diff"),
}
"""What a report came to, of those that the log knows."""

TO_COME: Final = State("void", "à venir")
_MARKS: Final = {"pleine": "complète", "demi": "à demi", "vide": "attendue, non venue", "rien": "rien demandé"}
_OUTSIDE: Final = State("void", "pas ouverte")
_NUMBERS: Final = {tab.key: number for number, tab in enumerate(TABS, 1)}


@dataclass(frozen=True, slots=True)
class Line:
    """A report of a tab: what it gave, what it usually gives, how the last nights went, what came of it this time."""

    tab: str
    number: int
    title: str
    first: bool
    report: str
    label: str
    received: int
    usual: int | None
    beside: int
    nights: tuple[tuple[str, str], ...]
    whole: str
    state: State
    duration: str
    tab_state: State
    message: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; ``state`` is absent when there is nothing to look at."""

    day: date
    inside: bool
    state: State | None
    here: bool

    @property
    def number(self) -> int:
        """The day of the month."""
        return self.day.day


@dataclass(frozen=True, slots=True)
class MonthShown:
    """A month of synchronisations, with a day of the month before and one of the month after."""

    title: str
    before: date
    after: date | None
    weeks: tuple[tuple[Day, ...], ...]


def lines(given: Iterable[Any], page: Mapping[str, Any] | None) -> tuple[Line, ...]:
    """The lines of the table, in the order of the paper, with the page of the synchronisation of an open night."""
    reports = page["rapports"] if page else {}
    known = {one.key: one for one in page["indicateurs"]} if page else {}
    found, seen = [], set()
    for one in sorted(given, key=lambda each: _NUMBERS[each.tab]):
        came, tab = reports.get(one.report, {}), known.get(one.tab)
        whole = sum(mark == "pleine" for _, mark in one.nights)
        found.append(
            Line(
                tab=one.tab,
                number=_NUMBERS[one.tab],
                title=short(BY_KEY[one.tab]),
                first=one.tab not in seen,
                report=one.report,
                label=typographic(one.label),
                received=one.received,
                usual=one.usual,
                beside=one.beside,
                nights=tuple((mark, f"{day.isoformat()} : {_MARKS[mark]}") for day, mark in one.nights),
                whole=f"{french.counted(whole, 'nuit complète', 'nuits complètes')} sur {len(one.nights)}",
                state=REPORT_STATES.get("partiel" if came.get("partiel") else came.get("etat", ""), TO_COME),
                duration=f"{french.count(came['ms'])}{french.NBSP}ms" if came.get("ms") else "",
                tab_state=tab.state if tab else SYNC_STATES["attente"],
                message=". ".join(filter(None, (tab.detail, tab.message))) if tab else "",
            )
        )
        seen.add(one.tab)
    return tuple(found)


def by_hand(page: Mapping[str, Any] | None, filled: Collection[str]) -> list[Indicator]:
    """The tabs that the PMS does not fill, each with why."""
    return [one for one in page["indicateurs"] if one.key not in filled] if page else []


def month_shown(day: date, today: date, states: Mapping[date, str | None]) -> MonthShown:
    """The month of a date: for each open night, how its last synchronisation came out."""
    first = day.replace(day=1)
    following = first + relativedelta(months=1)
    return MonthShown(
        title=f"{french.MONTHS[first.month - 1].capitalize()} {first.year}",
        before=first - relativedelta(days=1),
        after=following if following <= today else None,
        weeks=tuple(
            tuple(
                Day(
                    one,
                    one.month == first.month and one <= today,
                    RUN_STATES.get(states[one] or "", NEVER) if one in states else _OUTSIDE,
                    one == day,
                )
                for one in week
            )
            for week in Calendar().monthdatescalendar(first.year, first.month)
        ),
    )


def settled_later(unsettled: Iterable[Any], zone: str) -> list[dict[str, str]]:
    """The figures to choose between: the label, what was typed and when, what Lightspeed says, where to choose."""
    return [
        {
            "libelle": typographic(f"{short(BY_KEY[one.tab])}, {one.label}"),
            "saisi": _figure(one.mine),
            "a": f"{dates.local(datetime.fromisoformat(one.typed_at), zone):%H:%M}" if one.typed_at else "",
            "pms": _figure(one.theirs),
            "onglet": one.tab,
            "case": f"{one.tab}.{one.cell}",
        }
        for one in unsettled
    ]


def _figure(value: str | int | None) -> str:
    """A figure of the night as its JSON has it: a count, or an amount without its sign."""
    if value is None:
        return "vide"
    return french.count(value) if isinstance(value, int) else french.number(Decimal(value))


def trial_words(tried: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - what a trial came to
    """A trial step by step: what was tried, what came, whether it is good."""
    account = tried.account
    reports = f"{tried.read} sur {tried.asked}, en {french.count(tried.reports_ms)}{french.NBSP}ms"
    steps = [
        ("Compte accepté", f"{french.count(tried.account_ms)}{french.NBSP}ms", True),
        ("Hôtel reconnu", f"{account['nom']}, compte {account['compte']}, {account['devise']}", True),
        (f"Rapports lus, nuit du {tried.day.isoformat()}", reports, tried.read == tried.asked),
        *((label, typographic(why), False) for label, why in tried.failures.items()),
    ]
    return [{"libelle": typographic(label), "valeur": typographic(value), "bon": good} for label, value, good in steps]
