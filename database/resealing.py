"""Seal the whole book again with the present key: a former one proves nothing any more, and can be taken away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from database import imports, journal, night_seals, revisions, seals, triggers
from database.journal import Entry
from database.journal_head import read_head, reseal_witnesses
from database.keys import key_id
from database.models import NightAuditSession, NightRevision, NightSeal, Property
from database.types import canonical
from database.verification import verify


class AlteredBook(Exception):
    """The book is not what the product wrote: sealing it again would make it ours. A French sentence says so."""


def reseal(connection: Connection, at: datetime) -> int:
    """Seal every hotel's nights, snapshots, readings, proposals and head again; how many hotels, each journal says it.

    To be done alone, triggers set aside: what is closed takes a new seal and nothing else. Raises ``AlteredBook``.
    """
    hotels = connection.execute(select(Property.id, Property.code).order_by(Property.id)).all()
    for property_id, code in hotels:
        if found := verify(connection, property_id):
            raise AlteredBook(f"{code}, {found[0].place} : {found[0].message} Rien n’a été scellé de nouveau.")
    triggers.drop(connection)
    closed = select(NightAuditSession.id).where(NightAuditSession.status == "locked")
    for night_id in connection.execute(closed).scalars().all():
        seals.seal_night(connection, night_id)
    for night_id, seq, parts in connection.execute(select(NightSeal.night_id, NightSeal.seq, NightSeal.parts)).all():
        night_seals.move(connection, night_id, seq, night_seals.Standing(parts, frozenset()), {})
    for one in connection.execute(select(NightRevision.id)).scalars().all():
        checksum = seals.seal_revision(connection, revisions.snapshot(connection, one))
        connection.execute(update(NightRevision).where(NightRevision.id == one).values(checksum=checksum))
    seals.seal_readings(connection)
    imports.reseal_proposals(connection)
    reseal_witnesses(connection)
    retired = [key_id(key) for key in journal.keys_of(connection)[1:]]
    for property_id, _ in hotels:
        seq = read_head(connection, property_id).seq
        entry = Entry(journal.RESEALING, new=canonical({"cles": retired, "derniere_ligne": seq}))
        journal.append(connection, property_id, journal.SYSTEM, at, [entry])
    triggers.install(connection)
    return len(hotels)
