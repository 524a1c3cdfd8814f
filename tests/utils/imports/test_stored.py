"""The nights of a month as JSON, there and back, and two books of one month together."""

import json
from datetime import date
from decimal import Decimal

from utils.imports.figures import BookNight, Figure, Result
from utils.imports.places import Place
from utils.imports.stored import ReadNight, as_document, from_document, joined

DAY = date(2025, 12, 3)
JOUR, SD = Place("jour", "J5"), Place("3", "D9")


def read(place, value, digest, field="jour.jour_piazza_nourriture", results=()):
    night = BookNight(DAY, [Figure(field, value, place)], dict(results), {"jour_new_balance": "1.00"})
    return ReadNight(night, {place: digest})


def test_a_night_comes_back_whole_from_json():
    night = BookNight(DAY, block={"jour_new_balance": "-12.00"})
    night.money("sd.sd_entries", Decimal(5), SD, "enveloppe-0009", "amount")
    night.results = {"jour.jour_diff_caisse": Result(Decimal("0.125"), JOUR), "rj.x": Result(None, JOUR)}
    kept = ReadNight(night, {SD: "aa", JOUR: "bb"})
    assert from_document(json.loads(json.dumps(as_document([kept])))) == [kept]


def test_the_figures_of_another_book_stay_and_those_of_the_same_are_replaced():
    kept = [read(SD, "9.00", "sd", "sd.sd_total_amount"), read(JOUR, "1.00", "old")]
    ((night, digests),) = joined(kept, {"sd"}, [read(JOUR, "2.00", "new")])
    assert {one.field: one.value for one in night.figures} == {
        "jour.jour_piazza_nourriture": "2.00",
        "sd.sd_total_amount": "9.00",
    }
    assert digests == {JOUR: "new", SD: "sd"}


def test_a_figure_of_both_is_that_of_the_newer():
    ((night, _),) = joined([read(SD, "1.00", "sd")], {"sd"}, [read(JOUR, "2.00", "new")])
    assert [one.value for one in night.figures] == ["2.00"]


def test_a_night_that_only_the_left_book_had_goes_away():
    assert joined([read(JOUR, "1.00", "old")], set(), []) == []
