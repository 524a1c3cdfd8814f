"""Month and year to date, recomputed from the nights and never copied."""

from datetime import date
from decimal import Decimal

import pytest

from utils.rj.history import (
    NO_BASE,
    Gap,
    days_between,
    lacking,
    lacking_words,
    month_lacks,
    sums_before,
    whole,
    whole_tonight,
)
from utils.rj.tabs.jour import SUM_PARTS

NIGHT = {
    **{"room_revenue": Decimal("100.10"), "total_fb": Decimal("10.00"), "total_revenue": Decimal("110.10")},
    **{"diff_caisse": Decimal("-1.00"), "rooms_louees": 10, "rooms_occupees": 11, "rooms_disponibles": 252},
    "nb_clients": 20,
}
EMPTY_DAY = {"rooms_disponibles": 252}
WHOLE = {"mtd": {}, "ytd_avant_mois": {}}


def dated(nights):
    """Date and figures of each night."""
    return [(date.fromisoformat(day), figures) for day, figures in nights.items()]


def sums(day, nights, bases=WHOLE):
    return sums_before(date.fromisoformat(day), dated(nights), bases)


def test_the_month_is_the_sum_of_its_nights_before_tonight():
    found = sums("2025-12-04", {"2025-12-01": NIGHT, "2025-12-02": NIGHT, "2025-12-03": NIGHT, "2025-12-04": NIGHT})
    assert found["mtd"] == {
        **{"room_revenue": "300.30", "total_fb": "30.00", "total_revenue": "330.30", "diff_caisse": "-3.00"},
        **{"rooms_louees": 30, "rooms_occupees": 33, "rooms_disponibles": 756, "nb_clients": 60},
    }


def test_the_year_is_the_sum_of_the_months_before_this_one():
    nights = {"2025-11-30": NIGHT, "2025-01-01": NIGHT, "2024-12-31": NIGHT, "2025-12-01": NIGHT, "2024-12-05": NIGHT}
    found = sums("2025-12-10", nights)
    assert found["ytd_avant_mois"]["room_revenue"] == "200.20"
    assert found["ytd_avant_mois"]["rooms_louees"] == 20
    assert found["mtd"]["rooms_louees"] == 10


def test_an_empty_day_counts_for_nothing():
    """The workbook of December 2024 counts the rooms of the empty row 31."""
    nights = {"2024-12-01": NIGHT, "2024-12-02": EMPTY_DAY, "2024-12-03": NIGHT}
    assert sums("2024-12-04", nights)["mtd"]["rooms_disponibles"] == 2 * 252


@pytest.mark.parametrize(
    ("missing", "with_it"),
    [
        ("room_revenue", {"total_revenue", "diff_caisse"}),
        ("total_fb", {"total_revenue", "diff_caisse"}),
        ("nb_clients", set()),
        ("total_revenue", set()),
    ],
)
def test_a_figure_missing_on_one_night_is_left_out_rather_than_understated(missing, with_it):
    """So is every sum that it is a part of: the night has some total of revenue, smaller than the truth."""
    partial = NIGHT | {missing: None}
    found = sums("2025-12-03", {"2025-12-01": NIGHT, "2025-12-02": partial})
    assert found["mtd"].keys() == NIGHT.keys() - {missing} - with_it


def test_the_parts_of_a_sum_are_those_of_the_formulas_of_the_night():
    assert SUM_PARTS == {
        **{"room_revenue": (), "total_fb": (), "total_revenue": ("room_revenue", "total_fb")},
        **{"diff_caisse": ("room_revenue", "total_fb"), "rooms_louees": ("rooms_occupees",)},
        **{"rooms_occupees": (), "rooms_disponibles": (), "nb_clients": ()},
    }


def test_the_base_of_the_book_is_added_and_what_it_lacks_is_left_out():
    bases = {"mtd": {"room_revenue": Decimal("1000.00"), "rooms_louees": 100}, "ytd_avant_mois": None}
    assert sums("2025-12-02", {"2025-12-01": NIGHT}, bases) == {"mtd": {"room_revenue": "1100.10", "rooms_louees": 110}}


def test_a_book_without_nights_has_sums_of_nought():
    assert sums("2025-12-01", {})["mtd"]["room_revenue"] == "0.00"
    assert sums("2025-12-01", {})["ytd_avant_mois"]["rooms_louees"] == 0


def without(start, end, nights, *key):
    """The dates that a sum from start to the eve of end lacks, as text; what is missing in a night that is there."""
    days = days_between(date.fromisoformat(start), date.fromisoformat(end))
    gaps = lacking(days, dated(nights), *(key or ("rooms_louees",)))
    return [(str(gap.day), *gap.parts) if gap.parts else str(gap.day) for gap in gaps]


def test_a_night_that_is_not_there_or_is_empty_is_lacking():
    nights = {"2025-12-01": NIGHT, "2025-12-02": EMPTY_DAY, "2025-12-04": NIGHT}
    assert without("2025-12-01", "2025-12-05", nights) == ["2025-12-02", "2025-12-03"]


