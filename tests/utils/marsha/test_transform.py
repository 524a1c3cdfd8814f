"""From the night to the DBRS: the hotel’s own form, to the cent; what does not foot with the Jour is refused."""

from datetime import date
from decimal import Decimal

import pytest

from tests.utils.demo.saisies import nights
from tests.utils.rj import golden
from utils.demo.hotel import DemoHotel
from utils.marsha.transform import FIGURES, SEGMENTS, TOTALS, Booked, Heading, transform_rj_to_dbrs
from utils.rj.catalogue import FIELDS

DAY = date(2025, 12, 23)
HEADING = Heading("YULRJ", "CAD", 1, None, 7)


def test_each_figure_names_a_field_that_exists():
    names = {one.source for one in FIGURES}
    names |= {f"dbrs.dbrs_{code}_{name}" for codes in SEGMENTS.values() for code in codes for name in ("rooms", "adr")}
    assert names <= FIELDS.keys()


def test_the_sample_of_the_hotel_leaves_as_its_own_form_to_the_cent():
    form = golden.document("dbrs-echantillon-1")["expected"]["dbrs"]
    found = transform_rj_to_dbrs(DAY, golden.night("dbrs-echantillon-1").values, HEADING).document
    for one in found["segments"]:
        assert [one[name] for name in ("rooms", "revenue", "adr")] == [
            form[f"dbrs_{one['code']}_{name}"] for name in ("rooms", "revenue", "adr")
        ]
    for name, total in TOTALS.items():
        assert found["totals"][name] == {part: form[f"dbrs_{total}_{part}"] for part in ("rooms", "revenue", "adr")}
    assert found["form"] == {
        "dailyRevenueTotal": form["dbrs_daily_rev_total"],
        "allowance": form["dbrs_allowance"],
        "grandTotal": form["dbrs_grand_total"],
        "guaranteedNoShow": "1486.00",
        "netRevenue": form["dbrs_net_revenue"],
        "netAdr": form["dbrs_net_adr"],
        "complimentaryRooms": form["dbrs_comp_rooms"],
    }


def test_a_night_of_only_a_form_says_what_lacks_and_does_not_leave():
    gaps = transform_rj_to_dbrs(DAY, golden.night("dbrs-echantillon-1").values, HEADING).gaps
    assert {one.fields[0] for one in gaps} >= {"jour.jour_room_revenue", "jour.jour_rooms_louees"}


@pytest.fixture(scope="module")
def night():
    """A night of the demonstration, calculated; it foots."""
    return next(one for _, _, one in nights(DemoHotel("DEMO"), DAY, 1))


def test_a_whole_night_leaves_with_every_figure_and_its_field(night):
    found = transform_rj_to_dbrs(DAY, night.values, HEADING)
    assert found.gaps == ()
    assert found.document["occupancy"]["roomsSold"] == night.values["jour.jour_rooms_louees"]
    assert found.document["revenue"]["total"] == f"{night.values['jour.jour_total_revenue']}"
    parts = [Decimal(found.document["revenue"][name]) for name in ("rooms", "foodAndBeverage", "other")]
    assert sum(parts) == night.values["jour.jour_total_revenue"]
    assert found.sources["form.netRevenue"] == "dbrs.dbrs_net_revenue"
    assert found.sources["segments[0].rooms"] == "dbrs.dbrs_retail_rooms"
    assert "auditor" not in str(found.document)


@pytest.mark.parametrize(
    ("field", "by", "label"),
    [
        ("jour.jour_rooms_louees", 1, "Chambres des segments et chambres louées"),
        ("jour.jour_room_revenue", Decimal("0.02"), "Revenu du DBRS et revenu des chambres"),
        ("dbrs.dbrs_retail_rooms", 1, "Somme des segments"),
        ("dbrs.dbrs_retail_revenue", Decimal("10.00"), "Somme des segments"),
    ],
)
def test_what_does_not_foot_is_refused_with_both_figures_and_their_fields(night, field, by, label):
    moved = {**night.values, field: night.values[field] + by}
    gaps = transform_rj_to_dbrs(DAY, moved, HEADING).gaps
    [gap] = [one for one in gaps if one.label == label]
    assert gap.ours is not None
    assert gap.ours != gap.theirs
    assert set(gap.fields) <= FIELDS.keys()


def test_a_cent_of_rounding_leaves(night):
    moved = {**night.values, "jour.jour_room_revenue": night.values["jour.jour_room_revenue"] + Decimal("0.01")}
    assert transform_rj_to_dbrs(DAY, moved, HEADING).gaps == ()


def test_the_books_leave_by_night_and_by_group(night):
    booked = Booked(date(2025, 12, 24), 250, 60, Decimal("9000.00"), {"transient": 50, "group": 10})
    heading = Heading("YULRJ", "CAD", 2, "cle-1", None, DAY, [booked])
    found = transform_rj_to_dbrs(DAY, night.values, heading).document
    assert found["onTheBooks"]["asOf"] == "2025-12-23"
    assert found["onTheBooks"]["days"] == [
        {"stayDate": "2025-12-24", "available": 250, "rooms": 60, "revenue": "9000.00", "transient": 50, "group": 10}
    ]
    assert (found["supersedes"], found["preparedBy"]) == ("cle-1", None)
