"""The only module that makes HTTP calls: bounded in time and size, without redirects, proxies or netrc.

``requests`` bounds each read, not a call: here a watch closes the connection when the time of the whole call is over,
even if the server keeps sending a byte a second.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast
from urllib.parse import urlencode, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests_oauthlib import OAuth2Session
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from utils.lightspeed.errors import LightspeedAPIError, LightspeedConfigError
from utils.lightspeed.unzip import Unzip

CONNECT_S: Final = 3.05
READ_S: Final = 10.0
LARGEST: Final = 10 * 1024 * 1024
_CHUNK: Final = 64 * 1024
_IDLE_S: Final = 60.0
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_OURS: Final = {"User-Agent": "RJ-Natif", "Accept-Encoding": "gzip"}
_REDIRECT: Final = (300, 301, 302, 303, 307, 308)

for _name in ("requests_oauthlib", "oauthlib", "urllib3"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # at DEBUG they write tokens, codes and secrets in clear


_current = threading.local()


class Deadline:
    """An instant, on the monotonic clock, after which nothing is worth waiting for."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; zero or less when it is over."""
        return self._at - time.monotonic()

    def check(self) -> None:
        """Raise ``LightspeedAPIError`` (``delai``) when it is over."""
        if self.left() <= 0:
            raise too_late()


def too_late() -> LightspeedAPIError:
    """The error of a call that took too long."""
    return LightspeedAPIError("Lightspeed met trop de temps à répondre.", "delai")


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """A whole answer, and the account that was asked; no repr: it may hold personal data."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    account: str = ""


class _Watched:
    """A connection that says which one this thread uses, so that a watch may close it."""

    def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - urllib3's signature
        """Send, and remember the socket."""
        super().request(*args, **kwargs)  # type: ignore[misc]
        watch = getattr(_current, "watch", None)
        if watch is not None:
            watch.hold(getattr(self, "sock", None))


class _PlainConnection(_Watched, HTTPConnection):
    pass


class _SecureConnection(_Watched, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Watch:
    """A call and its deadline, followed by the watchman."""

    def __init__(self, seconds: float) -> None:
        self.socket: socket.socket | None = None
        self.rang = False
        self.until = time.monotonic() + max(seconds, 0)

    def __enter__(self) -> _Watch:
        _watchman.follow(self)
        _current.watch = self
        return self

    def __exit__(self, *_: object) -> None:
        _watchman.leave(self)
        _current.watch = None

    def hold(self, opened: socket.socket | None) -> None:
        """The socket of the call; shut at once when finding the server took all the time there was."""
        self.socket = opened
        if self.rang:
            self.ring()

    def ring(self) -> None:
        """Shut the socket: whoever reads it stops waiting."""
        self.rang = True
        if self.socket is not None:
            with suppress(OSError):  # it was closed meanwhile
                self.socket.shutdown(socket.SHUT_RDWR)


class _Watchman:
    """One thread for all calls of the process, woken only for the deadline that comes first."""

    def __init__(self) -> None:
        self._calls: set[_Watch] = set()
        self._bell = threading.Condition()
        self._wakes = 0.0
        self._thread: threading.Thread | None = None

    def follow(self, call: _Watch) -> None:
        """Ring this call when its time is over."""
        with self._bell:
            self._calls.add(call)
            if self._thread is None or not self._thread.is_alive():  # the first call, or a process that was forked
                self._thread = threading.Thread(target=self._watch, name="lightspeed-delais", daemon=True)
                self._thread.start()
            elif call.until < self._wakes:
                self._bell.notify()

    def leave(self, call: _Watch) -> None:
        """The call is over."""
        with self._bell:
            self._calls.discard(call)

    def _watch(self) -> None:
        with self._bell:
            while True:
                now = time.monotonic()
                for late in [call for call in self._calls if call.until <= now]:
                    self._calls.discard(late)
                    late.ring()
                self._wakes = min((call.until for call in self._calls), default=now + _IDLE_S)
                self._bell.wait(self._wakes - now)


_watchman = _Watchman()


class BoundedAdapter(HTTPAdapter):
    """Reads each answer whole, within a time and a size; refuses redirects.

    ``lowers`` sends what is addressed to ``https`` on this machine over plain http: the OAuth library speaks of nothing
    but https, and a simulator on the loopback has no certificate.
    """

    def __init__(self, *, lowers: bool = False) -> None:
        super().__init__(pool_connections=4, pool_maxsize=8, pool_block=True, max_retries=0)
        self._lowers = lowers

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - requests' signature
        """Open pools whose connections can be watched."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}

    def send(  # type: ignore[override]
        self,
        request: requests.PreparedRequest,
        **options: Any,  # noqa: ANN401 - requests' options
    ) -> requests.Response:
        """One exchange; raises ``LightspeedAPIError`` or an exception of requests."""
        seconds = options.pop("timeout") or READ_S
        seconds = seconds[0] if isinstance(seconds, tuple) else seconds
        if self._lowers:
            request.url = lowered(request.url or "")
        bounds = (min(CONNECT_S, seconds), min(READ_S, seconds))
        with _Watch(seconds) as watch:
            try:
                response = self._whole(super().send(request, **options | {"stream": True, "timeout": bounds}))
            except (requests.RequestException, HTTPError, OSError):
                if watch.rang:
                    raise too_late() from None
                raise
        if watch.rang:  # a body without a length ends where the socket is shut
            raise too_late()
        return response

    def _whole(self, response: requests.Response) -> requests.Response:
        if response.status_code in _REDIRECT:
            response.close()
            raise LightspeedAPIError(
                "Lightspeed renvoie vers une autre adresse : refusé.", "redirection", status=response.status_code
            )
        packed = response.headers.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip")
        unzip = Unzip() if packed else None
        body = bytearray()
        while chunk := response.raw.read1(_CHUNK, decode_content=not packed):
            body += unzip.more(chunk) if unzip else chunk
            if len(body) > LARGEST:
                response.raw.close()
                raise LightspeedAPIError("La réponse de Lightspeed est trop grosse.", "taille")
        if unzip:
            unzip.finish()
        response._content = bytes(body)
        response.raw.release_conn()
        return response


