"""Verifying the book of a hotel: its chain row by row, the head, the locked nights, the snapshots.

Every problem is named by its place and said in a French sentence; a book without problem gives an empty list.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, select

from database import chain, journal_rows, lightspeed, night_replay, night_seals, revisions, seals, triggers
from database.chain import Head, Row
from database.journal import ERASING, IMPORTING, LOCKING, REOPENING, TAKING_BACK, UNDOING, proves
from database.journal_head import denied_witnesses
from database.models import Change, JournalHead, NightAuditSession, NightLine
from database.night_replay import Gap
from database.replay import UNREADABLE, Replay, gaps_of_accounts

_LIFE: Final = {LOCKING: True, REOPENING: False, TAKING_BACK: False, IMPORTING: True}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as the product wrote it: where, and what; of a cell, what it holds and what it should."""

    place: str
    message: str
    gap: Gap | None = None


@dataclass(slots=True)
class _Walk:
    """What is known of a chain while its rows go by."""

    head: Head
    erased: dict[int, set[str]] = field(default_factory=dict)
    declared: dict[int, set[str]] = field(default_factory=dict)
    locked: dict[int, tuple[bool, int]] = field(default_factory=dict)
    nights: dict[int, date | None] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    spoken: dict[int, int] = field(default_factory=dict)
    leaving: dict[int, tuple[datetime | None] | None] = field(default_factory=dict)
    snapshots: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    replay: Replay = field(default_factory=Replay)


def verify(connection: Connection, property_id: int) -> list[Problem]:
    """Every problem of the book of a hotel, in the order of the journal, then head, nights and snapshots."""
    walk = _Walk(chain.genesis(property_id))
    checks = (
        _check_rows(connection, property_id, walk),
        _check_head(connection, property_id, walk),
        (Problem(f"témoin du {day}", said) for day, said in denied_witnesses(connection, property_id)),
        _check_nights(connection, property_id, walk),
        _check_lines(connection, property_id),
        _check_revisions(connection, property_id, walk),
        (
            Problem(f"nuit {day}", f"Ce que le PMS a dit (« {report} ») a été modifié hors de RJ Natif.")
            for day, report in lightspeed.altered_readings(connection, property_id)
        ),
        (Problem(*gap) for gap in walk.replay.gaps(connection, property_id)),
        (Problem(*gap) for gap in gaps_of_accounts(connection, property_id)),
        _check_triggers(connection),
    )
    return [problem for check in checks for problem in _guarded(connection, check)]


def broken_chain(connection: Connection, property_id: int) -> list[Problem]:
    """What is wrong with the chain itself, rows and head: nothing can be taken from such a journal."""
    walk = _Walk(chain.genesis(property_id))
    checks = (_check_rows(connection, property_id, walk), _check_head(connection, property_id, walk))
    return [problem for check in checks for problem in _guarded(connection, check)]


def _guarded(connection: Connection, check: Iterator[Problem]) -> Iterator[Problem]:
    """What a check finds; what cannot be read any more is a problem too, and hides nothing that the others find."""
    try:
        with connection.begin_nested():
            yield from check
    except UNREADABLE:
        yield Problem("base", "Ce qui y est écrit ne se lit plus : modifié hors de RJ Natif.")


def _check_rows(connection: Connection, property_id: int, walk: _Walk) -> Iterator[Problem]:
    """Whether each row is what was written, linked to the one before, and each erased one declared."""
    for row in journal_rows.in_order(connection, Change.property_id == property_id):
        place = f"ligne {row.seq}"
        if row.seq != walk.head.seq + 1:
            yield Problem(place, f"Il manque des lignes avant celle-ci : de {walk.head.seq + 1} à {row.seq - 1}.")
        elif row.prev_hash != walk.head.hash:
            yield Problem(place, f"La ligne ne s’enchaîne pas à la ligne {row.seq - 1} : l’une des deux a été récrite.")
        if row.erasure is not None:
            walk.erased[row.seq] = set(row.erasure.get("leaves", chain.PARTS))
        if not chain.holds(row):
            yield Problem(place, "Le contenu de la ligne (valeurs, personne ou motif) a été modifié.")
        if chain.link(row.prev_hash, row, row.digest) != row.hash:
            yield Problem(place, "La ligne a été modifiée.")
        walk.head = Head(row.seq, row.hash)
        _remember(walk, row)
    for seq, parts in walk.erased.items():
        if not parts <= walk.declared.get(seq, set()):
            yield Problem(f"ligne {seq}", "Le contenu a été retiré sans que le journal en garde l’effacement.")


