"""What each sheet must say and where: a book whose columns moved, or of another year's layout, is refused by its cells.

A header is compared without accents, capitals, marks nor spaces, and only by how it begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from utils.imports.places import bare, cell_name, position
from utils.imports.workbook import Sheet

JOUR_HEADERS: Final = (
    *("jour", "bal.ouv", "diff.caisse", "", "nou_link", "boi_link", "bie_link", "min_link", "vin_link"),
    *("nou_piazza", "boi_piazza", "bie_piazza", "min_piazza", "vin_piazza"),
    *("nou_mar", "boi_mar", "bie_mar", "min_mar", "vin_mar"),
    *("nou_schbr", "boi_schbr", "bie_schbr", "min_schbr", "vin_schbr"),
    *("nou_bqt", "boi_bqt", "bi", "min_bqt", "vin_bqt", "pourboire", "equip", "divers", "location de salle"),
    *("droits d auteur", "re sonne", "tabagie", "chambres", "tel inter", "tel local", "tel frais", "valet", "mch"),
    *("", "buanderette", "autres g/l", "sonifi", "autre rev", "location bout", "internet", "tvq", "tps", "tvh"),
    *("massage", "vestiaire", "201802", "fax", "billet", "difference forfait", "fin", "total credit"),
    *("amex elavon", "", "master", "visa", "carte debit", "amex global", "repas n", "50", "h/p admin"),
    *("hotel promo", "", "", "argent recu", "remb serv", "remb grat", "depot us", "due back", "echange us"),
    *("surplus", "cert", "bon d achat", "paiements cc", "cc promesse", "transfer to a/r", "transfert royal"),
    *("tr bancaire", "cash op", "fin", "simple", "double", "suite", "comp", "client", "hors d usage", "ch a refaire"),
    *("disponible", "esc_amex", "", "esc_master", "esc_visa", "net_amex", "", "net_master", "net_visa"),
)
"""How the header of each column of *jour* begins, from A to CZ; empty where years differ."""

JOUR: Final = {cell_name(2, number): header for number, header in enumerate(JOUR_HEADERS, 1) if header}
CONTROLE: Final = {"A4": "mois", "A5": "annee"}
RECAP: Final = {
    **{"B5": "lecture", "C5": "corr", "D5": "net"},
    **{"A6": "comptant light", "A7": "comptant posi", "A8": "cheque payment", "A9": "cheque daily", "A10": "total"},
    **{"A11": "moins remboursement gr", "A12": "moins remboursement cl", "A13": "moins remboursement lo"},
    **{"A15": "moins echange", "A16": "due back rec", "A17": "due back n", "A18": "total a dep", "A19": "surplus"},
    **{"A20": "total depot", "A21": "depot us", "A22": "depot can"},
}
_CARDS: Final = ("debit", "visa", "master", "discover", "amex")
TRANSELECT: Final = {
    **{f"A{row}": card for rows in (range(9, 14), range(20, 25)) for row, card in zip(rows, _CARDS, strict=True)},
    **{"V7": "total 1", "W7": "total 2", "X7": "posi", "Y7": "variance", "B18": "bank", "I18": "total", "P18": "daily"},
}
GEAC: Final = {
    **{"B4": "amex", "E4": "diners", "G4": "master", "J4": "visa", "B5": "daily cash", "B11": "daily rev"},
    **{"B28": "daily rev", "E28": "guest", "G28": "a r", "J28": "advance", "B39": "facture", "B30": "balance prev"},
}
DUEBACK: Final = {"A2": "date", "B2": "r j"}
SETD: Final = {"B2": "rj", "D4": "2101100", "E4": "2946000", "F4": "2101701", "G4": "2101704"}
INTERNET: Final = {
    **{"A7": "jour", "B7": "rapport", "C7": "ajustement", "D7": "banquet", "E7": "spesa", "F7": "adj", "G7": "forfait"},
    **{"H7": "forfait internet", "J7": "rj", "K7": "variance"},
}
SONIFI: Final = {"A5": "date", "P5": "rapport", "Q5": "ajust", "R5": "total", "S5": "total rj", "T5": "diff"}
DEPOT: Final = {
    **{"A9": "date", "B9": "montant", "E9": "date", "F9": "montant", "I9": "date", "J9": "montant"},
}
SD: Final = {
    **{"A5": "date", "A7": "departement", "B7": "nom", "C7": "cdn", "D7": "montant", "E7": "montant", "F7": "rembours"},
    "G7": "variance",
}


def check_layout(sheet: Sheet, expected: Mapping[str, str]) -> bool:
    """Whether every header stands where it must; each that does not is refused by its cell."""
    good = True
    for cell, header in expected.items():
        row, column = position(cell)
        found = sheet.text(row, column)
        if not bare(found).startswith(bare(header)):
            read = f"« {found[:60]} » est lu" if found else "la case est vide"
            sheet.refuse(row, column, f"« {header} » est attendu ici, et {read} : ce classeur a une autre disposition.")
            good = False
    return good


def day_rows(sheet: Sheet, first: int, month: date, each: int = 1) -> dict[date, tuple[int, ...]]:
    """The rows of each day of a sheet that has one or two a day, from its first row down to what is no day.

    A day that is said more often, or in rows apart, is refused by its cell.
    """
    found: dict[date, tuple[int, ...]] = {}
    for row in range(first, sheet.height + 1):
        value = sheet.raw(row, 1)
        if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
            break
        number = int(value)
        try:
            day = month.replace(day=number)
        except ValueError:
            if any(isinstance(sheet.raw(row, column), int | float) for column in (4, 5)):
                sheet.refuse(row, 1, f"Le jour {number} n’est pas un jour de ce mois.")
            continue
        rows = found.get(day, ())
        if len(rows) == each or (rows and rows[-1] != row - 1):
            sheet.refuse(row, 1, f"Le jour {number} est là deux fois.")
            continue
        found[day] = (*rows, row)
    return found
