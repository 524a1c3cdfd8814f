"""The golden nights, to the cent: every value that the hotel's workbook asserts is ours."""

import json
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest

from tests.utils.rj.golden import COMPLETE, NAMES, document, figures, text
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import FACTOR
from utils.rj.night_file import calculated
from utils.rj.previous import read_previous
from utils.rj.reading import Reader

NIGHTS = 52
VALUES = 1114


def asserted(name):
    """Each value asserted of a night: its path, what the workbook says, what we say (None when we have none)."""
    ours = calculated(text(name))
    found = dict(figures(ours["computed"])) | dict(figures(ours["next"], "next"))
    return [(path, value, found.get(path)) for path, value in figures(document(name).get("expected", {}))]


def cents(value):
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def same(path, theirs, ours):
    """The workbook does not round: amounts and percentages agree to the cent, factors and counts exactly."""
    if type(theirs) is not type(ours):
        return False
    exact = not isinstance(theirs, str) or (path in FIELDS and FIELDS[path].kind == FACTOR)
    return theirs == ours if exact else cents(theirs) == cents(ours)


@pytest.mark.parametrize("name", NAMES)
def test_every_asserted_value_is_ours(name):
    wrong = [(path, theirs, ours) for path, theirs, ours in asserted(name) if not same(path, theirs, ours)]
    assert wrong == []


def test_none_is_forgotten():
    assert len(NAMES) == NIGHTS
    assert sum(len(asserted(name)) for name in NAMES) == VALUES


@pytest.mark.parametrize("name", NAMES)
def test_an_output_fed_back_gives_the_same_output(name):
    once = json.dumps(calculated(text(name)))
    assert json.dumps(calculated(once)) == once


@pytest.mark.parametrize("name", NAMES)
def test_what_the_file_gives_comes_back_as_it_was(name):
    given, back = document(name), calculated(text(name))
    assert dict(figures(back["tabs"])) == dict(figures(given["tabs"]))
    for key in ("source", "audit_date", "property", "previous", "expected", "not_asserted"):
        assert back.get(key) == given.get(key)


@pytest.mark.parametrize("name", NAMES)
def test_the_next_night_reads_what_this_one_leaves(name):
    reader = Reader()
    read_previous(calculated(text(name))["next"], reader)
    assert reader.problems == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_computed_on_input_is_dropped(name):
    plain = calculated(text(name))
    false = {"computed": {"jour": {"jour_diff_caisse": "1.00"}}, "differences": ["?"], "next": {"inconnu": 1}}
    assert calculated(json.dumps(document(name) | false)) == plain


def test_one_night_opens_on_what_the_one_before_left():
    """The Jour of December 2025, chained: each night opens on the balance that the night before computed."""
    days = [name for name in NAMES if name.startswith("jour-2025-12-")]
    for day, following in pairwise(days):
        assert document(following)["previous"]["jour_new_balance"] == calculated(text(day))["next"]["jour_new_balance"]


def test_the_complete_night_leaves_to_the_next_what_the_reference_says():
    following = calculated(text(COMPLETE))["next"]
    assert following["audit_date"] == "2025-12-24"
    assert following["dueback"] == [
        {"name": "Réceptionniste 11", "nouveau": "323.42"},
        {"name": "Réceptionniste 21", "nouveau": "329.68"},
    ]
    assert following["mtd"]["room_revenue"] == "901999.87"
    assert following["ytd_avant_mois"] == document(COMPLETE)["previous"]["ytd_avant_mois"]
    assert "transelect_terminals" not in following
