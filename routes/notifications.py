"""What people are told: `/notifications`, its settings, budgets, mails, and the link by which a mail stops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any, Final, cast

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, url_for
from werkzeug.datastructures import MultiDict

from database.outbox import Mail
from routes import lecture
from routes.access import current_access, public, requires
from routes.erreurs import ApiError
from routes.securite import csrf
from utils import dates
from utils.actions.notifications import budgets, choices, desk, digest
from utils.actions.refusals import Refusal
from utils.money import read_typed_money
from utils.presentation import notification_choices as chosen_words
from utils.presentation import notifications as words
from utils.presentation.words import ROLES

notifications = Blueprint("notifications", __name__, url_prefix="/notifications")

MAIL_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""A mail shown as it was written: its styles stand in its tags; nothing runs, nothing is fetched."""

DONE: Final = {
    "preferences": "Vos préférences sont gardées.",
    "charge": "L’alerte est prise en charge.",
    "renvoi": "Le courriel repart dans la minute.",
    "reglages": "Les réglages sont gardés, et inscrits au journal.",
    "essai": "Un essai vous est écrit : il paraît plus bas, avec ce qui lui arrive.",
}


@notifications.get("")
@requires("lire")
def page() -> str:
    """The alerts, one's preferences, the mails."""
    return _page()


@notifications.post("/preferences")
@requires("lire")
def preferer() -> Response:
    """Keep one's preferences."""
    given = [
        {
            "genre": one.kind,
            "canal": lecture.form()[one.kind],
            "seuil": lecture.typed(f"{one.kind}__seuil") or None,
        }
        for one in choices.preferences_of(current_access())
        if one.kind in lecture.form()
    ]
    try:
        choices.save_preferences(current_access(), {"preferences": given}, dates.now(), read_typed_money)
    except Refusal as refusal:
        return Response(_page(refusal), refusal.status)
    return _after("preferences")


@notifications.post("/alertes/<int:alerte>/prise")
@requires("lire")
def prendre(alerte: int) -> Response:
    """Take an alert in charge."""
    try:
        desk.take_charge(current_access(), alerte, dates.now())
    except desk.NotFound:
        raise ApiError(404) from None
    except Refusal as refusal:
        return Response(_page(refusal), refusal.status)
    return _after("charge")


@notifications.get("/courriels/<int:courriel>")
@requires("lire")
def courriel(courriel: int) -> str:
    """A mail: its heading and its text."""
    return render_template(
        "notifications/courriel.html",
        courriel=words.mail_line(_mail(courriel), desk.KIND_WORDS),
        zone=current_access().zone,
    )


@notifications.get("/courriels/<int:courriel>/corps")
@requires("lire")
def corps(courriel: int) -> Response:
    """The same as its reader sees it."""
    answer = make_response(_mail(courriel).body_html or "Le contenu de ce courriel n’est pas gardé.")
    answer.headers["Content-Security-Policy"] = MAIL_POLICY
    return answer


@notifications.get("/bilan")
@requires("lire")
def bilan() -> str:
    """The morning digest as it would leave now: of the last night, or of the date asked for."""
    shown = digest.preview_digest(current_access(), lecture.asked_day("jour"))
    return render_template("notifications/bilan.html", bilan=shown, **_shared(None))


@notifications.get("/bilan/corps")
@requires("lire")
def bilan_corps() -> Response:
    """The same as its reader sees it."""
    shown = digest.preview_digest(current_access(), lecture.asked_day("jour"))
    if shown is None:
        return cast("Response", redirect(url_for("notifications.bilan")))
    answer = make_response(shown.html)
    answer.headers["Content-Security-Policy"] = MAIL_POLICY
    return answer


@notifications.post("/courriels/<int:courriel>/renvoi")
@requires("regler_avis")
def renvoyer(courriel: int) -> Response:
    """Try a mail that was refused once more."""
    try:
        desk.send_again(current_access(), courriel, dates.now())
    except Refusal as refusal:
        return Response(_page(refusal), refusal.status)
    return _after("renvoi")


@notifications.post("/essai")
@requires("regler_avis")
def essayer() -> Response:
    """Write a trial to the one who asks."""
    try:
        desk.send_test(current_access(), dates.now())
    except Refusal as refusal:
        return Response(_page(refusal), refusal.status)
    return _after("essai")


@notifications.get("/reglages")
@requires("regler_avis")
def reglages() -> str:
    """Thresholds, recipients, silence and escalation."""
    return _settings_page()


@notifications.post("/reglages")
@requires("regler_avis")
def regler() -> Response:
    """Keep them all."""
    try:
        choices.save_choices(
            current_access(),
            chosen_words.choices_given(lecture.form(), choices.EVERY_KIND),
            dates.now(),
            read_typed_money,
        )
    except Refusal as refusal:
        return Response(_settings_page(refusal), refusal.status)
    return cast("Response", redirect(url_for("notifications.reglages", fait="reglages"), HTTPStatus.SEE_OTHER))


