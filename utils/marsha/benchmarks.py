"""What a comp set says beside our night: indices, and the rules under which a set may be shown at all.

Occupancies are percents, rates dollars, indices points (100 is one’s fair share). A figure of the set that is nil, or
that lacks, gives no index: nothing is ever divided by something else in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from utils.money import CENT, r2

HUNDRED: Final = Decimal(100)
FINAL, PRELIMINARY, UNAVAILABLE = "final", "preliminary", "unavailable"
SMALLEST: Final = 4
"""Hotels other than ours under which a set is not shown: it would tell what one of them does."""


class Trio(NamedTuple):
    """Occupancy, ADR and RevPAR of a night, of a hotel or of a set; absent when unknown."""

    occupancy: Decimal | None
    adr: Decimal | None
    revpar: Decimal | None


class Indices(NamedTuple):
    """Ours over the set’s: MPI of occupancy, ARI of ADR, RGI of RevPAR."""

    mpi: Decimal | None
    ari: Decimal | None
    rgi: Decimal | None

    @property
    def agree(self) -> bool:
        """Whether RGI = MPI × ARI / 100, the roundings of the three figures apart; true when one of them lacks."""
        if self.mpi is None or self.ari is None or self.rgi is None:
            return True
        spread = (self.mpi + self.ari + HUNDRED) * CENT / HUNDRED
        return abs(self.rgi - self.mpi * self.ari / HUNDRED) <= max(spread, CENT * 2)


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """The set of a date. ``size``: its members with data, ours among them when ``includes_subject``.

    ``rank``: ours among ``rank_of``, received and never worked out; ``metric`` is what it ranks.
    """

    day: date
    status: str
    size: int
    includes_subject: bool
    theirs: Trio
    received: Indices
    source: str = "live"
    rank: int | None = None
    rank_of: int | None = None
    metric: str = ""

    def others(self) -> int:
        """Members of the set other than our hotel."""
        return self.size - (1 if self.includes_subject else 0)


def indices(ours: Trio, theirs: Trio) -> Indices:
    """Our figures over the set’s."""
    return Indices(
        *(
            None if mine is None or not its or its < 0 else r2(mine / its * HUNDRED)
            for mine, its in zip(ours, theirs, strict=True)
        )
    )


def may_be_shown(found: Benchmarks, least: int = SMALLEST) -> bool:
    """Whether enough other hotels are in the set for its figures to tell nobody’s own."""
    return found.status != UNAVAILABLE and found.others() >= least


def exact(sold: int | None, available: int | None, revenue: Decimal | None) -> Trio:
    """The figures of a night before any rounding."""
    if sold is None or not available or revenue is None:
        return Trio(None, None, None)
    return Trio(sold * HUNDRED / available, revenue / sold if sold else None, revenue / available)


def rooms_to_100(ours: Trio, theirs: Trio, available: int) -> Decimal | None:
    """Rooms that bring the MPI to 100, negative when it is above."""
    if theirs.occupancy is None or ours.occupancy is None:
        return None
    return r2((theirs.occupancy - ours.occupancy) * available / HUNDRED)
