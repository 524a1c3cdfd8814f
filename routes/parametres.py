"""The settings of the hotel, for its administrator: `/parametres`, a page a section, each change dated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Response, redirect, render_template, url_for

from routes import lecture
from routes.access import current_access, requires
from routes.erreurs import ApiError
from utils import dates
from utils.actions.refusals import Refusal
from utils.actions.settings import change
from utils.actions.settings.fields import BY_KEY, LABELS, SECTIONS, TERMINALS, WORDS, Section, value_in
from utils.actions.settings.typed import typed_terminals, written
from utils.presentation import words
from utils.shapes import Document

parametres = Blueprint("parametres", __name__, url_prefix="/parametres")

EMPTY_ROWS = 3


@parametres.get("")
@requires("administrer")
def sommaire() -> str:
    """The sections, and every change with its date."""
    changes = [(one, list(leaves(one.document))) for one in change.history(current_access())]
    return render_template(
        "parametres/sommaire.html", sections=SECTIONS, section=None, changes=changes, zone=current_access().zone
    )


@parametres.get("/<section>")
@requires("administrer")
def lire(section: str) -> str:
    """The form of a section, with what is in force on a date."""
    return form_page(need(section), lecture.asked_day(change.DATE))


@parametres.post("/<section>")
@requires("administrer")
def changer(section: str) -> Response:
    """Put what differs in force from the date given; what cannot be read stays in place."""
    page, me = need(section), current_access()
    try:
        count = change.change_settings(me, page, lecture.form(), dates.now())
    except Refusal as refusal:
        return Response(form_page(page, None, refusal), refusal.status)
    after = url_for("parametres.lire", section=section, des_le=lecture.typed(change.DATE).strip(), fait=count)
    return cast("Response", redirect(after, HTTPStatus.SEE_OTHER))


def need(key: str) -> Section:
    """A section by its address."""
    if key not in BY_KEY:
        raise ApiError(404)
    return BY_KEY[key]


def form_page(section: Section, day: date | None, refusal: Refusal | None = None) -> str:
    """The form, with what was typed when it was refused."""
    standing = change.standing(current_access(), day, dates.now())
    values = {one.path: value_in(standing.document, one) for one in section.settings}
    shown = {one.path: written(one, values[one.path]) for one in section.settings if one.kind not in (TERMINALS, WORDS)}
    rows = values.get("terminals", [])
    chosen: Mapping[str, Any] = {one.path: values[one.path] for one in section.settings if one.kind == WORDS}
    typed_day = standing.day.isoformat()
    if refusal:
        shown = {path: lecture.typed(path) for path in shown}
        rows, typed_day = typed_terminals(lecture.form()), lecture.typed(change.DATE)
        chosen = {path: lecture.form().getlist(path) for path in chosen}
    return render_template(
        "parametres/section.html",
        sections=SECTIONS,
        section=section,
        des_le=typed_day,
        premier=standing.first,
        valeurs=shown,
        lignes=[*rows, *[{"id": "", "label": "", "group": "pos"}] * EMPTY_ROWS],
        coches=chosen,
        roles=words.ROLES,
        erreur=refusal.sentence if refusal else "",
        erreurs={one.path: one.message for one in refusal.problems} if refusal else {},
    )


def leaves(document: Document, path: str = "") -> Iterator[tuple[str, str]]:
    """Each setting of a change: its label and its value, in French."""
    for key, value in document.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            yield from leaves(value, here)
        else:
            yield LABELS.get(here, here), said(value)


def said(value: Any) -> str:  # noqa: ANN401 - a value of a document
    """A value as a person reads it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(said(one) for one in value) or "aucun"
    if isinstance(value, dict):
        return str(value.get("label", ""))
    text = words.ROLES.get(value, str(value)) if isinstance(value, str) else str(value)
    return text.replace(".", ",") if text.replace(".", "").isdigit() else text
