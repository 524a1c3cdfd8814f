"""Onglet 1, Contrôle: identifies the night."""

from __future__ import annotations

from datetime import date

from utils.dates import days_in_month
from utils.rj.arithmetic import Computed
from utils.rj.declaration import CHOICE, COUNT, DATE, TEXT, Field, Tab, computed, linked
from utils.rj.expression import Copie

WEATHER = ("soleil", "nuages", "pluie", "neige")


def _month_shown(day: date) -> str:
    return f"{days_in_month(day)}"


CONTROLE = Tab(
    "controle",
    "Contrôle",
    (
        Field("audit_date", "Date d'audit", DATE, cell="controle!B3:B5, B28", help="Jour d'affaires avant minuit"),
        linked("property_name", "Établissement", Copie("property.name"), "controle!B20", TEXT),
        linked("property_rooms", "Chambres de l'hôtel", Copie("property.rooms"), "controle!B21", COUNT),
        Field("auditor_name", "Préparé par", TEXT, cell="controle!B2", help="Personne connectée, modifiable"),
        Field("temperature", "Température", TEXT, cell="controle!B6", help="Service météo ou saisie, en °C"),
        Field("weather_condition", "Météo", CHOICE, cell="controle!B7", help="Le temps qu'il fait", choices=WEATHER),
        Field("chambres_refaire", "Chambres à refaire", COUNT, cell="controle!B9", help="Réception"),
        computed(
            "jours_dans_mois",
            "Jours dans le mois",
            Computed(days_in_month, ("audit_date",), "nombre de jours du mois de la date d'audit", _month_shown),
            "controle!B27",
            COUNT,
        ),
        Field("notes", "Notes de la nuit", TEXT, help="Texte libre", long=True),
    ),
    required=("auditor_name",),
)
