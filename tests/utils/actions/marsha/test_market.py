"""The set of a date: kept beside our night, never when it is too small, nil or late; what is final stays."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from database import marsha
from database.transaction import read, write
from tests.utils.marsha.conftest import CODE
from utils.actions.marsha import market


@pytest.fixture
def fetched(brand):
    """Fetch the set of the night, spoiled so; what is said and what is kept."""
    with write() as connection:
        connection.execute(text("DELETE FROM marsha_benchmarks"))

    def fetch(twist=""):
        brand.running.inside.faults.clear(CODE)
        if twist:
            brand.running.fault("twist", detail=twist, times=1, report="benchmarks")
        with write() as connection:
            connection.execute(text("DELETE FROM integration_budgets"))
        said = market.fetch_market(brand.hotel.id, brand.day)
        with read() as connection:
            return said, marsha.benchmark(connection, brand.hotel.id, brand.day)

    return fetch


def test_a_final_set_is_kept_with_its_rank_and_is_not_undone(fetched, brand):
    said, kept = fetched()
    assert (said, kept.status, kept.shown, kept.set_size, kept.rank_of) == (market.KEPT, "final", True, 5, 6)
    assert market.missing_days(brand.hotel.id, [brand.day]) == []
    assert fetched("preliminary")[1] == kept
    assert fetched("late")[1] == kept


@pytest.mark.parametrize("twist", ["small", "alone"])
def test_of_a_set_too_small_only_that_it_is_is_kept(fetched, twist):
    kept = fetched(twist)[1]
    assert not kept.shown
    assert {kept.occupancy, kept.adr, kept.revpar, kept.mpi, kept.ari, kept.rgi, kept.rank} == {None}


@pytest.mark.parametrize(("twist", "figure"), [("zero", Decimal(0)), ("missing", None)])
def test_a_set_of_zero_or_missing_gives_no_index(fetched, twist, figure):
    kept = fetched(twist)[1]
    assert (kept.occupancy, kept.adr, kept.revpar) == (figure,) * 3
    assert (kept.mpi, kept.ari, kept.rgi) == (None,) * 3


def test_one_that_is_late_is_no_error_and_is_still_missing(fetched, brand):
    said, kept = fetched("late")
    assert said == market.NOT_YET
    assert kept is None or not kept.shown
    wanted = [brand.day, brand.day - timedelta(days=1)]
    assert market.missing_days(brand.hotel.id, wanted) == [brand.day]
    assert fetched("preliminary")[0] == market.PRELIMINARY
    assert fetched()[0] == market.KEPT
