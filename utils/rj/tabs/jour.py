"""Onglet 11, Jour: the master row of the night. Balances, credits, debits, cash difference, report, statistics."""

from __future__ import annotations

from decimal import Decimal

from utils.rj.arithmetic import Arrondi, Computed, Produit
from utils.rj.declaration import CARRIED, CHOICE, FLAG, LINES, TEXT, Field, Tab, computed, proof
from utils.rj.expression import Copie, Total
from utils.rj.lines import LinesTotal, shown_figure
from utils.rj.tabs.jour_cells import (
    CARD_CELLS,
    CATEGORIES,
    CREDIT_FIELDS,
    CREDITS,
    DEBIT_FIELDS,
    DEBITS,
    FB_FIELDS,
    OUTLETS,
    POS_FIELDS,
    adjustments,
)
from utils.rj.tabs.jour_statistics import STATISTICS, sum_parts, to_date

ADJUSTED = (*OUTLETS, "tabagie", "chambres")
CAUSES = ("erreur_pos", "erreur_pms", "decalage", "depot", "autre")
_DRINKS = ("boisson", "bieres", "mineraux", "vins")
_TOTAL_OF = {
    "nourriture": ("jour_total_nourriture", "Total nourriture", "DG"),
    "boisson": ("jour_total_alcool", "Total alcool", "DH"),
    "bieres": ("jour_total_bieres", "Total bières", "DI"),
    "mineraux": ("jour_total_mineraux", "Total minéraux", "DJ"),
    "vins": ("jour_total_vins", "Total vins", "DK"),
}
_REPORT_ROW = {"cafe": 14, "piazza": 15, "spesa": 17, "chambres_svc": 18, "banquet": 16}
_FEES = (
    ("amex", "amex_elavon", "Amex", "CW"),
    ("discover", "discover", "Discover", "CX"),
    ("mc", "mc", "MasterCard", "CY"),
    ("visa", "visa", "Visa", "CZ"),
)


def _is_timing_pair(residue: Decimal | None, yesterday: Decimal | None, tolerance: Decimal) -> bool | None:
    """True when tonight's unexplained remainder reverses yesterday's."""
    if residue is None or yesterday is None:
        return None
    return abs(residue) > tolerance and abs(residue + yesterday) <= tolerance


def _pair_shown(residue: Decimal, yesterday: Decimal, tolerance: Decimal) -> str:
    tonight, before, limit = shown_figure(residue), shown_figure(yesterday), shown_figure(tolerance)
    return f"|{tonight}| > {limit} et |{tonight} + {before}| ≤ {limit}"


def _fee(card: str, rate: str) -> Arrondi:
    return Arrondi(Produit(f"jour_carte_{card}", f"property.rates.rj.{rate}", percent=True))


_BALANCES = (
    Field(
        "jour_opening_balance",
        "Balance d'ouverture",
        formula=Copie("previous.jour_new_balance"),
        cell="jour!B",
        help="Nouvelle balance de la veille",
        role=CARRIED,
        direct=True,
    ),
    Field(
        "jour_guest_ledger",
        "Grand livre clients (signé)",
        cell="jour!D (1st term)",
        help="Daily Revenue p. 7, nouveau solde avec son vrai signe (solde créditeur négatif)",
    ),
    Field(
        "jour_deposit_on_hand",
        "Dépôt en main",
        cell="jour!D (2nd term)",
        help="Advance Deposit Balance Sheet, Deposit on Hand Today; en valeur positive",
        sign="+",
    ),
    computed(
        "jour_new_balance",
        "Nouvelle balance",
        Total(("jour_guest_ledger",), ("jour_deposit_on_hand",), strict=True),
        "jour!D",
        direct=True,
    ),
)

_ADJUSTMENTS = (
    Field(
        "jour_adj_notes",
        "Ajustements",
        LINES,
        help="Écritures manuelles du caissier",
        listed="",
        columns=(
            Field("dept", "Ajustement — département", CHOICE, help="Point de vente", choices=ADJUSTED),
            Field("categorie", "Ajustement — catégorie", CHOICE, help="Nourriture si vide", choices=tuple(CATEGORIES)),
            Field("montant", "Ajustement — montant", help="±, codes 50 et plus"),
            Field("raison", "Ajustement — motif", TEXT, help="Obligatoire"),
        ),
    ),
    *(
        computed(f"jour_adj_{dept}", f"Ajustements {OUTLETS.get(dept, 'Tabagie')}", adjustments(dept))
        for dept in ADJUSTED[:-1]
    ),
)

_DIFFERENCE = (
    computed("jour_total_credits_colonnes", "Crédits (E à BF)", Total(CREDITS)),
    computed("jour_total_debits_colonnes", "Débits (BI à CI)", Total(DEBITS)),
    computed(
        "jour_diff_caisse",
        "Différence de caisse",
        Total(
            ("jour_new_balance", "jour_total_debits_colonnes"),
            ("jour_opening_balance", "jour_total_credits_colonnes"),
            needs=("jour_new_balance", "jour_opening_balance"),
        ),
        "jour!C",
    ),
    computed("jour_diff_caisse_transelect", "Expliqué — variance des cartes", Copie("transelect.transelect_variance")),
    computed("jour_diff_caisse_facture", "Expliqué — facture directe", Copie("geac.geac_var_facture", -1)),
    Field(
        "diff_caisse_entries",
        "Explications de la différence de caisse",
        LINES,
        help="Cause, montant et note",
        listed="",
        columns=(
            Field("cause", "Explication — cause", CHOICE, cell="Diff.Caisse#", help="Nature", choices=CAUSES),
            Field("montant", "Explication — montant", cell="Diff.Caisse#", help="±"),
            Field("note", "Explication — note", TEXT, help="Obligatoire"),
        ),
    ),
    computed("jour_diff_caisse_lignes", "Expliqué — lignes saisies", LinesTotal("diff_caisse_entries", "montant")),
    proof(
        "jour_diff_caisse_residu",
        "Reste à expliquer",
        Total(
            ("jour_diff_caisse",),
            ("jour_diff_caisse_transelect", "jour_diff_caisse_facture", "jour_diff_caisse_lignes"),
            needs=("jour_diff_caisse",),
        ),
    ),
    computed(
        "jour_diff_caisse_paire",
        "Décalage probable avec la veille",
        Computed(
            _is_timing_pair,
            ("jour_diff_caisse_residu", "previous.jour_diff_caisse_residu", "property.tolerances.diff_caisse"),
            "vrai quand le reste d'aujourd'hui renverse celui d'hier",
            _pair_shown,
        ),
        kind=FLAG,
    ),
)

