"""A reason has ten characters that say something, whatever the spaces and the marks around them."""

import pytest

from utils.rj.reason import says_something, too_thin

NOTHING = (
    *(
        "",
        "x",
        "vu",
        "ok",
        "corrigé",
        "   x   ",
        "." * 10,
        "-" * 40,
        "1234567890",
        "0,00 $ 0,00 $",
        "x" * 10,
        "xX" * 20,
    ),
    *(
        "ok ok ok ok ok",
        "vu vu vu vu vu",
        "a b c d e f g h i",
        "\u200b" * 20 + "vu",
        "vu\u00a0\u202f\u2009      .",
        "é" * 12,
    ),
    *("\u202dvu\u202c\u00ad\u00ad\u00ad\u00ad\u00ad\u00ad\u00ad\u00ad", "?!?!?!?!?!?!", "2025-12-23 05:12"),
    *(
        "asdfasdfasdf",
        "aaaaaaaaaa bb",
        "... .... ....",
        "asdf asdf asdf",
        "abcdefghij",
        "Essai, essai essai",
        "qwertyuiop !!",
    ),
    *("chèqueoublié", "chèque\u200boublié", "xyz xyz Xyz XYZ", "a a a a a a b b b b c"),
)
SOMETHING = (
    *("Chèque du 22", "dix signes.", "recomptée à deux", "Enveloppe 12", "Vue avec la réception.", "Dossier 2026-04"),
    *("chèque oublié", "recompté 2 fois", "vérifié au papier", "PMS en panne", "Écart connu", "erreur de poste"),
    *("chèque\u00a0oublié", "chèque\noublié", "Voir papier", "vu au PC le 12"),
)


@pytest.mark.parametrize("text", NOTHING)
def test_what_says_nothing_is_no_reason(text):
    assert not says_something(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_ten_characters_in_two_words_are_one(text):
    assert says_something(text)


def test_what_is_said_of_a_thin_one_names_what_it_is_for():
    assert too_thin("de la correction") == ("Motif de la correction : il faut dix caractères et deux mots au moins.")


def test_one_rule_in_any_spelling_of_unicode():
    assert says_something("e\u0301te\u0301 gele\u0301e là") == says_something("été gelée là")
    assert not says_something("e\u0301" * 6)
