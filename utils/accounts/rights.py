"""Whose account an administrator may touch, and what must never be left without an administrator."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from database import journal, members
from database.journal import Actor, Entry
from database.members import Member
from database.types import canonical
from utils import dates
from utils.accounts.create import AccountError

_ELSEWHERE: Final = (
    "Ce compte travaille aussi dans un hôtel que vous n’administrez pas : ici, vous pouvez changer ou retirer son rôle."
)
_LAST: Final = "C’est le dernier compte qui administre cet hôtel : en nommer un autre d’abord."


class NoSuchAccount(AccountError):
    """The account has no role in this hotel: for whoever asks, it does not exist."""


def need_member(connection: Connection, property_id: int, user_id: int) -> Member:
    """A person of the hotel, or a refusal."""
    found = members.member(connection, property_id, user_id)
    if found is None:
        raise NoSuchAccount("Ce compte n’a pas de rôle dans cet hôtel.")
    return found


def need_whole_account(connection: Connection, admin_id: int, user_id: int) -> None:
    """Refuse unless the administrator administers every hotel of the account: a password opens them all."""
    for hotel in members.hotels_of(connection, user_id):
        if admin_id not in members.administrators(connection, hotel.property_id):
            raise AccountError(_ELSEWHERE)


def governs_whole_account(connection: Connection, admin_id: int, user_id: int) -> bool:
    """The same, as an answer."""
    try:
        need_whole_account(connection, admin_id, user_id)
    except AccountError:
        return False
    return True


def keep_an_administrator(connection: Connection, property_id: int) -> None:
    """Refuse a change that left the hotel without anybody to administer it."""
    if not members.administrators(connection, property_id):
        raise AccountError(_LAST)


def tell(connection: Connection, actor: Actor, user_id: int, event: str, reason: str | None = None) -> None:
    """Say in the journal of each hotel of the account what was done to it; never a password."""
    for hotel in members.hotels_of(connection, user_id):
        entry = Entry("compte", field=f"compte.{user_id}", new=canonical(event), reason=reason)
        journal.append(connection, hotel.property_id, actor, dates.now(), [entry])
