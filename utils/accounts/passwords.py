"""Passwords: argon2id, hashed a few at a time since each one takes 19 MiB while it lasts."""

from __future__ import annotations

from functools import lru_cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 200
"""In bytes, beyond which hashing would only serve who wants to keep us busy."""

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_AT_ONCE: Final = BoundedSemaphore(2)


class PasswordError(ValueError):
    """A password that cannot be accepted; its message is a French sentence."""


def accepted(password: str) -> str:
    """The password itself; raises ``PasswordError`` when it is too short or too long."""
    if len(password) < SHORTEST:
        raise PasswordError(f"Le mot de passe doit avoir au moins {SHORTEST} caractères.")
    if len(password.encode()) > LONGEST:
        raise PasswordError(f"Le mot de passe ne peut pas dépasser {LONGEST} octets.")
    return password


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether this is the password; without a hash (no such account) it takes as long to say no."""
    if len(password.encode()) > LONGEST:
        return False
    with _AT_ONCE:
        try:
            _HASHER.verify(password_hash or _nobody(), password)
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def outdated(password_hash: str) -> bool:
    """Whether this was hashed under older parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


@lru_cache(maxsize=1)
def _nobody() -> str:
    """The hash of a password that nobody has."""
    return _HASHER.hash("un mot de passe que personne n’a")
