"""The nights gone by: `/historique`, a month at a time; two nights compared, a person followed, what is searched."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from dateutil.relativedelta import relativedelta
from flask import Blueprint, render_template

from routes.access import current_access, requires
from routes.lecture import asked, asked_day, read_month
from utils.actions import reading
from utils.actions.compare_nights import compare_nights
from utils.actions.people.follow import follow
from utils.actions.people.merge_names import statements
from utils.actions.reports.export import check_period
from utils.actions.search_nights import MOST, search_nights
from utils.actions.verdicts import verdicts_between
from utils.presentation.history import WEEK, differences, month_of, to_date

historique = Blueprint("historique", __name__, url_prefix="/historique")

FOLLOWING: Final = "ecarts_personnel"


@historique.get("")
@requires("lire")
def mois() -> str:
    """One month: this one, or the one asked for by `?mois=2025-12`."""
    access = current_access()
    first = read_month(asked("mois"), access.today)
    last = first + relativedelta(day=31)
    rows, said = reading.nights_between(access, first, last), verdicts_between(access, first, last)
    exporter = bool(rows) and access.may("exporter")
    month = month_of(first, access.today, rows, said)
    latest = next((row.audit_date for row in rows if row.rooms_sold is not None), None)
    sums = to_date(reading.night_view(access, latest).night.values) if latest else []
    return render_template(
        "historique.html", month=month, week=WEEK, exporter=exporter, cumuls=sums, au=latest, suit=access.may(FOLLOWING)
    )


@historique.get("/comparer")
@requires("lire")
def comparer() -> str:
    """Two nights side by side, once both are asked for."""
    access = current_access()
    one, other = asked_day("une"), asked_day("autre")
    found, states = [], None
    if one and other:
        first, second, apart = compare_nights(access, one, other)
        found, states = differences(apart), (first, second)
    usual = access.business_date - timedelta(days=1)
    return render_template(
        "historique/comparer.html",
        une=one or usual,
        autre=other or usual - timedelta(days=7),
        etats=states,
        lignes=found,
    )


@historique.get("/personnes")
@requires(FOLLOWING)
def personnes() -> str:
    """Due backs and variances: every person of a period, or the nights of one."""
    access = current_access()
    end = asked_day("au") or access.business_date
    start = asked_day("du") or end - relativedelta(months=1)
    check_period(start, end)
    name = asked("nom").strip()
    nights, sums = follow(access, name, start, end) if name else ([], {})
    people = [] if name else statements(access, start, end)
    return render_template(
        "historique/personnes.html", du=start, au=end, nom=name, nuits=nights, sommes=sums, personnes=people
    )


@historique.get("/chercher")
@requires("lire")
def chercher() -> str:
    """The nights where a text or an amount stands."""
    sought = asked("q").strip()
    return render_template(
        "historique/chercher.html", q=sought, trouves=search_nights(current_access(), sought), most=MOST
    )
