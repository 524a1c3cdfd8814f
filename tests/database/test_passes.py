"""A pass spares a password or a code once, for a short while, in one browser."""

from datetime import timedelta

import pytest

from database import passes
from database.models import AWAITED, RETURN
from database.passes import LASTS, Given
from database.transaction import write
from tests.database.conftest import NOW


@pytest.fixture
def connection(app_sqlite):
    with app_sqlite.app_context(), write() as found:
        yield found


def given(connection, kind=AWAITED, user_id=1, session_id=None):
    return passes.give(connection, kind, Given(user_id, session_id, None), "poste", NOW)


@pytest.mark.parametrize("kind", [AWAITED, RETURN])
def test_a_pass_is_good_until_its_end(connection, kind):
    token = given(connection, kind)
    assert passes.look(connection, kind, token, "poste", NOW + LASTS[kind] - timedelta(seconds=1)) == Given(
        1, None, None
    )
    assert passes.look(connection, kind, token, "poste", NOW + LASTS[kind]) is None


def test_a_pass_is_good_once_for_its_kind_in_its_browser(connection):
    token = given(connection)
    for kind, shown, browser in ((RETURN, token, "poste"), (AWAITED, token, "autre"), (AWAITED, "faux", "poste")):
        assert passes.use(connection, kind, shown, browser, NOW) is None
    assert passes.use(connection, AWAITED, token, "poste", NOW) == Given(1, None, None)
    assert passes.use(connection, AWAITED, token, "poste", NOW) is None


def test_a_clock_set_back_prolongs_no_pass(connection):
    token = given(connection)
    assert passes.look(connection, AWAITED, token, "poste", NOW - timedelta(days=1)) is None


def test_passes_end_with_the_account_or_closed_with_it(connection):
    token = given(connection)
    connection.exec_driver_sql("UPDATE users SET active = 0 WHERE id = 1")
    assert passes.look(connection, AWAITED, token, "poste", NOW) is None
    connection.exec_driver_sql("UPDATE users SET active = 1, session_epoch = session_epoch + 1 WHERE id = 1")
    assert passes.look(connection, AWAITED, token, "poste", NOW) is None
    other = given(connection)
    passes.end_all(connection, 2)
    assert passes.look(connection, AWAITED, other, "poste", NOW)
    passes.end_all(connection, 1)
    assert passes.look(connection, AWAITED, other, "poste", NOW) is None
