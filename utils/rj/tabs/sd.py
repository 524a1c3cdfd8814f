"""Onglet 6, SD / Dépôt: one line per envelope, then the sealed envelopes of the bank deposit."""

from __future__ import annotations

from utils.rj.arithmetic import Magnitude
from utils.rj.declaration import CHOICE, DATE, FLAG, LINES, MONEY, TEXT, Field, Tab, computed
from utils.rj.expression import Total
from utils.rj.lines import LinesMax, LinesTotal, ListTotal

DEPARTMENTS = ("reception", "spesa", "restaurant", "banquet", "comptabilite")
CURRENCIES = ("CDN", "US")
CLIENTS = (("client6", "Client 6", "C"), ("client8", "Client 8", "K"))
_NIL = ("sd_entries", "sans_activite")
_VARIANCE = Total(("verified",), ("reimbursement", "amount"))
_CDN = (("currency", ("CDN", None)),)
_US = (("currency", ("US",)),)

SD = Tab(
    "sd",
    "SD / Dépôt",
    (
        Field(
            "sd_entries",
            "Employés",
            LINES,
            cell="SD!9:37",
            help="Une ligne par enveloppe",
            columns=(
                Field(
                    "department", "Département", CHOICE, cell="SD!A", help="Service", choices=DEPARTMENTS, again=True
                ),
                Field("name", "Nom", TEXT, cell="SD!B", help="Liste du personnel", staff=True, again=True),
                Field("currency", "Devise", CHOICE, cell="SD!C", help="CDN si vide", choices=CURRENCIES, again=True),
                Field("amount", "Montant", cell="SD!D", help="Ce que le POS ou le PMS dit de déposer, ±"),
                Field("verified", "Montant vérifié", cell="SD!E", help="Compté au coffre", sign="+"),
                Field("reimbursement", "Remboursement", cell="SD!F", help="Remis à la personne", sign="+"),
                Field("note", "Note", TEXT, help="Obligatoire au-dessus du seuil de révision"),
                computed("variance", "Variance", _VARIANCE, "SD!G"),
            ),
        ),
        computed("sd_total_amount", "Total montant", LinesTotal("sd_entries", "amount", zero_when=_NIL), "SD!D39"),
        computed("sd_total_verified", "Total vérifié", LinesTotal("sd_entries", "verified", zero_when=_NIL), "SD!E39"),
        computed("sd_total_verified_cdn", "Total vérifié CDN", LinesTotal("sd_entries", "verified", _CDN, _NIL)),
        computed("sd_total_verified_us", "Total vérifié US", LinesTotal("sd_entries", "verified", _US, _NIL)),
        computed(
            "sd_total_reimbursement",
            "Total remboursement",
            LinesTotal("sd_entries", "reimbursement", zero_when=_NIL),
            "SD!F39",
        ),
        computed(
            "sd_total_variance",
            "Variance totale",
            Total(("sd_total_verified",), ("sd_total_reimbursement", "sd_total_amount")),
            "SD!G39",
        ),
        computed(
            "sd_max_ecart",
            "Plus grand écart individuel",
            LinesMax("sd_entries", Magnitude(_VARIANCE), zero_when=_NIL),
        ),
        Field("sans_activite", "Aucune enveloppe", FLAG, help="Vrai quand l'onglet est déclaré sans activité"),
        *(
            Field(
                f"depot_data.{client}.date",
                f"Dépôt {label} — date",
                DATE,
                cell="depot!A,I",
                help="Date d'audit si vide",
            )
            for client, label, _ in CLIENTS
        ),
        *(
            Field(
                f"depot_data.{client}.amounts",
                f"Dépôt {label} — enveloppes",
                MONEY,
                cell="depot!B,J",
                help="Un montant par enveloppe scellée",
                items="list",
                listed=f"depot_data.{client}.amounts[]",
            )
            for client, label, _ in CLIENTS
        ),
        *(
            computed(
                f"depot_total_{client}",
                f"Dépôt {label} — total",
                ListTotal(f"depot_data.{client}.amounts"),
                f"depot!{column} (sous-total)",
            )
            for client, label, column in CLIENTS
        ),
        computed("depot_total", "Dépôt — total de la nuit", Total(("depot_total_client6", "depot_total_client8"))),
    ),
    required=("sd_total_variance",),
)
