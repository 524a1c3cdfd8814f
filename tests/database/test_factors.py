"""A second factor: one device an account, each step accepted once, each recovery code used once."""

import pytest

from database import factors
from database.factors import AHEAD, Device, digest
from database.transaction import write
from tests.database.conftest import NOW

CODES = ("abcd-1", "abcd-2")


@pytest.fixture
def connection(app_sqlite):
    with app_sqlite.app_context(), write() as found:
        factors.enrol(found, 1, Device("scellé", 100), CODES, NOW)
        yield found


def test_an_account_has_one_device_and_fresh_codes(connection):
    assert factors.device_of(connection, 1) == Device("scellé", 100)
    assert factors.device_of(connection, 2) is None
    factors.enrol(connection, 1, Device("autre", 200), ["x"], NOW)
    assert (factors.device_of(connection, 1), factors.codes_left(connection, 1)) == (Device("autre", 200), 1)
    factors.reseal(connection, 1, "rescellé")
    assert factors.device_of(connection, 1).secret == "rescellé"


@pytest.mark.parametrize(
    ("step", "good"), [(99, False), (100, False), (101, True), (100 - AHEAD, False), (99 - AHEAD, True)]
)
def test_a_step_is_accepted_once_and_never_an_earlier_one_unless_the_clock_was_ahead(connection, step, good):
    assert factors.accept_step(connection, 1, step) is good
    assert not factors.accept_step(connection, 1, step) or not good
    assert factors.device_of(connection, 1).last_step == (step if good else 100)


def test_a_recovery_code_is_used_once_by_its_own_account(connection):
    assert not factors.use_code(connection, 2, CODES[0], NOW)
    assert factors.use_code(connection, 1, CODES[0], NOW)
    assert not factors.use_code(connection, 1, CODES[0], NOW)
    assert factors.codes_left(connection, 1) == 1
    assert digest(1, "x") != digest(2, "x")


def test_a_device_that_is_forgotten_leaves_nothing(connection):
    factors.forget(connection, 1)
    assert (factors.device_of(connection, 1), factors.codes_left(connection, 1)) == (None, 0)
