"""Onglet 3, Recap: proves the cash of the day. Refunds are negative, due backs positive; all is added."""

from __future__ import annotations

from utils.rj.declaration import TEXT, Field, Tab, computed, linked
from utils.rj.expression import Copie, Total, ecart

# key, label, row of the sheet, sign asked, report read
ROWS = (
    ("cash_ls", "Comptant LightSpeed", 6, "+", "Daily Revenue p. 5-6, Comptant"),
    ("cash_pos", "Comptant POSitouch", 7, "+", "POSitouch Établissement ou Sales Journal, COMPTANT"),
    ("cheque_ar", "Chèque payment register AR", 8, "+", "Registre des paiements des comptes à recevoir"),
    ("cheque_dr", "Chèque Daily Revenue", 9, "+", "Daily Revenue, Chèque"),
    ("remb_gratuite", "Moins remboursement gratuité", 11, "-", "Sales Journal POURBOIRE CHARGÉ (CD 50.x)"),
    ("remb_client", "Moins remboursement client", 12, "-", "Daily Revenue Débourse et remb. serveur (CD 51.x, 90.2)"),
    ("remb_loterie", "Moins remboursement loterie", 13, "-", "Rare"),
    ("exchange_us", "Moins échange U.S.", 15, "", "Rare; ajouté avec le signe saisi"),
    ("dueback_reception", "Due back réception", 16, "+", "Onglet Due back"),
    ("dueback_nb", "Due back N/B", 17, "+", "Daily Revenue « Due back nourriture », en valeur absolue"),
    ("surplus_deficit", "Surplus/déficit (+ ou −)", 19, "", "Onglet SD, variance totale"),
)
_SOURCES = {"dueback_reception": "dueback.dueback_total", "surplus_deficit": "sd.sd_total_variance"}
_RECEIPTS = ("cash_ls_net", "cash_pos_net", "cheque_ar_net", "cheque_dr_net")
_REFUNDS = ("remb_gratuite_net", "remb_client_net", "remb_loterie_net")
_FLOATS = ("exchange_us_net", "dueback_reception_net", "dueback_nb_net")


def _row(key: str, label: str, row: int, sign: str, report: str) -> tuple[Field, ...]:
    name, cell = f"{label} — lecture", f"Recap!B{row}"
    if source := _SOURCES.get(key):
        reading = linked(f"{key}_lecture", name, Copie(source), cell, help=report, direct=True, sign=sign)
    else:
        reading = Field(f"{key}_lecture", name, cell=cell, help=report, sign=sign)
    correction = Field(f"{key}_corr", f"{label} — correction", cell=f"Recap!C{row}", help="± ; demande un motif")
    net = computed(f"{key}_net", f"{label} — net", Total((f"{key}_lecture", f"{key}_corr")), f"Recap!D{row}")
    return reading, correction, net


def _after_receipts(*plus: str, minus: tuple[str, ...] = ()) -> Total:
    """The totals exist once one of the four receipts is known."""
    return Total(plus, minus, needs=("recap_total_recettes",))


RECAP = Tab(
    "recap",
    "Recap, réconciliation comptant",
    (
        *(field for row in ROWS for field in _row(*row)),
        Field(
            "recap_corr_notes", "Motif des corrections", TEXT, help="Obligatoire dès qu'une correction n'est pas nulle"
        ),
        computed("recap_total_recettes", "Total", Total(_RECEIPTS), "Recap!D10"),
        computed(
            "recap_total_apres_remb",
            "Total après remboursements",
            _after_receipts("recap_total_recettes", *_REFUNDS),
            "Recap!D14",
        ),
        computed(
            "recap_total_a_deposer",
            "Total à déposer",
            _after_receipts("recap_total_apres_remb", *_FLOATS),
            "Recap!D18",
        ),
        computed(
            "recap_depot_net",
            "Total dépôt net",
            _after_receipts("recap_total_a_deposer", "surplus_deficit_net"),
            "Recap!D20",
        ),
        linked("deposit_us", "Dépôt US", Copie("sd.sd_total_verified_us"), "Recap!B21", direct=True, sign="+"),
        linked(
            "deposit_cdn", "Dépôt canadien (compté)", Copie("sd.sd_total_verified_cdn"), "SD!E39", direct=True, sign="+"
        ),
        computed(
            "recap_depot_cdn_calcule",
            "Dépôt canadien (calculé)",
            _after_receipts("recap_depot_net", minus=("deposit_us",)),
            "Recap!D22",
        ),
        computed(
            "recap_depot_controle",
            "Total dépôt net (contrôle)",
            _after_receipts("deposit_us", "recap_depot_cdn_calcule"),
            "Recap!D23",
        ),
        computed(
            "recap_argent_recu",
            "Argent reçu",
            _after_receipts("recap_total_recettes", *_FLOATS, "surplus_deficit_net", minus=("deposit_us",)),
            "Recap!B24",
        ),
        computed(
            "recap_balance",
            "Balance du Recap",
            ecart(("recap_depot_net",), (Total(("deposit_us", "deposit_cdn"), needs=("deposit_cdn",)),)),
            "Recap!I10",
        ),
    ),
    required=("cash_ls_net", "cash_pos_net", "remb_gratuite_net", "remb_client_net", "recap_balance"),
    badge="synchronisé",
)
