"""What does not go by itself in a few nights of the demonstration: the date alone decides which, and what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from utils.money import ZERO, from_cents, money_text, read_json_money
from utils.shapes import Document

Tabs = dict[str, Document]

_EVERY: Final = 20
SEEN: Final = "Vu avec la réception; la suite au matin."
_FLOAT: Final = "Avance d’hier reprise ce soir."
_MISSING: Final = from_cents(2585)
_KEPT: Final = from_cents(4000)
_OVER: Final = from_cents(2500)


class Incident(NamedTuple):
    """What the auditor types otherwise than the papers say, and what is answered to the checks that ask."""

    change: Callable[[Tabs], None]
    answer: str
    override: str = ""


def incident_of(day: date) -> Incident | None:
    """The incident of a date, if it has one."""
    return _INCIDENTS.get(day.toordinal() % _EVERY)


def answer_to(name: str, incident: Incident | None) -> str:
    """What the auditor answers to a check or a remark."""
    if name.startswith("recap.dueback"):
        return _FLOAT
    return incident.answer if incident else SEEN


def _deposit_short(tabs: Tabs) -> None:
    """The bank deposit is typed forty dollars short of what was counted."""
    counted = [line for line in tabs["sd"]["sd_entries"] if line.get("currency") == "CDN"]
    verified = sum((read_json_money(line["verified"]) for line in counted), ZERO)
    tabs["recap"]["deposit_cdn"] = money_text(verified - _KEPT)
    tabs["controle"]["notes"] = "Il manque 40,00 $ au dépôt : l’enveloppe est restée au coffre."


def _batch_short(tabs: Tabs) -> None:
    """A batch of a terminal lacks a sale that POSitouch has."""
    batches = tabs["transelect"]["transelect_restaurant"]["visa"]["terminals"]
    batches["bar_b"] = money_text(read_json_money(batches["bar_b"]) - _MISSING)
    tabs["controle"]["notes"] = "Une vente Visa de 25,85 $ manque au lot de Bar B : mode de paiement à revoir."


def _envelope_over(tabs: Tabs) -> None:
    """An envelope holds twenty-five dollars too many."""
    line = next(
        one for one in tabs["sd"]["sd_entries"] if one["department"] == "restaurant" and one["verified"] != "0.00"
    )
    before = line["verified"]
    line["verified"] = money_text(read_json_money(before) + _OVER)
    line["note"] = "Comptée deux fois; la fiche de caisse est à revoir avec la personne."
    sealed = tabs["sd"]["depot_data"]["client6"]["amounts"]
    sealed[sealed.index(before)] = line["verified"]
    spread = tabs.setdefault("setd", {})
    spread.pop("sans_activite", None)
    spread.setdefault("setd_personnel", []).append({"name": line["name"], "amount": money_text(_OVER)})
    tabs["controle"]["notes"] = f"Surplus de 25,00 $ dans l’enveloppe de {line['name']}."


_INCIDENTS: Final = {
    3: Incident(
        _deposit_short,
        "L’enveloppe de 40,00 $ part avec le dépôt de demain.",
        "Enveloppe de 40,00 $ retrouvée au coffre, recomptée à deux; elle part avec le dépôt de demain.",
    ),
    9: Incident(_batch_short, "Vente Visa de 25,85 $ absente du lot de Bar B; à reprendre avec le fournisseur."),
    15: Incident(_envelope_over, "Surplus de 25,00 $ expliqué par la note de la ligne; fiche signée."),
}
