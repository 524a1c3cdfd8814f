"""States as a person sees them: an icon and a word, never a colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from utils.rj.check import BLOCKING, INFO, NOT_APPLICABLE, OK, WAITING, WARNING


class State(NamedTuple):
    """How a state is shown: its icon, its word, and the meaning that colours both (empty for none)."""

    icon: str
    word: str
    meaning: str = ""


TAB_STATES: Final[dict[str, State]] = {
    "equilibre": State("ok", "équilibré", "ok"),
    "ecart": State("diff", "écart", "diff"),
    "a_expliquer": State("note", "à expliquer", "wait"),
    "expliquee": State("note", "expliquée"),
    "na": State("dash", "sans objet"),
    WAITING: State("wait", "en attente"),
    "erreur": State("warn", "erreur", "diff"),
    "vide": State("void", "vide"),
    "en_cours": State("half", "en cours", "wait"),
    "synchronise": State("sync", "synchronisé"),
    "complet": State("ok", "complet", "ok"),
    "sans_activite": State("dash", "sans activité"),
    "soumise": State("ok", "soumise"),
    "verrouillee": State("lock", "verrouillée"),
}
CHECK_STATES: Final[dict[str, State]] = {
    BLOCKING: State("stop", "bloquant", "diff"),
    WARNING: State("warn", "avertissement", "wait"),
    INFO: State("note", "information"),
    OK: State("ok", "réussi", "ok"),
    NOT_APPLICABLE: State("dash", "sans objet"),
    WAITING: State("wait", "en attente"),
}
NIGHT_STATES: Final[dict[str, State]] = {
    "absente": State("void", "pas ouverte"),
    "draft": State("void", "brouillon"),
    "in_progress": State("half", "en cours", "wait"),
    "submitted": State("ok", "soumise", "ok"),
    "locked": State("lock", "verrouillée", "ok"),
    "correcting": State("edit", "en correction", "wait"),
}


def tab_state(axes: Mapping[str, Any]) -> str:
    """The one state that the rail shows of the three axes of a tab."""
    if axes["source"] == "error":
        return "erreur"
    if axes["equilibre"] in ("ecart", "a_expliquer"):
        return str(axes["equilibre"])
    if axes["etat"] != "complet":
        return str(axes["etat"])
    if axes.get("attend"):
        return WAITING
    if axes["equilibre"] == "ok":
        return "equilibre"
    return "synchronise" if axes["source"] == "synced" else "complet"


def strip_state(amount: Mapping[str, Any]) -> str:
    """The state of one of the five amounts always in view."""
    if amount.get("attend"):
        return WAITING
    state = str(amount["etat"] or "na")
    if state != "ok":
        return state
    explained = amount["cle"] == "diff_caisse" and amount["valeur"] not in (None, "0.00")
    return "expliquee" if explained else "equilibre"
