"""What opens under a row: differences to settle first, remarks that are not one of them, proposals last."""

from decimal import Decimal

import pytest

from database.origins import Beside, Origin
from tests.utils.presentation.shown import NIGHT, fr
from tests.utils.rj.build import night
from utils.presentation.marks import Marks
from utils.presentation.notes import cell_name, line_id, notes_of
from utils.rj.calculate import calculate
from utils.rj.remarks import Remark

AT = "2025-12-24T02:44:00-05:00"


def beside(value, **more):
    """Origin of a typed figure with that of the PMS beside it."""
    other = Beside(value, "lightspeed", "2025-12-24T05:03:00-05:00", revision=2)
    return Origin("saisi", AT, 7, beside=other._replace(**more))


def settled(marks, tab, of=NIGHT):
    return [note for note in notes_of(of, marks, tab) if note.sides]


@pytest.mark.parametrize(
    ("line", "position", "identity"),
    [({"id": "a1"}, 0, "a1"), ({}, 0, "ligne-000"), ({"name": "x"}, 12, "ligne-012"), ({"id": 7}, 3, "7")],
)
def test_a_line_has_its_id_else_its_position(line, position, identity):
    assert line_id(line, position) == identity


def test_the_position_of_a_line_becomes_its_id():
    assert cell_name(NIGHT, "dueback.dueback_entries[1].nouveau") == "dueback.dueback_entries.ligne-001.nouveau"
    assert cell_name(NIGHT, "recap.recap_balance") == "recap.recap_balance"


def test_remarks_of_another_tab_are_not_shown():
    said = (Remark("recap.deposit_cdn", "L'enveloppe manque.", asked=True), Remark("jour.jour_tvq", "x", asked=False))
    (note,) = notes_of(NIGHT, Marks(remarks=said), "recap")
    assert (note.name, note.kind, note.text) == ("recap.deposit_cdn", "ask", "L’enveloppe manque.")


def test_all_that_is_remarked_of_a_cell_stands_in_its_one_note():
    cell, other = "recap.deposit_cdn", "recap.cash_ls_corr"
    said = (Remark(cell, "Un.", asked=False), Remark(other, "x", asked=False), Remark(cell, "Deux."))
    notes = notes_of(NIGHT, Marks(remarks=said), "recap")
    assert [(note.name, note.kind, note.text) for note in notes] == [
        ("recap.deposit_cdn", "ask", "Un. Deux."),
        ("recap.cash_ls_corr", "info", "x"),
    ]


def test_a_remark_that_waits_for_no_answer_informs():
    (note,) = notes_of(NIGHT, Marks(remarks=(Remark("recap.deposit_cdn", "Vu.", asked=False),)), "recap")
    assert note.kind == "info"


def test_a_remark_beside_a_difference_is_kept_only_when_it_asks():
    origins = {"recap.deposit_cdn": beside("450.00")}
    said = [Remark("recap.deposit_cdn", text, asked=asked) for text, asked in (("Info.", False), ("Motif?", True))]
    notes = notes_of(NIGHT, Marks(origins=origins, remarks=tuple(said)), "recap")
    assert [(note.kind, note.text) for note in notes] == [("ask", ""), ("ask", "Motif?")]


def test_a_count_is_told_apart_without_decimals():
    (note,) = settled(Marks(origins={"jour.jour_adultes": beside(131)}), "jour")
    assert note.gap == "2"
    assert [side.figure for side in note.sides] == ["129", "131"]


def test_a_text_has_no_gap():
    of = night(controle={"auditor_name": "Personne 9"})
    (note,) = settled(Marks(origins={"controle.auditor_name": beside("Personne 8")}), "controle", of)
    assert note.gap == ""
    assert [side.figure for side in note.sides] == ["Personne 9", "Personne 8"]


def test_a_figure_that_was_emptied_is_said_to_be_empty():
    (note,) = settled(Marks(origins={"recap.deposit_us": beside("12.00")}), "recap")
    assert (note.gap, note.sides[0].figure, note.sides[1].figure) == ("", "vide", fr("12,00 $"))


def test_another_source_has_its_name():
    report = beside("450.00", kind="importe", revision=None)
    (note,) = settled(Marks(origins={"recap.deposit_cdn": report}), "recap")
    assert note.sides[1].source == "Rapport importé 05:03"
    unknown = beside("450.00", kind="", revision=None, at="")
    (note,) = settled(Marks(origins={"recap.deposit_cdn": unknown}), "recap")
    assert note.sides[1].source == "Autre source"


def test_what_stands_beside_a_line_that_is_gone_is_settled_against_nothing():
    origins = {"dueback.dueback_entries.partie.nouveau": beside("300.00")}
    (note,) = settled(Marks(origins=origins), "dueback")
    assert note.sides[0].figure == "vide"


def test_what_stands_beside_a_field_that_exists_no_more_is_not_shown():
    assert settled(Marks(origins={"recap.disparu": beside("300.00")}), "recap") == []


def test_a_proposal_of_a_list_stands_with_the_list():
    marks = Marks(remarks=(), proposals={"dueback": [{"name": "x", "previous": "1.00"}], "recap.deposit_us": "12.00"})
    assert notes_of(NIGHT, marks, "dueback") == ()
    (note,) = notes_of(NIGHT, marks, "recap")
    assert note.text == f"Proposé : {fr('12,00 $')}."
    assert (note.proposal.cell, note.proposal.value) == ("recap.deposit_us", "12.00")


def test_a_figure_typed_over_its_source_shows_both_and_by_how_much():
    inputs = {**NIGHT.inputs, "jour.jour_argent_recu": Decimal("4000.00")}
    of = calculate(NIGHT.day, NIGHT.settings, NIGHT.previous, inputs)
    (note,) = settled(Marks(), "jour", of)
    assert (note.name, note.gap) == ("jour.jour_argent_recu", fr("70,43 $"))
    assert [(side.source, side.figure) for side in note.sides] == [
        ("Saisi", fr("4 000,00 $")),
        ("La source donne", fr("4 070,43 $")),
    ]
