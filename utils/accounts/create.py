"""Creating an account, or giving one a role in another hotel."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

import idna
from sqlalchemy import Connection

from database import journal, properties, users
from database.journal import Actor, Entry
from database.transaction import read, write
from database.types import canonical
from utils import dates
from utils.accounts import passwords
from utils.accounts.passwords import PasswordError
from utils.text import plain, scripts, skeleton, spelled

COMMAND: Final = Actor(None, "ligne de commande")
_LONGEST: Final = 120
_LONGEST_LOCAL: Final = 64
_LONGEST_ADDRESS: Final = 254
"""Bytes before the « @ », and in all, that SMTP carries (RFC 5321)."""

_ATOM: Final = r"[\w!#$%&'*+/=?^`{|}~\x80-\U0010ffff-]+"
_LOCAL: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")


class AccountError(ValueError):
    """An account that cannot be created; its message is a French sentence."""


def checked_address(email: str) -> str:
    """The spelling under which an address is kept; raises ``AccountError`` for one that no mail can reach.

    Every door that gives an account its address asks here.
    """
    address = users.address_key(email)
    local, _, domain = address.rpartition("@")
    if not local or "." not in domain or domain.endswith(".") or not address.isprintable() or " " in address:
        raise AccountError("L’adresse courriel s’écrit comme nom@hotel.ca.")
    if not _LOCAL.fullmatch(local):
        raise AccountError("Avant le « @ », l’adresse courriel a un signe ou un point qu’aucun courriel ne porte.")
    try:
        carried = idna.encode(domain)
    except UnicodeError:
        raise AccountError(f"« {domain} » ne peut pas être le domaine d’une adresse courriel.") from None
    if not _tells_apart(email, local, domain):
        raise AccountError("L’adresse courriel a une lettre qui se prend pour une autre : la retaper au clavier.")
    before = len(local.encode())
    if before > _LONGEST_LOCAL or before + 1 + len(carried) > _LONGEST_ADDRESS:
        raise AccountError("L’adresse courriel est trop longue pour qu’un courriel l’atteigne.")
    return address


def _tells_apart(typed: str, local: str, domain: str) -> bool:
    """Whether the eye reads what is kept: composed letters of one alphabet in each part, and no disguised sign."""
    written = unicodedata.normalize("NFC", plain(typed))
    if unicodedata.normalize("NFKC", written) != written or any(one in "İ。｡．" for one in written):
        return False
    letters = "".join(one for one in local + domain if not one.isascii() and one not in "’")
    if any(unicodedata.category(one)[0] != "L" for one in letters):
        return False
    return all(len(scripts(part)) <= 1 for part in (local, *domain.split(".")))


def need_distinct(connection: Connection, address: str) -> None:
    """Refuse an address that the eye takes for that of an account that exists."""
    alike = skeleton(address)
    if any(other != address and skeleton(other) == alike for other in users.addresses(connection)):
        raise AccountError("Cette adresse courriel se confond à l’œil avec celle d’un compte qui existe.")


def account(email: str, name: str, role: str, code: str, ask_password: Callable[[], str]) -> bool:
    """Give the account of this address a role in a hotel, creating it first when there is none.

    The password is asked for only then, and must be changed at the first log-in. Returns whether it was created.
    """
    email = checked_address(email)
    with read() as connection:
        hotel = properties.property_by_code(connection, code)
        exists = users.account_by_email(connection, email) is not None
    if hotel is None:
        raise AccountError(f"Aucun hôtel n’a le code « {code} ».")
    try:
        password_hash = None if exists else passwords.hashed(passwords.accepted(ask_password(), (email, name)))
    except PasswordError as error:
        raise AccountError(str(error)) from None
    with write() as connection:
        at = dates.now()
        found = users.account_by_email(connection, email)
        if found:
            user_id = found.id
        elif password_hash:
            need_distinct(connection, email)
            name = spelled(name)[:_LONGEST] or email.partition("@")[0]
            user_id = users.create_account(connection, email, name, password_hash, at, must_change_password=True)
        else:
            raise AccountError(f"Le compte {email} vient de disparaître.")
        users.give_role(connection, user_id, hotel.id, role)
        given = canonical({"compte": user_id, "role": role})
        journal.append(connection, hotel.id, COMMAND, at, [Entry("compte", new=given)])
    return not exists
