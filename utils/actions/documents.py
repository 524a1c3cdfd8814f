"""A night as JSON: what the API answers and what the pages show. Shapes: `documentation/api.md`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import orjson

from database.origins import NO_ORIGINS
from database.revisions import Overridden
from utils.actions.cells import cell_name
from utils.actions.night_remarks import all_remarks
from utils.actions.state import LOCKED, SUBMITTED, NightState
from utils.actions.submit_night import asked
from utils.actions.verdicts import given_of, verdict_of
from utils.dates import local
from utils.rj.cash_difference import decompose
from utils.rj.catalogue import BY_KEY, FIELDS, TABS
from utils.rj.check import BLOCKING, INFO, OK, WAITING, WARNING
from utils.rj.kpi import indicators
from utils.rj.merge import ERASED, SYNCED
from utils.rj.remarks import Remark
from utils.rj.standing import StripAmount, TabStanding
from utils.rj.summary import check_results
from utils.rj.tabs.sommaire import FINISHED
from utils.rj.waiting import is_half_fed
from utils.rj.writing import WRITERS, difference, nested, write_computed, written
from utils.shapes import Document
from utils.text import person_key

# key, label, tab, field of the amount, check that judges it
STRIP: Final = (
    ("recap", "Recap", "recap", "recap.recap_balance", "chk_recap"),
    ("transelect", "Transelect", "transelect", "transelect.transelect_variance", "chk_transelect_x20"),
    ("geac", "GEAC", "geac", "sommaire.chk_geac_bilan", "chk_geac_bilan"),
    ("diff_caisse", "Diff. caisse", "jour", "jour.jour_diff_caisse", "chk_diff_caisse"),
    ("quasimodo", "Quasimodo", "quasimodo", "quasimodo.quasi_variance", "chk_quasimodo"),
)


def encoded(document: Any) -> bytes:
    """Compact UTF-8 JSON."""
    return orjson.dumps(document)


def night_bytes(state: NightState) -> bytes:
    """The whole night as JSON, made once a version."""
    if "bytes" not in state.rendered:
        state.rendered["bytes"] = encoded(night_document(state))
    found: bytes = state.rendered["bytes"]
    return found


def night_document(state: NightState) -> Document:
    """The whole night."""
    settled = not state.editable
    found = decompose(state.night, settled=settled)
    return {
        "hotel": state.hotel.code,
        "date": state.day.isoformat(),
        **summary_document(state),
        "modifiable": state.editable,
        "controles": [
            {
                **result.as_json(),
                "phrase": result.said(settled=settled),
                # while it waits, for which papers, whatever its figure says meanwhile
                **({"attend": list(result.waits)} if result.standing(settled=settled) == WAITING else {}),
            }
            for result in check_results(state.night)
        ],
        "difference_caisse": found.as_json() if found else None,
        "indicateurs": [indicator.as_json() for indicator in indicators(state.night)],
        "propositions": proposals(state),
        "precedente": dict(state.block),
        "lightspeed": lightspeed_document(state),
        "demandes": asked(state).as_json(),
        "derogations": [override_document(state, override) for override in state.overrides],
        "verdict": verdict_of(state).as_json(),
        "motifs": [
            {"cle": key, "motif": reason.text, "par": reason.by, "a": reason.at}
            for key, reason in given_of(state).reasons.items()
        ],
        "tabs": {tab.key: tab_document(state, tab.key) for tab in TABS},
    }


def lightspeed_document(state: NightState) -> Document:
    """What the tabs owe to the PMS: state, revision and moment of each, as the last synchronisation left them."""
    at = state.row["ls_sync_timestamp"]
    moment = None if at is None else local(at, state.hotel.time_zone).isoformat(timespec="seconds")
    return {"statut": state.row["ls_sync_status"], "a": moment, "onglets": state.row["ls_sync_tabs"] or {}}


def summary_document(state: NightState) -> Document:
    """State, version, completeness, tabs, strip and remarks: what every answer repeats."""
    leaving = {}
    if state.leaves_at is not None:  # what says a closed night leaves the hotel then, and may be taken back no more
        leaving["part_a"] = local(state.leaves_at, state.hotel.time_zone).isoformat(timespec="seconds")
    return {
        "version": state.stamp.version,
        "revision": state.row["revision"],
        "etat": state.status,
        "libelle_etat": state.label,
        "completude": f"{state.night.values['sommaire.completude']:.2f}",
        "onglets": {key: tab.as_json() for key, tab in tab_standings(state).items()},
        "bande": [amount.as_json() for amount in strip_of(state)],
        "remarques": [remark_document(state, one) for one in all_remarks(state)],
        **leaving,
    }


def strip_of(state: NightState) -> tuple[StripAmount, ...]:
    """The five amounts always in view."""
    found = []
    for key, label, tab, field, check in STRIP:
        value = state.night.values.get(field)
        shown = None if value is None else written(FIELDS[field], value)
        balance, waits = _balance(state, tab, (check,), explains=key == "diff_caisse" and bool(value))
        found.append(StripAmount(key, label, tab, field, shown, balance, waits))
    return tuple(found)


def _balance(
    state: NightState, tab: str, checks: Iterable[str], *, explains: bool = False
) -> tuple[str, tuple[str, ...]]:
    """ok, ecart, a_expliquer or na, of some checks together; na with the papers that they still wait for."""
    results = [result for result in check_results(state.night) if result.check.key in checks]
    statuses = [result.standing(settled=not state.editable) for result in results]
    if BLOCKING in statuses:
        return "ecart", ()
    if WARNING in statuses:
        return "a_expliquer" if explains else "ecart", ()
    # a figure that half its papers made is no figure; a check that has none yet takes nothing from the others
    waits = [one for one, shown in zip(results, statuses, strict=True) if shown == WAITING]
    half = any(one.value is not None or is_half_fed(one.check.key, state.night, tab) for one in waits)
    if not half and (OK in statuses or INFO in statuses):
        return "ok", ()
    return "na", tuple(dict.fromkeys(paper for result in results for paper in result.waits))


_CHECKS_OF: Final = {
    "dueback": ("chk_dueback",),
    "recap": ("chk_recap", "chk_sd_surplus"),
    "transelect": ("chk_transelect_reception", "chk_transelect_x20"),
    "geac": (
        "chk_geac_cartes",
        "chk_geac_reception",
        "chk_geac_bilan",
        "chk_geac_veille",
        "chk_geac_identite",
        "chk_ar",
    ),
    "sd": ("chk_sd_depot", "chk_depot", "chk_sd_personne"),
    "setd": ("chk_setd",),
    "hp_admin": ("chk_hp", "chk_hp_motif"),
    "internet": ("chk_internet",),
    "sonifi": ("chk_sonifi",),
    "jour": ("chk_ouverture", "chk_recap_transfert", "chk_cartes_transfert", "chk_guest_ledger", "chk_diff_caisse"),
    "quasimodo": ("chk_quasimodo",),
    "dbrs": ("chk_dbrs_chambres", "chk_dbrs_revenu", "chk_dbrs_form"),
}


def tab_standings(state: NightState) -> dict[str, TabStanding]:
    """Where each tab stands, and what its checks wait for."""
    found = {}
    for tab in (one.key for one in TABS):
        explains = tab == "jour" and state.night.values.get("sommaire.statuts.chk_diff_caisse") == WARNING
        balance, waits = _balance(state, tab, _CHECKS_OF.get(tab, ()), explains=explains)
        said = str(state.night.values[f"sommaire.onglets.{tab}"])
        if tab == "sommaire" and said not in FINISHED:
            # that of a night that was submitted is in progress no more, whatever was left
            said = _CLOSED.get(state.status, said)
        found[tab] = TabStanding(said, balance, _source(state, tab, waits=bool(waits)), waits)
    return found


_CLOSED: Final = {SUBMITTED: "soumise", LOCKED: "verrouillee"}


def _source(state: NightState, tab: str, *, waits: bool) -> str:
    """Error when the PMS did not give all of it and the tab still waits for it, synced when it filled some of it,
    manual when persons did, else what the tab is by nature.
    """  # noqa: D205 - one sentence
    stored = state.tabs.get(tab)
    asked = (state.row["ls_sync_tabs"] or {}).get(tab, {})
    in_vain = asked.get("etat") in ("erreur", "absent", "partiel")
    if in_vain and (waits or state.night.values[f"sommaire.onglets.{tab}"] != "complet"):
        return "error"
    kinds = {origin.kind for origin in stored.origins.cells.values()} if stored else set()
    if SYNCED in kinds:
        return "synced"
    if kinds:
        return "manual"
    return {"automatique": "auto", "prochainement": "planned"}.get(BY_KEY[tab].badge, "manual")


def tab_document(state: NightState, tab: str) -> Document:
    """One tab."""
    stored = state.tabs.get(tab)
    prefix, values = tab + ".", dict[str, object]()
    for key, value in stored.inputs.items() if stored else ():
        nested(values, key, value)
    differing = (difference(state.night, name) for name in state.night.sources if name.startswith(prefix))
    # where each value came from: kind, person, local instant, revision, and a value kept beside
    origins: Document = {}
    kept = stored.origins if stored else NO_ORIGINS
    for cell in kept.cells:
        origins[cell] = dict(kept.document[cell])
        if "qui" in origins[cell]:
            origins[cell]["par"] = state.names.get(origins[cell].pop("qui"), ERASED)
    return {
        "version": state.stamp.version,
        "values": values,
        "computed": write_computed(state.night, tab),
        "differences": [found.as_json() for found in differing if found is not None],
        "origines": origins,
        "saisies": dict(stored.typed_texts) if stored else {},
    }


def saved_document(state: NightState, tab: str, moved: Iterable[str]) -> Document:
    """The answer to a save: the tab, every figure recalculated in all tabs, and where the night stands."""
    return {
        **tab_document(state, tab),
        "recalcules": recalculated(state, moved),
        "nuit": summary_document(state),
    }


def recalculated(state: NightState, moved: Iterable[str]) -> Document:
    """New values of the figures that moved by qualified name, ``None`` for one that is absent now."""
    found: Document = {}
    for name in moved:
        if "[]." in name:
            lines, _, column = name.partition("[].")
            writer = WRITERS[next(c.kind for c in FIELDS[lines].columns if c.key == column)]
            figures = zip(state.night.values.get(lines, ()), state.night.values.get(name) or (), strict=False)
            for line, figure in figures:
                found[f"{lines}.{line['id']}.{column}"] = None if figure is None else writer(figure)
        elif FIELDS[name].formula is not None:
            value = state.night.values.get(name)
            found[name] = None if value is None else written(FIELDS[name], value)
    return found


def remark_document(state: NightState, remark: Remark) -> Document:
    """A remark, a line being named by its id."""
    return {**remark.as_json(), "champ": cell_name(state.night.values, remark.field)}


def proposals(state: NightState) -> Document:
    """What is offered and counts only once confirmed: yesterday's guest ledger, floats to carry, the auditor's name."""
    values, found = state.night.values, {}
    ledger = values.get("previous.geac_newbal_gl")
    if ledger is not None and "geac.geac_balance_sheet.prev_gl" not in values:
        found["geac.geac_balance_sheet.prev_gl"] = WRITERS["money"](ledger)
    if state.policy.get("dueback_report", "confirmer") != "jamais":
        entries = values.get("dueback.dueback_entries", ())
        here = {person_key(line.get("name", "")) for line in entries if "previous" in line}
        floats = (line for line in values.get("previous.dueback", ()) if person_key(line.get("name", "")) not in here)
        found["dueback"] = [
            {"name": line["name"], "previous": WRITERS["money"](-line["nouveau"])}
            for line in floats
            if "nouveau" in line
        ]
    if "controle.auditor_name" not in values and state.row["auditor_id"] in state.names:
        found["controle.auditor_name"] = state.names[state.row["auditor_id"]]
    return {key: value for key, value in found.items() if value}


def override_document(state: NightState, override: Overridden) -> Document:
    """An override of this round."""
    return {
        "check": override.check,
        "valeur": override.value,
        "motif": override.motif,
        "par": state.names.get(override.by or 0, "quelqu'un"),
        "a": local(override.at, state.hotel.time_zone).isoformat(timespec="seconds"),
    }
