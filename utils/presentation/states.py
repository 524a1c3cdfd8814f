"""States as a person sees them: an icon and a word, never a colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from utils.french import counted
from utils.rj import verdict
from utils.rj.check import BLOCKING, INFO, NOT_APPLICABLE, OK, WAITING, WARNING
from utils.rj.standing import StripAmount, TabStanding
from utils.rj.verdict import BALANCED, RED, Verdict


class State(NamedTuple):
    """How a state is shown: its icon, its word, and the meaning that colours both (empty for none).

    ``more`` follows the word where there is room: « en attente », « : 2 papiers ».
    """

    icon: str
    word: str
    meaning: str = ""
    more: str = ""


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
IMPORTED: Final = "imported"
NIGHT_STATES: Final[dict[str, State]] = {
    "absente": State("void", "pas ouverte"),
    "draft": State("void", "brouillon"),
    "in_progress": State("half", "en cours", "wait"),
    "submitted": State("ok", "soumise", "ok"),
    "locked": State("lock", "verrouillée", "ok"),
    IMPORTED: State("lock", "importée", "ok"),
    "correcting": State("edit", "en correction", "wait"),
}


def verdict_state(found: Verdict) -> State:
    """What a night is, as a state: balanced, to be looked at, or stopped."""
    if found.code == BALANCED:
        return State("ok", found.word, "ok")
    icon, meaning = ("stop", "diff") if found.code in (RED, verdict.WAITING) else ("warn", "wait")
    return State(icon, found.word, meaning)


def tab_state(tab: TabStanding) -> str:
    """The one state that the rail shows of the three axes of a tab."""
    if tab.source == "error":
        return "erreur"
    if tab.balance in ("ecart", "a_expliquer"):
        return tab.balance
    if tab.progress != "complet":
        return tab.progress
    if tab.waits:
        return WAITING
    if tab.balance == "ok":
        return "equilibre"
    return "synchronise" if tab.source == "synced" else "complet"


def waiting_for(papers: Sequence[str]) -> State:
    """The state of what waits for some papers, with how many they are: neither balanced nor to be explained."""
    return TAB_STATES[WAITING]._replace(more=f" : {counted(len(papers), 'papier', 'papiers')}")


def tab_verdict(tab: TabStanding) -> State:
    """What a tab is, beside its title: what is out first, then what it waits for, then how far it is."""
    known = tab_state(tab)
    return waiting_for(tab.waits) if tab.waits and known in ("en_cours", WAITING) else TAB_STATES[known]


def strip_state(amount: StripAmount) -> str:
    """The state of one of the five amounts always in view."""
    if amount.waits:
        return WAITING
    if amount.balance != "ok":
        return amount.balance
    explained = amount.key == "diff_caisse" and amount.value not in (None, "0.00")
    return "expliquee" if explained else "equilibre"