def _check_triggers(connection: Connection) -> Iterator[Problem]:
    """Whether the tables still refuse what they must, and nothing else stands in their way."""
    for name in triggers.missing(connection):
        yield Problem("base", f"Le verrou « {name} » manque, ou a été changé.")
    for name in triggers.foreign(connection):
        yield Problem("base", f"« {name} » n’est pas de RJ Natif, et peut taire ou changer ce qui s’écrit ou se lit.")


def _remember(walk: _Walk, row: Row) -> None:
    """Keep what the end of the walk will be held against."""
    action, night_id = row.action, row.night_id
    walk.replay.feed(row)
    if action == ERASING:
        for first, last, parts in _listed(row.new):
            for seq in range(first, last + 1):
                walk.declared.setdefault(seq, set()).update(parts)
    if night_id is not None and action == UNDOING:
        for kept in (walk.nights, walk.spoken, walk.versions, walk.locked, walk.leaving):
            kept.pop(night_id, None)
    elif night_id is not None:
        walk.nights[night_id] = row.audit_date
        walk.spoken[night_id] = row.seq
        walk.versions[night_id] = max(row.night_version or 0, walk.versions.get(night_id, 0))
        walk.leaving[night_id] = night_replay.said_leaving(row, walk.leaving.get(night_id))
        if action in _LIFE and not row.tab:
            walk.locked[night_id] = (_LIFE[action], row.seq)
        if action == LOCKING:
            walk.snapshots[night_id, row.revision or 0, "lock"] += 1
        elif action == REOPENING:
            walk.snapshots[night_id, (row.revision or 0) - 1, "correction"] += 1


def _listed(text: str | None) -> list[tuple[int, int, Sequence[str]]]:
    """The ranges of rows that an erasure declares, with what was erased of them; an old one does not say what."""
    try:
        return [(one[0], one[1], one[2] if len(one) > 2 else chain.PARTS) for one in json.loads(text or "[]")]  # noqa: PLR2004
    except (ValueError, TypeError, LookupError):
        return []


def _check_head(connection: Connection, property_id: int, walk: _Walk) -> Iterator[Problem]:
    """Whether the head is the last row, under a seal of ours."""
    last = walk.head
    table = JournalHead.__table__.c
    row = connection.execute(select(JournalHead.__table__).where(table.property_id == property_id)).one_or_none()
    if row is None:
        yield Problem("tête", "La tête du journal a disparu.")
        return
    head = Head(row.seq, row.hash, row.broken_at)
    if not proves(connection, lambda key: chain.seal(key, property_id, head), row.mac):
        yield Problem("tête", "La tête du journal a été modifiée : son sceau n’est pas le nôtre.")
    if head.seq > last.seq:
        yield Problem("tête", f"Les lignes {last.seq + 1} à {head.seq} ont été retirées de la fin du journal.")
    elif head[:2] != last[:2]:
        yield Problem("tête", f"La tête (ligne {head.seq}) n’est pas la dernière ligne du journal ({last.seq}).")
    if head.broken_at is not None:
        yield Problem(f"ligne {head.broken_at}", "La tête du journal avait été modifiée avant cette ligne.")


