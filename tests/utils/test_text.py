"""One person, one spelling: marks, spaces, Unicode forms, capitals and apostrophes tell nobody apart."""

import unicodedata

import pytest

from utils.text import CODE, LONGEST, TextError, mailbox, person_key, plain, short, spelled

EMILE = "Émile Côté"
SPELLINGS = (
    unicodedata.normalize("NFD", EMILE),
    f" {EMILE} ",
    EMILE.replace(" ", "\N{NO-BREAK SPACE}"),
    EMILE.replace(" ", "  \t"),
    f"\ufeff{EMILE}\u200e",
    "Émile\u200b C\xadôté",
    EMILE.replace(" ", "\n"),
)


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_is_one(text):
    assert spelled(text) == EMILE
    assert spelled(spelled(text)) == spelled(text)
    assert person_key(text) == person_key(EMILE)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ÉMILE CÔTÉ", EMILE), ("Marie D’Amour", "Marie D'Amour"), ("Jean‑Guy", "Jean-Guy"), ("ﬁona", "Fiona")],
)
def test_what_obviously_is_the_same_person(one, other):
    assert person_key(one) == person_key(other)


@pytest.mark.parametrize("unseen", ["\u200b", "\u034f", "\ufe0f", "\u3164", "\u180b", "\U000e0101", "\u00ad"])
def test_a_mark_that_nobody_sees_makes_no_other_person(unseen):
    assert person_key(f"Zo{unseen}é{unseen}") == person_key("Zoé")


def test_an_accent_tells_two_persons_apart():
    assert person_key("Rene") != person_key("René")


def test_an_address_has_one_spelling():
    assert mailbox(" Zoe@\u200bHotel.CA ") == "zoe@hotel.ca"


def test_a_short_text_has_a_bound_and_no_control():
    assert short("é" * 120) == "é" * 120
    assert plain("\u200b \t") == short("\u200b \t") == ""
    with pytest.raises(TextError, match="Un nom a au plus 120 caractères"):
        short("é" * 121)
    with pytest.raises(TextError, match="Un identifiant a au plus 60"):
        short("a" * (LONGEST[CODE] + 1), CODE)
    with pytest.raises(TextError, match="caractère interdit"):
        short("a\0b")
