"""A synchronisation asked by a person, and what it came to in one sentence, told where she pressed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from database import lightspeed
from database.transaction import read
from utils import french
from utils.actions.lightspeed.changed import READ
from utils.actions.lightspeed.sync_night import LightspeedSync, SyncResult
from utils.actions.person import Person
from utils.actions.reading import night_if_open
from utils.actions.state import NightState
from utils.dates import local
from utils.french import counted
from utils.rj.catalogue import TABS
from utils.rj.merge import SYNCED


class Told(NamedTuple):
    """The result, its sentence, and the tabs it leads to: those written and those with a figure to settle."""

    result: SyncResult
    sentence: str
    tabs: tuple[str, ...]


def synchronise(person: Person, day: date) -> Told:
    """Fill the night of a date from the PMS; raises what ``LightspeedSync.sync_session`` raises."""
    before = night_if_open(person, day)
    with read() as connection:
        runs = lightspeed.runs_of(connection, person.property_id, day, 20)
    since = next((run.ended_at for run in runs if run.status in READ), None)
    result = LightspeedSync(person.property_id, person, cause="personne").sync_session(day)
    after = night_if_open(person, day)
    assert before is not None and after is not None  # noqa: S101, PT018 - a night that is not open was refused
    settle = {
        tab: sum(origin.beside is not None for origin in stored.origins.cells.values())
        for tab, stored in after.tabs.items()
    }
    written = {tab.key for tab in TABS if result.tabs.get(tab.key, {}).get("ecrits")}
    emptied = {tab.key for tab in TABS if result.tabs.get(tab.key, {}).get("retires")}
    leads = tuple(tab.key for tab in TABS if tab.key in written | emptied or settle.get(tab.key))
    at = None if since is None else f"{local(since, after.hotel.time_zone):%H:%M}"
    return Told(result, _sentence(result, len(written), sum(settle.values()), _changed(before, after), at), leads)


def _changed(before: NightState, after: NightState) -> int:
    """Figures of the PMS that were there and that it gives otherwise now; those that it gives no more are apart."""
    return sum(
        cell in after.tabs[tab].origins.cells
        and stored.field_versions.get(cell) != after.tabs[tab].field_versions.get(cell)
        for tab, stored in before.tabs.items()
        for cell, origin in stored.origins.cells.items()
        if origin.kind == SYNCED
    )


def _sentence(result: SyncResult, tabs: int, settle: int, changed: int, since: str | None) -> str:
    """« 60 chiffres écrits dans 5 onglets, 0 à trancher, 2 changés depuis 03:05. », then what lacks."""
    if result.status not in READ:
        return result.message
    # the message of the log counts in its first sentence, then names what could not be read
    _, _, lacking = result.message.partition(". ")
    written = f"{counted(result.written, 'chiffre écrit', 'chiffres écrits')} dans {counted(tabs, 'onglet', 'onglets')}"
    written += f", {counted(len(result.removed), 'retiré', 'retirés')}" if result.removed else ""
    if since and not result.written and not result.removed:
        head = f"Rien n’a changé depuis {since} : {counted(0, 'chiffre écrit', '')}, {french.count(settle)} à trancher."
    else:
        moved = f", {counted(changed, 'changé', 'changés')} depuis {since}" if since else ""
        head = f"{written}, {french.count(settle)} à trancher{moved}."
    return " ".join(filter(None, (head, lacking)))
