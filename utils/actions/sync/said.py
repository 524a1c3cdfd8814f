"""A synchronisation asked by a person, and what it came to in one sentence, told where she pressed."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from database import sync
from database.transaction import read
from utils import french
from utils.actions.person import Person
from utils.actions.reading import night_if_open
from utils.actions.state import NightState
from utils.actions.sync.sync_night import LightspeedSync, SyncResult
from utils.dates import local
from utils.rj.catalogue import TABS
from utils.rj.merge import SYNCED


class Told(NamedTuple):
    """The result, its sentence, and the tabs it leads to: those written and those with a figure to settle."""

    result: SyncResult
    sentence: str
    tabs: tuple[str, ...]


def synchronise(person: Person, day: date) -> Told:
    """Fill the night of a date from the PMS; raises what ``LightspeedSync.sync_session`` raises."""
    before, since = night_if_open(person, day), _last(person, day)
    result = LightspeedSync(person.property_id, person, cause="personne").sync_session(day)
    after = night_if_open(person, day)
    assert before is not None and after is not None  # noqa: S101, PT018 - a night that is not open was refused
    settle = {tab: _to_settle(after, tab) for tab in after.tabs}
    written = {tab.key for tab in TABS if result.tabs.get(tab.key, {}).get("ecrits")}
    emptied = {tab.key for tab in TABS if result.tabs.get(tab.key, {}).get("retires")}
    leads = tuple(tab.key for tab in TABS if tab.key in written | emptied or settle.get(tab.key))
    at = None if since is None else f"{local(since, after.hotel.time_zone):%H:%M}"
    return Told(result, _sentence(result, len(written), sum(settle.values()), _changed(before, after), at), leads)


def _last(person: Person, day: date) -> datetime | None:
    """When the figures of the night were last read, ``None`` when they never were."""
    with read() as connection:
        runs = sync.runs_of(connection, person.property_id, day, 20)
    return next((run.ended_at for run in runs if run.status in ("complete", "partielle", "inchangee")), None)


def _to_settle(state: NightState, tab: str) -> int:
    return sum("ailleurs" in origin for origin in state.tabs[tab].origins.values())


def _changed(before: NightState, after: NightState) -> int:
    """Figures of the PMS that were there and that it gives otherwise now; those that it gives no more are apart."""
    return sum(
        cell in after.tabs[tab].origins and stored.field_versions.get(cell) != after.tabs[tab].field_versions.get(cell)
        for tab, stored in before.tabs.items()
        for cell, origin in stored.origins.items()
        if origin.get("genre") == SYNCED
    )


def _sentence(result: SyncResult, tabs: int, settle: int, changed: int, since: str | None) -> str:
    """« 60 chiffres écrits dans 5 onglets, 0 à trancher, 2 changés depuis 03:05. », then what lacks."""
    if result.status not in ("complete", "partielle", "inchangee"):
        return result.message
    # the message of the log counts in its first sentence, then names what could not be read
    _, _, lacking = result.message.partition(". ")
    written = f"{_many(result.written, 'chiffre écrit', 'chiffres écrits')} dans {_many(tabs, 'onglet', 'onglets')}"
    written += f", {_many(len(result.removed), 'retiré', 'retirés')}" if result.removed else ""
    if since and not result.written and not result.removed:
        head = f"Rien n’a changé depuis {since} : {_many(0, 'chiffre écrit', '')}, {french.count(settle)} à trancher."
    else:
        moved = f", {_many(changed, 'changé', 'changés')} depuis {since}" if since else ""
        head = f"{written}, {french.count(settle)} à trancher{moved}."
    return " ".join(filter(None, (head, lacking)))


def _many(number: int, one: str, several: str) -> str:
    return f"{french.count(number)} {one if number < 2 else several}"  # noqa: PLR2004 - French plural
