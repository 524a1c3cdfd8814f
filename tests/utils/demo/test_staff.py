"""People who do not exist: who keeps the desk, who is in the house."""

from datetime import date, timedelta
from itertools import pairwise

from utils.demo.staff import SERVERS, company, guest, on_duty

FIRST = date(2025, 12, 1)


def test_somebody_keeps_the_desk_by_day_and_another_in_the_evening():
    pairs = [on_duty(FIRST + timedelta(days=number)) for number in range(60)]
    assert all(day != evening for day, evening in pairs)
    assert len({day for day, _ in pairs}) == len({evening for _, evening in pairs}) == 3


def test_shifts_are_blocks_of_four_and_five_days():
    days = [on_duty(FIRST + timedelta(days=number)) for number in range(60)]
    for shift, length in ((0, 4), (1, 5)):
        changes = [n for n in range(1, 60) if days[n][shift] != days[n - 1][shift]]
        assert {after - before for before, after in pairwise(changes)} == {length}


def test_sixty_four_guests_have_each_a_name():
    assert len({guest(index) for index in range(64)}) == 64
    assert guest(64) == guest(0) == "Zoé L’Écuyer"
    assert company(9) == "Entreprise Côté 9"


def test_cash_and_tips_are_shared_by_weights():
    assert {department for department, *_ in SERVERS} == {"restaurant", "spesa"}
    assert all(cash > 0 for *_, cash, _ in SERVERS)
