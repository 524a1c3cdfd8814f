"""Texts of the PMS, harmless whatever was sent: one line, nothing invisible, nothing endless."""

import pytest

from utils.lightspeed.legible import LONGEST, folded, legible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Visa", "Visa"),
        ("  deux   mots ", "deux mots"),
        ("ligne\nsuivante\t", "ligne suivante"),
        ("\u202eX\u2066", "X"),
        ("X\x07\x1b[31m", "X[31m"),
        ("\ufeffX\u200b", "X"),
        ("a\u2028b", "a b"),
        ("\ud83d", "?"),
        ("\ue000", "?"),
        ("1\u00a0234", "1\u00a0234"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_a_text_is_one_line_of_what_can_be_seen(text, shown):
    assert legible(text) == shown


@pytest.mark.parametrize(("length", "shown"), [(LONGEST, LONGEST), (LONGEST + 1, LONGEST + 1), (10**6, LONGEST + 1)])
def test_a_long_text_is_cut_and_says_so(length, shown):
    text = legible("x" * length)
    assert len(text) == shown
    assert text.endswith("…") is (length > LONGEST)


def test_a_text_may_be_shorter_still():
    assert legible("abcdef", 3) == "abc…"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mastercard", "MASTER CARD"), ("Amex", "Ａｍｅｘ"), ("Terminal-8", "terminal8"), ("Dépôt", "DEPOT"), ("", "-- ")],
)
def test_two_spellings_of_a_word_are_the_same(one, other):
    assert folded(one) == folded(other)


def test_two_words_are_not():
    assert folded("visa") != folded("vista")
    assert folded("36.1") == "361"
