"""Creating an account, or giving one a role in another hotel."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection

from database import journal, properties, users
from database.journal import Actor, Entry
from database.properties import Hotel
from database.transaction import read, write
from database.types import canonical
from utils import dates
from utils.accounts import passwords
from utils.accounts.passwords import PasswordError
from utils.text import mailbox, spelled

COMMAND: Final = Actor(None, "ligne de commande")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")
_LONGEST: Final = 120


class AccountError(ValueError):
    """An account that cannot be created; its message is a French sentence."""


def account(email: str, name: str, role: str, code: str, ask_password: Callable[[], str]) -> bool:
    """Give the account of this address a role in a hotel, creating it first when there is none.

    The password is asked for only then, and must be changed at the first log-in. Returns whether it was created.
    """
    email = mailbox(email)
    if not _EMAIL.fullmatch(email) or not email.isprintable() or len(email) > 2 * _LONGEST:
        raise AccountError(f"« {email} » n’est pas une adresse courriel.")
    with read() as connection:
        hotel = properties.property_by_code(connection, code)
        exists = users.account_by_email(connection, email) is not None
    if hotel is None:
        raise AccountError(f"Aucun hôtel n’a le code « {code} ».")
    password_hash = None if exists else _hashed(ask_password())
    with write() as connection:
        _give(connection, email, spelled(name)[:_LONGEST] or email.partition("@")[0], role, hotel, password_hash)
    return not exists


def _hashed(password: str) -> str:
    try:
        return passwords.hashed(passwords.accepted(password))
    except PasswordError as error:
        raise AccountError(str(error)) from None


def _give(connection: Connection, email: str, name: str, role: str, hotel: Hotel, password_hash: str | None) -> None:
    """Create the account if it must be, give it its role, say so in the journal of the hotel."""
    at = dates.now()
    found = users.account_by_email(connection, email)
    if found:
        user_id = found.id
    elif password_hash:
        user_id = users.create_account(connection, email, name, password_hash, at, must_change_password=True)
    else:
        raise AccountError(f"Le compte {email} vient de disparaître.")
    users.give_role(connection, user_id, hotel.id, role)
    given = canonical({"compte": user_id, "role": role})
    journal.append(connection, hotel.id, COMMAND, at, [Entry("compte", new=given)])
