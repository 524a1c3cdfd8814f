"""The settings of a hotel that a person may change, one line each: path, label, kind; and the pages they stand on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from database.models import ROLES
from utils.actions.rights import usual_roles
from utils.money import AmountError, read_json_rate
from utils.reports.ledger import LEDGER
from utils.reports.quasimodo import QUASIMODO
from utils.rj.check import SEVERITIES
from utils.rj.checks import CHECKS, DEFAULT_SEVERITIES, DEFAULT_TOLERANCES
from utils.rj.settings import DEFAULT_RATES, DEFAULT_TERMINALS
from utils.rj.tabs.jour_cells import OUTLETS
from utils.shapes import Document

RATE, PRICE, COUNT, FLAG, CHOICE, TEXT, NAMES, TERMINALS, WORDS, HOUR, LEDGER_NUMBER = (
    *("rate", "price", "count", "flag", "choice", "text", "names", "terminals", "words", "hour", "ledger_number"),
)
WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_CLOCK: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
IS_LEDGER_NUMBER: Final = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z ./-]{0,28}[0-9A-Za-z])?", re.ASCII)
_NOON: Final = 12 * 60


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A setting: where it stands in the document, what it is called, what may be typed."""

    path: str
    label: str
    kind: str
    default: Any
    unit: str = ""
    choices: tuple[str, ...] = ()
    bounds: tuple[int, int] = (0, 999_999)


@dataclass(frozen=True, slots=True)
class Section:
    """A page of settings."""

    key: str
    title: str
    intro: str
    settings: tuple[Setting, ...]


_CARDS: Final = {"debit": "Débit", "visa": "Visa", "mc": "MasterCard", "discover": "Discover", "amex": "Amex"}
_TAXES: Final = {"tps": "TPS", "tvq": "TVQ", "taxe_hebergement": "Taxe d’hébergement"}
_PRICES: Final = {"internet_forfait": "Forfait Internet", "g4_par_chambre": "Allocation G4 par chambre club"}


def _rates() -> tuple[Setting, ...]:
    found = []
    for path, default in DEFAULT_RATES.items():
        book, _, card = path.rpartition(".")
        if path in _PRICES:
            found.append(Setting(f"rates.{path}", _PRICES[path], PRICE, default, "$"))
        elif book:
            where = "Transelect" if book == "transelect" else "RJ"
            found.append(Setting(f"rates.{path}", f"Escompte {_CARDS[card]}, {where}", RATE, default, "%"))
        else:
            found.append(Setting(f"rates.{path}", _TAXES[path], RATE, default, "%"))
    return tuple(found)


def _checks() -> tuple[Setting, ...]:
    """The tolerances, each named by the checks that share it, then the severities."""
    shared: dict[str, list[str]] = {}
    for check in CHECKS:
        shared.setdefault(check.tolerance, []).append(check.label)
    tolerances = [
        Setting(f"tolerances.{key}", f"Tolérance : {'; '.join(shared[key])}", RATE, default)
        for key, default in DEFAULT_TOLERANCES.items()
    ]
    severities = [
        Setting(f"severities.{check.key}", f"Sévérité : {check.label}", CHOICE, default, choices=SEVERITIES)
        for check, default in zip(CHECKS, DEFAULT_SEVERITIES.values(), strict=True)
    ]
    return (*tolerances, *severities)


def _morning(key: str, label: str, default: str) -> Setting:
    """An hour of the morning that ends the night, in minutes from midnight."""
    return Setting(f"automatismes.{key}", label, HOUR, default, "HH:MM, avant midi", bounds=(0, _NOON - 1))


RJ_DUE: Final = _morning("rj_attendu", "RJ attendu à", "06:00")

JOB_SETTINGS: Final = Section(
    "automatismes",
    "Automatismes",
    "Les heures, à l’horloge de l’hôtel, de ce qui se fait tout seul. Un changement vaut dès sa date.",
    (
        Setting("automatismes.jeton", "Liaison avec Lightspeed vérifiée", HOUR, "22:00", "HH:MM", bounds=(_NOON, 1439)),
        _morning("synchro", "Synchronisation, à partir de", "03:00"),
        Setting("automatismes.ouvrir_nuit", "Ouvrir la nuit que personne n’a ouverte", FLAG, True),
        Setting("automatismes.synchro_minutes", "Nouvel essai toutes les", COUNT, 5, "minutes", bounds=(1, 60)),
        _morning("synchro_avis", "Synchronisation qui tarde : avis à", "05:00"),
        _morning("synchro_fin", "Synchronisation abandonnée à", "06:00"),
        RJ_DUE,
        _morning("marsha_reperes", "Repères de MARSHA demandés à partir de", "06:30"),
        _morning("digest", "Bilan du matin à", "08:00"),
        _morning("marsha_recus", "Reçu de MARSHA attendu à", "09:00"),
        Setting("automatismes.hebdo_jour", "Bilan de la semaine le", CHOICE, WEEKDAYS[0], choices=WEEKDAYS),
        Setting("automatismes.sauvegarde", "Sauvegarde du livre à", HOUR, "12:00", "HH:MM", bounds=(0, 1439)),
        Setting("automatismes.conservation", "Traces échues supprimées à", HOUR, "12:30", "HH:MM", bounds=(0, 1439)),
    ),
)
"""When things are done by themselves; backup and deletion, done once for all hotels, follow the first one."""

