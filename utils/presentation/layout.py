"""The blocks of a tab; a field that no layout names still appears, after the one declared before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from utils.presentation.blocks import Block, Columns, Grid, Line, Lines, Sum, Term
from utils.presentation.cells import Cell, Column, Group, Row
from utils.presentation.ghosts import ghosts
from utils.presentation.sheet import NIL, Sheet, column_label
from utils.rj.declaration import FLAG, LINES, Field

AMOUNT = (Column("Montant"),)
VALUE = (Column("Valeur", words=True),)
OTHERS = "Autres champs"
FORMER = "Chiffres de cette nuit qui n’existent plus aujourd’hui"


@dataclass(frozen=True, slots=True)
class Layout:
    """What a tab shows, in order, and what stands in its margin."""

    blocks: tuple[Block, ...]
    margin: tuple[Block, ...] = ()


def ledger(title: str, *groups: Group | Iterable[Row], style: str = "ledger", subtitle: str = "") -> Grid:
    """A table of single figures with their origin; plain rows make a group without heading."""
    made = tuple(group if isinstance(group, Group) else Group("", tuple(group)) for group in groups)
    columns = VALUE if style == "form" else AMOUNT
    return Grid(title, columns, tuple(group for group in made if group.rows), style, subtitle)


def side_by_side(*grids: Grid, count: int = 2) -> Columns:
    """Tables side by side, narrow: the letter of an origin stands in the cell."""
    return Columns(
        tuple(replace(grid, style="court" if grid.style == "ledger" else grid.style) for grid in grids), count
    )


def lines_block(sheet: Sheet, key: str, title: str, total: dict[str, str] | None = None, add: str = "") -> Lines:
    """A list of the tab; ``total`` gives the field whose figure stands under a column."""
    declared, totals, name = sheet.fields[key], total or {}, sheet.name(key)
    lines = tuple([Line(one, cells, sheet.notes_for((f"{name}.{one}",))) for one, cells in sheet.lines(key)])
    under = tuple(sheet.cell(totals[one.key]) if one.key in totals else None for one in declared.columns)
    blank = sheet.blank(key)
    sheet.placed.add(key)
    return Lines(
        title=title,
        name=name,
        columns=tuple(
            Column(column_label(one), words=not cell.is_figure, wide=cell.is_text)
            for one, cell in zip(declared.columns, blank, strict=True)
        ),
        lines=lines,
        blank=Line("__id__", blank),
        ghosts=ghosts(sheet, key),
        recalled=any(column.again for column in declared.columns),
        total=under if any(under) else (),
        add=add or "Ajouter une ligne",
        editable=sheet.marks.editable,
    )


def difference(title: str, first: Cell, *others: tuple[str, Cell], result: Cell, hrefs: dict[str, str]) -> Sum:
    """A small sum: a first term, signed others, the result under the double rule."""
    terms = [Term("", first.label, first, hrefs.get(first.name, ""))]
    terms += [Term(sign, cell.label, cell, hrefs.get(cell.name, "")) for sign, cell in others]
    return Sum(title, (*terms, Term("=", result.label, result, result=True)))


def complete(sheet: Sheet, layout: Layout) -> Layout:
    """The same layout with every field of the tab in it."""
    blocks: list[Block] = list(layout.blocks)
    before = ""
    for field in sheet.tab:
        if field.key not in sheet.placed and field.key != NIL:
            _place(sheet, field, before, blocks)
        before = field.key
    if former := sheet.former():
        blocks.append(ledger(FORMER, former))
    return Layout(tuple(blocks), layout.margin)


def _place(sheet: Sheet, field: Field, before: str, blocks: list[Block]) -> None:
    if field.kind == LINES:
        blocks.append(lines_block(sheet, field.key, field.label))
        return
    if field.items:
        parts = field.keys or tuple(sheet.night.values.get(sheet.name(field.key)) or ())
        rows = [sheet.row(part, (sheet.entry(field.key, part, part),)) for part in parts]
        blocks.append(ledger(field.label, rows))
        return
    row = sheet.row(field.label, (sheet.cell(field.key),))
    anchor = sheet.name(before)
    for position, block in enumerate(blocks):
        placed = _after(block, anchor, row) if field.kind != FLAG else None
        if placed is not None:
            blocks[position] = placed
            return
    blocks.append(ledger(OTHERS, [row], style="form" if not row.cells[0] or not row.cells[0].is_figure else "ledger"))


def _after(block: Block, anchor: str, row: Row) -> Block | None:
    """The block with the row after the one that holds the anchor, ``None`` when it is not there."""
    if isinstance(block, Columns):
        found = {position: grid for position, one in enumerate(block.blocks) if (grid := _in_grid(one, anchor, row))}
        inner = tuple(found.get(position, one) for position, one in enumerate(block.blocks))
        return replace(block, blocks=inner) if found else None
    return _in_grid(block, anchor, row) if isinstance(block, Grid) else None


def _in_grid(block: Grid, anchor: str, row: Row) -> Grid | None:
    for position, group in enumerate(block.groups):
        for index, known in enumerate(group.rows):
            if anchor in known.names:
                padded = replace(row, cells=(*(None,) * (len(block.columns) - 1), *row.cells))
                rows = (*group.rows[: index + 1], padded, *group.rows[index + 1 :])
                groups = (*block.groups[:position], replace(group, rows=rows), *block.groups[position + 1 :])
                return replace(block, groups=groups)
    return None
