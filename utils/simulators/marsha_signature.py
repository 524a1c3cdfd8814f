"""The signature of a request as the MARSHA simulator checks it (RFC 9421, RFC 9530): no header is trusted."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import threading
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from flask import Request

from utils import dates

TOLERANCE_S: Final = 300
NONCES: Final = 10_000
_INPUT: Final = re.compile(
    r'marsha=(\((?P<covered>(?:"[@a-z-]+" ?)+)\);created=(?P<created>\d{1,12});expires=(?P<expires>\d{1,12})'
    r';nonce="(?P<nonce>[A-Za-z0-9_-]{16,64})";keyid="(?P<keyid>[\x21\x23-\x7e]{1,200})";alg="hmac-sha256")',
    re.ASCII,
)
_SIGNATURE: Final = re.compile(r"marsha=:([A-Za-z0-9+/=]{44}):", re.ASCII)
_ALWAYS: Final = {"@method", "@authority", "@path"}
_OF_BODY: Final = {"content-type", "content-digest", "idempotency-key"}


class Signatures:
    """The keys of a property by their name (two at once while one replaces the other), the nonces that were seen."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self.keys = dict(keys)
        self._seen: dict[str, int] = {}
        self._lock = threading.Lock()

    def fault(self, request: Request) -> str | None:
        """Why a request is refused, in a word; nothing when its signature is good."""
        given = _INPUT.fullmatch(request.headers.get("Signature-Input", ""))
        signature = _SIGNATURE.fullmatch(request.headers.get("Signature", ""))
        if given is None or signature is None:
            return "missing"
        covered, body = re.findall(r'"([@a-z-]+)"', given["covered"]), request.get_data()
        needed = _ALWAYS | ({"@query"} if request.query_string else set()) | (_OF_BODY if body else set())
        if not needed <= set(covered) or len(set(covered)) != len(covered):
            return "uncovered"
        digest = f"sha-256=:{base64.b64encode(sha256(body).digest()).decode()}:"
        if body and request.headers.get("Content-Digest") != digest:
            return "digest"
        created, now = int(given["created"]), int(dates.now().timestamp())
        if abs(now - created) > TOLERANCE_S or now > int(given["expires"]) + TOLERANCE_S:
            return "expired"
        key = self.keys.get(given["keyid"])
        derived = {
            "@method": request.method,
            "@authority": request.host.lower(),
            "@path": request.path,
            "@query": f"?{request.query_string.decode()}",
        }
        values = {name: derived.get(name) or request.headers.get(name, "").strip() for name in covered}
        lines = [f'"{name}": {value}' for name, value in values.items()]
        base = "\n".join([*lines, f'"@signature-params": {given[1]}'])
        mac = "" if key is None else base64.b64encode(hmac.digest(key, base.encode(), sha256)).decode()
        if key is None or not hmac.compare_digest(mac, signature[1]):
            return "wrong"
        return None if self._first_time(given["nonce"], now) else "replayed"

    def _first_time(self, nonce: str, now: int) -> bool:
        with self._lock:
            if nonce in self._seen:
                return False
            if len(self._seen) >= NONCES:
                self._seen = {one: at for one, at in self._seen.items() if now - at <= 2 * TOLERANCE_S}
            self._seen[nonce] = now
            return True


def read_key(text: str) -> bytes:
    """A key as it is given, in base64; raises ``ValueError`` for anything else."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
