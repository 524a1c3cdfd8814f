"""GEAC: the PMS proved by itself, one report against another."""

from __future__ import annotations

from urllib.parse import quote

from utils.french import money
from utils.presentation.blocks import Grid, Pointer, Pointers
from utils.presentation.cells import Column, Group, Row
from utils.presentation.layout import Layout, ledger, side_by_side
from utils.presentation.sheet import Sheet
from utils.presentation.words import lower_first
from utils.rj.tabs.geac import BALANCE_SHEET, CARDS

_CASH_OUT = (
    ("Daily Cash Out, ligne 1", "geac_cashout.co1_{}", ""),
    ("Daily Cash Out, ligne 2", "geac_cashout.co2_{}", ""),
    ("Total Cash Out", "geac_cashout_total_{}", "total light"),
    ("Daily Revenue", "geac_daily_rev.{}", ""),
    ("Variance", "geac_cashout_var_{}", "total final"),
)


def geac(sheet: Sheet) -> Layout:
    """Cash Out by card, the balance sheet in two reports, the accounts receivable."""
    rows = tuple(
        sheet.row(
            label, (sheet.cell(key.format(card), f"{name}, {lower_first(label)}") for card, name, _ in CARDS), style
        )
        for label, key, style in _CASH_OUT
    )
    cash_out = Grid(
        "Daily Cash Out contre Daily Revenue", tuple(Column(name) for _, name, _ in CARDS), (Group("", rows),), "dense"
    )
    columns = (Column("Daily Revenue"), Column("Autre rapport"), Column("Variance"))
    lines = []
    for key, label, _, other, other_label, *_ in BALANCE_SHEET:
        cells = (
            sheet.cell(f"geac_balance_sheet.{key}_dr", f"{label}, Daily Revenue"),
            sheet.cell(f"geac_balance_sheet.{key}_{other}", f"{label}, {other_label}"),
            sheet.cell(f"geac_var_{key}", f"{label}, variance"),
        )
        lines.append(sheet.row(label, cells, sub=f"contre {other_label}"))
    proved = "en valeur absolue : deux rapports"
    balance = Grid("Bilan du système", columns, (Group("", tuple(lines)),), "dense", proved)
    identity = ledger("Preuve signée", sheet.rows("geac_var_veille", "geac_var_identite"))
    receivable = ledger(
        "Comptes à recevoir",
        [
            _short(sheet, "geac_ar_previous"),
            *(_short(sheet, key) for key in ("geac_ar_charges", "geac_ar_payments", "geac_ar_adjustments")),
            _short(sheet, "geac_ar_new_balance"),
            _short(sheet, "geac_ar_variance", "total final"),
        ],
    )
    flags = ledger("À signaler", sheet.rows("geac_chk_nobalance", "geac_chk_nodeposit"), style="form")
    links: tuple[Pointer, ...] = ()
    if variance := sheet.night.values.get("geac.geac_ar_variance"):
        # the auditor cannot repair it: it is sent to accounting, by the person's own mail program
        subject = f"Comptes à recevoir, nuit du {sheet.night.day.isoformat()} : écart de {money(variance)}"
        links = (Pointer("Écart à transmettre à la comptabilité", f"mailto:?subject={quote(subject)}", "ask"),)
    to_accounting = Pointers("comptabilite", "Comptabilité", links)
    return Layout((cash_out, balance, side_by_side(identity, receivable), flags), (to_accounting,))


def _short(sheet: Sheet, key: str, style: str = "") -> Row:
    label = sheet.fields[key].label.rpartition(" — ")[2]
    return sheet.row(label[:1].upper() + label[1:], (sheet.cell(key),), style)
