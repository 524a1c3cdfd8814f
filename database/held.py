"""What the tables of a hotel hold, in the words of the journal: subject, name and JSON text of each thing.

These tables have no key of their own: ``database.replay`` holds what they say against the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, or_, select

from database import books
from database.journal import PRINT
from database.models import (
    PROPOSED,
    Budget,
    Invitation,
    MarshaSubmission,
    Membership,
    MonthImport,
    NightAuditSession,
    NotificationConfig,
    PersonAlias,
    Property,
    PropertySettings,
)
from database.models.marsha import SENDING, WAITING
from database.types import canonical
from utils.money import money_text
from utils.registry import Registry
from utils.shapes import Document

DATED: Final = "réglages du "
ROLES, NAMES, HOTEL, BUDGET = "roles", "noms réunis", "hotel", "budget"
INVITED, BOOKED, SUBMITTED, MARSHA, IMPORTS = (
    *("invitations", "réservations en main", "envois à MARSHA", "MARSHA", "importations"),
)
DESCRIBED: Final = ("code", "name", "currency", "time_zone", "opening_date", "demo")
DOCUMENT: Final = ", document"
_WRITTEN, _NOTHING = "écrits le", "(rien)"
_FIGURES: Final = ("revenue", "labour_budget", "labour_cost")


class Said(NamedTuple):
    """What one row, or one column of a table, says: of which subject, of which name, and the JSON text of it."""

    subject: str
    name: str
    value: object


READERS: Final[Registry[str, Callable[[Connection, int], Iterator[Said]]]] = Registry()
"""What is read of a hotel, by the place that is named when it does not read any more."""


@READERS.of("réglages")
def _settings(connection: Connection, property_id: int) -> Iterator[Said]:
    table = PropertySettings.__table__.c
    columns = (table.effective_from, table.document, table.created_at, table.created_by)
    statement = select(*columns).where(table.property_id == property_id)
    for start, document, at, by in connection.execute(statement.order_by(table.id)):
        subject = f"{DATED}{start.isoformat()}"
        yield Said(subject, *written(at, by))
        for path, value in leaves(document) if document else [(_NOTHING, canonical({}))]:
            yield Said(subject, path, value)


def written(at: datetime, by: int | None) -> tuple[str, str]:
    """The row itself, so that one that holds nothing is told apart too: when it was written, and by whom."""
    return f"{_WRITTEN} {at:%Y-%m-%d %H:%M:%S.%f}", canonical(by)


@READERS.of("notifications")
def _notices(connection: Connection, property_id: int) -> Iterator[Said]:
    statement = select(NotificationConfig.document).where(NotificationConfig.property_id == property_id)
    for document in connection.execute(statement).scalars():
        for path, value in leaves(document, "notifications."):
            if value != canonical({}):  # the page writes some, of which nothing is said
                yield Said("notifications", path, value)


@READERS.of(BUDGET)
def _budgets(connection: Connection, property_id: int) -> Iterator[Said]:
    table = Budget.__table__.c
    for row in connection.execute(select(Budget.__table__).where(table.property_id == property_id)):
        for name in _FIGURES:
            if (amount := getattr(row, name)) is not None:
                path = f"budget.{row.span}.{row.day.isoformat()}.{name}"
                yield Said(BUDGET, path, canonical(money_text(amount)))


@READERS.of(ROLES)
def roles(connection: Connection, property_id: int) -> Iterator[Said]:
    """The role of each account of a hotel."""
    statement = select(Membership.user_id, Membership.role).where(Membership.property_id == property_id)
    for user_id, role in connection.execute(statement):
        yield Said(ROLES, f"compte.{user_id}", canonical(role))


@READERS.of(NAMES)
def _names(connection: Connection, property_id: int) -> Iterator[Said]:
    statement = select(PersonAlias.spelling, PersonAlias.person).where(PersonAlias.property_id == property_id)
    for spelling, person in connection.execute(statement):
        yield Said(NAMES, canonical(spelling), canonical(person))


@READERS.of(HOTEL)
def _described(connection: Connection, property_id: int) -> Iterator[Said]:
    columns = [Property.__table__.c[name] for name in DESCRIBED]
    row = connection.execute(select(*columns).where(Property.id == property_id)).mappings().one()
    for name in DESCRIBED:
        value = row[name]
        yield Said(HOTEL, name, canonical(value.isoformat() if name == "opening_date" else value))


@READERS.of(INVITED)
def _invitations(connection: Connection, property_id: int) -> Iterator[Said]:
    table = Invitation.__table__.c
    columns = (table.user_id, table.role, table.created_at, table.invited_by)
    for user_id, role, at, by in connection.execute(select(*columns).where(table.property_id == property_id)):
        yield Said(INVITED, f"compte.{user_id}", canonical([role, *written(at, by)]))


@READERS.of(BOOKED)
def _booked(connection: Connection, property_id: int) -> Iterator[Said]:
    for name, digest in books.digests(connection, property_id):
        yield Said(BOOKED, name, canonical(digest))


@READERS.of(SUBMITTED)
def _submissions(connection: Connection, property_id: int) -> Iterator[Said]:
    statement = select(MarshaSubmission.__table__).where(MarshaSubmission.property_id == property_id)
    for row in connection.execute(statement):
        name = f"{row.business_date.isoformat()}.{row.sequence}"
        yield Said(SUBMITTED, name, canonical(WAITING if row.status == SENDING else row.status))
        yield Said(SUBMITTED, f"{name}{DOCUMENT}", canonical(print_of_submission(row)))
        if row.marsha_id is not None:
            yield Said(MARSHA, f"{name}, reçu", canonical(row.marsha_id))


def print_of_submission(row: Any) -> str:  # noqa: ANN401 - a row of the table, or the record of one
    """What tells the bytes of a submission, its key, its night and its revision from any others: 40 digits."""
    body = None if row.body is None else sha256(row.body.encode()).hexdigest()
    told = [body, row.digest, row.idempotency_key, row.night_id, row.revision]
    return sha256(canonical(told).encode()).hexdigest()[:PRINT]


@READERS.of(MARSHA)
def _marsha(connection: Connection, property_id: int) -> Iterator[Said]:
    table = NightAuditSession.__table__.c
    columns = (table.audit_date, table.marsha_status, table.marsha_submission_id)
    said = or_(table.marsha_status.is_not(None), table.marsha_submission_id.is_not(None))
    for day, status, name in connection.execute(select(*columns).where(table.property_id == property_id, said)):
        yield Said(MARSHA, day.isoformat(), canonical([status, name]))


@READERS.of(IMPORTS)
def _imports(connection: Connection, property_id: int) -> Iterator[Said]:
    table = MonthImport.__table__.c
    statement = select(table.id, table.status, table.files, table.month, table.opening_before)
    entered = statement.where(table.property_id == property_id, table.status != PROPOSED)
    for key, status, files, month, before in connection.execute(entered):
        yield Said(IMPORTS, f"{key}", canonical(status))
        yield Said(IMPORTS, f"{key}, fichiers", canonical(files))
        yield Said(IMPORTS, f"{key}, mois", canonical([month.isoformat(), before and before.isoformat()]))


def leaves(document: Document, path: str = "") -> Iterator[tuple[str, str | None]]:
    """Each value that a document of settings holds, by its path; maps within maps are gone through.

    An empty map is a value: its key is read by some. A dot in a key, which no setting has, is not that of a path.

    >>> list(leaves({"rates": {"tps": "5"}, "rooms": None, "roles": {}, "rates.tvq": "9"}))
    [('rates.tps', '"5"'), ('rooms', None), ('roles', '{}'), ('rates·tvq', '"9"')]
    """
    for key, value in document.items():
        here = f"{path}{key.replace('.', '·')}"
        if isinstance(value, dict) and value:
            yield from leaves(value, f"{here}.")
        else:
            yield here, None if value is None else canonical(value)


RULES: Final = ("réglages", ROLES, HOTEL)
"""The places of what a night is judged by."""
