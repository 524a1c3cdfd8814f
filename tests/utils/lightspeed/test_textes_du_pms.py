"""No text of the PMS, whatever its characters, raises or passes as it is; a body is whole or is not read."""

import gzip
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from urllib3.exceptions import DecodeError

from tests.utils.lightspeed.conftest import DAY
from tests.utils.lightspeed.notes import notes_of
from utils.lightspeed import mapping
from utils.lightspeed import reports as r
from utils.lightspeed.errors import LightspeedAPIError
from utils.lightspeed.figures import figures_of
from utils.lightspeed.legible import folded, legible
from utils.lightspeed.unzip import Unzip

LINE = {"description": "x", "department": "other", "gross": "1.00", "adjustments": "0.00", "net": "1.00"}
ODD = ["\u202eX", "\u200bX\u2066", "X\x07\x1b[31m", "\ufeffX", "X\u2028Y", "\U000e0041X", "e\u0301" * 200]


@pytest.mark.parametrize("code", ["X\ud83d", "\udc00", "X\0", "x" * 501, 3, None])
def test_a_code_that_is_no_text_is_refused_with_its_place(code):
    with pytest.raises(LightspeedAPIError, match=r"Réponse inattendue de Lightspeed \(code\)\."):
        mapping.read(r.RevenueLine, LINE | {"code": code})


@pytest.mark.parametrize("code", ODD)
def test_an_odd_code_is_shown_harmlessly(connected, code):
    revenue = connected.get_daily_revenue(DAY)
    line = mapping.read(r.RevenueLine, LINE | {"code": code})
    totals = replace(revenue.totals, net_revenue=revenue.totals.net_revenue + line.net)
    [note] = notes_of(replace(revenue, lines=(*revenue.lines, line), totals=totals))
    assert note.replace("\u00a0", " ").isprintable()
    assert len(note) < 100
    assert note.startswith("Codes sans champ dans la nuit : ")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"totals":{"cash":"1.00","cash":"905.26"}}', r"totals\.cash"),
        (b'{"lines":[{"a":1},{"code":"x","code":"y"}]}', r"lines\[1\]\.code"),
        (b'{"a":1,"a":1}', "a"),
        (b"[" * 100_000, "JSON"),
        (b'{"a":' + b"9" * 10_000 + b"}", "JSON"),
        (b'{"a":NaN}', "JSON"),
        (b'{"a":1e400}', "JSON"),
        (b'{"a":"\xff"}', "JSON"),
        (b'{"a":1', "JSON"),
        (b"", "JSON"),
    ],
)
def test_a_body_that_is_not_sound_json_is_refused(body, place):
    with pytest.raises(LightspeedAPIError, match=rf"\({place}\)"):
        mapping.load(body)


def test_a_byte_order_mark_is_accepted():
    assert mapping.load(b'\xef\xbb\xbf{"a":"\xc3\xa9"}') == {"a": "é"}


@pytest.mark.parametrize("missing", [1, 8, 20, 60])
def test_a_gzip_body_cut_short_is_no_body(missing):
    whole = gzip.compress(json.dumps({"a": "b" * 500, "c": list(range(200))}).encode())
    cut = Unzip()
    cut.more(whole[:-missing])
    with pytest.raises(DecodeError):
        cut.finish()
    for parts in ([whole], [whole[:30], whole[30:]], [gzip.compress(b"{"), gzip.compress(b"}")]):
        unzip = Unzip()
        assert b"".join(map(unzip.more, parts))
        unzip.finish()


def test_a_gzip_body_cut_short_once_is_asked_again_and_read(connected, pms_server):
    pms_server.fault("gzip", times=1, report="DailyRevenue")
    before = connected.requests
    assert connected.get_daily_revenue(DAY).lines
    assert connected.requests - before == 2


def test_a_brand_in_another_case_halves_no_card(connected):
    cards = connected.get_card_settlements(DAY)
    visa = next(one for one in cards.settlements if one.brand == "visa")
    half = replace(visa, sales=Decimal("1.00"), refunds=Decimal(0), net=Decimal("1.00"), brand="Visa")
    totals = r.SettlementTotals(cards.totals.net + half.net)
    split = replace(cards, settlements=(*cards.settlements, half), totals=totals)
    lost = figures_of(cards).keys() - figures_of(split).keys()
    assert lost == {"transelect.transelect_reception.visa.fusebox"}
    assert notes_of(split) == ["Marque de carte inconnue : Visa, 1,00\u00a0$."]
    other = replace(cards, settlements=(*cards.settlements, replace(half, brand="MC")))
    assert figures_of(other) == {}  # it may be any of them


def test_a_total_of_the_drawers_is_never_one_of_their_lines(connected):
    report = connected.get_cashier_report(DAY)
    found = figures_of(report)
    lines = [Decimal(found[f"geac.geac_cashout.co{line}_visa"]) for line in (1, 2)]
    assert sum(lines) == report.totals.cards["visa"]
    for shifts in ((), (*report.shifts, report.shifts[0]), report.shifts[:1]):
        other = replace(report, shifts=shifts)
        assert not [name for name in figures_of(other) if "cashout" in name]
        assert "Daily Cash Out donné en total, sans ligne de caisse" in " ".join(notes_of(other))


def test_the_batches_of_two_terminals_enter_two_columns(connected):
    cards = connected.get_card_settlements(DAY)
    visa = next(one for one in cards.settlements if one.brand == "visa")
    two = replace(cards, settlements=(*cards.settlements, replace(visa, terminal_id="K053")))
    found = figures_of(two)
    assert found["transelect.transelect_reception.visa.fusebox"] == f"{visa.net:.2f}"
    assert found["transelect.transelect_reception.visa.k053"] == f"{visa.net:.2f}"
    odd = figures_of(replace(cards, settlements=(*cards.settlements, replace(visa, terminal_id="T9"))))
    assert not [name for name in odd if ".visa." in name]


def test_spellings_of_one_word():
    assert folded("Visa ") == folded("VISA") == folded("vi\u200bsa") == "visa"
    assert legible("a\n b\u202e" + "c" * 99) == "a b" + "c" * 37 + "…"
