"""The two real books, and others made after them: what is read, and what refuses a book whole."""

from datetime import date

import pytest

from tests.utils.imports.classeurs import RJ, SD, moved, real, rj_grids, sd_grids, written
from utils.imports.flaws import UnusableBook
from utils.imports.places import Place
from utils.imports.read import merged, nights_of, read_month

TODAY = date(2026, 11, 28)


def refused(data, today=TODAY):
    """What is wrong with a book, by cell."""
    with pytest.raises(UnusableBook) as refusal:
        read_month(data, today)
    return {f"{flaw.sheet}!{flaw.cell}": flaw.message for flaw in refusal.value.flaws}


def figures(month, day, tab):
    """The figures of a tab of a night, by cell."""
    return {one.cell: one.value for one in month.nights[date.fromisoformat(day)].figures if one.tab == tab}


@pytest.fixture(scope="module")
def rj():
    """The real RJ, read."""
    return read_month(real(RJ), TODAY)


@pytest.fixture(scope="module")
def sd():
    """The real SD, read."""
    return read_month(real(SD), TODAY)


def test_the_real_rj_is_known_by_its_sheets(rj):
    assert (rj.kind, rj.month, rj.hotel, len(rj.nights)) == ("rj", date(2025, 12, 1), "HÔTEL SHERATON LAVAL", 23)
    assert rj.year_before["total_revenue"] == "23912245.37"
    assert [sentence for _, sentence in rj.notes if sentence.startswith("Feuilles laissées de côté")]


def test_a_row_of_the_jour_is_a_night(rj):
    jour = figures(rj, "2025-12-02", "jour")
    assert (jour["jour_piazza_nourriture"], jour["jour_autres_gl"], jour["jour_rooms_simple"]) == (
        "2934.65",
        "-74810.94",
        234,
    )
    assert rj.nights[date(2025, 12, 2)].block == {"jour_new_balance": "-3840497.76"}


def test_the_control_day_alone_has_recap_transelect_and_geac(rj):
    with_recap = [day for day, night in rj.nights.items() if any(one.tab == "geac" for one in night.figures)]
    assert with_recap == [date(2025, 12, 23)]
    cards = figures(rj, "2025-12-23", "transelect")
    assert cards["transelect_restaurant.visa.terminals.bar_b"] == "882.71"
    assert cards["transelect_restaurant.discover.positouch"] == "0.00"
    assert cards["transelect_terminals"][8]["label"] == "Banquet BO000000"


def test_the_envelopes_of_several_days_find_their_night(rj):
    assert figures(rj, "2025-12-23", "sd")["depot_data.client6.amounts"] == [
        "106.70",
        "18.70",
        "67.60",
        "72.80",
        "128.10",
        "65.50",
    ]
    assert figures(rj, "2025-12-16", "sd")["depot_data.client8.amounts"] == ["960.00", "91.00", "14.90"]


def test_each_figure_knows_its_cell(rj):
    found = {one.cell: one.place for one in rj.nights[date(2025, 12, 23)].figures}
    assert found["jour_tvq"] == Place("jour", "AX25")
    assert found["depot_data.client6.amounts"] == Place("depot", "B40:B45")


def test_the_real_sd_is_read_by_the_number_of_its_sheets(sd):
    assert (sd.kind, sd.month, len(sd.nights)) == ("sd", date(2025, 11, 1), 30)
    notes = {str(place): sentence for place, sentence in sd.notes}
    assert "2025-11-05" in notes["5!B5"]
    assert "136.354" in notes["1!E18"]


def test_a_book_is_known_whatever_its_order_marks_and_stray_sheets():
    sheets = rj_grids()
    other = {
        "Feuil9": {},
        "DUBACK": sheets.pop("DUBACK#"),
        "JOUR": sheets.pop("jour"),
        "Contrôle": sheets.pop("controle"),
    }
    assert len(read_month(written({**other, **dict(reversed(sheets.items()))}), TODAY).nights) == 23


def test_columns_added_at_the_right_and_blank_days_change_nothing():
    changes = {"jour!DP2": "Nouvelle colonne", "jour!DP5": 12} | {
        f"jour!{column}10": None for column in ("D", "E", "J")
    }
    month = read_month(written(rj_grids(), changes), TODAY)
    assert len(month.nights.keys() - {date(2025, 12, 8)}) == len(month.nights) == 22
    assert "2025-12-08" in next(sentence for place, sentence in month.notes if place and place.cell.endswith("10"))


def test_columns_that_moved_by_one_are_refused_by_their_cells():
    sheets = rj_grids()
    found = refused(written({**sheets, "jour": moved(sheets["jour"])}))
    assert "« nou_link » est attendu ici" in found["jour!E2"]
    assert len(found) > 60


@pytest.mark.parametrize(
    ("changes", "cell", "said"),
    [
        ({"jour!J5": "douze"}, "jour!J5", "« douze » n’est pas un nombre."),
        ({"jour!CM6": 1.5}, "jour!CM6", "n’est pas un nombre entier"),
        ({"jour!A9": 6}, "jour!A9", "Le jour 6 est là deux fois."),
        ({"jour!E2": "Food"}, "jour!E2", "« Food » est lu"),
        ({"controle!B5": None}, "controle!B5", "L’année"),
        ({"controle!B4": 13}, "controle!B4", "Le mois"),
        ({"controle!B5": 2027}, "controle!B4", "pas encore commencé"),
        ({"Recap!A6": "Autre"}, "Recap!A6", "a une autre disposition"),
        ({"depot!A40": "bientôt"}, "depot!A40", "n’est pas une date"),
        ({"jour!K4": 10**13}, "jour!K4", "trop grand"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_wrong_cell_refuses_the_book(changes, cell, said):
    assert said in refused(written(rj_grids(), changes))[cell]


def test_every_wrong_cell_is_said_at_once():
    found = refused(written(rj_grids(), {"jour!J5": "douze", "jour!K6": "treize", "Recap!B6": "x"}))
    assert found.keys() == {"jour!J5", "jour!K6", "Recap!B6"}


def test_an_error_of_a_formula_is_a_wrong_cell_and_never_an_empty_one():
    found = refused(written(rj_grids(), errors={"jour!J5"}))
    assert found == {"jour!J5": "La formule donne une erreur (#DIV/0!) : la corriger dans le classeur."}


def test_an_sd_whose_sheets_are_not_of_one_month_is_refused():
    changed = sd_grids()
    changed["3"][5, 2] = sd_grids(date(2025, 10, 1))["3"][5, 2]
    assert "2025-10-03 n’est pas du mois" in refused(written(changed))["3!B5"]


def test_what_is_no_book_of_ours_is_refused():
    assert "ni un RJ" in refused(written({"Feuille": {(1, 1): "x"}}))["!"]


def test_an_rj_and_an_sd_of_a_month_are_its_two_halves():
    books = [read_month(written(one), TODAY) for one in (rj_grids(), sd_grids(date(2025, 12, 1), 23))]
    ((month, mine),) = merged(books).items()
    whole = nights_of(mine)
    assert (month, len(whole)) == (date(2025, 12, 1), 23)
    assert {one.tab for one in whole[0].night.figures} >= {"jour", "sd", "setd"}
    assert {*whole[0].digests.values()} == {one.digest for one in books}


def test_two_books_of_one_kind_and_month_are_refused():
    books = [read_month(written(rj_grids(factor=factor)), TODAY) for factor in (1, 2)]
    with pytest.raises(UnusableBook, match="Deux classeurs RJ"):
        merged(books)
