"""What the summary of a week says: seven nights, their sums, and ratios of sums; never a mean of ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection

from database import alerts, notifications
from database.journal_head import read_head
from utils import french
from utils.actions.notifications.chart import ABSENT, chart
from utils.actions.notifications.facts import YEAR, DayPlan
from utils.actions.notifications.morning import Measure, gap_words
from utils.actions.state import LABELS
from utils.money import r2

NIGHTS: Final = 7
_HUNDRED: Final = Decimal(100)


def week_of(connection: Connection, property_id: int, last: date) -> dict[str, Any]:
    """Everything that the summary of the seven nights that end with this one shows."""
    days = [last - timedelta(days=back) for back in reversed(range(NIGHTS))]
    rows = {row["audit_date"]: row for row in notifications.figures_of_days(connection, property_id, days)}
    before = notifications.figures_of_days(connection, property_id, [day - YEAR for day in days])
    plans = [DayPlan(connection, property_id, day) for day in days]
    return {
        "jour": last,
        "premier": days[0],
        "nuits": [_night(day, rows.get(day)) for day in days],
        "manquantes": [day for day in days if day not in rows],
        "preliminaires": [day for day, row in rows.items() if row["status"] != "locked"],
        "totaux": _totals(list(rows.values()), before, plans),
        "main_doeuvre": _labour(plans, list(rows.values())),
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


def _totals(
    rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]], plans: Sequence[DayPlan]
) -> list[Measure]:
    """Each figure of the week beside that of the same week last year; total revenue against its budget."""
    budget = _sum([{"x": plan.revenue} for plan in plans], "x", NIGHTS)
    now, then = _sums(rows), _sums(before, NIGHTS)
    planned = () if budget is None else (f"budget {french.money(budget)}{gap_words(now['total_revenue'], budget)}",)
    return [
        Measure(label, _said(now[key], write), _said(then[key], write), planned if key == "total_revenue" else ())
        for label, key, write in (
            ("Chambres", "room_revenue", french.money),
            ("Nourriture et boisson", "total_fb", french.money),
            ("Total des revenus", "total_revenue", french.money),
            ("Chambres louées", "rooms_sold", french.count),
            ("% louées", "taux", french.percent),
            ("Moyenne/chambre (ADR)", "adr", french.money),
            ("REVCD (RevPAR)", "revpar", french.money),
        )
    ]


def _sums(rows: Sequence[Mapping[str, Any]], least: int = 1) -> dict[str, Any]:
    """Sums of at least so many nights, and their ratios; a figure missing on one of them is left out."""
    names = ("total_revenue", "room_revenue", "total_fb", "rooms_sold", "rooms_available")
    found = {name: _sum(rows, name, least) for name in names}
    rooms, sold, available = found["room_revenue"], found["rooms_sold"], found["rooms_available"]
    found["adr"] = r2(rooms / sold) if rooms is not None and sold else None
    found["revpar"] = r2(rooms / available) if rooms is not None and available else None
    found["taux"] = r2(sold * _HUNDRED / available) if sold is not None and available else None
    return found


def _sum(rows: Sequence[Mapping[str, Any]], name: str, least: int) -> Any:
    known = [row[name] for row in rows]
    return sum(known) if len(known) >= least and None not in known else None


def _labour(plans: Sequence[DayPlan], rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Labour of the nights where somebody gave it."""
    costs = [plan.labour_cost for plan in plans if plan.labour_cost is not None]
    if not costs:
        return []
    cost, revenue = sum(costs, Decimal(0)), _sums(rows)["total_revenue"]
    share = r2(cost / revenue * _HUNDRED) if revenue and len(costs) == NIGHTS == len(rows) else None
    nights = f"Coût de la main-d’œuvre ({len(costs)} nuit{'s' if len(costs) > 1 else ''})"
    return [(nights, french.money(cost)), ("Part des revenus", _said(share, french.percent))]


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
