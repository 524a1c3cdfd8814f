"""The table from reports to cells: as documented, and absent whenever the report does not hold the figure."""

import re
from dataclasses import fields, replace
from decimal import Decimal

import pytest

from config.settings import ROOT
from tests.utils.lightspeed.conftest import DAY
from tests.utils.lightspeed.notes import notes_of
from utils.actions.lightspeed.words import LABELS
from utils.lightspeed import reports as r
from utils.lightspeed.controls import CONTROLS, controls_of
from utils.lightspeed.figures import MAPPED, figures_of
from utils.lightspeed.night import read_report
from utils.rj.catalogue import FIELDS

DOCUMENT = (ROOT / "documentation" / "LIGHTSPEED_INTEGRATION.md").read_text(encoding="utf-8")


def test_the_documentation_lists_every_cell_with_its_report_and_its_place():
    rows = re.findall(r"^\| `(\w+\.[\w.]+)` \| (.+?) \| `(.+?)` \|$", DOCUMENT, re.MULTILINE)
    assert rows == [(one.name, LABELS[one.report], one.place) for one in MAPPED]


def test_the_documentation_lists_every_control():
    for one in CONTROLS:
        beside = ", ".join(f"`{name}`" for name in one.beside) or "—"
        assert f"| {one.label} | {LABELS[one.report]} | {beside} |" in DOCUMENT
        assert all(name in FIELDS for name in one.beside), one.label


@pytest.mark.parametrize("kind", LABELS, ids=lambda kind: kind.__name__)
def test_a_report_without_a_figure_gives_none_rather_than_zero(connected, kind):
    """Every member that may be missing is taken away in turn: its cells go, no other one moves."""
    report = read_report(connected, kind, DAY, None)
    whole = figures_of(report)
    for part in (one for one in fields(report) if one.default is None):
        less = figures_of(replace(report, **{part.name: None}))
        assert less.items() <= whole.items() | {("jour.jour_rooms_total", report_sold(report, part.name))}
        assert "0.00" not in {less[name] for name in less.keys() - whole.keys()}


def report_sold(report, part):
    """Rooms sold, when those given away are not told: the total is then the rooms sold."""
    return report.sold if isinstance(report, r.RoomStatistics) and part == "complimentary" else None


def test_occupied_rooms_hold_those_that_were_given_away(connected):
    rooms = connected.get_room_statistics(DAY)
    found = figures_of(rooms)
    assert found["jour.jour_rooms_total"] == rooms.sold + rooms.complimentary
    assert found["jour.jour_rooms_comp"] == rooms.complimentary
    assert "jour.jour_nb_clients" not in found  # adults and children are told apart: the night adds them
    alone = replace(rooms, guests=r.People())
    assert figures_of(alone)["jour.jour_nb_clients"] == rooms.house_count


def test_a_batch_that_is_not_settled_leaves_its_card_out_and_says_so(connected):
    cards = connected.get_card_settlements(DAY)
    first = cards.settlements[0]
    waiting = replace(cards, settlements=(replace(first, status="pending"), *cards.settlements[1:]))
    name = f"transelect.transelect_reception.{first.brand}.fusebox"
    assert name in figures_of(cards)
    assert name not in figures_of(waiting)
    assert notes_of(waiting) == [f"Lots de cartes non réglés, laissés de côté : {first.brand}."]


def test_lines_of_the_brand_and_of_the_jour_go_where_their_code_says(connected):
    revenue = connected.get_daily_revenue(DAY)

    def line(code, net, department="other"):
        return r.RevenueLine(code, code, department, Decimal(net), Decimal(0), Decimal(net))

    lines = (
        line("ROOM_CHRG_PREMIUM", "10.00", "rooms"),
        line("36.1", "4.00"),
        line("36.5", "-1.00"),
        line("X9", "7.00"),
    )
    changed = replace(revenue, lines=lines, totals=replace(revenue.totals, net_revenue=Decimal("20.00")))
    found = figures_of(changed)
    assert found["dbrs.dbrs_daily_rev.room_chrg_premium"] == "10.00"
    assert found["jour.jour_room_revenue_brut"] == "10.00"
    assert found["jour.jour_internet"] == "3.00"
    assert notes_of(changed) == ["Codes sans champ dans la nuit : X9, 7,00\u00a0$."]


def test_what_is_shown_beside_the_night(connected):
    shown = {one.label: one for kind in LABELS for one in controls_of(read_report(connected, kind, DAY, None))}
    assert shown["Moyenne par chambre"].fields == ["jour.jour_adr"]
    assert shown["Comptant américain des caisses"].fields == ("recap.deposit_us",)
    assert shown.keys() == {one.label for one in CONTROLS}
