"""DBRS: segments of rooms and revenue, averages, allowance, net."""

import pytest

from tests.utils.rj.build import figure, figures, night
from tests.utils.rj.second_opinion import FORM, SEGMENTS
from utils.rj.tabs.dbrs import DAILY_REV_NAMES, MARKET_ROWS


def test_the_form_has_forty_lines_and_eighty_nine_rows():
    assert DAILY_REV_NAMES == FORM
    assert (MARKET_ROWS[0], MARKET_ROWS[-1], len(MARKET_ROWS)) == ("3", "91", 89)


@pytest.mark.parametrize(("segment", "rows"), [(segment, rows) for segment, (rows, _) in SEGMENTS.items()])
def test_each_market_row_counts_in_its_segment_and_nowhere_else(segment, rows):
    for row in rows:
        given = night(dbrs={"dbrs_market_rows": {str(row): 7}})
        found = {key for key in SEGMENTS if figure(given, f"dbrs.dbrs_{key}_rooms")}
        assert (found, figure(given, "dbrs.dbrs_daily_rooms")) == ({segment}, 7)


@pytest.mark.parametrize(("segment", "lines"), [(segment, lines) for segment, (_, lines) in SEGMENTS.items()])
def test_each_line_counts_in_its_segment_and_nowhere_else(segment, lines):
    for line in lines:
        given = night(dbrs={"dbrs_daily_rev": {FORM[line - 2]: "7.00"}})
        found = {key for key in SEGMENTS if figure(given, f"dbrs.dbrs_{key}_revenue") != "0.00"}
        assert found == {segment}
        assert figures(given, "dbrs", "dbrs_daily_revenue", "dbrs_daily_rev_total") == ["7.00", "7.00"]


def test_the_example_of_the_reference():
    """Transient 129 / 33,999.00 / 263.56; group 97 / 20,539.00; contract 20 / 3,042.00; daily 234.07; net 237.40."""
    given = night(
        dbrs={
            "dbrs_market_rows": {"5": 129, "59": 97, "58": 20, "62": 3},
            "dbrs_daily_rev": {
                **{"room_chrg_premium": "33999.00", "room_chrg_grp_co": "20539.00", "room_chrg_contract": "3042.00"},
                **{"room_charge_allowa": "910.02", "club_package": "90.00", "guaranteed_no_show": "1486.00"},
            },
        }
    )
    for segment, row in {
        "total_transient": [129, "33999.00", "263.56"],
        "total_group": [97, "20539.00", "211.74"],
        "contract": [20, "3042.00", "152.10"],
        "daily": [246, "57580.00", "234.07"],
    }.items():
        assert figures(given, "dbrs", *(f"dbrs_{segment}_{key}" for key in ("rooms", "revenue", "adr"))) == row
    keys = ("dbrs_allowance", "dbrs_net_revenue", "dbrs_net_adr", "dbrs_grand_total", "dbrs_comp_rooms")
    assert figures(given, "dbrs", *keys) == ["820.02", "58400.02", "237.40", "59886.02", 3]
    assert figure(given, "sommaire.chk_dbrs_form") == "0.00"


def test_a_charge_that_belongs_to_no_segment_is_said():
    given = night(dbrs={"dbrs_daily_rev": {"attrition": "50.00", "room_chrg_premium": "1.00"}})
    assert figures(given, "sommaire", "chk_dbrs_form", "statuts.chk_dbrs_form") == ["50.00", "avertissement"]


def test_one_line_makes_the_others_nought_and_one_row_too():
    given = night(dbrs={"dbrs_daily_rev": {"na": "0.00"}, "dbrs_market_rows": {"3": 0}})
    assert figures(given, "dbrs", "dbrs_contract_revenue", "dbrs_contract_rooms", "dbrs_allowance") == [
        "0.00",
        0,
        "0.00",
    ]
    assert figures(given, "dbrs", "dbrs_market_segments.other.rooms", "dbrs_market_segments.other.revenue") == [
        0,
        "0.00",
    ]
    assert figures(night(), "dbrs", "dbrs_contract_revenue", "dbrs_contract_rooms", "dbrs_allowance") == [None] * 3
    assert figure(night(dbrs={"dbrs_market_rows": {}}), "dbrs.dbrs_daily_rooms") is None


@pytest.mark.parametrize(
    ("rooms", "revenue", "average"),
    [(0, "0.00", "0.00"), (0, "5.00", None), (4, "0.00", "0.00"), (3, "10.00", "3.33"), (None, "0.00", None)],
)
def test_an_average(rooms, revenue, average):
    """0.00 when revenue is nil, absent when there is no room."""
    given = {"dbrs_daily_rev": {"room_chrg_contract": revenue}}
    given |= {} if rooms is None else {"dbrs_market_rows": {"58": rooms}}
    assert figure(night(dbrs=given), "dbrs.dbrs_contract_adr") == average


def test_what_the_form_adds_and_what_the_jour_gives():
    form = {
        "dbrs_form_autres": "1.00",
        "dbrs_form_noshow": "2.00",
        "dbrs_form_departs": "4.00",
        "dbrs_noshow_revenue": "9.00",
    }
    given = night(dbrs=form, jour={"jour_room_revenue": "100.00", "jour_rooms_simple": 4, "jour_adultes": 9})
    assert figures(given, "dbrs", "dbrs_net_revenue", "dbrs_daily_rev_today", "dbrs_adr", "dbrs_house_count") == [
        *("7.00", "100.00", "25.00", 9)
    ]
