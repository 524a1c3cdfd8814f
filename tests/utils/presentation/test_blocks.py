"""The parts of a page: how wide a table is, what is put aside, how a wide one is cut for the paper."""

import pytest

from utils.presentation.blocks import ON_PAPER, Grid
from utils.presentation.cells import Cell, Column, Group, Row


def grid(count, heads=None, **more):
    """A table of one row whose columns are named « 1 », « 2 », …; ``heads`` opens groups of columns."""
    names = [str(number) for number in range(1, count + 1)]
    cells = tuple(Cell(f"t.{name}", "money", name, name) for name in names)
    columns = tuple(Column(name, (heads or {}).get(name, "")) for name in names)
    return Grid("Table", columns, (Group("G", (Row("Ligne", cells),)),), **more)


@pytest.mark.parametrize(("style", "width"), [("ledger", 4), ("recap", 4), ("form", 4), ("court", 3), ("dense", 3)])
def test_a_note_spans_the_label_the_figures_and_the_origin(style, width):
    assert grid(2, style=style).width == width


def test_columns_put_aside_are_counted():
    columns = (Column("a", idle=True), Column("b"), Column("c", idle=True))
    assert Grid("Table", columns, ()).idle == 2
    assert grid(3).idle == 0


def test_columns_stand_under_headings_only_when_one_opens_a_group():
    assert grid(3, {"2": "Banquets"}).grouped
    assert not grid(3).grouped


def test_a_table_that_fits_a_sheet_is_not_cut():
    whole = grid(ON_PAPER)
    assert whole.on_paper() == (whole,)


@pytest.mark.parametrize(
    ("count", "cut"),
    [
        (10, ["1 à 5", "6 à 10"]),
        (18, ["1 à 9", "10 à 18"]),
        (19, ["1 à 7", "8 à 14", "15 à 19"]),
    ],
)
def test_a_wide_table_is_cut_into_parts_that_say_which_columns_they_hold(count, cut):
    parts = grid(count, anchor="t", style="dense").on_paper()
    assert [part.subtitle for part in parts] == cut
    assert {part.anchor for part in parts} == {""}
    shown = [cell.text for part in parts for group in part.groups for row in group.rows for cell in row.cells]
    assert shown == [str(number) for number in range(1, count + 1)]


def test_a_group_cut_in_two_keeps_its_heading_and_the_paper_puts_nothing_aside():
    wide = grid(12, {"1": "Points de vente", "4": "Banquets", "11": "Contrôle"})
    first, second = wide.on_paper()
    assert first.headings(every=True) == (("Points de vente", 3), ("Banquets", 3))
    assert second.headings(every=True) == (("Banquets", 4), ("Contrôle", 2))
    idle = Grid("Table", tuple(Column(str(one), idle=True) for one in range(12)), ())
    assert [part.idle for part in idle.on_paper()] == [0, 0]


def test_a_heading_covers_the_columns_in_view():
    columns = (Column("a", "Ventes"), Column("b", idle=True), Column("c", "Banquets", idle=True), Column("d", "Total"))
    table = Grid("Table", columns, ())
    assert table.headings(every=True) == (("Ventes", 2), ("Banquets", 1), ("Total", 1))
    assert table.headings(every=False) == (("Ventes", 1), ("Total", 1))


def test_columns_before_the_first_heading_stand_under_none():
    assert grid(3, {"3": "Banque"}).headings(every=True) == (("Banque", 1),)
    assert grid(2).headings(every=True) == ()
