"""Reports for tests: the golden nights, and the real month whose rows our import reads."""

import json
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from config.settings import ROOT
from tests.utils.imports.classeurs import RJ, real
from utils.actions.carried import read_block
from utils.actions.cells import read_stored
from utils.imports.read import nights_of, read_month
from utils.reports.report import Given, Head, Report
from utils.reports.rj_sheet import Beside
from utils.rj.calculate import calculate
from utils.rj.night_file import read_night
from utils.rj.parse import read_tabs
from utils.rj.previous import read_previous
from utils.rj.reading import Reader
from utils.rj.settings import read_settings

FOLDER = ROOT / "tests" / "fixtures" / "nuits"
GOLDEN = sorted(path.stem for path in FOLDER.glob("*.json"))
NOTHING = Beside({}, None, None)


def head(day=date(2025, 12, 23), **more):
    """Who printed what."""
    at = datetime(2025, 12, 24, 5, 58, tzinfo=UTC)
    known = Head("Hôtel & Cie", "DEMO", True, day, 0, "Verrouillée", "Une Personne", at, "8:ab")
    return known._replace(**more)


def report(night, given=Given({}, {})):  # noqa: B008 - it never changes
    """The report of a night."""
    return Report(head(night.day), night, given)


@lru_cache(maxsize=64)
def golden(name):
    """The report of a golden night."""
    return report(read_night(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))))


def made(day, tabs, given=Given({}, {})):  # noqa: B008 - it never changes
    """The report of a night of these tabs."""
    reader = Reader()
    inputs, settings = read_tabs(tabs, reader), read_settings(None, reader)
    previous = read_previous(None, reader)
    reader.finish()
    return report(calculate(day, settings, previous, inputs), given)


@lru_cache(maxsize=1)
def month():
    """The reports of the 23 nights of the real book."""
    found, settings = [], read_settings(None, Reader())
    for read, _ in nights_of([read_month(real(RJ), date(2026, 11, 28))]):
        kept = (read_stored(tab, fields) for tab, fields in read.inputs().items())
        inputs = {name: value for fields in kept for name, value in fields.items()}
        block = {"audit_date": (read.day - timedelta(days=1)).isoformat(), **read.block}
        found.append(report(calculate(read.day, settings, read_block(block), inputs)))
    return found
