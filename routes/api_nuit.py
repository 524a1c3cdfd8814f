"""The JSON API of a night: `/api/rj/native/session/<date>`. Shapes: `documentation/api.md`."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Blueprint, Response, request

from routes import lecture
from routes.access import current_access, requires
from routes.api_formes import REASON, VERSION, Operation, an_object, described, operation, writing
from routes.erreurs import ApiError
from routes.vues import hotel_hour
from utils import dates
from utils.actions import (
    choose_value,
    compare_revisions,
    documents,
    habits,
    lock_night,
    open_night,
    reading,
    save_tab,
    submit_night,
    take_back,
)
from utils.actions.lightspeed import background
from utils.actions.state import TYPED_TABS, NightState
from utils.rj.catalogue import BY_KEY
from utils.rj.checks import CHECKS
from utils.rj.reading import MAX_TEXT
from utils.rj.reason import RULE
from utils.shapes import Document

api_nuit = Blueprint("api_nuit", __name__, url_prefix="/api/rj/native/session/<jour>")

HOUR: Final = "X-Heure"
"""The header that gives the hour of the hotel at which a night was read or saved."""


lecture.dates_of_addresses(api_nuit, 422, "date")

_MOTIVE: Final = f"Par contrôle, case ou onglet laissé (onglets.recap) : {RULE}."
_REASONS: Final = {
    "type": "object",
    "additionalProperties": {"type": "string", "maxLength": MAX_TEXT, "description": _MOTIVE},
}
_OVERRIDE: Final = {"check": {"enum": [check.key for check in CHECKS]}, "motif": REASON}
_CHOICE: Final = {"version": VERSION, "case": {"type": "string"}, "choix": {"enum": ["garder", "prendre"]}}


def tab_key(onglet: str) -> str:
    """The key of a tab, 404 when there is none of that name."""
    if onglet not in BY_KEY:
        raise ApiError(404, f"Il n'y a pas d'onglet de ce nom. Onglets : {', '.join(BY_KEY)}.")
    return onglet


def conditional(state: NightState, content: bytes, tag: str) -> Response:
    """The content with its strong ETag, or 304 when the caller has it."""
    response = Response(content, mimetype="application/json")
    response.set_etag(f"{state.etag}-{tag}")
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    response.headers[HOUR] = hotel_hour(state)
    return response


def answered(state: NightState, status: int = 200) -> Response:
    """Where the night stands, after something happened to it."""
    content = {"hotel": state.hotel.code, "date": state.day.isoformat(), "modifiable": state.editable}
    content |= documents.summary_document(state)
    response = Response(documents.encoded(content), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


@api_nuit.get("")
@requires("lire")
@described(operation("La nuit entière", bare={304: "Inchangée depuis l'ETag donné"}))
def lire(jour: date) -> Response:
    """The whole night."""
    state = reading.night_view(current_access(), jour)
    return conditional(state, documents.night_bytes(state), "nuit")


@api_nuit.post("")
@requires("remplir")
@described(writing("Ouvrir la nuit", ok=(201, 200)))
def ouvrir(jour: date) -> Response:
    """Open the night: 201, or 200 when it is open."""
    state, opened = open_night.open_night(current_access(), jour, dates.now())
    if opened:
        background.after_opening(current_access(), jour)
    return answered(state, 201 if opened else 200)


@api_nuit.put("/reprise")
@requires("remplir", "corriger")
@described(writing("Reprise d'une première nuit", {"type": "object"}))
def reprendre(jour: date) -> Response:
    """The closing figures of before the first night."""
    return answered(open_night.take_over(current_access(), jour, lecture.json_body(), dates.now()))


@api_nuit.post("/reprendre-veille")
@requires("remplir", "corriger")
@described(writing("Reprendre la fermeture de la veille"))
def reprendre_veille(jour: date) -> Response:
    """Carry again what the earlier night closed with."""
    return answered(open_night.carry_again(current_access(), jour, dates.now()))


@api_nuit.get("/habitudes/<onglet>")
@requires("lire")
@described(
    operation("Ce que sont d'habitude les chiffres d'un onglet, et ce qu'ils étaient la veille", schema="Habitudes")
)
def habitudes(jour: date, onglet: str) -> Document:
    """What the figures of a tab usually are on this weekday."""
    return habits.habits_of(current_access(), jour, tab_key(onglet))


@api_nuit.get("/journal")
@requires("lire")
@described(operation("Ce qui est arrivé à la nuit", schema="Journal"))
def journal(jour: date) -> Document:
    """What happened to the night."""
    return {"entrees": reading.journal_of(current_access(), jour)}


@api_nuit.get("/revisions")
@requires("lire")
@described(operation("Les révisions de la nuit", schema="Revisions"))
def revisions(jour: date) -> Document:
    """The revisions of the night."""
    return {"revisions": compare_revisions.revisions_of(current_access(), jour)}


@api_nuit.get("/revisions/<int:avant>/<int:apres>")
@requires("lire")
@described(operation("Ce qui a changé d'une révision à une autre", schema="Comparaison"))
def comparer(jour: date, avant: int, apres: int) -> Document:
    """What changed between two revisions."""
    return compare_revisions.compare_revisions(current_access(), jour, avant, apres)


@api_nuit.get("/pourquoi/<path:champ>")
@requires("lire")
@described(operation("Pourquoi ce chiffre", schema="Explication"))
def pourquoi(jour: date, champ: str) -> Document:
    """Why a calculated figure is what it is."""
    return reading.why(current_access(), jour, champ)


@api_nuit.post("/soumettre")
@requires("soumettre", "corriger")
@described(writing("Soumettre", an_object({"motifs": _REASONS, "en_attente": {"type": "boolean"}})))
def soumettre(jour: date) -> Response:
    """Submit the night."""
    return answered(submit_night.submit_night(current_access(), jour, lecture.json_body(), dates.now()))


@api_nuit.post("/derogations")
@requires("deroger")
@described(writing("Laisser passer un contrôle bloquant", an_object(_OVERRIDE, tuple(_OVERRIDE))))
def deroger(jour: date) -> Response:
    """Let a blocking check pass, for a reason."""
    return answered(submit_night.override_check(current_access(), jour, lecture.json_body(), dates.now()))


@api_nuit.post("/verrouiller")
@requires("verrouiller")
@described(writing("Verrouiller"))
def verrouiller(jour: date) -> Response:
    """Lock a submitted night."""
    return answered(lock_night.lock_night(current_access(), jour, dates.now()))


@api_nuit.post("/rouvrir")
@requires("corriger")
@described(writing("Ouvrir une correction", an_object({"motif": REASON}, ("motif",))))
def rouvrir(jour: date) -> Response:
    """Open a correction."""
    return answered(lock_night.reopen_night(current_access(), jour, lecture.json_body(), dates.now()))


@api_nuit.post("/reprendre-soumission")
@requires("lire")
@described(writing("Reprendre la nuit que l'on vient de soumettre"))
def reprendre_soumission(jour: date) -> Response:
    """Fill again a night that one has just submitted: whoever submitted it may, whatever her role."""
    return answered(take_back.take_back_night(current_access(), jour, dates.now()))


@api_nuit.post("/envoyer")
@requires("lire")
@described(writing("Laisser partir sans attendre la fin de la reprise"))
def envoyer(jour: date) -> Response:
    """Let what waits leave at once."""
    return answered(take_back.send_now(current_access(), jour, dates.now()))


@api_nuit.post("/trancher")
@requires("remplir", "corriger")
@described(writing("Garder ou prendre", an_object(_CHOICE, tuple(_CHOICE)), schema="Onglet"))
def trancher(jour: date) -> Response:
    """Keep the typed value, or take the one that stands beside it."""
    saved, tab = choose_value.choose_value(current_access(), jour, lecture.json_body(), dates.now())
    return saved_answer(saved, tab)


def reading_of(onglet: str) -> Operation:
    """How a tab is read."""
    said = f"Onglet {BY_KEY[onglet].short}"
    return operation(said, schema="Onglet", bare={304: "Inchangé depuis l'ETag donné"})


def saving_of(onglet: str) -> Operation | None:
    """How cells of a tab are saved; nothing of a tab that is only calculated."""
    if onglet not in TYPED_TABS:
        return None
    body = {
        "version": VERSION,
        "values": {"$ref": f"#/components/schemas/Saisie_{onglet}"},
        "saisies": {"type": "object", "additionalProperties": {"type": "string", "maxLength": MAX_TEXT}},
        "annule": {"type": "array", "items": {"type": "string"}},
    }
    said = f"Enregistrer des cases de l'onglet {BY_KEY[onglet].short}"
    return writing(said, an_object(body, ("version",)), schema="Onglet")


@api_nuit.get("/<onglet>")
@requires("lire")
@described(reading_of)
def lire_onglet(jour: date, onglet: str) -> Response:
    """One tab."""
    tab = tab_key(onglet)
    state = reading.night_view(current_access(), jour)
    return conditional(state, documents.encoded(documents.tab_document(state, tab)), tab)


@api_nuit.patch("/<onglet>")
@requires("remplir", "corriger")
@described(saving_of)
def enregistrer(jour: date, onglet: str) -> Response:
    """Save cells of one tab."""
    tab = tab_key(onglet)
    return saved_answer(save_tab.save_tab(current_access(), jour, tab, lecture.json_body(), dates.now()), tab)


def saved_answer(saved: save_tab.Saved, tab: str) -> Response:
    """The tab, every figure recalculated, and where the night stands."""
    response = Response(documents.encoded(documents.saved_document(saved.state, tab, saved.moved)))
    response.mimetype = "application/json"
    response.headers[HOUR] = hotel_hour(saved.state)
    response.headers["Cache-Control"] = "no-store"
    return response
