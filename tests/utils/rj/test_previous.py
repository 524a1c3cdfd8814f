"""The block carried from the night before: what it may hold, and where the month and the year start."""

import pytest

from tests.utils.rj.build import figures, night
from utils.rj.previous import read_previous
from utils.rj.reading import Reader

MONTH = {
    **{"room_revenue": "100.00", "total_fb": "10.00", "total_revenue": "110.00", "diff_caisse": "-1.00"},
    **{"rooms_louees": 10, "rooms_occupees": 11, "rooms_disponibles": 252, "nb_clients": 20},
}
YEAR = {"room_revenue": "1000.00", "total_revenue": "2000.00", "rooms_louees": 100, "rooms_disponibles": 2520}
TONIGHT = {"jour_room_revenue": "50.00", "jour_rooms_simple": 5}
KEYS = ("jour_mtd_room_revenue", "jour_mtd_rooms_louees", "jour_ytd_room_revenue", "jour_ytd_rooms_louees")


def to_date(day, **previous):
    return figures(night(day, previous=previous, jour=TONIGHT), "jour", *KEYS)


def test_the_month_and_the_year_add_tonight():
    assert to_date("2025-12-23", mtd=MONTH, ytd_avant_mois=YEAR) == ["150.00", 15, "1150.00", 115]


def test_on_the_first_the_month_starts_at_nought_whatever_is_given():
    assert to_date("2025-12-01", mtd=MONTH, ytd_avant_mois=YEAR) == ["50.00", 5, "1050.00", 105]


def test_in_january_the_year_starts_at_nought_whatever_is_given():
    assert to_date("2026-01-01", mtd=MONTH, ytd_avant_mois=YEAR) == ["50.00", 5, "50.00", 5]
    assert to_date("2026-01-15", mtd=MONTH, ytd_avant_mois=YEAR) == ["150.00", 15, "150.00", 15]


def test_a_base_that_is_not_known_is_never_taken_for_nought():
    assert to_date("2025-12-23") == [None, None, None, None]
    assert to_date("2025-12-23", mtd=MONTH) == ["150.00", 15, None, None]
    partial = {key: value for key, value in MONTH.items() if key != "room_revenue"}
    assert to_date("2025-12-23", mtd=partial, ytd_avant_mois=YEAR) == [None, 15, None, 115]


REFUSED = [
    ({"solde": "1.00"}, "previous.solde", "Champ inconnu."),
    ({"jour_new_balance": 1}, "previous.jour_new_balance", 'Il faut un texte entre guillemets, par exemple "1234.56".'),
    ({"audit_date": "hier"}, "previous.audit_date", "La date s'écrit AAAA-MM-JJ, par exemple 2025-12-23."),
    ({"mtd": []}, "previous.mtd", "Il faut un objet JSON."),
    ({"mtd": {"adr": "1.00"}}, "previous.mtd.adr", "Champ inconnu."),
    ({"ytd_avant_mois": {"total_fb": "1.00"}}, "previous.ytd_avant_mois.total_fb", "Champ inconnu."),
    (
        {"mtd": {"rooms_louees": "3"}},
        "previous.mtd.rooms_louees",
        "Il faut un nombre entier, sans guillemets ni décimales.",
    ),
    (
        {"mtd": {"rooms_louees": True}},
        "previous.mtd.rooms_louees",
        "Il faut un nombre entier, sans guillemets ni décimales.",
    ),
    ({"dueback": {}}, "previous.dueback", "Il faut une liste JSON."),
    ({"dueback": [{"previous": "1.00"}]}, "previous.dueback[0].previous", "Champ inconnu."),
    (
        {"transelect_terminals": [{"group": "pos"}]},
        "previous.transelect_terminals[0]",
        "Le terminal n'a pas d'identifiant.",
    ),
    ([], "previous", "Il faut un objet JSON."),
]


@pytest.mark.parametrize(("given", "path", "message"), REFUSED)
def test_what_is_refused(given, path, message):
    reader = Reader()
    read_previous(given, reader)
    assert [(problem.path, problem.message) for problem in reader.problems] == [(path, message)]


def test_a_sum_of_the_month_may_be_negative():
    """More complimentary rooms than occupied ones: the night before left that, tonight must read it."""
    assert to_date("2025-12-23", mtd=MONTH | {"rooms_louees": -2})[1] == 3


def test_tonights_list_of_terminals_wins_over_that_of_the_night_before():
    before, tonight = ([{"id": "a", "group": group}] for group in ("pos", "banquet"))
    batches = {"transelect_restaurant": {"visa": {"terminals": {"a": "1.00"}}}}
    keys = ("transelect_total1_visa", "transelect_total2_visa")
    carried = night(previous={"transelect_terminals": before}, transelect=batches)
    assert figures(carried, "transelect", *keys) == ["1.00", "0.00"]
    given = night(previous={"transelect_terminals": before}, transelect=batches | {"transelect_terminals": tonight})
    assert figures(given, "transelect", *keys) == ["0.00", "1.00"]
