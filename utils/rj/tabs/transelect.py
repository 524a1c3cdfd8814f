"""Onglet 4, Transelect: cards. Restaurant terminals against POSitouch; reception against the PMS."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from utils.money import ZERO
from utils.rj.arithmetic import Arrondi, Computed, Produit
from utils.rj.declaration import CARRIED, CHOICE, LINES, MONEY, PERCENT, TEXT, Field, Tab, computed, linked, proof
from utils.rj.expression import Copie, Total, ecart
from utils.rj.lines import GroupTotal, shown_figure

CARDS = ("debit", "visa", "mc", "discover", "amex")
CARD_LABELS = {"debit": "Débit", "visa": "Visa", "mc": "MasterCard", "discover": "Discover", "amex": "Amex"}
SOURCES = (
    ("fusebox", "Rapport bancaire (FreedomPay)", "B", "FreedomPay Transaction Summary après le PART"),
    ("term8", "Terminal réception 8", "C", "Lot du terminal"),
    ("k053", "Terminal réception K053", "D", "Lot du terminal"),
    ("daily_rev", "Daily Revenue", "P", "Règlement de la carte au Daily Revenue, en valeur absolue"),
)
GROUPS = ("pos", "banquet")
_BATCHES = tuple(f"transelect_restaurant.{card}.terminals" for card in CARDS)


def _per_card(key: str, label: str, column: str, formula: Any, row: int = 9, made: Any = computed) -> tuple[Field, ...]:
    """The five fields of a calculated column; ``formula`` builds one from the card."""
    return tuple(
        made(f"{key}_{card}", label.format(CARD_LABELS[card]), formula(card), f"transelect!{column}{row + i}")
        for i, card in enumerate(CARDS)
    )


def _names(key: str) -> tuple[str, ...]:
    return tuple(f"{key}_{card}" for card in CARDS)


def _restaurant(card: str) -> Total:
    return Total((f"transelect_total1_{card}", f"transelect_total2_{card}"))


def _discount(base: str | Total, card: str) -> Produit:
    return Produit(base, f"transelect_esc_pct_{card}", percent=True)


def _by_terminal(*rows: dict[str, Decimal] | None) -> dict[str, Decimal] | None:
    totals: dict[str, Decimal] = {}
    for row in rows:
        for terminal, batch in (row or {}).items():
            totals[terminal] = totals.get(terminal, ZERO) + batch
    return totals or None


def _by_terminal_shown(*rows: dict[str, Decimal] | None) -> str:
    parts: dict[str, list[str]] = {}
    for row in rows:
        for terminal, batch in (row or {}).items():
            parts.setdefault(terminal, []).append(shown_figure(batch))
    return " ; ".join(f"{terminal} : {' + '.join(batches)}" for terminal, batches in parts.items())


_TERMINALS = Field(
    "transelect_terminals",
    "Terminaux",
    LINES,
    Copie("previous.transelect_terminals"),
    "transelect!B8:U8",
    "Liste reprise de la veille; groupes pos et banquet",
    CARRIED,
    columns=(
        Field("id", "Identifiant du terminal", TEXT, help="Identifiant stable (bar_a … banquet_12)", role=CARRIED),
        Field("label", "Terminal", TEXT, help="Comme imprimé sur le lot", role=CARRIED),
        Field("group", "Groupe", CHOICE, help="pos ou banquet", role=CARRIED, choices=GROUPS),
    ),
)

_BATCH_FIELDS = tuple(
    field
    for card in CARDS
    for field in (
        Field(
            f"transelect_restaurant.{card}.terminals",
            f"Lots {CARD_LABELS[card]}",
            MONEY,
            cell="transelect!B9:U13",
            help="Lot Moneris ou POSitouch, par carte et terminal",
            sign="+",
            items=MONEY,
            listed="transelect_restaurant[*].terminals[*]",
            listed_label="Lot du terminal par carte",
        ),
        Field(
            f"transelect_restaurant.{card}.positouch",
            f"POSitouch {CARD_LABELS[card]}",
            cell="transelect!X9:X13",
            help="Établissement et Sales Journal (débit = Interac et panne Interac)",
            sign="+",
            listed="transelect_restaurant[*].positouch",
            listed_label="POSitouch",
        ),
    )
)

_RECEPTION_FIELDS = tuple(
    Field(
        f"transelect_reception.{card}.{key}",
        f"{label}, {CARD_LABELS[card]}",
        cell=f"transelect!{column}20:{column}24",
        help=report,
        sign="+",
        listed=f"transelect_reception[*].{key}",
        listed_label=label,
    )
    for key, label, column, report in SOURCES
    for card in CARDS
)

_RATES = tuple(
    linked(
        f"transelect_esc_pct_{card}",
        f"Escompte {CARD_LABELS[card]} %",
        Copie(f"property.rates.transelect.{card}"),
        f"transelect!Z{9 + i}",
        PERCENT,
    )
    for i, card in enumerate(CARDS)
)

_RESTAURANT = (
    *_per_card(
        "transelect_total1",
        "TOTAL 1 {}",
        "V",
        lambda card: GroupTotal(f"transelect_restaurant.{card}.terminals", "transelect_terminals", "pos"),
    ),
    *_per_card(
        "transelect_total2",
        "TOTAL 2 {}",
        "W",
        lambda card: GroupTotal(f"transelect_restaurant.{card}.terminals", "transelect_terminals", "banquet"),
    ),
    *_per_card(
        "transelect_var",
        "Variance restaurant {}",
        "Y",
        lambda card: ecart(_restaurant(card).plus, (f"transelect_restaurant.{card}.positouch",)),
        made=proof,
    ),
    *_per_card("transelect_esc", "Escompte {} $", "AA", lambda card: Arrondi(_discount(_restaurant(card), card))),
    *_per_card(
        "transelect_net",
        "NET {}",
        "AB",
        lambda card: Total(_restaurant(card).plus, (f"transelect_esc_{card}",)),
    ),
    computed(
        "transelect_terminal_totals",
        "Total par terminal",
        Computed(_by_terminal, _BATCHES, "Σ des cinq cartes, par terminal", _by_terminal_shown),
        "transelect!B14:U14",
        items=MONEY,
        listed="transelect_terminal_totals[*]",
    ),
    computed("transelect_total1", "TOTAL 1", Total(_names("transelect_total1")), "transelect!V14"),
    computed("transelect_total2", "TOTAL 2", Total(_names("transelect_total2")), "transelect!W14"),
    computed(
        "transelect_positouch_total",
        "POSitouch total",
        Total(tuple(f"transelect_restaurant.{card}.positouch" for card in CARDS)),
        "transelect!X14",
    ),
    proof("transelect_variance_restaurant", "Variance restaurant", Total(_names("transelect_var")), "transelect!Y14"),
    computed(
        "transelect_esc_total",
        "Escompte total",
        Arrondi(Total(tuple(_discount(_restaurant(card), card) for card in CARDS))),
        "transelect!AA14",
    ),
    computed(
        "transelect_net_total",
        "NET total",
        Total(("transelect_total1", "transelect_total2"), ("transelect_esc_total",)),
        "transelect!AB14",
    ),
)

_RECEPTION = (
    *_per_card(
        "transelect_rec_total",
        "TOTAL réception {}",
        "I",
        lambda card: Total(tuple(f"transelect_reception.{card}.{key}" for key in ("fusebox", "term8", "k053"))),
        20,
    ),
    *_per_card(
        "transelect_rec_var",
        "Variance réception {}",
        "Q",
        lambda card: ecart((f"transelect_rec_total_{card}",), (f"transelect_reception.{card}.daily_rev",)),
        20,
        proof,
    ),
    *_per_card(
        "transelect_rec_esc",
        "Escompte réception {} $",
        "S",
        lambda card: Arrondi(_discount(f"transelect_rec_total_{card}", card)),
        20,
    ),
    *_per_card(
        "transelect_rec_net",
        "NET GEAC {}",
        "T",
        lambda card: Total((f"transelect_rec_total_{card}",), (f"transelect_rec_esc_{card}",)),
        20,
    ),
    computed("transelect_rec_total", "TOTAL réception", Total(_names("transelect_rec_total")), "transelect!I25"),
    computed(
        "transelect_rec_daily_rev_total",
        "Daily Revenue total",
        Total(tuple(f"transelect_reception.{card}.daily_rev" for card in CARDS)),
        "transelect!P25",
    ),
    proof("transelect_variance_reception", "Variance réception", Total(_names("transelect_rec_var")), "transelect!Q25"),
    computed(
        "transelect_rec_esc_total",
        "Escompte réception total",
        Arrondi(Total(tuple(_discount(f"transelect_rec_total_{card}", card) for card in CARDS))),
        "transelect!S25",
    ),
    computed(
        "transelect_rec_net_total",
        "NET GEAC total",
        Total(("transelect_rec_total",), ("transelect_rec_esc_total",)),
        "transelect!T25",
    ),
)

TRANSELECT = Tab(
    "transelect",
    "Transelect, cartes",
    (
        _TERMINALS,
        *_BATCH_FIELDS,
        *_RECEPTION_FIELDS,
        *_RATES,
        *_RESTAURANT,
        *_RECEPTION,
        proof(
            "transelect_variance",
            "Variance générale (X20)",
            Total(("transelect_variance_restaurant", "transelect_variance_reception")),
            "transelect!X20",
        ),
        *(
            computed(
                f"transelect_quasimodo.{card}",
                f"Total {CARD_LABELS[card]} (Quasimodo)",
                Total((*_restaurant(card).plus, f"transelect_rec_total_{card}")),
                "transelect!rows 29-40",
                listed="transelect_quasimodo[*]",
                listed_label="Total par carte (Quasimodo)",
            )
            for card in CARDS
        ),
    ),
    required=("transelect_variance_restaurant", "transelect_variance_reception"),
    badge="synchronisé",
)
