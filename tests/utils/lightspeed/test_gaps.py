"""A report whose parts do not make the total that it declares is partial, the gap named in French money."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.utils.lightspeed.read import batch, cards, demo, line, revenue
from tests.utils.presentation.shown import fr
from utils.lightspeed import reports as r
from utils.lightspeed.gaps import gaps_of

D = Decimal


def without(report, name, keep):
    """A report of the demonstration that lacks some of its parts."""
    return replace(report, **{name: tuple(one for one in getattr(report, name) if keep(one))})


def test_no_report_of_the_demonstration_has_a_gap():
    assert [gap for report in demo().values() for gap in gaps_of(report)] == []


def test_a_report_of_nothing_known_has_none():
    assert list(gaps_of(object())) == []


@pytest.mark.parametrize(
    ("kind", "name", "keep", "said", "tab"),
    [
        (r.DailyRevenue, "lines", lambda one: one.department != "rooms", "Total net", "dbrs"),
        (r.DailyRevenue, "taxes", lambda one: one.code != "TVQ", "Total des taxes", "jour"),
        (r.RoomStatistics, "by_type", lambda one: one.room_class != "simple", "Chambres par type", "jour"),
        (r.CardSettlements, "settlements", lambda one: one.brand != "visa", "Total des lots", "transelect"),
    ],
)
def test_a_part_that_is_missing_makes_the_report_partial(kind, name, keep, said, tab):
    report = demo()[kind]
    cut = without(report, name, keep)
    assert getattr(cut, name) != getattr(report, name)
    gap = next(gap for gap in gaps_of(cut) if gap.sentence.startswith(f"{said} : "))
    assert gap.partial
    assert tab in gap.at


def test_a_cent_of_rounding_is_said_and_lacks_nothing():
    def gap_of(total):
        totals = r.RevenueTotals(D(total), D("0.00"), D("0.00"))
        return [(gap.sentence, gap.partial) for gap in gaps_of(replace(revenue(line("A")), totals=totals))]

    net = gap_of("0.00")[0][0].removeprefix("Total net : ").partition(" d’une part")[0]
    amount = D(net.removesuffix("\u00a0$").replace(",", "."))
    assert gap_of(str(amount)) == []
    assert gap_of(str(amount + D("0.01")))[0][1] is False
    assert gap_of(str(amount + D("0.02")))[0][1] is True


def test_a_report_of_an_open_date_is_not_added_up():
    report = cards(batch())
    odd = replace(report, totals=replace(report.totals, net=report.totals.net + 1))
    assert [gap.sentence for gap in gaps_of(odd)] == [
        f"Total des lots : {fr('10,00 $')} d’une part, {fr('11,00 $')} de l’autre."
    ]
    assert list(gaps_of(replace(odd, about=replace(odd.about, business_date_status="open")))) == []
