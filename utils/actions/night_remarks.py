"""The remarks of a night, with those that need another night to be seen."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Final

from utils import french
from utils.actions.carried import balances_of
from utils.actions.expected import missing_batches, missing_outlets
from utils.actions.open_night import missing_day
from utils.actions.state import NightState
from utils.rj.history import NO_BASE, lacking_words, month_lacks, tonight_lacks, tonight_words
from utils.rj.remarks import Remark, remarks
from utils.rj.summary import check_results
from utils.rj.tabs.jour_statistics import MONTH_LABELS, MONTH_PARTS, YEAR_SUMS

_ROOMS: Final = "jour.jour_rooms_louees"
"""Without it a night counts for nothing: nothing is said of its month yet."""


def all_remarks(state: NightState) -> tuple[Remark, ...]:
    """The remarks of the night, with those that need another night to be seen; a proof that waits says nothing yet."""
    waits = {result.check.judges for result in check_results(state.night) if state.editable and result.waits}
    month = tuple(_month_lacks(state))
    known = waits | {one.field for one in month}
    usual = state.expected
    said = (*remarks(state.night), *missing_batches(state.night, usual), *missing_outlets(state.night, usual))
    return (*_between_nights(state), *(one for one in said if one.field not in known), *month, *_year_lacks(state))


def _month_lacks(state: NightState) -> Iterable[Remark]:
    """Figures of the month that nights keep from being known, told together when they lack the same.

    What tonight lacks is told once for all of them, and alone: the other nights of the month are there.
    """
    values, alike, tonight = state.night.values, dict[str, list[str]](), dict[str, tuple[str, ...]]()
    for key, parts in MONTH_PARTS.items() if _ROOMS in values else ():
        why = month_lacks(key, values, state.lacking)
        if why and why == tonight_words(absent := tonight_lacks(parts, values)):
            tonight[key] = absent
        elif why not in ("", NO_BASE):
            alike.setdefault(why, []).append(key)
    if tonight:
        alike[tonight_words(dict.fromkeys(chain.from_iterable(tonight.values())))] = list(tonight)
    for why, keys in alike.items():
        whole = len(alike) == 1 and not any(f"jour.jour_mtd_{key}" in values for key in MONTH_LABELS)
        names = "sommes, moyennes, REVCD et taux" if whole else ", ".join(MONTH_LABELS[key] for key in keys)
        yield Remark(f"jour.jour_mtd_{keys[0]}", f"Mois à date inconnu ({names}) : {why}.", asked=False)


def _year_lacks(state: NightState) -> Iterable[Remark]:
    """Sums of the year that nights before this month keep from being known."""
    values, alike = state.night.values, dict[str, list[str]]()
    for key, *_ in YEAR_SUMS:
        gaps = state.lacking.get(f"ytd_avant_mois.{key}")
        if gaps and f"jour.jour_mtd_{key}" in values and f"jour.jour_ytd_{key}" not in values:
            alike.setdefault(lacking_words(gaps), []).append(key)
    for why, keys in alike.items():
        names = "" if len(keys) == len(YEAR_SUMS) else f" ({', '.join(MONTH_LABELS[key] for key in keys)})"
        yield Remark(f"jour.jour_ytd_{keys[0]}", f"Année à date inconnue{names} : {why}.", asked=False)


_CARRIED: Final = {
    "jour_guest_ledger": ("jour.jour_guest_ledger", "grand livre des clients"),
    "jour_diff_caisse_residu": ("jour.jour_diff_caisse", "différence de caisse à suivre"),
    "geac_newbal_gl": ("geac.geac_balance_sheet.prev_gl", "solde du grand livre"),
    "geac_ar_new_balance": ("geac.geac_ar_previous", "solde des comptes à recevoir"),
    "dueback": ("dueback.dueback_entries", "due backs"),
    "transelect_terminals": ("transelect.transelect_terminals", "terminaux de Transelect"),
}
"""What a night takes from the one before besides its closing balance: the field where it shows, its words."""


def to_carry_again(state: NightState) -> tuple[str, ...]:
    """What the night before, closed, leaves otherwise than this open night took it: keys of the carried block."""
    if state.earlier is None or state.earlier.leaves is None or state.row["reprise"]:
        return ()
    left, taken = state.earlier.leaves, balances_of(state.row["previous"] or {})
    return tuple(key for key in left | taken if left.get(key) != taken.get(key))


def _between_nights(state: NightState) -> Iterable[Remark]:
    missing = missing_day(state)
    if missing is not None:
        sentence = f"Il y a un trou : la nuit du {missing.isoformat()} n'existe pas."
        yield Remark("controle.audit_date", sentence, asked=False)
    if state.earlier is None:
        return
    moved = [_CARRIED[key] for key in to_carry_again(state) if key in _CARRIED]
    if moved:
        words = ", ".join(label for _, label in moved)
        text = f"La nuit du {state.earlier.day.isoformat()} se ferme autrement qu'elle n'a été reprise ({words})."
        yield Remark(moved[0][0], f"{text} Reprenez la veille.", asked=False)
    if state.earlier.new_balance is None:
        return
    day, carried = state.earlier.day.isoformat(), state.night.values.get("previous.jour_new_balance")
    if carried is None:
        text = f"La nuit du {day} a maintenant sa fermeture : reprenez la veille."
        yield Remark("jour.jour_opening_balance", text, asked=False)
    elif gap := state.earlier.new_balance - carried:
        text = f"L'ouverture diffère de la fermeture corrigée du {day} (écart {french.money(gap)})."
        yield Remark("jour.jour_opening_balance", text, asked=False)
