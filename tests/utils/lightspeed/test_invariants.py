"""What must hold in the reports of a closed date is told in French when it does not; nothing is corrected."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.utils.lightspeed.read import batch, cards, cashier, demo, line, read, revenue, shift, tender
from tests.utils.presentation.shown import fr
from utils.lightspeed import reports as r
from utils.lightspeed.invariants import of_night, of_one

D = Decimal


def changed(kind, **values):
    """What is told of a report of the demonstration with some of it changed."""
    return of_one(replace(demo()[kind], **values))


def test_a_night_of_the_demonstration_breaks_no_rule():
    assert [breach for report in demo().values() for breach in of_one(report)] == []
    closings = {one.ledger: one.opening for one in demo()[r.ArBalance].ledgers}
    assert of_night(demo(), closings) == ()


def test_nothing_is_compared_that_was_not_read():
    assert of_night({}) == ()
    for kind, report in demo().items():
        assert of_night({kind: report}) == ()
    assert of_one(object()) == ()


def test_a_line_of_revenue_is_its_gross_and_its_adjustments():
    report = revenue(line("36.1", gross="2.00", adjustments="-0.50"))
    assert of_one(report) == (f"Ligne 36.1 : {fr('1,50 $')} d’une part, {fr('1,00 $')} de l’autre.",)


def test_the_totals_of_revenue_are_those_of_its_lines_and_taxes():
    totals = r.RevenueTotals(D("5.00"), D("7.00"), D("0.00"))
    found = of_one(replace(revenue(line("A"), taxes=[{"code": "TPS", "amount": "1.00"}]), totals=totals))
    assert [one.partition(" :")[0] for one in found] == ["Total net", "Total des taxes"]


@pytest.mark.parametrize(
    ("amount", "breaks"), [("4.99", False), ("5.00", False), ("5.01", False), ("5.02", True), ("4.98", True)]
)
def test_a_tax_is_its_base_by_its_rate_to_the_cent(amount, breaks):
    tax = {"code": "TPS", "amount": amount, "base": "100.00", "rate": "0.05"}
    found = of_one(revenue(taxes=[tax]))
    assert found == (
        (f"Taxe TPS : {fr(amount.replace('.', ','))}\u00a0$ n’est pas la base par le taux.",) if breaks else ()
    )


def test_what_is_not_told_of_the_receipts_counts_for_nothing():
    told = {
        "cards": {"visa": "10.00"},
        "cash": "5.00",
        "cheques": "0.00",
        "arTransfers": "1.00",
        "depositsApplied": "2.00",
    }
    (breach,) = of_one(revenue(receipts=told))
    assert breach == f"Total des encaissements : {fr('18,00 $')} d’une part, {fr('0,00 $')} de l’autre."
    assert of_one(revenue(receipts=told | {"cheques": None})) == (breach,)


def test_the_guest_ledger_follows_and_the_balance_is_nil():
    balances = {"previous": "10.00", "today": "-3.00", "new": "8.00"}
    found = of_one(revenue(balances=balances, balanceCheck="0.01"))
    assert [one.partition(" :")[0] for one in found] == ["Contrôle d’équilibre", "Grand livre des clients"]
    assert of_one(revenue(balances=balances | {"new": "7.00"})) == ()


def test_rooms_make_the_inventory():
    report = demo()[r.RoomStatistics]
    stock = replace(report.inventory, total=report.inventory.total + 1)
    (breach,) = changed(r.RoomStatistics, inventory=stock)
    assert breach == f"Inventaire : {report.inventory.total} d’une part, {report.inventory.total + 1} de l’autre."


@pytest.mark.parametrize(("name", "label"), [("adr", "ADR"), ("revpar", "RevPAR"), ("occupancy", "Occupation")])
def test_a_ratio_is_within_a_cent(name, label):
    value = getattr(demo()[r.RoomStatistics], name)
    (breach,) = changed(r.RoomStatistics, **{name: value + D("0.02")})
    assert breach.startswith(f"{label} : {fr(str(value + D('0.02')).replace('.', ','))} annoncé, ")
    assert changed(r.RoomStatistics, **{name: None}) == (f"{label} : absent si et seulement si le diviseur est nul.",)


def test_there_is_no_ratio_over_nothing():
    given = {"inventory": {}, "guests": {}, "byType": [], "sold": 0, "roomRevenue": "0.00"}
    assert of_one(read(r.RoomStatistics, **given)) == ()
    assert of_one(read(r.RoomStatistics, **given, adr="0.00")) == (
        "ADR : absent si et seulement si le diviseur est nul.",
    )


def ledger(name, opening="10.00", debits="5.00", credits="3.00", closing="12.00"):
    return {"ledger": name, "opening": opening, "debits": debits, "credits": credits, "closing": closing}


def balance(*ledgers, total=None):
    return read(r.ArBalance, ledgers=list(ledgers), transfers={}, totalClosing=total)


THREE = [ledger(name) for name in ("guest", "city", "deposit")]


def test_there_are_three_ledgers_and_each_follows():
    assert of_one(balance(*THREE, total="36.00")) == ()
    assert of_one(balance(*THREE[:2])) == ("Grands livres : il en faut exactement trois.",)
    assert of_one(balance(ledger("guest", closing="13.00"), *THREE[1:])) == (
        f"Grand livre des clients : {fr('12,00 $')} d’une part, {fr('13,00 $')} de l’autre.",
    )
    assert of_one(balance(*THREE, total="35.00")) == (
        f"Total des grands livres : {fr('36,00 $')} d’une part, {fr('35,00 $')} de l’autre.",
    )


def test_a_debit_is_never_negative():
    odd = ledger("guest", debits="-5.00", credits="-7.00")
    assert of_one(balance(odd, *THREE[1:])) == ("Grand livre guest : un débit ou un crédit est négatif.",)


def test_the_opening_of_a_ledger_is_the_closing_of_the_eve_whatever_its_sign():
    night = {r.ArBalance: balance(*THREE)}
    assert of_night(night, {"guest": D("-10.00"), "city": D("10.00")}) == ()
    (breach,) = of_night(night, {"city": D("10.01")})
    assert breach.startswith("Comptes à recevoir, ouverture et fermeture de la veille : ")
    assert breach.endswith(f"{fr('10,00 $')} d’une part, {fr('10,01 $')} de l’autre.")


def test_a_drawer_and_the_totals_of_the_drawers_are_added():
    odd = tender("cash", received="10.00") | {"expected": "9.00"}
    found = of_one(cashier(shift(1, odd), cash="10.00", cheques="0.00", total="11.00"))
    assert found == (
        f"Caisse, quart 1, cash : {fr('10,00 $')} d’une part, {fr('9,00 $')} de l’autre.",
        f"Total des caisses : {fr('10,00 $')} d’une part, {fr('11,00 $')} de l’autre.",
    )
    assert of_one(cashier(shift(1, tender("cash")), cash="12.00", total="12.00")) == (
        f"Comptant des caisses : {fr('10,00 $')} d’une part, {fr('12,00 $')} de l’autre.",
    )


def test_a_batch_is_its_sales_less_its_refunds_and_its_tips():
    odd = batch() | {"sales": "11.00"}
    assert of_one(cards(odd, batch(number="2"))) == (
        f"Lot 1 : {fr('11,00 $')} d’une part, {fr('10,00 $')} de l’autre.",
    )


def test_guests_and_no_shows_are_counted():
    guests = demo()[r.HouseGuests]
    odd = replace(guests.totals, guests=guests.totals.guests + 1)
    assert changed(r.HouseGuests, totals=odd) == (
        f"Clients présents : {len(guests.guests)} d’une part, {len(guests.guests) + 1} de l’autre.",
    )
    assert of_one(read(r.NoShows, totals={"count": 3})) == ()
    assert of_one(read(r.NoShows, totals={"count": 3}, noShows=[])) == (
        "Non-présentations : 0 d’une part, 3 de l’autre.",
    )


def test_segments_and_ages_have_their_totals():
    segments = demo()[r.MarketSegments]
    odd = replace(segments.totals, rooms=segments.totals.rooms + 1)
    assert [one.partition(" :")[0] for one in changed(r.MarketSegments, totals=odd)] == ["Chambres par segment"]
    aging = demo()[r.ArAging]
    odd = replace(aging.totals, total=aging.totals.total + 1)
    assert [one.partition(" :")[0] for one in changed(r.ArAging, totals=odd)] == ["Total par âge"]


def test_reports_of_one_date_say_the_same():
    night = {r.CardSettlements: cards(batch()), r.CashierReport: cashier(cards={"visa": "9.00"})}
    assert of_night(night) == (f"Cartes : lots et caisses : {fr('10,00 $')} d’une part, {fr('9,00 $')} de l’autre.",)
    told = {"cards": {"visa": "9.00"}, "cash": "4.00", "cheques": "1.00"}
    night = {
        r.DailyRevenue: revenue(receipts=told),
        r.CashierReport: cashier(cards={"visa": "9.00"}, cash="3.00", foreignCash="1.00", cheques="2.00"),
    }
    assert [one.rpartition(" : ")[0] for one in of_night(night)] == ["Chèques : revenus et caisses"]
