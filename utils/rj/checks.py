"""The thirty-five checks of the Sommaire: formula, tolerance, severity, where to look and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from utils.rj.arithmetic import Arrondi, AuMoinsZero, Computed, Constante, Magnitude, PlusGrand, Quotient
from utils.rj.declaration import COUNT, FACTOR, MONEY
from utils.rj.expression import Copie, Expression, Term, Total, ecart
from utils.rj.lines import Line, shown_figure
from utils.rj.tabs.geac import BALANCE_SHEET
from utils.rj.tabs.jour_cells import CARD_SOURCES, RECAP_SOURCES
from utils.rj.tabs.transelect import CARDS

OK: Final = "ok"
INFO: Final = "info"
WARNING: Final = "avertissement"
BLOCKING: Final = "bloquant"
NOT_APPLICABLE: Final = "na"
SEVERITIES: Final = (INFO, WARNING, BLOCKING)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the Sommaire; ``leads_to`` is the field an auditor must look at first."""

    key: str
    label: str
    formula: Expression
    tolerance: str
    default_tolerance: str
    severity: str
    message: str
    advice: str
    leads_to: str
    kind: str = MONEY


def status(value: Decimal | int | None, tolerance: Decimal, severity: str) -> str:
    """``ok`` within the tolerance, else the severity; ``na`` without a value."""
    if value is None:
        return NOT_APPLICABLE
    return OK if -tolerance <= value <= tolerance else severity


def status_shown(value: Decimal | int | None, tolerance: Decimal, severity: str) -> str:
    """« |−9 609,77| > 0,01 : avertissement »."""
    if value is None:
        return "vide : na"
    sign = "≤" if -tolerance <= value <= tolerance else ">"
    return f"|{shown_figure(value)}| {sign} {shown_figure(tolerance)} : {status(value, tolerance, severity)}"


def _gap(first: Term, second: Term) -> Magnitude:
    return Magnitude(ecart((first,), (second,)))


def _repeated_floats(entries: tuple[Line, ...] | None, last: tuple[Line, ...] | None) -> list[tuple[Any, Any]]:
    """Carried float and last night's due back, for persons of tonight who repay something and had one."""
    before = {line["name"]: line["nouveau"] for line in last or () if "name" in line and "nouveau" in line}
    return [
        (line["previous"], before[line["name"]])
        for line in entries or ()
        if line.get("previous") and line.get("name") in before
    ]


def _float_gap(entries: tuple[Line, ...] | None, last: tuple[Line, ...] | None) -> Decimal | None:
    pairs = _repeated_floats(entries, last)
    return sum((abs(carried + before) for carried, before in pairs), Decimal(0)) if pairs else None


def _float_gap_shown(entries: tuple[Line, ...] | None, last: tuple[Line, ...] | None) -> str:
    pairs = _repeated_floats(entries, last)
    return " + ".join(f"|{shown_figure(carried)} + {shown_figure(before)}|" for carried, before in pairs)


_GEAC_AND_TRANSELECT = Total(
    tuple(_gap(f"geac.geac_cashout_total_{c}", f"transelect.transelect_rec_total_{c}") for c in ("amex", "mc", "visa"))
)
_HP_TIPS = Total(
    (
        _gap("hp_admin.hp_pourboire_administration", "jour.jour_hp_admin"),
        _gap("hp_admin.hp_pourboire_promotion", "jour.jour_hp_promotion"),
    )
)
_ROOMS_ABOVE = AuMoinsZero(
    Total(
        ("jour.jour_rooms_occupees", "jour.jour_rooms_hors_usage"),
        ("jour.jour_rooms_disponibles",),
        needs=("jour.jour_rooms_occupees", "jour.jour_rooms_disponibles"),
    )
)
_UNCLASSIFIED = Total(
    ("dbrs.dbrs_grand_total",),
    ("dbrs.dbrs_daily_revenue", "dbrs.dbrs_allowance", "dbrs.dbrs_daily_rev.guaranteed_no_show"),
    needs=("dbrs.dbrs_grand_total", "dbrs.dbrs_daily_revenue"),
)

