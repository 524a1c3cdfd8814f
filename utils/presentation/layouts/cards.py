"""Cards: terminals against the point of sale, reports against the PMS, and the global proof."""

from __future__ import annotations

from utils.presentation.blocks import Grid, Legend
from utils.presentation.cells import Cell, Column, Group, Row
from utils.presentation.layout import Layout, difference, ledger, side_by_side
from utils.presentation.sheet import Sheet
from utils.presentation.words import choice_label
from utils.rj.tabs.transelect import CARD_LABELS, CARDS, GROUPS, SOURCES

_SHORT = {"fusebox": "FreedomPay", "term8": "Terminal 8", "k053": "K053", "daily_rev": "Daily Revenue"}


def transelect(sheet: Sheet) -> Layout:
    """The two grids of the paper, and what both make together."""
    restaurant, reception = _restaurant(sheet), _reception(sheet)
    per_card = Grid(
        "Total par carte",
        (Column("Restaurant et réception"),),
        (
            Group(
                "",
                tuple(sheet.row(CARD_LABELS[card], (sheet.cell(f"transelect_quasimodo.{card}"),)) for card in CARDS),
            ),
        ),
        "ledger",
        "vers le Quasimodo",
        head="Carte",
    )
    names = {
        "transelect.transelect_variance_restaurant": "#transelect.transelect_variance_restaurant",
        "transelect.transelect_variance_reception": "#transelect.transelect_variance_reception",
    }
    x20 = difference(
        "Variance générale (X20)",
        sheet.shown("transelect_variance_restaurant"),
        ("+", sheet.shown("transelect_variance_reception")),
        result=sheet.cell("transelect_variance"),
        hrefs=names,
    )
    sheet.placed.add("transelect_terminals")
    return Layout((restaurant, reception, Legend(), side_by_side(per_card)), (x20,))


def _restaurant(sheet: Sheet) -> Grid:
    terminals = sheet.night.values["transelect.transelect_terminals"]
    ordered = [t for group in GROUPS for t in terminals if t.get("group") == group]
    batches = (sheet.night.values.get(f"transelect.transelect_restaurant.{card}.terminals") for card in CARDS)
    used = {terminal for known in batches for terminal in known or {}}
    columns: list[Column] = []
    for group in GROUPS:
        mine = [terminal for terminal in ordered if terminal["group"] == group]
        for position, terminal in enumerate(mine):
            heading = choice_label("transelect", group) if position == 0 else ""
            empty, usual = terminal["id"] not in used, terminal["id"] in sheet.marks.expected
            idle = empty and not usual and bool(used or sheet.marks.expected)
            columns.append(Column(terminal.get("label") or terminal["id"], heading, idle, expected=empty and usual))
    fixed = (
        *(Column("Total 1", "Contrôle"), Column("Total 2"), Column("POSitouch"), Column("Variance")),
        *(Column("%", "Escompte"), Column("$"), Column("Net", "Banque")),
    )
    return Grid(
        "Restaurant",
        (*columns, *fixed),
        (Group("", _restaurant_rows(sheet, {t["id"]: t.get("label") or t["id"] for t in ordered})),),
        "dense",
        "terminaux Moneris contre POSitouch",
        "Carte",
    )


def _restaurant_rows(sheet: Sheet, terminals: dict[str, str]) -> tuple[Row, ...]:
    """A row a card, then their total: the batch of each terminal, by its label, and what they make together."""
    rows = []
    for card in CARDS:
        label, key = CARD_LABELS[card], f"transelect_restaurant.{card}"
        batches = (sheet.entry(f"{key}.terminals", one, f"{label}, {name}") for one, name in terminals.items())
        figures = (
            *((f"transelect_total1_{card}", "Total 1"), (f"transelect_total2_{card}", "Total 2")),
            *((f"{key}.positouch", "POSitouch"), (f"transelect_var_{card}", "variance")),
            (f"transelect_esc_pct_{card}", "escompte en %"),
            *((f"transelect_esc_{card}", "escompte en $"), (f"transelect_net_{card}", "net")),
        )
        cells = (sheet.cell(cell, f"{label}, {name}") for cell, name in figures)
        rows.append(sheet.row(label, (*batches, *cells)))
    sums = (sheet.entry("transelect_terminal_totals", one, f"Total, {name}") for one, name in terminals.items())
    named: tuple[tuple[str, str], ...] = (
        *(("transelect_total1", "Total 1"), ("transelect_total2", "Total 2")),
        *(("transelect_positouch_total", "POSitouch"), ("transelect_variance_restaurant", "variance")),
        *(("", ""), ("transelect_esc_total", "escompte en $"), ("transelect_net_total", "net")),
    )
    total = (_total_cell(sheet, key, f"Total, {name}") for key, name in named)
    return (*rows, sheet.row("Total", (*sums, *total), "total final"))


