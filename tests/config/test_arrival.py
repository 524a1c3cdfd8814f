"""A request that is coming in: whole or not, too long or not, told from its bytes alone."""

import pytest

from config.arrival import HEADERS, Arrival

LONGEST = 1000


def arrival(text, longest=LONGEST):
    return Arrival(text if isinstance(text, bytes) else text.encode(), longest)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("", False),
        ("GET / HTTP/1.1\r\nHost: x\r\n", False),
        ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", True),
        ("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab", False),
        ("POST / HTTP/1.1\r\ncontent-length:3\r\n\r\nabc", True),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", False),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab", False),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", True),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nabc\r\n0\r\n", False),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", True),
        pytest.param("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + "3" * 1002, True, id="taille sans fin"),
    ],
)
def test_a_request_is_whole_once_a_thread_may_read_it_without_waiting(text, whole):
    assert arrival(text).whole() is whole


def test_it_is_looked_at_again_as_it_grows():
    one = arrival("POST / HTTP/1.1\r\nContent-Le")
    assert (one.whole(), one.head) == (False, b"")
    one.bytes += b"ngth: 5\r\n\r\nab"
    assert not one.whole()
    one.bytes += b"cde"
    assert one.whole()
    assert one.head == b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("GET / HTTP/1.1\r\n\r\n", False),
        (b"\x16\x03\x01", True),
        ("12", True),
        ("\r\n", False),
        pytest.param("G" * (HEADERS + 1), True, id="première ligne sans fin"),
        ("POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n", True),
        ("POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n", False),
        pytest.param("POST / HTTP/1.1\r\n\r\n" + "x" * (HEADERS + LONGEST), True, id="corps sans fin"),
    ],
)
def test_what_is_too_long_or_no_request_is_refused(text, refused):
    one = arrival(text)
    one.whole()
    assert one.too_long is refused


@pytest.mark.parametrize(
    ("header", "asks"), [("Expect: 100-continue", True), ("Expect: autre", False), ("X: 1", False)]
)
def test_a_sender_may_wait_to_be_told_to_go_on(header, asks):
    one = arrival(f"POST / HTTP/1.1\r\n{header}\r\nContent-Length: 3\r\n\r\n")
    one.whole()
    assert one.asks is asks
