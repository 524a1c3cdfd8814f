"""Numbers of cards are told from everything else that a night is made of."""

import doctest
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import utils.actions.card_numbers
from tests.utils.rj.golden import FILES, NAMES
from utils.actions.card_numbers import _PIECE, BRANDS, cards_in, has_card
from utils.rj.reading import load_json

KNOWN = (
    "4111111111111111", "4012888888881881", "4222222222222", "5555555555554444", "5105105105105100",
    "2223003122003222", "378282246310005", "371449635398431", "30569309025904", "38520000023237",
    "6011111111111117", "3530111333300000", "6200000000000005", "6759649826438453", "4000000000000000006",
)  # fmt: skip
"""The numbers that brands and acquirers publish for tests."""


def with_check_digit(digits):
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[::-2])
    return digits + str(-(doubled + sum(map(int, digits[-2::-2]))) % 10)


@st.composite
def cards(draw):
    """A number of any brand, right to its check digit."""
    brand = draw(st.sampled_from(BRANDS))
    prefix = str(draw(st.integers(int(brand.low), int(brand.high))))
    length = draw(st.sampled_from(sorted(brand.lengths)))
    rest = draw(st.text("0123456789", min_size=length - 1 - len(prefix), max_size=length - 1 - len(prefix)))
    return with_check_digit(prefix + rest)


def written(number, shape, separator):
    """A number in groups of these sizes, the last one repeated."""
    parts, rest = [], number
    for size in [*shape, *[shape[-1]] * len(number)]:
        if rest:
            parts.append(rest[:size])
            rest = rest[size:]
    return separator.join(parts)


def test_the_examples_of_the_module_are_true():
    assert doctest.testmod(utils.actions.card_numbers).failed == 0


@pytest.mark.parametrize("number", KNOWN)
def test_numbers_that_everybody_knows(number):
    assert has_card(number)
    assert has_card(f"Client Untel, carte no {number}, exp. 12/27, CVV 123")


@given(
    cards(),
    st.sampled_from([[19], [4], [1], [2], [8]]),
    st.sampled_from([" ", "-", "\u00a0", "\u202f", " - ", ".", "–", "\u2009", "/", "_", *":*|·•'’+", "    "]),
    st.sampled_from(["", "Visa", "carte no ", "Chambre 312, départ ", "0,50 $ et ", "x" * 50, "(", "#"]),
    st.sampled_from(["", " exp. 12/27", "x", ", merci", ")", ".", "\n12,34"]),
)
def test_a_card_is_seen_however_it_is_written(number, shape, separator, before, after):
    assert has_card(before + written(number, shape, separator) + after)


@pytest.mark.parametrize(
    "text",
    [
        "3782 822463 10005", "4222 222 222 222", "4111\u200b1111\u200b1111\u200b1111",
        "４１１１１１１１１１１１１１１１",
        "٤١١١١١١١١١١١١١١١", "4111 1111 1111 1111 12 27 123", "4111111111111111,12/27", "CB:4111‑1111‑1111‑1111",
    ],
)  # fmt: skip
def test_cards_in_disguise(text):
    assert has_card(text)


SHAPES = ((4, 6, 5), (4, 6, 4), (4, 3, 3, 3), (6, 10), (6, 9), (5, 5, 5))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_card_in_the_groups_of_a_brand_is_seen(shape):
    found = [one for one in KNOWN if len(one) == sum(shape)]
    assert found
    assert all(has_card(written(one, shape, separator)) for one in found for separator in " -")


def test_a_card_among_thousands_of_groups_is_seen_wherever_it_stands():
    """Groups are looked at some hundreds at a time: none falls between two of them, none is made of two."""
    for before in (0, 1, 480, 481, 482, 483, 499, 500, 501, 502, 981, 982, 983, 1_000, 3_000):
        assert has_card("7 " * before + "4111 1111 1111 1111" + " 7" * 600), before
        assert has_card("7 " * before + " ".join("4111111111111111") + " 7" * 600), before
        assert not has_card("7 " * before + "4111 1111 1111 1112" + " 7" * 600), before
        assert not has_card("7 " * before + "7.4111111111111111" + " 7" * 600), before


def test_a_card_and_an_id_are_told_apart_wherever_a_long_text_is_cut():
    for before in range(_PIECE - 40, _PIECE + 3):
        assert has_card("é" * before + " 4111 1111 1111 1111 é"), before
        assert not has_card("é" * before + " abcdef4111111111111111fedcba é"), before


@pytest.mark.parametrize("separator", [",", "\t", "\n", ", ", "     "])
def test_a_list_or_a_column_is_no_card(separator):
    assert not has_card(written(KNOWN[0], [4], separator))


def test_brackets_do_not_hide_a_card():
    assert has_card("(4111) [1111] (1111) 1111")


@given(cards(), st.data())
def test_one_digit_off_is_not_a_card(number, data):
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    changed = number[:place] + other + number[place + 1 :]
    assert has_card(changed) == (changed == number)


# what is no card


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_golden_night_holds_one(path):
    assert list(cards_in(load_json(path.read_bytes()))) == []


@given(st.integers(0, 10**14 - 1), st.sampled_from([" ", "\u00a0", "\u202f", ""]), st.sampled_from([",", "."]))
def test_no_amount_is_one(cents, thousands, point):
    """Twelve digits before the point at most: what a field of money accepts."""
    whole = f"{cents // 100:,}".replace(",", thousands)
    amount = f"{whole}{point}{cents % 100:02d}"
    assert not has_card(amount)
    assert not has_card(f"{amount} $")
    assert not has_card(f"={amount}+{amount}-12,34")


@given(st.lists(st.integers(0, 99_999_999).map(lambda cents: f"{cents / 100:.2f}"), max_size=12))
@example(["25.00", "25.00", "76.80", "76.86"])
def test_no_list_of_amounts_is_one(amounts):
    for separator in ("; ", "\n", "\t", " + ", " $ ", ", "):
        assert not has_card(separator.join(amounts))
        assert not has_card(separator.join(amounts).replace(".", ","))


@given(st.lists(st.integers(100, 999), max_size=20), st.sampled_from([" ", ", ", "-", "/", "\n"]))
def test_no_list_of_rooms_is_one(rooms, separator):
    assert not has_card(separator.join(map(str, rooms)))


@given(st.uuids(), st.dates(), st.times())
def test_no_identifier_and_no_moment_is_one(identifier, day, hour):
    for text in (str(identifier), identifier.hex, day.isoformat(), f"{day.isoformat()}T{hour.isoformat()}Z"):
        assert not has_card(text)


def test_line_ids_and_telephones_are_none():
    chance = random.Random(11)
    ids = [f"{chance.getrandbits(32):08x}" for _ in range(2000)]
    phones = [f"+1 {a} {b}-{c:04d}" for a in (438, 450, 514) for b in (234, 555) for c in range(0, 9999, 77)]
    assert [text for text in [*ids, *phones] if has_card(text)] == []


def test_the_path_says_where():
    card = KNOWN[0]
    document = {"values": {"sd": [{"name": "Untel"}, {"note": f"carte {card}"}]}, "n": int(card), "ok": [True, None]}
    assert list(cards_in(document)) == ["values.sd[1].note", "n"]
    assert list(cards_in({"values": {card: "1.00"}})) == ["values"]
    assert list(cards_in({card: "1.00"})) == ["document"]
