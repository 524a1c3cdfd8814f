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
from config.wire import Wire

SENDING_S: Final = 30
"""Seconds in which an answer must have left whole."""

HELD_S: Final = 60
"""Seconds after which a worker whose threads of people who are signed in are all held starts afresh."""

PER_ADDRESS: Final = 100
"""Connections of one address that wait; one more closes the oldest. A proxy speaks for many, and has no such limit."""

MOST: Final = 400
"""Connections of everybody; one more closes the oldest that waits."""

LEAVING_S: Final = 2
"""Seconds in which somebody who was answered may hang up, before we do."""

UNREAD: Final = 64
"""Answers that wait to be read, and connections that end; one more closes the oldest."""

STRANGERS: Final = 1
"""Strangers served at a time, beside the threads of people who are signed in: a crowd takes half the time at most."""

RELIEVED: Final = 3
"""Strangers held for so long that another is served beside each; more, and none is until one of them ends.

Nothing that a stranger does ends the work of those who are signed in; the probe of readiness, a stranger too, is silent
then, and somebody looks.
"""

SWITCH_S: Final = 0.001
"""A thread that comes back from the disk waits no longer than this for those that calculate."""

_HEALTH: Final = (b"GET /healthz ", b"HEAD /healthz ")

log = logging.getLogger("gunicorn.error")
util.write_error = refused.write_error


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
        self._held: dict[int, float] = {}
        self._strange: dict[int, float] = {}
        self._relieved: set[int] = set()
        self._turns = threading.Semaphore(STRANGERS)
        self._aside = ThreadPoolExecutor(1, "sante")
        self._strangers = ThreadPoolExecutor(STRANGERS + RELIEVED, "inconnus")

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
            done = self._aside.submit(super().handle, conn)
        elif RECENT.bears(arrival.head):  # people signed in wait behind no stranger
            done = self.tpool.submit(self.handle, conn)
        else:
            done = self._strangers.submit(self.handle_stranger, conn)
        done.add_done_callback(lambda one: self.method_queue.defer(self.finish_request, conn, one))

    def handle(self, conn: TConn) -> Any:  # noqa: ANN401 - what gunicorn makes of it
        """Serve one request of somebody who is signed in."""
        me = threading.get_native_id()
        self._held[me] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            self._held.pop(me, None)

    def handle_stranger(self, conn: TConn) -> Any:  # noqa: ANN401 - what gunicorn makes of it
        """Serve one request of a stranger, in its turn; one held too long gave its turn back already."""
        self._turns.acquire()
        me = threading.get_native_id()
        self._strange[me] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            self._strange.pop(me, None)
            if me in self._relieved:
                self._relieved.discard(me)
            else:
                self._turns.release()

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
        """Look every second at what is held."""
        while self.alive:
            self.look_at_held(time.monotonic() - HELD_S)
            time.sleep(1)

    def look_at_held(self, since: float) -> None:
        """End a worker whose threads of people signed in are all held since then: the arbiter starts another.

        A stranger that is held ends nothing: another one is served beside.
        """
        held = [began for began in self._held.copy().values() if began < since]
        if len(held) >= self.cfg.threads:
            log.critical("Tous les fils sont tenus depuis %s s : le serveur recommence.", HELD_S)
            os._exit(1)
        for me, began in self._strange.copy().items():
            if began < since and me not in self._relieved and len(self._relieved) < RELIEVED:
                log.warning("Une demande d’un inconnu dure depuis %s s : d’autres sont servies à côté.", HELD_S)
                self._relieved.add(me)
                self._turns.release()
