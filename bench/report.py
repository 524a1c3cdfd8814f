"""A run as people and programs read it: a table on the screen, and instance/bench.json."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bench.measure import Measure

FLOORS: Final = {"a": "Vue Flask nue", "b": "Vue connectée vide", "c": "Écriture durable"}
"""The floors by their letter; a bench of that name gives each."""


@dataclass(slots=True)
class Results:
    """What a run measured: durations by name and concurrency, and single values by name."""

    measures: dict[tuple[str, int], Measure] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)

    def median(self, name: str, concurrency: int = 1) -> float:
        """The median of a bench, in milliseconds."""
        return self.measures[name, concurrency].median_ms

    def share(self, name: str, floor: str, concurrency: int = 1) -> float:
        """How many a second, as a part of what the floor does."""
        return self.measures[name, concurrency].per_second / self.measures[floor, concurrency].per_second


@dataclass(frozen=True, slots=True)
class Goal:
    """What a run should show: a sentence, the figure it speaks of, the limit."""

    sentence: str
    figure: Callable[[Results], float]
    at_most: float | None = None
    at_least: float | None = None

    def shown(self, results: Results) -> tuple[float, bool] | None:
        """The figure and whether it is on the right side of the limit; None when it was not measured."""
        try:
            figure = self.figure(results)
        except KeyError:
            return None
        low = self.at_least is None or figure >= self.at_least
        return figure, low and (self.at_most is None or figure <= self.at_most)


def header() -> str:
    """The first lines of the table."""
    floors = " · ".join(f"({letter}) {name}" for letter, name in FLOORS.items())
    columns = f"{'mesure':<46}{'à la fois':>9}{'médiane':>11}{'p95':>11}{'p99':>11}{'par s':>9}"
    return f"Planchers : {floors}\n{columns}" + "".join(f"{'× ' + letter:>8}" for letter in FLOORS)


def line(name: str, concurrency: int, results: Results) -> str:
    """One measure, and how many times each floor its median is."""
    one = results.measures[name, concurrency]
    times = [_french(value, 3) + " ms" for value in (one.median_ms, one.p95_ms, one.p99_ms)]
    text = f"{name:<46}{concurrency:>9}" + "".join(f"{time:>11}" for time in times) + f"{_french(one.per_second, 0):>9}"
    return text + "".join(f"{_ratio(one, floor, concurrency, results):>8}" for floor in FLOORS.values())


def value_line(name: str, results: Results) -> str:
    """One single value."""
    return f"{name:<55}{_french(results.values[name], 2):>8}"


def goal_line(goal: Goal, shown: tuple[float, bool]) -> str:
    """One goal, with what the run shows."""
    limit = f"au plus {goal.at_most:g}" if goal.at_most is not None else f"au moins {goal.at_least:g}"
    state = "atteint" if shown[1] else "NON ATTEINT"
    return f"{state:<12}{goal.sentence} : {_french(shown[0], 2)} ({limit.replace('.', ',')})"


def write(path: Path, results: Results, goals: Iterable[Goal]) -> None:
    """Keep the run as JSON."""
    measures = [
        {"nom": name, "concurrence": concurrency, **asdict(measure)}
        for (name, concurrency), measure in results.measures.items()
    ]
    body = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "mesures": measures,
        "valeurs": results.values,
        "objectifs": [
            {"objectif": goal.sentence, "valeur": shown[0], "atteint": shown[1]}
            for goal in goals
            if (shown := goal.shown(results)) is not None
        ],
    }
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _ratio(one: Measure, floor: str, concurrency: int, results: Results) -> str:
    measured = results.measures.get((floor, concurrency))
    return _french(one.median_ms / measured.median_ms, 2) if measured else "—"


def _french(value: float, places: int) -> str:
    return f"{value:,.{places}f}".replace(",", "\u00a0").replace(".", ",")