_REPORT = (
    *(
        computed(f"jour_frais_{key}", f"Frais {label}", _fee(card, key), f"jour!{column}")
        for key, card, label, column in _FEES
    ),
    computed("jour_frais_amex_global", "Frais Amex Global", _fee("amex_global", "amex"), "rj!N36"),
    *(
        computed(key, label, Total(tuple(f"jour_{outlet}_{category}" for outlet in OUTLETS)), f"jour!{column}")
        for category, (key, label, column) in _TOTAL_OF.items()
    ),
    computed("jour_total_boissons", "Total boissons", Total(tuple(_TOTAL_OF[c][0] for c in _DRINKS)), "jour!DM"),
    *(
        computed(
            f"jour_boissons_{outlet}",
            f"Boissons {label}",
            Total(tuple(f"jour_{outlet}_{category}" for category in _DRINKS)),
            f"rj!B{_REPORT_ROW[outlet]}",
        )
        for outlet, label in OUTLETS.items()
    ),
    computed(
        "jour_total_fb",
        "Total nourriture et boisson",
        Total(("jour_total_nourriture", "jour_total_boissons")),
        "rj!B13+B19",
    ),
    computed(
        "jour_total_fb_salles",
        "Total N&B et location de salles",
        Total(("jour_total_fb", "jour_location_salle")),
        "rj!B21",
    ),
    computed(
        "jour_revenu_divers",
        "Divers (rapport)",
        Total(("jour_lit_pliant", "jour_divers", "jour_machine_distrib")),
        "rj!B31",
    ),
    computed(
        "jour_total_autres_revenus",
        "Total autres revenus",
        Total(
            (
                *("jour_tel_interurbain", "jour_tel_local", "jour_tel_publics", "jour_nettoyeur", "jour_buanderette"),
                *("jour_equipement", "jour_tabagie", "jour_internet", "jour_sonifi", "jour_revenu_divers"),
                *("jour_st_martin", "jour_fax", "jour_boutique"),
            )
        ),
        "rj!B22:B34",
    ),
    computed(
        "jour_total_revenue",
        "TOTAL REVENUS",
        Total(("jour_room_revenue", "jour_total_fb_salles", "jour_total_autres_revenus")),
        "rj!B35",
    ),
    computed(
        "jour_total_credit",
        "TOTAL CRÉDIT",
        Total(
            (
                *("jour_total_revenue", "jour_pourboires", "jour_socan", "jour_resonne", "jour_tvq", "jour_tps"),
                *("jour_taxe_hebergement", "jour_massage", "jour_vestiaire", "jour_ristournes", "jour_diff_forfait"),
                *("jour_billets_promo", "jour_autres_gl", "jour_diff_caisse"),
            )
        ),
        "rj!B50",
    ),
    computed("jour_total_cartes", "Transfert C.C.", Total(CARD_CELLS), "rj!J39"),
    computed(
        "jour_total_hp",
        "Hôtel promotion (total)",
        Total(
            (
                *("jour_repas_nb", "jour_star_hot", "jour_hp_admin", "jour_hp_promotion"),
                *("jour_promesse_repas", "jour_traiteur_promotion"),
            )
        ),
        "rj!J49",
    ),
    computed("jour_total_debit", "TOTAL DÉBIT", Copie("jour_total_debits_colonnes"), "rj!B51:B67"),
    computed(
        "jour_balance_fermeture",
        "Balance de fermeture",
        Total(("jour_opening_balance", "jour_total_credit"), ("jour_total_debit",), needs=("jour_diff_caisse",)),
        "rj!B68",
    ),
    computed(
        "jour_depot_cdn",
        "Dépôt canadien",
        Total(("jour_argent_recu", "jour_remb_client", "jour_remb_gratuite")),
        "rj!J25",
    ),
    computed(
        "jour_net_banque",
        "Net à la banque",
        Total(
            (*CARD_CELLS, "jour_depot_cdn", "jour_depot_us"),
            ("jour_frais_amex", "jour_frais_discover"),
        ),
        "rj!N39",
    ),
)

_TONIGHT = (
    *_BALANCES,
    *POS_FIELDS,
    *_ADJUSTMENTS,
    *FB_FIELDS,
    *CREDIT_FIELDS,
    *DEBIT_FIELDS,
    *_DIFFERENCE,
    *_REPORT,
    *STATISTICS,
)
SUM_PARTS = sum_parts(_TONIGHT)
"""The sums that each sum to date is made of: a night that lacks one of them has not the whole of the figure."""

JOUR = Tab(
    "jour",
    "Jour",
    (*_TONIGHT, *to_date(SUM_PARTS)),
    required=(
        *("jour_diff_caisse", "jour_room_revenue", "jour_total_fb"),
        *("jour_tvq", "jour_tps", "jour_occupancy_rate"),
    ),
    badge="synchronisé",
)
