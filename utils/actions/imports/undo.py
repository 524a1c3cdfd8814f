"""An import undone in one step: its nights go, the journal keeps that they came and went."""

from __future__ import annotations

from datetime import datetime

from database import imports, journal, marsha, nights, properties
from database.journal import UNDOING, Entry, NightStamp
from database.models import IMPORTED, UNDONE
from database.nights import as_text
from database.transaction import write
from utils.actions.person import Person, actor
from utils.actions.refusals import Conflict, Forbidden, NoSuchNight


def undo_month(person: Person, import_id: int, at: datetime) -> int:
    """Take away every night that an import brought; how many went.

    Raises ``Conflict`` when one of them was corrected since, or has a submission to MARSHA: it is one of ours now.
    """
    if not person.may("importer"):
        raise Forbidden("Votre rôle ne permet pas de défaire une importation.")
    with write() as connection:
        found = imports.find(connection, person.property_id, import_id)
        if found is None:
            raise NoSuchNight("Cette importation n’existe pas.")
        if found.status == UNDONE:
            return 0
        if found.status != IMPORTED:
            raise Conflict("Cette proposition n’est pas dans le livre : il n’y a rien à défaire.")
        brought = imports.nights_of(connection, import_id)
        ours = ", ".join(
            day.isoformat()
            for _, day, _, revision in brought
            if revision or marsha.of_date(connection, person.property_id, day)
        )
        if ours:
            raise Conflict(f"Des nuits ont été corrigées, ou préparées pour MARSHA ({ours}) : rien n’est défait.")
        for night_id, day, version, revision in brought:
            entry = Entry(UNDOING, old=as_text({"importation": import_id}))
            stamp = NightStamp(night_id, day, version + 1, revision)
            journal.append(connection, person.property_id, actor(person), at, [entry], stamp)
        columns = {"status": UNDONE, "undone_at": at, "undone_by": person.user_id or None, "document": {}}
        imports.change(connection, import_id, columns)
        if brought:
            imports.take_away(connection, [night_id for night_id, *_ in brought])
            nights.tell_later_nights(connection, person.property_id, brought[0][1])
        before = imports.latest_opening(connection, person.property_id)
        if before is not None:  # the opening date that the hotel had comes back, unless nights older than it remain
            hotel = properties.property_by_id(connection, person.property_id)
            first = imports.first_day(connection, person.property_id)
            day = before if first is None else min(before, first)
            if day != hotel.opening_date:
                properties.move_opening(connection, hotel, day, actor(person), at)
        return len(brought)
