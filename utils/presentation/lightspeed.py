"""The page of Lightspeed: the words of a connection, the fourteen indicators of a synchronisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from utils import french
from utils.money import r2
from utils.presentation.states import State
from utils.presentation.words import typographic
from utils.rj.catalogue import TABS

SYNC_STATES: Final[dict[str, State]] = {
    "attente": State("wait", "en attente"),
    "lecture": State("half", "lecture en cours", "wait"),
    "synchronise": State("sync", "synchronisé", "ok"),
    "inchange": State("ok", "inchangé", "ok"),
    "partiel": State("warn", "en partie", "wait"),
    "erreur": State("warn", "erreur", "diff"),
    "apercu": State("note", "aperçu", "wait"),
    "absent": State("dash", "aucune donnée"),
    "propose": State("note", "à proposer", "wait"),
    "manuel": State("edit", "à la main"),
    "automatique": State("ok", "calculé"),
}
"""What a tab came to."""

RUN_STATES: Final[dict[str, State]] = {
    "en_cours": State("half", "en cours", "wait"),
    "complete": State("ok", "complète", "ok"),
    "inchangee": State("ok", "inchangée", "ok"),
    "partielle": State("warn", "partielle", "wait"),
    "apercu": State("note", "aperçu", "wait"),
    "proposee": State("note", "proposée", "wait"),
    "echouee": State("warn", "échouée", "diff"),
    "interrompue": State("warn", "interrompue", "diff"),
}
GRANT_LOST: Final = "La liaison est perdue : un gestionnaire doit l’autoriser de nouveau."
KEY_CHANGED: Final = (
    "La clé de l’installation a changé : les secrets gardés ne s’ouvrent plus. Remettre l’ancienne clé, ou taper de "
    "nouveau les secrets, les enregistrer et autoriser l’accès."
)
_HUNDREDTH: Final = Decimal("0.01")
NEVER: Final = State("void", "jamais")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the fourteen tabs: how the PMS filled it, or why it did not."""

    key: str
    number: int
    label: str
    state: State
    detail: str
    message: str


def connection_words(standing: Mapping[str, Any]) -> dict[str, Any]:
    """The connection with its indicator and a sentence."""
    off = standing["mode"] != "demo" and not standing["enabled"]
    state, sentence = (State("warn", "arrêté", "diff"), standing["message"]) if off else _indicator(standing)
    return {**standing, "etat": state, "phrase": sentence, "essai": attempt_words(standing)}


def _indicator(standing: Mapping[str, Any]) -> tuple[State, str]:
    if standing["mode"] == "demo":
        return State("ok", "démonstration", "ok"), "Hôtel de démonstration : ses chiffres sont fictifs, sans réseau."
    if not standing["configured"]:
        return State("void", "pas configuré"), "Aucune liaison : rien n’est demandé à Lightspeed, rien n’est inventé."
    if standing["requires_re_auth"]:
        return State("warn", "à rétablir", "diff"), KEY_CHANGED if standing["secrets_lost"] else GRANT_LOST
    if not standing["connected"]:
        return State("wait", "à autoriser", "wait"), "La configuration est là; il reste à autoriser l’accès."
    if standing["token_expired"]:
        return State("ok", "relié", "ok"), "Le jeton est échu : il se renouvelle à la prochaine demande."
    return State("ok", "relié", "ok"), "Lightspeed répond au nom de l’hôtel."


def sync_page(standing: Mapping[str, Any] | None, day: date) -> dict[str, Any] | None:
    """The synchronisation of a date as the page shows it; nothing when the night is not open."""
    if standing is None:
        return None
    asked = ""
    if standing.get("requetes"):  # « 8 requêtes en 0,35 s »; without any, nothing was asked of the network
        seconds = french.number(r2(Decimal(standing["duree_ms"]) / 1000))
        asked = f"{french.counted(standing['requetes'], 'requête', 'requêtes')} en {seconds}{french.NBSP}s"
    return {
        **standing,
        "jour": day,
        "etat": RUN_STATES.get(standing["statut"] or "", NEVER),
        "indicateurs": [_tab(number, tab, standing) for number, tab in enumerate(TABS, 1)],
        "message": typographic(standing["message"] or ""),
        "controles": [{**one, **_compared(one)} for one in standing["controles"]],
        "propositions": [_shown(one) for one in standing["propositions"]],
        "apercu": [_shown(one) for one in standing["apercu"]],
        "rempli": reached(standing),
        "demandes": asked,
    }


def reached(advance: Mapping[str, Any]) -> str:
    """« 5 onglets remplis sur 5, 8 rapports lus sur 8 » : how far a synchronisation came."""
    tabs, reports = advance["onglets_remplis"], advance["rapports_lus"]
    return (
        f"{french.counted(tabs, 'onglet rempli', 'onglets remplis')} sur {advance['onglets_a_remplir']}, "
        f"{french.counted(reports, 'rapport lu', 'rapports lus')} sur {advance['rapports_a_lire']}"
    )


def attempt_words(standing: Mapping[str, Any]) -> State:
    """How the last attempt came out."""
    return RUN_STATES.get(standing["last_attempt_status"] or "", NEVER)


def _tab(number: int, tab: Any, standing: Mapping[str, Any]) -> Indicator:  # noqa: ANN401 - a tab of the catalogue
    outcome = standing["onglets"].get(tab.key, {"etat": "attente"})
    detail = []
    if outcome.get("revision"):
        detail.append(f"révision {outcome['revision']}")
    if outcome.get("ecrits"):
        detail.append(french.counted(outcome["ecrits"], "case écrite", "cases écrites"))
    if outcome.get("retires"):
        detail.append(french.counted(len(outcome["retires"]), "chiffre retiré", "chiffres retirés"))
    if outcome.get("a_cote"):
        detail.append(french.counted(outcome["a_cote"], "chiffre gardé à côté", "chiffres gardés à côté"))
    message = typographic(outcome.get("message", ""))
    return Indicator(tab.key, number, tab.title, SYNC_STATES[outcome["etat"]], ", ".join(detail), message)


def _compared(control: Mapping[str, Any]) -> dict[str, str]:
    """The two figures of a control on one base, how far apart they are, and ours on its own base."""
    kind, theirs, mine, ours = control["genre"], control["pms"], control["nuit"], control.get("notre")
    gap = None if mine is None else Decimal(str(theirs)) - Decimal(str(mine))
    # a ratio is rounded on both sides: a hundredth is no difference
    alike = gap is not None and abs(gap) <= (_HUNDREDTH if control["base"] else 0)
    return {
        "pms": _figure(kind, theirs),
        "nuit": "" if mine is None else _figure(kind, mine),
        "ecart": "" if gap is None else "—" if alike else _figure(kind, gap),
        "notre": "" if ours is None else _figure(kind, ours),
        "notre_base": control.get("notre_base", ""),
    }


def _shown(one: Mapping[str, Any]) -> dict[str, Any]:
    """A figure of the PMS, with that of the night when there is one."""
    mine = one.get("nuit")
    return {**one, "pms": _any(one["pms"]), "nuit": "" if mine is None else _any(mine)}


def _any(value: str | int) -> str:
    return _figure("count" if isinstance(value, int) else "money", value)


def _figure(kind: str, value: Any) -> str:  # noqa: ANN401 - a JSON scalar
    if kind == "count":
        return french.count(int(value))
    number = Decimal(str(value))
    return french.percent(number) if kind == "percent" else french.money(number)
