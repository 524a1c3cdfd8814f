"""Onglet 9, Internet: code 36 of the PMS, banquets and packages against the Jour; before taxes."""

from __future__ import annotations

from utils.rj.arithmetic import Produit
from utils.rj.declaration import COUNT, FLAG, Field, Tab, computed, linked, proof
from utils.rj.expression import Copie, Total, ecart

INTERNET = Tab(
    "internet",
    "Internet",
    (
        Field(
            "internet_ls_361",
            "Internet — rapport LightSpeed (CD 36.1)",
            cell="Internet!B",
            help="Cashier Detail 36.1, avant taxes",
        ),
        Field("internet_adj_chambre", "Ajustements chambres", cell="Internet!C", help="±"),
        Field("internet_banquet", "Banquets", cell="Internet!D", help="Factures de banquets", sign="+"),
        Field("internet_spesa", "Spesa", cell="Internet!E", help="Ventes à La Spesa", sign="+"),
        Field(
            "internet_ls_365", "Ajustement Marriott (CD 36.5)", cell="Internet!F", help="Cashier Detail 36.5", sign="-"
        ),
        Field("internet_forfait_bnc", "Forfait BNC", cell="Internet!G", help="Forfait de groupe", sign="+"),
        Field("internet_nb_forfaits", "Nombre de forfaits", COUNT, cell="Internet!H", help="Forfaits avec Internet"),
        computed(
            "internet_forfait_valeur",
            "Valeur des forfaits",
            Produit("internet_nb_forfaits", "property.rates.internet_forfait"),
        ),
        computed(
            "internet_total",
            "Total Internet",
            Total(
                (
                    *("internet_ls_361", "internet_adj_chambre", "internet_banquet", "internet_spesa"),
                    *("internet_ls_365", "internet_forfait_bnc"),
                ),
                ("internet_forfait_valeur",),
                zero_when=("sans_activite",),
            ),
            "Internet!I",
        ),
        linked("internet_rj", "Internet au Jour", Copie("jour.jour_internet"), "Internet!J"),
        proof("internet_variance", "Variance Internet", ecart(("internet_total",), ("internet_rj",)), "Internet!K"),
        Field("sans_activite", "Aucune vente Internet", FLAG, help="Vrai quand l'onglet est déclaré sans activité"),
    ),
    required=("internet_total",),
    badge="prochainement",
)
