"""Statistics of the Jour: rooms, ratios of the night, sums to date and ratios of sums."""

import pytest

from tests.utils.rj.build import figure, figures, night
from utils.rj.catalogue import FIELDS
from utils.rj.tabs.jour_statistics import MONTH_LABELS, MONTH_PARTS, MONTH_SUMS, YEAR_SUMS

ROOMS = {"jour_room_revenue": "14194.83", "jour_rooms_simple": 74, "jour_adultes": 129, "jour_enfants": 6}


def stats(*keys, previous=None, settings=None, day="2025-12-23", **jour):
    return figures(
        night(day, previous=previous, settings=settings, jour=jour), "jour", *(f"jour_{key}" for key in keys)
    )


def test_rooms_occupied_are_split_and_rooms_sold_are_without_those_offered():
    found = stats(
        *("rooms_simple", "rooms_occupees", "rooms_louees"),
        jour_rooms_total=80,
        jour_rooms_double=5,
        jour_rooms_suite=3,
        jour_rooms_comp=2,
    )
    assert found == [72, 80, 78]


def test_what_is_typed_for_single_rooms_takes_the_place_of_the_report():
    assert stats("rooms_simple", "rooms_occupees", jour_rooms_total=80, jour_rooms_simple=70) == [70, 70]


def test_the_ratios_of_a_night():
    """2025-12-23: 74 rooms of 252, 135 guests."""
    keys = ("occupancy_rate", "pct_occupees", "adr", "revpar", "moyenne_client", "nb_clients")
    assert stats(*keys, **ROOMS) == ["29.37", "29.37", "191.82", "56.33", "105.15", 135]


def test_rooms_out_of_order_count_only_in_the_operating_rate():
    keys = ("occupancy_rate", "occ_operationnelle")
    assert stats(*keys, **ROOMS, jour_rooms_hors_usage=36) == ["29.37", "34.26"]
    assert stats(*keys, **ROOMS, jour_rooms_hors_usage=252) == ["29.37", None]
    assert stats(*keys, **ROOMS, jour_rooms_hors_usage=300) == ["29.37", None]


@pytest.mark.parametrize("key", ["adr", "moyenne_client"])
def test_there_is_no_average_over_nobody(key):
    assert stats(key, jour_room_revenue="100.00", jour_rooms_simple=0, jour_adultes=0) == [None]


def test_an_empty_night_has_no_statistics_but_the_rooms_of_the_hotel():
    assert stats("rooms_disponibles", "rooms_occupees", "adr", "occupancy_rate") == [252, None, None, None]
    assert stats("rooms_disponibles", settings={"rooms": 100}) == [100]


def test_a_month_adds_tonight_to_the_sums_of_the_eve():
    before = {"mtd": {"room_revenue": "1000.00", "rooms_louees": 26, "rooms_disponibles": 1000}}
    found = stats("mtd_room_revenue", "mtd_rooms_louees", "mtd_adr", previous=before, **ROOMS)
    assert found == ["15194.83", 100, "151.95"]


def test_a_month_whose_beginning_is_unknown_is_absent():
    assert stats("mtd_room_revenue", "mtd_adr", "ytd_room_revenue", **ROOMS) == [None, None, None]


def test_on_the_first_of_the_month_the_month_is_tonight_and_in_january_the_year_too():
    assert stats("mtd_room_revenue", "ytd_room_revenue", day="2025-12-01", **ROOMS) == ["14194.83", None]
    assert stats("mtd_room_revenue", "ytd_room_revenue", "ytd_adr", day="2026-01-01", **ROOMS) == [
        *("14194.83", "14194.83", "191.82"),
    ]


def test_a_year_adds_the_month_to_what_came_before_it():
    before = {"mtd": {"room_revenue": "1000.00"}, "ytd_avant_mois": {"room_revenue": "5000.00"}}
    assert stats("ytd_room_revenue", previous=before, **ROOMS) == ["20194.83"]


def test_a_rate_of_the_month_is_a_ratio_of_sums_and_no_mean_of_rates():
    before = {"mtd": {"rooms_louees": 226, "rooms_occupees": 226, "rooms_disponibles": 252}}
    assert stats("mtd_occupancy_rate", "mtd_pct_occupees", previous=before, **ROOMS) == ["59.52", "59.52"]


def test_every_sum_and_ratio_of_the_month_is_a_field_with_its_label():
    assert set(MONTH_PARTS) == set(MONTH_LABELS)
    for key, label in MONTH_LABELS.items():
        field = FIELDS[f"jour.jour_mtd_{key}"]
        assert field.label == f"Mois à date — {label}"
        assert (field.kind == "percent") is label.startswith("%")
    assert {key for key, *_ in YEAR_SUMS} <= {key for key, *_ in MONTH_SUMS}
    assert MONTH_PARTS["adr"] == ["room_revenue", "rooms_louees"]


def test_a_figure_of_the_eve_alone_makes_no_sum():
    assert figure(night(previous={"mtd": {"room_revenue": "1.00"}}), "jour.jour_mtd_room_revenue") is None
