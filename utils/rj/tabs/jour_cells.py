"""The cells of the Jour: twenty-five F&B cells, the other credits (E to BF) and the debits (BI to CI)."""

from __future__ import annotations

from utils.rj.declaration import Field, computed, linked
from utils.rj.expression import Copie, Expression, Total
from utils.rj.lines import LinesTotal

OUTLETS = {
    "cafe": "Café Link",
    "piazza": "Piazza/Cupola",
    "spesa": "Marché La Spesa",
    "chambres_svc": "Service aux chambres",
    "banquet": "Banquet",
}
CATEGORIES = {
    "nourriture": "nourriture",
    "boisson": "alcool",
    "bieres": "bières",
    "mineraux": "minéraux",
    "vins": "vins",
}
_FB = tuple((outlet, category) for outlet in OUTLETS for category in CATEGORIES)
FB_CELLS = tuple(f"jour_{outlet}_{category}" for outlet, category in _FB)


def _column(position: int) -> str:
    """Letter of the workbook's column: 5 is E, 58 is BF."""
    first, second = divmod(position - 1, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


def adjustments(dept: str, category: str = "") -> LinesTotal:
    """Manual cashier posts of a department, of one category of it when given (nourriture when the line says none)."""
    where: tuple[tuple[str, tuple[str | None, ...]], ...] = (("dept", (dept,)),)
    if category:
        accepted = ("nourriture", None) if category == "nourriture" else (category,)
        where = (*where, ("categorie", accepted))
    return LinesTotal("jour_adj_notes", "montant", where)


POS_FIELDS = (
    *(
        Field(
            f"jour_pos_{outlet}_{category}",
            f"POSitouch {OUTLETS[outlet]} — {CATEGORIES[category]}",
            help="Sales Journal for Entire House",
        )
        for outlet, category in _FB
    ),
    Field("jour_pos_tabagie", "POSitouch Tabagie", help="Sales Journal"),
)

FB_FIELDS = tuple(
    computed(
        f"jour_{outlet}_{category}",
        f"{OUTLETS[outlet]} — {CATEGORIES[category]}",
        Total(
            (f"jour_pos_{outlet}_{category}", adjustments(outlet, category)),
            (f"hp_admin.hp_deductions.jour_{outlet}_{category}",),
            needs=(f"jour_pos_{outlet}_{category}",),
        ),
        f"jour!{_column(5 + position)}",
        direct=True,
    )
    for position, (outlet, category) in enumerate(_FB)
)


def _credit(key: str, label: str, column: str, report: str = "Crédit +") -> Field:
    return Field(key, label, cell=f"jour!{column}", help=report)


def _tax(tax: str, label: str, column: str) -> tuple[Field, ...]:
    parts = (("pms", "part PMS"), ("pos", "part POSitouch"), ("autres", "autres parts"))
    return tuple(
        Field(
            f"jour_{tax}_{part}",
            f"{label} — {name}",
            cell=f"jour!{column} (terme)",
            help="Rangé par source : un second import remplace, il n'ajoute pas",
        )
        for part, name in parts
    )


def _tax_total(tax: str, label: str, column: str) -> Field:
    parts = tuple(f"jour_{tax}_{part}" for part in ("pms", "pos", "autres"))
    return computed(f"jour_{tax}", label, Total(parts), f"jour!{column}", direct=True)


CREDIT_FIELDS = (
    _credit("jour_pourboires", "Pourboires", "AD", "Sales Journal, pourboires chargés"),
    _credit("jour_equipement", "Équipement audio-visuel", "AE", "POSitouch, catégorie 8"),
    _credit("jour_divers", "Divers (restaurant)", "AF", "POSitouch, catégorie 11"),
    _credit("jour_location_salle", "Location de salles", "AG", "POSitouch et forfaits de réunion des groupes"),
    _credit("jour_socan", "Droits d'auteur SOCAN", "AH", "POSitouch, catégories 9-10"),
    _credit("jour_resonne", "Droits d'auteur Ré:sonne", "AI", "POSitouch, catégorie 18"),
    computed(
        "jour_tabagie",
        "Tabagie",
        Total(
            ("jour_pos_tabagie", "jour_adj_tabagie"),
            ("hp_admin.hp_deductions.jour_tabagie",),
            needs=("jour_pos_tabagie",),
        ),
        "jour!AJ",
        direct=True,
    ),
    _credit("jour_room_revenue_brut", "Chambres (brut PMS)", "AK (1st term)", "Daily Revenue, total des chambres"),
    Field(
        "g4_montant",
        "Allocation G4 / club",
        cell="jour!AK, BF (term)",
        help="Room Type Production, par chambre club",
        sign="+",
    ),
    computed(
        "jour_room_revenue",
        "Chambres",
        Total(
            ("jour_room_revenue_brut", adjustments("chambres")),
            ("g4_montant",),
            needs=("jour_room_revenue_brut",),
        ),
        "jour!AK",
        direct=True,
    ),
    _credit("jour_tel_interurbain", "Téléphone interurbain", "AL", "Cashier Detail 30.2"),
    _credit("jour_tel_local", "Téléphone local", "AM", "Cashier Detail 30.1"),
    _credit("jour_tel_publics", "Téléphone — frais de service", "AN"),
    _credit("jour_nettoyeur", "Valet / buanderie", "AO", "Daily Revenue"),
    _credit("jour_machine_distrib", "Machine / liqueurs", "AP", "Montré sous Divers au rapport"),
    _credit("jour_st_martin", "St-Martin Électrique", "AQ", "Vente d'électricité"),
    _credit("jour_buanderette", "Buanderette", "AR"),
    _credit("jour_autres_gl", "Autres grand livre", "AS", "Autres écritures du PMS; garde son signe"),
    linked("jour_sonifi", "Location de films (Sonifi)", Copie("sonifi.sonifi_cd_352"), "jour!AT", direct=True),
    _credit("jour_lit_pliant", "Autre revenu (lit pliant)", "AU", "Daily Revenue"),
    _credit("jour_boutique", "Location boutique", "AV"),
    _credit("jour_internet", "Internet", "AW", "Daily Revenue, service 36 (36.1, 36.5 et banquets)"),
    *_tax("tvq", "TVQ", "AX"),
    *_tax("tps", "TPS", "AY"),
    _tax_total("tvq", "TVQ", "AX"),
    _tax_total("tps", "TPS", "AY"),
    _credit("jour_taxe_hebergement", "Taxe d'hébergement (TVH)", "AZ", "Daily Revenue"),
    _credit("jour_massage", "Massage", "BA"),
    _credit("jour_vestiaire", "Vestiaire", "BB"),
    _credit("jour_ristournes", "Ristournes 201802", "BC"),
    _credit("jour_fax", "Fax / photocopies / téléphone", "BD"),
    _credit("jour_billets_promo", "Billets promotion", "BE"),
    Field(
        "jour_forfait_sj",
        "Forfait (Sales Journal)",
        cell="jour!BF (term)",
        help="Le journal l'imprime positif : tapez-le négatif",
        sign="-",
    ),
    computed(
        "jour_diff_forfait",
        "Différence forfait",
        Total(("jour_forfait_sj", "g4_montant")),
        "jour!BF",
        direct=True,
    ),
)

_NOT_A_CELL = {"jour_room_revenue_brut", "g4_montant", "jour_forfait_sj"}
CREDITS = (
    *FB_CELLS,
    *(f.key for f in CREDIT_FIELDS if f.key not in _NOT_A_CELL and not f.cell.endswith("(terme)")),
)


def _restaurant_and_reception(card: str) -> Total:
    return Total(
        (
            *(f"transelect.transelect_total1_{card}", f"transelect.transelect_total2_{card}"),
            f"transelect.transelect_rec_total_{card}",
        )
    )


CARD_SOURCES: dict[str, Expression] = {
    "amex_elavon": Copie("transelect.transelect_rec_total_amex"),
    "discover": _restaurant_and_reception("discover"),
    "mc": _restaurant_and_reception("mc"),
    "visa": _restaurant_and_reception("visa"),
    "debit": _restaurant_and_reception("debit"),
    "amex_global": Total(("transelect.transelect_total1_amex", "transelect.transelect_total2_amex")),
}
CARD_NAMES = {
    "amex_elavon": "Amex Elavon",
    "discover": "Discover",
    "mc": "MasterCard",
    "visa": "Visa",
    "debit": "Débit",
    "amex_global": "Amex Global",
}
CARD_CELLS = tuple(f"jour_carte_{card}" for card in CARD_SOURCES)

# the seven cells that come from the Recap, BU to CA: key, label, source
RECAP_SOURCES: dict[str, tuple[str, Expression]] = {
    "jour_argent_recu": ("Argent reçu", Copie("recap.recap_argent_recu")),
    "jour_remb_client": ("Remb. serveurs + déboursés", Total(("recap.remb_client_net", "recap.remb_loterie_net"))),
    "jour_remb_gratuite": ("Remb. gratuité POSitouch", Copie("recap.remb_gratuite_net")),
    "jour_depot_us": ("Dépôt US", Copie("recap.deposit_us")),
    "jour_dueback_reception": ("Due back réception", Copie("recap.dueback_reception_net", -1)),
    "jour_exchange_us": ("Échange US", Copie("recap.exchange_us_net", -1)),
    "jour_surplus_deficit": ("Surplus / déficit", Copie("recap.surplus_deficit_net", -1)),
}


def _debit(key: str, label: str, column: str, report: str = "Débit +") -> Field:
    return Field(key, label, cell=f"jour!{column}", help=report)


DEBIT_FIELDS = (
    *(
        linked(
            f"jour_carte_{card}",
            f"Carte {CARD_NAMES[card]}",
            source,
            f"jour!{_column(61 + position)}",
            help="Onglet Transelect, montant brut",
            direct=True,
        )
        for position, (card, source) in enumerate(CARD_SOURCES.items())
    ),
    _debit("jour_repas_nb", "Repas N.B.", "BO"),
    _debit("jour_star_hot", "50 % Star Hot", "BP"),
    linked(
        "jour_hp_admin",
        "H/P Administration (14)",
        Copie("hp_admin.hp_pourboire_administration"),
        "jour!BQ",
        direct=True,
    ),
    linked(
        "jour_hp_promotion", "Hôtel promotion (15)", Copie("hp_admin.hp_pourboire_promotion"), "jour!BR", direct=True
    ),
    _debit("jour_promesse_repas", "Promesse de service — repas", "BS"),
    _debit("jour_traiteur_promotion", "Traiteur promotion", "BT"),
    *(
        linked(key, label, source, f"jour!{_column(73 + position)}", help="Onglet Recap", direct=True)
        for position, (key, (label, source)) in enumerate(RECAP_SOURCES.items())
    ),
    _debit("jour_certificats", "Certificats-cadeaux", "CB", "Débit ±"),
    _debit("jour_gift_cards", "Bons d'achat / cartes-cadeaux", "CC", "Débit ±"),
    _debit("jour_paiements_cchp", "Paiements CCHP", "CD", "Débit ±"),
    _debit("jour_promesse_service", "C.C. promesse de service", "CE", "Débit ±"),
    linked(
        "jour_ar_transferts",
        "Transferts aux comptes à recevoir",
        Copie("geac.geac_balance_sheet.facture_ar"),
        "jour!CF (1st term)",
        direct=True,
    ),
    Field(
        "jour_ar_paiements",
        "Paiements reçus sur comptes à recevoir",
        cell="jour!CF (2nd term)",
        help="En valeur positive, soustrait",
        sign="+",
    ),
    computed(
        "jour_ar_misc",
        "Transfert aux comptes à recevoir (net)",
        Total(("jour_ar_transferts",), ("jour_ar_paiements",)),
        "jour!CF",
        direct=True,
    ),
    _debit("jour_transfert_royal", "Transfert royal", "CG", "Débit ±"),
    _debit("jour_transfert_bancaire", "Transfert bancaire", "CH", "Débit ±"),
    _debit("jour_cash_operation", "Cash operation", "CI", "Débit ±"),
)
DEBITS = tuple(f.key for f in DEBIT_FIELDS if f.key not in {"jour_ar_transferts", "jour_ar_paiements"})
