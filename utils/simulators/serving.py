"""The server of a simulator: threads, HTTP/1.1, and the transport faults that an application cannot make.

Listens on the loopback only, a connection for each request. ``X-Fault`` of an answer: ``reset`` before a byte, ``cut``
in the middle of the body, ``drip`` a byte at a time; ``detail`` of a drip is the pause in milliseconds.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

HOST: Final = "127.0.0.1"


class Handler(WSGIRequestHandler):
    """Writes no log."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: ANN401 - werkzeug's signature
        """Nothing: an address may hold a code."""

    def log_request(self, *_: object) -> None:
        """Nothing either."""


def listening(port: int) -> socket.socket:
    """A socket that listens on this port of the loopback; 0 takes a free one."""
    return socket.create_server((HOST, port))


def server(app: Flask, opened: socket.socket) -> BaseWSGIServer:
    """A server on a socket that listens, not started."""
    inner = app.wsgi_app
    app.wsgi_app = _Breaking(inner)  # type: ignore[method-assign]
    return make_server(HOST, opened.getsockname()[1], app, threaded=True, request_handler=Handler, fd=opened.fileno())


class _Breaking:
    """The application, whose answers are broken on the way when they ask for it."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve one request."""
        asked: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:  # noqa: ANN401 - WSGI
            asked.extend(value for name, value in headers if name == "X-Fault")
            return start_response(status, [one for one in headers if one[0] != "X-Fault"], *rest)

        body = b"".join(self._application(environ, start))
        if not asked:
            return [body]
        kind, _, detail = asked[0].partition(";")
        return _broken(kind, detail, body, environ["werkzeug.socket"])


def _broken(kind: str, detail: str, body: bytes, connection: socket.socket) -> Iterable[bytes]:
    if kind == "drip":
        for byte in body:
            yield bytes([byte])
            time.sleep(int(detail or 200) / 1000)
        return
    if kind == "cut":
        yield body[: len(body) // 2]
    connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionResetError
