"""A real gunicorn among people who say nothing, dribble or do not read: others are served all the while."""

import re
import socket
import threading
import time
from contextlib import closing, suppress
from types import SimpleNamespace

import pytest

from bench.load import HOST, serve
from config.signed import SESSION_COOKIE
from config.worker import PER_ADDRESS, RELIEVED, STRANGERS, PunctualWorker
from tests.config.application_lente import SESSION

JSON = "Host: x\r\nContent-Type: application/json\r\n"
SLOW_HEADERS = b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: a"
SLOW_BODY = b"POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\na"
NINE_DIGITS = b"POST /connexion HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n000000fff\r\na"
TWENTY_DIGITS = b"POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 00000000000000000100\r\n\r\na"
LONG_EXTENSION = b"GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;a=" + b"x" * 1_100
HEALTH_BODY = b"GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n000000fff\r\na"
SLOW_CHUNKS = b"POST /webhooks/lightspeed HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
PIPELINE = b"GET /connexion HTTP/1.1\r\nHost: x\r\n\r\n" * 200


@pytest.fixture(scope="module")
def server():
    with serve() as running:
        yield running


def answers(port, sent, count=1, timeout=20):
    """What the server answers on a new connection, until it hangs up or has answered so many times."""
    with closing(socket.create_connection((HOST, port), timeout=timeout)) as one:
        one.sendall(sent)
        told = b""
        while told.count(b"HTTP/1.1 ") < count or not complete(told):
            data = one.recv(65536)
            if not data:
                break
            told += data
        return told


def complete(told):
    """Whether the last answer is there whole, by its length."""
    head, separator, body = told[told.rfind(b"HTTP/1.1 ") :].partition(b"\r\n\r\n")
    lengths = [int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return bool(separator) and len(body) >= (lengths[0] if lengths else 0)


def plausible():
    """Headers of a signature, as anybody writes them."""
    return f"webhook-id: msg_1\r\nwebhook-timestamp: {int(time.time())}\r\nwebhook-signature: v1,AAAA\r\n"


def status(told):
    return int(told.split(b" ", 2)[1]) if told else None


@pytest.mark.parametrize(
    ("attack", "count"),
    [
        (b"", PER_ADDRESS + 50),
        (SLOW_HEADERS, 60),
        (SLOW_BODY, 60),
        (SLOW_CHUNKS, 60),
        (PIPELINE, 40),
        (NINE_DIGITS, 8),
        (TWENTY_DIGITS, 8),
        (LONG_EXTENSION, 8),
        (HEALTH_BODY, 8),
    ],
    ids=["muets", "en-têtes", "corps", "morceaux", "lecture", "neuf", "vingt", "extension", "santé"],
)
def test_others_are_served_while_threads_would_have_been_held(server, attack, count):
    """Each request of others is answered before any of them is cut, where as many threads are never there."""
    others = []
    for _ in range(count):
        one = socket.create_connection((HOST, server.port))
        one.setblocking(False)
        with suppress(OSError):
            one.send(attack)
        others.append(one)
    for path in ("/healthz", "/connexion", "/healthz", "/readyz"):
        told = answers(server.port, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), timeout=8)
        assert status(told) == 200, path
    for one in others:
        one.close()


@pytest.mark.parametrize("attack", [NINE_DIGITS, TWENTY_DIGITS, LONG_EXTENSION], ids=["neuf", "vingt", "extension"])
def test_a_thread_waits_for_nothing_that_has_not_come(server, attack):
    """Whatever was taken for a whole request, and is not: answered, or closed, with nothing more sent."""
    assert status(answers(server.port, attack, timeout=8)) in (400, None)


def test_a_request_sent_before_the_answer_to_the_one_before_it_is_not_served(server):
    """Two hundred at once would keep a thread as long as they last; the sender must be ready to ask again."""
    assert answers(server.port, PIPELINE, count=2).count(b"HTTP/1.1 200") == 1


