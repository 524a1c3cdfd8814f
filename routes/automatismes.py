"""What the product does by itself: the page `/automatismes`, its API, *Lancer maintenant*."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final, cast

from flask import Blueprint, Flask, Response, current_app, jsonify, redirect, render_template, url_for

from database.job_runs import Run
from routes.access import current_access, requires
from routes.api_formes import described, operation, writing
from routes.erreurs import ApiError
from routes.lecture import asked
from utils import dates
from utils.actions.refusals import Refusal
from utils.presentation import jobs as words
from utils.scheduler import launch, server
from utils.scheduler.jobs import JOBS
from utils.shapes import Document

automatismes = Blueprint("automatismes", __name__)

SWITCHED_OFF: Final = (
    "Les automatismes sont arrêtés par un réglage de l’installation (AUTOMATISMES=non) : rien ne se fait à son heure, "
    "et aucun courriel ne part, tant qu’aucun autre serveur ne s’en charge."
)


@automatismes.get("/automatismes")
@requires("lire")
def page() -> str:
    """Each job: its last run, its next one, what happened; and the latest runs."""
    return _page(fait=asked("fait"))


@automatismes.post("/automatismes/<tache>/lancer")
@requires("lancer")
def lancer(tache: str) -> Response:
    """Do a job now, then show what it came to."""
    try:
        _launched(tache)
    except Refusal as refusal:
        return Response(_page(erreur=refusal.sentence), refusal.status)
    return cast("Response", redirect(url_for("automatismes.page", fait=tache), HTTPStatus.SEE_OTHER))


@automatismes.get("/api/automatismes")
@requires("lire")
@described(operation("Ce qui se fait tout seul", schema="Automatismes", refused=()))
def lire() -> Response:
    """The same, for programs."""
    access, at = current_access(), dates.now()
    jobs = [
        {
            "cle": one.key,
            "libelle": one.job.label,
            "prochain": one.next_at.isoformat(),
            "prochaine_nuit": one.next_night.isoformat(),
            "refus": one.refusal,
            "dernier": _document(one.last) if one.last else None,
        }
        for one in launch.standing(access, at)
    ]
    runs = [_document(run) for run in launch.history(access)]
    return _fresh(jsonify(taches=jobs, passages=runs, ennuis=server.troubles_of(_app()), arret=_switched_off()))


@automatismes.post("/api/automatismes/<tache>/lancer")
@requires("lancer")
@described(writing("Faire une tâche maintenant", schema="Passage"))
def lancer_api(tache: str) -> Response:
    """Do a job now; its state and its sentence."""
    outcome = _launched(tache)
    again = outcome.next_at.isoformat() if outcome.next_at else None
    return _fresh(jsonify(tache=tache, etat=outcome.status, message=outcome.message, nouvel_essai=again))


def _launched(key: str) -> Any:  # noqa: ANN401 - an outcome
    if key not in JOBS:
        raise ApiError(404)
    try:
        return launch.launch(current_access(), key)
    finally:
        server.wake(_app())


def _page(*, erreur: str = "", fait: str = "") -> str:
    access, at = current_access(), dates.now()
    standings = launch.standing(access, at)
    lines = [words.job_line(one, running=launch.is_running(one.last, at)) for one in standings]
    runs = [words.run_line(run, JOBS[run.job], access.zone) for run in launch.history(access)]
    return render_template(
        "automatismes.html",
        taches=lines,
        passages=runs,
        zone=access.zone,
        ennuis=server.troubles_of(_app()),
        arret=_switched_off(),
        peut_lancer=access.may("lancer"),
        administre=access.may("administrer"),
        erreur=erreur,
        fait=next((one for one in lines if one.key == fait and one.ended), None),
    )


def _switched_off() -> str | None:
    """That nothing is done by itself here, when the installation says so."""
    return None if current_app.config["SETTINGS"].automatismes else SWITCHED_OFF


def _document(run: Run) -> Document:
    """A run as the API tells it."""
    return {
        "tache": run.job,
        "nuit": run.business_date.isoformat(),
        "etat": run.status,
        "cause": run.cause,
        "par": run.actor,
        "essais": run.attempts,
        "du": run.due_at.isoformat(),
        "debut": run.started_at.isoformat(),
        "fin": run.ended_at.isoformat() if run.ended_at else None,
        "nouvel_essai": run.next_at.isoformat() if run.next_at else None,
        "duree_ms": run.duration_ms,
        "message": run.message,
        "etapes": {key: step.as_json() for key, step in run.steps.items()},
    }


def _app() -> Flask:
    return cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
