"""The application on a clock that a test moves: so many seconds, written in the file that RJ_HORLOGE names."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from main import create_app
from utils import dates


def moved():
    """The instant it is, moved."""
    path = Path(os.environ["RJ_HORLOGE"])
    return datetime.now(UTC) + timedelta(seconds=int(path.read_text(encoding="ascii") or 0) if path.exists() else 0)


def application():
    """The whole application."""
    dates.now = moved
    return create_app()
