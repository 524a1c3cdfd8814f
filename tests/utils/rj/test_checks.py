"""The thirty-five checks: each compares what it says, leads to a field that can be filled, and says what to do."""

from decimal import Decimal

import pytest

from tests.utils.rj.build import night
from utils.rj.catalogue import FIELDS
from utils.rj.check import BLOCKING, INFO, SEVERITIES, WARNING
from utils.rj.checks import CHECKS, DEFAULT_SEVERITIES, DEFAULT_TOLERANCES
from utils.rj.summary import check_results

BY_KEY = {check.key: check for check in CHECKS}


def status(key, **tabs):
    """How a check of a night of few figures stands, and its value."""
    found = next(one for one in check_results(night(**tabs)) if one.check.key == key)
    return found.status, found.value


def test_there_are_thirty_five_each_once():
    assert len(CHECKS) == len(BY_KEY) == 35
    assert len({check.label for check in CHECKS}) == 35


@pytest.mark.parametrize("check", CHECKS, ids=lambda one: one.key)
def test_a_check_leads_to_a_field_and_says_what_to_do(check):
    field = FIELDS[check.leads_to]
    assert field.typed or check.leads_to.startswith("sommaire.")
    assert check.message.endswith(".")
    assert check.advice.endswith(".")
    assert check.severity in SEVERITIES
    assert all(name in FIELDS for name in check.needs)


def test_a_hotel_that_sets_nothing_has_the_severities_and_tolerances_of_the_table():
    assert {check.key: check.severity for check in CHECKS} == DEFAULT_SEVERITIES
    assert {check.tolerance for check in CHECKS} == set(DEFAULT_TOLERANCES)
    assert {Decimal(check.default_tolerance) for check in CHECKS if check.tolerance == "recap"} == {
        Decimal(DEFAULT_TOLERANCES["recap"])
    }


def test_only_what_proves_the_cash_and_the_books_blocks():
    blocking = [check.key for check in CHECKS if check.severity == BLOCKING]
    assert blocking[:2] == ["chk_ouverture", "chk_recap"]
    assert "chk_completude" not in blocking
    assert BY_KEY["chk_completude"].severity == INFO
    assert BY_KEY["chk_hp_motif"].severity == WARNING


def test_a_check_that_copies_a_figure_names_it():
    assert BY_KEY["chk_recap"].judges == "recap.recap_balance"
    assert BY_KEY["chk_ouverture"].judges == ""


@pytest.mark.parametrize(
    ("opening", "before", "found"),
    [
        ("100.00", "100.00", ("ok", Decimal("0.00"))),
        ("100.00", "99.99", (BLOCKING, Decimal("0.01"))),
        ("-100.00", "100.00", (BLOCKING, Decimal("-200.00"))),
    ],
)
def test_the_opening_follows_the_closing_of_the_eve_to_the_cent(opening, before, found):
    given = {"previous": {"jour_new_balance": before}, "jour": {"jour_opening_balance": opening}}
    assert status("chk_ouverture", **given) == found


def test_a_check_without_figures_has_nothing_to_compare():
    said = {one.check.key: one.status for one in check_results(night())}
    assert said.pop("chk_completude") == INFO
    assert set(said.values()) == {"na"}


@pytest.mark.parametrize(("off", "found"), [("0.01", "ok"), ("0.02", BLOCKING), ("-0.02", BLOCKING)])
def test_the_cards_of_the_reception_are_compared_one_by_one(off, found):
    daily = Decimal("50.00") - Decimal(off)
    cards = {
        "visa": {"fusebox": "50.00", "daily_rev": f"{daily}"},
        "mc": {"fusebox": "20.00", "daily_rev": "20.00"},
    }
    assert status("chk_transelect_reception", transelect={"transelect_reception": cards}) == (
        found,
        abs(Decimal(off)),
    )


def test_two_cards_off_by_opposite_amounts_do_not_cancel():
    cards = {
        "visa": {"fusebox": "50.00", "daily_rev": "40.00"},
        "mc": {"fusebox": "20.00", "daily_rev": "30.00"},
    }
    assert status("chk_transelect_reception", transelect={"transelect_reception": cards}) == (
        BLOCKING,
        Decimal("10.00"),
    )


@pytest.mark.parametrize(("lines", "found"), [([{}], (WARNING, 1)), ([], ("na", None))])
def test_a_bill_without_reason_is_a_warning(lines, found):
    assert status("chk_hp_motif", hp_admin={"hp_admin_entries": lines}) == found


def test_more_rooms_than_the_hotel_has_are_seen_and_fewer_are_not():
    rooms = {"jour_rooms_simple": 240, "jour_rooms_hors_usage": 20}
    assert status("chk_chambres", jour=rooms)[1] == 8
    assert status("chk_chambres", jour=rooms | {"jour_rooms_hors_usage": 0}) == ("ok", 0)
