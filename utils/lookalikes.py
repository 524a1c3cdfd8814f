"""What has digits and is no amount: a date, an hour, a telephone, a range, a fraction… and the sentence that says so.

Only asked of what has no leading ``=``. Spaces around the hyphens or decimals make a sum meant as such;
``static/js/nombre.js`` holds the same shapes, and a test compares what both answer.
"""

from __future__ import annotations

import re
from typing import Final

_DAY: Final = "(?:0[1-9]|[12][0-9]|3[01])"
_MONTH: Final = "(?:0[1-9]|1[0-2])"
_YEAR: Final = "(?:(?:19|20)[0-9]{2})"
_ABC: Final = "[2-9][0-9]{2}"
_SHAPES: Final = tuple(
    (what, re.compile(shape))
    for what, shape in (
        ("une date", rf"{_YEAR}([-/. ])[0-9]{{1,2}}\1[0-9]{{1,2}}(?:[T ][0-9:.]+Z?)?|{_YEAR}[-/](?:{_MONTH}|[1-9])"),
        ("une date", rf"[0-9]{{1,2}}([-/. ])[0-9]{{1,2}}\1{_YEAR}(?: [0-9:.]+)?|{_MONTH}[-/]{_YEAR}"),
        ("une date", rf"(?:{_DAY}([-/.]){_MONTH}\1|{_MONTH}([-/.]){_DAY}\2)[0-9]{{2}}"),
        ("une date", rf"[0-9]{{2}}([-/.]){_MONTH}\1{_DAY}"),
        ("une date", rf"{_DAY}-(?:{_MONTH}|[1-9])|(?:{_MONTH}|[1-9])-{_DAY}"),
        ("un intervalle", rf"{_YEAR}-(?:[0-9]{{2}}|{_YEAR})"),
        ("une heure", "[0-9]{1,2} ?[:hH] ?[0-5][0-9](?::[0-5][0-9])?"),
        ("un numéro de téléphone", r"(?:\+?1[-.])?[0-9]{3}([-.])[0-9]{3}\1[0-9]{4}|[0-9]{3}-[0-9]{4}"),
        ("un numéro de téléphone", rf"(?:\+?1[-. ]?)?(?:\({_ABC}\)[- ]?|{_ABC}[-. ]){_ABC}[-. ]?[0-9]{{4}}"),
        ("un numéro de téléphone", f"1?{_ABC}{_ABC}[0-9]{{4}}"),
        ("une adresse IP", r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"),
        ("un code postal", "[A-Za-z][0-9][A-Za-z][- ]?[0-9][A-Za-z][0-9]|[0-9]{5}-[0-9]{4}"),
        ("un tiret", r"[-−‐‑‒–—] *\$?|\$ *[-−‐‑‒–—]"),
        ("un numéro", "[0-9]{3}(?:-[0-9]{3}){2,}|[0-9]{4}(?:-[0-9]{4}){2,}"),
    )
)
_ANY_DAY, _ANY_MONTH = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
_WITHIN: Final = tuple(
    (what, re.compile(f"(?<![0-9,.])(?:{shape})(?![0-9]|[,.][0-9])"))
    for what, shape in (
        ("une date", f"{_YEAR}-{_ANY_MONTH}-{_ANY_DAY}|{_ANY_DAY}-{_ANY_MONTH}-{_YEAR}"),
        ("un numéro de téléphone", "[0-9]{3}-[0-9]{3}-[0-9]{4}"),
    )
)
"""Shapes that are no sum wherever they stand, whatever the sign, the dollar or the term beside them."""

_TIGHT: Final = re.compile("[^ ][-−‐‑‒–—][^ ]")
_HYPHEN: Final = re.compile(" ?[-−‐‑‒–—] ?")
_WHOLE: Final = re.compile("[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,15}")
_FRACTION: Final = re.compile("(?:[0-9]+ )?[0-9]+ ?[/⁄] ?[0-9]+")


def as_difference(text: str) -> str:
    """What to type for the difference of the two whole numbers that a text joins; empty when it is nothing of it."""
    first, hyphen, second = re.sub("[−‐‑‒–—]", "-", text).partition("-")
    return f"={first}-{second}" if hyphen and _WHOLE.fullmatch(first) and _WHOLE.fullmatch(second) else ""


def lookalike(text: str) -> str:
    """What a plain text without ``=`` is instead of an amount: « une date »; empty when it has no such shape."""
    tight = _HYPHEN.sub("-", text) if _TIGHT.search(text) else text
    what = next((what for what, shape in _SHAPES if shape.fullmatch(tight)), "")
    what = what or next((what for what, shape in _WITHIN if shape.search(tight)), "")
    return what or ("une fraction" if _FRACTION.fullmatch(text) else _numbering(tight.split("-")))


def _numbering(parts: list[str]) -> str:
    """Whole numbers joined by hyphens are a difference only when it is positive, and none of them starts with 0."""
    if len(parts) == 1 or not all(map(_WHOLE.fullmatch, parts)):
        return ""
    first, *others = (int(part.replace(" ", "")) for part in parts)
    if first > sum(others) and not any(part[0] == "0" and len(part) > 1 for part in parts):
        return ""
    return "un intervalle" if len(others) == 1 else "un numéro"
