"""The cash of a date: an envelope holds what was received less what was paid out, and claims come back the next day."""

from datetime import date, timedelta

import pytest

from utils.demo.desk import claim
from utils.demo.figures import figures
from utils.demo.hotel import DemoHotel
from utils.demo.rooms import Account
from utils.demo.staff import on_duty

HOTEL, FIRST = DemoHotel("DEMO"), date(2025, 12, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(40)]


def test_a_claim_of_the_evening_is_taken_back_the_next_day():
    seen = 0
    for day in DAYS:
        today = {one.name: one.claim for one in figures(HOTEL, day).desk.floats()}
        after = {one.name: -one.back for one in figures(HOTEL, day + timedelta(days=1)).desk.floats()}
        for name, kept in today.items():
            if kept:
                seen += 1
                assert after[name] == -kept
    assert seen > 3


@pytest.mark.parametrize("day", DAYS[::6])
def test_servers_are_owed_their_tips_less_the_cash_they_took(day):
    desk = figures(HOTEL, day).desk
    owed = sum(-amount for *_, amount in desk.servers() if amount < 0)
    assert desk.owed_to_servers == owed >= 0
    assert {name for _, name, _ in desk.servers()} <= {one.name for one in desk.envelopes(0)} | {
        name for _, name, amount in desk.servers() if not amount
    }


@pytest.mark.parametrize("day", DAYS[::6])
def test_an_envelope_is_of_a_department_and_the_mail_has_its_own(day):
    desk = figures(HOTEL, day).desk
    without, with_mail = desk.envelopes(0), desk.envelopes(25)
    assert len(with_mail) == len(without) + 1
    assert with_mail[-1].department == "comptabilite"
    assert set(on_duty(day)) & {one.name for one in without}


def test_a_day_with_nobody_has_no_cash():
    empty = Account("DEMO", empty_days=frozenset((FIRST,)))
    desk = figures(empty, FIRST).desk
    assert (desk.cash, desk.cheques, desk.foreign, desk.paid_out) == (0, 0, 0, 0)
    assert [claim(empty, FIRST, shift) for shift in (0, 1)] == [0, 0]
