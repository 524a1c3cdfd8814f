"""What nobody can place is named with its amount, and whatever it could belong to is left aside."""

from decimal import Decimal

import pytest

from tests.utils.lightspeed.read import batch, cards, cashier, demo, line, read, revenue, shift, tender
from tests.utils.presentation.shown import fr
from utils.lightspeed import reports as r
from utils.lightspeed.doubts import Lack, columns_of, lacks_of, lines_of

D = Decimal
VISA = {f"transelect.transelect_reception.visa.{column}" for column in ("fusebox", "term8", "k053")}


def sentences(report):
    """What is told of a report, but of its total (``test_gaps``)."""
    return [lack.sentence for lack in lacks_of(report) if " de l’autre." not in lack.sentence]


def test_the_demonstration_is_understood_whole():
    assert [lack for report in demo().values() for lack in lacks_of(report) if lack.partial] == []
    assert lacks_of(object()) == []


def test_what_is_left_aside_says_its_tabs():
    lack = Lack("x", frozenset({"transelect.a", "geac.b", "Un contrôle", "geac.c"}))
    assert lack.tabs == ["geac", "transelect"]
    assert Lack("x").tabs == []


def test_another_spelling_of_a_brand_puts_only_that_brand_in_doubt():
    (lack,) = lacks_of(cards(batch("VISA"), batch("amex", number="2")))
    assert lack.sentence == f"Marque de carte inconnue : VISA, {fr('10,00 $')}."
    assert lack.left == VISA


def test_a_new_brand_may_be_any_of_them():
    (lack,) = lacks_of(cards(batch("JCB"), batch("UnionPay", "2.50", number="2")))
    assert lack.sentence == f"Marques de carte inconnues : JCB, {fr('10,00 $')}; UnionPay, {fr('2,50 $')}."
    assert lack.left > VISA


def test_a_strange_word_that_holds_nothing_is_not_told():
    assert lacks_of(cards(batch("JCB", "0.00"))) == []


def test_batches_that_are_not_of_the_front_desk_are_not_looked_at():
    assert lacks_of(cards(batch("JCB", source="fnb"))) == []


def test_a_source_that_nobody_knows_leaves_its_brand_aside():
    found = lacks_of(cards(batch("visa", source="spa"), batch(number="2")))
    assert [lack.sentence for lack in found] == [f"Provenance de lots de cartes inconnue : spa, {fr('10,00 $')}."]
    assert found[0].left == VISA


def test_a_batch_that_is_not_settled_leaves_its_brand_aside():
    (lack,) = lacks_of(cards(batch("visa", status="pending"), batch("amex", number="2")))
    assert (lack.sentence, lack.left) == ("Lots de cartes non réglés, laissés de côté : visa.", VISA)


@pytest.mark.parametrize(
    ("terminals", "columns"),
    [
        (["FreedomPay"], {"FreedomPay": "fusebox"}),
        (["T-99"], {"T-99": "fusebox"}),
        (["T-99", "t99"], {"T-99": "fusebox", "t99": "fusebox"}),
        (["T-99", "Terminal 8"], {"T-99": None, "Terminal 8": "term8"}),
        ([], {}),
    ],
)
def test_a_terminal_has_its_column_and_the_only_one_is_the_bank_s(terminals, columns):
    report = cards(*(batch(terminal=name, number=name) for name in terminals))
    assert columns_of(report) == columns


def test_a_terminal_without_column_leaves_its_brand_aside():
    (lack,) = lacks_of(cards(batch(terminal="T-99"), batch("amex", terminal="K053", number="2")))
    assert (lack.sentence, lack.left) == (f"Terminal de réception inconnu : T-99, {fr('10,00 $')}.", VISA)


@pytest.mark.parametrize(
    ("shifts", "whole", "lines"),
    [
        ([("4.00",), ("6.00",)], "10.00", [D("4.00"), D("6.00")]),
        ([("4.00", "1.00")], "5.00", [D("5.00")]),
        ([("4.00",), ()], "4.00", [D("4.00"), None]),
        ([("4.00",), ("6.00",)], "11.00", []),
        ([("1.00",), ("1.00",), ("1.00",)], "3.00", []),
        ([], "10.00", []),
        ([("4.00",)], None, [D("4.00")]),
    ],
)
def test_a_brand_has_a_line_a_cashier_when_they_make_its_total(shifts, whole, lines):
    drawers = [shift(number, *(tender(received=one) for one in amounts)) for number, amounts in enumerate(shifts, 1)]
    report = cashier(*drawers, cards={} if whole is None else {"visa": whole})
    assert lines_of(report, "visa") == lines


def test_the_drawers_are_in_the_order_of_the_shifts():
    report = cashier(shift(2, tender(received="6.00")), shift(1, tender(received="4.00")), cards={"visa": "10.00"})
    assert lines_of(report, "visa") == [D("4.00"), D("6.00")]


def test_a_total_without_lines_is_said_and_makes_the_report_partial():
    (lack,) = lacks_of(cashier(cards={"visa": "10.00", "debit": "5.00"}, total="15.00"))
    assert lack.sentence == f"Daily Cash Out donné en total, sans ligne de caisse : visa, {fr('10,00 $')}."
    assert lack.partial
    assert lack.left == {"geac.geac_cashout.co1_visa", "geac.geac_cashout.co2_visa"}


