"""What the summary of a week says: seven nights, their sums, and ratios of sums; never a mean of ratios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from database import alerts, notifications
from database.journal_head import read_head
from utils import french
from utils.actions.notifications.chart import ABSENT, chart
from utils.actions.notifications.facts import YEAR, DayPlan
from utils.actions.notifications.morning import Measure, gap_words
from utils.actions.state import LABELS
from utils.money import r2
from utils.rj.history import Gap, lacking, lacking_words

NIGHTS: Final = 7
_HUNDRED: Final = Decimal(100)


def week_of(connection: Connection, property_id: int, last: date) -> dict[str, Any]:
    """Everything that the summary of the seven nights that end with this one shows."""
    days = [last - timedelta(days=back) for back in reversed(range(NIGHTS))]
    rows = {row["audit_date"]: row for row in notifications.figures_of_days(connection, property_id, days)}
    before = notifications.figures_of_days(connection, property_id, [day - YEAR for day in days])
    plans = [DayPlan(connection, property_id, day) for day in days]
    nights = Nights.of(days, rows.values())
    return {
        "jour": last,
        "premier": days[0],
        "nuits": [_night(day, rows.get(day)) for day in days],
        "manquantes": [day for day in days if day not in rows],
        "preliminaires": [day for day, row in rows.items() if row["status"] != "locked"],
        "totaux": _totals(nights, Nights.of(_year_ago(days), before), plans),
        "main_doeuvre": _labour(plans, nights),
        "alertes": _alerts(connection, property_id, days),
        "barres_nuits": chart(connection, property_id, last, NIGHTS),
        "tete": read_head(connection, property_id),
    }


def _night(day: date, row: Mapping[str, Any] | None) -> dict[str, str]:
    """A night of the table; one that is missing says so."""
    if row is None:
        return {"jour": day.isoformat(), "etat": "Absente"} | dict.fromkeys(
            ("revenus", "louees", "taux", "caisse"), ABSENT
        )
    return {
        "jour": day.isoformat(),
        "etat": LABELS[row["status"]],
        "revenus": _said(row["total_revenue"], french.money),
        "louees": _said(row["rooms_sold"], french.count),
        "taux": _said(row["occupancy"], french.percent),
        "caisse": _said(row["diff_caisse"], french.money),
    }


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


def _year_ago(days: Sequence[date]) -> list[date]:
    return [day - YEAR for day in days]


def _lacks(when: str, nights: Nights, key: str) -> tuple[str, ...]:
    """Why a sum of some days is absent; nothing of a week of last year of which the book holds no night."""
    if when and not nights.figures:
        return ()
    missing = nights.lacking(*_NEEDS.get(key, (key,)))
    return (when + lacking_words(missing),) if missing else ()


class Nights(NamedTuple):
    """Seven dates, and the figures of those that are in the book, by the names that sums to date have."""

    days: Sequence[date]
    figures: Mapping[date, Mapping[str, Any]]

    @classmethod
    def of(cls, days: Sequence[date], rows: Iterable[dict[str, Any]]) -> Nights:
        """From the rows of the book."""
        return cls(days, {row["audit_date"]: row | {key: row[name] for key, name in _ROOMS.items()} for row in rows})

    def lacking(self, *keys: str) -> tuple[Gap, ...]:
        """The dates that keep sums from being made."""
        return lacking(self.days, self.figures.items(), *keys)

    def sum(self, key: str) -> Any:
        """The sum of a figure, nothing when a date lacks it or a part of it."""
        return None if self.lacking(key) else sum(self.figures[day][key] for day in self.days)


def _sums(nights: Nights) -> dict[str, Any]:
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


def _alerts(connection: Connection, property_id: int, days: Sequence[date]) -> list[str]:
    """How many alerts of each night are still true."""
    said = []
    for day in days:
        rows = [
            row
            for row in alerts.of_night(connection, property_id, day)
            if row["resolved_at"] is None and row["severity"] != "info"
        ]
        if rows:
            critical = sum(row["severity"] == "critique" for row in rows)
            several = "s" if len(rows) > 1 else ""
            said.append(f"{day.isoformat()} : {len(rows)} alerte{several}, dont critiques : {critical}.")
    return said


def _said(value: Any, write: Any) -> str:
    return ABSENT if value is None else str(write(value))
