"""Onglet 12, Quasimodo: cards and deposits against the net of the report; nothing is typed."""

from __future__ import annotations

from decimal import Decimal

from utils.french import number
from utils.rj.arithmetic import Arrondi, Computed, Produit
from utils.rj.declaration import FACTOR, Tab, computed, linked, proof
from utils.rj.expression import Copie, Total, ecart
from utils.rj.tabs.transelect import CARD_LABELS, CARDS

_GROSS = ("debit", "visa", "mc", "discover")
_CARDS = (
    *(f"quasi_fb_{card}" for card in CARDS),
    *(f"quasi_rec_{card}" for card in _GROSS),
    "quasi_rec_amex_net",
)


def _kept_after_discount(rate: Decimal) -> Decimal:
    """At least four decimals, more if the rate asks for them."""
    return 1 - rate.normalize().scaleb(-2) + Decimal("0.0000")


def _kept_shown(rate: Decimal) -> str:
    return f"1 \N{MINUS SIGN} {number(rate)} ÷ 100"


QUASIMODO = Tab(
    "quasimodo",
    "Quasimodo",
    (
        *(
            linked(
                f"quasi_mon_{card}",
                f"{CARD_LABELS[card]} — MON (TOTAL 1)",
                Copie(f"transelect.transelect_total1_{card}"),
                f"Quasimodo!B{2 + i}",
            )
            for i, card in enumerate(CARDS)
        ),
        *(
            linked(
                f"quasi_glb_{card}",
                f"{CARD_LABELS[card]} — GLB (TOTAL 2)",
                Copie(f"transelect.transelect_total2_{card}"),
                f"Quasimodo!B{7 + i}",
            )
            for i, card in enumerate(CARDS)
        ),
        *(
            computed(
                f"quasi_fb_{card}",
                f"{CARD_LABELS[card]} — restaurant",
                Total((f"quasi_mon_{card}", f"quasi_glb_{card}")),
            )
            for card in CARDS
        ),
        *(
            linked(
                f"quasi_rec_{card}",
                f"{CARD_LABELS[card]} — réception (brut)",
                Copie(f"transelect.transelect_rec_total_{card}"),
                f"Quasimodo!B{12 + i}",
            )
            for i, card in enumerate(CARDS)
        ),
        linked(
            "quasi_amex_factor",
            "Facteur Amex",
            Computed(_kept_after_discount, ("property.rates.transelect.amex",), "1 − escompte Amex ÷ 100", _kept_shown),
            kind=FACTOR,
        ),
        computed(
            "quasi_rec_amex_net",
            "Amex réception net",
            Arrondi(Produit("quasi_rec_amex", "quasi_amex_factor")),
            "Quasimodo!B16",
        ),
        computed(
            "quasi_frais_discover",
            "Frais Discover",
            Arrondi(
                Produit(Total(("quasi_fb_discover", "quasi_rec_discover")), "property.rates.rj.discover", percent=True)
            ),
        ),
        linked("quasi_cash_cdn", "Dépôt canadien", Copie("recap.recap_depot_cdn_calcule"), "Quasimodo!B17"),
        linked("quasi_cash_usd", "Dépôt US", Copie("recap.deposit_us"), "Quasimodo!B18"),
        computed(
            "quasi_total",
            "Total Quasimodo",
            Total(
                (*_CARDS, "quasi_cash_cdn", "quasi_cash_usd"),
                ("quasi_frais_discover",),
                needs_one=_CARDS,
            ),
        ),
        linked("quasi_rj_total", "Net du RJ (transit)", Copie("jour.jour_net_banque"), "Quasimodo!−B19"),
        proof("quasi_variance", "Variance Quasimodo", ecart(("quasi_total",), ("quasi_rj_total",)), "Quasimodo!H19"),
    ),
    required=("quasi_variance",),
    badge="automatique",
)
