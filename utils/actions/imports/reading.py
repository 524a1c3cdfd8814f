"""The imports of a hotel as pages show them; nothing here writes."""

from __future__ import annotations

from database import imports, users
from database.imports import Kept
from database.models import PROPOSED
from database.transaction import read
from utils.actions.person import Person
from utils.actions.refusals import NoSuchNight
from utils.shapes import Document


def imports_of(person: Person) -> tuple[list[Kept], dict[int, str]]:
    """Every import of the hotel, latest month first, and the names of those who acted."""
    with read() as connection:
        found = imports.list_of(connection, person.property_id)
        people = {who for one in found for who in (one.created_by, one.entered_by, one.undone_by) if who}
        return found, dict(users.names(connection, people))


def waiting_of(person: Person) -> list[Kept]:
    """The months that wait to be accepted, the oldest first."""
    return sorted((one for one in imports_of(person)[0] if one.status == PROPOSED), key=lambda one: one.month)


def import_of(person: Person, import_id: int) -> tuple[Kept, Document]:
    """An import and what is to be read of it; raises ``NoSuchNight`` for one that the hotel does not have."""
    with read() as connection:
        found = imports.find(connection, person.property_id, import_id)
        if found is None:
            raise NoSuchNight("Cette importation n’existe pas, ou plus : une proposition est gardée sept jours.")
        return found, imports.document_of(connection, import_id)
