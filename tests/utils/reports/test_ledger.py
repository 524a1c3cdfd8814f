"""The accounting entry: balanced for any night, taxes apart, the hotel's numbers before ours; none for an open one."""

from decimal import Decimal

import pytest

from tests.utils.reports.nuits import golden, month
from tests.utils.rj.nights import Maker
from utils.reports.ledger import LEDGER, NotClosedError, entry_of
from utils.rj.night_file import read_night

FULL = "complet-2025-12-23"


def entry(accounts=None):
    return {one.label: one for one in entry_of([golden(FULL).night], accounts or {})}


def test_the_night_of_the_book_is_entered_account_by_account():
    found = entry()
    assert (found["Chambres"].account, found["Chambres"].amount) == ("401000", Decimal("-14194.83"))
    # the cards of the reception less what the bank keeps, and what it keeps
    assert found["Carte Amex Elavon"].amount + found["Escompte Amex et Discover"].amount == Decimal("5714.14")
    assert found["Dépôt canadien"].amount == Decimal("459.40")
    # -3,574,203.57 less -3,554,670.64
    assert (found["Variation du grand livre clients"].account, found["Variation du grand livre clients"].amount) == (
        "101000",
        Decimal("-19532.93"),
    )
    assert found["Différence de caisse"].amount == Decimal("9609.77")
    assert sum(one.amount for one in found.values()) == 0


def test_each_tax_has_its_account():
    found = entry()
    taxes = {name: found[name] for name in ("TVQ", "TPS", "Taxe d’hébergement (TVH)")}
    assert {one.account for one in taxes.values()} == {"202000", "202020", "202040"}
    assert (taxes["TVQ"].amount, taxes["TPS"].amount) == (Decimal("-2823.28"), Decimal("-1415.49"))


def test_the_number_that_the_hotel_says_is_written():
    assert entry({"jour_room_revenue": "4010-00"})["Chambres"].account == "4010-00"


def test_the_nights_of_a_real_month_balance_alone_and_together():
    nights = [one.night for one in month()]
    alone = [entry_of([night], {}) for night in nights]
    together = entry_of(nights, {})
    assert all(sum(one.amount for one in found) == 0 for found in alone)
    assert sum(one.amount for one in together) == 0
    rooms = [one.amount for found in alone for one in found if one.label == "Chambres"]
    assert next(one.amount for one in together if one.label == "Chambres") == sum(rooms)


def test_made_up_nights_balance():
    entered = 0
    for seed in range(40):
        night = read_night(Maker(seed).document())
        if night.values.get("jour.jour_diff_caisse") is not None:
            entered += 1
            assert sum(one.amount for one in entry_of([night], {})) == 0, seed
    assert entered


def test_a_night_that_is_not_closed_has_none():
    with pytest.raises(NotClosedError, match="2025-12-01"):
        entry_of([golden("hp-2025-12-01").night], {})


def test_a_line_is_named_once():
    assert len({post.key for post in LEDGER}) == len(LEDGER) == len({post.label for post in LEDGER})
