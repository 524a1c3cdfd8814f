"""The people of the demonstration hotel, none of whom exists."""

from __future__ import annotations

from datetime import date
from typing import Final

AUDITOR: Final = "Auditeur de démonstration"
AUTHORIZED: Final = ("Directrice de démonstration", "Chef de démonstration")
_DAY: Final = ("Réception Aube", "Réception Rosée", "Réception Matin")
_EVENING: Final = ("Réception Brune", "Réception Lune", "Réception Étoile")
SERVERS: Final = (
    ("restaurant", "Service Érable", 4, 5),
    ("restaurant", "Service Bouleau", 3, 4),
    ("restaurant", "Service Cèdre", 2, 1),
    ("spesa", "Marché Pommier", 3, 0),
)
"""Department, name, weight of the cash that they handle, weight of the tips that they are owed."""

BANQUET: Final = "Banquet Sapin"
ACCOUNTING: Final = "Comptes à recevoir"
_GUEST_FIRST: Final = ("Zoé", "François", "Marie-Ève", "D’Arcy", "Noémie", "Jean", "Aïcha", "Siân")
_GUEST_LAST: Final = ("L’Écuyer", "Côté", "O’Neil", "Tremblay", "Müller", "Nguyễn", "Bélanger", "St-Onge")


def on_duty(day: date) -> tuple[str, str]:
    """Who keeps the desk by day and in the evening: blocks of four and five days."""
    order = day.toordinal()
    return _DAY[order // 4 % 3], _EVENING[order // 5 % 3]


def guest(index: int) -> str:
    """The name of somebody who never existed."""
    return f"{_GUEST_FIRST[index % 8]} {_GUEST_LAST[index // 8 % 8]}"


def company(index: int) -> str:
    """The name of a company that never existed."""
    return f"Entreprise {_GUEST_LAST[index % 8]} {index}"
