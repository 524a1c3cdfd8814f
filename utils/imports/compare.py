"""Where the workbook's own results and ours differ, each with its reason; both figures are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from utils.imports.figures import BookNight, Result
from utils.money import money_text, r2
from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import COUNT
from utils.shapes import Document

_CENT: Final = Decimal("0.01")
_TO_DATE: Final = ("jour.jour_mtd_", "jour.jour_ytd_")

ERROR: Final = "La formule du classeur donne une erreur."
NOT_SUMMED: Final = "Le cumul du classeur n’a pas été recalculé depuis qu’il est à zéro; le nôtre additionne les nuits."
NO_BASE: Final = "Il manque au livre les nuits d’avant ce mois : le cumul reste absent plutôt que trop petit."
ROUNDED: Final = "Le classeur additionne des montants non arrondis : moins d’un cent par terme."
ONE_SIDE: Final = "Une des deux lectures manque au classeur : rien n’est comparé, là où il compare à zéro."
STALE: Final = "La feuille du classeur recopie un autre livre ou un jour passé : sa copie n’a pas suivi le Jour."
PASTED: Final = "Le Jour garde ce qui y a été collé; la feuille a changé depuis."
RATE: Final = "Le classeur garde son propre taux; le nôtre est celui des réglages à cette date."
DUEBACK: Final = "Les due backs de cette nuit ne font pas le montant du Jour : l’écart est au classeur aussi."
SUBTOTAL: Final = "Le sous-total du classeur, fait à la main, ne couvre pas toutes les enveloppes de la nuit."
OTHER: Final = "Le classeur calcule autrement (RJ.md, section K) : le nôtre suit nos formules."

_REASONS: Final = {
    **dict.fromkeys(("setd.setd_rj_balance", "setd.setd_controle", "dueback.dueback_rj"), STALE),
    **dict.fromkeys(("dueback.dueback_z",), DUEBACK),
    **dict.fromkeys(("sd.depot_total_client6", "sd.depot_total_client8"), SUBTOTAL),
    **dict.fromkeys(("internet.internet_rj", "sonifi.sonifi_rj"), STALE),
}
_RATES: Final = (
    "jour.jour_frais_",
    "transelect.transelect_esc",
    "transelect.transelect_net",
    "transelect.transelect_rec_",
)


class Gap(NamedTuple):
    """A figure on which the workbook and ours differ: JSON texts, ``None`` for an absent one, and why."""

    field: str
    book: str | None
    ours: str | None
    reason: str
    place: str

    def as_json(self) -> Document:
        """Keys as the command line and the book write them."""
        return {
            **{"champ": self.field, "classeur": self.book, "rj_natif": self.ours, "raison": self.reason},
            "case": self.place,
        }


def gaps(night: Night, read: BookNight) -> Iterator[Gap]:
    """The differences of a night, in the order of the fields."""
    for name in sorted(read.results.keys() & FIELDS.keys(), key=_ORDER.__getitem__):
        result, ours = read.results[name], night.values.get(name)
        if result.value is None:
            yield Gap(name, None, _text(name, ours), ERROR, str(result.place))
        elif ours is None:
            if r2(result.value):
                why = NO_BASE if name.startswith(_TO_DATE) else ONE_SIDE
                yield Gap(name, _text(name, result.value), None, why, str(result.place))
        elif r2(result.value) != r2(Decimal(ours)):
            yield Gap(name, _text(name, result.value), _text(name, ours), _why(name, result, ours), str(result.place))


_ORDER: Final[Mapping[str, int]] = {name: rank for rank, name in enumerate(FIELDS)}


def _why(name: str, result: Result, ours: Any) -> str:  # noqa: ANN401 - a figure
    value = result.value or Decimal(0)
    if name.startswith(_TO_DATE):
        return NOT_SUMMED
    if abs(value - Decimal(ours)) <= 2 * _CENT:
        return ROUNDED
    if name.startswith("recap."):
        return PASTED
    if name.startswith(_RATES):
        return RATE
    return _REASONS.get(name, OTHER)


def _text(name: str, value: Any) -> str | None:  # noqa: ANN401 - a figure
    if value is None:
        return None
    return str(int(value)) if FIELDS[name].kind == COUNT else money_text(r2(Decimal(value)))
