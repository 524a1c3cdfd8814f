"""Cards as the two grids of the paper have them, and the terminals that have nothing tonight put aside."""

from tests.utils.presentation.shown import NIGHT, blocks, fr, row, rows
from tests.utils.rj.build import night
from utils.presentation.marks import Marks
from utils.presentation.night_page import tab_of, tab_page


def terminals(grid):
    """The columns of terminals, before those of the control."""
    labels = [column.label for column in grid.columns]
    return grid.columns[: labels.index("Total 1")]


def test_terminals_stand_by_group_under_the_heading_of_the_first():
    grid = blocks("transelect")["Restaurant"]
    assert [column.label for column in terminals(grid)][:4] == ["Bar A", "Bar B", "Bar C", "Spesa D"]
    assert [heading for heading, _ in grid.headings(every=True)] == [
        "Points de vente",
        "Banquets",
        "Contrôle",
        "Escompte",
        "Banque",
    ]


def test_a_terminal_without_amount_tonight_is_put_aside():
    idle = {column.label for column in terminals(blocks("transelect")["Restaurant"]) if column.idle}
    assert {"Spesa D", "Room E", "Extra 1", "Banquet 4"} <= idle
    assert not idle & {"Bar A", "Bar B", "Bar C", "Banquet 1"}


def test_a_terminal_that_usually_has_one_stays_and_is_said_to_be_missing():
    grid = blocks("transelect", marks=Marks(expected={"spesa_d": 3, "bar_a": 14}))["Restaurant"]
    said = {column.label: (column.idle, column.expected) for column in terminals(grid)}
    assert said["Spesa D"] == (False, True)
    assert said["Bar A"] == (False, False)
    assert said["Room E"] == (True, False)


def test_before_the_first_amount_no_terminal_is_put_aside():
    assert blocks("transelect", night())["Restaurant"].idle == 0
    assert blocks("transelect", night(), Marks(expected={"bar_a": 14}))["Restaurant"].idle > 0


def test_a_hotel_has_the_terminals_of_its_night():
    made = [
        {"id": "b1", "group": "banquet", "label": "Salle"},
        {"id": "p1", "group": "pos"},
    ]
    of = night(transelect={"transelect_terminals": made})
    grid = blocks("transelect", of)["Restaurant"]
    assert [column.label for column in terminals(grid)] == ["p1", "Salle"]
    assert [cell.name for cell in grid.groups[0].rows[0].cells[:2]] == [
        "transelect.transelect_restaurant.debit.terminals.p1",
        "transelect.transelect_restaurant.debit.terminals.b1",
    ]


def test_a_card_of_the_restaurant_reads_from_terminals_to_bank():
    grid = blocks("transelect")["Restaurant"]
    debit = dict(zip([column.label for column in grid.columns], row(grid, "Débit"), strict=True))
    assert (debit["Bar A"], debit["Bar B"], debit["Bar C"], debit["Spesa D"]) == ("381,10", "590,86", "75,39", "")
    assert debit["Total 1"] == fr("1 047,35")
    assert debit["Total 2"] == "660,10"


def test_the_total_of_the_restaurant_has_no_rate():
    grid = blocks("transelect")["Restaurant"]
    total = dict(zip([column.label for column in grid.columns], row(grid, "Total"), strict=True))
    assert total["%"] is None
    assert total["Bar A"] == fr("1 346,35")
    assert total["Variance"] == fr("-9 609,77")


def test_the_reception_compares_reports_with_the_daily_revenue():
    grid = blocks("transelect")["Réception"]
    assert [column.label for column in grid.columns] == [
        *("FreedomPay", "Terminal 8", "K053", "Total", "Daily Revenue", "Variance", "%", "$", "Net GEAC"),
    ]
    assert row(grid, "Amex") == [
        *(fr("5 714,14"), "", "", fr("5 714,14"), fr("5 714,14"), "0,00"),
        *("2,65", "151,42", fr("5 562,72")),
    ]
    assert row(grid, "Total") == [
        *(None, None, None, fr("23 935,04"), fr("23 935,04"), "0,00"),
        *(None, "433,21", fr("23 501,83")),
    ]


def test_what_both_grids_make_of_a_card_goes_to_the_quasimodo():
    assert rows(blocks("transelect")["Total par carte"]) == [
        ("Débit", [fr("1 707,45")]),
        ("Visa", [fr("10 079,99")]),
        ("MasterCard", [fr("12 120,56")]),
        ("Discover", ["0,00"]),
        ("Amex", [fr("5 934,56")]),
    ]


def test_the_general_variance_is_the_sum_of_both():
    (x20, *_) = tab_page(NIGHT, tab_of("transelect"), Marks()).margin
    assert x20.title == "Variance générale (X20)"
    assert [(term.sign, term.label, term.cell.text, term.href) for term in x20.terms] == [
        ("", "Variance restaurant", fr("-9 609,77"), "#transelect.transelect_variance_restaurant"),
        ("+", "Variance réception", "0,00", "#transelect.transelect_variance_reception"),
        ("=", "Variance générale (X20)", fr("-9 609,77"), ""),
    ]


def test_the_quasimodo_types_nothing_and_proves_the_night():
    found = blocks("quasimodo")
    cells = [cell for grid in found.values() for group in grid.groups for one in group.rows for cell in one.cells]
    assert not any(cell.entered for cell in cells)
    assert row(found["Cartes"], "Visa") == [fr("1 754,42"), "699,72", fr("2 454,14"), fr("7 625,85")]
    assert row(found["Preuve"], "Facteur Amex") == ["0,9735"]
    assert rows(found["Preuve"])[-3:] == [
        ("Total Quasimodo", [fr("30 150,54")]),
        ("Net du RJ (transit)", [fr("30 150,54")]),
        ("Variance Quasimodo", ["0,00"]),
    ]


def test_each_row_of_the_restaurant_fills_its_columns():
    grid = blocks("transelect")["Restaurant"]
    assert {len(one.cells) for group in grid.groups for one in group.rows} == {len(grid.columns)}
    assert "Autres champs" not in blocks("transelect")
