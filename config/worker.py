"""The worker of gunicorn: a thread is given a request that is there whole, and never waits for whoever reads it.

Bytes come in and go out in the one loop that waits for all connections; the eight threads only calculate. Whoever says
nothing, dribbles, or does not read holds a place among the connections, for some seconds, and no thread.
"""

from __future__ import annotations

import contextlib
import logging
import os
import selectors
import socket
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Final

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

from config import refused
from config.arrival import Arrival
from config.signed import RECENT

SENDING_S: Final = 30
"""Seconds in which an answer must have left whole."""

HELD_S: Final = 60
"""Seconds after which a worker whose threads are all held by as many requests starts afresh."""

PER_ADDRESS: Final = 100
"""Connections of one address that wait; one more closes the oldest. A proxy speaks for many, and has no such limit."""

MOST: Final = 400
"""Connections of everybody; one more closes the oldest that waits."""

LEAVING_S: Final = 2
"""Seconds in which somebody who was answered may hang up, before we do."""

UNREAD: Final = 64
"""Answers that wait to be read, and connections that end; one more closes the oldest."""

STRANGERS: Final = 1
"""Threads for whoever is not signed in, beside those kept for people who are: a crowd takes half the time at most."""

SWITCH_S: Final = 0.001
"""A thread that comes back from the disk waits no longer than this for those that calculate."""

_STRANGE: Final = "inconnus"
_HEALTH: Final = (b"GET /healthz ", b"HEAD /healthz ")
_READ: Final = 64 * 1024

log = logging.getLogger("gunicorn.error")
util.write_error = refused.write_error


class Wire(socket.socket):
    """A connection that nobody waits for: what cannot leave at once is kept, and leaves when it can.

    A thread finds what has come; where it looks for more, there is no more: it answers 400, and waits for nobody.
    """

    def __init__(self, given: socket.socket) -> None:
        super().__init__(fileno=given.detach())
        self.rest = bytearray()

    def setblocking(self, flag: bool) -> None:  # noqa: ARG002 - that of a socket
        """Never block, whoever asks for it."""
        super().settimeout(0)

    def settimeout(self, value: float | None) -> None:  # noqa: ARG002 - that of a socket
        """Neither for some seconds: gunicorn would, for the rest of a body that was not read."""
        super().settimeout(0)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """What has come, as the end of it where nothing has."""
        try:
            return super().recv(size, flags)
        except BlockingIOError:
            return b""

    def arriving(self) -> bytes | None:
        """What has come, for the loop that waits: nothing yet, or an end."""
        try:
            return super().recv(_READ)
        except BlockingIOError:
            return None

    def sendall(self, data: Any, flags: int = 0) -> None:  # noqa: ANN401, ARG002 - those of a socket
        """Send what leaves at once, keep the rest."""
        self.rest += data
        self.flush()

    def send(self, data: Any, flags: int = 0) -> int:  # noqa: ANN401 - those of a socket
        """The same; all of it is taken."""
        self.sendall(data, flags)
        return len(data)

    def flush(self) -> bool:
        """Send what leaves at once; whether nothing is left."""
        while self.rest:
            try:
                sent = super().send(self.rest[:_READ], socket.MSG_DONTWAIT)
            except BlockingIOError:
                return False
            del self.rest[:sent]
        return True


class Connection(TConn):  # type: ignore[misc]
    """A connection whose end is waited for by the loop, as its beginning is."""

    def __init__(self, worker: PunctualWorker, *args: Any) -> None:  # noqa: ANN401 - those of gunicorn
        super().__init__(*args)
        self._worker = worker

    def close(self, graceful: bool = False) -> None:
        """Close now, or once the other one has hung up: what was sent would else be lost."""
        if graceful:
            self._worker.linger(self)
        else:
            super().close()


