"""The domain alone, in one process: a night of the hotel calculated, one of its fields changed, the import itself."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from time import perf_counter
from typing import Any, Final

from bench.measure import Measure, repeated
from config.settings import ROOT
from utils.dates import next_day
from utils.rj.calculate import Night, calculate, recalculate
from utils.rj.night_file import read_night
from utils.rj.reading import load_json

NIGHT: Final = ROOT / "tests" / "fixtures" / "nuits" / "complet-2025-12-23.json"
IMPORTS: Final = 15
_IMPORT: Final = "from time import perf_counter as now; start = now(); import utils.rj.night_file; print(now() - start)"


@lru_cache(maxsize=1)
def _night() -> Night:
    return read_night(load_json(NIGHT.read_bytes()))


def whole_night() -> dict[int, Measure]:
    """Every figure of 2025-12-23 from what was given."""
    night = _night()
    return {1: repeated(lambda: calculate(night.day, night.settings, night.previous, night.inputs), count=500)}


def usual_field() -> dict[int, Measure]:
    """What depends on one changed field, for the field in the middle of all those of the night."""
    ordered = _fields()
    return {1: ordered[len(ordered) // 2]}


def worst_field() -> dict[int, Measure]:
    """The same for the field that costs most."""
    return {1: _fields()[-1]}


def fresh_import() -> dict[int, Measure]:
    """The domain imported in an interpreter that has imported nothing."""
    start = perf_counter()
    seconds = [_imported() for _ in range(IMPORTS)]
    return {1: Measure.of(seconds, perf_counter() - start)}


@lru_cache(maxsize=1)
def _fields() -> list[Measure]:
    """The measure of each field that was given, the cheapest first."""
    night = _night()
    changes = [{name: _another(value)} for name, value in night.inputs.items()]
    measures = [repeated(partial(recalculate, night, change), count=60) for change in changes]
    return sorted(measures, key=lambda measure: measure.median_ms)


def _another(value: Any) -> Any:  # noqa: ANN401 - a value of the night
    """A value of the same kind that differs."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Decimal | int):
        return value + 1
    if isinstance(value, str):
        return value + "."
    if isinstance(value, date):
        return next_day(value)
    if isinstance(value, dict):
        return {key: _another(inner) for key, inner in value.items()} or {"bar_a": Decimal(1)}
    return tuple(_another(inner) for inner in value)


def _imported() -> float:
    command = [sys.executable, "-c", _IMPORT]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    return float(done.stdout)
