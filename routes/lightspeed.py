"""Lightspeed: the page `/lightspeed/`, its API `/api/lightspeed/…`, and the signed messages of the PMS."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any, Final, cast

from dateutil.relativedelta import relativedelta
from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for

from routes import lecture
from routes.access import current_access, public, requires
from routes.api_formes import (
    BUSINESS_DATE,
    Operation,
    an_object,
    described,
    headers,
    operation,
    or_empty,
    refusals,
    taking,
    writing,
)
from routes.cartes import keeps_no_text
from routes.erreurs import ApiError, FieldError
from routes.securite import csrf
from routes.tailles import carries
from utils import dates
from utils.actions.lightspeed import SyncResult, connection, coverage, messages, said, standing
from utils.actions.lightspeed.words import SYNCED_TABS
from utils.actions.reading import night_if_open
from utils.actions.refusals import Refusal, Unavailable
from utils.presentation import lightspeed as pages
from utils.presentation import lightspeed_history as nights_told
from utils.presentation import lightspeed_table as table
from utils.presentation.night_page import short, tab_of
from utils.scheduler import launch
from utils.scheduler.timetable import read_timetable
from utils.shapes import Document

lightspeed_bp = Blueprint("lightspeed", __name__)
lecture.dates_of_addresses(lightspeed_bp, 422, "date")

ACTIONS: Final = ("enregistrer", "tester", "autoriser")
LOOK: Final = ("synchroniser", "connexion_pms")
SYNC_JOB: Final = "synchro"
LARGEST: Final = 256 * 1024
COMEBACKS: Final = {
    "oui": "L’hôtel est relié à Lightspeed.",
    "etat": "Ce retour de Lightspeed n’est pas attendu : recommencer la liaison.",
    "refus": "La liaison avec Lightspeed a été refusée.",
    "autre": "La liaison n’a pas pu être établie : vérifier la configuration, puis recommencer.",
}
"""What the page says after the authorization page; the words of the PMS itself are never repeated."""


_SECRET: Final = {"type": "string", "maxLength": 500}
_SETTINGS: Final = {
    "account": {"type": "string", "pattern": "^[A-Za-z0-9_-]{0,64}$"},
    "client_id": _SECRET,
    "client_secret": _SECRET,
    "webhook_secret": or_empty(_SECRET),
    "grant_type": {"enum": ["authorization_code", "client_credentials"]},
    "auto_sync": {"type": "boolean"},
}
_CONNECTING: Final = an_object({"action": {"enum": list(ACTIONS)}, "reglages": an_object(_SETTINGS)})
"""What is done with a connection, and what may be set of it."""


_OPEN_ENDED: Final = {"additionalProperties": True}
_ABOUT: Final = {"accountId": {"type": "string"}, "businessDate": BUSINESS_DATE}
_MESSAGE: Final = {
    "type": {"enum": list(messages.KINDS)},
    "data": an_object(_ABOUT, ("accountId", "businessDate")) | _OPEN_ENDED,
}
_RECEIVING: Final[Operation] = {
    "summary": "Un avis signé du PMS : date fermée, rapport révisé",
    "security": [],
    "parameters": headers("webhook-id", "webhook-timestamp", "webhook-signature"),
    "responses": {
        "200": {"description": "Déjà reçu"},
        "202": {"description": "Reçu"},
        **refusals(400, 401, 413, 415, 503),
    },
    **taking(an_object(_MESSAGE, ("type", "data")) | _OPEN_ENDED),
}
"""What the PMS sends by itself: signed (Standard Webhooks), without session nor token."""


@lightspeed_bp.get("/lightspeed/")
@requires(*LOOK)
def page() -> str:
    """Connection, trial, hours; a date from the tab to the figure; the month."""
    access = current_access()
    day = lecture.asked_day("jour") or access.business_date
    state, synchro = night_if_open(access, day), None
    with suppress(Refusal):  # a night that is not open has none
        synchro = standing.sync_standing(access, day)
    shown, first = pages.sync_page(synchro, day), day.replace(day=1)
    return render_template(
        "lightspeed/page.html",
        etat=pages.connection_words(standing.connection_standing(access)),
        reglages=standing.chosen(access) if access.may("connexion_pms") else None,
        synchro=shown,
        lignes=table.lines(coverage.coverage(access, day), shown),
        a_la_main=table.by_hand(shown, SYNCED_TABS),
        mois=table.month_shown(day, access.today, standing.month_states(access, first, first + relativedelta(day=31))),
        a_trancher=table.settled_later(coverage.unsettled(state), access.zone) if state else [],
        prochaine=next(one for one in launch.standing(access, dates.now()) if one.key == SYNC_JOB),
        horaire=read_timetable(access.settings_on(day)),
        peut_synchroniser=access.may("synchroniser"),
        peut_regler=access.may("administrer"),
        retour=COMEBACKS.get(lecture.asked("retour")),
        relie=lecture.asked("retour") == "oui",
        zone=access.zone,
        jour=day,
        donnees={"hotel": access.code, "etats": pages.SYNC_STATES, "rapports": table.REPORT_STATES},
    )


@lightspeed_bp.get("/lightspeed/historique")
@requires(*LOOK)
def historique() -> str:
    """The last thirty nights: who audited each, how its synchronisation went."""
    access = current_access()
    return render_template(
        "lightspeed/historique.html", nuits=nights_told.history_rows(standing.history(access), access.zone)
    )


@lightspeed_bp.get("/lightspeed/historique/<jour>")
@requires(*LOOK)
def requetes(jour: date) -> str:
    """The synchronisations of a date, each with what it asked; never what was answered."""
    access = current_access()
    mode = standing.connection_standing(access)["mode"]
    runs = nights_told.runs_told(standing.runs_with_requests(access, jour), access.zone)
    return render_template("lightspeed/requetes.html", passages=runs, jour=jour, demo=mode == "demo")


@lightspeed_bp.get("/api/lightspeed/status")
@requires(*LOOK)
@described(operation("La liaison avec Lightspeed", schema="Liaison", refused=()))
def status() -> Response:
    """Whether the hotel is connected."""
    return fresh(jsonify(standing.connection_standing(current_access())))


@lightspeed_bp.post("/api/lightspeed/connect")
@requires("connexion_pms")
@described(writing("Configurer, tester, autoriser", _CONNECTING, schema="Reponse"))
def connect() -> Response:
    """Save, try or authorise: the address of the authorization page, or the account that answers."""
    access, given = current_access(), lecture.json_body()
    if not isinstance(given, dict):
        raise ApiError(422, "Un objet JSON est attendu.", [FieldError("", "Un objet JSON est attendu.")])
    action = given.get("action", "autoriser")
    if action not in ACTIONS:
        sentence = f"Actions possibles : {', '.join(ACTIONS)}."
        raise ApiError(422, sentence, [FieldError("action", sentence)])
    if given.keys() - {"action", "reglages"}:
        raise ApiError(422, "Champ inconnu.", [FieldError("", "Champs possibles : action, reglages.")])
    if action == "tester":
        tried = connection.test(access, given.get("reglages"))
        return fresh(jsonify(auth_url=None, compte=tried.account, essai=table.trial_words(tried)))
    said = None
    if action == "enregistrer" or "reglages" in given:
        said = connection.configure(access, given.get("reglages"))
    if action == "enregistrer":
        return fresh(jsonify({"auth_url": None, "compte": None} | ({"message": said} if said else {})))
    return fresh(jsonify(connection.authorize(access, session_of(access))))


@lightspeed_bp.get("/api/lightspeed/callback")
@requires("connexion_pms")
@described(
    operation("Retour de la page d’autorisation", bare={303: "La page dit comment cela s’est passé"}, refused=())
)
def callback() -> Response:
    """Where the authorization page sends people back: the page says how it went."""
    access = current_access()
    try:
        connection.come_back(access, lecture.address(), session_of(access))
        how = "oui"
    except Unavailable:
        how = "autre"
    except Refusal as refusal:
        how = "etat" if "attendu" in refusal.sentence else "refus" if "refusée" in refusal.sentence else "autre"
    return cast("Response", redirect(url_for("lightspeed.page", retour=how), 303))


@lightspeed_bp.post("/api/lightspeed/sync/<jour>")
@requires("synchroniser")
@described(writing("Synchroniser une nuit", schema="Synchronisation"))
def synchronise(jour: date) -> Response:
    """Synchronise a night and answer when it is done; `/api/lightspeed/sync/status/<date>` tells how far it is."""
    told = said.synchronise(current_access(), jour)
    if told.result.status == "echouee":
        raise failure(told.result)
    links = [{"libelle": short(tab_of(tab)), "adresse": f"/rj/native/{jour.isoformat()}/{tab}"} for tab in told.tabs]
    return fresh(jsonify(documents_of(jour, told.result) | {"phrase": told.sentence, "liens": links}))


@lightspeed_bp.get("/api/lightspeed/sync/status/<jour>")
@requires(*LOOK)
@described(operation("Où en est la synchronisation d’une nuit", schema="Synchronisation"))
def sync_status(jour: date) -> Response:
    """How far the synchronisation of a night is, tab by tab, or how the last one ended."""
    return fresh(jsonify(standing.sync_standing(current_access(), jour)))


@lightspeed_bp.post("/api/lightspeed/disconnect")
@requires("connexion_pms")
@described(writing("Couper la liaison", schema="Liaison"))
def disconnect() -> Response:
    """Revoke the grant and forget the connection; a demonstration hotel then goes back to its own figures."""
    revoked = connection.disconnect(current_access())
    left = standing.connection_standing(current_access())
    return fresh(jsonify(left | {"connected": False, "revoked": revoked}))


@lightspeed_bp.post("/webhooks/lightspeed")
@public
@carries(LARGEST)
@keeps_no_text
@described(_RECEIVING)
def webhook() -> Response:
    """A signed message: no session, no token of a page; whatever is not signed hears the same 401."""
    signed = lecture.raw_json()
    status = messages.receive(dict(request.headers.items(lower=True)), signed)
    if status == messages.REFUSED:
        raise ApiError(401, "Message refusé.")
    return Response(status=status)


csrf.exempt(webhook)


def session_of(access: Any) -> str:  # noqa: ANN401 - who asks
    """What ties the authorization page to the session that opened it."""
    return f"seance-{access.signed_in.session_id}"


def failure(result: SyncResult) -> ApiError:
    """Nothing could be read: why, and when to ask again."""
    minutes = result.retry_in_minutes
    headers = {"Retry-After": str(60 * minutes)} if minutes else {}
    more = {"retry_in_minutes": minutes, "onglets": result.tabs, "rapports": result.reports}
    return ApiError(503, result.message, headers=headers, more=more)


def documents_of(day: date, result: SyncResult) -> Document:
    """A synchronisation that ended, as the API tells it."""
    return {
        "date": day.isoformat(),
        "statut": result.status,
        "onglets": result.tabs,
        "rapports": result.reports,
        "ecrits": result.written,
        "retires": list(result.removed),
        "a_cote": result.beside,
        "requetes": result.requests,
        "duree_ms": result.duration_ms,
        "completude": result.completeness,
        "retry_in_minutes": result.retry_in_minutes,
        "message": result.message,
    }


def fresh(response: Response) -> Response:
    """An answer that nobody keeps."""
    response.headers["Cache-Control"] = "no-store"
    return response
