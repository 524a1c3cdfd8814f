"""What a reason is: ten characters that say something. The one rule of every reason that the product asks for."""

from __future__ import annotations

import unicodedata
from typing import Final

from utils.text import normal

LEAST: Final = 10
"""Characters that a reason holds at least; spaces and invisible marks do not count."""

_LETTERS: Final = 4
"""Different letters below which a text repeats itself and says nothing: ``xxxxxxxxxx``, ``ok ok ok ok ok``."""

RULE: Final = "dix caractères au moins, en mots"
"""The rule in words, for whoever types one."""

TOO_SHORT: Final = "Il faut un motif de dix caractères au moins, en mots."


def says_something(text: str) -> bool:
    """Whether a text is a reason: ten characters but spaces and marks, among them four different letters.

    >>> [says_something(text) for text in ("Chèque du 22", "x", "..........", "vu vu vu vu vu")]
    [True, False, False, False]
    """
    kept = [one for one in normal(text) if unicodedata.category(one)[0] not in "ZC"]
    letters = {one.casefold() for one in kept if one.isalpha()}
    return len(kept) >= LEAST and len(letters) >= _LETTERS
