"""Storms on a real server: nothing confirmed is lost, the only refusal is an honest 503, the journal verifies.

Each runs for a second or two with the other tests, and at its full length under the mark « long »; figures are printed.
"""

import random
import resource
import signal
import sqlite3
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import make_url

from bench.measure import Measure
from tests.long.serveur import NIGHT, Gunicorn, Writer, nothing_lost, sign_in, together, writers

HONEST = {200, 503}
FIRST = date(2025, 1, 1)


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.long)]
"""The engines of a storm whose short form is told once; all of them are told at full length."""


def lengths(short, long):
    """A storm at its two lengths."""
    return [pytest.param(*short, id="court"), pytest.param(*long, id="long", marks=pytest.mark.long)]


@pytest.fixture
def places(request, tmp_path):
    """Make a server on this engine: ``places("postgres")``."""
    made = []

    def make(engine="sqlite", **more):
        uri = ""
        if engine == "postgres":
            database = request.getfixturevalue("postgres").database()
            uri = database.__enter__()
            request.addfinalizer(lambda: database.__exit__(None, None, None))
        made.append(Gunicorn(tmp_path / "instance", uri, **more))
        request.addfinalizer(made[-1].leave)
        return made[-1]

    return make


def tell(capsys, *words):
    """Print figures although the test passes."""
    with capsys.disabled():
        print("\n   ", *words)  # noqa: T201 - a figure is told


def summed(people):
    return sum((one.answers for one in people), Counter())


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
@pytest.mark.parametrize(("count", "seconds"), lengths((8, 1.5), (50, 20)))
def test_writers_on_one_night_lose_nothing(places, capsys, engine, count, seconds):
    server = places(engine)
    server.start()
    people = writers(server, count)
    for thread in together(people, time.monotonic() + seconds):
        thread.join()
    answers = summed(people)
    nothing_lost(server, people)
    server.verified()
    assert set(answers) <= HONEST
    assert answers[200] == sum(one.written for one in people)
    measure = Measure.of(sorted(s for one in people for s in one.seconds), seconds)
    tell(capsys, f"{count} écrivains, {engine}, {seconds} s : {dict(answers)}, {measure}, 0 perdu")


def test_two_servers_on_one_base_are_one_book(capsys, postgres, tmp_path):
    """A group that outgrew one process: a session opened on one server serves on the other, nothing is lost."""
    with postgres.database() as uri:
        first, second = (Gunicorn(tmp_path / name, uri) for name in ("un", "deux"))
        try:
            for server in (first, second):
                server.start()
            people = writers(first, 20)
            for one in people[::2]:
                one.client = second.connect(one.client)
            for thread in together(people, time.monotonic() + 10):
                thread.join()
            nothing_lost(second, people)
            first.verified()
        finally:
            for server in (first, second):
                server.leave()
    answers = summed(people)
    assert set(answers) <= HONEST
    assert all(one.confirmed for one in people)
    tell(capsys, f"20 écrivains sur deux serveurs, postgres, 10 s : {dict(answers)}, 0 perdu")


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize(("count", "seconds"), lengths((10, 2), (200, 120)))
def test_people_on_their_own_nights(places, capsys, engine, count, seconds):
    """Each saves, then thinks for two seconds or so; the empty view is asked by as many, as often."""
    server = places(engine, application="bench.application:with_empty_view()")
    server.start()
    people = [own_night(server, one, count) for one in writers(server, count)]
    pause = 0.1 if seconds < 10 else 2.0
    empty = [Reader(server.connect(one.client)) for one in people]
    measures = []
    for crowd, length in ((empty, seconds / 4), (people, seconds)):
        for thread in together(crowd, time.monotonic() + length, pause):
            thread.join()
        measures.append(Measure.of([s for one in crowd for s in one.seconds], length))
    nothing_lost(server, people)
    server.verified()
    assert set(summed(people)) == {200}
    vide, nuit = measures
    ratios = f"p95 × {nuit.p95_ms / vide.p95_ms:.1f}, p99 × {nuit.p99_ms / vide.p99_ms:.1f}"
    tell(capsys, f"{count} personnes, {engine}, {seconds} s : {nuit}; vue vide {vide}; {ratios}; 0 erreur")


def own_night(server, one, count):
    """Give a person a night of their own, opened."""
    one.night = f"{NIGHT[:-10]}{(FIRST + timedelta(days=one.number)).isoformat()}"
    assert one.client.send("POST", one.night).status in (200, 201)
    return one


class Reader:
    """One who asks for the empty view."""

    def __init__(self, client):
        self.client, self.seconds = client, []

    def until(self, ends, pause):
        while time.monotonic() < ends:
            begun = time.perf_counter()
            assert self.client.send("GET", "/banc/vide").status == 200
            self.seconds.append(time.perf_counter() - begun)
            time.sleep(pause)
        self.client.close()


