"""A server of ours under load: gunicorn as in production, and clients that keep their connections.

A step is what one client does again and again: ``step(client)`` sends one request or several and looks at the answers.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, BinaryIO, Final

from bench.measure import Measure
from config.settings import ROOT

INSTANCE: Final = ROOT / "instance"
"""The measures write on the same disk as the application, which may not be that of temporary files."""

HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - JSON is of any shape
        """The body, read as JSON."""
        return json.loads(self.body)


@dataclass(slots=True)
class Client:
    """One connection that stays open, and the cookies it was given."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    _file: BinaryIO | None = None
    _socket: socket.socket | None = None

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """One request; the name of a header is written with underscores: ``Content_Type="…"``."""
        try:
            return self._exchange(self._written(method, path, body, headers))
        except (BrokenPipeError, ConnectionResetError, EOFError):  # the server had closed an idle connection
            self.close()
            return self._exchange(self._written(method, path, body, headers))

    def close(self) -> None:
        """Leave the connection."""
        for opened in (self._file, self._socket):
            if opened is not None:
                opened.close()
        self._file = self._socket = None

    def _written(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            named["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        all_headers = {"Host": HOST, **self.headers, **named, "Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in all_headers.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body

    def _exchange(self, request: bytes) -> Answer:
        if self._socket is None or self._file is None:
            self._socket = socket.create_connection((HOST, self.port), timeout=30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._file = self._socket.makefile("rb")
        self._socket.sendall(request)
        status_line = self._file.readline()
        if not status_line:
            raise EOFError
        headers = dict(self._read_headers(self._file))
        answer = Answer(int(status_line[9:12]), headers, self._file.read(int(headers.get("content-length", "0"))))
        if headers.get("connection") == "close":
            self.close()
        return answer

    def _read_headers(self, file: BinaryIO) -> Iterator[tuple[str, str]]:
        while line := file.readline().strip():
            name, _, value = line.decode("latin-1").partition(": ")
            if name == "Set-Cookie":
                cookie, _, text = value.partition(";")[0].partition("=")
                self.cookies[cookie] = text
            yield name.lower(), value


Step = Callable[[Client], object]


@dataclass(frozen=True, slots=True)
class Server:
    """A running gunicorn."""

    port: int
    pid: int
    ready_s: float
    instance: Path

    def worker_mb(self) -> float:
        """Resident memory of the worker, in megabytes."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        status = Path(f"/proc/{children[0]}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024 / 1e6

    def under(self, step: Step, concurrency: int, seconds: float = 3.0, sign_in: Step | None = None) -> Measure:
        """The measure of a step done by so many clients at once."""
        with ExitStack() as stack:
            clients = [stack.enter_context(closing(Client(self.port))) for _ in range(concurrency)]
            for client in clients:
                if sign_in is not None:
                    sign_in(client)
                step(client)
            start = perf_counter()
            with ThreadPoolExecutor(concurrency) as pool:
                runs = list(pool.map(lambda client: _durations(client, step, start + seconds), clients))
            return Measure.of([one for run in runs for one in run], perf_counter() - start)


def get(path: str, expected: int = 200) -> Step:
    """A step that reads a page; the Accept-Encoding is a browser's."""

    def step(client: Client) -> None:
        answer = client.send("GET", path, Accept_Encoding="gzip")
        if answer.status != expected:
            raise RuntimeError(f"{path} : {answer.status}, {answer.body[:300]!r}")

    return step


@contextmanager
def serve(application: str = "main:create_app()", prepare: bool = True, **environ: str) -> Iterator[Server]:
    """A gunicorn with the settings of the project, on a free port, its data in a directory of its own."""
    INSTANCE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=INSTANCE, prefix="bench-") as directory:
        port = _free_port()
        kept = {"PATH": os.environ["PATH"], "LOG_LEVEL": "ERROR", "DEMO": "oui"}
        env = kept | {"INSTANCE_PATH": directory, "HOST": HOST, "PORT": str(port)} | environ
        if prepare:
            command = [sys.executable, "-m", "flask", "--app", "main", "base", "preparer"]
            subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        start = perf_counter()
        command = [sys.executable, "-m", "gunicorn", application]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            _wait_until_it_answers(port, process)
            yield Server(port, process.pid, perf_counter() - start, Path(directory))
        finally:
            process.terminate()
            process.wait(timeout=40)


def _durations(client: Client, step: Step, end: float) -> list[float]:
    durations = []
    now = perf_counter()
    while now < end:
        step(client)
        after = perf_counter()
        durations.append(after - now)
        now = after
    return durations


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            with closing(Client(port)) as client:
                client.send("GET", "/healthz")
                return
        except ConnectionRefusedError:
            time.sleep(0.01)
    raise RuntimeError(f"gunicorn s’est arrêté avec le code {process.returncode}")


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
        return port
