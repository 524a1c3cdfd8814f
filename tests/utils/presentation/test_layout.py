"""A field that no layout names still has its place: after the one declared before it, else at the end."""

from dataclasses import replace
from decimal import Decimal

from tests.utils.presentation.shown import NIGHT, fr, row, rows, sheet, texts
from utils.presentation.blocks import Columns
from utils.presentation.cells import Cell, Group
from utils.presentation.layout import (
    AMOUNT,
    FORMER,
    OTHERS,
    Layout,
    complete,
    difference,
    ledger,
    lines_block,
    side_by_side,
)
from utils.presentation.layouts import LAYOUTS
from utils.rj.calculate import Former
from utils.rj.sheets import SHEETS


def test_every_sheet_is_laid_out():
    """A sheet without a layout would have an empty page; the Sommaire has its own."""
    assert LAYOUTS.keys() == {tab.key for tab in SHEETS}, (
        "Onglet sans disposition : écrire sa fonction dans un module de utils/presentation/layouts/, "
        "et sa ligne dans LAYOUTS de utils/presentation/layouts/__init__.py."
    )


def test_a_table_of_one_column_leaves_out_empty_groups():
    made = sheet("recap")
    table = ledger("Titre", Group("Vide", ()), Group("Plein", made.rows("recap_balance")), subtitle="sous")
    assert (table.title, table.subtitle, table.style) == ("Titre", "sous", "ledger")
    assert [group.label for group in table.groups] == ["Plein"]
    assert [column.label for column in table.columns] == ["Montant"]


def test_a_form_has_a_column_of_words():
    table = ledger("Titre", sheet("controle").rows("auditor_name"), style="form")
    assert [(column.label, column.words) for column in table.columns] == [("Valeur", True)]
    assert [group.label for group in table.groups] == [""]


def test_tables_side_by_side_are_narrow_and_keep_a_style_of_their_own():
    made = sheet("recap")
    one, other = ledger("Un", made.rows("deposit_us")), ledger("Deux", made.rows("deposit_cdn"), style="form")
    beside = side_by_side(one, other, count=3)
    assert [grid.style for grid in beside.blocks] == ["court", "form"]
    assert beside.count == 3


def test_a_list_has_its_totals_under_their_columns_and_a_line_to_add():
    made = sheet("dueback")
    block = lines_block(made, "dueback_entries", "Fonds", {"nouveau": "dueback_encours"}, "Ajouter")
    assert (block.name, block.title, block.add) == ("dueback.dueback_entries", "Fonds", "Ajouter")
    assert texts(block.total) == [None, None, "653,10", None]
    assert [line.id for line in block.lines] == ["ligne-000", "ligne-001"]
    assert block.blank.cells[0].name == "dueback.dueback_entries.__id__.name"
    assert [(column.words, column.wide) for column in block.columns][:2] == [(True, True), (False, False)]
    assert "dueback_entries" in made.placed


def test_a_list_without_total_says_how_a_line_is_added():
    block = lines_block(sheet("sonifi"), "sonifi_unites", "Films")
    assert (block.total, block.lines, block.add) == ((), (), "Ajouter une ligne")


def test_a_small_sum_ends_with_its_result():
    first, other, result = (Cell(f"recap.{key}", "money", key, key) for key in "abc")
    made = difference("Écart", first, ("+", other), result=result, hrefs={"recap.b": "#recap.b"})
    said = [(term.sign, term.label, term.href, term.result) for term in made.terms]
    assert said == [("", "a", "", False), ("+", "b", "#recap.b", False), ("=", "c", "", True)]


def test_a_field_left_out_comes_after_the_one_declared_before_it():
    made = sheet("recap")
    keys = [field.key for field in made.tab]
    before, left = keys[keys.index("recap_balance") - 1], "recap_balance"
    table = ledger("Table", made.rows(*(key for key in keys if key not in (left, "recap_corr_notes"))))
    found = complete(made, Layout((table,)))
    order = [one.names[0] for one in found.blocks[0].groups[0].rows]
    assert order.index("recap.recap_balance") == order.index(f"recap.{before}") + 1
    assert row(found.blocks[0], "Balance du Recap") == ["0,00"]


def test_a_field_left_out_of_tables_side_by_side_stands_in_its_last_column():
    made = sheet("recap")
    keys = [field.key for field in made.tab if field.key not in ("recap_balance", "recap_corr_notes")]
    grid = replace(ledger("Table", made.rows(*keys)), columns=AMOUNT * 3)
    (block, *_) = complete(made, Layout((Columns((grid,)),))).blocks
    assert row(block.blocks[0], "Balance du Recap") == [None, None, "0,00"]


def test_what_has_no_neighbour_stands_with_the_other_fields():
    made = sheet("recap")
    found = complete(made, Layout(()))
    titles = {block.title for block in found.blocks}
    assert OTHERS in titles
    placed = [one.names[0] for block in found.blocks for group in block.groups for one in group.rows]
    assert sorted(placed) == sorted(f"recap.{field.key}" for field in made.tab)


def test_words_left_out_stand_in_a_form_and_figures_in_a_table():
    made = sheet("controle")
    made.placed |= {field.key for field in made.tab} - {"notes", "property_rooms"}
    found = complete(made, Layout(())).blocks
    assert {one.groups[0].rows[0].label: one.style for one in found} == {
        "Chambres de l’hôtel": "ledger",
        "Notes de la nuit": "form",
    }


def test_a_list_and_a_map_left_out_have_a_block_of_their_own():
    made = sheet("dueback")
    found = complete(made, Layout(())).blocks
    assert "dueback.dueback_entries" in [getattr(one, "name", "") for one in found]
    market = sheet("dbrs")
    market.placed |= {field.key for field in market.tab} - {"dbrs_market_rows"}
    (block,) = complete(market, Layout(())).blocks
    assert [label for label, _ in rows(block)][:3] == ["3", "4", "5"]


def test_a_layout_that_is_complete_is_left_as_it_is():
    made = sheet("recap")
    made.placed |= {field.key for field in made.tab}
    margin = (ledger("Marge", made.rows("recap_balance")),)
    assert complete(made, Layout((), margin)) == Layout((), margin)


def test_figures_of_a_closed_night_that_exist_no_more_are_shown_last():
    former = {
        "recap.ancien": Former("money", "L'ancien dépôt", Decimal("1234.50")),
        "jour.ancien": Former("count", "Autre onglet", 3),
    }
    made = sheet("recap", replace(NIGHT, former=former))
    made.placed |= {field.key for field in made.tab}
    (block,) = complete(made, Layout(())).blocks
    assert block.title == FORMER
    assert rows(block) == [("L’ancien dépôt", [fr("1 234,50")])]
