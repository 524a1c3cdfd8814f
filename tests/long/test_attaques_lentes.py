"""Connections that hold what they can, each kind for a minute, beside a person who saves."""

import socket
import threading
import time
from contextlib import closing, suppress

import pytest

from bench.application import EMPTY
from bench.load import HOST
from bench.measure import Measure
from tests.config.test_worker import PIPELINE, SLOW_BODY, SLOW_HEADERS
from tests.long.serveur import Gunicorn, nothing_lost, writers

SECONDS = 60
ATTACKS = [(b"", 1000), (SLOW_HEADERS, 100), (SLOW_BODY, 100), (PIPELINE, 50)]
NAMES = ["1 000 muettes", "100 en-têtes lents", "100 corps lents", "50 qui ne lisent pas"]
TIMES = 10
"""How many empty views the save of a person may take, nineteen times in twenty."""

ADDRESSES = 10
"""From which they come; the person has another one."""


class Crowd(threading.Thread):
    """So many connections that never read, send a byte now and then, and come back when they are cut."""

    def __init__(self, port, begun, count):
        super().__init__(daemon=True)
        self.port, self.begun, self.count, self.ended, self.opened = port, begun, count, threading.Event(), 0

    def run(self):
        held = []
        while not self.ended.wait(0.5):
            held = [one for one in held if self.lasts(one)]
            while len(held) < self.count and not self.ended.is_set():
                with suppress(OSError):
                    held.append(self.come())
        for one in held:
            one.close()

    def come(self):
        """One more connection, which begins what it will not end."""
        here = (f"127.0.1.{1 + self.opened % ADDRESSES}", 0)
        self.opened += 1
        one = socket.create_connection((HOST, self.port), timeout=5, source_address=here)
        one.setblocking(False)
        with suppress(BlockingIOError):
            one.send(self.begun)
        return one

    def lasts(self, one):
        """Whether the server still holds it; a byte more is sent where something was begun."""
        try:
            if self.begun:
                one.send(b"a")
            elif one.recv(1) == b"":
                raise ConnectionResetError
        except BlockingIOError:
            return True
        except OSError:
            one.close()
            return False
        return True


@pytest.fixture
def server(tmp_path):
    running = Gunicorn(tmp_path, application="bench.application:with_empty_view()")
    running.start()
    yield running
    running.leave()


def empty_views(server, seconds=5):
    """What a signed-in view that says nothing takes, at rest."""
    durations, ends = [], time.monotonic() + seconds
    with closing(server.client("admin")) as client:
        while time.monotonic() < ends:
            begun = time.perf_counter()
            assert client.send("GET", EMPTY).status == 200
            durations.append(time.perf_counter() - begun)
    return Measure.of(durations, seconds)


def test_a_person_who_saves_waits_for_none_of_them(server, capsys):
    """And the server weighs afterwards what it weighed before, within a tenth."""
    empty, [person] = empty_views(server), writers(server, 1)
    person.until(time.monotonic() + 5, pause=0.05)
    weight, told = server.memory_mb(), {}
    for name, (begun, count) in zip(NAMES, ATTACKS, strict=True):
        crowd, person.client, person.seconds = Crowd(server.port, begun, count), server.client("auditeur"), []
        crowd.start()
        person.until(time.monotonic() + SECONDS, pause=0.05)
        crowd.ended.set()
        crowd.join()
        told[name] = Measure.of(person.seconds, SECONDS).p95_ms / empty.p95_ms
        with capsys.disabled():
            times = f"{told[name]:.1f} vues vides, {len(person.seconds)} enregistrements, {crowd.opened} connexions"
            print(f"\n    {name}, {SECONDS} s : 95 % en {times}, {server.memory_mb():.0f} Mo (avant {weight:.0f})")  # noqa: T201
    nothing_lost(server, [person])
    assert {name: times for name, times in told.items() if times > TIMES} == {}
    assert server.memory_mb() <= 1.1 * weight
