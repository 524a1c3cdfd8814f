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
from typing import Final, NamedTuple, cast

from database.types import canonical

PARTS: Final = ("actor_label", "old", "new", "reason")
"""What can be erased of a row."""


class Row(NamedTuple):
    """A row of a journal as its table keeps it: what is chained, what can be erased (``PARTS``), what proves both.

    ``old`` and ``new`` are JSON texts; ``erasure`` holds, by part, the salts left and the leaves of what was erased.
    """

    property_id: int
    seq: int
    at: datetime
    actor_id: int | None
    action: str
    night_id: int | None = None
    audit_date: date | None = None
    tab: str | None = None
    field: str | None = None
    line_id: str | None = None
    origin: str | None = None
    night_version: int | None = None
    revision: int | None = None
    actor_label: str | None = None
    old: str | None = None
    new: str | None = None
    reason: str | None = None
    salt: str | None = None
    erasure: Mapping[str, Mapping[str, str]] | None = None
    digest: str = ""
    prev_hash: str = ""
    hash: str = ""

    def part(self, name: str) -> str | None:
        """What one of ``PARTS`` says; raises ``KeyError`` for what is none of them."""
        if name not in PARTS:
            raise KeyError(name)
        return cast("str | None", getattr(self, name))

    @property
    def erased(self) -> frozenset[str]:
        """The parts that were erased of it."""
        return frozenset((self.erasure or {}).get("leaves", ()))


CHAINED: Final = Row._fields[: Row._fields.index("actor_label")]
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


def digest(row: Row) -> str:
    """The digest of a row's erasable parts; of an erased part, what ``erasure`` keeps stands for it."""
    if row.erasure is None:
        salt = bytes.fromhex(cast("str", row.salt))  # a row that lost its own does not read, and does not hold
        texts = ((name, row.part(name)) for name in PARTS)
        leaves = [_ABSENT if text is None else leaf(part_salt(salt, name), text) for name, text in texts]
    else:
        leaves = [_kept_leaf(row.erasure, name, row.part(name)) for name in PARTS]
    return sha256(b"".join(leaves)).hexdigest()


def _kept_leaf(erasure: Mapping[str, Mapping[str, str]], part: str, text: str | None) -> bytes:
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


def holds(row: Row) -> bool:
    """Whether the erasable parts of a row are those that were digested, or were properly erased."""
    try:
        erased = row.erasure["leaves"] if row.erasure is not None else ()
        if any(row.part(name) is not None for name in erased) or (erased and row.salt is not None):
            return False
        return digest(row) == row.digest
    except (KeyError, TypeError, ValueError):
        return False


def link(prev_hash: str, row: Row, row_digest: str) -> str:
    """The hash of a row, which the next row repeats."""
    rest = canonical([_plain(value) for value in row[: len(CHAINED)]])
    return sha256(f"{prev_hash}{rest}{row_digest}".encode()).hexdigest()


def seal(key: bytes, property_id: int, head: Head) -> str:
    """The seal of a head: without the key, a head cannot be moved back over rows that were cut."""
    text = f"{property_id}|{head.seq}|{head.hash}|{head.broken_at or ''}"
    return hmac.digest(key, text.encode(), sha256).hex()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
