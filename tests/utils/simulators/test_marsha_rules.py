"""What the simulator of MARSHA thinks of a DBRS: it sums by itself, and says at which place it does not hold."""

import copy
from datetime import date

import pytest

from tests.utils.demo.saisies import nights
from utils.demo.hotel import DemoHotel
from utils.marsha.transform import Heading, transform_rj_to_dbrs
from utils.simulators import marsha_rules

DAY = date(2025, 12, 23)


@pytest.fixture(scope="module")
def dbrs():
    """A DBRS that holds."""
    night = next(one for _, _, one in nights(DemoHotel("DEMO"), DAY, 1))
    return transform_rj_to_dbrs(DAY, night.values, Heading("YULRJ", "CAD", 1, None, None)).document


def test_one_that_holds_has_no_reproach(dbrs):
    assert marsha_rules.reproaches(dbrs) == []


@pytest.mark.parametrize(
    ("path", "value", "places"),
    [
        (("form", "grandTotal"), "1.00", ["/form/grandTotal"]),
        (("occupancy", "roomsSold"), 1, ["/totals/daily/rooms"]),
        (("totals", "daily", "revenue"), "1.00", ["/totals/daily/revenue"]),
        (("revenue", "other"), "1.00", ["/revenue/total"]),
        (("totals", "daily", "rooms"), "beaucoup", [""]),
        (("segments",), None, [""]),
    ],
)
def test_what_does_not_hold_is_said_at_its_place(dbrs, path, value, places):
    spoiled = copy.deepcopy(dbrs)
    holder = spoiled
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    assert [one["pointer"] for one in marsha_rules.reproaches(spoiled)] == places


@pytest.mark.parametrize("name", marsha_rules.NEEDED)
def test_a_part_that_lacks_is_named(dbrs, name):
    without = {key: one for key, one in dbrs.items() if key != name}
    assert [(one["pointer"], one["code"]) for one in marsha_rules.reproaches(without)] == [(f"/{name}", "missing")]


@pytest.mark.parametrize("twist", ["zero", "missing", "late"])
def test_a_set_that_is_spoiled_gives_no_index(dbrs, twist):
    found = marsha_rules.benchmarks("YULRJ", DAY, dbrs, twist)
    assert set(found["indices"].values()) == {None}
    assert (found["status"] == "unavailable") is (twist == "late")


def test_a_set_says_its_size_its_state_and_the_indices_of_who_submitted(dbrs):
    found = marsha_rules.benchmarks("YULRJ", DAY, dbrs)
    assert found["compSet"] == {"size": 5, "includesSubject": False}
    assert None not in found["indices"].values()
    assert set(marsha_rules.benchmarks("YULRJ", DAY, None)["indices"].values()) == {None}
    assert marsha_rules.benchmarks("YULRJ", DAY, dbrs, "small")["compSet"]["size"] == 3
    assert marsha_rules.benchmarks("YULRJ", DAY, dbrs, "preliminary")["status"] == "preliminary"
    rank = marsha_rules.position("YULRJ", DAY)
    assert 1 <= rank["rank"] <= rank["of"] == 6


@pytest.mark.parametrize(
    ("named", "held", "good"),
    [
        (None, [], True),
        ("a", ["a"], True),
        ("b", ["a", "b"], True),
        ("refuse", ["a"], True),
        (None, ["a"], False),
        ("a", ["a", "b"], False),
        (None, [None], True),
    ],
)
def test_a_correction_names_the_key_of_the_latest_that_is_held(named, held, good):
    of_date = [{"submissionSeq": number, "idempotencyKey": key} for number, key in enumerate(held, 1)][::-1]
    found = marsha_rules.misplaced({"supersedes": named}, of_date)
    assert [one["pointer"] for one in found] == ([] if good else ["/supersedes"])
