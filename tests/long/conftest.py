"""Storms take minutes, even the short ones."""

from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """All of them run in `make test-long`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("long")
