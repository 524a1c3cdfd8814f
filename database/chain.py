"""The arithmetic of the journal's chain, without a database.

A row has erasable parts (a name, a value, a reason) and the rest. Each part present gives a leaf, salted so that it
cannot be guessed; the leaves give the row's ``digest``; the row's ``hash`` covers the hash of the row before, the rest
of the row and the digest. Whoever changes anything must change every later row and the head, whose seal needs a key.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

from database.types import canonical

PARTS: Final = ("actor_label", "old", "new", "reason")
"""What can be erased of a row."""

CHAINED: Final = (
    "property_id",
    "seq",
    "at",
    "actor_id",
    "action",
    "night_id",
    "audit_date",
    "tab",
    "field",
    "line_id",
    "origin",
    "night_version",
    "revision",
)
"""What is chained as it stands and can never change."""

_PART_NAMES: Final = {part: part.encode() for part in PARTS}
_ABSENT: Final = bytes(32)


class Head(NamedTuple):
    """Where a chain stands, and the first row written after its seal was found false."""

    seq: int
    hash: str
    broken_at: int | None = None


def genesis(property_id: int) -> Head:
    """The head of a chain that has no row yet."""
    return Head(0, sha256(f"rj-natif/journal/{property_id}".encode()).hexdigest())


def part_salt(salt: bytes, part: str) -> bytes:
    """The salt of one part, which can be kept when the row's own salt is thrown away."""
    return sha256(salt + _PART_NAMES[part]).digest()


def leaf(salt: bytes, text: str | None) -> bytes:
    """The leaf of a part under its own salt; the one of an absent part is known."""
    return _ABSENT if text is None else sha256(salt + text.encode()).digest()


def digest(row: Mapping[str, Any]) -> str:
    """The digest of a row's erasable parts; of an erased part, what ``erasure`` keeps stands for it."""
    erasure = row.get("erasure")
    if erasure is None:
        salt = bytes.fromhex(row["salt"])
        leaves = [_ABSENT if row[part] is None else leaf(part_salt(salt, part), row[part]) for part in PARTS]
    else:
        leaves = [_kept_leaf(erasure, part, row[part]) for part in PARTS]
    return sha256(b"".join(leaves)).hexdigest()


def _kept_leaf(erasure: Mapping[str, Any], part: str, text: str | None) -> bytes:
    """The leaf of a part of an erased row; raises ``ValueError`` for a salt or a leaf of another length.

    A salt of any length would let whoever writes in the database move the first letters of a value into its salt.
    """
    if part in erasure["leaves"]:
        return _framed(erasure["leaves"][part])
    return _ABSENT if text is None else leaf(_framed(erasure["salts"][part]), text)


def _framed(text: str) -> bytes:
    framed = bytes.fromhex(text)
    if len(framed) != len(_ABSENT):
        raise ValueError
    return framed


def link(prev_hash: str, row: Mapping[str, Any], row_digest: str) -> str:
    """The hash of a row, which the next row repeats."""
    rest = canonical([_plain(row[column]) for column in CHAINED])
    return sha256(f"{prev_hash}{rest}{row_digest}".encode()).hexdigest()


def seal(key: bytes, property_id: int, head: Head) -> str:
    """The seal of a head: without the key, a head cannot be moved back over rows that were cut."""
    text = f"{property_id}|{head.seq}|{head.hash}|{head.broken_at or ''}"
    return hmac.digest(key, text.encode(), sha256).hex()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
