"""Renewals by several processes at once, and by one that dies at the worst moment."""

import os
import subprocess
import sys
import time

import pytest
from sqlalchemy import text

from config.settings import ROOT
from database.transaction import write
from tests.utils.lightspeed.conftest import DAY, PERSON, consent, demo_hotel, simulator
from utils.lightspeed import storage
from utils.lightspeed.errors import LightspeedAuthError

PROCESSES = 8
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
BEGIN = """
import os, signal, sys, time
from main import create_app
from database import properties
from database.transaction import read
from utils.lightspeed import oauth, storage

app = create_app()
with app.app_context():
    with read() as connection:
        hotel = properties.property_by_code(connection, "DEMO")
    client = storage.client_for(hotel)
    print("pret", flush=True)
    sys.stdin.readline()
"""
ASK = """
    print(client.get_account().account_id, flush=True)
"""
DIE_BEFORE_KEEPING = """
    storage.PropertyStore.save = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    client.get_account()
"""
DIE_BEFORE_ASKING = """
    oauth.refresh = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    client.get_account()
"""


def started(app, program):
    """A process of its own on the same database, ready to begin."""
    settings = app.config["SETTINGS"]
    environment = {
        "PATH": os.environ["PATH"],
        "DEMO": "oui",
        "SECRET_KEY": settings.secret_key,
        "INSTANCE_PATH": settings.instance_path,
        "DATABASE_URL": settings.database_url,
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", BEGIN + program],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "pret\n", process.stderr.read()
    return process


def let_go(processes):
    """Let them all begin at once; what each wrote, and how it ended."""
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    return [(*process.communicate(timeout=60), process.returncode) for process in processes]


@pytest.fixture
def expired(app):
    """A client whose access token has just expired, and its simulator."""
    storage._budgets.clear()
    with app.app_context(), simulator() as running:
        running.admin("POST", "authority", {"lasts": 1})
        storage.configure(demo_hotel().id, running.connection())
        client = storage.client_for(demo_hotel())
        client._keeper.finish(consent(client.authorization_url(PERSON)), PERSON)
        running.admin("POST", "authority", {"lasts": 3600})
        time.sleep(1.1)
        yield client, running


def test_eight_processes_at_expiry_renew_once(app, expired):
    _, running = expired
    ended = let_go([started(app, ASK) for _ in range(PROCESSES)])
    assert [(out.strip(), code) for out, _, code in ended] == [("HOTEL_1", 0)] * PROCESSES, ended
    assert running.inside.authority.refreshes == 1
    assert sum(1 for grant in running.inside.authority.grants if grant.alive) == 1


@on_sqlite
def test_eight_processes_whose_token_was_killed_renew_once(app, expired):
    client, running = expired
    client.get_account()
    running.inside.authority.refreshes = 0
    running.inside.authority.kill_access("HOTEL_1")
    ended = let_go([started(app, ASK) for _ in range(PROCESSES)])
    assert [(out.strip(), code) for out, _, code in ended] == [("HOTEL_1", 0)] * PROCESSES, ended
    assert running.inside.authority.refreshes == 1


def lease_runs_out():
    """What thirty seconds do."""
    with write() as connection:
        connection.execute(text("UPDATE property_integrations SET lease_until = '2020-01-01 00:00:00+00:00'"))


def killed(app, program):
    """Run a process that kills itself."""
    ((_, _, code),) = let_go([started(app, program)])
    assert code == -9


@on_sqlite
def test_killed_before_asking_leaves_a_working_connection(app, expired):
    client, running = expired
    killed(app, DIE_BEFORE_ASKING)
    lease_runs_out()
    assert client.get_daily_revenue(DAY).about.closed
    assert running.inside.authority.refreshes == 1


@on_sqlite
def test_killed_between_the_renewal_and_its_keeping_asks_for_a_person(app, expired):
    client, _ = expired
    killed(app, DIE_BEFORE_KEEPING)
    lease_runs_out()
    with pytest.raises(LightspeedAuthError) as refusal:
        client.get_daily_revenue(DAY)
    assert refusal.value.kind == "reconnecter"
    assert "gestionnaire" in str(refusal.value)
    assert not client.is_connected()
    client.authenticate(consent(client.authorization_url(PERSON)), PERSON)
    assert client.get_daily_revenue(DAY).about.closed
