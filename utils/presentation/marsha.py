"""The page of MARSHA: the words of a connection, the board of the nights, a submission, the set beside our figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from utils import dates, french
from utils.presentation.states import NIGHT_STATES, State

SENT_STATES: Final[dict[str, State]] = {
    "a_envoyer": State("wait", "à envoyer", "wait"),
    "en_envoi": State("half", "en envoi", "wait"),
    "recu": State("half", "reçu, à valider", "wait"),
    "accepte": State("ok", "accepté", "ok"),
    "rejete": State("diff", "rejeté", "diff"),
    "refuse": State("warn", "refusé", "diff"),
    "retire": State("dash", "retiré"),
    "remplace": State("note", "remplacé"),
}
NOTHING: Final = State("void", "rien d’envoyé")
SIMULATION: Final = "Simulation"
CONTRACT: Final = (
    "Aucune spécification publique de MARSHA n’existe : le contrat est le nôtre, et ce qui y répond ici est un "
    "simulateur tant que l’hôtel n’est pas relié."
)
SET_STATES: Final = {
    "final": State("ok", "définitif", "ok"),
    "preliminary": State("half", "préliminaire", "wait"),
    "unavailable": State("void", "pas encore publié"),
}
_EXCHANGES: Final = {
    "dbrs": "envoi",
    "statut": "validation demandée",
    "avis": "avis signé de MARSHA",
    "reperes": "repères demandés",
}
_ENDS: Final = {
    **{"queued": "reçu", "received": "reçu", "validating": "en validation", "rejoue": "reçu déjà donné"},
    **{"accepted": "accepté", "accepte": "accepté", "rejected": "rejeté", "rejete": "rejeté", "ignore": "sans effet"},
    **{"reseau": "sans réponse", "delai": "trop long", "404": "inconnu (404)", "unavailable": "pas encore publiés"},
    **{"preliminary": "préliminaires", "final": "définitifs", "occupe": "débit atteint"},
}
"""What is exchanged with MARSHA, and how it ended; a status of HTTP and any other word as they are."""

_FORMULAS: Final = (
    ("mpi", "MPI (occupation)", "notre occupation ÷ celle de l’ensemble × 100", "occupancy"),
    ("ari", "ARI (moyenne)", "notre moyenne par chambre ÷ celle de l’ensemble × 100", "adr"),
    ("rgi", "RGI (REVCD)", "notre REVCD ÷ celui de l’ensemble × 100; c’est MPI × ARI ÷ 100, à l’arrondi", "revpar"),
)
_FIGURES: Final = (
    ("Occupation", "occupancy", "chambres louées ÷ chambres disponibles × 100", french.percent),
    ("Moyenne par chambre (ADR)", "adr", "revenu des chambres ÷ chambres louées", french.money),
    ("REVCD (RevPAR)", "revpar", "revenu des chambres ÷ chambres disponibles", french.money),
)
_ABSENT: Final = "—"


class BoardRow(NamedTuple):
    """A night of the board, in words."""

    day: Any
    night: State
    state: State
    sequence: str
    when: str
    said: str
    simulation: bool
    may_send: bool


class FigureRow(NamedTuple):
    """A figure, or an index, ours beside the set’s, with the formula that *Pourquoi ?* shows."""

    label: str
    ours: str
    theirs: str
    why: str


def connection_words(standing: Mapping[str, Any]) -> dict[str, Any]:
    """The connection with its indicator and a sentence."""
    state, sentence = _indicator(standing)
    return {**standing, "etat": state, "phrase": sentence, "contrat": CONTRACT}


def _indicator(standing: Mapping[str, Any]) -> tuple[State, str]:
    if standing["mode"] == "arrete":
        return State("warn", "arrêté", "diff"), str(standing["message"])
    if standing["mode"] == "simulation":
        return State("note", SIMULATION), "Hôtel de démonstration : il parle à un simulateur, rien ne sort d’ici."
    if standing["mode"] == "aucun":
        return State("void", "pas relié"), "Aucune liaison : rien n’est envoyé à MARSHA, rien n’est inventé."
    if standing["secrets_lost"]:
        return State("warn", "à rétablir", "diff"), "Les secrets gardés ne s’ouvrent plus : les taper de nouveau."
    if standing["requires_re_auth"] or not standing["authorized"]:
        return State("wait", "à autoriser", "wait"), "La liaison est là; il reste à l’autoriser."
    here = "Relié à un simulateur de cette machine : rien ne sort d’ici."
    return State("ok", "relié", "ok"), here if standing["demo"] else "MARSHA reçoit le DBRS au nom de l’hôtel."


def board_rows(lines: Iterable[Any], zone: str) -> list[BoardRow]:
    """The last nights: where the DBRS of each stands, why when it is refused."""
    rows = []
    for line in lines:
        sent = line.submissions[0] if line.submissions else None
        here = dates.local(sent.received_at, zone) if sent and sent.received_at else None
        unsent = sent is None or sent.status in ("refuse", "retire", "a_envoyer")
        why = ""
        if sent is not None and sent.status in ("rejete", "refuse", "a_envoyer"):
            first = sent.errors[0] if sent.errors else {}
            why = str(sent.error or first.get("message") or "")
        rows.append(
            BoardRow(
                line.day,
                NIGHT_STATES[line.status],
                SENT_STATES[sent.status] if sent else NOTHING,
                "" if sent is None else str(sent.sequence),
                f"{here.date().isoformat()} {french.clock(here)}" if here else "",
                why,
                sent is not None and sent.source == "demo",
                line.status == "locked" and unsent,
            )
        )
    return rows


def form_page(found: Any) -> dict[str, Any]:  # noqa: ANN401 - an action’s record
    """A submission as a person reads it."""
    sent = found.sent
    days = found.books.get("days") or ()
    books = "Aucune réservation en main n’accompagne cet envoi."
    if days:
        rooms = sum(one["rooms"] for one in days)
        nights = french.counted(len(days), "nuit à venir", "nuits à venir")
        taken = french.counted(rooms, "chambre réservée", "chambres réservées")
        books = f"{nights}, {taken}, au {found.books['asOf']}."
    return {
        "etat": SENT_STATES[sent.status],
        "sequence": sent.sequence,
        "sequences": found.sequences,
        "simulation": sent.source == "demo",
        "recu": sent.marsha_id,
        "recu_a": sent.received_at,
        "empreinte": sent.digest,
        "essais": french.counted(sent.attempts, "essai", "essais"),
        "erreur": sent.error,
        "reproches": [one._asdict() | {"adresse": _address(sent.business_date, one.field)} for one in found.reproaches],
        "lignes": [
            {
                "libelle": one.label,
                "envoye": (figure := _figure(one.kind, one.sent)),
                "nuit": (now := _figure(one.kind, one.now)),
                "autre": one.sent is not None and figure != now,
                "adresse": _address(sent.business_date, one.field),
            }
            for one in found.lines
        ],
        "livres": books,
        "echanges": [
            (one.started_at, _EXCHANGES.get(one.what, one.what), _ENDS.get(one.status, one.status), one.error or "")
            for one in found.exchanges
        ],
    }


def _address(day: Any, field: str | None) -> str:  # noqa: ANN401 - a date
    """Where a field is corrected."""
    if not field:
        return ""
    tab, _, name = field.partition(".")
    return f"/rj/native/{day.isoformat()}/{tab}#{tab}.{name}"


def _figure(kind: str, value: Any) -> str:  # noqa: ANN401 - a JSON scalar
    if value is None:
        return _ABSENT
    if kind == "count":
        return french.count(int(value))
    number = Decimal(str(value))
    return french.percent(number) if kind == "percent" else french.money(number)


def benchmarks_page(found: Any) -> dict[str, Any]:  # noqa: ANN401 - an action’s record
    """The set of a date beside our night; of a set too small, only that it is."""
    kept = found.kept
    rank = f"{kept.rank} de {kept.rank_of}" if kept.rank is not None else ""
    return {
        "etat": SET_STATES[kept.status],
        "montre": kept.shown,
        "simulation": kept.source == "demo",
        "taille": kept.set_size,
        "comprend": kept.includes_subject,
        "chiffres": [
            FigureRow(label, _or_absent(getattr(found.ours, name), write), _or_absent(getattr(kept, name), write), why)
            for label, name, why, write in _FIGURES
        ],
        "indices": [
            FigureRow(
                label, _or_absent(getattr(found.indices, name), french.number), "", _why_index(found, name, why, of)
            )
            for name, label, why, of in _FORMULAS
        ],
        "concordent": found.indices.agree,
        "rang": rank,
        "chambres": "" if found.rooms_to_100 is None else french.number(found.rooms_to_100),
        "manque": "" if found.gap is None else french.money(found.gap),
    }


def _why_index(found: Any, name: str, why: str, of: str) -> str:  # noqa: ANN401 - an action’s record
    mine, theirs, index = getattr(found.ours, of), getattr(found.kept, of), getattr(found.indices, name)
    if index is None:
        return f"{why}. Absent : un chiffre manque, ou celui de l’ensemble est nul; rien n’est divisé à sa place."
    return f"{why} : {french.number(mine)} ÷ {french.number(theirs)} × 100 = {french.number(index)}."


def _or_absent(value: Decimal | None, write: Any) -> str:  # noqa: ANN401 - a writer
    return _ABSENT if value is None else str(write(value))


def night_words(standing: Mapping[str, Any]) -> str:
    """« DBRS : accepté par MARSHA, envoi 1 (Simulation) »; empty when nothing was prepared."""
    if standing.get("etat") is None:
        return ""
    word = SENT_STATES[standing["etat"]].word
    simulation = f" ({SIMULATION})" if standing["simulation"] else ""
    return f"DBRS : {word}, envoi {standing['sequence']}{simulation}"
