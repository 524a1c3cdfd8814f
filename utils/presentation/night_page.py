"""The page of a night: its header, the strip of five amounts, the rail of fourteen tabs, and one tab laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from utils import dates, french
from utils.presentation.blocks import Block, Pointer, Pointers
from utils.presentation.cells import Cell, Note
from utils.presentation.layout import Layout, complete
from utils.presentation.layouts import LAYOUTS
from utils.presentation.marks import Marks
from utils.presentation.sheet import NIL, Sheet
from utils.presentation.states import TAB_STATES, State, strip_state, tab_state, tab_verdict, waiting_for
from utils.presentation.words import typographic
from utils.rj.calculate import Night
from utils.rj.catalogue import TABS
from utils.rj.declaration import Tab
from utils.rj.standing import StripAmount, TabStanding
from utils.rj.tabs.transelect import CARDS
from utils.rj.verdict import Verdict

SUMMARY: Final = "sommaire"
_CARD_VARIANCES: Final = tuple(f"transelect.transelect_{part}_{card}" for part in ("var", "rec_var") for card in CARDS)
_LARGE: Final = ("transelect", "sd", "hp_admin")
_JUDGED: Final = tuple(TAB_STATES[one] for one in ("equilibre", "ecart", "a_expliquer"))
_SHORT: Final = {"hp_admin": "HP / Admin", "geac": "GEAC", "sd": "SD"}


class Closed(NamedTuple):
    """A night that was submitted: when, by whom, whether it is locked, and from when what says so leaves the hotel."""

    at: datetime
    by: str
    locked: bool
    leaves_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a night stands, with its five amounts in view and each of its tabs."""

    hotel: str
    hotel_name: str
    demo: bool
    day: date
    version: int
    status: str
    label: str
    strip: tuple[StripAmount, ...]
    tabs: Mapping[str, TabStanding]
    marks: Marks
    prepared_by: str = ""
    saved_at: datetime | None = None
    verdict: Verdict | None = None
    synced_at: datetime | None = None
    submission: Closed | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """One of the five amounts of the strip; pressing it leads to its field."""

    key: str
    label: str
    figure: str
    value: str | None
    state_key: str
    state: State
    href: str
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A tab of the rail: its number on paper, its name, its state."""

    key: str
    number: int
    label: str
    state_key: str
    state: State
    current: bool
    href: str


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above every tab."""

    title: str
    facts: str
    status: str
    label: str
    done: int
    saved: str


@dataclass(frozen=True, slots=True)
class TabPage:
    """A tab laid out: number and title, the nil flag when the tab offers it, its blocks and its margin."""

    key: str
    number: int
    title: str
    nil: Cell | None
    blocks: tuple[Block, ...]
    margin: tuple[Block, ...]
    to_settle: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class NightPage:
    """Everything the template of a night shows."""

    standing: Standing
    header: Header
    strip: tuple[Amount, ...]
    rail: tuple[Stop, ...]
    tab: TabPage
    base: str
    staff: tuple[str, ...] = field(default=())

    @property
    def verdict(self) -> State:
        """What this tab is, for beside its title."""
        return tab_verdict(self.standing.tabs[self.tab.key])

    @property
    def detail(self) -> str:
        """What the verdict is made of: the papers waited for, else the amount of the strip that is this tab's."""
        waits = self.standing.tabs[self.tab.key].waits
        if waits and self.verdict.more:
            return ", ".join(waits)
        mine = "diff_caisse" if self.tab.key == "jour" else self.tab.key
        judged = self.verdict in _JUDGED
        return next((f"{one.figure}{french.NBSP}$" for one in self.strip if judged and one.key == mine), "")

    @property
    def large(self) -> bool:
        """True for a tab whose table needs the whole width."""
        return self.tab.key in _LARGE

    @property
    def before(self) -> Stop | None:
        """The tab before this one."""
        return self.rail[self.tab.number - 2] if self.tab.number > 1 else None

    @property
    def after(self) -> Stop | None:
        """The tab after this one."""
        return self.rail[self.tab.number] if self.tab.number < len(self.rail) else None


