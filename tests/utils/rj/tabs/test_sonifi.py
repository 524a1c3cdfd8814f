"""Sonifi: the code of the PMS, the mail of three o'clock and the Jour, three ways."""

import pytest

from tests.utils.rj.build import figures, night

KEYS = ("sonifi_email", "sonifi_total", "sonifi_rj", "sonifi_variance", "sonifi_var_cd")


def sonifi(jour=None, **given):
    return figures(night(sonifi=given, jour=jour or {}), "sonifi", *KEYS)


def film(price, count):
    return {"prix": price, "quantite": count}


def test_films_are_counted_by_price():
    found = sonifi(sonifi_unites=[film("14.99", 1), film("22.99", 2)], sonifi_cd_352="60.97")
    assert found == ["60.97", "60.97", "60.97", "0.00", "0.00"]


def test_a_film_without_price_or_number_counts_nothing():
    assert sonifi(sonifi_unites=[{"prix": "9.00"}, {"quantite": 4}])[0] is None
    assert sonifi(sonifi_unites=[{"prix": "9.00"}, film("5.00", 0)])[0] == "0.00"


def test_the_mail_may_be_typed_in_place_of_its_films():
    assert sonifi(sonifi_email="22.99", sonifi_unites=[film("5.00", 1)])[:2] == ["22.99", "22.99"]


@pytest.mark.parametrize(("adjusted", "total"), [("-5.00", "17.99"), ("0.00", "22.99"), ("1.01", "24.00")])
def test_an_adjustment_moves_the_total_but_makes_none(adjusted, total):
    assert sonifi(sonifi_email="22.99", sonifi_ajustement=adjusted)[1] == total
    assert sonifi(sonifi_ajustement=adjusted)[1] is None


def test_the_jour_has_the_code_of_the_pms_unless_it_is_typed_over():
    assert sonifi(sonifi_cd_352="22.99")[2] == "22.99"
    assert sonifi({"jour_sonifi": "20.00"}, sonifi_cd_352="22.99", sonifi_email="22.99")[2:] == [
        *("20.00", "-2.99", "0.00"),
    ]


def test_a_mail_without_film_is_a_nil_report():
    assert sonifi(sonifi_unites=[], sonifi_cd_352="0.00") == ["0.00", "0.00", "0.00", "0.00", "0.00"]
    assert sonifi(sans_activite=True)[:2] == ["0.00", "0.00"]
    assert sonifi() == [None] * 5
