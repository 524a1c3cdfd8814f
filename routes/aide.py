"""Help inside the application: `/aide`, the guide of the night hour by hour, the glossary, the keys."""

from __future__ import annotations

from flask import Blueprint, render_template

from database import properties
from database.transaction import read
from routes import vues
from routes.access import current_access, requires
from utils import dates
from utils.actions.settings.change import turning_hour
from utils.presentation.help import GLOSSARY, HOURS

aide = Blueprint("aide", __name__, url_prefix="/aide")


@aide.get("")
@requires()
def lire() -> str:
    """The guide, the glossary, the keys, on one page that can be searched and printed."""
    access, now = current_access(), dates.now()
    with read() as connection:
        zone = properties.property_by_id(connection, access.property_id).time_zone
    day = dates.current_business_date(now, zone, turning_hour(access, now))
    morning = vues.morning_of(access, day)
    hours = [hour._replace(when=morning.get(hour.when, hour.when)) for hour in HOURS]
    return render_template("aide.html", hours=hours, glossary=GLOSSARY, matin=morning, jour=day)
