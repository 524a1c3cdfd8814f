"""What is booked of the nights to come: one story, which ends with what the night sells."""

from datetime import date, timedelta

from utils.demo.books import HORIZON, totals_of
from utils.demo.hotel import DemoHotel
from utils.demo.rooms import Rooms

HOTEL, DAY = DemoHotel("DEMO"), date(2025, 12, 23)


def booked(as_of, stay):
    """Rooms of a night as booked at the close of a date."""
    day = next(one for one in HOTEL.report("OnTheBooks", as_of)["days"] if one["stayDate"] == stay.isoformat())
    return sum(one["rooms"] for one in day["segments"])


def test_the_night_of_the_date_is_what_it_sold_by_segment():
    for number in range(0, 400, 40):
        day = DAY - timedelta(days=number)
        tonight = HOTEL.report("OnTheBooks", day)["days"][0]
        sold = HOTEL.report("MarketSegments", day)["segments"]
        assert [(one["code"], one["rooms"], one["revenue"]) for one in tonight["segments"]] == [
            (one["code"], one["rooms"], one["revenue"]) for one in sold
        ]


def test_the_books_of_a_night_grow_toward_what_it_sells_and_some_are_cancelled_on_the_way():
    stay = date(2026, 8, 14)
    leads = (0, 7, 28, 90, 300)
    rooms = [booked(stay - timedelta(days=lead), stay) for lead in leads]
    assert rooms == sorted(rooms, reverse=True)
    assert rooms[0] == Rooms(HOTEL, stay).sold
    assert rooms[-1] < rooms[0] // 3
    evening, next_one = (
        {
            one["stayDate"]: sum(part["rooms"] for part in one["segments"])
            for one in HOTEL.report("OnTheBooks", day)["days"]
        }
        for day in (DAY, DAY + timedelta(days=1))
    )
    assert any(next_one[night] < rooms for night, rooms in evening.items() if night in next_one)


def test_the_report_has_a_year_and_adds_up():
    report = HOTEL.report("OnTheBooks", DAY)
    assert len(report["days"]) == HORIZON + 1
    assert report["totals"] == totals_of(report["days"])
