"""The sheet *rj*, the report of the day as it is printed: each of its lines shows a figure that stands elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from utils import french
from utils.imports.places import column_name, position
from utils.reports.filling import STYLES, Filling
from utils.reports.grid import COUNT, MONEY, TITLE, Entry
from utils.reports.places import Cell
from utils.rj.catalogue import FIELDS
from utils.rj.tabs.jour_cells import OUTLETS
from utils.shapes import Values

_OUTLET_ROWS: Final = dict(zip(OUTLETS, (8, 9, 11, 12, 10), strict=True))

_ROWS: Final[dict[int, str]] = {
    **{6: "opening_balance", 7: "room_revenue", 13: "total_nourriture", 19: "total_boissons", 20: "location_salle"},
    **{row: f"{outlet}_nourriture" for outlet, row in _OUTLET_ROWS.items()},
    **dict(
        enumerate(
            (
                *("tel_interurbain", "tel_local", "tel_publics", "nettoyeur", "buanderette", "equipement", "tabagie"),
                *("internet", "sonifi"),
            ),
            22,
        )
    ),
    **{32: "st_martin", 33: "fax", 34: "boutique"},
    **dict(
        enumerate(
            (
                *("pourboires", "socan", "resonne", "tvq", "tps", "taxe_hebergement", "massage", "vestiaire"),
                "ristournes",
            ),
            36,
        )
    ),
    **{46: "diff_forfait", 47: "billets_promo", 48: "autres_gl", 49: "diff_caisse"},
    **dict(
        enumerate(
            (
                *("argent_recu", "remb_client", "remb_gratuite", "surplus_deficit", "dueback_reception"),
                *("exchange_us", "depot_us", "certificats", "gift_cards", "paiements_cchp", "promesse_service"),
                *("ar_misc", "total_hp", "total_cartes", "transfert_royal", "transfert_bancaire", "cash_operation"),
            ),
            51,
        )
    ),
}
"""The figure of the *Jour* in each row of column B; the others are cells of their own."""

_STATISTICS: Final[dict[str, str]] = {
    **{"J6": "rooms_comp", "J7": "rooms_hors_usage", "J8": "rooms_disponibles", "J15": "nb_clients"},
    **{"J19": "rooms_simple", "J20": "rooms_double", "J21": "rooms_suite", "J26": "depot_us"},
    **{"J32": "carte_amex_elavon", "J33": "carte_discover", "J34": "carte_mc", "J35": "carte_visa"},
    **{"J36": "carte_amex_global", "J38": "carte_debit", "N32": "frais_amex", "N33": "frais_discover"},
    **{"N34": "frais_mc", "N35": "frais_visa", "J43": "star_hot", "J44": "repas_nb", "J45": "hp_admin"},
    **{"J46": "hp_promotion", "J47": "promesse_repas", "J48": "traiteur_promotion"},
}
"""The figure of the *Jour* in each of these cells."""

_LAST_YEAR: Final = {
    **{"D7": "room_revenue", "D35": "total_revenue", "D49": "diff_caisse", "L8": "rooms_disponibles"},
    **{"L9": "rooms_louees", "L10": "rooms_occupees", "L15": "nb_clients"},
}
"""The sums of the month of a year ago, to the same date."""

_BALANCES: Final = (6, 68)
"""Rows of what a month does not add up."""


class Beside(NamedTuple):
    """What a report sets beside a night: the month of a year ago (sums by the keys of ``mtd``), the month's budget."""

    last_year: Values
    revenue: Decimal | None
    labour: Decimal | None


def fill_report(control: Filling, beside: Beside, month: Sequence[Filling]) -> None:
    """The night, the month when all its nights are there, the same month a year ago, the budget."""
    grid = control.grid
    for name, key in ({f"B{row}": key for row, key in _ROWS.items()} | _STATISTICS).items():
        field = f"jour.jour_{key}"
        link = control.formulas.link(field, "rj")
        grid.put(Cell("rj", *position(name)), Entry(control.value(key), STYLES[FIELDS[field].kind], link))
    if len(month) == control.night.day.day:
        _fill_month(control, month)
    for name, key in _LAST_YEAR.items():
        if (past := beside.last_year.get(key)) is not None:
            grid.put(Cell("rj", *position(name)), Entry(past, MONEY if isinstance(past, Decimal) else COUNT))
    _fill_budget(control, beside)


def _fill_month(control: Filling, month: Sequence[Filling]) -> None:
    """The month to date of each line that is a column of the *Jour*, from the nights that stand there."""
    for row, key in _ROWS.items():
        place, cell = control.places.one[f"jour.jour_{key}"], Cell("rj", row, 3)
        if row in _BALANCES or place.sheet != "jour" or control.grid.has(cell):
            continue
        amounts = [one for filling in month if (one := filling.value(key)) is not None]
        letters = column_name(place.column)
        body = f"jour!{letters}3:{letters}33"
        total = sum(amounts, Decimal(0)) if amounts else None
        control.grid.put(cell, Entry(total, MONEY, f'=IF(COUNT({body})=0,"",SUM({body}))'))


def _fill_budget(control: Filling, beside: Beside) -> None:
    """The budget of the month, and its share at this day."""
    grid, day = control.grid, control.night.day
    grid.label("Budget", 1, 1, f"{french.MONTHS[day.month - 1].capitalize()} {day.year}", TITLE)
    for row, label, amount in ((2, "Revenus prévus", beside.revenue), (3, "Main-d’œuvre prévue", beside.labour)):
        grid.label("Budget", row, 1, label)
        grid.put(Cell("Budget", row, 2), Entry(amount, MONEY))
    if beside.revenue is not None:
        share = beside.revenue * day.day / control.night.values["controle.jours_dans_mois"]
        grid.put(Cell("rj", 35, 6), Entry(share, MONEY, "=Budget!B2*controle!B3/controle!B27"))
