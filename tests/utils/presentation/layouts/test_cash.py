"""Cash as the paper has it: due backs, the Recap, the envelopes, the spread of over and short."""

from tests.utils.presentation.shown import NIGHT, blocks, fr, row, rows, texts
from tests.utils.rj import golden
from tests.utils.rj.build import night
from utils.presentation.marks import Marks

EMPTY = night()


def test_the_due_backs_end_with_the_control_against_the_jour():
    found = blocks("dueback")
    assert list(found) == ["Fonds gardés par les réceptionnistes", "Contrôle Z"]
    lines = found["Fonds gardés par les réceptionnistes"]
    assert [texts(line.cells) for line in lines.lines] == [
        ["Réceptionniste 11", "", "323,42", "323,42"],
        ["Réceptionniste 21", "", "329,68", "329,68"],
    ]
    assert texts(lines.total) == [None, None, "653,10", "653,10"]
    assert rows(found["Contrôle Z"]) == [
        ("Due back net de la nuit", ["653,10"]),
        ("Due back au Jour", [fr("-653,10")]),
        ("Contrôle Z", ["0,00"]),
    ]


def test_the_recap_reads_reading_correction_net():
    table = blocks("recap")["Réconciliation du comptant"]
    assert [column.label for column in table.columns] == ["Lecture", "Correction", "Net"]
    assert row(table, "Comptant LightSpeed") == ["521,20", "", "521,20"]
    assert row(table, "Moins remboursement client") == [fr("-1 067,61"), "", fr("-1 067,61")]
    assert row(table, "Chèque Daily Revenue") == ["", "", ""]


def test_the_totals_of_the_recap_stand_under_their_section():
    table = blocks("recap")["Réconciliation du comptant"]
    ends = [(group.label, group.rows[-1].label, texts(group.rows[-1].cells)) for group in table.groups]
    assert ends == [
        ("Recettes", "Total", [None, None, fr("1 217,25")]),
        ("Remboursements (négatifs)", "Total après remboursements", [None, None, fr("-2 393,78")]),
        ("Échange et due back", "Total à déposer", [None, None, fr("-1 073,07")]),
        ("", "Total dépôt net", [None, None, "459,40"]),
        ("Dépôt et preuve", "Balance du Recap", [None, None, "0,00"]),
    ]
    assert [group.rows[-1].style for group in table.groups] == ["total", "total", "total", "total final", "total final"]


def test_a_line_of_the_recap_tells_the_origin_of_its_correction_when_nothing_was_read():
    of = night(recap={"cash_ls_corr": "-5.00", "cash_pos_lecture": "7.00", "cash_pos_corr": "1.00"})
    found = {one.label: one for group in blocks("recap", of)["Réconciliation du comptant"].groups for one in group.rows}
    assert found["Comptant LightSpeed"].origin.name == "recap.cash_ls_corr"
    assert found["Comptant POSitouch"].origin.name == "recap.cash_pos_lecture"


def test_sealed_envelopes_stand_in_the_order_in_which_they_were_typed():
    (first, second) = blocks("sd")["Enveloppes scellées du dépôt"].suites
    assert (first.title, first.total.text, first.day.text) == ("Client 6", "459,40", "2025-12-23")
    assert texts(first.cells) == ["106,70", "18,70", "67,60", "72,80", "128,10", "65,50"]
    assert [cell.label for cell in first.cells][:2] == ["Client 6, enveloppe 1", "Client 6, enveloppe 2"]
    assert first.cells[1].value == "18.70"
    assert (second.title, second.cells, second.total.text) == ("Client 8", (), "")


def test_envelopes_that_came_lately_are_expected_while_there_is_none():
    marks = Marks(envelopes={"client6": 14, "client8": 2})
    suites = blocks("sd", marks=marks)["Enveloppes scellées du dépôt"].suites
    assert [suite.expected for suite in suites] == [False, True]


def test_an_envelope_about_to_be_typed_is_empty_and_bears_no_mark():
    blank = blocks("sd")["Enveloppes scellées du dépôt"].suites[0].blank
    assert (blank.label, blank.text, blank.value, blank.mark) == ("Client 6, nouvelle enveloppe", "", None, None)


def test_the_deposit_of_the_night_is_the_total_of_both_columns():
    of = night(sd={"depot_data": {"client6": {"amounts": ["10.00", "-2.50"]}, "client8": {"amounts": ["100.00"]}}})
    made = blocks("sd", of)["Enveloppes scellées du dépôt"]
    assert [suite.total.text for suite in made.suites] == ["7,50", "100,00"]
    assert texts(made.total.cells) == ["107,50"]


def test_an_envelope_has_its_line_and_its_variance():
    lines = blocks("sd", golden.night("sd-2025-11-01"))["Une ligne par enveloppe"]
    assert len(lines.lines) > 1
    assert [column.label for column in lines.columns][-1] == "Variance"
    assert lines.total[-1].name == "sd.sd_total_variance"
    assert all(cell.entered for line in lines.lines for cell in line.cells[:-1])
    assert not any(line.cells[-1].entered for line in lines.lines)


def test_what_is_to_be_spread_comes_before_persons_and_accounts():
    found = blocks("setd")
    assert list(found) == ["À répartir", "Par personne", "Par compte"]
    assert rows(found["À répartir"]) == [("RJ (surplus/déficit)", [fr("1 532,47")])]
    assert texts(found["Par personne"].lines[0].cells) == ["Personne 9", "", fr("-329,68")]
    assert rows(found["Par compte"])[-2:] == [("Total réparti", [fr("1 532,47")]), ("Contrôle SetD", ["0,00"])]


def test_a_night_without_figures_has_the_same_tables_and_no_zero():
    for key in ("dueback", "recap", "sd", "setd"):
        empty = blocks(key, EMPTY)
        assert list(empty) == list(blocks(key, NIGHT))
    table = blocks("recap", EMPTY)["Réconciliation du comptant"]
    assert {text for _, found in rows(table) for text in found} <= {"", None}


def test_who_may_only_read_adds_nothing():
    found = blocks("sd", marks=Marks(editable=False))
    assert not found["Une ligne par enveloppe"].editable
    assert not found["Enveloppes scellées du dépôt"].editable
