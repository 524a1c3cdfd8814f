"""The Quasimodo journal: the lines of the hotel's file, in their order, and the variance of the tab as their sum."""

from decimal import Decimal

from tests.utils.reports.nuits import golden, made
from utils.reports.quasimodo import quasimodo_of

FULL = "complet-2025-12-23"


def test_the_night_of_the_book_has_its_eighteen_lines():
    found = quasimodo_of(golden(FULL).night, {})
    assert len(found) == 18
    assert [one.source for one in found[:6]] == [
        *("2 DB 1223 MON", "2 VI 1223 MON", "2 MC 1223 MON", "2 DC 1223 MON", "2 AX 1223 MON", "2 DB 1223 GLB"),
    ]
    visa, mc, amex = found[11], found[12], found[14]
    assert (visa.label, visa.source, visa.account) == ("VENTES décembre 2025 VISA REC", "2 VI 1223 REC", "100210")
    assert (mc.account, amex.account, amex.amount) == ("100210", "100200", Decimal("5562.72"))
    assert [one.account for one in found[15:]] == ["100200", "100300", "100400"]
    assert (found[15].amount, found[17].amount) == (Decimal("459.40"), Decimal("-30150.54"))


def test_the_sum_is_the_variance():
    night = golden(FULL).night
    assert sum(one.amount for one in quasimodo_of(night, {})) == night.values["quasimodo.quasi_variance"]


def test_a_discount_of_discover_is_a_line_more():
    tabs = {"transelect": {"transelect_reception": {"discover": {"fusebox": "100.00"}}}}
    night = made(golden(FULL).night.day, tabs).night
    found = quasimodo_of(night, {"quasimodo_cartes": "1"})
    assert len(found) == 19
    fee = next(one for one in found if "ESCOMPTE" in one.label)
    assert (fee.amount, fee.account) == (-night.values["quasimodo.quasi_frais_discover"], "1")
    total = sum(one.amount for one in found[:-1])
    assert total == night.values["quasimodo.quasi_total"]


def test_a_night_without_cards_has_none():
    assert quasimodo_of(golden("hp-2025-12-01").night, {}) == []
