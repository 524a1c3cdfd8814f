"""``KINDS``: everything that people may be told of, one line each; thresholds and recipients are the hotel's to change.

Thresholds are Decimals: dollars, or points for a share; ``critical`` is the one above which the alert is critical.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

INFO, WARNING, CRITICAL = "info", "avertissement", "critique"
SEVERITIES: Final = {INFO: "Information", WARNING: "Avertissement", CRITICAL: "Critique"}
MONEY, POINTS = "$", "%"
PASSWORD: Final = "mot_de_passe"  # noqa: S105 - the name of a kind
ACCOUNT: Final = "compte"
TEST: Final = "essai"
SECURITY: Final = "securite"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notification: its name, what it says, severity, roles told, thresholds and their unit.

    ``below``: what is under the threshold is told, and a person has no other one.
    """

    label: str
    help: str
    severity: str
    roles: tuple[str, ...]
    threshold: Decimal | None = None
    critical: Decimal | None = None
    unit: str = MONEY
    by_person: bool = False
    below: bool = False

    @property
    def own(self) -> bool:
        """Whether a person may have a threshold that makes the mails rarer."""
        return self.threshold is not None and not self.below


_GM: Final = ("gm", "gsm")
_BOOKS: Final = ("accounting", "controller")

KINDS: Final[Mapping[str, Kind]] = {
    "rj_submitted": Kind("RJ soumis", "À chaque soumission : ce qu’est la nuit, ses motifs.", INFO, ("gm", *_BOOKS)),
    "rj_late": Kind(
        "RJ en retard",
        "Le RJ n’est pas soumis à l’heure où il est attendu, ou la nuit manque.",
        CRITICAL,
        ("gm", "admin", "front_desk_supervisor"),
    ),
    "receptionist_variance": Kind(
        "Écart d’une personne",
        "La variance d’une personne au SD, sa ligne complète et quittée, dépasse le seuil.",
        WARNING,
        ("night_auditor", "front_desk_supervisor", "gm", "accounting"),
        Decimal("50.00"),
        Decimal("100.00"),
        by_person=True,
    ),
    "quasimodo_variance": Kind(
        "Écart de Quasimodo",
        "Les cartes et les dépôts ne font pas le net du RJ.",
        WARNING,
        (*_BOOKS, "gm"),
        Decimal("0.01"),
        Decimal("5.00"),
    ),
    "revenue_variance": Kind(
        "Revenus loin du prévu",
        "Le total des revenus s’écarte du budget du jour, sinon du même jour de semaine l’an dernier.",
        WARNING,
        _GM,
        Decimal("15.00"),
        unit=POINTS,
    ),
    "labour_variance": Kind(
        "Main-d’œuvre au-dessus du budget",
        "La part du coût de main-d’œuvre dans les revenus dépasse celle du budget.",
        WARNING,
        ("gm", "controller"),
        Decimal("20.00"),
        unit=POINTS,
    ),
    "occupation_low": Kind(
        "Occupation faible", "Le % louées est sous le seuil.", WARNING, _GM, Decimal("60.00"), unit=POINTS, below=True
    ),
    "diff_caisse": Kind(
        "Différence de caisse inexpliquée",
        "Le reste à expliquer de la différence de caisse dépasse le seuil.",
        WARNING,
        _BOOKS,
        Decimal("50.00"),
    ),
    "anomaly": Kind(
        "Anomalie",
        "Un chiffre inhabituel pour ce jour de semaine, une taxe hors de sa bande, trop de chambres.",
        INFO,
        (*_GM, "controller"),
    ),
    "pms_sync_failed": Kind(
        "Synchronisation en échec",
        "La nuit n’est pas remplie par Lightspeed à l’heure réglée, ou la liaison est perdue.",
        WARNING,
        ("night_auditor", "admin"),
    ),
    "marsha_rejected": Kind(
        "DBRS refusé",
        "MARSHA rejette le DBRS d’une nuit, le nie, n’en décide rien en sept jours; ou le Jour ne balance pas.",
        WARNING,
        ("night_auditor", "controller", "gm"),
    ),
    "marsha_unsent": Kind(
        "DBRS sans reçu",
        "À l’heure réglée, MARSHA n’a pas donné de reçu du DBRS de la nuit.",
        WARNING,
        ("controller", "gm", "admin"),
    ),
    "correction_opened": Kind("Correction ouverte", "Une nuit soumise est rouverte.", INFO, _BOOKS),
    "automation": Kind(
        "Automatisme en retard",
        "Ce qui devait se faire tout seul n’a pas commencé, ou a échoué.",
        CRITICAL,
        ("admin", "gm"),
    ),
    SECURITY: Kind(
        "Sécurité des comptes",
        "Des refus répétés, un navigateur nouveau, un droit donné, une clé qui a servi.",
        WARNING,
        ("admin", "gm"),
    ),
    "daily_digest": Kind("Bilan du matin", "Chaque matin, à l’heure réglée.", INFO, (*_GM, "controller")),
    "weekly_summary": Kind("Bilan de la semaine", "Chaque semaine, sept nuits.", INFO, (*_GM, "controller")),
}
"""By key, in the order of the page."""

MAILS: Final = ("daily_digest", "weekly_summary")
"""Kinds that are letters rather than alerts: they have an hour of their own, and know no silence."""

UNLEAVABLE: Final = ("rj_late",)
"""Kinds that must keep one recipient by mail."""

ESCALATION_ROLES: Final = ("gsm", "controller", "gm", "admin")
ESCALATION_MINUTES: Final = 60