class PunctualWorker(ThreadWorker):  # type: ignore[misc]
    """Reads and writes for everybody at once, and gives its threads what is ready."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - those of gunicorn
        super().__init__(*args, **kwargs)
        self.longest, self.proxied = 2_000_000, False
        self._arriving: dict[TConn, Arrival] = {}
        self._unread: dict[TConn, tuple[float, Future[Any]]] = {}
        self._leaving: dict[TConn, float] = {}
        self._held: dict[bool, dict[int, float]] = {True: {}, False: {}}
        self._aside = ThreadPoolExecutor(1, "sante")
        self._strangers = ThreadPoolExecutor(STRANGERS, _STRANGE)

    def run(self) -> None:
        """Serve, watched."""
        settings = self.wsgi.config["SETTINGS"]
        self.longest, self.proxied = settings.max_body_bytes, bool(settings.trusted_proxies)
        sys.setswitchinterval(SWITCH_S)
        threading.Thread(target=self._watch, name="ponctualite", daemon=True).start()
        super().run()

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection; where there are too many, the one that has waited longest goes."""
        try:
            given, client = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        waiting = [*self._arriving, *self.keepalived_conns]
        same = [] if self.proxied else [conn for conn in waiting if conn.client[0] == client[0]]
        crowd = same if len(same) >= PER_ADDRESS else waiting if self.nr_conns >= MOST else []
        if crowd:
            self._drop(crowd[0])
        self.nr_conns += 1
        self.enqueue_req(Connection(self, self.cfg, Wire(given), client, listener.getsockname()))

    def enqueue_req(self, conn: TConn) -> None:
        """Wait for the whole of a request, then give it to a thread; no browser sends the next before the answer."""
        if conn.parser and conn.parser.unreader.take_buffered().strip():
            self._drop(conn)
            return
        conn.sock.setblocking(False)
        self._arriving[conn] = Arrival(b"", self.longest)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._receive, conn))

    def _receive(self, conn: TConn, _sock: Any) -> None:  # noqa: ANN401 - what the poller gives
        try:
            data = conn.sock.arriving()
        except OSError:
            data = b""
        if data is None:
            return
        if not data:
            self._drop(conn)
            return
        self._arriving[conn].bytes += data
        self._look(conn)

    def _look(self, conn: TConn) -> None:
        """Give a request to a thread as soon as it may be read without waiting."""
        arrival = self._arriving[conn]
        whole = arrival.whole()
        if not whole and not arrival.too_long:
            if arrival.asks:
                arrival.asks = False
                conn.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            return
        if not whole:
            with contextlib.suppress(OSError):
                conn.sock.shutdown(socket.SHUT_RD)
        del self._arriving[conn]
        self.poller.unregister(conn.sock)
        conn.init()
        conn.parser.unreader.unread(bytes(arrival.bytes))
        conn.data_ready = True
        if arrival.bytes.startswith(_HEALTH):
            pool = self._aside
        else:  # people signed in wait behind no stranger
            pool = self.tpool if RECENT.bears(arrival.head) else self._strangers
        done = pool.submit(self.handle, conn)
        done.add_done_callback(lambda one: self.method_queue.defer(self.finish_request, conn, one))

    def handle(self, conn: TConn) -> Any:  # noqa: ANN401 - what gunicorn makes of it
        """Serve one request of a connection."""
        me = threading.current_thread()
        held = self._held[me.name.startswith(_STRANGE)]
        held[me.native_id or 0] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            held.pop(me.native_id or 0, None)

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """Go on with a connection once its answer has left whole."""
        if self._flushed(conn):
            super().finish_request(conn, fs)
            return
        conn.sock.setblocking(False)
        self._unread[conn] = (time.monotonic() + SENDING_S, fs)
        self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self._send, conn))
        if len(self._unread) > UNREAD:
            self._drop(next(iter(self._unread)))

    def _send(self, conn: TConn, _sock: Any) -> None:  # noqa: ANN401 - what the poller gives
        if self._flushed(conn):
            self.poller.unregister(conn.sock)
            _, done = self._unread.pop(conn)
            super().finish_request(conn, done)

    @staticmethod
    def _flushed(conn: TConn) -> bool:
        """Whether nothing of the answer is left, gone or not to be sent any more."""
        try:
            return bool(conn.sock.flush())
        except OSError:
            conn.sock.rest.clear()
            return True

    def linger(self, conn: TConn) -> None:
        """Say that all was sent, and wait a little for the other one to hang up."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._leave, conn))
        except (OSError, ValueError):
            conn.close()
            return
        self._leaving[conn] = time.monotonic() + LEAVING_S
        if len(self._leaving) > UNREAD:
            self._leave(next(iter(self._leaving)))

    def _leave(self, conn: TConn, _sock: Any = None) -> None:  # noqa: ANN401 - what the poller gives
        with contextlib.suppress(ConnectionError):
            if _sock is not None and conn.sock.arriving() != b"":
                return
        self.poller.unregister(conn.sock)
        del self._leaving[conn]
        conn.close()

    def murder_pending(self) -> None:
        """Close whoever is late to send or to read."""
        now = time.monotonic()
        late = [conn for conn, arrival in self._arriving.items() if arrival.late_at < now]
        late += [conn for conn, (limit, _) in self._unread.items() if limit < now]
        for conn in late:
            self._drop(conn)
        for conn in [conn for conn, limit in self._leaving.items() if limit < now]:
            self._leave(conn)

    def _drop(self, conn: TConn) -> None:
        with contextlib.suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self._arriving.pop(conn, None)
        self._unread.pop(conn, None)
        with contextlib.suppress(ValueError):
            self.keepalived_conns.remove(conn)
        self.nr_conns -= 1
        conn.close()

    def _watch(self) -> None:
        """End a worker whose threads, those of strangers or the others, are all held: the arbiter starts another."""
        while self.alive:
            for strange, threads in ((True, STRANGERS), (False, self.cfg.threads)):
                held = sorted(self._held[strange].values())
                if len(held) >= threads and held[threads - 1] < time.monotonic() - HELD_S:
                    log.critical("Tous les fils sont tenus depuis %s s : le serveur recommence.", HELD_S)
                    os._exit(1)
            time.sleep(1)
