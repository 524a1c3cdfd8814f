"""The hotel that somebody just created: they administer it, and its journal says so."""

from __future__ import annotations

from database import journal, users
from database.journal import Actor, Entry
from database.transaction import write
from database.types import canonical
from utils import dates


def administer(actor: Actor, property_id: int) -> None:
    """Make the creator of a hotel its administrator."""
    with write() as connection:
        users.give_role(connection, actor.id or 0, property_id, "admin")
        entry = Entry("role", field=f"compte.{actor.id}", new=canonical("admin"))
        journal.append(connection, property_id, actor, dates.now(), [entry])
