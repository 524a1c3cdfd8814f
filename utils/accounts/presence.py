"""What becomes of a session after log-in: it is still used, or it ends."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from database import sessions
from database.transaction import StorageError, write


def still_here(session_id: int, at: datetime) -> None:
    """Note that somebody works in this session; a book that is busy then does without."""
    with suppress(StorageError), write() as connection:
        sessions.touch_session(connection, session_id, at)


def work_in(session_id: int, property_id: int) -> None:
    """Note the hotel that a session works in."""
    with write() as connection:
        sessions.work_in(connection, session_id, property_id)


def sign_out(session_id: int, at: datetime) -> None:
    """End a session for good."""
    with write() as connection:
        sessions.end_session(connection, session_id, at)
