"""Help inside the application: `/aide`, the guide of the night hour by hour, the glossary, the keys."""

from __future__ import annotations

from flask import Blueprint, render_template

from routes import vues
from routes.access import current_access, requires
from utils.presentation.help import GLOSSARY, HOURS

aide = Blueprint("aide", __name__, url_prefix="/aide")


@aide.get("")
@requires()
def lire() -> str:
    """The guide, the glossary, the keys, on one page that can be searched and printed."""
    access = current_access()
    morning = vues.morning_of(access, access.business_date)
    hours = [hour._replace(when=morning.get(hour.when, hour.when)) for hour in HOURS]
    return render_template("aide.html", hours=hours, glossary=GLOSSARY, matin=morning, jour=access.business_date)
