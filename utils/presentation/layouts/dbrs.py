"""DBRS: the brand's form, its lines of revenue, its market rows, the segments they make."""

from __future__ import annotations

from utils.presentation.blocks import Grid
from utils.presentation.cells import Column, Group, Row
from utils.presentation.layout import Layout, ledger, lines_block, side_by_side
from utils.presentation.sheet import Sheet
from utils.rj.tabs.dbrs import COMPLIMENTARY_ROW, FORM_ROWS, MARKET_ROWS, SEGMENTS, TOTALS

_SEGMENT_OF_ROW = {
    **{str(row): label for label, rows, _, _ in SEGMENTS.values() for row in rows},
    COMPLIMENTARY_ROW: "Complimentaires",
}
_SUMMARY = (("transient", "Passagers"), ("group", "Groupes"), ("contract", "Contrat"), ("other", "Autres"))
_FIGURES = (("rooms", "chambres"), ("adr", "moyenne"), ("revenue", "revenu"))
_AFTER = {"government": "total_premium", "rewards": "total_discount", "group_tour": "total_group"}


def dbrs(sheet: Sheet) -> Layout:
    """What is typed first, then what it makes."""
    rows = [
        sheet.row(name.replace("_", " "), (sheet.cell(f"dbrs_daily_rev.{name}"),), sub=f"ligne {row}", lang="en")
        for name, row in FORM_ROWS.items()
    ]
    half = (len(rows) + 1) // 2
    revenue = side_by_side(
        ledger("Daily Revenue, charges de chambres", rows[:half]), ledger("Daily Revenue, suite", rows[half:])
    )
    third = (len(MARKET_ROWS) + 2) // 3
    parts = [MARKET_ROWS[start : start + third] for start in range(0, len(MARKET_ROWS), third)]
    markets = side_by_side(*(_market(sheet, part) for part in parts), count=3)
    on_the_books = lines_block(sheet, "dbrs_otb_data", "Sur les livres (OTB)", add="Ajouter un groupe")
    form = ledger(
        "Formulaire",
        [
            *sheet.rows("dbrs_daily_rev_total", "dbrs_allowance"),
            sheet.total("dbrs_grand_total"),
            *sheet.rows("dbrs_form_autres", "dbrs_form_noshow", "dbrs_form_departs"),
            sheet.total("dbrs_net_revenue"),
            *sheet.rows("dbrs_net_adr", "dbrs_comp_rooms"),
        ],
    )
    beside = ledger(
        "Rappel du Jour et no-shows",
        sheet.rows(
            *("dbrs_daily_rev_today", "dbrs_adr", "dbrs_house_count"), *("dbrs_noshow_count", "dbrs_noshow_revenue")
        ),
    )
    return Layout((revenue, markets, _segments(sheet), side_by_side(form, beside), _summary(sheet), on_the_books))


def _market(sheet: Sheet, rows: tuple[str, ...]) -> Grid:
    made = [
        sheet.row(
            f"Ligne {row}",
            (sheet.entry("dbrs_market_rows", row, f"Market Segment, ligne {row}"),),
            sub=_SEGMENT_OF_ROW.get(row, ""),
        )
        for row in rows
    ]
    anchor = sheet.name("dbrs_market_rows") if rows[0] == MARKET_ROWS[0] else ""
    title = f"Market Segment, {rows[0]} à {rows[-1]}"
    return Grid(title, (Column("Chambres"),), (Group("", tuple(made)),), anchor=anchor)


def _segments(sheet: Sheet) -> Grid:
    labels = {key: entry[0] for key, entry in (SEGMENTS | TOTALS).items()}
    rows: list[Row] = []
    for key in SEGMENTS:
        rows.append(_segment(sheet, key, labels[key]))
        if total := _AFTER.get(key):
            rows.append(_segment(sheet, total, labels[total], "total light"))
            if total == "total_discount":
                rows.append(_segment(sheet, "total_transient", labels["total_transient"], "total"))
    rows.append(_segment(sheet, "daily", labels["daily"], "total final"))
    columns = (Column("Chambres"), Column("Moyenne"), Column("Revenu"))
    return Grid("Segments", columns, (Group("", tuple(rows)),), "dense", head="Segment")


def _segment(sheet: Sheet, key: str, label: str, style: str = "") -> Row:
    cells = tuple(sheet.cell(f"dbrs_{key}_{figure}", f"{label}, {name}") for figure, name in _FIGURES)
    return sheet.row(label, cells, style)


def _summary(sheet: Sheet) -> Grid:
    rows = tuple(
        sheet.row(
            label,
            (
                sheet.cell(f"dbrs_market_segments.{key}.rooms", f"{label}, chambres"),
                sheet.cell(f"dbrs_market_segments.{key}.revenue", f"{label}, revenu"),
            ),
        )
        for key, label in _SUMMARY
    )
    return Grid("Segments, résumé", (Column("Chambres"), Column("Revenu")), (Group("", rows),), "dense", head="Segment")
