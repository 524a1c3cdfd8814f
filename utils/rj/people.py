"""Who stands twice in a list of people, however the name is spelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from utils.shapes import Line
from utils.text import person_key, unaccented

LISTS: Final = {"sd.sd_entries": "currency", "setd.setd_personnel": "column_letter"}
"""The lists where one person may have several lines, and the column that tells two of hers apart."""

_CDN: Final = "CDN"


def said_twice(lines: Sequence[Line], apart: str) -> Iterator[tuple[int, str]]:
    """The lines that name somebody of an earlier line, by position, with the sentence that says which one.

    Accents do not tell two people apart here: what is only said aloud may be wrong of two homonyms.
    """
    first: dict[tuple[str, Any], int] = {}
    for position, line in enumerate(lines):
        name = line.get("name")
        if not name:
            continue
        seen = first.setdefault((unaccented(person_key(name)), line.get(apart, _CDN)), position)
        if seen != position:
            before = lines[seen]["name"]
            spelled = "" if before == name else f", écrite « {before} »"
            yield position, f"« {name} » est la même personne qu'à la ligne {seen + 1}{spelled} : une ligne de trop ?"
