"""The night: `/rj/native/<date>` and its tabs, its opening, its *reprise*, its journal and its printed pages."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for

from database import nights
from database.journal_head import read_head
from database.transaction import read
from routes import lecture, vues
from routes.access import current_access, requires
from routes.erreurs import ApiError
from utils import dates
from utils.actions import compare_revisions, open_night, reading
from utils.actions.lightspeed import background
from utils.actions.refusals import Refusal
from utils.actions.reports.read_report import head_of
from utils.actions.state import NightState
from utils.presentation import journal as journal_page
from utils.presentation import opening
from utils.presentation import revisions as revisions_page
from utils.presentation.night_page import SUMMARY, night_page
from utils.presentation.search import as_json
from utils.rj.catalogue import BY_KEY, TABS

nuit = Blueprint("nuit", __name__, url_prefix="/rj/native")

FINISHED = ("complet", "sans_activite")


lecture.dates_of_addresses(nuit)


@nuit.url_value_preprocessor
def read_tab(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """The tab of the address, when there is one, is one of the night."""
    if values and values.get("onglet", "recap") not in BY_KEY:
        request.routing_exception = ApiError(404, "Il n’y a pas d’onglet de ce nom.")


@nuit.get("/")
@requires("lire")
def ce_soir() -> Response:
    """The night one works on by default."""
    return go("nuit.lire", jour=current_access().business_date)


@nuit.get("/champs")
@requires("lire")
def champs() -> Response:
    """Every field with its label, for the search by `/`."""
    response = jsonify(as_json())
    response.add_etag()
    return cast("Response", response.make_conditional(request))


@nuit.get("/<jour>")
@requires("lire")
def lire(jour: date) -> Response | str:
    """The first tab that is not finished; the opening page when the night is not open."""
    state = reading.night_if_open(current_access(), jour)
    if state is None:
        return opening_page(jour)
    done = state.night.values
    tab = next((tab.key for tab in TABS if done[f"sommaire.onglets.{tab.key}"] not in FINISHED), "sommaire")
    return go("nuit.onglet", jour=jour, onglet=tab)


@nuit.get("/<jour>/<onglet>")
@requires("lire")
def onglet(jour: date, onglet: str) -> Response | str:
    """One tab of the night."""
    state = reading.night_if_open(current_access(), jour)
    return vues.tab_shown(state, onglet, "rj/nuit.html") if state else go("nuit.lire", jour=jour)


@nuit.get("/<jour>/<onglet>/imprimer")
@requires("lire")
def imprimer_onglet(jour: date, onglet: str) -> str:
    """One tab on paper."""
    return paper(reading.night_view(current_access(), jour), (onglet,))


@nuit.get("/<jour>/imprimer")
@requires("lire")
def imprimer(jour: date) -> str:
    """The whole night on paper."""
    return paper(reading.night_view(current_access(), jour), tuple(BY_KEY))


def paper(state: NightState, keys: tuple[str, ...]) -> str:
    """Some tabs of a night as the paper has them."""
    standing = vues.standing_of(state, current_access())
    pages = [night_page(state.night, standing, key) for key in keys]
    with read() as connection:
        chain = read_head(connection, state.hotel.id).words
    head = head_of(state, current_access(), dates.now(), chain)
    known = {"papier": True, "modifiable": False, "base": pages[0].base, "state": state, "tete": head}
    known["changes"] = vues.changes_since_the_first(state, current_access()) if SUMMARY in keys else None
    known["an_dernier"] = vues.last_year_beside(state, current_access())
    return render_template("rj/papier.html", pages=pages, sommaire=vues.summary_of(state, pages[0].base), **known)


@nuit.get("/<jour>/journal")
@requires("lire")
def journal(jour: date) -> str:
    """Who changed what in the night, before, after and why."""
    access = current_access()
    state, base = reading.night_view(access, jour), url_for("nuit.lire", jour=jour.isoformat())
    days = journal_page.told(reading.journal_of(access, jour), state.hotel.time_zone, base)
    return render_template("rj/journal.html", state=state, days=days, base=base)


@nuit.get("/<jour>/revisions")
@requires("lire")
def revisions(jour: date) -> str:
    """The revisions of the night, and what changed between two of them: the first and the last unless told."""
    access = current_access()
    state, base = reading.night_view(access, jour), url_for("nuit.lire", jour=jour.isoformat())
    known = revisions_page.opened(compare_revisions.revisions_of(access, jour), state.hotel.time_zone)
    one, other = lecture.asked_number("de", 1), lecture.asked_number("a", len(known))
    found = vues.changes_between(state, access, one, other) if len(known) > 1 and one != other else None
    return render_template(
        "rj/revisions.html", state=state, base=base, revisions=known, changes=found, de=one, a=other, papier=False
    )


@nuit.post("/<jour>/ouvrir")
@requires("remplir")
def ouvrir(jour: date) -> Response | str:
    """Open the night, then show it."""
    try:
        _, opened = open_night.open_night(current_access(), jour, dates.now())
        if opened:
            background.after_opening(current_access(), jour)
    except Refusal as refusal:
        return Response(opening_page(jour, refusal.sentence), refusal.status)
    return go("nuit.lire", 303, jour=jour)


@nuit.get("/<jour>/reprise")
@requires("remplir", "corriger")
def reprise(jour: date) -> str:
    """The closing figures of before the first night, as they stand."""
    state = reading.night_if_open(current_access(), jour)
    return reprise_page(jour, opening.form_of(state.block if state else {}), "")


@nuit.post("/<jour>/reprise")
@requires("remplir", "corriger")
def reprendre(jour: date) -> Response | str:
    """Keep the closing figures that were typed, or show what cannot be read with the text left in place."""
    form = opening.read_form(lecture.form())
    if form.refused:
        return Response(reprise_page(jour, form, "Rien n’est enregistré : corrigez les cases marquées."), 422)
    try:
        open_night.take_over(current_access(), jour, form.block, dates.now())
    except Refusal as refusal:
        return Response(reprise_page(jour, form, refusal.sentence), refusal.status)
    return go("nuit.lire", 303, jour=jour)


def go(endpoint: str, status: int = 302, *, jour: date, onglet: str | None = None) -> Response:
    """Send the reader to another page of a night."""
    return cast("Response", redirect(url_for(endpoint, jour=jour.isoformat(), onglet=onglet), status))


def reprise_page(jour: date, form: opening.Form, erreur: str) -> str:
    """The form of the *reprise*, with what was typed."""
    return render_template("rj/reprise.html", jour=jour, form=form, erreur=erreur)


def opening_page(jour: date, erreur: str = "") -> str:
    """The night is not open: open it, or give the hotel its *reprise* when there is none before."""
    access = current_access()
    with read() as connection:
        earlier = nights.latest_before(connection, access.property_id, jour)
    form = opening.form_of({}) if earlier is None else None
    return render_template(
        "rj/ouvrir.html", jour=jour, veille=earlier[1] if earlier else None, form=form, erreur=erreur
    )
