"""Where a journal stands, to be written outside of it: a paper or a mail that names it shows later that a tail was cut.

Whoever holds the keys of the installation could cut the last rows and seal the head again: the chain would hold. What
left by mail the same morning cannot be cut.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from database.models import Change, JournalHead

_rows: Final = Change.__table__.c
_heads: Final = JournalHead.__table__.c


class Witness(NamedTuple):
    """The last row of a journal, as a mail or a paper says it: rank and hash."""

    seq: int
    hash: str

    @property
    def words(self) -> str:
        """The witness as the verification takes it back: ``1234:9f86d081884c7d65``."""
        return f"{self.seq}:{self.hash[:16]}"


def read_head(connection: Connection, property_id: int) -> Witness:
    """The head of the journal of a hotel."""
    statement = select(_heads.seq, _heads.hash).where(_heads.property_id == property_id)
    return Witness(*connection.execute(statement).one())


def denied(connection: Connection, property_id: int, seq: int, hash_begins: str) -> str | None:
    """Why a witness does not agree with the journal, as a French sentence; nothing when it does."""
    statement = select(_rows.hash).where(_rows.property_id == property_id, _rows.seq == seq)
    found = connection.execute(statement).scalar_one_or_none()
    if found is None:
        last = read_head(connection, property_id).seq
        return f"La ligne {seq} n’est plus au journal, qui s’arrête à la ligne {last} : sa fin a été coupée."
    if not found.startswith(hash_begins):
        return f"La ligne {seq} n’est plus celle qui avait été écrite."
    return None
