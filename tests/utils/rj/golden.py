"""The golden nights: real figures of the hotel, and what its own workbook made of them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from utils.rj.calculate import Night
from utils.rj.night_file import read_night
from utils.rj.reading import load_json

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "nuits"
FILES = tuple(sorted(FOLDER.glob("*.json")))
NAMES = tuple(path.stem for path in FILES)
CATALOGUE = FOLDER / "champs.csv"
COMPLETE = "complet-2025-12-23"


def text(name: str) -> bytes:
    """The file of a golden night, by its name without ending."""
    return (FOLDER / f"{name}.json").read_bytes()


def document(name: str) -> dict:
    """A golden night as JSON, fresh each time."""
    return load_json(text(name))


@lru_cache
def night(name: str) -> Night:
    """A golden night calculated; shared, so never changed."""
    return read_night(document(name))


def figures(value: object, path: str = ""):
    """Every figure of nested JSON with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from figures(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from figures(inner, f"{path}[{position}]")
    else:
        yield path, value
