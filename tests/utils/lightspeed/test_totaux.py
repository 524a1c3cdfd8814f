"""A report that tells a total without its parts is never told to be whole, and a room code has its own words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.utils.lightspeed.conftest import DAY
from utils.lightspeed import reports as r
from utils.lightspeed.controls import controls_of
from utils.lightspeed.doubts import lacks_of
from utils.lightspeed.figures import figures_of
from utils.lightspeed.night import read_report

ALONE = [
    (r.DailyRevenue, {"lines": ()}, "Revenus donnés en total, sans aucune ligne : ", ["dbrs", "jour"]),
    (r.DailyRevenue, {"taxes": ()}, "Taxes données en total, sans le détail de chacune : ", ["jour"]),
    (r.DailyRevenue, "cards", "Encaissements donnés en total, sans le détail des cartes : ", ["geac", "transelect"]),
    (r.RoomStatistics, {"by_type": ()}, "Chambres vendues données en total, sans le détail par type : ", ["jour"]),
    (r.ArBalance, {"ledgers": ()}, "Grands livres donnés en total, sans le détail de chacun : ", ["geac", "jour"]),
    (r.CashierReport, {"shifts": ()}, "Daily Cash Out donné en total, sans ligne de caisse : ", ["geac"]),
    (r.CardSettlements, {"settlements": ()}, "Lots de cartes donnés en total, sans aucun lot : ", ["transelect"]),
    (r.MarketSegments, {"segments": ()}, "Segments donnés en total, sans le détail de chacun : ", []),
]


@pytest.mark.parametrize(("kind", "without", "sentence", "tabs"), ALONE)
def test_a_total_without_its_parts_is_said_and_the_report_is_partial(connected, kind, without, sentence, tabs):
    report = read_report(connected, kind, DAY, None)
    assert lacks_of(report) == []
    if without == "cards":
        without = {"receipts": replace(report.receipts, cards={})}
    [lack] = [one for one in lacks_of(replace(report, **without)) if one.sentence.startswith(sentence)]
    assert (lack.partial, lack.tabs) == (True, tabs)


def test_a_report_of_nothing_lacks_nothing(connected):
    """A night without cards has no batch, and its total is nil."""
    cards = connected.get_card_settlements(DAY)
    assert lacks_of(replace(cards, settlements=(), totals=r.SettlementTotals(Decimal(0)))) == []


def test_segments_told_in_total_are_no_nought_beside_the_night(connected):
    segments = connected.get_market_segments(DAY)
    assert {one["libelle"] for one in controls_of(segments)} >= {"Groupe — chambres", "Contrat — revenu"}
    assert controls_of(replace(segments, segments=())) == []


def test_a_room_code_without_a_row_is_counted_and_said_in_its_own_words(connected):
    revenue = connected.get_daily_revenue(DAY)
    odd = r.RevenueLine("RM-VIP", "RM-VIP", "rooms", Decimal("120.00"), Decimal(0), Decimal("120.00"))
    more = replace(revenue, lines=(*revenue.lines, odd))
    [lack] = lacks_of(more)
    assert lack.sentence == (
        "Codes de chambres sans ligne DBRS, déjà dans le revenu des chambres : RM-VIP, 120,00\u00a0$. "
        "Au DBRS, ajoutez chaque montant à la ligne de son segment."
    )
    assert (lack.partial, lack.tabs, lack.left) == (False, ["dbrs"], frozenset())
    name = "jour.jour_room_revenue_brut"
    assert Decimal(figures_of(more)[name]) - Decimal(figures_of(revenue)[name]) == 120


def test_another_spelling_of_a_room_code_still_leaves_its_row_aside(connected):
    revenue = connected.get_daily_revenue(DAY)
    odd = r.RevenueLine("Room Chrg Premium", "", "rooms", Decimal("120.00"), Decimal(0), Decimal("120.00"))
    [lack] = lacks_of(replace(revenue, lines=(*revenue.lines, odd)))
    assert lack.sentence.startswith("Codes sans champ dans la nuit : Room Chrg Premium, ")
    assert (lack.partial, lack.left) == (True, {"dbrs.dbrs_daily_rev.room_chrg_premium"})