TURNS_AT: Final = Setting(
    "heure_bascule", "Heure où la nuit par défaut devient celle du jour", COUNT, 12, "h", bounds=(0, 23)
)
TAKING_BACK: Final = Setting(
    "reprise_minutes", "Nuit soumise : peut être reprise, et rien ne part, pendant", COUNT, 5, "minutes", bounds=(0, 60)
)
SECTIONS: Final = (
    Section(
        "general",
        "Hôtel et déroulement",
        "Le nombre de chambres, et comment une nuit se soumet et se verrouille.",
        (
            Setting("rooms", "Nombre de chambres", COUNT, 252, bounds=(1, 9_999)),
            Setting("verrouillage_auto", "Verrouiller dès que rien ne bloque", FLAG, True),
            TAKING_BACK,
            Setting("marsha_auto", "Envoyer le DBRS à MARSHA dès le verrouillage", FLAG, True),
            Setting("marsha_membres", "MARSHA : hôtels d’un ensemble, au moins", COUNT, 4, bounds=(4, 30)),
            Setting("derogation_par_auditeur", "Déroger dans une nuit qu’on a soi-même auditée", FLAG, False),
            Setting("dueback_report", "Report des due backs", CHOICE, "confirmer", choices=("confirmer", "jamais")),
            TURNS_AT,
        ),
    ),
    Section("taux", "Taux, taxes et forfaits", "Une nuit fermée garde les taux de sa date.", _rates()),
    Section(
        "controles", "Tolérances et sévérités", "Au-delà de la tolérance, le contrôle prend sa sévérité.", _checks()
    ),
    Section(
        "points-de-vente",
        "Points de vente",
        "Le nom que l’hôtel donne à ses points de vente.",
        tuple(Setting(f"outlets.{key}", f"Nom de : {label}", TEXT, label) for key, label in OUTLETS.items()),
    ),
    Section(
        "terminaux",
        "Terminaux",
        "Les terminaux de paiement, dans l’ordre de la feuille. Vider une rangée la retire.",
        (Setting("terminals", "Terminaux", TERMINALS, [dict(line) for line in DEFAULT_TERMINALS]),),
    ),
    Section(
        "personnel",
        "Personnel",
        "Les noms proposés dans les lignes de la nuit, un par rangée.",
        (Setting("staff", "Noms du personnel", NAMES, []),),
    ),
    Section(
        "comptes",
        "Comptes du grand livre",
        "Où chaque chiffre s’écrit, dans l’écriture comptable et dans le Quasimodo.",
        tuple(
            Setting(f"comptes.{post.key}", post.label, LEDGER_NUMBER, post.account) for post in (*LEDGER, *QUASIMODO)
        ),
    ),
    Section(
        "droits",
        "Dérogations et verrouillage",
        "Les rôles qui peuvent déroger à un contrôle bloquant, et verrouiller une nuit soumise.",
        (
            Setting("roles.deroger", "Peuvent déroger", WORDS, usual_roles("deroger"), choices=ROLES),
            Setting("roles.verrouiller", "Peuvent verrouiller", WORDS, usual_roles("verrouiller"), choices=ROLES),
        ),
    ),
    JOB_SETTINGS,
)
BY_KEY: Final = {section.key: section for section in SECTIONS}
LABELS: Final = {setting.path: setting.label for section in SECTIONS for setting in section.settings} | {
    "conservation.gel": "Conservation gelée",
    "conservation.motif": "Motif du gel ou de sa fin",
}


def value_in(document: Document, setting: Setting) -> Any:
    """The value of a setting in a document of a hotel, as JSON has it; its default when nobody gave it one."""
    found: Any = document
    for part in setting.path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if not fits(setting, found):
        found = str(setting.default) if isinstance(setting.default, Decimal) else setting.default
    return found


def fits(setting: Setting, value: Any) -> bool:
    """Whether a value of a document is one that this setting can have: what nobody typed may be anything."""
    kind, allowed = _TYPES.get(setting.kind, (str, lambda _, __: True))
    return type(value) is kind and allowed(setting, value)


def _is_decimal(_setting: Setting, value: str) -> bool:
    try:
        return read_json_rate(value).is_finite()
    except AmountError:
        return False


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(one, str) for one in values)


_TERMINAL: Final = {"id", "label", "group"}
_TYPES: Final[Mapping[str, tuple[type, Callable[[Setting, Any], bool]]]] = {
    RATE: (str, _is_decimal),
    PRICE: (str, _is_decimal),
    COUNT: (int, lambda setting, value: setting.bounds[0] <= value <= setting.bounds[1]),
    FLAG: (bool, lambda _, __: True),
    HOUR: (str, lambda _, value: _CLOCK.fullmatch(value) is not None),
    LEDGER_NUMBER: (str, lambda _, value: IS_LEDGER_NUMBER.fullmatch(value) is not None),
    CHOICE: (str, lambda setting, value: value in setting.choices),
    NAMES: (list, lambda _, value: _are_texts(value)),
    WORDS: (list, lambda setting, value: _are_texts(value) and {*value} <= {*setting.choices}),
    TERMINALS: (
        list,
        lambda _, value: all(
            isinstance(one, dict) and {*one} == _TERMINAL and _are_texts([*one.values()]) for one in value
        ),
    ),
}
"""What a value of each kind is in a document, and what more is asked of it; any text does for the others."""


def turning_hour(document: Document) -> int:
    """The hour at which the night asked for by default becomes that of the day, in a document of a hotel."""
    return int(value_in(document, TURNS_AT))


def nested(path: str, value: Any) -> Document:
    """The partial document that gives one setting a value.

    >>> nested("rates.rj.visa", "1.80")
    {'rates': {'rj': {'visa': '1.80'}}}
    """
    for part in reversed(path.split(".")):
        value = {part: value}
    return dict(value)
