"""Who has a night open now: remembered by the process that serves it, forgotten after a minute and a half."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from threading import Lock
from typing import Final

from flask import current_app

from utils import dates
from utils.actions.person import Person

STAYS: Final = timedelta(seconds=90)
_EXTENSION: Final = "rj_presence"


class Presence:
    """The people on each night, and when each was last seen. Nothing of it is kept in the book."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._seen: dict[tuple[int, date], dict[int, tuple[str, datetime]]] = {}
        self._lock = Lock()

    def note(self, person: Person, day: date, at: datetime) -> tuple[str, ...]:
        """Note that somebody is on a night; the names of the others who are."""
        with self._lock:
            for night, people in list(self._seen.items()):
                left = {user_id: seen for user_id, seen in people.items() if dates.holds(seen[1] + STAYS, at, STAYS)}
                if left:
                    self._seen[night] = left
                else:
                    del self._seen[night]
            here = self._seen.setdefault((person.property_id, day), {})
            here[person.user_id] = (person.label, at)
            others = (name for user_id, (name, _) in here.items() if user_id != person.user_id)
            return tuple(sorted(others, key=str.casefold))


def presence() -> Presence:
    """Who is where, in the process that serves this application."""
    found: Presence = current_app.extensions.setdefault(_EXTENSION, Presence())
    return found
