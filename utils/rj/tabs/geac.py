"""Onglet 5, GEAC / UX: proves the PMS itself, one report against another."""

from __future__ import annotations

from utils.rj.arithmetic import Magnitude
from utils.rj.declaration import CARRIED, FLAG, INPUT, Field, Tab, computed, proof
from utils.rj.expression import Copie, Total, ecart

# card, label, column of the sheet
CARDS = (("amex", "Amex", "B"), ("diners", "Diners", "E"), ("mc", "MasterCard", "G"), ("visa", "Visa", "J"))

# line, label, row, other report's suffix, its name, its column, first report, second report
BALANCE_SHEET = (
    ("prev", "Solde de la veille", 32, "gl", "Guest Ledger", "E", "Daily Revenue p. 7", "Guest Ledger Summary"),
    (
        "today",
        "Activité du jour",
        37,
        "gl",
        "Guest Ledger",
        "E",
        "Daily Revenue p. 7",
        "Guest Ledger : débits − crédits",
    ),
    ("facture", "Facture directe", 41, "ar", "A/R", "G", "Daily Revenue p. 6", "A/R Front Office Transfers"),
    (
        *("advdep", "Dépôts anticipés appliqués", 44, "ad", "dépôts anticipés", "J"),
        *("Daily Revenue p. 7", "Advance Deposit Balance Sheet"),
    ),
    ("movein", "Transferts entrants", 47, "gl", "Guest Ledger", "E", "Daily Revenue", "Guest Ledger"),
    ("moveout", "Transferts sortants", 50, "gl", "Guest Ledger", "E", "Daily Revenue", "Guest Ledger"),
    ("newbal", "Nouveau solde", 53, "gl", "Guest Ledger", "E", "Daily Revenue p. 7", "Guest Ledger Summary"),
)


def _magnitudes(first: str, second: str) -> Total:
    """The Daily Revenue prints credits without sign: magnitudes are compared."""
    return ecart((Magnitude(first),), (Magnitude(second),))


GEAC = Tab(
    "geac",
    "GEAC / UX",
    (
        *(
            Field(
                f"geac_cashout.co{line}_{card}",
                f"Daily Cash Out {label} — ligne {line}",
                cell=f"geac_ux!{column}{4 + 2 * line}",
                help="Daily Cash Out, deux lignes de règlement",
            )
            for line in (1, 2)
            for card, label, column in CARDS
        ),
        *(
            Field(
                f"geac_daily_rev.{card}",
                f"Daily Revenue {label}",
                cell=f"geac_ux!{column}12",
                help="Daily Revenue p. 6, en valeur absolue",
            )
            for card, label, column in CARDS
        ),
        *(
            computed(
                f"geac_cashout_total_{card}",
                f"Total Cash Out {label}",
                Total((f"geac_cashout.co1_{card}", f"geac_cashout.co2_{card}")),
                f"geac_ux!{column}10",
            )
            for card, label, column in CARDS
        ),
        *(
            proof(
                f"geac_cashout_var_{card}",
                f"Variance GEAC {label}",
                ecart((f"geac_cashout_total_{card}",), (f"geac_daily_rev.{card}",)),
                f"geac_ux!{column}14",
            )
            for card, label, column in CARDS
        ),
        Field("geac_chk_nobalance", "Les montants ne balancent pas", FLAG, help="Coché par l'auditeur"),
        Field("geac_chk_nodeposit", "Le dépôt ne balance pas", FLAG, help="Coché par l'auditeur"),
        *(
            field
            for line, label, row, other, other_label, column, first, second in BALANCE_SHEET
            for field in (
                Field(f"geac_balance_sheet.{line}_dr", f"{label} — Daily Revenue", cell=f"geac_ux!B{row}", help=first),
                Field(
                    f"geac_balance_sheet.{line}_{other}",
                    f"{label} — {other_label}",
                    cell=f"geac_ux!{column}{row}",
                    help=second,
                    role=CARRIED if line == "prev" else INPUT,
                ),
            )
        ),
        *(
            proof(
                f"geac_var_{line[0]}",
                f"Variance {line[1]}",
                _magnitudes(f"geac_balance_sheet.{line[0]}_dr", f"geac_balance_sheet.{line[0]}_{line[3]}"),
                f"geac_ux!D{line[2]}",
            )
            for line in BALANCE_SHEET
        ),
        proof(
            "geac_var_veille",
            "Suite de la veille",
            _magnitudes("geac_balance_sheet.prev_gl", "previous.geac_newbal_gl"),
        ),
        proof(
            "geac_var_identite",
            "Identité du grand livre clients",
            ecart(("previous.jour_guest_ledger", "geac_balance_sheet.today_gl"), ("jour.jour_guest_ledger",)),
        ),
        Field(
            "geac_ar_previous",
            "Comptes à recevoir — solde précédent",
            formula=Copie("previous.geac_ar_new_balance"),
            help="A/R Summary, proposé d'hier",
            role=CARRIED,
        ),
        Field(
            "geac_ar_charges",
            "Comptes à recevoir — charges",
            help="A/R Summary, Front Office Transfers et factures",
            sign="+",
        ),
        Field("geac_ar_payments", "Comptes à recevoir — paiements", help="A/R Summary, soustrait", sign="+"),
        Field("geac_ar_adjustments", "Comptes à recevoir — ajustements", help="A/R Summary, ± ajouté"),
        Field("geac_ar_new_balance", "Comptes à recevoir — nouveau solde", help="A/R Summary"),
        proof(
            "geac_ar_variance",
            "Comptes à recevoir — variance",
            Total(
                ("geac_ar_previous", "geac_ar_charges", "geac_ar_adjustments"),
                ("geac_ar_payments", "geac_ar_new_balance"),
                needs=("geac_ar_previous", "geac_ar_new_balance"),
            ),
        ),
    ),
    required=("geac_var_prev", "geac_var_today", "geac_var_newbal"),
    badge="synchronisé",
)
