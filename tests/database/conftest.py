"""A hotel with a night in its book, and the means to do to the book what nobody may."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, insert, select, text, update

from database import journal, night_seals, properties, revisions, seals, triggers
from database.journal import Actor, Entry, NightStamp
from database.models import Change, NightAuditSession, NightLine, NightTab
from database.revisions import Snapshot
from database.transaction import migrate, read, write
from database.verification import verify

NOW = datetime(2025, 12, 24, 8, 30, tzinfo=UTC)
DAY = date(2025, 12, 23)
AUDITOR = Actor(1, "Auditeur de démonstration")


@pytest.fixture(autouse=True)
def context(request):
    """These tests speak to the database without a request: they stand in the application's context."""
    asked = [name for name in ("app", "app_sqlite", "app_postgres") if name in request.fixturenames]
    if not asked:
        yield
        return
    with request.getfixturevalue(asked[0]).app_context():
        yield


@pytest.fixture
def hotel(app):
    """The id of the demonstration hotel."""
    with read() as connection:
        return properties.property_by_code(connection, "DEMO").id


def new_night(connection, hotel, day=DAY, **values):
    """Insert a night with one tab and one line; returns its id."""
    night = {
        "property_id": hotel,
        "audit_date": day,
        "status": "in_progress",
        "version": 1,
        "carry_version": 0,
        "revision": 0,
        "opened_at": NOW,
        "awaiting_override": False,
        "reprise": False,
    }
    created = connection.execute(insert(NightAuditSession).values(**night | values).returning(NightAuditSession.id))
    night_id = created.scalar_one()
    documents = {"inputs": {}, "origins": {}, "typed_texts": {}, "field_versions": {}}
    connection.execute(insert(NightTab).values(night_id=night_id, tab="recap", version=1, **documents))
    return night_id


@pytest.fixture
def night(hotel):
    """The id of a night in progress, opened in the journal."""
    with write() as connection:
        night_id = new_night(connection, hotel)
        stamp = NightStamp(night_id, DAY, 1, 0)
        journal.append(connection, hotel, AUDITOR, NOW, [Entry("ouverture")], stamp)
        reseal(connection, night_id)
    return night_id


def reseal(connection, night_id):
    """Seal a night as it stands, as the product does with every version."""
    table = Change.__table__.c
    seq = connection.execute(select(func.max(table.seq)).where(table.night_id == night_id)).scalar_one()
    if night_seals.read_seal(connection, night_id) is None:
        return night_seals.begin(connection, night_id, seq, night_seals.whole(connection, night_id))
    right = night_seals.Standing({}, frozenset())
    return night_seals.move(connection, night_id, seq, right, night_seals.whole(connection, night_id))


def keep(connection, night_id, cause):
    """Keep a snapshot of a night for ever."""
    snapshot = Snapshot(night_id, 0, cause, NOW, 1, None, {"computed": {"recap": {"recap_balance": "0.00"}}})
    revisions.add_revision(connection, snapshot, seals.seal_revision(connection, snapshot))


def move(connection, hotel, night_id, action, **values):
    """Change the state of a night, and say so in the journal."""
    connection.execute(update(NightAuditSession).where(NightAuditSession.id == night_id).values(**values))
    stamp = NightStamp(night_id, DAY, values["version"], values.get("revision", 0))
    journal.append(connection, hotel, AUDITOR, NOW, [Entry(action)], stamp)
    reseal(connection, night_id)


def lock(connection, hotel, night_id):
    """Lock a night as the product does: snapshot, state, journal, seal."""
    keep(connection, night_id, "lock")
    move(connection, hotel, night_id, journal.LOCKING, status="locked", version=2, recap_balance=Decimal(0))
    return seals.seal_night(connection, night_id)


def reopen(connection, hotel, night_id):
    """Open a correction as the product does."""
    keep(connection, night_id, "correction")
    opened = {"status": "correcting", "version": 3, "revision": 1, "checksum": None}
    move(connection, hotel, night_id, journal.REOPENING, **opened)


@pytest.fixture
def locked(hotel, night):
    """The id of a locked night with a line by person."""
    with write() as connection:
        line = {"tab": "dueback", "position": 0, "line_id": "a1", "person": "Réceptionniste 11", "measure": "nouveau"}
        where = {"property_id": hotel, "night_id": night, "audit_date": DAY}
        connection.execute(insert(NightLine).values(amount=Decimal("323.42"), **where, **line))
        lock(connection, hotel, night)
    return night


@pytest.fixture
def tamper():
    """Run a statement as somebody who has the database in hand: without triggers nor foreign keys."""

    def run(statement, **parameters):
        with migrate() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            else:
                triggers.drop(connection)
            changed = connection.execute(text(statement), parameters).rowcount
            if connection.dialect.name == "sqlite":
                triggers.install(connection)
            return changed

    return run


def problems(hotel):
    """What verifying the book says, place by place."""
    with read() as connection:
        return [(problem.place, problem.message) for problem in verify(connection, hotel)]


def rows(statement, **parameters):
    """The rows of a statement."""
    with read() as connection:
        return connection.execute(text(statement), parameters).all()


def count(model):
    """How many rows a table holds."""
    with read() as connection:
        return len(connection.execute(select(model.__table__)).all())
