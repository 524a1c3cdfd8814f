"""Signed requests: RFC 9421 with ``hmac-sha256``, over a Content-Digest (RFC 9530) of the exact bytes that leave."""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

LABEL: Final = "marsha"
GOOD_FOR_S: Final = 300
ALGORITHM: Final = "hmac-sha256"
KEY_BYTES: Final = 32
_ALWAYS: Final = ("@method", "@authority", "@path")
_OF_BODY: Final = ("content-type", "content-digest", "idempotency-key")
_DEFAULT_PORTS: Final = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What signs, and its name; no repr: it must not reach a log."""

    id: str
    secret: bytes


def digest(body: bytes) -> str:
    """The Content-Digest of a body.

    >>> digest(b'{"hello": "world"}')
    'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:'
    """
    return f"sha-256=:{base64.b64encode(sha256(body).digest()).decode()}:"


def signed(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None, key: Key, at: datetime
) -> dict[str, str]:
    """The headers that sign a request, Content-Digest included when it has a body; a new nonce each time."""
    added = {} if body is None else {"Content-Digest": digest(body)}
    values = {name.lower(): value.strip() for name, value in {**headers, **added}.items()} | derived(method, url)
    query = ("@query",) if "@query" in values else ()
    covered = (*_ALWAYS, *query, *(() if body is None else _OF_BODY))
    created = int(at.timestamp())
    parameters = (
        f"({' '.join(map(_quoted, covered))});created={created};expires={created + GOOD_FOR_S}"
        f";nonce={_quoted(secrets.token_urlsafe(24))};keyid={_quoted(key.id)};alg={_quoted(ALGORITHM)}"
    )
    mac = signature(base_of(covered, values, parameters), key.secret)
    return {**added, "Signature-Input": f"{LABEL}={parameters}", "Signature": f"{LABEL}=:{mac}:"}


def derived(method: str, url: str) -> dict[str, str]:
    """The components that are no header: method, authority without its usual port, path, query when there is one."""
    parts = urlsplit(url)
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    found = {
        "@method": method.upper(),
        "@authority": f"{(parts.hostname or '').lower()}{port}",
        "@path": parts.path or "/",
    }
    return found | ({"@query": f"?{parts.query}"} if parts.query else {})


def base_of(covered: Sequence[str], values: Mapping[str, str], parameters: str) -> str:
    """The text that is signed (RFC 9421, section 2.5)."""
    lines = [f"{_quoted(name)}: {values[name]}" for name in covered]
    return "\n".join([*lines, f'"@signature-params": {parameters}'])


def signature(base: str, secret: bytes) -> str:
    """The signature of a base, in base64."""
    return base64.b64encode(hmac.digest(secret, base.encode(), sha256)).decode()


def key_of(key_id: str, kept: str, client_id: str, client_secret: str) -> Key:
    """The key of a connection: the one it was given, in base64, else one that its client secret makes."""
    if kept:
        return Key(key_id or client_id, base64.b64decode(kept))
    return Key(client_id, hmac.digest(client_secret.encode(), f"marsha|{client_id}".encode(), sha256))


def is_key(text: str) -> bool:
    """Whether this is at least 32 bytes in base64."""
    try:
        return len(base64.b64decode(text, validate=True)) >= KEY_BYTES
    except ValueError:
        return False


def _quoted(text: str) -> str:
    return f'"{text}"'
