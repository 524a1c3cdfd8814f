"""A tab being laid out: what a cell is, what was placed, where a value that nobody gave came from."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.utils.presentation.shown import NIGHT, fr, sheet, texts
from tests.utils.rj.build import night
from utils.presentation.marks import Marks
from utils.presentation.sheet import NEW_LINE, column_label
from utils.rj.calculate import Former
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import Field
from utils.rj.remarks import Remark


def test_a_cell_has_its_text_in_french_and_its_value_as_json():
    cell = sheet("recap").cell("remb_client_lecture")
    assert (cell.name, cell.text, cell.value, cell.entered) == (
        *("recap.remb_client_lecture", fr("-1 067,61"), "-1067.61", True),
    )


def test_what_is_absent_has_neither_text_nor_value_nor_mark():
    cell = sheet("recap").cell("cheque_ar_lecture")
    assert (cell.text, cell.value, cell.mark) == ("", None, None)
    assert cell.entered


def test_the_second_showing_of_a_field_is_an_output():
    made = sheet("recap")
    first, second = made.cell("deposit_cdn"), made.cell("deposit_cdn", "Autrement")
    assert (first.entered, first.anchor) == (True, True)
    assert (second.entered, second.anchor, second.label, second.text) == (False, False, "Autrement", "459,40")
    assert made.placed == {"deposit_cdn"}


def test_what_is_only_shown_is_still_to_be_placed():
    made = sheet("recap")
    assert not made.shown("deposit_cdn").entered
    assert made.placed == set()
    made.cell("deposit_us")
    made.shown("deposit_us")
    assert made.placed == {"deposit_us"}


def test_the_date_of_the_night_is_never_typed():
    cell = sheet("controle").cell("audit_date")
    assert (cell.text, cell.value, cell.entered) == ("2025-12-23", "2025-12-23", False)


def test_a_choice_to_fill_keeps_its_code_and_one_to_read_has_its_word():
    of = night(controle={"weather_condition": "pluie"})
    cell = sheet("controle", of).cell("weather_condition")
    assert (cell.text, cell.shown().text) == ("pluie", "Pluie")


def test_a_key_of_a_map_is_a_cell_with_the_figure_of_the_key():
    made = sheet("transelect")
    known = made.entry("transelect_restaurant.visa.terminals", "bar_a", "Visa, Bar A")
    empty = made.entry("transelect_restaurant.visa.terminals", "spesa_d", "Visa, Spesa D")
    assert (known.name, known.text, known.kind) == (
        *("transelect.transelect_restaurant.visa.terminals.bar_a", "673,64", "money"),
    )
    assert (empty.text, empty.value) == ("", None)


def test_a_figure_of_another_tab_is_shown_without_being_placed():
    made = sheet("jour")
    cell = made.elsewhere("recap.deposit_cdn")
    assert (cell.text, cell.entered, cell.name) == ("459,40", False, "recap.deposit_cdn")
    assert made.placed == set()


def test_a_line_has_its_columns_and_the_figures_calculated_of_it():
    ((identity, cells), (_, second)) = sheet("dueback").lines("dueback_entries")
    assert identity == "ligne-000"
    assert texts(cells) == ["Réceptionniste 11", "", "323,42", "323,42"]
    assert cells[0].label == "Réceptionniste, ligne 1"
    assert second[3].label == "Net, ligne 2"
    assert [cell.entered for cell in cells] == [True, True, True, False]


def test_a_line_about_to_be_added_is_named_by_what_will_replace_its_id():
    cells = sheet("dueback").blank("dueback_entries")
    assert [cell.name for cell in cells][:2] == [
        f"dueback.dueback_entries.{NEW_LINE}.name",
        f"dueback.dueback_entries.{NEW_LINE}.previous",
    ]
    assert cells[0].label == "Réceptionniste, nouvelle ligne"
    assert texts(cells) == ["", "", "", ""]


def test_a_night_without_lines_has_none():
    assert list(sheet("dueback", night()).lines("dueback_entries")) == []


def test_a_total_stands_in_the_last_column():
    row = sheet("recap").total("recap_balance", "total final", width=3)
    assert texts(row.cells) == [None, None, "0,00"]
    assert row.style == "total final"
    assert sheet("recap").total("recap_balance").style == "total"


@pytest.mark.parametrize(
    ("tab", "key", "kind", "detail"),
    [
        ("jour", "jour_opening_balance", "repris", "de la veille"),
        ("recap", "dueback_reception_lecture", "repris", "de l’onglet 2"),
        ("transelect", "transelect_esc_pct_visa", "repris", "d’un réglage"),
        ("recap", "recap_balance", "calcule", ""),
    ],
)
def test_a_value_that_nobody_gave_says_where_it_came_from(tab, key, kind, detail):
    mark = sheet(tab).cell(key).mark
    assert (mark.kind, mark.detail) == (kind, detail)


def test_a_value_that_was_given_is_marked_as_typed_wherever_it_stands():
    assert sheet("recap").cell("deposit_cdn").mark.kind == "saisi"
    entry = sheet("transelect").entry("transelect_restaurant.visa.terminals", "bar_a", "Visa")
    assert entry.mark.kind == "saisi"
    ((_, cells), _) = sheet("dueback").lines("dueback_entries")
    assert cells[2].mark.kind == "saisi"


def test_a_box_to_tick_bears_no_mark():
    cell = sheet("geac", night(geac={"geac_chk_nobalance": True})).cell("geac_chk_nobalance")
    assert (cell.ticked, cell.text, cell.mark) == (True, "oui", None)


def test_a_sum_is_shown_again_as_it_was_typed():
    marks = Marks(typed={"recap.cash_pos_lecture": "=712,45-16,40"})
    assert sheet("recap", marks=marks).cell("cash_pos_lecture").saisie == "=712,45-16,40"
    assert sheet("recap").cell("cash_pos_lecture").saisie == ""


def test_what_is_asked_marks_the_cell_that_may_answer():
    said = tuple(Remark(f"recap.{key}", "Motif?") for key in ("deposit_cdn", "recap_balance"))
    made = sheet("recap", marks=Marks(remarks=said))
    assert made.cell("deposit_cdn").state == "ask"
    assert made.cell("recap_balance").state == ""
    assert made.cell("deposit_us").state == ""


def test_who_may_only_read_gets_cells_that_cannot_be_filled():
    cell = sheet("recap", marks=Marks(editable=False)).cell("deposit_cdn")
    assert (cell.entered, cell.editable) == (True, False)


def test_notes_stand_under_the_row_of_their_cell_or_of_what_holds_it():
    said = (Remark("dueback.dueback_entries[1].nouveau", "Un."), Remark("dueback.dueback_total", "Deux."))
    made = sheet("dueback", marks=Marks(remarks=said))
    assert [note.text for note in made.notes_for(("dueback.dueback_entries.ligne-001",))] == ["Un."]
    assert [note.text for note in made.notes_for(("dueback.dueback_total", "dueback.dueback_entries"))] == [
        *("Un.", "Deux."),
    ]
    assert made.notes_for(("dueback.dueback_entries.ligne-000",)) == ()
    assert [note.text for note in made.row("Total", (made.cell("dueback_total"), None)).notes] == ["Deux."]


def test_figures_that_exist_no_more_keep_the_label_they_had():
    former = {"recap.x": Former("money", "L'ancien", Decimal("-1.50")), "jour.y": Former("count", "Autre", 2)}
    (row,) = sheet("recap", replace(NIGHT, former=former)).former()
    assert (row.label, texts(row.cells), row.cells[0].entered) == ("L’ancien", [fr("-1,50")], False)


@pytest.mark.parametrize(
    ("label", "heading"),
    [
        ("OTB — chambres", "Chambres"),
        ("Sonifi — Cashier Detail 35.2", "Cashier Detail 35.2"),
        ("L'enveloppe", "L’enveloppe"),
        ("montant", "Montant"),
    ],
)
def test_a_heading_says_what_the_list_does_not(label, heading):
    assert column_label(Field("k", label)) == heading


def test_a_figure_that_should_be_nil_is_told_from_the_others():
    made = sheet("recap")
    assert FIELDS["recap.recap_balance"].nil
    assert made.cell("recap_balance").gap
    assert not made.cell("deposit_cdn").gap
