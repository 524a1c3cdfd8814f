"""Onglet 10, Sonifi: PMS code, e-mailed report and Jour, three ways. Nil reports are kept."""

from __future__ import annotations

from utils.rj.arithmetic import Produit
from utils.rj.declaration import COUNT, FLAG, LINES, TEXT, Field, Tab, computed, linked, proof
from utils.rj.expression import Copie, Total, ecart
from utils.rj.lines import LinesTotal

SONIFI = Tab(
    "sonifi",
    "Sonifi",
    (
        Field("sonifi_cd_352", "Sonifi — Cashier Detail 35.2", help="Imprimé avant le PART"),
        Field(
            "sonifi_unites",
            "Films vendus",
            LINES,
            help="Une ligne par prix du rapport",
            listed="",
            columns=(
                Field("prix", "Prix du film", cell="Sonifi row 6", help="Colonne de prix du courriel", again=True),
                Field("quantite", "Quantité", COUNT, cell="Sonifi rows", help="Unités vendues à ce prix"),
            ),
        ),
        computed(
            "sonifi_email",
            "Sonifi — courriel de 03 h",
            LinesTotal("sonifi_unites", Produit("prix", "quantite"), zero_when=("sans_activite",), empty_is_nil=True),
            "Sonifi!P",
            direct=True,
        ),
        Field("sonifi_ajustement", "Ajustement de film", cell="Sonifi!Q", help="±, avec chambre et raison"),
        Field("sonifi_ajustement_motif", "Motif", TEXT, help="Obligatoire quand l'ajustement n'est pas nul"),
        computed(
            "sonifi_total",
            "Total Sonifi",
            Total(("sonifi_email", "sonifi_ajustement"), needs=("sonifi_email",)),
            "Sonifi!R",
        ),
        linked("sonifi_rj", "Sonifi au Jour", Copie("jour.jour_sonifi"), "Sonifi!S"),
        proof("sonifi_variance", "Variance Sonifi", ecart(("sonifi_rj",), ("sonifi_total",)), "Sonifi!T"),
        proof("sonifi_var_cd", "Variance CD 35.2", ecart(("sonifi_cd_352",), ("sonifi_total",))),
        Field("sans_activite", "Aucun film", FLAG, help="Vrai quand l'onglet est déclaré sans activité"),
    ),
    required=("sonifi_total",),
    badge="prochainement",
)
