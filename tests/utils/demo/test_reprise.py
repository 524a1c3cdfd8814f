"""What the night before left to the first night of a book is one more paper."""

from datetime import date, timedelta

import pytest

from utils.demo.figures import figures
from utils.demo.hotel import DemoHotel
from utils.demo.reprise import reprise_of, reprise_paper
from utils.rj.previous import read_previous
from utils.rj.reading import Reader

HOTEL, DAY = DemoHotel("DEMO"), date(2025, 12, 23)


@pytest.mark.parametrize("day", [DAY + timedelta(days=number) for number in range(5)])
def test_the_block_is_read_by_the_night_and_closes_where_the_eve_did(day):
    reader = Reader()
    found = read_previous(reprise_of(HOTEL, day), reader)
    reader.finish()
    before = figures(HOTEL, day - timedelta(days=1))
    assert found["jour_new_balance"] == before.balance()
    assert found["geac_newbal_gl"] == before.closing("guest")
    assert found["geac_ar_new_balance"] == before.closing("city")


def test_floats_are_listed_only_when_somebody_keeps_one():
    tables = {bool(reprise_paper(HOTEL, DAY + timedelta(days=number)).table) for number in range(30)}
    assert tables == {True, False}


def test_the_paper_says_of_which_night_it_is():
    assert reprise_paper(HOTEL, DAY).source == "Rapport journalier du 2025-12-22"
    assert reprise_paper(HOTEL, DAY).areas == {"previous"}