CHECKS: Final = (
    Check(
        "chk_ouverture",
        "Ouverture = fermeture de la veille",
        ecart(("jour.jour_opening_balance",), ("previous.jour_new_balance",)),
        *("ouverture", "0.00", BLOCKING),
        "L'ouverture ne suit pas la fermeture de la veille.",
        "Rouvrez la nuit précédente ou reprenez son solde.",
        "jour.jour_opening_balance",
    ),
    Check(
        "chk_recap",
        "Balance du Recap",
        Copie("recap.recap_balance"),
        *("recap", "0.01", BLOCKING),
        "Le Recap ne balance pas.",
        "Recomptez les enveloppes, relisez les lignes Comptant, vérifiez le signe des remboursements.",
        "recap.deposit_cdn",
    ),
    Check(
        "chk_recap_transfert",
        "Recap envoyé au Jour",
        Total(tuple(_gap(f"jour.{key}", source) for key, (_, source) in RECAP_SOURCES.items())),
        *("transfert", "0.01", WARNING),
        "Une cellule du Jour diffère du Recap.",
        "Prenez la valeur du Recap ou justifiez.",
        "jour.jour_argent_recu",
    ),
    Check(
        "chk_transelect_reception",
        "Cartes réception",
        PlusGrand(tuple(Magnitude(f"transelect.transelect_rec_var_{card}") for card in CARDS)),
        *("transelect_reception", "0.01", BLOCKING),
        "FreedomPay ≠ Daily Revenue.",
        "Cherchez un règlement manquant ou double, une carte saisie à la main dans le PMS.",
        "transelect.transelect_reception.visa.fusebox",
    ),
    Check(
        "chk_transelect_x20",
        "Variance générale des cartes (X20)",
        Copie("transelect.transelect_variance"),
        *("transelect_x20", "0.01", WARNING),
        "Les terminaux et les ventes diffèrent.",
        "Mauvais mode de paiement au POS, lot manquant, pourboire non saisi.",
        "transelect.transelect_restaurant.visa.positouch",
    ),
    Check(
        "chk_cartes_transfert",
        "Cartes envoyées au Jour",
        Total(tuple(_gap(f"jour.jour_carte_{card}", source) for card, source in CARD_SOURCES.items())),
        *("transfert", "0.01", WARNING),
        "Une carte du Jour diffère du Transelect.",
        "Prenez la valeur du Transelect ou justifiez.",
        "jour.jour_carte_visa",
    ),
    Check(
        "chk_geac_cartes",
        "GEAC : Cash Out contre Daily Revenue",
        Total(tuple(Magnitude(f"geac.geac_cashout_var_{card}") for card in ("amex", "diners", "mc", "visa"))),
        *("geac_cartes", "0.01", WARNING),
        "Cash Out ≠ Daily Revenue.",
        "Écrivez à la comptabilité.",
        "geac.geac_cashout.co1_visa",
    ),
    Check(
        "chk_geac_reception",
        "GEAC : Cash Out contre Transelect",
        _GEAC_AND_TRANSELECT,
        *("geac_cartes", "0.01", WARNING),
        "Cash Out ≠ Transelect.",
        "Même règlement, autre rapport : vérifiez la date.",
        "geac.geac_cashout.co1_visa",
    ),
    Check(
        "chk_geac_bilan",
        "GEAC : bilan du système",
        Total(tuple(Magnitude(f"geac.geac_var_{line[0]}") for line in BALANCE_SHEET)),
        *("geac_bilan", "0.01", WARNING),
        "Une ligne du bilan diffère.",
        "Notez-la et écrivez à la comptabilité; elle explique la différence de caisse.",
        "geac.geac_balance_sheet.prev_dr",
    ),
    Check(
        "chk_geac_veille",
        "GEAC : suite de la veille",
        Copie("geac.geac_var_veille"),
        *("geac_bilan", "0.01", WARNING),
        "Solde de la veille différent.",
        "Écriture tardive sur la journée précédente.",
        "geac.geac_balance_sheet.prev_gl",
    ),
    Check(
        "chk_geac_identite",
        "Grand livre : veille + activité = nouveau",
        Copie("geac.geac_var_identite"),
        *("geac_bilan", "0.01", WARNING),
        "Veille + activité ≠ nouveau solde.",
        "Vérifiez le signe de l'activité ou du grand livre.",
        "geac.geac_balance_sheet.today_gl",
    ),
    Check(
        "chk_guest_ledger",
        "Grand livre du Jour = GEAC",
        ecart((Magnitude("jour.jour_guest_ledger"),), (Magnitude("geac.geac_balance_sheet.newbal_gl"),)),
        *("geac_bilan", "0.01", WARNING),
        "Le grand livre du Jour diffère du GEAC.",
        "Erreur de frappe dans l'un des deux.",
        "jour.jour_guest_ledger",
    ),
    Check(
        "chk_ar",
        "Comptes à recevoir",
        Copie("geac.geac_ar_variance"),
        *("ar", "0.01", BLOCKING),
        "Comptes à recevoir non balancés.",
        "Facture, ajustement ou paiement manquant.",
        "geac.geac_ar_new_balance",
    ),
    Check(
        "chk_dueback",
        "Due back : contrôle Z",
        Copie("dueback.dueback_z"),
        *("dueback", "0.01", WARNING),
        "Z n'est pas nul.",
        "Un due back a été inscrit sans sa ligne, ou l'inverse.",
        "dueback.dueback_entries",
    ),
    Check(
        "chk_dueback_report",
        "Due back : soldes repris",
        Computed(
            _float_gap,
            ("dueback.dueback_entries", "previous.dueback"),
            "Σ |solde repris + due back d'hier| des personnes de la nuit qui remettent un solde",
            _float_gap_shown,
        ),
        *("dueback", "0.01", INFO),
        "Solde repris différent d'hier.",
        "Confirmez avec le réceptionniste.",
        "dueback.dueback_entries",
    ),
    Check(
        "chk_sd_surplus",
        "SD : variance = surplus/déficit du Recap",
        ecart(("sd.sd_total_variance",), ("recap.surplus_deficit_net",)),
        *("sd_surplus", "0.01", BLOCKING),
        "La variance du SD n'est pas celle du Recap.",
        "Reprenez le total du SD.",
        "recap.surplus_deficit_lecture",
    ),
    Check(
        "chk_sd_depot",
        "SD : vérifié = dépôt du Recap",
        ecart(("sd.sd_total_verified_cdn",), ("recap.deposit_cdn",)),
        *("depot", "0.01", WARNING),
        "Le vérifié du SD n'est pas le dépôt.",
        "Une enveloppe n'a été saisie qu'à un endroit.",
        "sd.sd_entries",
    ),
    Check(
        "chk_depot",
        "Enveloppes = dépôt du Recap",
        ecart(("sd.depot_total",), ("recap.deposit_cdn",)),
        *("depot", "0.01", WARNING),
        "Les enveloppes ne font pas le dépôt.",
        "Recomptez avant de sceller.",
        "sd.depot_data.client6.amounts",
    ),
    Check(
        "chk_sd_personne",
        "SD : écart individuel",
        Copie("sd.sd_max_ecart"),
        *("sd_personne", "5.00", WARNING),
        "Écart individuel au-dessus de la limite.",
        "Note et signature du superviseur; rapport d'incident au-dessus de 20,00 $.",
        "sd.sd_entries",
    ),
    Check(
        "chk_setd",
        "SetD : répartition complète",
        Copie("setd.setd_controle"),
        *("setd", "0.02", WARNING),
        "Il reste un montant à répartir.",
        "Complétez les personnes ou les cents résiduels.",
        "setd.setd_residuel",
    ),
    Check(
        "chk_hp",
        "HP : pourboires = Jour",
        _HP_TIPS,
        *("hp", "0.01", WARNING),
        "Pourboires HP ≠ Jour.",
        "Comparez avec les listes du POS.",
        "jour.jour_hp_admin",
    ),
    Check(
        "chk_hp_motif",
        "HP : motif et autorisation",
        Copie("hp_admin.hp_sans_motif"),
        *("hp_motif", "0", WARNING),
        "Motif ou autorisation manquant.",
        "Complétez les lignes.",
        "hp_admin.hp_admin_entries",
        COUNT,
    ),
    Check(
        "chk_internet",
        "Internet",
        Copie("internet.internet_variance"),
        *("internet", "0.01", WARNING),
        "Internet ne balance pas.",
        "Voyez les codes 36.1 et 36.5 et l'Internet des banquets.",
        "internet.internet_ls_361",
    ),
    Check(
        "chk_sonifi",
        "Sonifi",
        Copie("sonifi.sonifi_variance"),
        *("sonifi", "0.01", WARNING),
        "Sonifi ne balance pas.",
        "Comparez les chambres; un décalage se renverse demain.",
        "sonifi.sonifi_email",
    ),
    Check(
        "chk_diff_caisse",
        "Différence de caisse inexpliquée",
        Copie("jour.jour_diff_caisse_residu"),
        *("diff_caisse", "0.01", WARNING),
        "Reste à expliquer.",
        "Ajoutez des lignes d'explication ou une note, obligatoire.",
        "jour.diff_caisse_entries",
    ),
    Check(
        "chk_cloture",
        "Fermeture du rapport = nouvelle balance",
        ecart(("jour.jour_balance_fermeture",), ("jour.jour_new_balance",)),
        *("cloture", "0.00", BLOCKING),
        "Le rapport ne ferme pas.",
        "Intégrité interne : prévenez le soutien.",
        "jour.jour_new_balance",
    ),
    Check(
        "chk_quasimodo",
        "Quasimodo",
        Copie("quasimodo.quasi_variance"),
        *("quasimodo", "0.01", BLOCKING),
        "Cartes et dépôts ≠ net du RJ.",
        "Une carte ou une cellule du Recap a été saisie au Jour, ou les deux taux Amex diffèrent.",
        "jour.jour_carte_visa",
    ),
    Check(
        "chk_chambres",
        "Chambres : occupées + hors d’usage",
        _ROOMS_ABOVE,
        *("chambres", "0", WARNING),
        "Plus de chambres que l'hôtel n'en a.",
        "Suites non soustraites ou chambres hors d'usage vendues.",
        "jour.jour_rooms_total",
        COUNT,
    ),
    Check(
        "chk_clients",
        "Clients au moins égaux aux chambres louées",
        AuMoinsZero(ecart(("jour.jour_rooms_louees",), ("jour.jour_nb_clients",))),
        *("clients", "0", WARNING),
        "Moins de clients que de chambres louées.",
        "Relisez le décompte des clients à l'hôtel.",
        "jour.jour_adultes",
        COUNT,
    ),
    Check(
        "chk_tvq_tps",
        "Rapport TVQ / TPS",
        ecart(
            (Arrondi(Quotient("jour.jour_tvq", "jour.jour_tps"), 3),),
            (Arrondi(Quotient("property.rates.tvq", "property.rates.tps"), 3),),
        ),
        *("tvq_tps", "0.050", INFO),
        "Rapport TVQ/TPS inhabituel.",
        "Vente exemptée, taxe créditée à part ou erreur de frappe.",
        "jour.jour_tvq_pms",
        FACTOR,
    ),
    Check(
        "chk_taxe_heb",
        "Taxe d'hébergement",
        ecart(
            (Arrondi(Quotient("jour.jour_taxe_hebergement", "jour.jour_room_revenue", 100), 3),),
            ("property.rates.taxe_hebergement",),
        ),
        *("taxe_heb", "0.100", INFO),
        "La taxe d'hébergement n'est pas au taux attendu.",
        "Séjours exemptés, ajustement tardif.",
        "jour.jour_taxe_hebergement",
        FACTOR,
    ),
    Check(
        "chk_dbrs_chambres",
        "DBRS : chambres des segments",
        ecart(("dbrs.dbrs_daily_rooms",), ("jour.jour_rooms_louees",)),
        *("dbrs_chambres", "0", WARNING),
        "Segments ≠ chambres louées.",
        "Il manque une ligne du marché.",
        "dbrs.dbrs_market_rows",
        COUNT,
    ),
    Check(
        "chk_dbrs_revenu",
        "DBRS : revenu = Jour",
        ecart(("dbrs.dbrs_grand_total",), ("jour.jour_room_revenue",)),
        *("dbrs_revenu", "0.01", WARNING),
        "DBRS ≠ Jour.",
        "Voyez les lignes de chambres ou le forfait club.",
        "dbrs.dbrs_daily_rev.room_chrg_premium",
    ),
    Check(
        "chk_dbrs_form",
        "DBRS : charges non classées",
        _UNCLASSIFIED,
        *("dbrs_revenu", "0.01", WARNING),
        "Charges chambres non classées.",
        "Une ligne n'appartient à aucun segment.",
        "dbrs.dbrs_daily_rev.room_chrg_premium",
    ),
    Check(
        "chk_completude",
        "Onglets incomplets",
        ecart((Constante(14),), ("sommaire.onglets_complets",)),
        *("completude", "0", INFO),
        "Onglets incomplets.",
        "Terminez-les ou déclarez « Aucune activité ».",
        "sommaire.onglets_complets",
        COUNT,
    ),
)

DEFAULT_TOLERANCES: Final = {check.tolerance: Decimal(check.default_tolerance) for check in CHECKS}
DEFAULT_SEVERITIES: Final = {check.key: check.severity for check in CHECKS}
