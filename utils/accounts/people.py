"""What an administrator does to the people of a hotel: create, give a role, close, open again, hand a password over."""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy import Connection

from database import invitations, journal, members, properties, proven, users
from database.journal import Actor, Entry
from database.models import ROLES
from database.replay import ENDINGS, OFFERING
from database.transaction import write
from database.types import canonical
from utils import dates
from utils.accounts import attempts, heard, passwords
from utils.accounts.create import AccountError, checked_address, need_distinct
from utils.accounts.rights import governs_whole_account, keep_an_administrator, need_member, need_whole_account, tell
from utils.text import LONGEST, PERSON, spelled

_LONGEST_NAME: Final = LONGEST[PERSON]
_ACCEPTED, _REFUSED, _WITHDRAWN = ENDINGS
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter or digit that is taken for another on paper."""


def new_password() -> str:
    """A password to hand over, read aloud without a mistake: four groups, 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def create_person(actor: Actor, property_id: int, described: tuple[str, str, str]) -> tuple[int, str | None]:
    """Create an account (address, name, role) of a hotel; returns its id and its first password.

    An address that has an account already keeps its password: none is returned. When another hotel has a say in that
    account, the role is offered, and the person accepts it: no hotel acts on the account of another.
    """
    email, name, role = checked_address(described[0]), spelled(described[1]), described[2]
    _check_name(name)
    if role not in ROLES:
        raise AccountError("Choisir un rôle de la liste.")
    password = new_password()
    password_hash = passwords.hashed(password)
    with write() as connection:
        at = dates.now()
        found = users.account_by_email(connection, email)
        if found and members.member(connection, property_id, found.id):
            raise AccountError(f"{email} a déjà un rôle dans cet hôtel.")
        if found and not governs_whole_account(connection, actor.id or 0, found.id):
            invitations.offer(connection, found.id, property_id, role, actor.id, at)
            code = properties.property_by_id(connection, property_id).code
            sentence = f"L’hôtel {code} vous offre un rôle : l’accepter ou le refuser à la page Profil, d’ici 14 jours."
            heard.warn(connection, found.id, sentence, at)
            entry = Entry(OFFERING, field=f"compte.{found.id}", new=canonical(role))
            journal.append(connection, property_id, actor, at, [entry])
            return found.id, None
        if not found:
            need_distinct(connection, email)
        must = {"must_change_password": True}
        user_id = found.id if found else users.create_account(connection, email, name, password_hash, at, **must)
        _give(connection, actor, (user_id, property_id), role, None)
    return user_id, None if found else password


def change_role(actor: Actor, property_id: int, user_id: int, role: str) -> None:
    """Give a person another role in this hotel, or none when ``role`` is empty."""
    if role and role not in ROLES:
        raise AccountError("Choisir un rôle de la liste.")
    with write() as connection:
        members.lock_members(connection, property_id)
        before = need_member(connection, property_id, user_id)
        if before.role != role:
            _give(connection, actor, (user_id, property_id), role, before.role)
            keep_an_administrator(connection, property_id)


def close_here(actor: Actor, property_id: int, user_id: int) -> None:
    """Close a person's account for this hotel only: its role and the sessions that work in it end, at once."""
    change_role(actor, property_id, user_id, "")


def set_open(actor: Actor, property_id: int, user_id: int, *, active: bool) -> None:
    """Close an account, its sessions with it, or open it again."""
    with write() as connection:
        _need_governed(connection, actor, property_id, user_id)
        users.set_active(connection, user_id, dates.now(), active=active)
        for hotel in members.hotels_of(connection, user_id):
            keep_an_administrator(connection, hotel.property_id)
        tell(connection, actor, user_id, "réactivé" if active else "désactivé")


