"""What a month would bring into the book: its nights by our formulas, what stands in the way, what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from database import imports, properties
from database.properties import Hotel, SettingsDocument
from utils.actions.card_numbers import has_card
from utils.actions.carried import PERIODS, read_block, with_sums
from utils.actions.cells import read_stored
from utils.actions.saving import too_large
from utils.actions.state import settings_of
from utils.imports.compare import Gap, gaps
from utils.imports.figures import BookNight
from utils.imports.flaws import Flaw
from utils.imports.stored import ReadNight
from utils.rj.calculate import Night, calculate
from utils.rj.carry_forward import next_block
from utils.rj.parse import refuse_long_lists, verify_rules
from utils.rj.previous import SUMS
from utils.rj.reading import Reader
from utils.shapes import Document, Values

OURS: Final = "Cette nuit a été tenue dans RJ Natif : elle reste telle quelle."
IMPORTED: Final = "Cette nuit est déjà importée : pour la reprendre, défaire d’abord l’importation de son mois."
_DAY: Final = timedelta(days=1)
_YEAR: Final = "ytd_avant_mois"


@dataclass(frozen=True, slots=True)
class PlannedNight:
    """A night of a workbook. ``conflict`` says why it does not enter; one that enters is calculated.

    ``block`` is what it carries; ``reprise`` when the book has nothing before it. ``flaws`` refuse the whole month.
    """

    read: ReadNight
    conflict: str = ""
    night: Night | None = None
    block: Document | None = None
    reprise: bool = False
    policy: SettingsDocument | None = None
    gaps: tuple[Gap, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    @property
    def day(self) -> date:
        """Its date."""
        return self.read.night.day


def planned_nights(
    connection: Connection, hotel: Hotel, read: list[ReadNight], year_before: Values
) -> list[PlannedNight]:
    """Each night of a month in order, calculated after the one before it; nothing is written."""
    if not read:
        return []
    first, last = read[0].night.day, read[-1].night.day
    standing = imports.standing_between(connection, hotel.id, first - _DAY, last)
    found: list[PlannedNight] = []
    before: PlannedNight | None = None
    for one in read:
        day = one.night.day
        if day in standing:
            found.append(PlannedNight(one, OURS if standing[day] is None else IMPORTED))
            before = None
            continue
        follows = before is not None and before.day == day - _DAY
        reprise = not follows and day - _DAY not in standing
        if follows and before is not None and before.night is not None:
            periods = next_block(before.night)
        else:
            periods = {} if reprise else dict(with_sums(connection, hotel, day, {}).block)
            if year_before and (reprise or (day.day == 1 and len(periods.get(_YEAR, {})) < len(SUMS[_YEAR]))):
                # the book cannot make the year itself: the workbook says it
                periods, reprise = {**periods, _YEAR: dict(year_before)}, True
        block = {**one.night.block, **{key: periods[key] for key in PERIODS if periods.get(key)}}
        policy = properties.settings_document(connection, hotel.id, day)
        settings = settings_of(hotel, policy.values)
        night = calculate(day, settings, read_block(block), typed_inputs(one.night.inputs()))
        flaws = tuple(_flaws(one.night, night))
        differing = () if flaws else tuple(gaps(night, one.night))
        before = PlannedNight(one, "", night, block, reprise, policy, differing, flaws)
        found.append(before)
    return found


def typed_inputs(tabs: Mapping[str, Mapping[str, Any]]) -> Values:
    """The values of tabs as formulas read them, by qualified name."""
    return {name: value for tab, inputs in tabs.items() for name, value in read_stored(tab, dict(inputs)).items()}


def _flaws(read: BookNight, night: Night) -> Iterable[Flaw]:
    """What the rules of a night refuse, and what no column could hold, each by a cell of the workbook."""
    reader = Reader()
    refuse_long_lists({}, night.inputs, reader)
    verify_rules(night.inputs, night.values["previous.transelect_terminals"], reader, "")
    for problem in (*reader.problems, *too_large(night, night.values.keys())):
        name, _, rest = problem.path.lstrip(".").partition("[")
        position = int(rest.partition("]")[0]) if rest else 0
        lines = night.inputs.get(name, ())
        line = lines[position]["id"] if rest and position < len(lines) else ""
        mine = [one for one in read.figures if one.field == name and line in ("", one.line)]
        place = mine[0].place if mine else None
        yield Flaw(f"Nuit du {read.day.isoformat()} : {problem.message}", *(place or ("", "")))
    for one in read.figures:
        if isinstance(one.value, str) and has_card(one.value):
            yield Flaw("Ce texte ressemble à un numéro de carte : il n’entre pas.", *one.place)
