"""A real gunicorn on data that stay from one start to the next, and writers who remember what they were promised."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import create_engine, text

from bench.application import PASSWORD
from bench.load import HOST, Client
from config.settings import ROOT
from tests.applications import SECRET

DAY = "2025-12-23"
NIGHT = f"/api/rj/native/session/{DAY}"
PEOPLE = ("auditeur", "superviseur", "admin")
GONE = (ConnectionError, EOFError, OSError, ValueError, IndexError)
"""What a client may see of a server that dies while it answers."""


class Gunicorn:
    """The server of one directory; started, killed and started again."""

    def __init__(self, directory, database_url="", application="main:create_app()", **environ):
        with socket.create_server((HOST, 0)) as server:
            self.port = server.getsockname()[1]
        self.directory, self.application, self.process = directory, application, None
        kept = {"PATH": os.environ["PATH"], "LOG_LEVEL": "ERROR", "DEMO": "oui", "SECRET_KEY": SECRET}
        where = {"INSTANCE_PATH": str(directory), "HOST": HOST, "PORT": str(self.port), "DATABASE_URL": database_url}
        self.env = kept | where | environ
        self.clients = []
        self.uri = database_url or f"sqlite:///{directory}/rj.db"
        self.command("base", "preparer")

    def command(self, *words):
        """Run a command of the product on the same data; its output."""
        command = [sys.executable, "-m", "flask", "--app", "main", *words]
        run = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def start(self):
        """Start, and wait for the first answer of a server that can work; how long it took."""
        begun = time.perf_counter()
        command = [sys.executable, "-m", "gunicorn", self.application]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, **quiet)
        while self.process.poll() is None:
            with contextlib.suppress(*GONE), contextlib.closing(Client(self.port)) as client:
                if client.send("GET", "/readyz").status == 200:
                    return time.perf_counter() - begun
            time.sleep(0.01)
        raise AssertionError(f"gunicorn s’est arrêté avec le code {self.process.returncode}")

    @property
    def worker(self):
        """The process that serves."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return int(path.read_text(encoding="ascii").split()[0])

    def memory_mb(self):
        """Resident memory of the worker."""
        status = Path(f"/proc/{self.worker}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024 / 1e6

    def kill(self):
        """Kill the whole tree of processes, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Ask it to end, as a supervisor does; its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(timeout=40)

    def client(self, name="auditeur"):
        """A signed-in client."""
        client = self.connect()
        sign_in(client, name)
        return client

    def connect(self, like=None):
        """A client; with the session of another one when it is given."""
        shared = (dict(like.headers), dict(like.cookies)) if like else ()
        self.clients.append(Client(self.port, *shared))
        return self.clients[-1]

    def leave(self):
        """Close every connection, and end what still runs."""
        for client in self.clients:
            client.close()
        if self.process and self.process.poll() is None:
            self.kill()

    def journal_of_lines(self):
        """The amounts that the journal tells of each line of each night, in order."""
        told, engine = {}, create_engine(self.uri)
        field = "field = 'sd_entries.amount'"
        with engine.connect() as connection:
            query = f"SELECT audit_date, line_id, new FROM changes WHERE {field} ORDER BY seq"  # noqa: S608
            for day, line, new in connection.execute(text(query)):
                told.setdefault((str(day), line), []).append(new)
        engine.dispose()
        return told

    def verified(self):
        """The journal verifies, asked as an operator asks."""
        assert "DEMO : le journal est intact." in self.command("rj", "journal", "verifier")


def token(page):
    """The token that a page carries."""
    return re.search(rb'name="csrf-token" content="([^"]+)"', page)[1].decode()


def sign_in(client, name="auditeur"):
    """Sign in, in a cookie of its own."""
    client.cookies.clear()
    client.headers.clear()
    form = {"csrf_token": token(client.send("GET", "/connexion").body), "email": f"{name}@demo.hotel"}
    body = urlencode(form | {"password": PASSWORD}).encode()
    answer = client.send("POST", "/connexion", body, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 303, answer.status
    client.headers |= {"X-CSRFToken": token(client.send("GET", "/").body), "X-Hotel": "DEMO"}
    client.headers["Content-Type"] = "application/json"


@dataclass
class Writer:
    """One person at one line of the SD tab: writes 1, 2, 3… and remembers the last figure the server confirmed."""

    number: int
    client: Client
    night: str = NIGHT
    version: int = 1
    written: int = 0
    doubtful: int | None = None
    confirmed: int = 0
    answers: Counter = field(default_factory=Counter)
    seconds: list = field(default_factory=list)

    @property
    def line(self):
        return f"ligne-{self.number:04d}"

    def write(self):
        """Write the next figure until it is confirmed or refused; an honest 503 is asked again."""
        figure = self.doubtful or self.written + 1
        line = {"id": self.line, "name": f"Personne {self.number}", "amount": f"{figure}.00"}
        body = b'{"version":%d,"values":{"sd_entries":[%s]}}' % (self.version, json.dumps(line).encode())
        self.doubtful = figure
        while True:
            begun = time.perf_counter()
            answer = self.client.send("PATCH", f"{self.night}/sd", body)
            self.answers[answer.status] += 1
            if answer.status != 503:
                break
            assert int(answer.headers["retry-after"]) > 0
            time.sleep(0.2)
        self.seconds.append(time.perf_counter() - begun)
        if answer.status == 200:
            self.written, self.doubtful, self.version = figure, None, answer.json()["version"]
            self.confirmed += 1
        return answer

    def until(self, ends, pause=0.0):
        """Write until this instant, or until the server is gone."""
        with contextlib.suppress(*GONE):
            while time.monotonic() < ends:
                self.write()
                time.sleep(pause)
        self.client.close()


def writers(server, count, names=PEOPLE):
    """So many people, signed in, on one night that is open; sessions are shared to spare the hashing."""
    first = [server.client(name) for name in names]
    first[0].send("POST", NIGHT)
    return [Writer(number, server.connect(first[number % len(first)])) for number in range(count)]


def together(people, ends, pause=0.0):
    """All of them at once, until this instant."""
    threads = [threading.Thread(target=one.until, args=(ends, pause)) for one in people]
    for thread in threads:
        thread.start()
    return threads


def nothing_lost(server, people):
    """Every confirmed figure stands in the tab, and the journal tells 1, 2, 3… up to it: none lost, none twice."""
    client = server.client("admin")
    tabs = {night: client.send("GET", f"{night}/sd").json() for night in {one.night for one in people}}
    client.close()
    told = server.journal_of_lines()
    for one in people:
        lines = {line["id"]: line for line in tabs[one.night]["values"].get("sd_entries", [])}
        kept = int(lines[one.line]["amount"].partition(".")[0]) if one.line in lines else 0
        assert kept in {one.written, one.doubtful or one.written}, (one.line, kept, one.written, one.doubtful)
        assert kept == 0 or lines[one.line]["name"] == f"Personne {one.number}"
        assert told.get((one.night[-10:], one.line), []) == [f'"{n}.00"' for n in range(1, kept + 1)], one.line
        one.written, one.doubtful, one.version = kept, None, tabs[one.night]["version"]
