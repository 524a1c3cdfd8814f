"""Reasons that people give: kept for ever, so they must be texts that the book can hold and that say something."""

from __future__ import annotations

from typing import Any

from utils.rj.declaration import TEXT
from utils.rj.reading import ABSENT, Reader
from utils.rj.reason import refusal, says_something


def read_reason(given: Any, path: str, of: str, reader: Reader) -> str:
    """A reason without the spaces around it, empty when there is none; a bad text goes to the reader's problems.

    ``of`` says in words what it is given for.
    """
    reason = "" if given in ABSENT else str(reader.value(TEXT, given, path) or "").strip()
    if reason and not says_something(reason):
        reader.refuse(path, refusal(of, reason))
    return reason


def read_needed_reason(given: Any, path: str, of: str, needed: str, reader: Reader) -> str:
    """The same, where its absence is a problem too, said by the sentence ``needed``."""
    before = len(reader.problems)
    reason = read_reason(given, path, of, reader)
    if not reason and len(reader.problems) == before:
        reader.refuse(path, needed)
    return reason
