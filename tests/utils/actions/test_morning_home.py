"""What the direction's home reads beside a night: the nights it is held against, and who has seen it."""

from datetime import date

from database.transaction import read
from tests.utils.actions.nights import DAY, Person, after
from utils.actions.morning_home import morning_home
from utils.actions.reading import night_view


def test_a_night_is_held_against_the_eve_the_week_and_the_year(app):
    anne = Person(app)
    for day, rooms in ((after(DAY, -364), 40), (after(DAY, -7), 60), (after(DAY, -1), 80), (DAY, 100)):
        anne.on(day).open().save("jour", {"jour_rooms_simple": rooms})
    with app.app_context():
        with read() as connection:
            property_id = connection.exec_driver_sql("SELECT id FROM properties").scalar_one()
        someone = type("Reader", (), {"property_id": property_id})()
        found = morning_home(someone, night_view(someone, date.fromisoformat(DAY)))
    assert [one["rooms_sold"] for one in (found.eve, found.week, found.year)] == [80, 60, 40]
    assert (found.budget, found.month_budget, found.people, found.seen) == (None, None, 0, ())
    assert found.last_year.day == date(2024, 12, 23)
