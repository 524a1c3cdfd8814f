"""The first page: `/`, by role: the auditor's night and what to do now, or the direction's morning."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final, cast

from flask import Blueprint, Response, redirect, render_template, url_for

from database import nights
from database.transaction import read
from routes import lecture, vues
from routes.access import Access, current_access, requires
from utils import dates
from utils.actions import reading
from utils.actions.choose_value import choose_value
from utils.actions.marsha.standing import of_night
from utils.actions.morning_home import morning_home
from utils.actions.refusals import Refusal
from utils.actions.state import NightState
from utils.actions.verdicts import verdict_of, verdicts_between
from utils.french import counted
from utils.presentation import direction, papers, tonight
from utils.presentation.history import month_of
from utils.presentation.marsha import night_words
from utils.presentation.moments import moments
from utils.presentation.night_page import night_page
from utils.presentation.states import verdict_state
from utils.presentation.tasks import tasks
from utils.rj.catalogue import TABS

accueil = Blueprint("accueil", __name__)

LATEST: Final = 5
BACK: Final = timedelta(days=31)
_LONGEST_VERSION: Final = 10
"""Digits: no night has ten thousand million versions."""


@accueil.get("/")
@requires("lire")
def index() -> str:
    """For who fills nights, tonight: open it, go on with it, or see how it ended. For the others, last night."""
    access = current_access()
    return night_home(access) if access.may("remplir") else direction_home(access)


@accueil.post("/rj/native/<jour>/trancher")
@requires("remplir", "corriger")
def trancher(jour: date) -> Response | str:
    """Settle between two figures from the first page: *Garder* or *Prendre*."""
    version = lecture.given("version")
    number = int(version) if version.isdecimal() and len(version) < _LONGEST_VERSION else None
    asked = {"case": lecture.given("case"), "choix": lecture.given("choix"), "version": number}
    try:
        choose_value(current_access(), jour, asked, dates.now())
    except Refusal as refusal:
        return Response(night_home(current_access(), refusal.sentence), refusal.status)
    return cast("Response", redirect(url_for("accueil.index"), HTTPStatus.SEE_OTHER))


lecture.dates_of_addresses(accueil)


def night_home(access: Access, refused: str = "") -> str:
    """The page of who fills nights; ``refused`` says why what was just asked was not done."""
    day, now, events = access.business_date, dates.now(), list[tuple[datetime | None, str]]()
    state = reading.night_if_open(access, day)
    shown: dict[str, object] = {"nuit": None, "reste": None}
    hours = vues.morning_of(access, day)
    due, told = (dates.instant(dates.next_day(day), hours[one], access.zone) for one in ("rj_attendu", "digest"))
    if state:
        shown = night_shown(state, access, now, due)
        events += events_of(state)
    events += [(due, "RJ attendu"), (told, "Bilan à la direction")]
    return render_template(
        "accueil.html",
        jour=day,
        refus=refused,
        heures=tonight.hours(events, now, access.zone),
        dernieres=latest_nights(access, day),
        directe=access.may("remplir") and follows_a_night(access, day),
        **shown,
    )


def events_of(state: NightState) -> list[tuple[datetime | None, str]]:
    """What happened to a night so far: when, and what."""
    row = state.row
    by = state.names.get(row["opened_by"])
    return [
        (row["opened_at"], f"Nuit ouverte par {by}" if by else "Nuit ouverte"),
        (row["ls_sync_timestamp"], "Lightspeed reçu"),
        (vues.last_saved(state), "Dernier chiffre"),
        (row["submitted_at"], "Nuit soumise"),
    ]


def night_shown(state: NightState, access: Access, now: datetime, due: datetime) -> dict[str, object]:
    """What the page says of a night that is open, ``due`` being the instant at which its RJ is."""
    standing = vues.standing_of(state, access)
    page = night_page(state.night, standing, "controle")
    sommaire, marks = vues.summary_of(state, page.base), standing.marks
    known = papers.papers_of(state.night, marks, page.base)
    todo = tasks(state.night, standing, sommaire.asks, page.base, known.batches)
    return {
        "nuit": page,
        "state": state,
        "base": page.base,
        "modifiable": marks.editable,
        "moments": moments(state.night, standing),
        "dbrs_envoye": night_words(of_night(state)),
        "taches": todo,
        "papiers": known,
        "decisions": tonight.decisions(state.night, marks, page.base),
        "reste": tonight.left(now, due, sum(one.minutes for one in todo), access.zone) if todo else None,
        "verdict": sommaire.verdict,
        "saisies": tonight.latest(state.night, marks, page.base),
    }


def direction_home(access: Access) -> str:
    """The morning of who reads nights: last night, the one that is over on the hotel's clock."""
    day = dates.before(access.today)
    state = reading.night_if_open(access, day)
    shown: dict[str, object] = morning_shown(state, access) if state else {"state": None}
    return render_template("accueil/direction.html", jour=day, dernieres=latest_nights(access, day), **shown)


def morning_shown(state: NightState, access: Access) -> dict[str, object]:
    """What the direction's page says of a night."""
    base = url_for("nuit.lire", jour=state.day.isoformat())
    beside, night = morning_home(access, state), state.night
    last = beside.last_year
    seen = direction.to_see(vues.summary_of(state, base), beside.people, base)
    left = int(night.values["sommaire.onglets_complets"])
    return {
        "state": state,
        "base": base,
        "verdict": verdict_state(verdict_of(state)),
        "onglets": f"{counted(left, 'onglet', 'onglets')} sur {len(TABS)}",
        "louees": direction.rooms_sold(night),
        "tetes": direction.heads(state.day, beside, last.day, last.sums),
        "chiffres": direction.figures(night, beside, last.sums, base),
        "a_voir": seen,
        "vus": beside.seen,
        "vu": any(one.person == access.user_id for one in beside.seen),
        "soumise_par": state.names.get(state.row["submitted_by"], ""),
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
