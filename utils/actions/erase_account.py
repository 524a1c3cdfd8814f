"""A person erased at their request (Loi 25): the account is emptied, the journal keeps its proof without the name."""

from __future__ import annotations

from datetime import datetime

from database import alerts, erasure, invitations, journal, outbox, properties, users
from database.journal import Actor, Entry
from database.replay import ENDINGS
from database.transaction import write
from database.types import canonical
from utils.notifications.kinds import SECURITY

ERASED = "Personne effacée"
_ACTOR = Actor(None, "effacement")
_GONE = "Ce que disait cette alerte est parti avec la personne qu’elle nommait."
_SHORTEST = 4
*_, _WITHDRAWN = ENDINGS


class ErasureError(Exception):
    """Nothing was erased; the message is a French sentence."""


def erase_account(email: str, at: datetime) -> int:
    """Empty the account of this address, erase its name in the journal of every hotel, alerts and mails; how many rows.

    What the nights hold stays: the books are kept, and their figures with the names of the envelopes.
    """
    with write() as connection:
        account = users.account_by_email(connection, email)
        if account is None:
            raise ErasureError(f"Aucun compte n’a l’adresse {email}.")
        if account.active:
            raise ErasureError("Ce compte est actif : le désactiver d’abord.")
        names = [name for name in (account.name, account.email) if len(name) >= _SHORTEST]
        hotels = properties.all_properties(connection)
        for one in hotels:  # an offer goes with the account, and the journal of the hotel says so
            if invitations.withdraw(connection, account.id, one.id):
                entry = Entry("compte", field=f"compte.{account.id}", new=canonical(_WITHDRAWN))
                journal.append(connection, one.id, _ACTOR, at, [entry])
        rows = sum(erasure.erase_person(connection, one.id, account.id, names, _ACTOR, at) for one in hotels)
        alerts.forget_person(connection, SECURITY, account.id, names, _GONE)
        outbox.forget_person(connection, account.id, names)
        users.end_sessions(connection, account.id, at)
        users.empty_account(connection, account.id, f"efface-{account.id}@efface.invalid", ERASED)
    return rows
