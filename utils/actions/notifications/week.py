"""What the summary of a week says: seven nights, their sums, and ratios of sums; never a mean of ratios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from database import alerts, notifications
from database.journal_head import read_head
from database.notifications import Figures
from utils import french
from utils.actions.notifications.bulletin import Measure, NightLine, Week
from utils.actions.notifications.chart import ABSENT, chart
from utils.actions.notifications.facts import YEAR, DayPlan
from utils.actions.notifications.morning import gap_words
from utils.actions.state import LABELS, LOCKED
from utils.money import r2
from utils.notifications.kinds import CRITICAL, INFO
from utils.rj.history import Gap, lacking, lacking_words
from utils.shapes import Values

NIGHTS: Final = 7
_HUNDRED: Final = Decimal(100)


def week_of(connection: Connection, property_id: int, last: date) -> Week:
    """Everything that the summary of the seven nights that end with this one shows."""
    days = [last - timedelta(days=back) for back in reversed(range(NIGHTS))]
    found = {night.day: night for night in notifications.figures_of_days(connection, property_id, days)}
    year_ago = [day - YEAR for day in days]
    before = notifications.figures_of_days(connection, property_id, year_ago)
    plans = [DayPlan(connection, property_id, day) for day in days]
    nights = Nights.of(days, found.values())
    told = []
    for day in days:
        standing = [one for one in alerts.of_night(connection, property_id, day) if one.resolved_at is None]
        count = sum(one.severity != INFO for one in standing)
        if count:
            critical = sum(one.severity == CRITICAL for one in standing)
            several = "s" if count > 1 else ""
            told.append(f"{day.isoformat()} : {count} alerte{several}, dont critiques : {critical}.")
    return Week(
        days[0],
        last,
        [_night(day, found.get(day)) for day in days],
        [day for day in days if day not in found],
        [day for day, night in found.items() if night.status != LOCKED],
        _totals(nights, Nights.of(year_ago, before), plans),
        _labour(plans, nights),
        told,
        chart(connection, property_id, last, NIGHTS),
        read_head(connection, property_id),
    )


def _night(day: date, night: Figures | None) -> NightLine:
    """A night of the table; one that is missing says so."""
    if night is None:
        return NightLine(day.isoformat(), "Absente")
    return NightLine(
        day.isoformat(),
        LABELS[night.status],
        _said(night.values["total_revenue"], french.money),
        _said(night.values["rooms_sold"], french.count),
        _said(night.values["occupancy"], french.percent),
        _said(night.values["diff_caisse"], french.money),
    )


def _totals(week: Nights, before: Nights, plans: Sequence[DayPlan]) -> list[Measure]:
    """Each figure of the week beside that of the same week last year; total revenue against its budget.

    A night without the figure that a sum needs, or a part of it, makes it absent, with its reason: never smaller.
    """
    now, then = _sums(week), _sums(before)
    planned = {"total_revenue": _planned(plans, now["total_revenue"])}
    return [
        Measure(
            label,
            _said(now[key], write),
            _said(then[key], write),
            (
                *_lacks("", week, key),
                *_lacks("l’an dernier, ", before, key),
                *planned.get(key, ()),
            ),
        )
        for label, key, write in (
            ("Chambres", "room_revenue", french.money),
            ("Nourriture et boisson", "total_fb", french.money),
            ("Total des revenus", "total_revenue", french.money),
            ("Chambres louées", "rooms_louees", french.count),
            ("% louées", "taux", french.percent),
            ("Moyenne/chambre (ADR)", "adr", french.money),
            ("REVCD (RevPAR)", "revpar", french.money),
        )
    ]


def _planned(plans: Sequence[DayPlan], revenue: Any) -> tuple[str, ...]:
    """The budget of the week, or the days that nobody planned when others are."""
    lacks = [plan.day for plan in plans if plan.revenue is None]
    if len(lacks) == len(plans):
        return ()
    if lacks:
        return (f"budget inconnu : il manque celui du {', '.join(day.isoformat() for day in lacks)}",)
    budget = sum((plan.revenue for plan in plans if plan.revenue is not None), Decimal(0))
    return (f"budget {french.money(budget)}{gap_words(revenue, budget)}",)


_NEEDS: Final = {
    "adr": ("room_revenue", "rooms_louees"),
    "revpar": ("room_revenue", "rooms_disponibles"),
    "taux": ("rooms_louees", "rooms_disponibles"),
}
"""The sums that a ratio is made of."""


_ROOMS: Final = {
    "rooms_louees": "rooms_sold",
    "rooms_occupees": "rooms_occupied",
    "rooms_disponibles": "rooms_available",
}
"""The names that sums to date give to columns of the book."""


def _lacks(when: str, nights: Nights, key: str) -> tuple[str, ...]:
    """Why a sum of some days is absent; nothing of a week of last year of which the book holds no night."""
    if when and not nights.figures:
        return ()
    missing = nights.lacking(*_NEEDS.get(key, (key,)))
    return (when + lacking_words(missing),) if missing else ()


class Nights(NamedTuple):
    """Seven dates, and the figures of those that are in the book, by the names that sums to date have."""

    days: Sequence[date]
    figures: Mapping[date, Values]

    @classmethod
    def of(cls, days: Sequence[date], nights: Iterable[Figures]) -> Nights:
        """From the figures of the book."""
        known = ((one.day, one.values) for one in nights)
        return cls(days, {day: {**found, **{key: found[name] for key, name in _ROOMS.items()}} for day, found in known})

    def lacking(self, *keys: str) -> tuple[Gap, ...]:
        """The dates that keep sums from being made."""
        return lacking(self.days, self.figures.items(), *keys)

    def sum(self, key: str) -> Any:
        """The sum of a figure, nothing when a date lacks it or a part of it."""
        return None if self.lacking(key) else sum(self.figures[day][key] for day in self.days)


def _sums(nights: Nights) -> Values:
    """Sums of seven nights, and their ratios; a figure missing on one of them is left out."""
    names = ("total_revenue", "room_revenue", "total_fb", "rooms_louees", "rooms_disponibles")
    found = {name: nights.sum(name) for name in names}
    rooms, sold, available = found["room_revenue"], found["rooms_louees"], found["rooms_disponibles"]
    found["adr"] = r2(rooms / sold) if rooms is not None and sold else None
    found["revpar"] = r2(rooms / available) if rooms is not None and available else None
    found["taux"] = r2(sold * _HUNDRED / available) if sold is not None and available else None
    return found


def _labour(plans: Sequence[DayPlan], week: Nights) -> list[tuple[str, str]]:
    """Labour of the week, or the days whose cost nobody gave when others are known."""
    lacks = [plan.day for plan in plans if plan.labour_cost is None]
    if len(lacks) == len(plans):
        return []
    if lacks:
        why = f"{ABSENT} (il manque le {', le '.join(day.isoformat() for day in lacks)})"
        return [("Coût de la main-d’œuvre", why), ("Part des revenus", ABSENT)]
    cost = sum((plan.labour_cost for plan in plans if plan.labour_cost is not None), Decimal(0))
    revenue = week.sum("total_revenue")
    share = r2(cost / revenue * _HUNDRED) if revenue else None
    return [("Coût de la main-d’œuvre", french.money(cost)), ("Part des revenus", _said(share, french.percent))]


def _said(value: Any, write: Any) -> str:
    return ABSENT if value is None else str(write(value))
