"""The mails that the captures show: those of a demonstration hotel after two weeks and a night a year ago."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from database import notifications, outbox
from database.transaction import read, write
from main import create_app
from tests.applications import close, demonstration, prepared
from tests.utils.actions.nights import clock
from utils.actions.demonstration.fill_nights import _close, _demo_hotel
from utils.actions.notifications import report_late, send_digest
from utils.money import from_cents

LAST = date(2026, 7, 12)
MORNING = datetime(2026, 7, 13, 12, tzinfo=UTC)
"""08:00 in Montréal."""

NIGHTS = 14
YEAR = timedelta(days=364)
BUDGET = from_cents(148_800_000)
READER = "directeur@demo.hotel"
MAILS = {"courriel-bilan": "daily_digest", "courriel-alerte": "rj_late"}
"""The kind of each, by the name of its image."""


def written_mails():
    """The HTML of each mail, by the name of its image."""
    with tempfile.TemporaryDirectory() as folder, clock(MORNING.isoformat()):
        settings = demonstration(Path(folder) / "instance")
        prepared(settings)
        app = create_app(settings)
        try:
            with app.app_context():
                return _written()
        finally:
            close(app)


def _written():
    house = _demo_hotel()
    for day in (LAST - YEAR, *(LAST - timedelta(days=back) for back in reversed(range(NIGHTS)))):
        _close(house, day)
    hotel = house.hotel.id
    _plan(hotel)
    send_digest(hotel, LAST, MORNING)
    report_late(hotel, LAST + timedelta(days=1), MORNING)
    with read() as connection:
        rows = [row for row in outbox.listed(connection, hotel) if row.email == READER]
        ids = {row.kind: row.id for row in rows}
        return {name: outbox.one(connection, hotel, ids[kind]).body_html for name, kind in MAILS.items()}


def _plan(hotel):
    """The budget of the month."""
    values = {"span": "mois", "day": LAST.replace(day=1), "updated_at": MORNING, "updated_by": None}
    with write() as connection:
        planned = {"revenue": BUDGET, "labour_budget": None, "labour_cost": None}
        notifications.write_budget(connection, hotel, values | planned)