def hand_password(actor: Actor, property_id: int, user_id: int) -> str:
    """Replace the password of an account by one to hand over, to be changed at once; returns it."""
    password = new_password()
    password_hash = passwords.hashed(password)
    with write() as connection:
        _need_governed(connection, actor, property_id, user_id)
        members.hand_password(connection, user_id, password_hash, dates.now())
        heard.warn(connection, user_id, "Un nouveau mot de passe a été imposé à votre compte.", dates.now())
        tell(connection, actor, user_id, "nouveau mot de passe imposé")
    return password


def unlock(actor: Actor, property_id: int, user_id: int) -> None:
    """Let an account try again now, after too many failures."""
    with write() as connection:
        person = need_member(connection, property_id, user_id)
        attempts.lift(connection, person.email)
        tell(connection, actor, user_id, "débloqué")


def rename(actor: Actor, property_id: int, user_id: int, name: str) -> None:
    """Correct the name of a person; what the journal wrote under the old one stays."""
    name = spelled(name)
    _check_name(name)
    with write() as connection:
        _need_governed(connection, actor, property_id, user_id)
        members.rename(connection, user_id, name)
        tell(connection, actor, user_id, "renommé")


def _need_governed(connection: Connection, actor: Actor, property_id: int, user_id: int) -> None:
    members.lock_members(connection, property_id)
    need_member(connection, property_id, user_id)
    need_whole_account(connection, actor.id or 0, user_id)


def _give(connection: Connection, actor: Actor, where: tuple[int, int], role: str, before: str | None) -> None:
    """Write the role, and say so in the journal of the hotel."""
    user_id, property_id = where
    if role:
        users.give_role(connection, user_id, property_id, role)
    else:
        members.end_in_hotel(connection, user_id, property_id, dates.now())
        members.remove_role(connection, user_id, property_id)
    old, new = (canonical(one) if one else None for one in (before, role))
    entry = Entry("role", field=f"compte.{user_id}", old=old, new=new)
    journal.append(connection, property_id, actor, dates.now(), [entry])
    if role:
        sentence = "a un rôle nouveau" if before is None else "a changé de rôle"
        heard.said(connection, user_id, "droit donné", sentence, dates.now())


def withdraw(actor: Actor, property_id: int, user_id: int) -> None:
    """Take an invitation back."""
    with write() as connection:
        if invitations.withdraw(connection, user_id, property_id):
            entry = Entry("compte", field=f"compte.{user_id}", new=canonical(_WITHDRAWN))
            journal.append(connection, property_id, actor, dates.now(), [entry])


def answer_invitation(actor: Actor, invitation_id: int, *, accepted: bool) -> None:
    """Accept a role that another hotel offers, or refuse it; nobody answers for somebody else.

    One that the journal of the hotel does not prove gives nothing: it stays where it is, and both hotels hear of it.
    """
    user_id, at, forged = actor.id or 0, dates.now(), False
    with write() as connection:
        mine = {one.id: one for one in invitations.of_person(connection, user_id, at)}
        found = mine.get(invitation_id)
        if found is not None and accepted and not proven.offered(connection, found):
            forged = True
            heard.forged_invitation(connection, user_id, found.property_id, at)
        elif found is None or not invitations.withdraw(connection, user_id, found.property_id):
            raise AccountError("Cette invitation n’est plus valable.")
        else:
            members.lock_members(connection, found.property_id)
            entry = Entry("compte", field=f"compte.{user_id}", new=canonical(_ACCEPTED if accepted else _REFUSED))
            journal.append(connection, found.property_id, actor, at, [entry])
            if accepted:
                _give(connection, actor, (user_id, found.property_id), found.role, None)
    if forged:
        raise AccountError(_FORGED)


_FORGED: Final = (
    "Cette invitation n’est pas celle que dit le journal de l’hôtel : elle ne donne aucun rôle. L’hôtel en est averti; "
    "lui en demander une autre."
)


def _check_name(name: str) -> None:
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise AccountError(f"Le nom a de 1 à {_LONGEST_NAME} caractères.")