def night_page(night: Night, standing: Standing, key: str) -> NightPage:
    """The page of one tab of a night."""
    base = f"/rj/native/{standing.day.isoformat()}"
    return NightPage(
        standing=standing,
        header=header(night, standing),
        strip=tuple(_amount(entry, base, night) for entry in standing.strip),
        rail=tuple(
            Stop(tab.key, number, short(tab), state, TAB_STATES[state], tab.key == key, f"{base}/{tab.key}")
            for number, tab in enumerate(TABS, 1)
            for state in (tab_state(standing.tabs[tab.key]),)
        ),
        tab=tab_page(night, tab_of(key), standing.marks),
        base=base,
        staff=staff(night),
    )


def tab_of(key: str) -> Tab:
    """The tab of a key."""
    return next(tab for tab in TABS if tab.key == key)


def header(night: Night, standing: Standing) -> Header:
    """Date in words, hotel, rooms, who prepares, state, completeness, when it was saved."""
    author = night.values.get("controle.auditor_name") or standing.prepared_by
    facts = [standing.hotel_name, f"{french.count(night.settings.rooms)} chambres"]
    saved = dates.local(standing.saved_at, standing.marks.zone) if standing.saved_at else None
    return Header(
        title=f"Nuit du {french.long_date(standing.day)}",
        facts=" · ".join([*facts, *([f"préparée par {author}"] if author else [])]),
        status=standing.status,
        label=standing.label,
        done=int(night.values["sommaire.onglets_complets"]),
        saved=f"Enregistré à {french.clock(saved)}" if saved else "Rien à enregistrer",
    )


def tab_page(night: Night, tab: Tab, marks: Marks) -> TabPage:
    """One tab laid out, every field of it included."""
    sheet = Sheet.of(night, tab, marks)
    nil = sheet.cell(NIL) if NIL in sheet.fields else None
    layout = LAYOUTS[tab.key](sheet) if tab.key in LAYOUTS else Layout(())
    layout = layout if tab.key == SUMMARY else complete(sheet, layout)
    number = 1 + next(position for position, known in enumerate(TABS) if known.key == tab.key)
    to_settle = tuple(note for note in sheet.notes if note.sides)
    # the remarks, each leading to its field; one for those that say the same thing
    alike: dict[tuple[str, str], list[str]] = {}
    for note in sheet.notes:
        if note.text and note.proposal is None:
            alike.setdefault((note.text, note.kind), []).append(note.name)
    pointers = tuple(
        Pointer(text + (f" ({len(names)} lignes)" if len(names) > 1 else ""), f"#{names[0]}", kind)
        for (text, kind), names in alike.items()
    )
    margin = (*layout.margin, Pointers("a-voir", "À voir", pointers))
    return TabPage(tab.key, number, typographic(tab.title), nil, layout.blocks, margin, to_settle)


def staff(night: Night) -> tuple[str, ...]:
    """Names proposed where a person is asked: the staff list, then those already in the night."""
    named = [
        line["name"]
        for name in ("dueback.dueback_entries", "sd.sd_entries", "setd.setd_personnel")
        for line in night.values.get(name) or ()
        if line.get("name")
    ]
    return tuple(dict.fromkeys((*night.settings.staff, *named)))


def _amount(entry: StripAmount, base: str, night: Night) -> Amount:
    """An amount of the strip; that of the cards leads to the variance of the card that is furthest off."""
    state, place = strip_state(entry), entry.field
    if entry.tab == "transelect":
        variances = {name: night.values.get(name) or 0 for name in _CARD_VARIANCES}
        worst = max(variances, key=lambda name: abs(variances[name]))
        place = worst if variances[worst] else place
    return Amount(
        key=entry.key,
        label=entry.label,
        figure="" if entry.value is None else french.number(Decimal(entry.value)),
        value=entry.value,
        state_key=state,
        state=waiting_for(entry.waits) if entry.waits else TAB_STATES[state],
        href=f"{base}/{entry.tab}" + (f"#{place}" if entry.tab != "geac" else ""),
        waits=", ".join(entry.waits),
    )


def short(tab: Tab) -> str:
    """The name of a tab in the rail."""
    return _SHORT.get(tab.key, tab.short)
