"""Servers that nobody here wrote, started by the tests on a free port of the loopback and stopped by their pid."""

import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.settings import ROOT

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
CONTRACT = ROOT / "utils" / "lightspeed" / "contract" / "lightspeed.openapi.json"


def free_port():
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as opened:
        return opened.getsockname()[1]


@contextmanager
def running(command, port, log):
    """Run a server until the block ends; its output goes to a file."""
    with Path(log).open("wb") as output:
        process = subprocess.Popen(command, cwd=HERE, stdout=output, stderr=output)
        try:
            _wait(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def _wait(process, port, log):
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert process.poll() is None, Path(log).read_text(encoding="utf-8", errors="replace")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(Path(log).read_text(encoding="utf-8", errors="replace"))


@pytest.fixture(scope="session")
def wiremock(tmp_path_factory):
    """The address of a WireMock."""
    folder = tmp_path_factory.mktemp("wiremock")
    jar = next((MODULES / "wiremock").rglob("*.jar"))
    port = free_port()
    command = [
        "java",
        "-Xmx128m",
        "-jar",
        jar,
        "--port",
        str(port),
        "--bind-address",
        "127.0.0.1",
        "--root-dir",
        folder,
    ]
    with running(command, port, folder / "journal.txt") as address:
        yield address


@pytest.fixture(scope="session")
def prism(tmp_path_factory):
    """The address of a Prism that speaks our contract."""
    port = free_port()
    command = ["node", MODULES / "@stoplight" / "prism-cli" / "dist" / "index.js", "mock", "-p", str(port), CONTRACT]
    with running(command, port, tmp_path_factory.mktemp("prism") / "journal.txt") as address:
        yield address


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """These servers are installed by `make test-long`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("long")
