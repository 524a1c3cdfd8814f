"""Onglet 8, HP / Administration: internal complimentary F&B, deducted once from the Jour cell that sold it."""

from __future__ import annotations

from utils.rj.declaration import CHOICE, COUNT, FLAG, LINES, TEXT, Field, Tab, computed
from utils.rj.expression import Total
from utils.rj.lines import LinesLacking, LinesTotal

AREAS = ("piazza", "link", "cupola", "banquet", "serv_ch", "spesa", "tabagie", "club_lounge")
PAYMENTS = ("administration", "promotion", "promesse_service", "star_hot")
AMOUNTS = (
    ("nourriture", "Nourriture"),
    ("boisson", "Alcool"),
    ("biere", "Bière"),
    ("vin", "Vin"),
    ("mineraux", "Minéraux"),
    ("tabagie", "Tabagie"),
    ("autre", "Autre"),
    ("pourboire", "Pourboire"),
)
# category of the bill -> category of the Jour
CATEGORIES = {
    "nourriture": "nourriture",
    "boisson": "boisson",
    "biere": "bieres",
    "mineraux": "mineraux",
    "vin": "vins",
}
# outlet of the Jour -> points of sale whose bills it deducts
OUTLET_AREAS = {
    "cafe": ("link",),
    "piazza": ("piazza", "cupola", "club_lounge"),
    "spesa": ("spesa",),
    "chambres_svc": ("serv_ch",),
    "banquet": ("banquet",),
}
_NIL = ("hp_admin_entries", "sans_activite")
_BEFORE_TAXES = "Le montant doit être avant taxes et positif."
_TOTAL = Total(tuple(key for key, _ in AMOUNTS))


def _sold(column: str, areas: tuple[str, ...]) -> LinesTotal:
    return LinesTotal("hp_admin_entries", column, (("area", areas),))


def _deduction(outlet: str, category: str) -> Total | LinesTotal:
    """The bills of the outlet's areas; shop drinks and food sold at the tabagie go to La Spesa food."""
    sold = _sold(next(bill for bill, jour in CATEGORIES.items() if jour == category), OUTLET_AREAS[outlet])
    if (outlet, category) != ("spesa", "nourriture"):
        return sold
    return Total((sold, *(_sold(bill, ("tabagie",)) for bill in CATEGORIES)))


def _deduction_field(cell: str, formula: Total | LinesTotal) -> Field:
    return computed(
        f"hp_deductions.{cell}",
        f"Déduction HP, {cell.removeprefix('jour_').replace('_', ' ')}",
        formula,
        listed="hp_deductions[*]",
        listed_label="Déductions au Jour",
    )


def _paid(payment: str) -> tuple[tuple[str, tuple[str | None, ...]], ...]:
    return (("paiement", (payment,)),)


HP_ADMIN = Tab(
    "hp_admin",
    "HP / Administration",
    (
        Field(
            "hp_admin_entries",
            "Factures HP / Administration",
            LINES,
            cell="HP données",
            help="Listes POSitouch ADMIN et HOTEL PROM",
            columns=(
                Field("area", "Point de vente", CHOICE, help="Où la facture a été faite", choices=AREAS),
                Field("paiement", "Paiement", CHOICE, help="Mode de paiement du POS", choices=PAYMENTS),
                *(Field(key, label, help="Avant taxes", sign="+", asked=_BEFORE_TAXES) for key, label in AMOUNTS),
                Field("raison", "Motif", TEXT, help="Obligatoire"),
                Field("autorise_par", "Autorisé par", TEXT, help="Obligatoire"),
                computed("total", "Total", _TOTAL, "HP L"),
            ),
        ),
        computed("hp_admin_total", "Total HP / Administration", LinesTotal("hp_admin_entries", _TOTAL, zero_when=_NIL)),
        *(
            computed(
                f"hp_total_{payment}",
                f"Total {payment.capitalize()}",
                LinesTotal("hp_admin_entries", _TOTAL, _paid(payment), _NIL),
            )
            for payment in PAYMENTS[:2]
        ),
        *(
            computed(
                f"hp_pourboire_{payment}",
                f"Pourboires {payment.capitalize()}",
                LinesTotal("hp_admin_entries", "pourboire", _paid(payment), _NIL),
            )
            for payment in PAYMENTS[:2]
        ),
        *(
            _deduction_field(f"jour_{outlet}_{category}", _deduction(outlet, category))
            for outlet in OUTLET_AREAS
            for category in CATEGORIES.values()
        ),
        _deduction_field("jour_tabagie", LinesTotal("hp_admin_entries", "tabagie", (("area", AREAS),))),
        computed(
            "hp_sans_motif",
            "Factures sans motif ou autorisation",
            LinesLacking("hp_admin_entries", ("raison", "autorise_par"), ("sans_activite",)),
            kind=COUNT,
        ),
        Field("sans_activite", "Aucune facture HP", FLAG, help="Vrai quand l'onglet est déclaré sans activité"),
    ),
    required=("hp_admin_total",),
)
