"""The nights gone by: `/historique`, a month at a time, as a calendar and as a list."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta
from flask import Blueprint, render_template

from routes.access import current_access, requires
from routes.erreurs import ApiError
from routes.lecture import asked
from utils.actions import reading
from utils.actions.verdicts import verdicts_between
from utils.presentation.history import WEEK, month_of

historique = Blueprint("historique", __name__, url_prefix="/historique")

_MONTH: Final = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])", re.ASCII)


@historique.get("")
@requires("lire")
def mois() -> str:
    """One month: this one, or the one asked for by `?mois=2025-12`."""
    access = current_access()
    first = wanted_month(asked("mois"), access.today)
    last = first + relativedelta(day=31)
    rows, said = reading.nights_between(access, first, last), verdicts_between(access, first, last)
    exporter = bool(rows) and access.may("exporter")
    month = month_of(first, access.today, rows, said)
    return render_template("historique.html", month=month, week=WEEK, exporter=exporter)


def wanted_month(text: str, today: date) -> date:
    """The first day of the month asked for; refuses with 404 what is no month."""
    if not text:
        return today.replace(day=1)
    found = _MONTH.fullmatch(text)
    if found is None:
        raise ApiError(404, "Un mois s’écrit AAAA-MM, par exemple 2025-12.")
    return date(int(found[1]), int(found[2]), 1)
