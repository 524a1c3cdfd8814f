"""Cash: due backs, the Recap, the envelopes, the spread of over and short."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from utils import french
from utils.money import money_text
from utils.presentation.blocks import Grid, Suite, Suites
from utils.presentation.cells import Cell, Column, Group, Row
from utils.presentation.layout import Layout, ledger, lines_block
from utils.presentation.proposals import carried_floats, shares_of_variance
from utils.presentation.sheet import Sheet
from utils.rj.tabs import recap as recap_tab
from utils.rj.tabs import setd as setd_tab
from utils.rj.tabs.sd import CLIENTS

_COLUMNS = (Column("Lecture"), Column("Correction"), Column("Net"))


def dueback(sheet: Sheet) -> Layout:
    """One line a receptionist, then the control against the Jour."""
    lines = lines_block(
        sheet,
        "dueback_entries",
        "Fonds gardés par les réceptionnistes",
        {"nouveau": "dueback_encours", "net": "dueback_total"},
        "Ajouter un réceptionniste",
    )
    control = ledger(
        "Contrôle Z", [*sheet.rows("dueback_total", "dueback_rj"), sheet.total("dueback_z", "total final")]
    )
    return Layout((carried_floats(sheet, lines), control))


def recap(sheet: Sheet) -> Layout:
    """Reading, correction and net of each line; the totals where the paper has them; the proof."""

    def total(key: str, style: str = "total") -> Row:
        return sheet.total(key, style, width=3)

    *upper, last = (section.total[0] for section in recap_tab.SECTIONS)
    totals = [*map(total, upper), total(last, "total final")]
    groups = []
    for section, whole in zip(recap_tab.SECTIONS, totals, strict=True):
        rows = []
        for line in section.lines:
            parts = (("lecture", "lecture"), ("corr", "correction"), ("net", "net"))
            cells = tuple(sheet.cell(f"{line.key}_{part}", f"{line.label}, {said}") for part, said in parts)
            rows.append(sheet.row(line.label, cells, lead=cells[0] if cells[0].text else cells[1]))
        groups.append(Group(section.title, (*rows, whole)))
    groups.append(
        Group(
            "Dépôt et preuve",
            (
                total("deposit_us", ""),
                total("deposit_cdn", ""),
                total("recap_depot_cdn_calcule", "total light"),
                total("recap_depot_controle", "total light"),
                total("recap_argent_recu", "total light"),
                total("recap_balance", "total final"),
            ),
        )
    )
    table = Grid("Réconciliation du comptant", _COLUMNS, tuple(groups), "recap", hidden_title=True)
    reason = ledger("Motif des corrections", sheet.rows("recap_corr_notes"), style="form")
    return Layout((table, replace(reason, hidden_title=True)))


def sd(sheet: Sheet) -> Layout:
    """One line an envelope, the totals under their columns, then the sealed envelopes of the deposit."""
    lines = lines_block(
        sheet,
        "sd_entries",
        "Une ligne par enveloppe",
        {
            "amount": "sd_total_amount",
            "verified": "sd_total_verified",
            "reimbursement": "sd_total_reimbursement",
            "variance": "sd_total_variance",
        },
        "Ajouter une enveloppe",
    )
    totals = ledger("Vérifié, par devise", sheet.rows("sd_total_verified_cdn", "sd_total_verified_us", "sd_max_ecart"))
    suites = []
    for client, label, _ in CLIENTS:
        whole = sheet.cell(f"depot_data.{client}.amounts")
        amounts: tuple[Decimal, ...] = sheet.night.values.get(whole.name) or ()
        suite = Suite(
            title=label,
            name=whole.name,
            cells=tuple(_envelope(whole, label, position, amount) for position, amount in enumerate(amounts, 1)),
            blank=_envelope(whole, label, 0, None),
            total=sheet.cell(f"depot_total_{client}"),
            day=sheet.cell(f"depot_data.{client}.date"),
            notes=sheet.notes_for((whole.name,)),
            expected=client in sheet.marks.envelopes and not amounts,
        )
        suites.append(suite)
    envelopes = Suites(
        "Enveloppes scellées du dépôt", tuple(suites), sheet.total("depot_total", "total final"), sheet.marks.editable
    )
    return Layout((lines, totals, envelopes))


def _envelope(whole: Cell, label: str, position: int, amount: Decimal | None) -> Cell:
    said = f"{label}, enveloppe {position}" if position else f"{label}, nouvelle enveloppe"
    if amount is None:
        return whole._replace(label=said, text="", value=None, mark=None, anchor=False)
    return whole._replace(label=said, text=french.number(amount), value=money_text(amount), anchor=False)


def setd(sheet: Sheet) -> Layout:
    """What is to be spread, the persons, the accounts, and what is left."""
    balance = ledger("À répartir", sheet.rows("setd_rj_balance"))
    persons = lines_block(sheet, "setd_personnel", "Par personne", add="Ajouter une personne")
    accounts = ledger(
        "Par compte",
        [
            *sheet.rows(*(key for key, _, _ in setd_tab.ACCOUNTS)),
            sheet.total("setd_total"),
            sheet.total("setd_controle", "total final"),
        ],
    )
    return Layout((balance, shares_of_variance(sheet, persons), accounts))
