"""A report that tells a total without its parts is never told to be whole, and a room code has its own words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.utils.lightspeed.conftest import DAY
from utils.french import money
from utils.lightspeed import invariants
from utils.lightspeed import reports as r
from utils.lightspeed.controls import controls_of
from utils.lightspeed.doubts import lacks_of
from utils.lightspeed.figures import figures_of, remarks_of
from utils.lightspeed.night import read_report
from utils.money import CENT

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


def longer(revenue, line):
    """A line more, which the total counts."""
    totals = replace(revenue.totals, net_revenue=revenue.totals.net_revenue + line.net)
    return replace(revenue, lines=(*revenue.lines, line), totals=totals)


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
    assert {one.label for one in controls_of(segments)} >= {"Groupe — chambres", "Contrat — revenu"}
    assert controls_of(replace(segments, segments=())) == []


def test_a_room_code_without_a_row_is_counted_and_said_in_its_own_words(connected):
    revenue = connected.get_daily_revenue(DAY)
    odd = r.RevenueLine("RM-VIP", "RM-VIP", "rooms", Decimal("120.00"), Decimal(0), Decimal("120.00"))
    more = longer(revenue, odd)
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
    [lack] = lacks_of(longer(revenue, odd))
    assert lack.sentence.startswith("Codes sans champ dans la nuit : Room Chrg Premium, ")
    assert (lack.partial, lack.left) == (True, {"dbrs.dbrs_daily_rev.room_chrg_premium"})


def lacking(report, **change):
    return [(one.sentence.replace("\u00a0", " "), one.partial, one.tabs) for one in lacks_of(replace(report, **change))]


def test_revenue_without_its_rooms_does_not_add_up_to_its_own_total(connected):
    revenue = connected.get_daily_revenue(DAY)
    kept = tuple(line for line in revenue.lines if line.department != "rooms")
    parts, whole = money(sum(line.net for line in kept)), money(revenue.totals.net_revenue)
    said = f"Total net : {parts} d’une part, {whole} de l’autre.".replace("\u00a0", " ")
    assert lacking(revenue, lines=kept) == [(said, True, ["dbrs", "jour"])]
    assert remarks_of(replace(revenue, lines=kept)) == []


def visa(cards):
    return {brand: amount for brand, amount in cards.items() if brand != "visa"}


GAPS = [
    (r.DailyRevenue, lambda one: {"taxes": one.taxes[:1]}, "Total des taxes", ["jour"]),
    (
        r.DailyRevenue,
        lambda one: {"receipts": replace(one.receipts, cards=visa(one.receipts.cards))},
        "Total des encaissements",
        ["geac", "transelect"],
    ),
    (
        r.DailyRevenue,
        lambda one: {"receipts": replace(one.receipts, ar_transfers=None)},
        "Total des encaissements",
        ["geac", "transelect"],
    ),
    (
        r.CardSettlements,
        lambda one: {"settlements": tuple(batch for batch in one.settlements if batch.brand != "visa")},
        "Total des lots",
        ["transelect"],
    ),
    (r.RoomStatistics, lambda one: {"guests": r.People(one.guests.adults)}, "Personnes présentes", ["jour"]),
    (
        r.ArBalance,
        lambda one: {
            "ledgers": tuple(
                replace(x, opening=None, debits=None, credits=None) if x.ledger == "guest" else x for x in one.ledgers
            )
        },
        "Grand livre des clients",
        ["geac"],
    ),
    (r.CashierReport, lambda one: {"totals": replace(one.totals, cash=None)}, "Total des caisses", ["geac", "recap"]),
    (r.ArAging, lambda one: {"accounts": one.accounts[1:]}, "Total par âge", []),
    (r.HouseGuests, lambda _: {"guests": ()}, "Clients présents", []),
    (r.MarketSegments, lambda one: {"segments": one.segments[1:]}, "Chambres par segment", []),
]


@pytest.mark.parametrize(("kind", "change", "name", "tabs"), GAPS)
def test_a_report_that_lacks_a_part_its_total_counts_is_partial(connected, kind, change, name, tabs):
    report = read_report(connected, kind, DAY, None)
    first = lacking(report, **change(report))[0]
    assert first[0].startswith(f"{name} : ")
    assert (first[1], first[2]) == (True, tabs)


def test_one_room_type_of_three_is_partial_and_rooms_are_no_money(connected):
    rooms = connected.get_room_statistics(DAY)
    said = f"Chambres par type : {rooms.by_type[0].sold} d’une part, {rooms.sold} de l’autre."
    assert lacking(rooms, by_type=rooms.by_type[:1])[0] == (said, True, ["jour"])


def test_a_cent_of_rounding_is_said_and_lacks_nothing(connected):
    revenue = connected.get_daily_revenue(DAY)
    totals = replace(revenue.totals, taxes=revenue.totals.taxes + CENT)
    [(sentence, partial, _)] = lacking(revenue, totals=totals)
    assert (sentence.startswith("Total des taxes : "), partial) == (True, False)


def test_people_told_in_total_only_are_said_and_taken_as_their_total(connected):
    rooms = connected.get_room_statistics(DAY)
    said = f"Clients donnés en total, sans adultes ni enfants : {rooms.house_count}."
    assert lacking(rooms, guests=r.People()) == [(said, False, ["jour"])]


def test_a_date_that_is_open_is_not_added_up(connected):
    revenue = connected.get_daily_revenue(DAY)
    about = replace(revenue.about, business_date_status="open")
    assert lacks_of(replace(revenue, about=about, lines=revenue.lines[1:])) == []


def test_the_figures_of_a_breach_are_french(connected):
    revenue = connected.get_daily_revenue(DAY)
    odd = replace(revenue.lines[0], gross=revenue.lines[0].gross + 1)
    [said] = invariants.of_one(replace(revenue, lines=(odd, *revenue.lines[1:])))
    assert said == f"Ligne {odd.code} : {money(odd.net + 1)} d’une part, {money(odd.net)} de l’autre."
    rooms = connected.get_room_statistics(DAY)
    [said] = invariants.of_one(replace(rooms, adr=Decimal("1234.5")))
    assert said.startswith("ADR : 1\u00a0234,50 annoncé, ")
