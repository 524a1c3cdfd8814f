"""Submit a night: refused while a check blocks, unless somebody entitled let it pass or the night waits for that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from database import revisions
from database.journal import Entry
from database.night_replay import leaving
from database.night_seals import OVERRIDES, SUBMISSIONS, and_row
from database.nights import as_text
from database.revisions import Overridden, Submitted
from utils.actions.cells import cell_name, find_cell
from utils.actions.lock_night import lock
from utils.actions.night_work import NightWork, open_for
from utils.actions.person import Person
from utils.actions.reasons import read_needed_reason, read_reason
from utils.actions.refusals import Conflict, Forbidden, NotEditable, Unreadable
from utils.actions.saving import refuse_altered
from utils.actions.settings.fields import TAKING_BACK, value_in
from utils.actions.state import CORRECTING, EDITABLE, LABELS, LOCKED, SUBMITTED, NightState
from utils.actions.verdicts import still_holds, value_text
from utils.rj.answers import named
from utils.rj.catalogue import BY_KEY, FIELDS, TABS
from utils.rj.checks import CHECKS
from utils.rj.reading import ABSENT, Problem, Reader, joined
from utils.rj.reason import RULE
from utils.rj.remarks import Remark, remarks, thin_reasons
from utils.rj.summary import CheckResult, blocking, check_results, warnings
from utils.rj.verdict import CASH, TAB, is_begun, tab_name, tabs_left
from utils.shapes import Document

_CHECKS: Final = {check.key: check for check in CHECKS}
_TABS: Final = frozenset(TAB + tab.key for tab in TABS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a submission asks for: checks that block and that nobody let pass; warnings, remarks, tabs left to answer.

    ``tabs`` are keys of tabs; nothing is asked of a night of which nothing is begun, which is refused.
    """

    blocking: tuple[CheckResult, ...]
    warnings: tuple[CheckResult, ...]
    remarks: tuple[Remark, ...]
    tabs: tuple[str, ...]
    begun: bool

    @property
    def names(self) -> tuple[str, ...]:
        """What wants a reason, as ``motifs`` names it: checks, cells, ``onglets.…``."""
        checks, cells = (one.check.key for one in self.warnings), (one.field for one in self.remarks)
        return (*checks, *cells, *(TAB + tab for tab in self.tabs))

    def as_json(self) -> Document:
        """Keys as the API shows them."""
        return {
            "bloquants": [result.as_json() for result in self.blocking],
            "avertissements": [result.as_json() for result in self.warnings],
            "remarques": [remark.as_json() for remark in self.remarks],
            "onglets": [{"cle": TAB + tab, "onglet": tab, "phrase": left_sentence(tab)} for tab in self.tabs],
            "commencee": self.begun,
        }


def asked(state: NightState) -> Asked:
    """What the submission of this night asks for now."""
    passed = {override.check for override in state.overrides if still_holds(state, override)}
    red = tuple(result for result in blocking(state.night) if result.check.key not in passed)
    values = state.night.values
    found = (*remarks(state.night), *thin_reasons(state.night))
    questions = tuple(replace(r, field=cell_name(values, r.field)) for r in found if r.asked)
    return Asked(red, warnings(state.night), questions, tabs_left(state.night), is_begun(state.night))


_EMPTY: Final = f"La nuit est vide : aucun de ses {len(TABS)} onglets n’est commencé. Il n’y a rien à soumettre."


def left_sentence(tab: str) -> str:
    """What is asked of a tab that is not finished."""
    return f"L’onglet {tab_name(tab)} n’est pas terminé : finissez-le, déclarez « Aucune activité » ou dites pourquoi."


def submit_night(person: Person, day: date, document: Any, at: datetime) -> NightState:
    """Submit, and lock when the hotel's policy says so. Submitting what is already submitted changes nothing."""
    motifs, waits = _read(document)
    with open_for(person, day, at) as work:
        state = work.state
        if state.status in (SUBMITTED, LOCKED):
            return state
        if not person.may("corriger" if state.status == CORRECTING else "soumettre"):
            raise Forbidden("Votre rôle ne permet pas de soumettre cette nuit.")
        if state.status not in EDITABLE:
            raise NotEditable(f"La nuit est {LABELS[state.status].lower()}.")
        if not is_begun(state.night):
            raise Conflict(_EMPTY)
        refuse_altered(work.connection, state)
        for key in (result.check.key for result in asked(state).blocking):
            if key in motifs and may_override(person, work.state):
                add_override(work, key, motifs[key])  # « Soumettre malgré 1 contrôle rouge — motif »
        needed = asked(work.state)
        _refuse_blocking(needed, waits)
        _refuse_unanswered(needed, motifs)
        state, waiting = work.state, bool(needed.blocking)
        checks = {result.check.key: result.as_json() for result in check_results(state.night)}
        kept = Submitted(state.stamp.id, state.row["revision"], at, person.user_id, checks, dict(motifs), waiting)
        revisions.add_submission(work.connection, kept)
        work.state = replace(state, submission=revisions.last_submission(work.connection, state.stamp.id))
        minutes = timedelta(minutes=value_in(state.policy, TAKING_BACK))
        columns = {
            "status": SUBMITTED,
            "submitted_at": at,
            "submitted_by": person.user_id,
            "leaves_at": at + minutes,
        }
        action = "soumission en attente" if waiting else "soumission"
        entries = [Entry(action, old=as_text(state.status), new=as_text(SUBMITTED), origin=leaving(at + minutes))]
        entries += [Entry("motif", "sommaire", key, reason=motif) for key, motif in sorted(motifs.items())]
        parts = {SUBMISSIONS: and_row(state.seal.parts.get(SUBMISSIONS, ""), kept)}
        work.new_version(entries, columns | {"awaiting_override": waiting}, parts=parts)
        if not needed.blocking and locks_by_itself(work.state):
            lock(work)
    return work.state


