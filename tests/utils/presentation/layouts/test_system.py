"""GEAC: the PMS proved by itself, and what is sent to accounting."""

from urllib.parse import unquote

from tests.utils.presentation.shown import NIGHT, blocks, fr, row, rows
from tests.utils.rj.build import night
from utils.presentation.marks import Marks
from utils.presentation.night_page import tab_of, tab_page


def links(of):
    """The pointers of the margin to accounting."""
    (block, _) = tab_page(of, tab_of("geac"), Marks()).margin
    assert block.title == "Comptabilité"
    return block.pointers


def test_cash_out_is_compared_card_by_card():
    grid = blocks("geac")["Daily Cash Out contre Daily Revenue"]
    assert [column.label for column in grid.columns] == ["Amex", "Diners", "MasterCard", "Visa"]
    assert rows(grid) == [
        ("Daily Cash Out, ligne 1", [fr("5 714,14"), "0,00", fr("7 394,15"), fr("6 473,46")]),
        ("Daily Cash Out, ligne 2", ["0,00", "0,00", fr("3 200,90"), fr("1 152,39")]),
        ("Total Cash Out", [fr("5 714,14"), "0,00", fr("10 595,05"), fr("7 625,85")]),
        ("Daily Revenue", [fr("5 714,14"), "0,00", fr("10 595,05"), fr("7 625,85")]),
        ("Variance", ["0,00"] * 4),
    ]


def test_a_cell_of_the_cash_out_is_named_by_its_card_and_its_row():
    grid = blocks("geac")["Daily Cash Out contre Daily Revenue"]
    assert [one.cells[0].label for one in grid.groups[0].rows] == [
        "Amex, daily Cash Out, ligne 1",
        "Amex, daily Cash Out, ligne 2",
        "Amex, total Cash Out",
        "Amex, daily Revenue",
        "Amex, variance",
    ]


def test_the_balance_sheet_compares_two_reports_in_absolute_value():
    grid = blocks("geac")["Bilan du système"]
    assert row(grid, "Activité du jour") == [fr("16 923,33"), fr("-16 923,33"), "0,00"]
    against = {one.label: one.sub for one in grid.groups[0].rows}
    assert against["Solde de la veille"] == "contre Guest Ledger"
    assert against["Facture directe"] == "contre A/R"
    assert against["Dépôts anticipés appliqués"] == "contre dépôts anticipés"


def test_accounts_receivable_have_short_labels():
    assert [label for label, _ in rows(blocks("geac")["Comptes à recevoir"])] == [
        *("Solde précédent", "Charges", "Paiements", "Ajustements", "Nouveau solde", "Variance"),
    ]


def test_a_variance_is_sent_to_accounting_with_its_night_and_its_amount():
    of = night(geac={"geac_ar_previous": "10.00", "geac_ar_new_balance": "-1225.50"})
    (link,) = links(of)
    assert link.sentence == "Écart à transmettre à la comptabilité"
    subject = unquote(link.href.removeprefix("mailto:?subject="))
    assert subject.startswith("Comptes à recevoir, nuit du 2025-12-23 : écart de ")
    assert subject.endswith(fr("1 235,50 $"))


def test_no_variance_sends_nothing():
    assert links(NIGHT) == ()
    assert links(night(geac={"geac_ar_previous": "10.00", "geac_ar_new_balance": "10.00"})) == ()
