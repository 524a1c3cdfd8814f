"""MARSHA: the page `/marsha`, its API `/api/marsha/…`, and the signed notices of validation."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, cast

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
    refusals,
    taking,
    writing,
)
from routes.cartes import keeps_no_text
from routes.erreurs import ApiError
from routes.securite import csrf
from routes.tailles import carries
from utils import dates
from utils.actions.marsha import connection, messages, sent_form, standing, submit
from utils.actions.refusals import Refusal
from utils.presentation import marsha as pages
from utils.shapes import Document

marsha_bp = Blueprint("marsha", __name__)
lecture.dates_of_addresses(marsha_bp, 422, "date")

LARGEST: Final = 256 * 1024
COMEBACKS: Final = {
    "oui": "L’hôtel est relié à MARSHA.",
    "refus": "La liaison avec MARSHA n’a pas pu être établie : vérifier les réglages, puis recommencer.",
}
"""What the page says after the authorization page; the words of MARSHA itself are never repeated."""


def _connecting() -> Document:
    """What a connection is made of; the property code and the client emptied together forget it."""
    text = {"type": "string", "maxLength": 500}
    named = dict.fromkeys((*connection.TEXTS, *connection.OPTIONS), text)
    return an_object(
        {**named, "property_code": {"type": "string", "pattern": "^([A-Z0-9]{3,12})?$"}}, ("property_code",)
    )


def _receiving() -> Operation:
    """What MARSHA sends by itself: signed (Standard Webhooks), without session nor token."""
    open_ended = {"additionalProperties": True}
    data = an_object(
        {"submissionId": {"type": "string"}, "propertyCode": {"type": "string"}, "businessDate": BUSINESS_DATE},
        ("submissionId", "propertyCode", "businessDate"),
    )
    message = an_object({"type": {"enum": list(messages.KINDS)}, "data": data | open_ended}, ("type", "data"))
    return {
        "summary": "Un avis signé de MARSHA : DBRS accepté ou rejeté",
        "security": [],
        "parameters": headers("webhook-id", "webhook-timestamp", "webhook-signature"),
        "responses": {
            "200": {"description": "Entendu, ou déjà reçu"},
            "202": {"description": "Reçu, sans effet"},
            **refusals(400, 401, 413, 415, 503),
        },
        **taking(message | open_ended),
    }


@marsha_bp.get("/marsha")
@requires("lire")
def page() -> str:
    """Connection, board of the last thirty nights, a submission as a person reads it, the set beside our figures."""
    access = current_access()
    day = lecture.asked_day("jour") or dates.before(access.business_date)
    link = standing.connection_standing(access)
    found, compared = None, None
    try:
        found = sent_form.form_of(access, day, lecture.asked("envoi"))
        compared = standing.compared_day(access, day)
    except Refusal:  # the night is not open: it has none
        pass
    return render_template(
        "marsha/page.html",
        etat=pages.connection_words(link),
        configure=access.may("connexion_marsha"),
        envoie=access.may("envoyer_marsha"),
        nuits=pages.board_rows(standing.board(access, access.business_date), access.zone),
        envoi=pages.form_page(found) if found else None,
        reperes=pages.benchmarks_page(compared) if compared else None,
        retour=COMEBACKS.get(lecture.asked("retour")),
        zone=access.zone,
        jour=day,
    )


@marsha_bp.post("/api/marsha/connect")
@requires("connexion_marsha")
@described(writing("Relier l’hôtel à MARSHA, ou oublier la liaison", _connecting(), schema="Reponse"))
def connect() -> Response:
    """Verify the credentials, then keep them sealed."""
    access = current_access()
    return _fresh(jsonify(connection.connect(access, lecture.json_body(), _session(access))))


@marsha_bp.get("/api/marsha/callback")
@requires("connexion_marsha")
@described(operation("Retour de la page d’autorisation de MARSHA", bare={303: "La page dit la suite"}, refused=()))
def callback() -> Response:
    """Where the authorization page sends people back."""
    access, how = current_access(), "oui"
    try:
        connection.come_back(access, lecture.address(), _session(access))
    except Refusal:
        how = "refus"
    return cast("Response", redirect(url_for("marsha.page", retour=how), 303))


@marsha_bp.post("/api/marsha/disconnect")
@requires("connexion_marsha")
@described(writing("Couper la liaison avec MARSHA", schema="Coupure"))
def disconnect() -> Response:
    """Revoke the grant and forget the connection."""
    revoked = connection.disconnect(current_access())
    return _fresh(jsonify(connected=False, revoked=revoked))


@marsha_bp.post("/api/marsha/submit/<jour>")
@requires("envoyer_marsha")
@described(writing("Envoyer le DBRS d’une nuit verrouillée", schema="Envoi", ok=(202,)))
def send(jour: date) -> tuple[Response, int]:
    """Put the DBRS at the head of the line; asking twice sends once."""
    sent = submit.submit_dbrs(current_access(), jour, dates.now())
    told: Document = {"etat": sent.status, "sequence": sent.sequence}
    if sent.marsha_id:
        told["marsha_response_id"] = sent.marsha_id
    return _fresh(jsonify(told)), 202


@marsha_bp.get("/api/marsha/status/<jour>")
@requires("lire")
@described(operation("Où en est le DBRS d’une nuit", schema="Envoi"))
def status(jour: date) -> Response:
    """Every sequence of a date, with its receipt and what MARSHA decided."""
    return _fresh(jsonify(standing.status_of(current_access(), jour)))


@marsha_bp.get("/api/marsha/benchmarks/<jour>")
@requires("lire")
@described(operation("L’ensemble concurrentiel d’une nuit, à côté de la nôtre", schema="Reperes"))
def benchmarks(jour: date) -> Response:
    """The set of a date and the indices."""
    return _fresh(jsonify(standing.benchmarks_of(current_access(), jour)))


@marsha_bp.get("/api/marsha/position/<jour>")
@requires("lire")
@described(operation("Notre rang dans le marché, tel que reçu", schema="Rang"))
def position(jour: date) -> Response:
    """Our rank of a date."""
    return _fresh(jsonify(standing.position_of(current_access(), jour)))


@marsha_bp.post("/webhooks/marsha/validation")
@public
@carries(LARGEST)
@keeps_no_text
@described(_receiving())
def webhook() -> Response:
    """A signed notice: no session, no token of a page; whatever is not signed hears the same 401."""
    signed = lecture.raw_json()
    heard = messages.receive(dict(request.headers.items(lower=True)), signed)
    if heard == messages.REFUSED:
        raise ApiError(401, "Message refusé.")
    return Response(status=heard)


csrf.exempt(webhook)


def _session(access: Any) -> str:  # noqa: ANN401 - who asks
    """What ties the authorization page to the session that opened it."""
    return f"marsha-{access.signed_in.session_id}"


def _fresh(response: Response) -> Response:
    """An answer that nobody keeps."""
    response.headers["Cache-Control"] = "no-store"
    return response