def locks_by_itself(state: NightState) -> bool:
    """Whether the hotel locks a night as soon as nothing blocks it."""
    return bool(state.policy.get("verrouillage_auto", True))


def _read(document: Any) -> tuple[dict[str, str], bool]:
    reader = Reader()
    given = reader.object({} if document is None else document, "")
    for key in [one for one in given if one not in ("motifs", "en_attente")]:
        reader.refuse(key, "Champ inconnu.")
    motifs = {} if given.get("motifs") in ABSENT else reader.object(given["motifs"], "motifs")
    answers = {
        key: read_reason(motif, joined("motifs", key), f"de « {named(key)} »", reader) for key, motif in motifs.items()
    }
    for key in answers:
        tab, _, cell = key.partition(".")
        is_cell = key in FIELDS or (tab in BY_KEY and find_cell(tab, cell) is not None)
        if key not in _CHECKS and key not in _TABS and not is_cell:
            reader.refuse(joined("motifs", key), "Ni un contrôle, ni un onglet, ni une case de la nuit.")
    waits = given.get("en_attente", False)
    if not isinstance(waits, bool):
        reader.refuse("en_attente", "Il faut vrai ou faux (true, false).")
    if reader.problems:
        first, *others = reader.problems
        raise Unreadable("La nuit n’est pas soumise : voir chaque motif." if others else first.message, reader.problems)
    return {key: answer for key, answer in answers.items() if answer}, waits


def may_override(person: Person, state: NightState) -> bool:
    """The right, and not on a night one audited oneself unless the hotel allows it."""
    own = state.row["auditor_id"] == person.user_id
    return person.may("deroger") and (not own or bool(state.policy.get("derogation_par_auditeur", False)))


def _refuse_blocking(needed: Asked, waits: bool) -> None:
    if needed.blocking and not waits:
        count = len(needed.blocking)
        plural = "s bloquent" if count > 1 else " bloque"
        sentence = (
            f"{count} contrôle{plural} la soumission : corrigez, demandez une dérogation ou soumettez en attente."
        )
        problems = [Problem(f"sommaire.{r.check.key}", r.sentence()) for r in needed.blocking]
        raise Conflict(sentence, problems, {"controles": [r.as_json() for r in needed.blocking]})


def _refuse_unanswered(needed: Asked, motifs: Mapping[str, str]) -> None:
    problems = [
        Problem(
            f"motifs.{result.check.key}",
            f"{result.check.message} "
            + (f"Une note est obligatoire : {RULE}." if result.check.key == CASH else f"Dites pourquoi : {RULE}."),
        )
        for result in needed.warnings
        if result.check.key not in motifs
    ]
    problems += [Problem(f"motifs.{r.field}", r.message) for r in needed.remarks if r.field not in motifs]
    problems += [Problem(f"motifs.{TAB}{tab}", left_sentence(tab)) for tab in needed.tabs if TAB + tab not in motifs]
    if problems:
        raise Unreadable("La soumission demande un motif à chaque avertissement et à chaque onglet laissé.", problems)


def override_check(person: Person, day: date, document: Any, at: datetime) -> NightState:
    """Let a blocking check pass, for a reason that is kept; a night that waited only for that is then locked."""
    reader = Reader()
    given = reader.object(document, "")
    check = given.get("check")
    if not isinstance(check, str) or check not in _CHECKS:
        reader.refuse("check", "Contrôle inconnu.")
    sentence = "Une dérogation demande un motif."
    motif = read_needed_reason(given.get("motif"), "motif", "de la dérogation", sentence, reader)
    if reader.problems:
        raise Unreadable("La dérogation ne peut pas être lue.", reader.problems)
    with open_for(person, day, at) as work:
        state = work.state
        waiting = state.status == SUBMITTED and state.row["awaiting_override"]
        if not waiting and state.status not in EDITABLE:
            raise NotEditable(f"La nuit est {LABELS[state.status].lower()} : rien n'attend de dérogation.")
        if not may_override(person, state):
            raise Forbidden(
                "Vous ne pouvez pas accorder cette dérogation : rôle insuffisant, ou nuit que vous avez auditée."
            )
        if check not in {result.check.key for result in asked(state).blocking}:
            raise Conflict("Ce contrôle ne bloque pas, ou quelqu'un l'a déjà laissé passer.")
        refuse_altered(work.connection, state)
        add_override(work, check, motif)
        if waiting and not asked(work.state).blocking:
            work.new_version([Entry("dérogations complètes")], {"awaiting_override": False})
            if locks_by_itself(work.state):
                lock(work)
    return work.state


def add_override(work: NightWork, check: str, motif: str) -> None:
    """Keep an override for ever and note it in the journal."""
    state, value = work.state, value_text(work.state, check)
    by = work.person.user_id
    kept = Overridden(state.stamp.id, state.row["revision"], check, value, motif, by, work.at)
    revisions.add_override(work.connection, kept)
    entry = Entry("derogation", "sommaire", check, new=as_text(value), reason=motif)
    work.new_version([entry], parts={OVERRIDES: and_row(state.seal.parts.get(OVERRIDES, ""), kept)})
    found = revisions.overrides_of(work.connection, state.stamp.id, state.row["revision"])
    work.state = replace(work.state, overrides=tuple(found))
