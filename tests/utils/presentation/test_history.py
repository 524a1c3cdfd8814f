"""A month of nights: a calendar from Monday to Sunday, a list, and what each night is besides its state."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from utils.presentation.history import month_of
from utils.presentation.states import NIGHT_STATES, State
from utils.rj.verdict import BALANCED, RED, WAITING, WARNED, Verdict

FIRST = date(2025, 12, 1)
TODAY = date(2025, 12, 23)


def night(day, status="submitted", blocking=0, warnings=0, **figures):
    """A row of the book."""
    named = ("completeness", "room_revenue", "total_revenue", "occupancy", "diff_caisse", "diff_caisse_residu")
    row = dict.fromkeys((*named, "quasi_variance", "import_id")) | {"revision": 0} | figures
    return SimpleNamespace(audit_date=day, status=status, blocking_count=blocking, warning_count=warnings, **row)


def month(*rows, first=FIRST, today=TODAY, verdicts=None):
    return month_of(first, today, rows, verdicts or {})


def square(found, day):
    return next(one for week in found.weeks for one in week if one.day == day)


@pytest.mark.parametrize(
    ("first", "title", "before", "after"),
    [
        (date(2025, 12, 1), "Décembre 2025", date(2025, 11, 1), None),
        (date(2025, 1, 1), "Janvier 2025", date(2024, 12, 1), date(2025, 2, 1)),
        (date(2024, 2, 1), "Février 2024", date(2024, 1, 1), date(2024, 3, 1)),
        (date(2025, 11, 1), "Novembre 2025", date(2025, 10, 1), date(2025, 12, 1)),
    ],
)
def test_a_month_has_its_neighbours_but_none_that_is_still_to_come(first, title, before, after):
    found = month(first=first)
    assert (found.title, found.before, found.after) == (title, before, after)


def test_weeks_go_from_monday_to_sunday():
    found = month()
    assert [len(week) for week in found.weeks] == [7] * 5
    assert [one.number for one in found.weeks[0]] == [1, 2, 3, 4, 5, 6, 7]
    assert found.weeks[-1][-1].day == date(2026, 1, 4)


def test_a_day_to_come_or_of_another_month_has_no_state():
    found = month()
    assert square(found, date(2025, 12, 23)).inside
    assert square(found, date(2025, 12, 22)).state == NIGHT_STATES["absente"]
    for day in (date(2025, 12, 24), date(2026, 1, 1)):
        assert (square(found, day).inside, square(found, day).state) == (False, None)


def test_a_night_gives_its_square_its_state():
    found = month(night(date(2025, 12, 3), "locked"))
    one = square(found, date(2025, 12, 3))
    assert (one.state, one.status, one.said) == (NIGHT_STATES["locked"], "locked", None)


def test_a_square_says_how_full_the_hotel_was_and_what_it_made():
    shown = Decimal("84.25"), Decimal("45811.50")
    found = month(night(date(2025, 12, 3), occupancy=shown[0], total_revenue=shown[1]), night(date(2025, 12, 4)))
    one, other = square(found, date(2025, 12, 3)), square(found, date(2025, 12, 4))
    assert one.shown == ("84,3\N{NO-BREAK SPACE}%", "45\N{NO-BREAK SPACE}812\N{NO-BREAK SPACE}$")
    assert other.shown == ()


@pytest.mark.parametrize(
    ("code", "icon", "meaning"), [(RED, "stop", "diff"), (WAITING, "stop", "diff"), (WARNED, "warn", "wait")]
)
def test_a_night_that_does_not_balance_says_so_in_the_words_of_its_verdict(code, icon, meaning):
    day = date(2025, 12, 3)
    (row,) = month(night(day), verdicts={day: Verdict(code, "le mot", "")}).nights
    assert row.said == State(icon, "le mot", meaning)


def test_a_night_that_balances_says_nothing_more():
    day = date(2025, 12, 3)
    (row,) = month(night(day, warnings=3), verdicts={day: Verdict(BALANCED, "équilibrée", "")}).nights
    assert row.said is None


@pytest.mark.parametrize(
    ("blocking", "warnings", "said"),
    [
        (1, 4, State("stop", "1 contrôle bloquant", "diff")),
        (0, 2, State("warn", "2 avertissements à expliquer", "wait")),
        (None, None, None),
        (0, 0, None),
    ],
)
def test_without_verdict_the_numbers_of_the_row_speak(blocking, warnings, said):
    (row,) = month(night(date(2025, 12, 3), "correcting", blocking, warnings)).nights
    assert row.said == said


@pytest.mark.parametrize("status", ["draft", "in_progress"])
def test_nothing_is_said_of_a_night_being_filled(status):
    (row,) = month(night(date(2025, 12, 3), status, blocking=5)).nights
    assert row.said is None


def test_the_list_keeps_the_order_and_the_figures_of_the_book():
    rows = (
        night(date(2025, 12, 3), room_revenue=Decimal("14194.83"), diff_caisse_residu=Decimal(0)),
        night(date(2025, 12, 1), quasi_variance=Decimal("-0.01")),
    )
    first, second = month(*rows).nights
    assert (first.day, first.room_revenue, first.residue, first.quasimodo) == (
        *(date(2025, 12, 3), Decimal("14194.83"), Decimal(0), None),
    )
    assert (second.day, second.room_revenue, second.quasimodo) == (date(2025, 12, 1), None, Decimal("-0.01"))


def test_an_imported_night_says_so_and_nothing_of_its_checks():
    found = month(night(date(2025, 12, 3), "locked", blocking=2, import_id=1))
    assert (found.nights[0].state.word, found.nights[0].said) == ("importée", None)
    corrected = month(night(date(2025, 12, 3), "locked", blocking=2, import_id=1, revision=1))
    assert corrected.nights[0].state.word == "verrouillée"
