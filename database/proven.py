"""What one row of the journal says, believed only once the chain proves it up to its sealed head.

The verification looks at the whole book; this is for what cannot wait for it: a role about to be given, bytes about to
leave the hotel.
"""

from __future__ import annotations

import json
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from database import chain, journal_rows
from database.chain import Head, Row
from database.held import print_of_submission, written
from database.invitations import Offer
from database.journal import proves
from database.marsha import Sent
from database.models import Change, JournalHead
from database.models.marsha import SENDING, WAITING
from database.replay import ENDINGS, OFFERING, SUBMITTING
from database.types import canonical

_rows: Final = Change.__table__.c


def offered(connection: Connection, offer: Offer) -> bool:
    """Whether the journal of a hotel says that it offered this role, so, and that nobody answered since."""
    ended = and_(_rows.action == "compte", _rows.new.in_([canonical(one) for one in ENDINGS]))
    mine = (_rows.field == f"compte.{offer.user_id}", or_(_rows.action == OFFERING, ended))
    row = _proven(connection, offer.property_id, *mine)
    if row is None or row.action != OFFERING or "new" in row.erased:
        return False
    said = (json.loads(row.new or "null"), *written(row.at, row.actor_id))
    return said == (offer.role, *written(offer.created_at, offer.invited_by))


def submitted(connection: Connection, it: Sent) -> bool:
    """Whether the journal of a hotel says that these very bytes are to leave for MARSHA, and that they stand so."""
    field = f"{it.business_date.isoformat()}.{it.sequence}"
    mine = (_rows.action == SUBMITTING, _rows.field == field)
    row = _proven(connection, it.property_id, *mine, _rows.origin.is_not(None))
    if row is None or row.origin != print_of_submission(it):
        return False
    last = journal_rows.last(connection, _rows.property_id == it.property_id, *mine)  # proved with the first
    return last is not None and last.new == canonical(WAITING if it.status == SENDING else it.status)


def _proven(connection: Connection, property_id: int, *conditions: ColumnElement[bool]) -> Row | None:
    """The last row of a hotel that meets these conditions, if each from it to the head is as it was written."""
    found = journal_rows.last(connection, _rows.property_id == property_id, *conditions)
    if found is None:
        return None
    before = None
    for row in journal_rows.in_order(connection, _rows.property_id == property_id, _rows.seq >= found.seq):
        linked = before is None or (row.seq, row.prev_hash) == (before.seq + 1, before.hash)
        if not linked or not chain.holds(row) or chain.link(row.prev_hash, row, row.digest) != row.hash:
            return None
        before = row
    table = JournalHead.__table__.c
    columns = (table.seq, table.hash, table.broken_at, table.mac)
    kept = connection.execute(select(*columns).where(table.property_id == property_id)).one_or_none()
    if kept is None or before is None or (kept.seq, kept.hash) != (before.seq, before.hash):
        return None
    head = Head(kept.seq, kept.hash, kept.broken_at)
    return found if proves(connection, lambda key: chain.seal(key, property_id, head), kept.mac) else None
