"""Texts of the PMS as they may be shown and compared: nothing invisible, nothing endless, whatever was sent."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from utils.text import normal

LONGEST: Final = 40
_ELSEWHERE: Final = "?"


def legible(text: str, longest: int = LONGEST) -> str:
    """The text on one line without marks, controls or halves of characters; cut after ``longest`` characters."""
    spaced = "".join(" " if one.isspace() and one not in "\u00a0\u202f" else one for one in text[: 20 * longest])
    kept = " ".join(part for part in "".join(map(_shown, spaced)).split(" ") if part)
    return kept if len(kept) <= longest else f"{kept[:longest]}…"


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Letters and figures alone, without case nor accents: two spellings of one word are the same."""
    plain = normal(text, "NFKD").casefold()
    return "".join(one for one in plain if one.isalnum())


def _shown(one: str) -> str:
    """A character, nothing for a mark that is not seen, a question mark for what is no character."""
    category = unicodedata.category(one)
    if category in ("Cs", "Co", "Cn"):
        return _ELSEWHERE
    return "" if category[0] == "C" else one
