"""A call ends at its deadline whatever the server does, and wherever the time went."""

import socket
import threading
import time
from contextlib import closing, contextmanager, suppress

import pytest

from utils.lightspeed import transport
from utils.lightspeed.errors import LightspeedAPIError

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
DRIPS = {
    "longueur dite": HEAD + b"Content-Length: 1000\r\n\r\n",
    "sans longueur": HEAD + b"Connection: close\r\n\r\n",
    "en-têtes": HEAD + b"X-Long: ",
}


@contextmanager
def dripping(begun):
    """A server that says this, then a byte now and then, for ever."""
    over = threading.Event()

    def serve(listening):
        with suppress(OSError), listening.accept()[0] as opened:
            opened.recv(4096)
            opened.sendall(begun)
            while not over.wait(0.05):
                opened.sendall(b"1")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        over.set()
        thread.join(5)


def refused(address, seconds):
    """The error of a call with so many seconds, and how long it took."""
    began = time.monotonic()
    with closing(transport.BoundedAdapter()) as adapter, pytest.raises(LightspeedAPIError) as refusal:
        transport.exchange(adapter, transport.asked(address, {}, {}, "jeton"), transport.Deadline(seconds))
    return refusal.value.kind, time.monotonic() - began


@pytest.mark.parametrize("begun", DRIPS.values(), ids=DRIPS)
def test_a_drip_ends_at_the_deadline(begun):
    with dripping(begun) as address:
        kind, took = refused(address, 0.5)
    assert kind == "delai"
    assert 0.4 < took < 1.5


@pytest.mark.parametrize("begun", DRIPS.values(), ids=DRIPS)
def test_time_lost_in_finding_the_server_counts(begun, monkeypatch):
    """A name that takes longer to resolve than the whole call had."""
    connect = transport._PlainConnection.connect

    def late(connection):
        time.sleep(0.6)
        connect(connection)

    monkeypatch.setattr(transport._PlainConnection, "connect", late)
    with dripping(begun) as address:
        kind, took = refused(address, 0.3)
    assert kind == "delai"
    assert took < 1.5


def test_calls_of_several_threads_each_end_at_their_own_deadline():
    """One watchman for all: a short call beside long ones is not made to wait."""
    ended = {}

    def call(seconds):
        with dripping(DRIPS["longueur dite"]) as address:
            ended[seconds] = refused(address, seconds)

    threads = [threading.Thread(target=call, args=(seconds,)) for seconds in (1.2, 0.9, 0.6, 0.3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {kind for kind, _ in ended.values()} == {"delai"}
    assert all(seconds - 0.1 < took < seconds + 0.6 for seconds, (_, took) in ended.items()), ended
