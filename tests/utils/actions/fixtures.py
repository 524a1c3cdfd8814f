"""One application a module and engine, shared by its tests: each works on a night of its own, before all the others."""

import shutil
from datetime import date, timedelta
from weakref import WeakKeyDictionary

import pytest

from main import create_app
from tests.applications import Browser, close, demonstration
from tests.utils.actions.nights import known

LAST = date(2026, 10, 31)

_days = WeakKeyDictionary()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def shared(request, tmp_path_factory):
    """The demonstration, kept for all the tests of a module: on both engines."""
    instance = tmp_path_factory.mktemp("partage")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), instance / "rj.db")
        yield from started(instance)
        return
    template = request.getfixturevalue("postgres_template")
    with request.getfixturevalue("postgres").database(template) as uri:
        yield from started(instance, uri)


def started(instance, uri=""):
    """The application on this database, until the module ends."""
    app = create_app(demonstration(instance, uri))
    app.test_client_class = Browser
    yield app
    close(app)


def next_day_of(app):
    """A date before all those that were used in this application: its night carries nothing of theirs."""
    _days[app] = _days.get(app, LAST) - timedelta(days=1)
    return _days[app].isoformat()


@pytest.fixture
def day(shared):
    """The date of the night of this test."""
    return next_day_of(shared)


@pytest.fixture(scope="module")
def settled(shared):
    """The auditor in front of a night that already holds a line and a sum, at version 3; no test changes it."""
    anne = known(shared, "auditeur", LAST.isoformat()).open()
    anne.save("sd", {"sd_entries": [{"id": "ligne-aa", "name": "Un", "amount": "1.00"}]})
    anne.save("recap", saisies={"cash_ls_lecture": "=60+40"})
    return anne


@pytest.fixture
def fresh(shared):
    """Open a night that no other test uses, by the auditor."""
    return lambda: known(shared, "auditeur", next_day_of(shared)).open()


@pytest.fixture
def anne(shared, day):
    """The night auditor, who opened the night."""
    return known(shared, "auditeur", day).open()


@pytest.fixture
def benoit(shared, day):
    """The supervisor, in another browser."""
    return known(shared, "superviseur", day)


@pytest.fixture
def claire(shared, day):
    """The controller."""
    return known(shared, "controleur", day)


@pytest.fixture
def denis(shared, day):
    """The director."""
    return known(shared, "directeur", day)
