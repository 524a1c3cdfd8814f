"""A whole book worked by the product alone: whatever people do with it, the verification has nothing to say."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from database import people, properties
from database.chain import Row
from database.replay import Replay
from database.transaction import read, write
from database.verification import verify
from tests.utils.actions.nights import Person, good, tamper
from utils import dates
from utils.accounts import people as accounts
from utils.actions.demonstration.fill_nights import fill_nights
from utils.actions.notifications import budgets
from utils.actions.notifications.choices import save_choices
from utils.actions.people import merge_names
from utils.actions.person import actor
from utils.actions.rebuild import rebuild

NOW = datetime(2026, 3, 12, 20, tzinfo=UTC)
LAST = "2026-03-11"
TONIGHT = "2026-03-12"


class Admin:
    """The administrator, without a browser."""

    user_id, label, property_id, role = 7, "Administrateur de démonstration", 1, "admin"

    def may(self, *actions):
        return True


def _administer(me):
    """Everything that the pages of the administration write."""
    with read() as connection:
        names = [one.name for one in people.spellings(connection, 1)][:3]
    assert len(names) == 3
    merge_names.merge(me, names[0], names[1], NOW)
    merge_names.merge(me, names[1], names[2], NOW)
    merge_names.separate(me, names[0], NOW)
    with write() as connection:
        for day, document in [
            ("2026-03-01", {"roles": {"verrouiller": ["gm"]}, "rooms": 250}),
            ("2026-03-01", {"rooms": None}),
            ("2026-04-01", {"rates": {"tps": "6"}}),
        ]:
            properties.write_settings(connection, 1, date.fromisoformat(day), document, actor(me), NOW)
    month = date(2026, 3, 1)
    row, *days = budgets.rows_of(me, month)
    assert budgets.save_months(me, [month], {row.name("revenue"): "1000", days[2].name("revenue"): "12,34"}, NOW) == 2
    assert budgets.save_months(me, [month], {row.name("revenue"): ""}, NOW + timedelta(hours=1)) == 1
    save_choices(me, {"silence": {"de": "22:00", "a": "06:00"}, "kinds": {"anomaly": {"actif": False}}}, NOW)
    save_choices(me, {"silence": None}, NOW)
    user_id, _ = accounts.create_person(actor(me), 1, ("neuf@demo.hotel", "Neuf", "gsm"))
    accounts.change_role(actor(me), 1, user_id, "gm")
    accounts.change_role(actor(me), 1, user_id, "")


@pytest.fixture
def book(app):
    """Three closed nights of the demonstration."""
    with time_machine.travel(NOW, tick=False):
        with app.app_context():
            assert fill_nights(NOW, 3) == 3
        yield app


def said(app):
    """What the verification says of the demonstration."""
    with app.app_context(), read() as connection:
        return verify(connection, 1)


def test_everything_that_people_do_leaves_a_book_without_a_problem(book):
    assert said(book) == []
    admin = Person(book, "admin", LAST)
    admin.reopen()
    admin.save("recap", {"cash_ls_lecture": "100.00"})
    admin.save("sd", {"sd_entries": [{"id": "ligne-aa", "name": "Zoé", "amount": "1.00"}]})
    assert said(book) == []
    good(admin.submit(en_attente=True))
    assert said(book) == []
    tonight = admin.on(TONIGHT).open()
    tonight.save("sd", {"sd_entries": [{"id": "ligne-bb", "name": "Zoe B", "amount": "2.00"}]})
    tonight.save("sd", {"sd_entries": [{"id": "ligne-bb", "name": "Zoé B.", "amount": "3.00"}]})
    tonight.save("recap", saisies={"cash_ls_lecture": "=60+40"})
    assert said(book) == []
    with book.app_context():
        assert [one for one in rebuild() if one.differing] == []
    assert said(book) == []


def test_settings_names_budgets_notices_and_roles_leave_no_problem(book):
    with book.app_context():
        _administer(Admin())
    assert said(book) == []
    answer = book.test_cli_runner().invoke(args=["rj", "journal", "verifier"])
    assert answer.exit_code == 0, answer.output


def test_an_account_closed_by_a_page_and_opened_in_the_base_is_named(app):
    with app.app_context():
        accounts.set_open(actor(Admin()), 1, 2, active=False)
        assert said(app) == []
        accounts.set_open(actor(Admin()), 1, 2, active=True)
        accounts.set_open(actor(Admin()), 1, 3, active=False)
    assert said(app) == []
    assert tamper(app, "UPDATE users SET active = NOT active WHERE id IN (2, 3)") == 2
    assert [one.place for one in said(app)] == ["compte.2", "compte.3"]


def test_an_account_closed_by_a_clock_that_ran_ahead_then_opened_by_one_that_is_right_is_not_accused(app):
    ahead = dates.now() + timedelta(days=1)
    with app.app_context():
        with time_machine.travel(ahead, tick=False):
            accounts.set_open(actor(Admin()), 1, 3, active=False)
        accounts.set_open(actor(Admin()), 1, 3, active=True)
    assert said(app) == []
    assert tamper(app, "UPDATE users SET active = NOT active WHERE id = 3") == 1
    assert [one.place for one in said(app)] == ["compte.3"]


@pytest.mark.parametrize("action", ["compte", "personne", "hotel"])
def test_a_row_erased_that_named_what_it_spoke_of_raises_no_false_alarm(action):
    replay = Replay()
    replay.feed(Row(1, 1, datetime(2026, 1, 1, tzinfo=UTC), None, action, erasure={"leaves": {"new": "00"}}))
    assert len(replay.blind) == 1
    assert replay.said == {}
