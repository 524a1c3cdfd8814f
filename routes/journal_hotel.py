"""The journal of the hotel: `/journal`, searched by person, field, night, day and action; exported with its proof."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, url_for

from routes import lecture
from routes.access import current_access, requires
from routes.erreurs import ApiError
from utils.actions import search_journal
from utils.actions.search_journal import COLUMNS, Wanted
from utils.presentation import journal as told
from utils.presentation.spreadsheet import csv_text

journal_hotel = Blueprint("journal_hotel", __name__, url_prefix="/journal")

LONGEST = 120


@journal_hotel.get("")
@requires("lire")
def chercher() -> str:
    """A page of the journal."""
    wanted = read_wanted()
    found = search_journal.search(current_access(), wanted)
    return render_template(
        "journal/journal.html",
        voulu=wanted,
        actions=[(action, told.action_word(action)) for action in found.actions],
        personnes=found.people,
        qui=found.who,
        rangees=[shown(row, found.zone) for row in found.rows],
        suite=address(wanted, avant=found.following) if found.following else "",
        export=address(wanted, endpoint="journal_hotel.exporter"),
        peut_exporter=current_access().may("exporter"),
    )


def shown(row: Any, zone: str) -> tuple[Any, date, told.Told]:  # noqa: ANN401 - a row of the journal
    """A row, the day it was written on the hotel's clock, and the same in words."""
    base = url_for("nuit.lire", jour=row.audit_date.isoformat()) if row.audit_date else ""
    [one] = told.told([search_journal.entry_of(row)], zone, base)
    return row, one.day, one.told[0]


@journal_hotel.get("/export.csv")
@requires("exporter")
def exporter() -> Response:
    """The rows searched as CSV; the last lines say where the chain stands and whether it verifies."""
    rows, proof = search_journal.export(current_access(), read_wanted())
    verdict = "; ".join(proof.problems) or "le journal se vérifie du début à la fin"
    ending = [[], ["preuve", "dernière séquence", str(proof.seq)], ["preuve", "empreinte", proof.hash]]
    text = csv_text([COLUMNS, *rows, *ending, ["preuve", "vérification", verdict]])
    response = Response(text, content_type="text/csv; charset=utf-8")
    name = f"journal-{current_access().code}-{proof.seq}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def read_wanted() -> Wanted:
    """What is searched, from the address."""
    before = lecture.asked("avant")
    if before and not (before.isascii() and before.isdigit() and len(before) < 16):  # noqa: PLR2004 - a sequence
        raise ApiError(404)
    return Wanted(
        qui=word("qui"),
        champ=word("champ"),
        action=word("action"),
        nuit=day("nuit"),
        du=day("du"),
        au=day("au"),
        avant=int(before) if before else None,
    )


def word(key: str) -> str:
    """A text of the address; PostgreSQL refuses to be asked of a null character."""
    return lecture.asked(key).strip()[:LONGEST].replace("\0", "")


def day(key: str) -> date | None:
    """A date of the address, when there is one."""
    text = lecture.asked(key).strip()
    return lecture.read_day(text, 422) if text else None


def address(wanted: Wanted, endpoint: str = "journal_hotel.chercher", avant: int | None = None) -> str:
    """The address of the same search."""
    given: dict[str, Any] = {key: getattr(wanted, key) or None for key in ("qui", "champ", "action")}
    given |= {key: value.isoformat() for key in ("nuit", "du", "au") if (value := getattr(wanted, key))}
    return url_for(endpoint, **given, avant=avant)
