"""Signed webhooks out of a simulator: Standard Webhooks 1.0.0, HMAC-SHA256 over ``id.timestamp.body``."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import secrets
from hashlib import sha256
from typing import Final

from utils import dates
from utils.lightspeed import transport
from utils.shapes import Document

_PREFIX: Final = "whsec_"


def signed(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of a message; raises ``ValueError`` when the secret is not ``whsec_`` and base64."""
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("a secret is whsec_ and base64") from None
    mac = hmac.digest(key, b".".join((message_id.encode(), str(timestamp).encode(), body)), sha256)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }


def send(url: str, secret: str, kind: str, data: Document) -> int:
    """Send one message once; the status of the answer."""
    now = dates.now()
    body = json.dumps({"type": kind, "timestamp": now.isoformat(), "data": data}, ensure_ascii=False).encode()
    headers = signed(secret, f"msg_{secrets.token_hex(12)}", int(now.timestamp()), body)
    return transport.post(url, body, {**headers, "Content-Type": "application/json"}).status
