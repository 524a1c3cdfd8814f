"""Signed messages of the PMS (Standard Webhooks 1.0.0): HMAC-SHA256 over ``id.timestamp.body``."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final

TOLERANCE_S: Final = 300
"""How far from now a message may have been sent, in seconds, either way."""

_SIGNATURES: Final = 10
"""How many signatures of a message are tried: one a key, and two keys live at once while one replaces the other."""

_PREFIX: Final = "whsec_"
_KEY_BYTES: Final = range(24, 65)
_ID: Final = re.compile(r"[\x21-\x7e]{1,100}", re.ASCII)
_SECONDS: Final = re.compile(r"[0-9]{1,12}", re.ASCII)


def is_secret(text: str) -> bool:
    """Whether this is ``whsec_`` and 24 to 64 bytes in base64."""
    return _key(text) is not None


def plausible(headers: Mapping[str, str], now: datetime) -> bool:
    """Whether the headers are those of a message sent a short while ago: looked at before anything of its body."""
    sent = headers.get("webhook-timestamp", "")
    if not _ID.fullmatch(headers.get("webhook-id", "")) or not _SECONDS.fullmatch(sent):
        return False
    return abs(int(now.timestamp()) - int(sent)) <= TOLERANCE_S


def verified(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> str | None:
    """The identifier of a message that was signed with this secret a short while ago; nothing for any other."""
    key = _key(secret)
    if key is None or not plausible(headers, now):
        return None
    message_id, sent = headers["webhook-id"], headers["webhook-timestamp"]
    mac = hmac.digest(key, b".".join((message_id.encode(), sent.encode(), body)), sha256)
    expected = base64.b64encode(mac).decode()
    signatures = headers.get("webhook-signature", "").split(maxsplit=_SIGNATURES)[:_SIGNATURES]
    given = (one.removeprefix("v1,") for one in signatures if one.startswith("v1,"))
    matches = [hmac.compare_digest(one.encode(), expected.encode()) for one in given]
    return message_id if any(matches) else None


def _key(text: str) -> bytes | None:
    if not text.startswith(_PREFIX):
        return None
    try:
        key = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) in _KEY_BYTES else None
