"""What a reason is: ten characters and two words that say something. The one rule of all that the product asks for."""

from __future__ import annotations

import unicodedata
from typing import Final

from utils.text import normal

LEAST: Final = 10
"""Characters that a reason holds at least; spaces and invisible marks do not count."""

_LETTERS: Final = 4
"""Different letters below which a text repeats itself and says nothing: ``xxxxxxxxxx``, ``ok ok ok ok ok``."""

_WORDS: Final = 2
"""Different words that a reason holds at least; a number is one."""

RULE: Final = "dix caractères et deux mots au moins"
"""The rule in words, for whoever types one."""


def too_thin(of: str) -> str:
    """What is said of a reason that says nothing; ``of`` names what it was given for: « de la correction »."""
    return f"Motif {of} : il faut {RULE}."


def says_something(text: str) -> bool:
    """Whether a text is a reason: ten characters but spaces and marks, four different letters, two different words.

    >>> [says_something(text) for text in ("Chèque du 22", "x", "..........", "vu vu vu vu vu", "asdfasdfasdf")]
    [True, False, False, False, False]
    """
    seen = "".join(one for one in normal(text) if one.isspace() or unicodedata.category(one)[0] not in "ZC")
    words = {"".join(filter(str.isalnum, word)) for word in seen.casefold().split()} - {""}
    kept = "".join(seen.split())
    letters = {one.casefold() for one in kept if one.isalpha()}
    return len(kept) >= LEAST and len(letters) >= _LETTERS and len(words) >= _WORDS
