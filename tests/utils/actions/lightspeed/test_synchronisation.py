"""A night filled from the PMS: what it fills, what it leaves, and what happens when it is asked again."""

import json
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from database import lightspeed as lightspeed_tables
from database.transaction import write
from tests.utils.actions.lightspeed.synchro import NIGHTS, auditor, book, golden_hotel, sync, synthetic_hotel
from tests.utils.lightspeed.conftest import demo_hotel
from utils import dates
from utils.lightspeed.figures import MAPPED

GOLDEN = json.loads((NIGHTS / "complet-2025-12-23.json").read_text(encoding="utf-8"))
COVERED = {
    "jour.jour_room_revenue": "jour_room_revenue_brut",
    "jour.jour_rooms_simple": "jour_rooms_total",
}
"""Cells of the workbook whose figure the PMS gives by another cell, from which the night calculates them."""


@pytest.fixture
def golden(app):
    """The demonstration, connected to the nights of the workbook."""
    with golden_hotel(app):
        yield app


def leaves(values, path=""):
    """The input fields of a tab, one by one."""
    for key, value in values.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            yield from leaves(value, here)
        else:
            yield here, value


def without(values, names, path):
    """The values of a tab but for some cells."""
    kept = {}
    for key, value in values.items():
        here = f"{path}.{key}"
        if isinstance(value, dict):
            kept[key] = without(value, names, here)
        elif here not in names:
            kept[key] = value
    return kept


def status(person):
    """The synchronisation of the night as the API tells it."""
    return person.client.get(f"/api/lightspeed/sync/status/{GOLDEN['audit_date']}").json


def test_the_night_of_the_workbook_from_the_pms_and_the_manual_tabs(golden, capsys):
    """Every figure that the workbook calculated, the PMS having filled what it can and a person the rest."""
    person = auditor(golden).take_over(**GOLDEN["previous"])
    result = sync(golden)
    assert (result.status, result.retry_in_minutes) == ("partielle", 15), (result.message, result.tabs)
    assert "Non-présentations, Comptes par âge, Segments de marché : Lightspeed n’a pas ce rapport" in result.message
    night = person.whole()
    filled = {
        f"{tab}.{cell}"
        for tab, document in night["tabs"].items()
        for cell, origin in document["origines"].items()
        if origin["genre"] == "lightspeed"
    }
    names = {f"{tab}.{key}" for tab, values in GOLDEN["tabs"].items() for key, _ in leaves(values)}
    given = filled & names | {cell for cell in names if cell in COVERED}
    for tab, values in GOLDEN["tabs"].items():
        rest = without(values, filled | set(COVERED), tab)
        person.save(tab, rest)
    night = person.whole()
    wrong = {}
    for tab, values in GOLDEN["expected"].items():
        if tab not in night["tabs"]:
            continue
        computed = dict(leaves(night["tabs"][tab]["computed"]))
        for key, value in leaves(values):
            found = computed.get(key)
            if not isinstance(value, list) and (found is None or Decimal(str(found)) != Decimal(str(value))):
                wrong[f"{tab}.{key}"] = (value, found)
    assert wrong == {}
    with capsys.disabled():
        print(  # noqa: T201 - a figure is told
            f"\n    Nuit du 2025-12-23 : {len(filled)} cases remplies par Lightspeed; "
            f"{len(given)} des {len(names)} champs saisis au classeur (au classeur : aucun)"
        )
    assert len(given) >= 30
    assert not {name for name in filled if "geac_cashout" in name}  # the files hold totals, which are no line
    shown = {one["libelle"]: one for one in status(person)["controles"]}
    assert shown["Total Cash Out — mc"]["pms"] == shown["Total Cash Out — mc"]["nuit"] == "10595.05"


def test_a_second_synchronisation_writes_no_row(golden):
    auditor(golden)
    first = sync(golden)
    before = book(golden)
    second = sync(golden)
    assert (second.status, second.written, second.beside) == ("partielle", 0, 0)
    assert {one["etat"] for one in second.reports.values()} == {"inchange", "absent"}
    assert second.completeness == first.completeness
    assert book(golden) == before


def test_a_ledger_that_does_not_go_on_from_the_night_before_is_told(app):
    day, city = date(2025, 12, 22), "geac.geac_ar_new_balance"
    with synthetic_hotel(app):
        auditor(app, day.isoformat())
        auditor(app)
        sync(app, day)
        assert "fermeture de la veille" not in sync(app).message
        with app.app_context(), write() as connection:
            kept = lightspeed_tables.readings(connection, demo_hotel().id, day)["ArBalance"]
            figures = {**kept.figures, city: f"{Decimal(kept.figures[city]) + 1}"}
            lightspeed_tables.keep_reading(connection, kept._replace(figures=figures), dates.now())
            connection.execute(text("DELETE FROM integration_etags"))
        assert "Comptes à recevoir, ouverture et fermeture de la veille : " in sync(app).message


def test_every_cell_of_the_table_is_a_field_that_may_be_filled():
    from utils.actions.cells import find_cell  # noqa: PLC0415

    assert [one.name for one in MAPPED if find_cell(one.tab, one.cell) is None] == []
    assert len({one.name for one in MAPPED}) == len(MAPPED)


PAIRS = [
    *(
        (f"geac.geac_balance_sheet.{line}_dr", f"geac.geac_balance_sheet.{line}_{other}")
        for line, other in (("prev", "gl"), ("today", "gl"), ("newbal", "gl"), ("facture", "ar"), ("advdep", "ad"))
    ),
    *(
        (f"transelect.transelect_reception.{card}.fusebox", f"transelect.transelect_reception.{card}.daily_rev")
        for card in ("debit", "visa", "mc", "discover", "amex")
    ),
    *((f"geac.geac_cashout.co1_{card}", f"geac.geac_daily_rev.{card}") for card in ("amex", "diners", "mc", "visa")),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_two_readings_of_a_control_come_from_two_reports(one, other):
    source = {mapped.name: mapped.report for mapped in MAPPED}
    assert source[one] is not source[other]
