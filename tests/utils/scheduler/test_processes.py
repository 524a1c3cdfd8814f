"""Two real processes on one database, at the same 03:00: one run, and the effect of each step once.

They are told each quarter of an hour together: clocks that drifted hours apart would outlive the lease of a run.
"""

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from config.settings import ROOT
from database.transaction import read
from tests.utils.scheduler.clock import add_hotels, created, runs
from utils.scheduler.hotels import read_hotels

START = datetime(2026, 1, 15, 17, tzinfo=UTC)
HOTELS = 12
QUARTERS = 4 * 24 * 2
PROCESS = """
import sys, time
from datetime import datetime, timedelta
from pathlib import Path
from main import create_app
from tests.applications import demonstration
from utils.scheduler.timetable import When
from utils.scheduler.runner import Runner
from utils.scheduler.work import Job, Step, done

instance, uri, ledger = sys.argv[1], sys.argv[2], Path(sys.argv[3])
at = [datetime.fromisoformat(sys.argv[4])]

def effect(turn):
    with ledger.open("a") as file:
        file.write(f"{turn.property_id} {turn.job} {turn.night}\\n")
    return done("Fait.")

jobs = {"synchro": Job("S", When("synchro", timedelta(hours=24)), (Step("s", "s", effect),)),
        "digest": Job("D", When("digest", timedelta(hours=24)), (Step("d", "d", effect),))}
app = create_app(demonstration(instance, uri))
with app.app_context():
    runner = Runner(jobs, lambda: at[0])
    runner.tick()
    print("pret", flush=True)
    for _ in sys.stdin:
        at[0] += timedelta(minutes=15)
        for one in runner.tick():
            runner.perform(one)
        print("fait", flush=True)
"""


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_two_processes_on_one_database_do_each_run_once(request, engine, tmp_path):
    app = request.getfixturevalue(f"app_{engine}")
    settings, ledger = app.config["SETTINGS"], tmp_path / "registre"
    with app.app_context():
        created(START - timedelta(days=1))
        add_hotels(HOTELS - 1, START - timedelta(days=1))
    words = [settings.instance_path, settings.database_url, str(ledger), START.isoformat()]
    both = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, *words], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    try:
        assert [one.stdout.readline() for one in both] == ["pret\n"] * 2
        for _ in range(QUARTERS):
            for one in both:
                one.stdin.write("\n")
                one.stdin.flush()
            assert [one.stdout.readline() for one in both] == ["fait\n"] * 2
        for one in both:
            one.stdin.close()
        assert [one.wait(120) for one in both] == [0, 0]
    finally:
        for one in both:
            one.kill()
            one.stdin.close()
            one.stdout.close()
            one.wait()
    with app.app_context():
        rows = runs()
        with read() as connection:
            hotels = [key for key in read_hotels(connection) if key]
    lines = Counter(ledger.read_text().splitlines())
    assert len(hotels) == HOTELS
    assert set(lines.values()) == {1}
    assert len(lines) == len(rows) == HOTELS * 4
    assert {row["status"] for row in rows} == {"faite"}
    assert {row["attempts"] for row in rows} == {1}