def test_requests_that_wait_for_the_answer_before_them_go_on_over_one_connection(server):
    with closing(socket.create_connection((HOST, server.port), timeout=8)) as one:
        for path, expected in (("/healthz", 200), ("/rien", 404), ("/healthz", 200)):
            one.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n".encode())
            told = b""
            while not complete(told):
                told += one.recv(65536)
            assert status(told) == expected


def test_others_are_served_while_those_who_dribble_hang_up_and_come_back(server):
    """Ninety of them at a time, five times over: nobody waits for those who left either."""
    for _ in range(5):
        held = [socket.create_connection((HOST, server.port)) for _ in range(90)]
        for one in held:
            one.sendall(SLOW_HEADERS)
        for path in ("/healthz", "/connexion"):
            assert status(answers(server.port, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), timeout=4)) == 200
        for one in held:
            one.close()


def test_lines_after_the_last_chunk_that_do_not_end_are_refused(server):
    sent = f"POST /connexion HTTP/1.1\r\n{JSON}Transfer-Encoding: chunked\r\n\r\n0\r\n".encode()
    assert status(answers(server.port, sent + b"X-Suite: a\r\n" * 4_000, timeout=8)) == 400


@pytest.mark.parametrize("size", ["zz", "-1", "0x1", "1;a\x00", "", " "])
def test_a_chunk_of_no_size_is_told_in_french(server, size):
    sent = f"POST /connexion HTTP/1.1\r\n{JSON}Transfer-Encoding: chunked\r\n\r\n{size}\r\nab\r\n0\r\n\r\n".encode()
    told = answers(server.port, sent)
    assert status(told) == 400, told
    assert b"Traceback" not in told


@pytest.mark.parametrize("signed", [False, True])
def test_a_webhook_in_chunks_has_the_limit_of_a_webhook(server, signed):
    chunk = b"10000\r\n" + b"a" * 65536 + b"\r\n"
    headers = JSON + (plausible() if signed else "")
    sent = f"POST /webhooks/lightspeed HTTP/1.1\r\n{headers}Transfer-Encoding: chunked\r\n\r\n".encode()
    assert status(answers(server.port, sent + 5 * chunk + b"0\r\n\r\n")) == 413


