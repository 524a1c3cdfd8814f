"""Passwords: argon2id, hashed a few at a time since each one takes 19 MiB while it lasts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 200
"""In bytes, beyond which hashing would only serve who wants to keep us busy."""

_STRONG: Final = 3
_LOOKED_AT: Final = 72
"""Characters that the estimate reads: it takes longer than their number grows."""

_WORD: Final = re.compile(r"\w{3,}")
_LETTER: Final = re.compile(r"[^\W\d_]")
_FEW: Final = 3
_TRIED_HERE: Final = (
    "motdepasse mot de passe bonjour bienvenue soleil hotel hôtel auberge reception réception receptionniste",
    "rjnatif natif nuit audit auditeur auditeurdenuit auditdenuit",
    "administrateur superviseur comptable directeur gerant gérance",
    "quebec québec montreal montréal canadiens nordiques",
    "azerty qwerty lightspeed native janvier février mars avril juin juillet août septembre octobre novembre décembre",
    "printemps été automne hiver neige lundi mardi mercredi jeudi vendredi samedi dimanche",
)
"""Words that people of a hotel of Québec choose, which the lists, mostly English, rank too low."""

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_AT_ONCE: Final = BoundedSemaphore(2)


class PasswordError(ValueError):
    """A password that cannot be accepted; its message is a French sentence."""


def accepted(password: str, about: Iterable[str] = ()) -> str:
    """The password itself; raises ``PasswordError`` when it is too short, too long, or among the first ones tried.

    ``about``: what is known of the account, such as its address and its name, which others try too.
    """
    if len(password) < SHORTEST:
        raise PasswordError(f"Le mot de passe doit avoir au moins {SHORTEST} caractères.")
    if len(password.encode()) > LONGEST:
        raise PasswordError(f"Le mot de passe ne peut pas dépasser {LONGEST} octets.")
    if _guessed_soon(password, about):
        raise PasswordError("Ce mot de passe est trop connu ou trop facile à deviner : choisir plutôt une phrase.")
    return password


def _guessed_soon(password: str, about: Iterable[str]) -> bool:
    """Whether fewer than a hundred million guesses find it, by lists of common passwords, names, words and keys."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists weigh 14 MB, and few requests choose a password

    words = {word for text in (*about, *_TRIED_HERE) for word in _WORD.findall(text.casefold())}
    words |= {part for text in about for part in (text.casefold(), text.casefold().partition("@")[0])}
    left = password.casefold()
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, " ")
    if left != password.casefold() and len(_LETTER.findall(left)) < _FEW:  # words, figures, a letter or two
        return True
    return bool(zxcvbn(password[:_LOOKED_AT], user_inputs=sorted(words))["score"] < _STRONG)


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether this is the password; without a hash (no such account) it takes as long to say no."""
    if len(password.encode()) > LONGEST:
        return False
    with _AT_ONCE:
        nobody = _nobody()  # made by the first who asks, whoever it is
        try:
            _HASHER.verify(password_hash or nobody, password)
        except (VerificationError, InvalidHashError):
            return False
    return bool(password_hash)


def outdated(password_hash: str) -> bool:
    """Whether this was hashed under older parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


@lru_cache(maxsize=1)
def _nobody() -> str:
    """The hash of a password that nobody has."""
    return _HASHER.hash("un mot de passe que personne n’a")
