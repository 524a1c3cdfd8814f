"""Statistics of the Jour: rooms, guests, ratios of the night, month and year to date as ratios of sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from utils.rj.arithmetic import Arrondi, Quotient
from utils.rj.declaration import COUNT, MONEY, PERCENT, Field, computed, linked
from utils.rj.expression import Copie, Expression, Term, Total, ecart


def _ratio(numerator: Term, denominator: Term) -> Arrondi:
    return Arrondi(Quotient(numerator, denominator))


def _percent(numerator: Term, denominator: Term) -> Arrondi:
    return Arrondi(Quotient(numerator, denominator, 100, positive=True))


_ROOMS = (
    Field("jour_rooms_total", "Chambres occupées (rapport)", COUNT, cell="jour!CK (1st term)", help="Room Statistics"),
    Field("jour_rooms_double", "Occupation double", COUNT, cell="jour!CL", help="Toujours vide aujourd'hui"),
    Field("jour_rooms_suite", "Suites", COUNT, cell="jour!CM", help="Room Type Production"),
    Field("jour_rooms_comp", "Chambres complimentaires", COUNT, cell="jour!CN", help="Déjà dans les chambres occupées"),
    Field("jour_adultes", "Adultes", COUNT, cell="jour!CO (term)", help="Clients à l'hôtel"),
    Field("jour_enfants", "Enfants", COUNT, cell="jour!CO (term)", help="Clients à l'hôtel"),
    Field(
        "jour_rooms_hors_usage",
        "Chambres hors d'usage",
        COUNT,
        cell="jour!CP",
        help="Room Status; jamais déduites des chambres disponibles",
    ),
    computed(
        "jour_rooms_simple",
        "Occupation simple (sans suites)",
        Total(("jour_rooms_total",), ("jour_rooms_double", "jour_rooms_suite"), needs=("jour_rooms_total",)),
        "jour!CK",
        COUNT,
        direct=True,
    ),
    computed("jour_nb_clients", "Clients", Total(("jour_adultes", "jour_enfants")), "jour!CO", COUNT, direct=True),
    linked(
        "jour_rooms_refaire", "Chambres à refaire", Copie("controle.chambres_refaire"), "jour!CQ", COUNT, direct=True
    ),
    linked("jour_rooms_disponibles", "Chambres disponibles", Copie("property.rooms"), "jour!CR", COUNT, direct=True),
    computed(
        "jour_rooms_occupees",
        "Chambres occupées",
        Total(("jour_rooms_simple", "jour_rooms_double", "jour_rooms_suite")),
        "rj!J10",
        COUNT,
    ),
    computed(
        "jour_rooms_louees",
        "Chambres louées",
        Total(("jour_rooms_occupees",), ("jour_rooms_comp",), needs=("jour_rooms_occupees",)),
        "rj!J9",
        COUNT,
    ),
)

_NIGHT = (
    computed(
        "jour_occupancy_rate",
        "% louées (occupation payante)",
        _percent("jour_rooms_louees", "jour_rooms_disponibles"),
        "rj!J11",
        PERCENT,
    ),
    computed(
        "jour_pct_occupees",
        "% occupées (occupation totale)",
        _percent("jour_rooms_occupees", "jour_rooms_disponibles"),
        "rj!J12",
        PERCENT,
    ),
    computed(
        "jour_occ_operationnelle",
        "Occupation opérationnelle",
        _percent("jour_rooms_louees", Total(("jour_rooms_disponibles",), ("jour_rooms_hors_usage",))),
        kind=PERCENT,
    ),
    computed("jour_adr", "Moyenne / chambre (ADR)", _ratio("jour_room_revenue", "jour_rooms_louees"), "rj!J16"),
    computed("jour_revpar", "REVCD (RevPAR)", _ratio("jour_room_revenue", "jour_rooms_disponibles"), "rj!J18"),
    computed("jour_moyenne_client", "Moyenne / client", _ratio("jour_room_revenue", "jour_nb_clients"), "rj!J17"),
    computed("jour_trevpar", "TRevPAR", _ratio("jour_total_revenue", "jour_rooms_disponibles")),
    computed("jour_fb_par_client", "N&B par client", _ratio("jour_total_fb", "jour_nb_clients")),
)

# key, label, kind, workbook cell: sums from the first of the month
MONTH_SUMS = (
    ("room_revenue", "revenu chambres", MONEY, "rj!C7"),
    ("total_fb", "nourriture et boisson", MONEY, ""),
    ("total_revenue", "total revenus", MONEY, "rj!C35"),
    ("diff_caisse", "différence de caisse", MONEY, "rj!C49"),
    ("rooms_louees", "chambres louées", COUNT, "rj!K9"),
    ("rooms_occupees", "chambres occupées", COUNT, "rj!K10"),
    ("rooms_disponibles", "chambres disponibles", COUNT, "rj!K8"),
    ("nb_clients", "clients", COUNT, "rj!K15"),
)
YEAR_SUMS = (
    ("room_revenue", "revenu chambres", MONEY, "rj!J59"),
    ("total_revenue", "total revenus", MONEY, "rj!K52"),
    ("rooms_louees", "chambres louées", COUNT, "rj!J58"),
    ("rooms_disponibles", "chambres disponibles", COUNT, "rj!J57"),
)
# key, label, numerator, denominator, workbook cell; percent when the label starts with %
_MONTH_RATIOS = (
    ("adr", "moyenne/chambre", "room_revenue", "rooms_louees", "rj!K16"),
    ("revpar", "REVCD", "room_revenue", "rooms_disponibles", "rj!K18"),
    ("moyenne_client", "moyenne/client", "room_revenue", "nb_clients", "rj!K17"),
    ("occupancy_rate", "% louées", "rooms_louees", "rooms_disponibles", "rj!K11"),
    ("pct_occupees", "% occupées", "rooms_occupees", "rooms_disponibles", "rj!K12"),
)
MONTH_PARTS = {
    **{key: (key,) for key, *_ in MONTH_SUMS},
    **{key: parts for key, _, *parts, _ in _MONTH_RATIOS},
}
"""The sums that each figure of the month to date is made of."""

MONTH_LABELS = {key: label for key, label, *_ in (*MONTH_SUMS, *_MONTH_RATIOS)}

_YEAR_RATIOS = (
    ("adr", "moyenne/chambre", "room_revenue", "rooms_louees", "rj!J60"),
    ("revpar", "REVCD", "room_revenue", "rooms_disponibles", "rj!J62"),
    ("occupancy_rate", "% louées", "rooms_louees", "rooms_disponibles", "rj!J61"),
)


def _to_date(period: str, label: str, ratios: tuple[tuple[str, str, str, str, str], ...]) -> tuple[Field, ...]:
    return tuple(
        computed(
            f"jour_{period}_{key}",
            f"{label} — {name}",
            (_percent if name.startswith("%") else _ratio)(
                f"jour_{period}_{numerator}", f"jour_{period}_{denominator}"
            ),
            cell,
            PERCENT if name.startswith("%") else MONEY,
        )
        for key, name, numerator, denominator, cell in ratios
    )


STATISTICS = (*_ROOMS, *_NIGHT)
"""Those of the night alone."""

Parts = Mapping[str, tuple[str, ...]]


def sum_parts(fields: Iterable[Field]) -> dict[str, tuple[str, ...]]:
    """The other sums that each sum to date is made of, as the formulas of the night say.

    The total of revenue is made of the rooms and of food: without one of them, it is smaller than the truth.
    """
    formulas = {field.key: field.formula for field in fields if field.formula}
    read = {key: _typed(f"jour_{key}", formulas) for key, *_ in MONTH_SUMS}
    simple = [key for key in read if not any(other < read[key] for other in read.values())]
    return {key: tuple(part for part in simple if read[part] < read[key]) for key in read}


def _typed(key: str, formulas: Mapping[str, Expression]) -> set[str]:
    """What a figure reads in the end, through the formulas of the tab."""
    if key not in formulas:
        return {key}
    return set().union(*(_typed(name, formulas) for name in formulas[key].reads(str)))


def to_date(parts: Parts) -> tuple[Field, ...]:
    """Month and year to date; a sum is absent when tonight lacks one of the parts of its figure."""
    return (
        *(
            computed(
                f"jour_mtd_{key}",
                f"Mois à date — {name}",
                Total(
                    (f"previous.mtd.{key}", f"jour_{key}"),
                    needs=tuple(f"jour_{part}" for part in parts[key]),
                    strict=True,
                ),
                cell,
                kind,
            )
            for key, name, kind, cell in MONTH_SUMS
        ),
        *_to_date("mtd", "Mois à date", _MONTH_RATIOS),
        *_YEAR,
    )


_YEAR = (
    *(
        computed(
            f"jour_ytd_{key}",
            f"Année à date — {name}",
            ecart((f"previous.ytd_avant_mois.{key}", f"jour_mtd_{key}"), ()),
            cell,
            kind,
        )
        for key, name, kind, cell in YEAR_SUMS
    ),
    *_to_date("ytd", "Année à date", _YEAR_RATIOS),
)
