"""Where a journal stands, to be written outside of it: a paper or a mail that names it shows later that a tail was cut.

Whoever holds the keys of the installation could cut the last rows and seal the head again: the chain would hold. What
left by mail the same morning cannot be cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from sqlalchemy import Connection, and_, insert, select, update

from database import chain
from database.chain import Head
from database.journal import keys_of, proves
from database.models import Change, JournalHead, JournalWitness

_rows: Final = Change.__table__.c
_heads: Final = JournalHead.__table__.c
_kept: Final = JournalWitness.__table__.c


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


def keep_witness(connection: Connection, property_id: int, day: date) -> None:
    """Remember where the journal stands when the letter of a day leaves with it."""
    head = read_head(connection, property_id)
    known = select(_kept.seq).where(_kept.property_id == property_id, _kept.seq == head.seq)
    if connection.execute(known).first() is None:
        row = {"property_id": property_id, "seq": head.seq, "day": day, "hash": head.hash}
        mac = chain.seal(keys_of(connection)[0], property_id, Head(head.seq, f"temoin {head.hash}"))
        connection.execute(insert(JournalWitness).values(**row, mac=mac))


def denied_witnesses(connection: Connection, property_id: int) -> Iterator[tuple[date, str]]:
    """The day and the French sentence of each letter that does not agree with the journal, and of altered witnesses."""
    here = and_(_rows.property_id == _kept.property_id, _rows.seq == _kept.seq)
    found = select(JournalWitness.__table__, _rows.hash.label("found")).select_from(JournalWitness)
    statement = found.outerjoin(Change, here).where(_kept.property_id == property_id).order_by(_kept.seq)
    for row in connection.execute(statement):
        said = Head(row.seq, f"temoin {row.hash}")
        if not proves(connection, partial(chain.seal, property_id=property_id, head=said), row.mac):
            yield row.day, "Le témoin du journal a été modifié : son sceau n’est pas le nôtre."
        elif row.found != row.hash:
            yield row.day, denied(connection, property_id, row.seq, row.hash) or ""


def reseal_witnesses(connection: Connection) -> None:
    """Seal them again with the present key."""
    for row in connection.execute(select(JournalWitness.__table__)).all():
        mac = chain.seal(keys_of(connection)[0], row.property_id, Head(row.seq, f"temoin {row.hash}"))
        mine = (_kept.property_id == row.property_id, _kept.seq == row.seq)
        connection.execute(update(JournalWitness).where(*mine).values(mac=mac))


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
