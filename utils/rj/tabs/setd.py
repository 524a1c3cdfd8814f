"""Onglet 7, SetD: spreads the night's surplus or deficit over persons and accounts."""

from __future__ import annotations

from utils.rj.declaration import FLAG, LINES, TEXT, Field, Tab, computed, linked, proof
from utils.rj.expression import Copie, Total, ecart
from utils.rj.lines import LinesTotal

ACCOUNTS = (
    ("setd_gl_101100", "GL 101100", "SetD!D"),
    ("setd_petite_caisse", "Petite caisse", "SetD!E"),
    ("setd_conciliation", "Conciliation bancaire", "SetD!F"),
    ("setd_correction", "Correction du mois suivant", "SetD!G"),
    ("setd_residuel", "Cents résiduels", "SetD!EJ (DE in 2024)"),
)

SETD = Tab(
    "setd",
    "SetD",
    (
        linked("setd_rj_balance", "RJ (surplus/déficit)", Copie("jour.jour_surplus_deficit", -1), "SetD!B"),
        Field(
            "setd_personnel",
            "Répartition par personne",
            LINES,
            cell="SetD!H…",
            help="Proposée d'après les variances du SD",
            columns=(
                Field("name", "Nom", TEXT, cell="SetD row 4", staff=True, again=True),
                Field("column_letter", "Colonne", TEXT, help="Colonne du registre papier, facultative", again=True),
                Field("amount", "Montant", help="Négatif : la personne doit"),
            ),
        ),
        *(Field(key, label, cell=cell, help="±") for key, label, cell in ACCOUNTS),
        computed(
            "setd_total",
            "Total réparti",
            Total(
                (LinesTotal("setd_personnel", "amount"), *(key for key, _, _ in ACCOUNTS)),
                zero_when=("sans_activite",),
            ),
        ),
        proof("setd_controle", "Contrôle SetD", ecart(("setd_rj_balance",), ("setd_total",)), "SetD (control)"),
        Field("sans_activite", "Aucun écart à répartir", FLAG, help="Vrai quand l'onglet est déclaré sans activité"),
    ),
    required=("setd_total",),
)