def test_large_bodies_without_a_signature_hold_nobody(server):
    """That of groups of one digit, and that of a key given twice among thousands; one for each thread."""
    digits = b'{"a":"' + b"1 " * 128_000 + b'"}'
    twice = b"{" + b"".join(b'"%d":1,' % one for one in range(25_000)) + b'"24999":1}'
    held = []
    for body in (digits, twice) * 4:
        one = socket.create_connection((HOST, server.port), timeout=20)
        head = f"POST /webhooks/lightspeed HTTP/1.1\r\n{JSON}{plausible()}Content-Length: {len(body)}\r\n\r\n"
        one.sendall(head.encode() + body)
        held.append(one)
    assert status(answers(server.port, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", timeout=8)) == 200
    assert status(answers(server.port, b"GET /connexion HTTP/1.1\r\nHost: x\r\n\r\n", timeout=8)) == 200
    for one in held:
        assert status(one.recv(65536)) == 401
        one.close()


def test_whoever_waits_to_be_told_to_go_on_is_told(server):
    with closing(socket.create_connection((HOST, server.port), timeout=8)) as one:
        one.sendall(
            b"POST /webhooks/lightspeed HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n"
            b"Content-Type: application/json\r\n\r\n"
        )
        assert one.recv(100).startswith(b"HTTP/1.1 100 Continue")
        one.sendall(b"{}")
        told = b""
        while b" 401 " not in told:
            told += one.recv(4096) or pytest.fail(told)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\nabc",
        b"\x16\x03\x01\x02\x00",
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
        b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 200 + b"\r\n",
    ],
)
def test_what_is_no_request_is_refused_in_french_and_others_are_served(server, sent):
    told = b""
    with suppress(OSError):
        told = answers(server.port, sent)
    assert not told.startswith(b"HTTP/1.1 2")
    if told:
        assert b"X-Content-Type-Options: nosniff" in told, told
        assert not re.search(rb"Invalid|Bad Request<|Internal Server Error<|<h1><p>", told), told
    assert status(answers(server.port, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")) == 200


@pytest.mark.parametrize("header", [b"SCRIPT_NAME: /x", b"X-Forwarded-Proto: https", b"X-Forwarded-Ssl: on"])
def test_what_only_a_proxy_says_is_believed_from_nobody(server, header):
    told = answers(server.port, b"GET /connexion HTTP/1.1\r\nHost: x\r\n" + header + b"\r\n\r\n")
    assert status(told) == 200
    assert b"Strict-Transport-Security" not in told


class Ended(Exception):
    """The worker ended itself."""


@pytest.fixture
def watched(monkeypatch):
    """A worker whose threads are only said to be held; it was never started."""

    def end(_code):
        raise Ended

    monkeypatch.setattr("config.worker.os._exit", end)
    worker = object.__new__(PunctualWorker)
    worker.cfg = SimpleNamespace(threads=8)
    worker._held, worker._strange, worker._relieved = {}, {}, set()
    worker._turns = threading.Semaphore(STRANGERS)
    return worker


def test_strangers_that_are_held_end_nothing_and_others_are_served_beside_them(watched):
    for number in range(STRANGERS + RELIEVED + 2):
        watched._strange[number] = 0.0
    assert watched._turns.acquire(blocking=False)
    watched.look_at_held(60.0)
    watched.look_at_held(60.0)
    assert [watched._turns.acquire(blocking=False) for _ in range(RELIEVED + 1)] == [True] * RELIEVED + [False]


def test_a_stranger_that_is_quick_lets_nobody_pass_before_its_turn(watched):
    watched._strange[1] = 59.0
    assert watched._turns.acquire(blocking=False)
    watched.look_at_held(58.0)
    assert not watched._turns.acquire(blocking=False)


def test_a_worker_ends_once_every_thread_of_people_signed_in_is_held(watched):
    watched._strange[100] = 0.0
    watched._held = dict.fromkeys(range(7), 0.0) | {7: 61.0}
    watched.look_at_held(60.0)
    watched._held[7] = 0.0
    with pytest.raises(Ended):
        watched.look_at_held(60.0)


@pytest.fixture
def slow():
    """A server that loses patience after some seconds, with an address that does not answer in time."""
    with serve("tests.config.application_lente:create_app()") as running:
        yield running


def held_by(port, count, cookie=""):
    """Connections whose requests do not end, of somebody with this cookie."""
    held = [socket.create_connection((HOST, port)) for _ in range(count)]
    for one in held:
        one.sendall(f"GET /dort HTTP/1.1\r\nHost: x\r\n{cookie}\r\n".encode())
    return held


def answered_within(port, seconds):
    """Whether a stranger is answered before so long."""
    for _ in range(2 * seconds):
        with suppress(OSError):
            if status(answers(port, b"GET /connexion HTTP/1.1\r\nHost: x\r\n\r\n", timeout=2)) == 200:
                return True
        time.sleep(0.5)
    return False


@pytest.mark.long
def test_a_stranger_that_is_held_does_not_end_the_server(slow):
    (one,) = held_by(slow.port, 1)
    assert answered_within(slow.port, 20)
    one.settimeout(0.5)
    with pytest.raises(TimeoutError):  # it waits still: nobody hung up
        one.recv(10)
    one.close()


@pytest.mark.long
def test_health_is_told_while_every_thread_is_held_and_the_server_starts_afresh(slow):
    """Eight views of people signed in that do not end: the supervisor is answered at once, and everybody later."""
    held = held_by(slow.port, 8, f"Cookie: {SESSION_COOKIE}={SESSION}\r\n")
    assert status(answers(slow.port, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", timeout=3)) == 200
    for one in held:
        one.settimeout(30)
        with suppress(ConnectionError):
            assert one.recv(10) == b""
        one.close()
    assert answered_within(slow.port, 20), "Le serveur n’a pas recommencé."
