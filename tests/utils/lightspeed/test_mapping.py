"""From the JSON of the PMS to typed reports: exact, whole, and refused at the place of the first fault."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.utils.lightspeed.read import ABOUT, line, read
from utils.lightspeed import mapping
from utils.lightspeed import reports as r
from utils.lightspeed.errors import LightspeedAPIError

D = Decimal
HUGE = b"[" * 100_000


def place(call):
    """Where a fault stands."""
    with pytest.raises(LightspeedAPIError) as caught:
        call()
    assert caught.value.kind == "inattendu"
    return str(caught.value).removeprefix("Réponse inattendue de Lightspeed (").removesuffix(").")


def test_a_body_is_an_object_of_exact_decimals():
    assert mapping.load(b'{"a": 0.10, "b": [1, "x", null, true]}') == {"a": D("0.10"), "b": [1, "x", None, True]}
    assert mapping.load("\ufeff{}".encode()) == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"1",
        b"null",
        b"{",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 1e2}',
        b'{"a": 1.0E2}',
        b"\xff",
        pytest.param(HUGE, id="profond"),
    ],
)
def test_what_is_no_such_object_is_refused(body):
    assert place(lambda: mapping.load(body)) == "JSON"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b'{"a": 1, "a": 2}', "a"),
        (b'{"a": {"b": 1, "b": 2}}', "a.b"),
        (b'{"x": 1, "a": [{}, {"b": 1, "b": 1}]}', "a[1].b"),
    ],
)
def test_a_key_given_twice_is_refused_with_its_place(body, where):
    assert place(lambda: mapping.load(body)) == where


@pytest.mark.parametrize(
    ("value", "amount"),
    [("1234.50", "1234.50"), ("-0.07", "-0.07"), ("0.00", "0.00"), ("-0.00", "0.00"), (12, "12"), (D("0.1"), "0.1")],
)
def test_an_amount_is_a_text_of_two_decimals_or_a_plain_number(value, amount):
    found = mapping.read(r.SettlementTotals, {"net": value}).net
    assert found == D(amount)
    assert not found.is_signed() or found < 0


@pytest.mark.parametrize(
    "value",
    [
        "1",
        "1.5",
        "1.234",
        "01.00",
        "+1.00",
        "1,00",
        " 1.00",
        "1e2",
        "",
        None,
        True,
        [],
        {},
        D("1.234"),
        "9" * 14 + ".00",
        "१.00",
    ],
)
def test_any_other_amount_is_refused(value):
    assert place(lambda: mapping.read(r.SettlementTotals, {"net": value})) == "net"


@pytest.mark.parametrize("value", [-1, 1_000_001, True, "3", D("3.0"), None])
def test_a_count_is_a_whole_number_that_a_hotel_may_have(value):
    given = {"guests": value, "balance": "0.00"}
    assert place(lambda: mapping.read(r.GuestTotals, given)) == "guests"
    assert mapping.read(r.GuestTotals, given | {"guests": 1_000_000}).guests == 1_000_000


def test_what_is_missing_is_refused_unless_it_may_be_absent():
    assert place(lambda: mapping.read(r.RevenueTotals, {"netRevenue": "1.00", "taxes": "0.00"})) == "receipts"
    assert mapping.read(r.NoShowTotals, {}) == r.NoShowTotals(None, None)
    assert mapping.read(r.NoShowTotals, {"count": None}).count is None


def test_what_the_contract_does_not_know_is_ignored_or_kept_apart_when_it_is_an_amount():
    assert mapping.read(r.NoShowTotals, {"autre": 1}) == r.NoShowTotals()
    found = mapping.read(r.Receipts, {"cards": {"visa": "1.00"}, "crypto": "5.00", "note": "x", "n": 3})
    assert found.others == {"crypto": D("5.00")}
    assert found.cards == {"visa": D("1.00")}


CARRIED = {
    "accountId": "H",
    "propertyCode": "H",
    "businessDate": "2025-12-23",
    "businessDateStatus": "open",
    "dataComplete": False,
    "revision": 3,
    "currency": "CAD",
    "timeZone": "America/Toronto",
    "openedAt": "2025-12-23T08:00:00Z",
    "closedAt": None,
    "generatedAt": "2025-12-23T03:00:00-05:00",
}
"""What every answer carries."""


def test_an_answer_cannot_set_what_is_ours():
    told = CARRIED | {"source": "demo", "etag": "x", "breaches": ["x"]}
    about = mapping.read(r.About, told)
    assert (about.source, about.etag, about.breaches) == ("live", None, ())
    assert (about.business_date, about.closed_at) == (date(2025, 12, 23), None)
    assert about.opened_at == about.generated_at == datetime(2025, 12, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("businessDate", "2025-02-30"),
        ("businessDate", 20251223),
        ("openedAt", "2025-12-23T08:00:00"),
        ("openedAt", "hier"),
        ("openedAt", None),
        ("dataComplete", "true"),
        ("currency", "x" * 501),
        ("currency", "\ud83d"),
        ("currency", "a\0"),
    ],
)
def test_dates_instants_flags_and_texts_are_what_they_say(name, value):
    assert place(lambda: mapping.read(r.About, CARRIED | {name: value})) == name


def test_a_fault_is_told_by_its_whole_place_and_never_by_its_value():
    lines = [line("A"), line("B", net="secret")]
    document = {"lines": lines, "taxes": [], "receipts": {"cards": {}}, "totals": {}}
    assert place(lambda: read(r.DailyRevenue, **document)) == "lines[1].gross"
    document |= {"lines": [], "receipts": {"cards": {"vi\nsa": "x"}}}
    assert place(lambda: read(r.DailyRevenue, **document)) == "receipts.cards.vi sa"
    document |= {"receipts": []}
    assert place(lambda: read(r.DailyRevenue, **document)) == "receipts"
    document |= {"lines": {}}
    assert place(lambda: read(r.DailyRevenue, **document)) == "lines"


def test_a_name_of_the_contract_is_in_camel_case_unless_it_says_otherwise():
    given = {"code": "K1", "class": "suite", "sold": 2}
    assert mapping.read(r.RoomType, given) == r.RoomType("K1", "suite", 2)


@pytest.mark.parametrize("value", ["191.82", 12, D("0.0875"), "0.123456"])
def test_a_ratio_may_have_six_decimals(value):
    segment = {"code": "A", "group": "other", "rooms": 0, "revenue": "0.00", "adr": value}
    assert mapping.read(r.Segment, segment).adr == D(str(value))


@pytest.mark.parametrize("value", ["0.1234567", True, "x"])
def test_any_other_ratio_is_refused(value):
    segment = {"code": "A", "group": "other", "rooms": 0, "revenue": "0.00", "adr": value}
    assert place(lambda: mapping.read(r.Segment, segment)) == "adr"


def test_a_whole_report_has_the_envelope_that_was_read():
    found = read(r.MarketSegments, segments=[], totals={"rooms": 0, "revenue": "0.00"})
    assert (found.about, found.segments) == (ABOUT, ())
