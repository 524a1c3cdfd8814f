"""What is written and cannot be seen: marks are dropped, spaces made plain; one person has one spelling.

The browser reads numbers by the same two rules (``static/js/nombre.js``); a test compares every character.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

_SPACE: Final = re.compile(r"\s")
"""Spaces of every kind: categories Zs, Zl, Zp, tab and line ends, U+0085, U+001C to U+001F."""

_UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
"""Besides category Cf, what Unicode has nobody draw (Default_Ignorable_Code_Point)."""

_PIECE: Final = re.compile(r"[\s\S]{1,512}(?=[\x00-\x7f]|\Z)|[\s\S]{1,512}")
"""Before a character of ASCII nothing composes; 512 accents in a row are no word of any language."""

PERSON, LABEL, CODE = "personne", "libellé", "code"
LONGEST: Final = {PERSON: 120, LABEL: 120, CODE: 60}
"""How many characters a text that identifies may have: a person's name, a label, an identifier."""

_TOO_LONG: Final = {PERSON: "Un nom", LABEL: "Un libellé", CODE: "Un identifiant"}
_ALIKE: Final = str.maketrans({**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("‐‑–—−", "-")})


_LOOKS_LIKE: Final = str.maketrans(
    {
        **dict(zip("аеорсухіјѕԁһӏԛԝвкмнтгєпзч", "aeopcyxijsdhlqwbkmhtrenзч", strict=True)),
        **dict(zip("αβγδεικνορτυχωϲϳ", "aβyδeikvoptuxωcj", strict=True)),
        **dict(zip("ıɑɡɩʋɛσց", "iagiveog", strict=True)),
        **{"0": "o", "1": "l", "|": "l", "m": "rn", "w": "vv", "æ": "ae", "œ": "oe", "ß": "ss"},
        **dict.fromkeys("’‘ʼ`´", "'"),
    }
)
"""Letters of one sign and the Latin ones that the eye takes them for, after the table of UTS 39."""


def skeleton(text: str) -> str:
    """What two texts that the eye cannot tell apart have in common (UTS 39); never shown.

    >>> [skeleton(one) == skeleton(other) for one, other in (("аudit", "audit"), ("rnarie", "marie"), ("é", "e"))]
    [True, True, False]
    """
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFD", folded.translate(_LOOKS_LIKE).translate(_LOOKS_LIKE))


def scripts(text: str) -> set[str]:
    """The scripts of the letters of a text, by the first word of their Unicode names."""
    return {unicodedata.name(one, "INCONNUE").partition(" ")[0] for one in text if one.isalpha()}


class TextError(ValueError):
    """A text that cannot identify anything; its message is a French sentence."""


def plain(text: str) -> str:
    """Without marks that nobody sees (directions, joiners, fillers), every space the plain one, trimmed."""
    if not text.isascii():
        text = "".join(one for one in _UNSEEN.sub("", text) if unicodedata.category(one) != "Cf")
    return _SPACE.sub(" ", text).strip(" ")


def normal(text: str, form: Literal["NFC", "NFKC", "NFKD"] = "NFC") -> str:
    """A normal form of Unicode, piece by piece: at once, a long run of accents costs the square of its length."""
    if text.isascii():
        return text
    return "".join(unicodedata.normalize(form, piece) for piece in _PIECE.findall(text))


def unaccented(text: str) -> str:
    """The letters without their accents: what two spellings have in common when only said aloud, never shown."""
    if text.isascii():
        return text
    return "".join(one for one in normal(text, "NFKD") if unicodedata.category(one) != "Mn")


def spelled(text: str) -> str:
    """The one spelling of a text that identifies: plain, composed (NFC), one space between words."""
    return normal(" ".join(plain(text).split()))


def person_key(name: str) -> str:
    """What two spellings of one person have in common: neither capitals nor the kind of apostrophe or hyphen tell."""
    one = spelled(name)
    folded = one.lower() if one.isascii() else normal(normal(one, "NFKC").casefold())
    return folded.translate(_ALIKE)


def mailbox(email: str) -> str:
    """The one spelling of an e-mail address, whatever its capitals."""
    return spelled(email).lower()


def short(text: str, kind: str = PERSON) -> str:
    """The one spelling of a short text, maybe empty; raises ``TextError`` when it is too long or holds a control."""
    one = spelled(text)
    if len(one) > LONGEST[kind]:
        raise TextError(f"{_TOO_LONG[kind]} a au plus {LONGEST[kind]} caractères.")
    if not one.isprintable():
        raise TextError("Le texte contient un caractère interdit.")
    return one
