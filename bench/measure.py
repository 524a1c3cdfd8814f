"""What a measure is, and how durations become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Measure:
    """Durations in milliseconds, and how many were done in a second."""

    median_ms: float
    p95_ms: float
    p99_ms: float
    per_second: float
    count: int

    @classmethod
    def of(cls, seconds: Sequence[float], elapsed: float) -> Measure:
        """The measure of these durations, all done within `elapsed` seconds."""
        ordered = sorted(seconds)
        median, p95, p99 = (1000 * ordered[int(part * (len(ordered) - 1))] for part in (0.5, 0.95, 0.99))
        return cls(median, p95, p99, len(ordered) / elapsed, len(ordered))


def repeated(function: Callable[[], object], count: int = 200, warmup: int = 5) -> Measure:
    """The same call again and again, in this process."""
    for _ in range(warmup):
        function()
    durations = []
    start = perf_counter()
    for _ in range(count):
        begun = perf_counter()
        function()
        durations.append(perf_counter() - begun)
    return Measure.of(durations, perf_counter() - start)
