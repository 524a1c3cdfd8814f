"""What the PMS says beside the night: two definitions are never told as a difference."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.utils.demo.saisies import filled, reports_of
from utils.demo.hotel import DemoHotel
from utils.demo.reprise import reprise_of
from utils.lightspeed.controls import controls_of, same_base
from utils.rj.carry_forward import next_block
from utils.rj.night_file import read_night

HOTEL, FIRST = DemoHotel("DEMO"), date(2025, 12, 1)
CENT = Decimal("0.01")


def compared(first, count):
    """Each control of each whole night that has two figures: date, label, theirs, ours on their base."""
    previous = reprise_of(HOTEL, first)
    for day in (first + timedelta(days=number) for number in range(count)):
        reports = reports_of(HOTEL, day)
        night = read_night({"audit_date": day.isoformat(), "previous": previous, "tabs": filled(HOTEL, day, reports)})
        for one in (one for report in reports.values() for one in controls_of(report)):
            ours = same_base(one, night.values)
            if ours is not None:
                yield day, one.label, Decimal(str(one.value)), Decimal(str(ours))
        previous = next_block(night)


def held(first, count):
    """The gaps, and how many nights each control was compared in."""
    found = list(compared(first, count))
    gaps = [one for one in found if abs(one[2] - one[3]) > CENT]
    return gaps, {label: sum(one[1] == label for one in found) for label in {one[1] for one in found}}


def test_sixty_nights_contradict_the_pms_in_nothing():
    gaps, counts = held(FIRST, 60)
    assert gaps == []
    assert {counts[label] for label in ("REVCD", "Occupation", "Moyenne par chambre", "Clients")} == {60}
    assert counts["Groupe — revenu"] == 60
    assert "Nourriture et boisson au PMS" not in counts  # what is charged to rooms is not what was sold


@pytest.mark.long
def test_four_hundred_nights_contradict_the_pms_in_nothing():
    assert held(FIRST, 400)[0] == []


def test_a_real_gap_is_still_one():
    day = FIRST
    reports = reports_of(HOTEL, day)
    tabs = filled(HOTEL, day, reports)
    tabs["jour"]["jour_room_revenue_brut"] = "1000.00"
    night = read_night({"audit_date": day.isoformat(), "previous": reprise_of(HOTEL, day), "tabs": tabs})
    one = next(one for report in reports.values() for one in controls_of(report) if one.label == "REVCD")
    assert abs(Decimal(one.value) - same_base(one, night.values)) > 1
    assert one.base.startswith("sur ")
    assert one.base.endswith("chambres disponibles au PMS")
