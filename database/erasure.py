"""Erasing a person from the journal: the name goes, the figures and the proof stay.

Of each row only the parts that name the person are emptied. The row's salt is thrown away, without which the digest of
an erased part says nothing; the other parts keep salts of their own, so that they can still be verified.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update

from database import journal
from database.chain import PARTS, leaf, part_salt
from database.journal import ERASING, Actor, Entry
from database.models import Change
from database.types import canonical
from utils.text import person_key

_table: Final = Change.__table__
_BATCH: Final = 500
_ERASE: Final = (
    update(Change)
    .where(_table.c.property_id == bindparam("p"), _table.c.seq == bindparam("s"))
    .values({name: bindparam(f"new_{name}") for name in (*PARTS, "salt", "erasure")})
)


def erase_person(
    connection: Connection, property_id: int, user_id: int | None, names: Collection[str], actor: Actor, at: datetime
) -> int:
    """Erase an account's name, and these names wherever they stand in values and reasons; returns how many rows.

    The erasure itself is written in the journal with the rows it touched and what of them, and nothing of the person.
    """
    wanted = [key for name in names if (key := person_key(name))]
    rows = ((row, _parts(row, user_id, wanted)) for row in _rows(connection, property_id))
    found = [(row, parts) for row, parts in rows if parts]
    for start in range(0, len(found), _BATCH):
        connection.execute(_ERASE, [_erased(row, parts) for row, parts in found[start : start + _BATCH]])
    if found:
        ranges = canonical(list(_ranges([(row["seq"], parts) for row, parts in found])))
        journal.append(connection, property_id, actor, at, [Entry(ERASING, new=ranges)])
    return len(found)


def _rows(connection: Connection, property_id: int) -> Iterator[dict[str, Any]]:
    columns = [_table.c[name] for name in ("property_id", "seq", "actor_id", "action", *PARTS, "salt", "erasure")]
    statement = select(*columns).where(_table.c.property_id == property_id).order_by(_table.c.seq)
    for row in connection.execute(statement).mappings():
        yield {str(name): value for name, value in row.items()}


def _parts(row: dict[str, Any], user_id: int | None, names: Collection[str]) -> list[str]:
    """The parts of a row that name the person; what an erasure declared is not one of them."""
    of_account = ["actor_label"] if user_id is not None and row["actor_id"] == user_id else []
    naming = [part for part in PARTS if row[part] and any(name in person_key(row[part]) for name in names)]
    if row["action"] == ERASING:
        naming = [part for part in naming if part == "actor_label"]
    return [part for part in PARTS if row[part] is not None and part in {*of_account, *naming}]


def _erased(row: dict[str, Any], parts: Collection[str]) -> dict[str, Any]:
    """What becomes of a row without these parts."""
    salts, leaves = _salts_and_leaves(row)
    leaves |= {part: leaf(bytes.fromhex(salts[part]), row[part]).hex() for part in parts}
    kept = {part: salt for part, salt in salts.items() if part not in leaves}
    return {
        "p": row["property_id"],
        "s": row["seq"],
        **{f"new_{part}": None if part in parts else row[part] for part in PARTS},
        "new_salt": None,
        "new_erasure": {"salts": kept, "leaves": leaves},
    }


def _salts_and_leaves(row: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The salts of the parts still there, and the leaves of those erased before."""
    if row["erasure"] is not None:
        return dict(row["erasure"]["salts"]), dict(row["erasure"]["leaves"])
    salt = bytes.fromhex(row["salt"])
    return {part: part_salt(salt, part).hex() for part in PARTS if row[part] is not None}, {}


def _ranges(erased: list[tuple[int, list[str]]]) -> Iterator[list[Any]]:
    """Sorted rows as ranges, each with the parts that were erased of them all.

    >>> list(_ranges([(1, ["new"]), (2, ["new"]), (3, ["old"]), (7, ["old"])]))
    [[1, 2, ['new']], [3, 3, ['old']], [7, 7, ['old']]]
    """
    for (_, parts), group in groupby(enumerate(erased), key=lambda pair: (pair[1][0] - pair[0], pair[1][1])):
        run = [seq for _, (seq, _) in group]
        yield [run[0], run[-1], parts]
