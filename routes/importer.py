"""Past months from the hotel's workbooks: `/importer`, to drop them, read what they say, accept, undo."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final, cast

from flask import Blueprint, Response, redirect, render_template, url_for

from routes import lecture
from routes.access import current_access, requires
from routes.erreurs import ApiError
from utils import dates
from utils.actions.imports import reading
from utils.actions.imports.background import enter_all
from utils.actions.imports.enter import enter_month
from utils.actions.imports.propose import Dropped, Sent, propose
from utils.actions.imports.undo import undo_month
from utils.actions.refusals import Refusal
from utils.presentation.imports import PROPOSED, detail_of, month_of

importer = Blueprint("importer", __name__, url_prefix="/importer")

FILES: Final = "classeurs"
FOLLOWED: Final = "suivi"
MOST: Final = 1_000


@importer.get("")
@requires("importer")
def page() -> str:
    """The months proposed, those that entered, and where to drop workbooks."""
    return page_of(Dropped())


@importer.post("")
@requires("importer")
def deposer() -> Response:
    """Read the workbooks that were dropped: each month is proposed, each refusal said cell by cell."""
    sent = [Sent(*one) for one in lecture.files(FILES)]
    if not sent:
        return Response(page_of(Dropped(), "Choisir au moins un classeur."), HTTPStatus.UNPROCESSABLE_ENTITY)
    dropped = propose(current_access(), sent, dates.now())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if dropped.refused and not dropped.months else HTTPStatus.OK
    return Response(page_of(dropped), status)


@importer.post("/tout")
@requires("importer")
def tout() -> Response:
    """Bring in every month that is proposed; the page follows."""
    count = enter_all(current_access())
    return cast("Response", redirect(url_for("importer.page", suivi=count), HTTPStatus.SEE_OTHER))


@importer.get("/<int:mois>")
@requires("importer")
def lire(mois: int) -> str:
    """A month, night by night: what enters or entered, what differs, what was left aside."""
    return detail_page(mois)


@importer.post("/<int:mois>/entree")
@requires("importer")
def entrer(mois: int) -> Response:
    """Bring the nights of a proposal into the book."""
    try:
        enter_month(current_access(), mois, dates.now())
    except Refusal as refusal:
        return refused(mois, refusal)
    return cast("Response", redirect(url_for("importer.lire", mois=mois), HTTPStatus.SEE_OTHER))


@importer.post("/<int:mois>/retrait")
@requires("importer")
def retirer(mois: int) -> Response:
    """Undo an import: its nights leave the book."""
    try:
        undo_month(current_access(), mois, dates.now())
    except Refusal as refusal:
        return refused(mois, refusal)
    return cast("Response", redirect(url_for("importer.lire", mois=mois), HTTPStatus.SEE_OTHER))


def page_of(dropped: Dropped, error: str = "") -> str:
    """The page, with what became of the files that were just dropped."""
    kept, names = reading.imports_of(current_access())
    months = [month_of(one, names) for one in kept]
    waiting = [one for one in months if one.status == PROPOSED]
    asked = lecture.asked(FOLLOWED)
    followed = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0  # noqa: PLR2004 - months
    return render_template(
        "importer/page.html",
        attendus=waiting,
        passes=[one for one in months if one.status != PROPOSED],
        refuses=dropped.refused,
        deja=dropped.known,
        erreur=error,
        suivi=min(followed, MOST),
        faits=max(0, min(followed, MOST) - len(waiting)),
        zone=current_access().zone,
        champ=FILES,
    )


def detail_page(import_id: int, error: str = "") -> str:
    """The page of a month; 404 for one that this hotel does not have."""
    try:
        kept, document = reading.import_of(current_access(), import_id)
    except Refusal as refusal:
        raise ApiError(refusal.status, refusal.sentence) from None
    names = reading.imports_of(current_access())[1]
    return render_template(
        "importer/mois.html", un=detail_of(kept, document, names), erreur=error, zone=current_access().zone
    )


def refused(import_id: int, refusal: Refusal) -> Response:
    """The page of the month with why nothing was done."""
    return Response(detail_page(import_id, refusal.sentence), refusal.status)
