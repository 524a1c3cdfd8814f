"""The demonstration hotel: every rule of the PMS holds, and every night closes with its papers typed."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tests.utils.demo.saisies import filled, nights, reports_of
from utils.demo import season
from utils.demo.bundle import papers_of
from utils.demo.hotel import EPOCH, DemoHotel
from utils.lightspeed.demo import REPORTS
from utils.presentation.sheet import column_label
from utils.rj.catalogue import FIELDS
from utils.rj.summary import check_results

HOTEL = DemoHotel("DEMO")
MARCH, NOVEMBER = date(2026, 2, 20), date(2026, 10, 20)


def held(first, count):
    """What fails in some nights, and how often each check was satisfied."""
    failures, satisfied = [], Counter()
    for day, breaches, night in nights(HOTEL, first, count):
        results = check_results(night)
        red = [result.check.key for result in results if result.status not in ("ok", "na")]
        satisfied.update(result.check.key for result in results if result.status == "ok")
        whole = night.values["sommaire.completude"] == 100
        if breaches or red or not whole or night.values["jour.jour_diff_caisse"] != 0:
            failures.append((day, breaches, red, night.values["sommaire.completude"]))
    return failures, satisfied


@pytest.mark.parametrize("first", [MARCH, NOVEMBER])
def test_nights_around_both_changes_of_hour_close(first):
    failures, satisfied = held(first, 30)
    assert failures == []
    rare = {"chk_dueback_report"}
    assert {key for key, count in satisfied.items() if count == 30} | rare == set(satisfied) | rare
    assert len(satisfied) == 35


@pytest.mark.long
def test_four_hundred_nights_close(capsys):
    first = date(2025, 10, 20)
    failures, satisfied = held(first, 400)
    with capsys.disabled():
        last = first + timedelta(days=399)
        told = f"{len(failures)} en défaut, {sum(satisfied.values())} contrôles justes"
        print(f"\n400 nuits du {first} au {last} : {told}")  # noqa: T201 - a figure is told
    assert failures == []


def test_a_date_says_the_same_whatever_was_asked_before():
    day = date(2026, 7, 4)
    alone = [DemoHotel("DEMO", name="Autre objet").report(name, day) for name in REPORTS.values()]
    for other in (day - timedelta(days=40), day + timedelta(days=3)):
        DemoHotel("DEMO").report("DailyRevenue", other)
    assert [DemoHotel("DEMO").report(name, day) for name in REPORTS.values()] == alone
    assert papers_of(DemoHotel("DEMO"), day) == papers_of(DemoHotel("DEMO", name="Autre objet"), day)
    assert DemoHotel("AUTRE").report("DailyRevenue", day) != alone[0]


def test_these_figures_are_for_ever():
    """A figure that moves makes every demonstration contradict the nights it closed: choose it knowingly."""
    revenue = DemoHotel("DEMO").report("DailyRevenue", date(2025, 12, 23))
    assert (revenue["totals"]["netRevenue"], revenue["balances"]["new"]) == ("21500.43", "8805.47")


def test_nothing_before_the_first_date():
    assert HOTEL.report("Cashier", EPOCH - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 3), "Vendredi saint"),
        (date(2026, 4, 5), "Pâques"),
        (date(2026, 5, 18), "Journée nationale des patriotes"),
        (date(2026, 6, 24), "Fête nationale"),
        (date(2026, 9, 7), "Fête du Travail"),
        (date(2026, 10, 12), "Action de grâces"),
        (date(2026, 12, 25), "Noël"),
    ],
)
def test_holidays(day, name):
    assert season.occasion(day)[0] == name
    assert season.is_holiday(day)


def test_seasons_and_weekdays_differ():
    january, july = ([season.demand(date(2026, month, day)) for day in range(5, 26)] for month in (1, 7))
    assert sum(july) > sum(january) + 500
    assert season.demand(date(2026, 7, 11)) > season.demand(date(2026, 7, 12))


def test_every_paper_feeds_a_field_that_exists_and_that_no_report_fills():
    for number in range(0, 120, 7):
        day = date(2026, 1, 3) + timedelta(days=number)
        tabs = filled(HOTEL, day, reports_of(HOTEL, day))
        assert set(tabs) == {name.partition(".")[0] for name in FIELDS} - {"quasimodo", "sommaire"}
        keys = [paper.key for paper in papers_of(HOTEL, day)]
        assert len(keys) == len(set(keys))


def test_a_list_on_paper_has_the_headings_of_the_list_to_fill():
    tables = [one.table for day in range(60) for one in papers_of(HOTEL, MARCH + timedelta(days=day)) if one.table]
    headings = {
        (table.field, key, label, column_label(column))
        for table in tables
        for key, label in table.columns
        for column in FIELDS[table.field].columns
        if column.key == key
    }
    assert len(headings) > 20
    assert [one for one in headings if one[2] != one[3]] == []


def test_an_empty_hotel_closes_too():
    empty = DemoHotel("VIDE", empty_days=frozenset({date(2026, 1, 10), date(2026, 1, 11)}))
    for _, breaches, night in nights(empty, date(2026, 1, 8), 6):
        assert breaches == []
        assert night.values["jour.jour_diff_caisse"] == 0
        assert night.values["recap.recap_balance"] == 0
