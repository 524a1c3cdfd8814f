"""The short tabs: Contrôle, HP / Administration, Internet, Sonifi."""

from __future__ import annotations

from utils.presentation.blocks import Grid
from utils.presentation.cells import Column, Group
from utils.presentation.layout import Layout, ledger, lines_block
from utils.presentation.sheet import Sheet
from utils.rj.tabs.hp_admin import CATEGORIES as BILL_CATEGORIES
from utils.rj.tabs.hp_admin import OUTLET_AREAS
from utils.rj.tabs.jour_cells import CATEGORIES, OUTLETS


def controle(sheet: Sheet) -> Layout:
    """Who, where, when, and the weather."""
    return Layout(
        (
            ledger(
                "La nuit",
                sheet.rows("audit_date", "property_name", "property_rooms", "jours_dans_mois"),
                style="form",
            ),
            ledger(
                "À remplir",
                sheet.rows("auditor_name", "temperature", "weather_condition", "chambres_refaire", "notes"),
                style="form",
            ),
        )
    )


def hp_admin(sheet: Sheet) -> Layout:
    """One line a bill; what the Jour deducts; totals by payment."""
    lines = lines_block(
        sheet, "hp_admin_entries", "Factures, avant taxes", {"total": "hp_admin_total"}, "Ajouter une facture"
    )
    keys = list(BILL_CATEGORIES.values())
    rows = tuple(
        sheet.row(
            OUTLETS[outlet],
            (
                sheet.cell(f"hp_deductions.jour_{outlet}_{key}", f"Déduction {OUTLETS[outlet]}, {CATEGORIES[key]}")
                for key in keys
            ),
        )
        for outlet in OUTLET_AREAS
    )
    shop = sheet.row("Tabagie", (sheet.cell("hp_deductions.jour_tabagie"), *(None,) * (len(keys) - 1)))
    deductions = Grid(
        "Déductions au Jour",
        tuple(Column(CATEGORIES[key].capitalize()) for key in keys),
        (Group("", (*rows, shop)),),
        "dense",
        "chaque vente est retirée une fois de la cellule qui l’a vendue",
        "Point de vente",
    )
    totals = ledger(
        "Totaux",
        [
            *sheet.rows("hp_total_administration", "hp_total_promotion"),
            *sheet.rows("hp_pourboire_administration", "hp_pourboire_promotion"),
            *sheet.rows("hp_sans_motif"),
        ],
    )
    return Layout((lines, deductions, totals))


def internet(sheet: Sheet) -> Layout:
    """Code 36 of the PMS, banquets and packages against the Jour."""
    entered = sheet.rows(
        *("internet_ls_361", "internet_adj_chambre", "internet_banquet", "internet_spesa"),
        *("internet_ls_365", "internet_forfait_bnc", "internet_nb_forfaits", "internet_forfait_valeur"),
    )
    proof = [sheet.total("internet_total"), *sheet.rows("internet_rj"), sheet.total("internet_variance", "total final")]
    return Layout((ledger("Internet, avant taxes", Group("Lectures", entered), Group("Preuve", tuple(proof))),))


def sonifi(sheet: Sheet) -> Layout:
    """The PMS code, the mailed report by price, and the Jour, three ways."""
    films = lines_block(sheet, "sonifi_unites", "Films du courriel de 03 h", add="Ajouter un prix")
    readings = ledger("Lecture du PMS", sheet.rows("sonifi_cd_352"))
    proof = ledger(
        "Preuve à trois",
        [
            *sheet.rows("sonifi_email", "sonifi_ajustement"),
            sheet.total("sonifi_total"),
            *sheet.rows("sonifi_rj"),
            sheet.total("sonifi_variance"),
            sheet.total("sonifi_var_cd", "total final"),
        ],
    )
    reason = ledger("Motif de l’ajustement", sheet.rows("sonifi_ajustement_motif"), style="form")
    return Layout((readings, films, proof, reason))
