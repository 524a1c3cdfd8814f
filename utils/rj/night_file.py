"""The night file: one JSON document a night, read, calculated and written back."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from utils.dates import DateError, read_date
from utils.rj.calculate import Night, calculate
from utils.rj.carry_forward import next_block
from utils.rj.catalogue import TABS
from utils.rj.parse import read_tabs, verify_rules
from utils.rj.previous import read_previous
from utils.rj.reading import Reader, joined, load_json
from utils.rj.settings import read_settings
from utils.rj.writing import write_computed, write_differences, write_inputs
from utils.shapes import Document

_READ: Final = ("audit_date", "property", "previous", "tabs")
_KEPT: Final = ("source", "expected", "not_asserted")
_MADE: Final = ("computed", "differences", "next")


def read_night(document: Any) -> Night:
    """Calculate the night of a document; raises ``Refused`` with every problem found."""
    reader = Reader()
    given = reader.object(document, "")
    for key in given:
        if key not in (*_READ, *_KEPT, *_MADE):
            reader.refuse(joined("", key), "Champ inconnu.")
    day = _day(given, reader) if isinstance(document, dict) else None
    if isinstance(document, dict) and "tabs" not in given:
        reader.refuse("tabs", "Il manque les onglets de la nuit (tabs).")
    settings = read_settings(given.get("property"), reader)
    previous = read_previous(given.get("previous"), reader)
    inputs = read_tabs(given.get("tabs", {}), reader)
    if not reader.problems:
        verify_rules(inputs, previous.get("transelect_terminals", settings.terminals), reader)
    reader.finish()
    assert day is not None  # noqa: S101 - a missing date is a problem, raised just above
    return calculate(day, settings, previous, inputs)


def _day(given: Document, reader: Reader) -> date | None:
    if not isinstance(given.get("audit_date"), str):
        reader.refuse("audit_date", "Il manque la date d'audit (audit_date), AAAA-MM-JJ.")
        return None
    try:
        return read_date(given["audit_date"])
    except DateError as error:
        reader.refuse("audit_date", str(error))
        return None


def calculated(text: str | bytes) -> Document:
    """The document of a night with ``computed``, ``differences`` and ``next``; raises ``Refused``."""
    document = load_json(text)
    night = read_night(document)
    kept = {key: document[key] for key in ("source", "audit_date", "property", "previous") if key in document}
    rest = {key: document[key] for key in ("expected", "not_asserted") if key in document}
    return {**kept, "tabs": write_inputs(night.inputs), **rest, **write_night(night)}


def write_night(night: Night) -> Document:
    """``computed``, ``differences`` and ``next`` of a night."""
    tabs = ((tab.key, write_computed(night, tab.key)) for tab in TABS)
    return {
        "computed": {key: values for key, values in tabs if values},
        "differences": write_differences(night),
        "next": next_block(night),
    }
