"""Where each figure stands: the cells that the reference names, and room for more people than the sheets have."""

from datetime import date

import pytest

from tests.utils.reports.nuits import GOLDEN, golden, made
from utils.reports.places import Cell, columns_of, places_of


def placed(report):
    return places_of(report.night, columns_of([report.night]))


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("recap.recap_argent_recu", "Recap!B24"),
        ("jour.jour_tvq", "jour!AX25"),
        ("transelect.transelect_variance", "transelect!X20"),
        ("transelect.transelect_restaurant.visa.positouch", "transelect!X10"),
        ("transelect.transelect_reception.amex.daily_rev", "transelect!P24"),
        ("geac.geac_balance_sheet.newbal_gl", "geac_ux!E53"),
        ("internet.internet_total", "Internet!I30"),
        ("sonifi.sonifi_variance", "Sonifi!T29"),
        ("setd.setd_residuel", "SetD!EJ27"),
        ("dueback.dueback_z", "DUBACK#!Z49"),
        ("sd.sd_total_variance", "SD!G39"),
        ("jour.jour_net_banque", "rj!N39"),
    ],
)
def test_a_figure_stands_where_the_reference_says(field, place):
    found = placed(golden("complet-2025-12-23")).one[field]
    assert f"{found.sheet}!{found.name}" == place


@pytest.mark.parametrize("name", GOLDEN)
def test_no_two_figures_share_a_cell(name):
    places = placed(golden(name))
    cells = [*places.one.values(), *places.entries.values()]
    shared = {key for key in places.columns if key[1] in ("name", "prix", "label")}  # a person is named once a month
    cells += [cell for key, found in places.columns.items() if key not in shared for cell in found.cells]
    assert len(cells) == len(set(cells))


def test_more_envelopes_than_the_sheet_has_push_its_total_down():
    lines = [{"name": f"P{n}", "amount": "1.00"} for n in range(40)]
    places = placed(made(date(2025, 12, 1), {"sd": {"sd_entries": lines}}))
    assert places.columns["sd.sd_entries", "amount"].cells[-1] == Cell("SD", 48, 4)
    assert places.one["sd.sd_total_amount"] == Cell("SD", 50, 4)


def test_more_people_than_the_sheet_has_push_its_last_column():
    lines = [{"name": f"P{n}", "nouveau": "1.00"} for n in range(30)]
    places = placed(made(date(2025, 12, 1), {"dueback": {"dueback_entries": lines}}))
    assert places.one["dueback.dueback_z"] == Cell("DUBACK#", 5, 33)


def test_a_month_gives_each_person_one_column():
    nights = [
        made(date(2025, 12, day), {"dueback": {"dueback_entries": [{"name": name} for name in names]}}).night
        for day, names in ((1, ("Un", "Deux")), (2, ("Trois", "Un")))
    ]
    assert columns_of(nights).dueback == {"Un": 3, "Deux": 4, "Trois": 5}
