"""The cash difference taken apart: what explains it, line by line, and what remains, never hidden (section D)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from utils import french
from utils.money import ZERO, money_text
from utils.rj.calculate import Night
from utils.rj.check import OK
from utils.rj.waiting import waiting
from utils.shapes import Document

CAUSE_LABELS: Final = {
    "erreur_pos": "Erreur au POS",
    "erreur_pms": "Erreur au PMS",
    "decalage": "Décalage",
    "depot": "Dépôt",
    "autre": "Autre cause",
}
REMAINDER: Final = "Reste à expliquer"
_CALCULATED: Final = (
    ("Variance des cartes", "jour.jour_diff_caisse_transelect"),
    ("Facture directe", "jour.jour_diff_caisse_facture"),
)


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

    ``recap`` is the part of the remainder that is the imbalance of the Recap, ``None`` when it cannot be told apart.
    ``waits`` names the papers without which nothing of this is known yet.
    """

    difference: Decimal
    causes: tuple[Cause, ...]
    remainder: Decimal
    explained: bool
    sentence: str
    recap: Decimal | None = None
    waits: tuple[str, ...] = ()

    @property
    def own(self) -> Decimal:
        """What of the remainder is the Jour's own."""
        return self.remainder - (self.recap or ZERO)

    def as_json(self) -> Document:
        """Keys as the API shows them."""
        return {
            "difference": money_text(self.difference),
            "causes": [cause.as_json() for cause in self.causes],
            "reste": money_text(self.remainder),
            "dont_recap": None if self.recap is None else money_text(self.recap),
            "propre_au_jour": money_text(self.own),
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
    calculated = (Cause(label, values.get(name, ZERO), name) for label, name in _CALCULATED)
    typed = (
        Cause(
            CAUSE_LABELS.get(line.get("cause", "autre"), "Autre cause"),
            line["montant"],
            f"jour.diff_caisse_entries[{position}].montant",
            line.get("note", ""),
        )
        for position, line in enumerate(values.get("jour.diff_caisse_entries", ()))
        if "montant" in line
    )
    causes = tuple(cause for cause in (*calculated, *typed) if cause.amount)
    remainder = values["jour.jour_diff_caisse_residu"]
    explained = abs(remainder) <= night.settings.tolerances["diff_caisse"]
    waits = () if settled else waiting(night)["chk_diff_caisse"]
    is_pair = bool(values.get("jour.jour_diff_caisse_paire"))
    recap = None if waits or explained or is_pair else _of_the_recap(night)
    sentence = (
        f"En attente : {', '.join(waits)}. La différence de caisse est de {french.money(difference)} d'ici là."
        if waits
        else _sentence(night, causes, recap, explained)
    )
    return Decomposition(difference, causes, remainder, explained, sentence, recap, waits)


def _sentence(night: Night, causes: tuple[Cause, ...], recap: Decimal | None, explained: bool) -> str:
    difference, remainder = night.values["jour.jour_diff_caisse"], night.values["jour.jour_diff_caisse_residu"]
    if not difference and not causes:
        return "Il n'y a pas de différence de caisse."
    whole = f"La différence de caisse de {french.money(difference)}"
    if night.values.get("jour.jour_diff_caisse_paire"):
        yesterday = night.previous["jour_diff_caisse_residu"]
        return f"Probable décalage : {french.money(yesterday)} hier, {french.money(remainder)} aujourd'hui."
    if explained:
        return f"{whole} est expliquée par {_listed(causes)}." if causes else f"{whole} est dans la tolérance."
    how = f"est expliquée en partie par {_listed(causes)}" if causes else "n'est pas expliquée"
    rest = f"{whole} {how}. Reste à expliquer : {french.money(remainder)}"
    if recap is None:
        return f"{rest}."
    return f"{rest}, dont Recap {french.money(recap)} ({_IF}); propre au Jour {french.money(remainder - recap)}."


_IF: Final = "si un encaissement, un remboursement ou le due back N/B y est à corriger"
_PROOFS: Final = ("recap_transfert", "sd_surplus", "sd_depot", "depot", "dueback")
"""Checks that prove the counted side of the Recap: deposit, floats, over/short, and what of it reached the Jour."""


def _of_the_recap(night: Night) -> Decimal | None:
    """The imbalance of the Recap that the remainder holds: « dont Recap 6 895,08 $ (…); propre au Jour 54,00 $ ».

    The Jour takes the receipts and the refunds of the Recap; its due back of the reception, over/short and US
    deposit cancel out there. Righting a receipt, a refund or the N/B float moves both by the same amount; righting one
    of the others moves the Recap alone. So the part is said with its condition, and only while the counted side
    agrees with the tabs that prove it.
    """
    values, gap = night.values, night.values.get("recap.recap_balance")
    proven = all(values[f"sommaire.statuts.chk_{key}"] == OK for key in _PROOFS)
    if gap is None or values["sommaire.statuts.chk_recap"] == OK or not proven or values.get("recap.exchange_us_net"):
        return None
    return Decimal(gap)


def _listed(causes: tuple[Cause, ...]) -> str:
    names = {"Variance des cartes": "la variance des cartes", "Facture directe": "la facture directe"}
    said = [f"{names.get(c.label, f'une ligne « {c.label} »')} ({french.money(c.amount)})" for c in causes]
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + " et " + said[-1]