@pytest.mark.parametrize(("saves", "most_mb"), lengths((200, 60), (10_000, 12)))
def test_memory_is_flat(places, capsys, saves, most_mb):
    server = places()
    server.start()
    people = writers(server, 4)
    weights = []
    for goal in (saves // 5, saves):
        with ThreadPoolExecutor(len(people)) as pool:
            list(pool.map(lambda one: up_to(one, goal // len(people)), people))  # noqa: B023
        weights.append(server.memory_mb())
    tell(capsys, f"Mémoire après {saves // 5} et {saves} enregistrements : {weights[0]:.1f} et {weights[1]:.1f} Mo")
    nothing_lost(server, people)
    assert weights[1] - weights[0] < most_mb


def up_to(one, goal):
    while one.written < goal:
        assert one.write().status == 200


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize("rounds", lengths((1,), (20,)))
def test_killed_without_a_word(places, capsys, engine, rounds):
    """Kill -9 of the whole tree under six writers, again and again."""
    server, chance, waits = places(engine), random.Random(5), []
    server.start()
    people, confirmed = writers(server, 6), 0
    for _ in range(rounds):
        threads = together(people, time.monotonic() + 30)
        time.sleep(chance.uniform(0.4, 1.4))
        server.kill()
        for thread in threads:
            thread.join()
        waits.append(server.start())
        nothing_lost(server, people)
        server.verified()
    confirmed = sum(one.confirmed for one in people)
    assert confirmed > 0
    assert set(summed(people)) <= HONEST
    tell(
        capsys, f"{rounds} kill -9, {engine} : {confirmed} confirmés, 0 perdu; réponse après {max(waits):.2f} s au plus"
    )


@pytest.mark.parametrize("seconds", lengths((1,), (5,)))
def test_the_disk_is_full_then_is_not(places, capsys, seconds):
    """No file may grow: every save is refused honestly; once it may again, work goes on without a restart."""
    server = places()
    server.start()
    people = writers(server, 6)
    threads = together(people, time.monotonic() + 3 * seconds + 8)
    time.sleep(seconds)
    limits = resource.prlimit(server.worker, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    time.sleep(seconds)
    refused = summed(people)[503]
    ready = server.connect().send("GET", "/readyz").status
    resource.prlimit(server.worker, resource.RLIMIT_FSIZE, limits)
    begun, seen = time.monotonic(), summed(people)[200]
    while summed(people)[200] == seen:
        time.sleep(0.01)
    wait = time.monotonic() - begun
    for thread in threads:
        thread.join()
    nothing_lost(server, people)
    server.verified()
    assert set(summed(people)) <= HONEST
    assert refused > 0
    assert ready in (200, 503)
    tell(capsys, f"Disque plein : {refused} refus 503, reprise en {wait:.2f} s, {dict(summed(people))}, 0 perdu")


@pytest.mark.long
def test_the_base_is_read_only_then_back(places, capsys, postgres):
    server = places("postgres")
    server.start()
    people, name = writers(server, 6), make_url(server.uri).database
    threads = together(people, time.monotonic() + 6)
    time.sleep(0.5)
    for state in ("on", "off"):
        postgres.run(
            f"ALTER DATABASE {name} SET default_transaction_read_only = {state}",
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608
        )
        time.sleep(1)
        refused = summed(people)[503]
    seen = summed(people)[200]
    for thread in threads:
        thread.join()
    assert summed(people)[200] > seen, "work goes on"
    nothing_lost(server, people)
    server.verified()
    assert refused > 0
    assert set(summed(people)) <= HONEST
    tell(capsys, f"Base en lecture seule : {refused} refus 503, puis {dict(summed(people))}, 0 perdu")


@pytest.mark.long
def test_another_program_holds_the_file(places, capsys):
    server = places()
    server.start()
    people = writers(server, 6)
    threads = together(people, time.monotonic() + 9)
    time.sleep(0.5)
    with closing(sqlite3.connect(server.directory / "rj.db", isolation_level=None)) as holder:
        holder.execute("PRAGMA busy_timeout=5000")
        holder.execute("BEGIN IMMEDIATE")
        reads = server.connect(people[0].client)
        assert reads.send("GET", NIGHT).status == 200, "reading goes on"
        time.sleep(6)
        holder.execute("ROLLBACK")
    for thread in threads:
        thread.join()
    nothing_lost(server, people)
    server.verified()
    answers = summed(people)
    assert set(answers) == HONEST
    tell(capsys, f"Base tenue 6 s par un autre programme : {dict(answers)}, 0 perdu")


@pytest.mark.parametrize("engine", BOTH)
def test_asked_to_stop_under_load(places, capsys, engine):
    server = places(engine)
    server.start()
    people = writers(server, 6)
    threads = together(people, time.monotonic() + 30)
    time.sleep(1)
    begun = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    code = server.stop()
    took = time.monotonic() - begun
    for thread in threads:
        thread.join()
    wait = server.start()
    nothing_lost(server, people)
    server.verified()
    assert code == 0
    assert set(summed(people)) <= HONEST
    tell(
        capsys,
        f"SIGTERM, {engine} : arrêt en {took:.2f} s, réponse {wait:.2f} s après, {dict(summed(people))}, 0 perdu",
    )


@pytest.mark.parametrize("engine", BOTH)
def test_the_clock_is_moved(places, capsys, engine, tmp_path):
    """By an hour and by a day, forward and back, while people work: whoever is signed out signs in again."""
    clock = tmp_path / "horloge"
    server = places(engine, application="tests.long.horloge:application()", RJ_HORLOGE=str(clock))
    server.start()
    people, worked = [Writer(number, server.connect()) for number in range(3)], []
    for seconds in (0, 3600, 0, 86_400, 0, -3600, 0):
        clock.write_text(str(seconds), encoding="ascii")
        for one, name in zip(people, ("auditeur", "superviseur", "admin"), strict=True):
            for _ in range(5):
                answer = one.write() if one.client.cookies else None
                if answer is None or answer.status == 401:
                    sign_in(one.client, name)
                    one.client.send("POST", NIGHT)
                else:
                    assert answer.status == 200, answer.body
        worked.append(sum(one.confirmed for one in people))
    assert all(after > before for before, after in pairwise(worked)), worked
    nothing_lost(server, people)
    server.verified()
    tell(capsys, f"Horloge déplacée, {engine} : {worked[-1]} confirmés, 0 perdu, {dict(summed(people))}")
