"""Secrets of other services, encrypted at rest: AES-256-GCM in an envelope ``v1.<key id>.<base64>``.

The place of the value (``table:id:column``) is authenticated with it: a value copied into another row or column does
not open. Keys are derived from the secrets of the installation, the current one first: it seals, the others still open.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from database.keys import derived, key_id

_VERSION: Final = "v1"
_NONCE: Final = 12


class Unreadable(Exception):
    """A sealed value does not open: its key is gone, or it was altered or moved. Its message holds no secret."""


class SealingKey(NamedTuple):
    """A key and its public name."""

    id: str
    key: bytes


@lru_cache(maxsize=8)
def sealing_keys(*given: str | bytes) -> tuple[SealingKey, ...]:
    """One key a secret of the installation, in the same order."""
    keys = (derived(secret, b"integration/v1") for secret in given)
    return tuple(SealingKey(key_id(key), key) for key in keys)


def seal(keys: Sequence[SealingKey], place: str, value: str) -> str:
    """The envelope of a value for a place, under the current key."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = nonce + AESGCM(keys[0].key).encrypt(nonce, value.encode(), place.encode())
    return f"{_VERSION}.{keys[0].id}.{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(keys: Sequence[SealingKey], place: str, envelope: str) -> str:
    """The value of an envelope; raises ``Unreadable``."""
    version, _, rest = envelope.partition(".")
    key_id, _, encoded = rest.partition(".")
    key = next((one.key for one in keys if one.id == key_id), None)
    if version != _VERSION or key is None:
        raise Unreadable(f"{place}: no key opens this value.")
    try:
        sealed = base64.urlsafe_b64decode(encoded)
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError):
        raise Unreadable(f"{place}: the value was altered or moved.") from None


def is_current(keys: Sequence[SealingKey], envelope: str) -> bool:
    """Whether an envelope is under the current key."""
    return envelope.startswith(f"{_VERSION}.{keys[0].id}.")