def test_tenders_and_currencies_that_have_no_cell_are_told():
    drawer = shift(1, tender("bitcoin", "3.00"), tender("cash", "8.00", "EUR"), tender("cash", "2.00", "USD"))
    found = sentences(cashier(drawer, others="1.00", vouchers="7.00", cash="0.00", total="8.00"))
    assert f"Modes de paiement inconnus : others, {fr('1,00 $')}; vouchers, {fr('7,00 $')}." in found
    assert f"Mode de paiement inconnu : bitcoin, {fr('3,00 $')}." in found
    assert "Devise sans champ dans la nuit : EUR, 8,00 EUR." in found
    assert len(found) == 3


def test_codes_without_a_cell_are_named_and_known_ones_are_not():
    report = revenue(line("36.1"), line("SPA", "40.00"), line("ROOM_CHRG_PREMIUM", department="rooms"), line("NO-SHOW"))
    (lack,) = lacks_of(report)
    assert (lack.sentence, lack.left) == (f"Codes sans champ dans la nuit : SPA, {fr('40,00 $')}.", frozenset())


def test_another_spelling_of_a_code_leaves_its_cell_aside():
    (lack,) = lacks_of(revenue(line("tel-l", "5.00", "telecom")))
    assert lack.left == {"jour.jour_tel_local"}


def test_food_is_summed_whole_whatever_its_codes():
    assert lacks_of(revenue(line("BAR-7", "40.00", "fnb"))) == []


def test_a_department_that_nobody_knows_could_be_of_the_rooms():
    rooms, other = (lacks_of(revenue(line("36.1", "9.00", word)))[0] for word in ("hebergement", "PARKING"))
    assert rooms.sentence == (
        f"Lignes d’un service inconnu, revenu des chambres laissé de côté : 36.1, {fr('9,00 $')}."
    )
    assert rooms.left == {"jour.jour_room_revenue_brut", "Nourriture et boisson au PMS"}
    assert (other.sentence, other.left) == (f"Lignes d’un service inconnu : 36.1, {fr('9,00 $')}.", frozenset())


def test_taxes_and_receipts_that_nobody_knows_are_told():
    taxes = [{"code": "TVH", "amount": "3.00"}, {"code": "tps", "amount": "2.00"}]
    found = sentences(revenue(taxes=taxes, receipts={"cards": {"jcb": "4.00"}, "crypto": "1.00"}))
    assert found == [
        f"Taxes inconnues : TVH, {fr('3,00 $')}; tps, {fr('2,00 $')}.",
        f"Marque de carte inconnue : jcb, {fr('4,00 $')}.",
        f"Mode d’encaissement inconnu : crypto, {fr('1,00 $')}.",
    ]


def ledgers(*names):
    return read(r.ArBalance, ledgers=[{"ledger": name, "closing": "5.00"} for name in names], transfers={})


def test_a_ledger_that_is_new_or_given_twice_is_told():
    assert sentences(ledgers("guest", "city", "deposit")) == []
    assert sentences(ledgers("guest", "loyalty")) == [f"Grand livre inconnu : loyalty, {fr('5,00 $')}."]
    lack = lacks_of(ledgers("city", "city"))[0]
    assert lack.sentence == f"Grand livre donné deux fois : city, {fr('10,00 $')}."
    assert "geac.geac_ar_new_balance" in lack.left


def test_classes_of_rooms_are_told_by_their_revenue_or_their_rooms():
    def rooms(**one):
        by_type = [{"code": "P", "class": "penthouse", "sold": 2, **one}]
        return sentences(read(r.RoomStatistics, inventory={}, guests={}, byType=by_type))

    assert rooms(revenue="900.00") == [f"Classe de chambres inconnue : penthouse, {fr('900,00 $')}."]
    assert rooms() == ["Classe de chambres inconnue : penthouse, 2 chambres."]
    assert rooms(sold=1) == ["Classe de chambres inconnue : penthouse, 1 chambre."]
    assert rooms(sold=0) == []


def test_groups_of_segments_are_told():
    segment = {"code": "A", "group": "Group", "rooms": 3, "revenue": "0.00"}
    (lack,) = lacks_of(read(r.MarketSegments, segments=[segment], totals={"rooms": 3, "revenue": "0.00"}))
    assert lack.sentence == "Groupe de segments inconnu : Group, 3 chambres."
    assert lack.left == {"Groupe — chambres", "Groupe — revenu"}


def test_what_becomes_of_a_no_show_is_told():
    one = {
        **{"confirmation": "c", "name": "n", "rateCode": "R", "rate": "100.00", "guaranteed": True},
        **{"charged": "0.00", "tax": "0.00", "disposition": "oubliée", "marketSegment": "A"},
    }
    (lack,) = lacks_of(read(r.NoShows, totals={}, noShows=[one]))
    assert lack.sentence == f"Suite de non-présentation inconnue : oubliée, {fr('100,00 $')}."
    assert lacks_of(read(r.NoShows, totals={})) == []


def test_a_long_list_names_twelve_and_counts_the_others():
    lines = [line(f"X{number:02d}", "1.00") for number in range(15)]
    (sentence,) = sentences(revenue(*lines))
    assert sentence.count("; ") == 12
    assert sentence.endswith("; et 3 de plus.")
