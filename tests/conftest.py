"""What every test may ask for: an application of its own, in a directory of its own."""

import socket

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from config.settings import Settings
from main import create_app
from tests.partage import share

share()
pytest_plugins = ["tests.postgres", "tests.applications"]

LOOPBACK = ("127.0.0.1", "::1", "localhost")

hypothesis_settings.register_profile(
    "rj", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hypothesis_settings.load_profile("rj")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """No test reaches further than this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def settings(tmp_path):
    """Settings of a demonstration whose data lie in a temporary directory."""
    return Settings(instance_path=str(tmp_path / "instance"), log_level="WARNING")


@pytest.fixture
def bare_app(settings):
    """The whole application; its database is not created yet."""
    return create_app(settings)


@pytest.fixture
def visitor(bare_app):
    """A browser in front of an application whose database is not created yet."""
    return bare_app.test_client()
