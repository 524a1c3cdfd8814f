"""Erasing a person from the journal: the name goes, the figures and the proof stay.

Of each row only the parts that name the person are emptied. The row's salt is thrown away, without which the digest of
an erased part says nothing; the other parts keep salts of their own, so that they can still be verified.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, Final, cast

from sqlalchemy import Connection, bindparam, update

from database import journal, journal_rows
from database.chain import PARTS, Row, leaf, part_salt
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
    mine = journal_rows.in_order(connection, Change.property_id == property_id)
    rows = ((row, _parts(row, user_id, wanted)) for row in mine)
    found = [(row, parts) for row, parts in rows if parts]
    for start in range(0, len(found), _BATCH):
        connection.execute(_ERASE, [_erased(row, parts) for row, parts in found[start : start + _BATCH]])
    if found:
        ranges = canonical(list(_ranges([(row.seq, parts) for row, parts in found])))
        journal.append(connection, property_id, actor, at, [Entry(ERASING, new=ranges)])
    return len(found)


def _parts(row: Row, user_id: int | None, names: Collection[str]) -> list[str]:
    """The parts of a row that name the person; what an erasure declared is not one of them."""
    of_account = ["actor_label"] if user_id is not None and row.actor_id == user_id else []
    naming = [part for part in PARTS if any(name in person_key(row.part(part) or "") for name in names)]
    if row.action == ERASING:
        naming = [part for part in naming if part == "actor_label"]
    return [part for part in PARTS if row.part(part) is not None and part in {*of_account, *naming}]


def _erased(row: Row, parts: Collection[str]) -> dict[str, object]:
    """What becomes of a row without these parts."""
    if row.erasure is not None:
        salts, leaves = dict(row.erasure["salts"]), dict(row.erasure["leaves"])
    else:
        salt = bytes.fromhex(cast("str", row.salt))
        salts, leaves = {part: part_salt(salt, part).hex() for part in PARTS if row.part(part) is not None}, {}
    leaves |= {part: leaf(bytes.fromhex(salts[part]), row.part(part)).hex() for part in parts}
    kept = {part: salt for part, salt in salts.items() if part not in leaves}
    return {
        "p": row.property_id,
        "s": row.seq,
        **{f"new_{part}": None if part in parts else row.part(part) for part in PARTS},
        "new_salt": None,
        "new_erasure": {"salts": kept, "leaves": leaves},
    }


def _ranges(erased: list[tuple[int, list[str]]]) -> Iterator[list[Any]]:
    """Sorted rows as ranges, each with the parts that were erased of them all.

    >>> list(_ranges([(1, ["new"]), (2, ["new"]), (3, ["old"]), (7, ["old"])]))
    [[1, 2, ['new']], [3, 3, ['old']], [7, 7, ['old']]]
    """
    for (_, parts), group in groupby(enumerate(erased), key=lambda pair: (pair[1][0] - pair[0], pair[1][1])):
        run = [seq for _, (seq, _) in group]
        yield [run[0], run[-1], parts]