def lowered(url: str) -> str:
    """An ``https`` address of this machine as plain http; any other as it is."""
    parts = urlsplit(url)
    return "http" + url[5:] if parts.scheme == "https" and parts.hostname in _LOOPBACK else url


def verified(url: str) -> str:
    """The address, if what goes there is encrypted or never leaves the machine; raises ``LightspeedConfigError``."""
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not safe or parts.username or parts.password or not parts.hostname:
        raise LightspeedConfigError("Une adresse de Lightspeed doit commencer par « https:// ».")
    return url


def is_plain_loopback(url: str) -> bool:
    """Whether an address is plain http on this machine."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in _LOOPBACK


def oauth_session(client_id: str, token_url: str, **options: Any) -> OAuth2Session:  # noqa: ANN401 - the library's
    """A session of the OAuth library for one exchange; it never keeps a token for another one."""
    session: Any = OAuth2Session(client_id, **options)
    session.trust_env = False
    for scheme in ("https://", "http://"):
        session.mount(scheme, BoundedAdapter(lowers=is_plain_loopback(token_url)))
    return cast("OAuth2Session", session)


def asked(
    url: str, params: Mapping[str, str], headers: Mapping[str, str], token: str, body: bytes | None = None
) -> requests.PreparedRequest:
    """A GET ready to be sent, as often as it takes; with a body, a POST of these very bytes."""
    request = requests.PreparedRequest()
    request.prepare_method("GET" if body is None else "POST")
    request.prepare_headers({**_OURS, **headers, "Authorization": f"Bearer {token}"})
    request.url = f"{_quoted(url)}?{urlencode(params)}" if params else _quoted(url)
    if body is not None:
        request.prepare_body(body, None)
    return request


@lru_cache(maxsize=1024)
def _quoted(url: str) -> str:
    """The address as it is sent; those of a hotel are the same every night, and quoting one costs more than reading."""
    request = requests.PreparedRequest()
    request.prepare_url(url, None)
    return str(request.url)


def exchange(adapter: BoundedAdapter, request: requests.PreparedRequest, deadline: Deadline) -> Answer:
    """One exchange, not retried; raises what ``BoundedAdapter`` raises.

    Without a session of requests: no cookie of one call reaches the next one, no netrc, no proxy of the machine.
    """
    deadline.check()
    response = adapter.send(request, timeout=deadline.left())
    return Answer(response.status_code, response.headers, response.content)


def post(url: str, body: bytes | Mapping[str, str], headers: Mapping[str, str], **options: Any) -> Answer:  # noqa: ANN401
    """One POST, never retried (a revocation, a webhook); ``options``: ``auth``, ``seconds``."""
    seconds = options.pop("seconds", READ_S)
    request = requests.Request("POST", verified(url), data=body, headers={**_OURS, **headers}, **options).prepare()
    with closing(BoundedAdapter()) as adapter:
        return exchange(adapter, request, Deadline(seconds))
