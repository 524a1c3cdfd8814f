"""Requests that never finish arriving: they hold the server for some seconds, not for ever."""

import socket
import time
from contextlib import closing, suppress

import pytest

from bench.load import HOST, get, serve
from config.arrival import ARRIVAL_S

BODY = (
    b"POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\na"
)
HEADERS = b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: "


@pytest.mark.parametrize("begun", [BODY, HEADERS], ids=["corps", "en-têtes"])
def test_people_are_answered_although_every_thread_was_taken(begun, capsys):
    """One more than the server has threads, each dribbling a byte now and then."""
    with serve() as server:
        slow = [socket.create_connection((HOST, server.port)) for _ in range(9)]
        for one in slow:
            one.sendall(begun)
        start = time.monotonic()
        with closing(socket.create_connection((HOST, server.port), timeout=3 * ARRIVAL_S)) as person:
            person.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            person.settimeout(0.5)
            answer = b""
            while not answer and time.monotonic() - start < 3 * ARRIVAL_S:
                for one in slow:
                    with suppress(OSError):
                        one.sendall(b"a")
                with suppress(TimeoutError):
                    answer = person.recv(100)
        waited = time.monotonic() - start
        for one in slow:
            one.close()
        assert answer.startswith(b"HTTP/1.1 200")
        assert waited < 2.5 * ARRIVAL_S
        assert server.under(get("/healthz"), 1, seconds=0.2).count > 0
    with capsys.disabled():
        print(f"\n    Requêtes lentes : 9 tenues, réponse après {waited:.1f} s")  # noqa: T201 - a figure is told
