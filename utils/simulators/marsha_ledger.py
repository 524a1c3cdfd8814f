"""What the MARSHA simulator remembers: submissions by date and sequence, the keys under which they came.

In memory; or in a file, for the simulators that several processes of one demonstration hold and that are one.
"""

from __future__ import annotations

import fcntl
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from utils.shapes import Document

_EMPTY: Final = '{"submissions": {}, "keys": {}, "final": []}'


class Ledger:
    """The submissions of every property."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._document: Document = json.loads(_EMPTY)

    @contextmanager
    def opened(self) -> Iterator[Document]:
        """What is remembered, for one reader or writer at a time; what is changed in it stays."""
        with self._lock:
            if self._path is None:
                yield self._document
                return
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.with_suffix(".verrou").open("w") as held:
                fcntl.flock(held, fcntl.LOCK_EX)
                before = self._path.read_text(encoding="utf-8") if self._path.exists() else _EMPTY
                document: Document = json.loads(before)
                yield document
                after = json.dumps(document, ensure_ascii=False)
                if after != before:
                    draft = self._path.with_suffix(".ebauche")
                    draft.write_text(after, encoding="utf-8")
                    draft.replace(self._path)

    def of_date(self, property_code: str, day: str) -> list[Document]:
        """The submissions of a date, in the order of their sequence."""
        with self.opened() as document:
            found = [
                one
                for one in document["submissions"].values()
                if (one["propertyCode"], one["businessDate"]) == (property_code, day)
            ]
        return sorted(found, key=lambda one: int(one["submissionSeq"]))
