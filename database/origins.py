"""Where each value of a tab came from: records inside, the JSON of the column ``origins`` at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from utils.shapes import Document

_BESIDE: Final = {"genre": "kind", "a": "at", "rapport": "report", "revision": "revision"}
_KEYS: Final = {**_BESIDE, "garde": "kept"}
GONE: Final = 0


class Beside(NamedTuple):
    """The other value that stands beside the one of a cell, as JSON, and where it came from."""

    value: str | int | None
    kind: str
    at: str = ""
    report: str | None = None
    revision: int | None = None

    def as_json(self) -> Document:
        """As the book keeps it, absent parts without key."""
        return {"valeur": self.value, **_written(self, _BESIDE)}


class Origin(NamedTuple):
    """Where the value of a cell came from.

    ``kind``: saisi, importe, lightspeed, repris. ``at``: the instant, ISO, on the clock of the hotel. ``by``: the
    account that typed it, 0 when it is known no more, ``None`` for what nobody typed. ``kept``: the other value that a
    person saw and did not take.
    """

    kind: str
    at: str = ""
    by: int | None = None
    report: str | None = None
    revision: int | None = None
    beside: Beside | None = None
    kept: str | int | None = None

    @property
    def seen(self) -> tuple[str | int | None, ...]:
        """The figures that stand beside already, or that a person saw and did not take."""
        return self.beside.value if self.beside else None, self.kept

    def as_json(self) -> Document:
        """As the book keeps it: absent parts without key, an account that is known no more as ``null``."""
        typed = {} if self.by is None else {"qui": self.by or None}
        beside = {"ailleurs": self.beside.as_json()} if self.beside else {}
        return {**typed, **_written(self, _KEYS), **beside}


def _written(record: Beside | Origin, keys: Mapping[str, str]) -> Document:
    return {key: value for key, name in keys.items() if (value := getattr(record, name)) is not None}


class Origins(NamedTuple):
    """The origins of a tab by cell, and the very JSON that the book keeps of them: its seal covers all of it."""

    cells: Mapping[str, Origin]
    document: Document

    def beside(self, cell: str) -> Beside | None:
        """The other value that stands beside a cell."""
        return self.cells[cell].beside if cell in self.cells else None

    def after(self, moved: Mapping[str, Origin | None]) -> Origins:
        """The same once these cells have another origin, or none any more."""
        cells, document = dict(self.cells), dict(self.document)
        for cell, origin in moved.items():
            if origin is None:
                cells.pop(cell, None)
                document.pop(cell, None)
            else:
                cells[cell], document[cell] = origin, origin.as_json()
        return Origins(cells, document)


NO_ORIGINS: Final = Origins({}, {})


def read_origins(document: Any) -> Origins:  # noqa: ANN401 - JSON of the book, which somebody may have altered
    """The origins that the book keeps; what is none is left aside, and the seal of the night names its tab."""
    cells: dict[str, Origin] = {}
    for cell, given in document.items() if isinstance(document, dict) else ():
        if not isinstance(given, dict):
            continue
        other, beside = None, given.get("ailleurs")
        if isinstance(beside, dict):
            told = (beside.get("genre", ""), beside.get("a", ""), beside.get("rapport"), beside.get("revision"))
            other = Beside(beside.get("valeur"), *told)
        cells[cell] = Origin(
            given.get("genre", ""),
            given.get("a", ""),
            (given["qui"] or GONE) if "qui" in given else None,
            given.get("rapport"),
            given.get("revision"),
            other,
            given.get("garde"),
        )
    return Origins(cells, document)