def _total_cell(sheet: Sheet, key: str, label: str) -> Cell | None:
    return sheet.cell(key, label) if key else None


def _reception(sheet: Sheet) -> Grid:
    sources = tuple(key for key, *_ in SOURCES if key != "daily_rev")
    columns = (
        *(Column(_SHORT.get(key, key), "Rapports et terminaux" * (i == 0)) for i, key in enumerate(sources)),
        *(Column("Total", "Contrôle"), Column("Daily Revenue"), Column("Variance")),
        *(Column("%", "Escompte"), Column("$"), Column("Net GEAC", "Banque")),
    )
    rows = []
    for card in CARDS:
        label = CARD_LABELS[card]
        entered = ((f"transelect_reception.{card}.{key}", _SHORT.get(key, key)) for key in sources)
        figures = (
            *((f"transelect_rec_total_{card}", "total"), (f"transelect_reception.{card}.daily_rev", "Daily Revenue")),
            *((f"transelect_rec_var_{card}", "variance"), (f"transelect_esc_pct_{card}", "escompte en %")),
            *((f"transelect_rec_esc_{card}", "escompte en $"), (f"transelect_rec_net_{card}", "net GEAC")),
        )
        cells = (sheet.cell(key, f"{label} réception, {name}") for key, name in (*entered, *figures))
        rows.append(sheet.row(label, cells))
    named: tuple[tuple[str, str], ...] = (
        *(("", "") for _ in sources),
        *(("transelect_rec_total", "total"), ("transelect_rec_daily_rev_total", "Daily Revenue")),
        *(("transelect_variance_reception", "variance"), ("", "")),
        *(("transelect_rec_esc_total", "escompte en $"), ("transelect_rec_net_total", "net GEAC")),
    )
    total = sheet.row("Total", (_total_cell(sheet, key, f"Total réception, {n}") for key, n in named), "total final")
    groups = (Group("", (*rows, total)),)
    return Grid("Réception", columns, groups, "dense", "rapport bancaire contre Daily Revenue", "Carte")


def quasimodo(sheet: Sheet) -> Layout:
    """Cards by where they were read, then the proof: nothing is typed here."""
    columns = (Column("MON (total 1)"), Column("GLB (total 2)"), Column("Restaurant"), Column("Réception (brut)"))
    keys = ("quasi_mon", "quasi_glb", "quasi_fb", "quasi_rec")
    rows = tuple(
        sheet.row(
            CARD_LABELS[card],
            (
                sheet.cell(f"{key}_{card}", f"{CARD_LABELS[card]}, {column.label}")
                for key, column in zip(keys, columns, strict=True)
            ),
        )
        for card in CARDS
    )
    grid = Grid("Cartes", columns, (Group("", rows),), "dense", "brutes, par lieu de lecture", "Carte")
    proof = ledger(
        "Preuve",
        [
            *sheet.rows("quasi_amex_factor", "quasi_rec_amex_net", "quasi_frais_discover"),
            *sheet.rows("quasi_cash_cdn", "quasi_cash_usd"),
            sheet.total("quasi_total"),
            *sheet.rows("quasi_rj_total"),
            sheet.total("quasi_variance", "total final"),
        ],
    )
    return Layout((grid, proof))