@notifications.get("/budgets")
@requires("budgeter")
def prevoir() -> str:
    """The budget of a month and of its days."""
    return _budgets_page(_month())


@notifications.post("/budgets")
@requires("budgeter")
def garder_budgets() -> Response:
    """Keep what was typed for a month."""
    first = _month()
    try:
        count = budgets.save_months(current_access(), [first], lecture.form(), dates.now())
    except Refusal as refusal:
        return Response(_budgets_page(first, refusal), refusal.status)
    after = url_for("notifications.prevoir", mois=f"{first:%Y-%m}", fait=count)
    return cast("Response", redirect(after, HTTPStatus.SEE_OTHER))


@notifications.get("/desabonnement/<jeton>")
@public
def quitter(jeton: str) -> Response:
    """What the link of a mail would stop; nothing stops before the button is pressed."""
    return _leaving(lambda: desk.departure(jeton), done=False)


@notifications.post("/desabonnement/<jeton>")
@public
def partir(jeton: str) -> Response:
    """Stop it: by the button, or by the mailbox itself in one click (RFC 8058); the address is signed."""
    return _leaving(lambda: desk.leave(jeton, dates.now()), done=True)


csrf.exempt(partir)


def _leaving(act: Callable[[], desk.Departure], *, done: bool) -> Response:
    try:
        found, refusal = act(), None
    except Refusal as error:
        found, refusal = None, error
    shown = render_template(
        "notifications/quitter.html", depart=found, fait=done, erreur=refusal.sentence if refusal else ""
    )
    return Response(shown, refusal.status if refusal else HTTPStatus.OK, {"Cache-Control": "no-store"})


def _mail(number: int) -> Mail:
    try:
        return desk.mail_for(current_access(), number)
    except desk.NotFound:
        raise ApiError(404) from None


def _page(refusal: Refusal | None = None) -> str:
    access = current_access()
    form: Any = lecture.form() if refusal else MultiDict()
    return render_template(
        "notifications/page.html",
        alertes=[words.alert_line(*one, desk.KIND_WORDS) for one in desk.alerts_for(access)],
        preferences=words.preference_rows(choices.preferences_of(access), form, choices.EVERY_KIND),
        canaux=choices.CHANNEL_WORDS,
        lettres=choices.BY_MAIL_ONLY,
        courriels=[words.mail_line(row, desk.KIND_WORDS) for row in desk.mails_for(access)],
        fait=DONE.get(lecture.asked("fait"), ""),
        **_shared(refusal),
    )


def _settings_page(refusal: Refusal | None = None) -> str:
    audience, chosen = choices.chosen_of(current_access())
    typed = refusal is not None
    shown = chosen_words.choices_given(lecture.form(), choices.EVERY_KIND) if typed else choices.document_of(chosen)
    rows = chosen_words.kind_rows(choices.EVERY_KIND, shown, typed=typed)
    names = {one.id: one.name for one in audience.people}
    return render_template(
        "notifications/reglages.html",
        genres=rows,
        noms=names,
        exceptions=chosen_words.exceptions(rows, names),
        silence=shown["silence"] or {"de": "", "a": ""},
        escalade=shown["escalade"],
        roles=ROLES,
        courts=chosen_words.SHORT,
        fait=DONE.get(lecture.asked("fait"), ""),
        **_shared(refusal),
    )


def _budgets_page(first: date, refusal: Refusal | None = None) -> str:
    form: Any = lecture.form() if refusal else {}
    return render_template(
        "notifications/budgets.html",
        lignes=words.budget_rows(budgets.rows_of(current_access(), first), form),
        colonnes=budgets.COLUMNS,
        mois=f"{first:%Y-%m}",
        fait=lecture.asked("fait"),
        **_shared(refusal),
    )


def _shared(refusal: Refusal | None) -> dict[str, object]:
    access = current_access()
    return {
        "regle": access.may("regler_avis"),
        "budgete": access.may("budgeter"),
        "envoie": desk.sends_mail(),
        "arrete": not current_app.config["SETTINGS"].automatismes,
        "zone": access.zone,
        "erreur": refusal.sentence if refusal else "",
        "erreurs": {one.path: one.message for one in refusal.problems} if refusal else {},
    }


def _month() -> date:
    """The month of the address, else this one."""
    return lecture.read_month(lecture.asked("mois"), current_access().today)


def _after(what: str) -> Response:
    return cast("Response", redirect(url_for("notifications.page", fait=what), HTTPStatus.SEE_OTHER))
