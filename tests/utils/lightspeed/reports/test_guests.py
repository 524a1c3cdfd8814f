"""Guests are counted and never shown: no name, room nor reservation in any repr."""

from tests.utils.lightspeed.read import demo, read
from utils.lightspeed import reports as r


def test_a_guest_shows_neither_name_nor_room_nor_stay():
    guests = demo()[r.HouseGuests].guests
    assert len(guests) > 10
    for guest in guests[:10]:
        told = repr(guest)
        assert guest.name not in told
        assert guest.stay_id not in told
        assert "room=" not in told
        assert "vip" not in told
        assert guest.market_segment in told


def test_a_reservation_that_nobody_came_for_shows_no_name():
    one = {
        **{"confirmation": "CONF-778", "name": "Personne inventée", "rateCode": "RACK", "rate": "100.00"},
        **{"guaranteed": True, "charged": "50.00", "tax": "7.49", "disposition": "charged", "marketSegment": "A"},
    }
    report = read(r.NoShows, totals={"count": 1, "charged": "50.00"}, noShows=[one])
    assert report.no_shows[0].name == "Personne inventée"
    assert "Personne" not in repr(report)
    assert "CONF-778" not in repr(report)
    assert "RACK" in repr(report)


def test_the_list_may_be_missing_when_only_the_sums_are_told():
    report = read(r.NoShows, totals={"count": 3})
    assert (report.no_shows, report.totals.count, report.totals.charged) == (None, 3, None)
