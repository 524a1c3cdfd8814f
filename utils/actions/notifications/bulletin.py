"""The letters of the morning as records: what their templates read, every figure in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from database.journal_head import Witness
from utils import french
from utils.actions.notifications.chart import ABSENT, Bar


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure in words, the one that stands beside it (that of the month so far), what it is held against."""

    label: str
    value: str
    beside: str
    against: tuple[str, ...] = ()


class Point(NamedTuple):
    """Something to look at: what it is, what is wrong, the reason that somebody gave."""

    label: str
    sentence: str
    reason: str | None = None

    @property
    def words(self) -> str:
        """All of it on one line."""
        return f"{self.label} : " + " ".join(part for part in (self.sentence, self.reason) if part)


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that the digest of a date shows; of a night that was never opened there is only that, and what waits.

    ``checks``: those out of their tolerance. ``overrides``: what a person let pass. ``left``: other reasons given.
    """

    day: date
    state: str
    pms: str
    chart: Sequence[Bar]
    head: Witness | None
    alerts: Sequence[str]
    missing: bool = True
    locked: bool = False
    verdict: str | None = None
    auditor: str | None = None
    completeness: str | None = None
    cash: str | None = None
    revenues: Sequence[Measure] = ()
    indicators: Sequence[Measure] = ()
    bank: Sequence[tuple[str, str]] = ()
    balances: Sequence[tuple[str, str]] = ()
    checks: Sequence[Point] = ()
    overrides: Sequence[Point] = ()
    left: Sequence[Point] = ()
    labour: Sequence[tuple[str, str]] = ()
    dbrs: str | None = None
    market: Sequence[tuple[str, str]] = ()

    @property
    def to_see(self) -> str:
        """How much there is to look at, in words; nothing when there is nothing."""
        known = (
            (self.alerts, "alerte", "alertes"),
            (self.checks, "contrôle hors tolérance", "contrôles hors tolérance"),
            (self.overrides, "dérogation", "dérogations"),
            (self.left, "autre motif", "autres motifs"),
        )
        return ", ".join(french.counted(len(some), one, several) for some, one, several in known if some)

    @property
    def in_order(self) -> bool:
        """Whether the night is locked and nothing is to be looked at."""
        return self.locked and not self.to_see


class NightLine(NamedTuple):
    """A night of the table, in words."""

    day: str
    state: str
    revenue: str = ABSENT
    sold: str = ABSENT
    rate: str = ABSENT
    cash: str = ABSENT


class Week(NamedTuple):
    """Everything that the summary of seven nights shows; ``unlocked``: the nights whose figures may still change."""

    first: date
    last: date
    nights: Sequence[NightLine]
    missing: Sequence[date]
    unlocked: Sequence[date]
    totals: Sequence[Measure]
    labour: Sequence[tuple[str, str]]
    alerts: Sequence[str]
    chart: Sequence[Bar]
    head: Witness | None
