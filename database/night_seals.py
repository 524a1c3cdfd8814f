"""The seal of a night, moved with every version: what the book shows is what the product wrote, or it is named.

A night has parts: its own columns, each tab, its lines by person, its submissions, its overrides. Whoever writes one
gives its new digest, and the seal takes it; a part that did not stand as it was sealed keeps its former digest, so that
writing elsewhere, or over it, never makes it right. Only the journal's key makes a seal.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import reduce
from hashlib import sha256
from typing import Final, NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, func, insert, inspect, select, update

from database import nights, revisions
from database.journal import keys_of, proves
from database.models import Change, NightAuditSession, NightSeal
from database.models.night import PROJECTIONS
from database.night_replay import unproven
from database.nights import PersonLine, StoredTab
from database.prepared import Prepared
from database.revisions import Overridden, Submitted
from database.triggers import UNSEALED
from utils.shapes import Values

NIGHT, FIGURES, SUBMISSIONS, OVERRIDES, SEAL = "nuit", "chiffres", "soumissions", "derogations", "sceau"
TAB, LINES = "onglet.", "lignes."

_PROJECTED: Final = {one.column: None for one in PROJECTIONS}.keys()
COLUMNS: Final = tuple(
    column.name
    for column in NightAuditSession.__table__.columns
    if column.name not in UNSEALED | {"id", "frozen", "rules_version", "settings_version"} | _PROJECTED
)
"""The columns of a night that its seal covers; what a lock freezes besides has a seal of its own."""

_LATER: Final = frozenset({"import_id"})
"""Columns added since nights have seals: an empty one breaks no seal made before it."""

_SAID: Final = {
    NIGHT: "L’état de la nuit",
    FIGURES: "L’ensemble des chiffres repris des onglets",
    "onglet": "L’onglet",
    "lignes": "Le relevé par personne de l’onglet",
    SUBMISSIONS: "L’ensemble des soumissions",
    OVERRIDES: "L’ensemble des dérogations",
    SEAL: "Le sceau de la nuit",
}

_table: Final = NightSeal.__table__
_changes: Final = Change.__table__.c
_LAST: Final = select(func.max(_changes.seq)).where(_changes.night_id == bindparam("n")).scalar_subquery()
_READ: Final = Prepared(
    select(_table.c.seq, _table.c.parts, _table.c.mac, _LAST).where(_table.c.night_id == bindparam("n"))
)
"""In one statement: of a night that others write, its seal and the last row about it are those of one moment."""
_MOVE: Final = Prepared(update(NightSeal).where(_table.c.night_id == bindparam("n")), ["seq", "parts", "mac"])


class Sealed(NamedTuple):
    """What a seal says of a night: the digests of its parts, the row of the journal, and whether the seal is ours.

    ``last`` is the last row of the journal about the night: an older copy, put back with its seal, stands behind it.
    """

    parts: Mapping[str, str]
    seq: int
    ours: bool
    last: int | None


class Standing(NamedTuple):
    """A night that was read: the digests of its seal, and the parts that do not stand as they were sealed."""

    parts: Mapping[str, str]
    altered: frozenset[str]


def read_seal(connection: Connection, night_id: int) -> Sealed | None:
    """The seal of a night; nothing when it has none."""
    row = _READ.first(connection, {"n": night_id})
    if row is None:
        return None
    parts = orjson.loads(row[1])
    ours = proves(connection, lambda key: _mac(key, night_id, row[0], parts), row[2])
    return Sealed(parts, row[0], ours, row[3])


def begin(connection: Connection, night_id: int, seq: int, parts: Mapping[str, str]) -> None:
    """Seal a night that has just been opened."""
    connection.execute(insert(NightSeal).values(_sealed(connection, night_id, seq, parts) | {"night_id": night_id}))


def has_seals(connection: Connection) -> bool:
    """Whether this book has seals of nights at all: an older one takes its own when it is brought up."""
    return inspect(connection).has_table(NightSeal.__tablename__)


def seal_proven(connection: Connection) -> dict[int, list[str]]:
    """Seal the nights of a book made before nights had seals, at the last row that speaks of each.

    One that its journal does not prove takes no seal: it would become ours as somebody else wrote it. Those are
    returned by id, each with why.
    """
    refused = {}
    changes = Change.__table__.c
    last = select(changes.night_id, func.max(changes.seq)).where(changes.night_id.in_(select(NightAuditSession.id)))
    for night_id, seq in connection.execute(last.group_by(changes.night_id).order_by(changes.night_id)).all():
        if why := unproven(connection, night_id):
            refused[night_id] = why
        else:
            begin(connection, night_id, seq, whole(connection, night_id))
    return refused


def move(connection: Connection, night_id: int, seq: int, standing: Standing, written: Mapping[str, str]) -> Standing:
    """Seal a new version: the parts just written take their new digest, but for those that were altered."""
    parts = {**standing.parts, **{name: one for name, one in written.items() if name not in standing.altered}}
    if SEAL not in standing.altered:
        _MOVE.run(connection, _sealed(connection, night_id, seq, parts) | {"n": night_id})
    return standing._replace(parts=parts)


def standing_of(connection: Connection, night_id: int, row: Values, tabs: Iterable[StoredTab]) -> Standing:
    """How a night that was read stands by its seal, its columns and tabs looked at.

    A seal that is not that of the last row about the night never moves again: it would make an older copy ours.
    """
    seal = read_seal(connection, night_id)
    if seal is None or not seal.ours or seal.seq != seal.last:
        return Standing(seal.parts if seal else {}, frozenset({SEAL}))
    found = {**of_row(row), **{f"{TAB}{tab.tab}": of_tab(tab) for tab in tabs}}
    return Standing(seal.parts, differing(seal.parts, found))


def whole(connection: Connection, night_id: int) -> dict[str, str]:
    """The digests of every part of a night as the book holds it now."""
    row = nights.read_row(connection, night_id)._mapping  # type: ignore[attr-defined]
    lines: dict[str, list[PersonLine]] = {}
    for line in nights.lines_of(connection, night_id):
        lines.setdefault(line.tab, []).append(line)
    return {
        **of_row(row),
        **{f"{TAB}{tab.tab}": of_tab(tab) for tab in nights.read_tabs(connection, night_id)},
        **{f"{LINES}{tab}": of_lines(rows) for tab, rows in lines.items()},
        **_folded(SUBMISSIONS, revisions.submissions_of(connection, night_id)),
        **_folded(OVERRIDES, revisions.overrides_of(connection, night_id)),
    }


def of_new(values: Values, tabs: Iterable[StoredTab], lines: Iterable[PersonLine]) -> dict[str, str]:
    """The digests of a night that has just been written whole, a column that was not given being empty."""
    row = {**dict.fromkeys((*COLUMNS, *_PROJECTED)), **values}
    by_tab: dict[str, list[PersonLine]] = {}
    for line in lines:
        by_tab.setdefault(line.tab, []).append(line)
    return {
        **of_row(row),
        **{f"{TAB}{tab.tab}": of_tab(tab) for tab in tabs},
        **{f"{LINES}{tab}": of_lines(rows) for tab, rows in by_tab.items()},
    }


def differing(sealed: Mapping[str, str], found: Mapping[str, str]) -> frozenset[str]:
    """The parts that were sealed otherwise; one that is empty has no digest."""
    return frozenset(name for name, one in found.items() if sealed.get(name, "") != one)


def altered(connection: Connection, night_id: int) -> frozenset[str]:
    """Every part of a night that is not as it was sealed, those that are gone included; its seal when it is older."""
    seal = read_seal(connection, night_id)
    if seal is None or not seal.ours:
        return frozenset({SEAL})
    found = whole(connection, night_id)
    gone = {name for name, one in seal.parts.items() if one and name not in found}
    return differing(seal.parts, found) | gone | ({SEAL} if seal.seq != seal.last else set())


def said(part: str) -> str:
    """A part as people name it.

    >>> said("onglet.recap"), said("sceau")
    ('L’onglet recap', 'Le sceau de la nuit')
    """
    kind, _, name = part.partition(".")
    return f"{_SAID[kind]} {name}".rstrip()


def of_night(row: Values) -> str:
    """The digest of the columns of a night, those that only repeat its tabs apart."""
    return _digest([[name, _plain(row[name])] for name in COLUMNS if name not in _LATER or row[name] is not None])


def of_figures(row: Values) -> str:
    """The digest of the columns of a night that repeat its tabs."""
    return _digest([[name, _plain(row[name])] for name in _PROJECTED])


def of_row(row: Values) -> dict[str, str]:
    """The digests of all the columns of a night."""
    return {NIGHT: of_night(row), FIGURES: of_figures(row)}


def is_derived(part: str) -> bool:
    """Whether a part is made again from the tabs: columns that repeat them, lines by person."""
    return part == FIGURES or part.startswith(LINES)


def of_tab(tab: StoredTab) -> str:
    """The digest of a tab: values, origins, texts and versions of its cells."""
    return _digest([tab.version, tab.inputs, tab.origins.document, tab.typed_texts, tab.field_versions])


def of_lines(rows: Iterable[PersonLine]) -> str:
    """The digest of the lines by person of one tab, whatever their order; nothing without lines."""
    # a date and an integer write themselves
    texts = (orjson.dumps(sorted(row._asdict().items()), default=_plain) for row in rows)
    told = sorted(sha256(text).hexdigest() for text in texts)
    return _digest(told) if told else ""


def and_row(before: str, row: Submitted | Overridden) -> str:
    """The digest of rows that are only added to, once one more is."""
    told = {name: _plain(one) for name, one in row._asdict().items() if name != "id" and one is not None}
    return _digest([before, told])


def _folded(name: str, rows: Iterable[Submitted | Overridden]) -> dict[str, str]:
    digest = reduce(and_row, rows, "")
    return {name: digest} if digest else {}


def _sealed(connection: Connection, night_id: int, seq: int, parts: Mapping[str, str]) -> dict[str, object]:
    return {"seq": seq, "parts": dict(parts), "mac": _mac(keys_of(connection)[0], night_id, seq, parts)}


def _mac(key: bytes, night_id: int, seq: int, parts: Mapping[str, str]) -> str:
    text = orjson.dumps(["night", night_id, seq, parts], option=orjson.OPT_SORT_KEYS)
    return hmac.digest(key, text, sha256).hex()


def _digest(document: object) -> str:
    return sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _plain(value: object) -> object:
    """A value of a column, alike whether it comes from the book or from the hand that writes it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value
