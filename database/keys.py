"""The keys of the journal and of closed nights, derived from the secret of the installation (HKDF, RFC 5869)."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Final

_SALT: Final = b"rj-natif/livre"
_ID: Final = 12


def journal_keys(*secrets: str | bytes) -> tuple[bytes, ...]:
    """One key of 32 bytes a secret, in the same order: the first one signs, the others still verify."""
    return tuple(derived(secret, b"journal/v1") for secret in secrets)


def key_id(key: bytes) -> str:
    """The public name of a key."""
    return sha256(b"id" + key).hexdigest()[:_ID]


def derived(secret: str | bytes, purpose: bytes) -> bytes:
    """A key for one purpose; knowing it tells nothing of the secret nor of the other keys."""
    material = secret.encode() if isinstance(secret, str) else secret
    extracted = hmac.digest(_SALT, material, sha256)
    return hmac.digest(extracted, purpose + b"\x01", sha256)
