"""Onglet 2, Due back: floats that receptionists keep from the deposit; their net change goes to the Recap."""

from __future__ import annotations

from utils.rj.declaration import CARRIED, FLAG, LINES, TEXT, Field, Tab, computed, linked, proof
from utils.rj.expression import Copie, Total, ecart
from utils.rj.lines import LinesTotal

_NIL = ("dueback_entries", "sans_activite")
_NET = Total(("previous", "nouveau"))

DUEBACK = Tab(
    "dueback",
    "Due back",
    (
        Field(
            "dueback_entries",
            "Réceptionnistes",
            LINES,
            cell="DUBACK# rows 3+2d, 4+2d",
            help="Une ligne par réceptionniste présent cette nuit; le même nom deux fois est refusé",
            columns=(
                Field(
                    *("name", "Réceptionniste", TEXT),
                    cell="DUBACK# row 2",
                    help="Liste du personnel",
                    staff=True,
                    again=True,
                ),
                Field(
                    "previous",
                    "Solde préc. repris (1re ligne)",
                    cell="DUBACK# row 3+2d",
                    help="Opposé du dernier nouveau de la personne, compté une fois confirmé",
                    role=CARRIED,
                ),
                Field(
                    "nouveau",
                    "Nouveau (2e ligne)",
                    cell="DUBACK# row 4+2d",
                    help="Rapport de caisse du réceptionniste, Cashier Detail",
                ),
                computed("net", "Net", _NET),
            ),
        ),
        computed(
            "dueback_total",
            "Due back net de la nuit",
            LinesTotal("dueback_entries", _NET, zero_when=_NIL),
            "DUBACK# Z (part)",
        ),
        computed("dueback_encours", "Fonds remis cette nuit", LinesTotal("dueback_entries", "nouveau", zero_when=_NIL)),
        linked("dueback_rj", "Due back au Jour", Copie("jour.jour_dueback_reception"), "DUBACK# B"),
        proof("dueback_z", "Contrôle Z", ecart(("dueback_total", "dueback_rj"), ()), "DUBACK# Z"),
        Field("sans_activite", "Aucun due back cette nuit", FLAG, help="Vrai quand l'onglet est déclaré sans activité"),
    ),
    required=("dueback_total",),
)
