"""The first page: `/`, tonight and what to do now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from flask import Blueprint, render_template

from database import nights
from database.transaction import read
from routes import vues
from routes.access import Access, current_access, requires
from utils import dates
from utils.actions import reading
from utils.actions.marsha.standing import of_night
from utils.actions.state import NightState
from utils.actions.verdicts import verdicts_between
from utils.presentation import tonight
from utils.presentation.history import month_of
from utils.presentation.marsha import night_words
from utils.presentation.moments import moments
from utils.presentation.night_page import night_page

accueil = Blueprint("accueil", __name__)

LATEST: Final = 5
BACK: Final = timedelta(days=31)


@accueil.get("/")
@requires("lire")
def index() -> str:
    """Tonight: open it, go on with it, or see how it ended; and the nights before."""
    access = current_access()
    day = access.business_date
    here, morning = dates.local(dates.now(), access.zone), vues.morning_of(access, day)
    state = reading.night_if_open(access, day)
    shown = night_shown(state, access) if state else {"nuit": None, "saisies": ()}
    return render_template(
        "accueil.html",
        jour=day,
        heures=[
            ("Maintenant", f"{here:%H:%M}"),
            ("RJ attendu", morning["rj_attendu"]),
            ("Bilan du matin", morning["digest"]),
        ],
        dernieres=latest_nights(access, day),
        directe=access.may("remplir") and follows_a_night(access, day),
        **shown,
    )


def night_shown(state: NightState, access: Access) -> dict[str, object]:
    """What the page says of a night that is open."""
    standing = vues.standing_of(state, access)
    page = night_page(state.night, standing, "controle")
    sommaire = vues.summary_of(state, page.base)
    return {
        "nuit": page,
        "state": state,
        "base": page.base,
        "modifiable": standing.marks.editable,
        "moments": moments(state.night, standing),
        "dbrs_envoye": night_words(of_night(state)),
        "taches": tonight.tasks(state.night, standing, sommaire.asks, page.base),
        "verdict": sommaire.verdict,
        "saisies": tonight.latest(state.night, standing.marks, page.base),
    }


def follows_a_night(access: Access, day: date) -> bool:
    """Whether a night precedes this one: opening it then asks nothing more."""
    with read() as connection:
        return nights.latest_before(connection, access.property_id, day) is not None


def latest_nights(access: Access, day: date) -> Any:  # noqa: ANN401 - rows of the list
    """The last nights before this one."""
    rows = reading.nights_between(access, day - BACK, day - timedelta(days=1))[:LATEST]
    said = verdicts_between(access, rows[-1].audit_date, day) if rows else {}
    return month_of(day.replace(day=1), day, rows, said).nights
