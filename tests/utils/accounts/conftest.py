"""The accounts of the demonstration, spoken to without a request."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from database.journal import Actor
from database.transaction import read
from utils.accounts.attempts import Origin

AT = datetime(2025, 12, 24, 8, 0, tzinfo=UTC)
HERE = Origin("192.0.2.1", "un navigateur")
ELSEWHERE = Origin("192.0.2.2", "un autre")


@pytest.fixture
def accounts(app_sqlite):
    """The ids of the accounts of the demonstration by the name before the « @ »."""
    with app_sqlite.app_context():
        with read() as connection:
            found = connection.execute(text("SELECT id, email FROM users")).all()
        yield {email.partition("@")[0]: user_id for user_id, email in found}


@pytest.fixture
def admin(accounts):
    """The administrator of the demonstration."""
    return Actor(accounts["admin"], "Admin")


def rows(statement, **parameters):
    """The rows of a statement."""
    with read() as connection:
        return [tuple(row) for row in connection.execute(text(statement), parameters)]


def told(action="compte"):
    """What the journal says of accounts, oldest first."""
    return rows("SELECT field, old, new FROM changes WHERE action = :action ORDER BY seq", action=action)
