"""What is kept of a night beside its cells: typed columns, lines by person; and what may not be sealed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from database import night_seals, replay
from database.models.night import PROJECTIONS
from database.night_replay import gaps_of_cells
from database.nights import PersonLine
from utils.actions.altered import sentence_of
from utils.actions.refusals import Conflict
from utils.actions.state import NightState
from utils.money import from_cents
from utils.rj.calculate import Night
from utils.rj.reading import Problem
from utils.shapes import Line, Values
from utils.text import spelled

# tab -> list, column that names the person, amounts kept by person
PERSON_LINES: Final = {
    "dueback": ("dueback.dueback_entries", ("previous", "nouveau", "net")),
    "sd": ("sd.sd_entries", ("amount", "verified", "reimbursement", "variance")),
    "setd": ("setd.setd_personnel", ("amount",)),
}
_LARGEST: Final = {"count": 2**31 - 1, "percent": from_cents(2**31 - 1), "money": from_cents(2**63 - 1), "flag": 1}


def projected(night: Night) -> Values:
    """The typed columns of a night: the figures that lists, digests and dashboards query."""
    return {projection.column: night.values.get(projection.path) for projection in PROJECTIONS}


def too_large(night: Night, moved: Collection[str]) -> list[Problem]:
    """The projected figures that moved beyond what their column holds: PostgreSQL would break on them."""
    return [
        Problem(projection.path, "Ce chiffre est trop grand pour être gardé : relisez ce qui le compose.")
        for projection in PROJECTIONS
        if projection.path in moved and abs(night.values.get(projection.path, 0)) > _LARGEST[projection.kind]
    ]


def person_lines(where: tuple[int, int, date], night: Night, tabs: Iterable[str]) -> list[PersonLine]:
    """The amounts by person of some tabs of a night; ``where`` are hotel, night and date."""
    return [
        PersonLine(*where, tab, position, line["id"], spelled(line["name"]), measure, amount)
        for tab in tabs
        for position, (line, amounts) in enumerate(_amounts(night, tab))
        if "name" in line
        for measure, amount in zip(PERSON_LINES[tab][1], amounts, strict=True)
        if amount is not None
    ]


def _amounts(night: Night, tab: str) -> Iterable[tuple[Line, tuple[Any, ...]]]:
    """Each line of the list of a tab, with its amount of each measure: typed in it, or calculated."""
    name, measures = PERSON_LINES[tab]
    lines: Any = night.values.get(name, ())
    figures = [night.values.get(f"{name}[].{one}") for one in measures]
    columns = [found or [line.get(one) for line in lines] for one, found in zip(measures, figures, strict=True)]
    return zip(lines, zip(*columns, strict=True), strict=True)


def moved_lines(state: NightState, night: Night, tab: str) -> list[str]:
    """The ids of the lines by person that are not as they were in the night that follows."""
    before, after = (
        {
            line["id"]: (position, line.get("name"), amounts)
            for position, (line, amounts) in enumerate(_amounts(one, tab))
        }
        for one in (state.night, night)
    )
    return [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]


def refuse_altered(connection: Connection, state: NightState) -> None:
    """Refuse to close a night that is not what the product wrote: its seal would make the false figure ours."""
    problems = [
        Problem("nuit", f"{night_seals.said(part)} ne correspond plus au journal.")
        for part in sorted(night_seals.altered(connection, state.stamp.id))
    ]
    cells = gaps_of_cells(connection, state.stamp.id)
    problems += [Problem(f"{gap.tab}.{gap.cell}", sentence_of(gap)) for gap in cells]
    gaps = replay.gaps_of_rules(connection, state.hotel.id)
    problems += [Problem("hotel", f"{place[:1].upper()}{place[1:]} : {sentence}") for place, sentence in gaps]
    if problems:
        raise Conflict(_ALTERED, problems)


_ALTERED: Final = (
    "La nuit, ou ce dont elle dépend, a été modifiée hors de RJ Natif : elle ne peut pas être scellée. Prévenir "
    "l’administration : `rj journal verifier` dit où."
)
