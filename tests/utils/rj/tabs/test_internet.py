"""Internet: the code of the PMS, the banquets and the packages against the Jour."""

import pytest

from tests.utils.rj.build import figure, figures, night

KEYS = ("internet_forfait_valeur", "internet_total", "internet_rj", "internet_variance")


def internet(jour=None, settings=None, **typed):
    return figures(night(internet=typed, jour=jour or {}, settings=settings), "internet", *KEYS)


def test_readings_are_added_and_packages_taken_away():
    typed = {"internet_ls_361": "59.65", "internet_ls_365": "-48.27", "internet_nb_forfaits": 1}
    assert internet({"jour_internet": "1.38"}, **typed) == ["10.00", "1.38", "1.38", "0.00"]


@pytest.mark.parametrize(("packages", "worth", "total"), [(0, "0.00", "0.00"), (3, "30.00", "-30.00")])
def test_packages_are_worth_what_the_hotel_sets(packages, worth, total):
    assert internet(internet_nb_forfaits=packages)[:2] == [worth, total]


def test_a_hotel_may_set_another_worth():
    assert internet(settings={"rates": {"internet_forfait": "12.50"}}, internet_nb_forfaits=2)[0] == "25.00"


def test_without_a_reading_there_is_no_total_nor_variance():
    assert internet({"jour_internet": "4.16"}) == [None, None, "4.16", None]


def test_without_the_jour_there_is_no_variance():
    assert internet(internet_ls_361="4.16") == [None, "4.16", None, None]


def test_a_variance_is_what_the_tab_has_more_than_the_jour():
    assert internet({"jour_internet": "5.00"}, internet_ls_361="4.00")[3] == "-1.00"


def test_a_night_without_sales_proves_a_jour_without_any():
    of = night(internet={"sans_activite": True}, jour={"jour_internet": "0.00"})
    assert figures(of, "internet", *KEYS) == [None, "0.00", "0.00", "0.00"]
    assert figure(of, "sommaire.onglets.internet") == "sans_activite"
