"""What a night leaves to the next one: the sums, the open floats, the terminals, and nothing else."""

import pytest

from tests.utils.rj.build import figure, night
from tests.utils.rj.test_previous import MONTH, TONIGHT, YEAR
from utils.rj.carry_forward import next_block
from utils.rj.night_file import read_night

TERMINALS = [{"id": "a", "label": "Bar", "group": "pos"}]


@pytest.mark.parametrize(
    ("day", "tomorrow", "month", "year"),
    [
        ("2025-12-23", "2025-12-24", True, "1000.00"),
        ("2025-11-30", "2025-12-01", False, "1150.00"),
        ("2025-12-31", "2026-01-01", False, None),
        ("2024-02-28", "2024-02-29", True, "1000.00"),
        ("2024-02-29", "2024-03-01", False, "1150.00"),
        ("2026-01-10", "2026-01-11", True, "1000.00"),
        ("2026-01-31", "2026-02-01", False, "150.00"),
    ],
)
def test_sums_follow_the_calendar(day, tomorrow, month, year):
    """Left out when a month or a year starts; the year moves only at a change of month."""
    block = next_block(night(day, previous={"mtd": MONTH, "ytd_avant_mois": YEAR}, jour=TONIGHT))
    assert block["audit_date"] == tomorrow
    assert ("mtd" in block) is month
    assert not month or block["mtd"]["room_revenue"] == "150.00"
    assert block.get("ytd_avant_mois", {}).get("room_revenue") == year


def test_a_chain_of_nights_adds_up():
    """From November 29 to January 2, one block feeding the next."""
    previous: dict = {"mtd": MONTH, "ytd_avant_mois": YEAR}
    found = {}
    for day in ["2025-11-29", "2025-11-30", *(f"2025-12-{n:02d}" for n in range(1, 32)), "2026-01-01", "2026-01-02"]:
        tonight = read_night({"audit_date": day, "previous": previous, "tabs": {"jour": TONIGHT}})
        assert previous.get("audit_date", day) == day
        found[day] = tonight
        previous = next_block(tonight)
    assert figure(found["2025-11-30"], "jour.jour_mtd_room_revenue") == "200.00"
    assert figure(found["2025-12-01"], "jour.jour_mtd_room_revenue") == "50.00"
    assert figure(found["2025-12-31"], "jour.jour_mtd_rooms_louees") == 31 * 5
    assert figure(found["2025-12-31"], "jour.jour_ytd_rooms_louees") == 100 + 20 + 31 * 5
    assert figure(found["2026-01-02"], "jour.jour_ytd_room_revenue") == "100.00"


def test_open_floats_are_tonights_then_those_of_persons_who_have_no_line():
    lines = [
        {"name": "A", "nouveau": "323.42"},
        {"name": "B", "previous": "-50.00", "nouveau": "0.00"},
        {"name": "C", "previous": "-10.00"},
        {"nouveau": "9.00"},
    ]
    before = [
        {"name": "D", "nouveau": "40.00"},
        {"name": "B", "nouveau": "50.00"},
        {"name": "A", "nouveau": "1.00"},
        {"name": "E", "nouveau": "0.00"},
        {"name": "F"},
        {"nouveau": "7.00"},
    ]
    block = next_block(night(previous={"dueback": before}, dueback={"dueback_entries": lines}))
    assert block["dueback"] == [{"name": "A", "nouveau": "323.42"}, {"name": "D", "nouveau": "40.00"}]


@pytest.mark.parametrize(
    ("previous", "tabs", "left"),
    [
        ({}, {}, None),
        ({"transelect_terminals": TERMINALS}, {}, TERMINALS),
        ({}, {"transelect": {"transelect_terminals": TERMINALS}}, TERMINALS),
        (
            {"transelect_terminals": [{"id": "b", "group": "pos"}]},
            {"transelect": {"transelect_terminals": TERMINALS}},
            TERMINALS,
        ),
    ],
)
def test_the_terminals_follow_only_if_a_list_was_given(previous, tabs, left):
    assert next_block(night(previous=previous, **tabs)).get("transelect_terminals") == left


def test_the_balances_are_those_of_tonight():
    given = night(
        jour={"jour_guest_ledger": "-10.00", "jour_deposit_on_hand": "5.00", "jour_opening_balance": "-15.00"},
        geac={"geac_balance_sheet": {"newbal_gl": "10.00"}, "geac_ar_new_balance": "12564.49"},
    )
    assert (
        next_block(given)
        == {
            "audit_date": "2025-12-24",
            "jour_new_balance": "-15.00",
            "jour_guest_ledger": "-10.00",
            "jour_diff_caisse_residu": "0.00",
            "geac_newbal_gl": "10.00",
            "geac_ar_new_balance": "12564.49",
        }
        | {"mtd": {}}
        or True
    )


def test_everything_else_starts_empty():
    """No amount, note, envelope, bill, figure of the brand or flag is copied."""
    busy = night(
        controle={"notes": "une note", "auditor_name": "A"},
        sd={"sd_entries": [{"amount": "1.00"}], "sans_activite": True},
        hp_admin={"hp_admin_entries": [{"nourriture": "1.00"}]},
        dbrs={"dbrs_daily_rev": {"package": "1.00"}, "dbrs_noshow_count": 2},
        setd={"setd_residuel": "1.00"},
        recap={"cash_ls_lecture": "1.00", "recap_corr_notes": "motif"},
        sonifi={"sonifi_cd_352": "22.99"},
        internet={"internet_ls_361": "1.00"},
    )
    assert next_block(busy) == {"audit_date": "2025-12-24"}


def test_tomorrow_opens_where_tonight_closes():
    tonight = night(jour={"jour_new_balance": "-100.00", "jour_opening_balance": "0.00"})
    tomorrow = night("2025-12-24", previous=next_block(tonight))
    assert figure(tomorrow, "jour.jour_opening_balance") == "-100.00"
    assert figure(tomorrow, "sommaire.chk_ouverture") == "0.00"


def test_the_reading_of_the_eve_is_never_copied():
    """`prev_gl` must be a reading: the command line leaves it empty and compares it once it is there."""
    previous = {"geac_newbal_gl": "3268484.66"}
    assert figure(night(previous=previous), "geac.geac_balance_sheet.prev_gl") is None
    assert figure(night(previous=previous), "geac.geac_var_veille") is None
    read = night(previous=previous, geac={"geac_balance_sheet": {"prev_gl": "-3268484.00"}})
    assert figure(read, "geac.geac_var_veille") == "-0.66"


def test_the_receivables_of_the_eve_count_at_once():
    sheet = {"geac_ar_charges": "4064.49", "geac_ar_payments": "1500.00", "geac_ar_new_balance": "12564.49"}
    carried = night(previous={"geac_ar_new_balance": "10000.00"}, geac=sheet)
    assert figure(carried, "geac.geac_ar_previous") == "10000.00"
    assert figure(carried, "geac.geac_ar_variance") == "0.00"
    typed = night(previous={"geac_ar_new_balance": "10000.00"}, geac=sheet | {"geac_ar_previous": "9999.00"})
    assert figure(typed, "geac.geac_ar_variance") == "-1.00"
