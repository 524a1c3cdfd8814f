"""The cash difference taken apart: what explains it, line by line, and what remains, never hidden (section D)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from utils import french
from utils.money import ZERO, money_text
from utils.rj.calculate import Night
from utils.rj.waiting import waiting

CAUSE_LABELS: Final = {
    "erreur_pos": "Erreur au POS",
    "erreur_pms": "Erreur au PMS",
    "decalage": "Décalage",
    "depot": "Dépôt",
    "autre": "Autre cause",
}
REMAINDER: Final = "Reste à expliquer"


@dataclass(frozen=True, slots=True)
class Cause:
    """One explanation: a name, an amount in dollars with its sign, the field it comes from, a note."""

    label: str
    amount: Decimal
    field: str
    note: str = ""

    def as_json(self) -> dict[str, str]:
        """Keys as the API shows them."""
        return {"libelle": self.label, "montant": money_text(self.amount), "champ": self.field, "note": self.note}


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The difference, its causes, its remainder: difference = Σ causes + remainder; and the sentence that says it.

    ``waits`` names the papers without which nothing of this is known yet.
    """

    difference: Decimal
    causes: tuple[Cause, ...]
    remainder: Decimal
    explained: bool
    sentence: str
    waits: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Keys as the API shows them."""
        return {
            "difference": money_text(self.difference),
            "causes": [cause.as_json() for cause in self.causes],
            "reste": money_text(self.remainder),
            "expliquee": self.explained,
            "phrase": self.sentence,
        }


def decompose(night: Night, *, settled: bool = True) -> Decomposition | None:
    """Take the cash difference of a night apart; ``None`` while the night has no closing balance.

    A night that is not ``settled`` (submitted) may wait for papers: until then its remainder is nobody's to explain.
    """
    values = night.values
    difference = values.get("jour.jour_diff_caisse")
    if difference is None:
        return None
    causes = tuple(cause for cause in (*_calculated(night), *_typed(night)) if cause.amount)
    remainder = values["jour.jour_diff_caisse_residu"]
    explained = abs(remainder) <= night.settings.tolerances["diff_caisse"]
    waits = () if settled else waiting(night)["chk_diff_caisse"]
    sentence = _waiting(difference, waits) if waits else _sentence(night, difference, causes, remainder, explained)
    return Decomposition(difference, causes, remainder, explained, sentence, waits)


def _waiting(difference: Decimal, waits: tuple[str, ...]) -> str:
    return f"En attente : {', '.join(waits)}. La différence de caisse est de {french.money(difference)} d'ici là."


def _calculated(night: Night) -> tuple[Cause, ...]:
    return tuple(
        Cause(label, night.values.get(name, ZERO), name)
        for label, name in (
            ("Variance des cartes", "jour.jour_diff_caisse_transelect"),
            ("Facture directe", "jour.jour_diff_caisse_facture"),
        )
    )


def _typed(night: Night) -> tuple[Cause, ...]:
    return tuple(
        Cause(
            CAUSE_LABELS.get(line.get("cause", "autre"), "Autre cause"),
            line["montant"],
            f"jour.diff_caisse_entries[{position}].montant",
            line.get("note", ""),
        )
        for position, line in enumerate(night.values.get("jour.diff_caisse_entries", ()))
        if "montant" in line
    )


def _sentence(night: Night, difference: Decimal, causes: tuple[Cause, ...], remainder: Decimal, explained: bool) -> str:
    if not difference and not causes:
        return "Il n'y a pas de différence de caisse."
    whole = f"La différence de caisse de {french.money(difference)}"
    if night.values.get("jour.jour_diff_caisse_paire"):
        yesterday = night.previous["jour_diff_caisse_residu"]
        return f"Probable décalage : {french.money(yesterday)} hier, {french.money(remainder)} aujourd'hui."
    if explained and causes:
        return f"{whole} est expliquée par {_listed(causes)}."
    if causes:
        return f"{whole} est expliquée en partie par {_listed(causes)}. Reste à expliquer : {french.money(remainder)}."
    return (
        f"{whole} n'est pas expliquée. Reste à expliquer : {french.money(remainder)}."
        if not explained
        else f"{whole} est dans la tolérance."
    )


def _listed(causes: tuple[Cause, ...]) -> str:
    names = {"Variance des cartes": "la variance des cartes", "Facture directe": "la facture directe"}
    said = [f"{names.get(c.label, f'une ligne « {c.label} »')} ({french.money(c.amount)})" for c in causes]
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + " et " + said[-1]
