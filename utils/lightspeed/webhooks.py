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

LONGEST: Final = 256 * 1024
_PREFIX: Final = "whsec_"
_KEY_BYTES: Final = range(24, 65)
_ID: Final = re.compile(r"[\x21-\x7e]{1,100}", re.ASCII)
_SECONDS: Final = re.compile(r"[0-9]{1,12}", re.ASCII)


def is_secret(text: str) -> bool:
    """Whether this is ``whsec_`` and 24 to 64 bytes in base64."""
    return _key(text) is not None


def verified(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> str | None:
    """The identifier of a message that was signed with this secret a short while ago; nothing for any other."""
    message_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    key = _key(secret)
    if key is None or not _ID.fullmatch(message_id) or not _SECONDS.fullmatch(sent):
        return None
    if abs(int(now.timestamp()) - int(sent)) > TOLERANCE_S:
        return None
    mac = hmac.digest(key, b".".join((message_id.encode(), sent.encode(), body)), sha256)
    expected = base64.b64encode(mac).decode()
    given = (one.removeprefix("v1,") for one in headers.get("webhook-signature", "").split() if one.startswith("v1,"))
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
