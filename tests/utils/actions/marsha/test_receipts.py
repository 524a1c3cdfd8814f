"""At the hour of the setting: a night without a receipt is told once, to who must know; one that has it is not."""

from database import marsha
from database.models.marsha import WAITING
from database.transaction import write
from tests.utils.marsha.conftest import CODE
from utils import dates
from utils.actions.marsha import receipts


def test_a_night_that_waits_is_told_once_with_the_reason_and_closed_by_its_receipt(brand):
    brand.running.fault("status", detail="503")
    brand.round()
    assert brand.one().status == WAITING
    said = [receipts.tell_missing(brand.hotel.id, brand.day, dates.now()) for _ in range(2)]
    sentence = f"DBRS du {brand.day} sans reçu de MARSHA : MARSHA demande d’attendre."
    assert said == [sentence, sentence]
    assert brand.rows("SELECT kind, sentence FROM alerts") == [("marsha_unsent", sentence)]
    brand.running.inside.faults.clear(CODE)
    brand.rounds(3)
    assert receipts.tell_missing(brand.hotel.id, brand.day, dates.now()) == receipts.GOT
    assert brand.rows("SELECT kind FROM alerts WHERE resolved_at IS NULL") == []


def test_a_night_that_is_not_closed_is_told_elsewhere_and_a_date_before_the_hotel_never(brand):
    assert receipts.tell_missing(brand.hotel.id, dates.now().date(), dates.now()) == receipts.NOT_CLOSED
    before = dates.before(brand.hotel.opening_date)
    assert receipts.tell_missing(brand.hotel.id, before, dates.now()) is None


def test_one_that_was_refused_says_why(brand):
    with write() as connection:
        claimed = marsha.claim(connection, "un", brand.clock())
        marsha.settle(connection, claimed, "un", status="refuse", error="MARSHA ne comprend pas la demande.")
    said = receipts.tell_missing(brand.hotel.id, brand.day, dates.now())
    assert said.endswith("MARSHA ne comprend pas la demande.")