def test_tonight_and_what_comes_before_the_start_are_not_lacking():
    assert without("2025-12-02", "2025-12-03", {"2025-12-02": NIGHT}) == []
    assert without("2025-12-01", "2025-12-01", {}) == []
    assert without("2025-11-30", "2025-12-02", {}) == ["2025-11-30", "2025-12-01"]


def test_a_night_without_the_figure_is_lacking_for_that_figure_alone():
    """Nought is a figure; a night without rooms sold lacks, whatever else it holds."""
    nights = {
        **{"2025-12-01": NIGHT | {"room_revenue": None}, "2025-12-02": NIGHT | {"room_revenue": Decimal("0.00")}},
        "2025-12-03": NIGHT | {"rooms_louees": None},
    }
    for key in ("room_revenue", "total_revenue"):
        assert without("2025-12-01", "2025-12-04", nights, key) == [("2025-12-01", "room_revenue"), "2025-12-03"]
    assert without("2025-12-01", "2025-12-04", nights, "total_fb") == ["2025-12-03"]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "il manque la nuit du 2025-12-01"),
        (2, "il manque les nuits du 2025-12-01 et du 2025-12-02"),
        (4, "il manque les nuits du 2025-12-01, du 2025-12-02, du 2025-12-03 et 1 autre"),
        (6, "il manque les nuits du 2025-12-01, du 2025-12-02, du 2025-12-03 et 3 autres"),
    ],
)
def test_three_dates_are_named_and_the_others_counted(count, words):
    assert lacking_words([Gap(date(2025, 12, day)) for day in range(1, count + 1)]) == words


SECOND, THIRD = Gap(date(2025, 12, 2)), Gap(date(2025, 12, 3))
FOOD = Gap(date(2025, 12, 3), ("total_fb",))
TONIGHT = {f"jour.jour_{key}": 1 for key in NIGHT}
NO_FOOD = {name: value for name, value in TONIGHT.items() if name != "jour.jour_total_fb"}
KNOWN = {f"previous.mtd.{key}": 1 for key in ("rooms_louees", "rooms_disponibles")}
EVERY = {f"previous.mtd.{key}": 1 for key in NIGHT}


@pytest.mark.parametrize(
    ("key", "values", "missing", "why"),
    [
        ("revpar", {}, {"mtd.room_revenue": (SECOND,)}, "il manque la nuit du 2025-12-02"),
        (
            "revpar",
            {},
            {"mtd.room_revenue": (SECOND,), "mtd.rooms_disponibles": (SECOND,)},
            "il manque la nuit du 2025-12-02",
        ),
        (
            "adr",
            {},
            {"mtd.room_revenue": (THIRD,), "mtd.rooms_louees": (SECOND,)},
            "il manque les nuits du 2025-12-02 et du 2025-12-03",
        ),
        ("occupancy_rate", KNOWN, {"mtd.room_revenue": (SECOND,)}, ""),
        ("revpar", {"jour.jour_mtd_revpar": 1}, {"mtd.room_revenue": (SECOND,)}, ""),
        ("revpar", KNOWN, {}, NO_BASE),
        (
            "total_revenue",
            EVERY,
            {"mtd.total_revenue": (SECOND, FOOD)},
            "il manque la nuit du 2025-12-02; « nourriture et boisson » la nuit du 2025-12-03",
        ),
        (
            "adr",
            EVERY,
            {"mtd.room_revenue": (THIRD,), "mtd.rooms_louees": (FOOD,)},
            "il manque la nuit du 2025-12-03",
        ),
        ("total_revenue", EVERY | NO_FOOD, {}, "il manque « nourriture et boisson » cette nuit"),
        ("total_fb", EVERY | NO_FOOD, {}, "il manque « nourriture et boisson » cette nuit"),
        ("total_fb", EVERY, {}, ""),
        (
            "total_revenue",
            EVERY | NO_FOOD,
            {"mtd.total_revenue": (FOOD,)},
            "il manque « nourriture et boisson » la nuit du 2025-12-03 et cette nuit",
        ),
        (
            "total_revenue",
            EVERY | NO_FOOD,
            {"mtd.total_revenue": (SECOND,)},
            "il manque la nuit du 2025-12-02; « nourriture et boisson » cette nuit",
        ),
        ("room_revenue", EVERY | NO_FOOD, {"mtd.room_revenue": (SECOND,)}, "il manque la nuit du 2025-12-02"),
    ],
)
def test_a_figure_of_the_month_that_is_absent_says_why(key, values, missing, why):
    """A ratio lacks what any of its two sums lacks."""
    assert month_lacks(key, values, missing) == why


def test_a_figure_without_one_of_its_parts_is_held_against_nothing():
    assert whole("total_revenue", NIGHT) == Decimal("110.10")
    assert whole("total_revenue", NIGHT | {"total_fb": None}) is None
    assert whole("nb_clients", {"nb_clients": 20}) == 20
    tonight = {f"jour.jour_{key}": value for key, value in NIGHT.items()}
    assert whole_tonight("total_revenue", tonight) == Decimal("110.10")
    assert whole_tonight("total_revenue", tonight | {"jour.jour_total_fb": None}) is None
