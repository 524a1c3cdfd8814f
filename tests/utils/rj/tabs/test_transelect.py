"""Transelect: the table of 2025-12-23, discounts rounded once, opened cards, groups of terminals."""

import pytest

from tests.utils.rj.build import figure, figures, night
from tests.utils.rj.golden import COMPLETE
from tests.utils.rj.golden import night as golden

TABLE = {
    "debit": ["1047.35", "660.10", "811.82", "0.00", "1707.45"],
    "visa": ["1754.42", "699.72", "-10774.55", "42.95", "2411.19"],
    "mc": ["1135.28", "390.23", "235.08", "21.36", "1504.15"],
    "amex": ["174.03", "46.39", "117.88", "5.84", "214.58"],
}
COLUMNS = ("total1", "total2", "var", "esc", "net")


@pytest.mark.parametrize(("card", "row"), TABLE.items())
def test_the_table_of_the_reference(card, row):
    assert figures(golden(COMPLETE), "transelect", *(f"transelect_{key}_{card}" for key in COLUMNS)) == row


def test_the_last_row_of_the_table():
    keys = ("total1", "total2", "positouch_total", "variance_restaurant", "esc_total", "net_total", "variance")
    assert figures(golden(COMPLETE), "transelect", *(f"transelect_{key}" for key in keys)) == [
        *("4111.08", "1796.44", "15517.29", "-9609.77", "70.15", "5837.37", "-9609.77")
    ]


def cards(**halves):
    return night(transelect={f"transelect_{half}": given for half, given in halves.items()})


def test_the_total_of_discounts_is_rounded_once():
    """0.10 at 1.75, 1.40 and 2.80 %: 0.00 three times, and yet 0.01 in all."""
    small = {card: {"terminals": {"bar_a": "0.10"}} for card in ("visa", "mc", "discover")}
    given = cards(restaurant=small)
    lines = [figure(given, f"transelect.transelect_esc_{card}") for card in small]
    assert (lines, figure(given, "transelect.transelect_esc_total")) == (["0.00", "0.00", "0.00"], "0.01")
    received = cards(reception={card: {"fusebox": "0.10"} for card in small})
    assert figures(received, "transelect", "transelect_rec_esc_visa", "transelect_rec_esc_total") == ["0.00", "0.01"]


def test_a_card_that_was_opened_has_totals_of_nought():
    opened = cards(restaurant={"visa": {"terminals": {}}, "mc": {"positouch": "5.00"}})
    keys = ("total1_visa", "total2_visa", "esc_visa", "net_visa", "var_visa", "total1_mc", "var_mc", "esc_mc")
    assert figures(opened, "transelect", *(f"transelect_{key}" for key in keys)) == [
        *("0.00", "0.00", "0.00", "0.00", None, None, None, None)
    ]
    assert figure(opened, "transelect.transelect_terminal_totals") is None


def test_the_reception_adds_its_three_sources_for_every_card():
    sources = {"fusebox": "1.00", "term8": "20.00", "k053": "300.00"}
    given = cards(reception={"mc": sources | {"daily_rev": "320.00"}})
    assert figures(given, "transelect", "transelect_rec_total_mc", "transelect_rec_var_mc") == ["321.00", "1.00"]


def test_cards_sent_to_the_jour_are_gross():
    keys = ("amex_elavon", "discover", "mc", "visa", "debit", "amex_global")
    assert figures(golden(COMPLETE), "jour", *(f"jour_carte_{key}" for key in keys)) == [
        *("5714.14", "0.00", "12120.56", "10079.99", "1707.45", "220.42")
    ]


def test_terminals_of_another_house():
    terminals = [{"id": "Caisse 1", "label": "C1", "group": "pos"}, {"id": "Salle", "group": "banquet"}]
    batches = {"visa": {"terminals": {"Caisse 1": "1.00", "Salle": "2.00"}}, "amex": {"terminals": {"Salle": "4.00"}}}
    given = night(settings={"terminals": terminals}, transelect={"transelect_restaurant": batches})
    assert figures(given, "transelect", "transelect_total1", "transelect_total2") == ["1.00", "6.00"]
    assert figure(given, "transelect.transelect_terminal_totals") == {"Caisse 1": "1.00", "Salle": "6.00"}