def _check_nights(connection: Connection, property_id: int, walk: _Walk) -> Iterator[Problem]:
    """Whether each night is locked or open as the journal says, and what is locked unchanged."""
    table = NightAuditSession.__table__.c
    columns = (table.id, table.audit_date, table.status, table.version, table.checksum, table.leaves_at)
    rows = connection.execute(select(*columns).where(table.property_id == property_id).order_by(table.audit_date))
    found, sealed = set(), night_seals.has_seals(connection)
    if not sealed:
        yield Problem("base", "La table des sceaux des nuits a disparu.")
    for night in rows.all():
        found.add(night.id)
        place, locked = f"nuit {night.audit_date}", night.status == "locked"
        said, seq = walk.locked.get(night.id, (False, 0))
        if locked != said:
            state = "verrouillée" if said else "ouverte"
            yield Problem(place, f"L’état de la nuit a été modifié : le journal la dit {state} (ligne {seq}).")
        if walk.leaving.get(night.id) not in (None, (night.leaves_at,)):
            yield Problem(place, "L’heure où ce qui dit la nuit peut partir n’est pas celle du journal.")
        last = walk.versions.get(night.id, 0)
        if locked and not seals.night_is_intact(connection, night.id, night.checksum):
            yield Problem(place, "La nuit verrouillée a été modifiée depuis son verrouillage.")
        elif night.version != last:
            yield Problem(place, f"La nuit en est à la version {night.version}, et le journal à la version {last}.")
        if sealed:
            yield from _check_seal(connection, night.id, place, walk.spoken.get(night.id, 0))
        yield from (Problem(place, gap.message, gap) for gap in night_replay.gaps_of_cells(connection, night.id))
    for night_id in sorted(walk.nights.keys() - found):
        yield Problem(f"nuit {walk.nights[night_id]}", "La nuit est au journal, mais elle a disparu.")


def _check_lines(connection: Connection, property_id: int) -> Iterator[Problem]:
    """Whether each line by person is of a night of the hotel: statements add them up by date, seals by night."""
    lines, nights = NightLine.__table__.c, NightAuditSession.__table__.c
    stray = lines.night_id.not_in(select(nights.id).where(nights.property_id == property_id))
    days = select(lines.audit_date).where(lines.property_id == property_id, stray).distinct()
    for day in connection.execute(days.order_by(lines.audit_date)).scalars():
        yield Problem(f"relevés par personne du {day}", "Une ligne n’y est d’aucune nuit : ajoutée hors de RJ Natif.")


def _check_seal(connection: Connection, night_id: int, place: str, seq: int) -> Iterator[Problem]:
    """Whether every part of a night is what its seal says, and the seal that of the last row about it."""
    seal = night_seals.read_seal(connection, night_id)
    if seal is None:
        yield Problem(place, "Le sceau de la nuit a disparu : le journal connaît cette nuit, rien ne la scelle.")
        return
    if seal.ours and seal.seq != seq:
        yield Problem(place, f"Le sceau de la nuit est celui de la ligne {seal.seq}; le journal en est à la {seq}.")
    older = {night_seals.SEAL} if seal.ours else set()  # said above
    for part in sorted(night_seals.altered(connection, night_id) - older):
        yield Problem(place, f"{night_seals.said(part)} ne correspond plus au journal : modifié hors de RJ Natif.")


def _check_revisions(connection: Connection, property_id: int, walk: _Walk) -> Iterator[Problem]:
    """Whether the snapshots are unchanged, and all there that the journal names."""
    kept: Counter[tuple[int, int, str]] = Counter()
    for day, snapshot, checksum in revisions.snapshots_of(connection, property_id):
        kept[snapshot.night_id, snapshot.revision, snapshot.cause] += 1
        if not seals.revision_is_intact(connection, snapshot, checksum):
            yield Problem(f"nuit {day}, révision {snapshot.revision}", "L’instantané de la nuit a été modifié.")
    for night_id, revision, cause in sorted(walk.snapshots - kept):
        when = "du verrouillage" if cause == "lock" else "de la correction"
        place = f"nuit {walk.nights[night_id]}, révision {revision}"
        yield Problem(place, f"L’instantané {when} a disparu.")
    for night_id, revision, _ in sorted(kept - walk.snapshots):
        place = f"nuit {walk.nights.get(night_id)}, révision {revision}"
        yield Problem(place, "Un instantané y est de trop : le journal ne le dit pas.")
