"""The tape of a calculation: its lines, and the text that a cell keeps of them, which the server reads alike."""

import pytest

from utils.money import read_typed_money


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("text", "lines", "kept"),
    [
        ("", [], ""),
        ("12,50", ["12,50"], "12,50"),
        ("-12,50", ["-12,50"], "-12,50"),
        ("=12,50+3,10-4*2", ["12,50", "+3,10", "-4*2"], "=12,50+3,10-4*2"),
        ("=9*-2+(1-2)*3", ["9*-2", "+(1-2)*3"], "=9*-2+(1-2)*3"),
        ("=-5 + 3", ["-5", "+ 3"], "=-5+ 3"),
        ("=10/4", ["10/4"], "=10/4"),
    ],
)
def test_a_calculation_is_cut_at_its_outer_signs(desk, text, lines, kept):
    given = desk.run(
        """const { lignesDe, texteDe } = await import("/static/js/ruban.js");
        return [lignesDe(donne[0]), texteDe(lignesDe(donne[0]))];""",
        text,
    )
    assert given == [lines, kept]
    if text:
        assert read_typed_money(kept) == read_typed_money(text)


@pytest.mark.e2e
def test_a_long_tape_of_plain_amounts_does_without_the_sign_that_bounds_it(desk):
    kept = desk.run(
        """const { texteDe } = await import("/static/js/ruban.js");
        return texteDe(Array(100).fill("1234,56"));"""
    )
    assert read_typed_money(kept) == 100 * read_typed_money("1234,56")
