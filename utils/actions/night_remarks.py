"""The remarks of a night, with those that need another night to be seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from utils import french
from utils.actions.expected import missing_batches
from utils.actions.open_night import missing_day
from utils.actions.state import NightState
from utils.rj.history import NO_BASE, lacking_words, month_lacks
from utils.rj.remarks import Remark, remarks
from utils.rj.summary import check_results
from utils.rj.tabs.jour_statistics import MONTH_LABELS, MONTH_PARTS

_ROOMS: Final = "jour.jour_rooms_louees"
"""Without it a night counts for nothing: nothing is said of its month yet."""

_MONTH, _YEAR = "jour.jour_mtd_room_revenue", "jour.jour_ytd_room_revenue"


def all_remarks(state: NightState) -> tuple[Remark, ...]:
    """The remarks of the night, with those that need another night to be seen; a proof that waits says nothing yet."""
    waits = {result.check.judges for result in check_results(state.night) if state.editable and result.waits}
    month = tuple(_month_lacks(state))
    known = waits | {one.field for one in month}
    said = (*remarks(state.night), *missing_batches(state.night, state.expected))
    return (*_between_nights(state), *(one for one in said if one.field not in known), *month, *_year_lacks(state))


def _month_lacks(state: NightState) -> Iterable[Remark]:
    """Figures of the month that nights of the book keep from being known, told together when they lack the same."""
    values, alike = state.night.values, dict[str, list[str]]()
    for key, parts in MONTH_PARTS.items() if _ROOMS in values else ():
        if any(f"jour.jour_{part}" not in values for part in parts):
            continue
        if (why := month_lacks(key, values, state.lacking)) not in ("", NO_BASE):
            alike.setdefault(why, []).append(key)
    for why, keys in alike.items():
        whole = len(alike) == 1 and not any(f"jour.jour_mtd_{key}" in values for key in MONTH_LABELS)
        names = "sommes, moyennes, REVCD et taux" if whole else ", ".join(MONTH_LABELS[key] for key in keys)
        yield Remark(f"jour.jour_mtd_{keys[0]}", f"Mois à date inconnu ({names}) : {why}.", asked=False)


def _year_lacks(state: NightState) -> Iterable[Remark]:
    """A year to date that nights before this month keep from being known."""
    days, values = state.lacking.get("ytd_avant_mois.room_revenue"), state.night.values
    if days and _MONTH in values and _YEAR not in values:
        yield Remark(_YEAR, f"Année à date inconnue : {lacking_words(days)}.", asked=False)


def _between_nights(state: NightState) -> Iterable[Remark]:
    missing = missing_day(state)
    if missing is not None:
        sentence = f"Il y a un trou : la nuit du {missing.isoformat()} n'existe pas."
        yield Remark("controle.audit_date", sentence, asked=False)
    if state.earlier is None or state.earlier.new_balance is None:
        return
    day, carried = state.earlier.day.isoformat(), state.night.values.get("previous.jour_new_balance")
    if carried is None:
        text = f"La nuit du {day} a maintenant sa fermeture : reprenez la veille."
        yield Remark("jour.jour_opening_balance", text, asked=False)
    elif gap := state.earlier.new_balance - carried:
        text = f"L'ouverture diffère de la fermeture corrigée du {day} (écart {french.money(gap)})."
        yield Remark("jour.jour_opening_balance", text, asked=False)
